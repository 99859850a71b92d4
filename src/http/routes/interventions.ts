import { Type } from '@sinclair/typebox'
import { Intervention } from '../../contract/intervention.ts'
import { StringEnum, Uuid } from '../../contract/kit.ts'
import { interventionLanguages } from '../../contract/languages.ts'
import { Ref } from '../../contract/ref.ts'
import { vendorTypes, vendors } from '../../contract/vendors.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { problems } from './schemas.ts'

const tags = ['Interventions']
const InterventionQuery = Type.Object({
  language: Type.Optional(StringEnum(interventionLanguages, { default: 'en-US', description: 'Language of titles and descriptions, en-US unless given.' })),
  vendorType: Type.Optional(StringEnum(vendorTypes, { description: 'Only interventions for this type of asset.' })),
  vendor: Type.Optional(StringEnum(vendors, { description: 'Only interventions of this vendor.' }))
})
const InterventionParams = Type.Object({ interventionId: Uuid('Id of the intervention.') })

export async function interventionRoutes (app: App): Promise<void> {
  app.get('/interventions', {
    schema: {
      operationId: 'listInterventions',
      summary: 'List interventions',
      description: 'Every intervention that is known, as a bare array.',
      tags,
      querystring: InterventionQuery,
      response: { 200: Type.Array(Ref(Intervention), { description: 'The interventions.' }), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/interventions/:interventionId', {
    schema: {
      operationId: 'getIntervention',
      summary: 'Get intervention',
      description: 'An intervention, in the language asked for.',
      tags,
      params: InterventionParams,
      querystring: InterventionQuery,
      response: { 200: Ref(Intervention), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
