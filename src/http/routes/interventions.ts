import { Type } from '@sinclair/typebox'
import { Intervention } from '../../contract/intervention.ts'
import { StringEnum, Uuid } from '../../contract/kit.ts'
import { interventionLanguages } from '../../contract/languages.ts'
import { Ref } from '../../contract/ref.ts'
import { assetKinds, vendors } from '../../contract/vendors.ts'
import { findIntervention, listInterventions } from '../../domain/interventions/index.ts'
import type { App } from '../../lib/fastify.ts'
import { problems } from './schemas.ts'

const tags = ['Interventions']
const InterventionQuery = Type.Object({
  language: Type.Optional(Type.Union([StringEnum(interventionLanguages), Type.String()], {
    default: 'en-US', description: 'Language of titles and descriptions, as a BCP 47 tag. One that is not listed reads en-US.'
  })),
  vendorType: Type.Optional(StringEnum(assetKinds, { description: 'Only interventions for this type of asset.' })),
  vendor: Type.Optional(StringEnum(vendors, { description: 'Only interventions of this vendor.' }))
})
const InterventionParams = Type.Object({ interventionId: Uuid('Id of the intervention.') })

export async function interventionRoutes (app: App): Promise<void> {
  app.get('/interventions', {
    schema: {
      operationId: 'listInterventions',
      summary: 'List interventions',
      description: 'Every intervention that is known, or those that pass the filters, as a bare array.',
      tags,
      querystring: InterventionQuery,
      response: { 200: Type.Array(Ref(Intervention), { description: 'The interventions.' }), ...problems(400, 401) }
    }
  }, request => listInterventions(request.query))

  app.get('/interventions/:interventionId', {
    schema: {
      operationId: 'getIntervention',
      summary: 'Get intervention',
      description: 'An intervention, in the language asked for. A filter that leaves it out makes it a 404.',
      tags,
      params: InterventionParams,
      querystring: InterventionQuery,
      response: { 200: Ref(Intervention), ...problems(400, 401, 404) }
    }
  }, request => findIntervention(request.params.interventionId, request.query))
}
