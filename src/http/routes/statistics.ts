import { Type } from '@sinclair/typebox'
import { Ref } from '../../contract/ref.ts'
import { ChargingSession, ChargingSessionsQuery, ChargingStatistics, ChargingStatisticsQuery } from '../../contract/statistics.ts'
import { chargingSessions, chargingStatistics } from '../../domain/charging-statistics/index.ts'
import type { App } from '../../lib/fastify.ts'
import { UserParams, problems } from './schemas.ts'

const tags = ['Statistics']

export async function statisticsRoutes (app: App): Promise<void> {
  app.get('/users/:userId/statistics/charging/sessions', {
    schema: {
      operationId: 'listChargingSessions',
      summary: 'Get user statistics on charging sessions',
      description: 'Consumption and cost of each session that touches the interval, as a bare array.',
      tags,
      params: UserParams,
      querystring: ChargingSessionsQuery,
      response: { 200: Type.Array(Ref(ChargingSession), { description: 'The sessions.' }), ...problems(400, 401, 404) }
    }
  }, request => request.world.store.read(tx => chargingSessions(tx, request.params.userId, request.query)))

  app.get('/users/:userId/statistics/charging', {
    schema: {
      operationId: 'getChargingStatistics',
      summary: 'Get user charging statistics',
      description: 'Consumption and cost over time, as a bare array with an entry for each bucket.',
      tags,
      params: UserParams,
      querystring: ChargingStatisticsQuery,
      response: { 200: Type.Array(Ref(ChargingStatistics), { description: 'The buckets.' }), ...problems(400, 401, 404) }
    }
  }, request => request.world.store.read(tx => chargingStatistics(tx, request.params.userId, request.query)))
}
