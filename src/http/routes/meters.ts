import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { Meter, PaginatedMeterList } from '../../contract/meter.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { UserParams, problems, refreshHinted } from './schemas.ts'

const tags = ['Meters']
const MeterParams = Type.Object({ meterId: Uuid('Id of the meter.') })

export async function meterRoutes (app: App): Promise<void> {
  app.get('/meters/:meterId', {
    schema: {
      operationId: 'getMeter',
      summary: 'Get meter',
      description: 'A meter as it was last seen. Beta at the vendor.',
      tags,
      params: MeterParams,
      response: { 200: Ref(Meter), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/meters/:meterId/refresh-hint', {
    schema: {
      operationId: 'refreshMeter',
      summary: 'Refresh meter data',
      description: 'Brings the next look at the meter forward. Beta at the vendor.',
      tags,
      params: MeterParams,
      response: { 204: refreshHinted, ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/meters', {
    schema: {
      operationId: 'listMeters',
      summary: 'List meters',
      description: 'Every meter of the client, newest first. Beta at the vendor.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedMeterList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/users/:userId/meters', {
    schema: {
      operationId: 'listUserMeters',
      summary: 'List user meters',
      description: 'Every meter of a user, newest first; none if the user is unknown. Beta at the vendor.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedMeterList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)
}
