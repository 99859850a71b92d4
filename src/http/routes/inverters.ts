import { Type } from '@sinclair/typebox'
import { Inverter, InverterStatistics, InverterStatisticsQuery, PaginatedInverterList, ProvisionalInverterStatistics } from '../../contract/inverter.ts'
import { Uuid } from '../../contract/kit.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { UserParams, problems, refreshHinted } from './schemas.ts'

const tags = ['Solar inverters']
const InverterParams = Type.Object({ inverterId: Uuid('Id of the solar inverter.') })

export async function inverterRoutes (app: App): Promise<void> {
  app.get('/inverters', {
    schema: {
      operationId: 'listInverters',
      summary: 'List solar inverters',
      description: 'Every solar inverter of the client, newest first.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedInverterList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/users/:userId/inverters', {
    schema: {
      operationId: 'listUserInverters',
      summary: 'List user solar inverters',
      description: 'Every solar inverter of a user, newest first; none if the user is unknown.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedInverterList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/inverters/:inverterId', {
    schema: {
      operationId: 'getInverter',
      summary: 'Get solar inverter',
      description: 'A solar inverter as it was last seen.',
      tags,
      params: InverterParams,
      response: { 200: Ref(Inverter), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/inverters/:inverterId/refresh-hint', {
    schema: {
      operationId: 'refreshInverter',
      summary: 'Refresh inverter data',
      description: 'Brings the next look at the inverter forward.',
      tags,
      params: InverterParams,
      response: { 204: refreshHinted, ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/inverters/:inverterId/statistics', {
    schema: {
      operationId: 'getInverterStatistics',
      summary: 'Get inverter statistics',
      description: 'Energy produced in the quarter hours of a day or the days of a month, in the timezone of the inverter. A 202 says that the figures may still change. Beta at the vendor.',
      tags,
      params: InverterParams,
      querystring: InverterStatisticsQuery,
      response: { 200: Ref(InverterStatistics), 202: Ref(ProvisionalInverterStatistics), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
