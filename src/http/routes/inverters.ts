import { Type } from '@sinclair/typebox'
import { Inverter, InverterStatistics, InverterStatisticsQuery, PaginatedInverterList, ProvisionalInverterStatistics } from '../../contract/inverter.ts'
import { Uuid } from '../../contract/kit.ts'
import { Ref } from '../../contract/ref.ts'
import { findAsset } from '../../domain/sight/find.ts'
import { inverterHoldsUntil, inverterStatistics } from '../../domain/statistics/inverter.ts'
import type { App } from '../../lib/fastify.ts'
import { assetSection, refreshHintRoute } from './asset-routes.ts'
import { sendAnswer } from './answers.ts'
import { problems } from './schemas.ts'
import { getRoute, listRoute, userListRoute } from './section-routes.ts'

const tags = ['Solar inverters']
const InverterParams = Type.Object({ inverterId: Uuid('Id of the solar inverter.') })

const inverters = assetSection({
  kind: 'inverter', tags, idName: 'inverterId', id: InverterParams.properties.inverterId, item: Inverter, list: PaginatedInverterList
})

export async function inverterRoutes (app: App): Promise<void> {
  listRoute(app, '/inverters', inverters, {
    operationId: 'listInverters',
    summary: 'List solar inverters',
    description: 'Every solar inverter of the client, newest first.'
  })

  userListRoute(app, '/users/:userId/inverters', inverters, {
    operationId: 'listUserInverters',
    summary: 'List user solar inverters',
    description: 'Every solar inverter of a user, newest first; none if the user is unknown.'
  })

  getRoute(app, '/inverters/:inverterId', inverters, {
    operationId: 'getInverter',
    summary: 'Get solar inverter',
    description: 'A solar inverter as it was last seen.'
  })

  refreshHintRoute(app, '/inverters/:inverterId/refresh-hint', inverters, {
    operationId: 'refreshInverter',
    summary: 'Refresh inverter data',
    description: 'Brings the next look at the inverter forward.'
  })

  app.get('/inverters/:inverterId/statistics', {
    schema: {
      operationId: 'getInverterStatistics',
      summary: 'Get inverter statistics',
      description: 'Energy produced in the quarter hours of a day or the days of a month, in the timezone of the inverter. A 202 says that the figures may still change. Beta at the vendor.',
      tags,
      params: InverterParams,
      querystring: InverterStatisticsQuery,
      response: { 200: Ref(InverterStatistics), 202: Ref(ProvisionalInverterStatistics), ...problems(400, 401, 404) }
    }
  }, (request, reply) => sendAnswer(request, reply,
    tx => inverterStatistics(tx, findAsset(tx, 'inverter', request.params.inverterId), request.query),
    tx => inverterHoldsUntil(tx, findAsset(tx, 'inverter', request.params.inverterId)),
    statistics => 'retryAfter' in statistics ? 202 : 200))
}
