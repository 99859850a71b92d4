import { Type } from '@sinclair/typebox'
import { Ref } from '../../contract/ref.ts'
import { ChargingSession, ChargingSessionsQuery, ChargingStatistics, ChargingStatisticsQuery } from '../../contract/statistics.ts'
import { chargingHoldsUntil, chargingSessions, chargingStatistics } from '../../domain/statistics/charging/index.ts'
import type { App } from '../../lib/fastify.ts'
import { sendAnswer } from './answers.ts'
import { UserParams, problems } from './schemas.ts'

const tags = ['Statistics']

export async function statisticsRoutes (app: App): Promise<void> {
  app.get('/users/:userId/statistics/charging/sessions', {
    schema: {
      operationId: 'listChargingSessions',
      summary: 'Get user statistics on charging sessions',
      description: 'Consumption and cost of each session that touches the interval, whole and in order, as a bare array of at most 10,000. A session is what was consumed in a row at one location, for two samples of 5 minutes at least.',
      tags,
      params: UserParams,
      querystring: ChargingSessionsQuery,
      response: { 200: Type.Array(Ref(ChargingSession), { description: 'The sessions.' }), ...problems(400, 401, 404) }
    }
  }, (request, reply) => sendAnswer(request, reply, tx => chargingSessions(tx, request.params.userId, request.query), tx => chargingHoldsUntil(tx, request.params.userId, request.query)))

  app.get('/users/:userId/statistics/charging', {
    schema: {
      operationId: 'getChargingStatistics',
      summary: 'Get user charging statistics',
      description: 'What was consumed in the interval and what it cost, as a bare array of at most 10,000 with an entry for each bucket in which anything was.',
      tags,
      params: UserParams,
      querystring: ChargingStatisticsQuery,
      response: { 200: Type.Array(Ref(ChargingStatistics), { description: 'The buckets.' }), ...problems(400, 401, 404) }
    }
  }, (request, reply) => sendAnswer(request, reply, tx => chargingStatistics(tx, request.params.userId, request.query), tx => chargingHoldsUntil(tx, request.params.userId, request.query)))
}
