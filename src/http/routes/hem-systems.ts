import { Type } from '@sinclair/typebox'
import { HEMSystem, HEMSystemStatistics, HEMSystemStatisticsQuery, PaginatedHEMSystemList } from '../../contract/hem-system.ts'
import { Uuid } from '../../contract/kit.ts'
import { Ref } from '../../contract/ref.ts'
import { systemHoldsUntil, systemStatistics } from '../../domain/statistics/hem-system.ts'
import { findSystem } from '../../domain/sight/find.ts'
import { listSystems, showSystem } from '../../domain/sight/systems.ts'
import type { App } from '../../lib/fastify.ts'
import { sendAnswer } from './answers.ts'
import { problems } from './schemas.ts'
import { getRoute, listRoute, userListRoute, type Section } from './section-routes.ts'

const tags = ['HEM systems']
const HEMSystemParams = Type.Object({ hemSystemId: Uuid('Id of the HEM system.') })

const retry = { 'retry-after': { type: 'integer', description: 'Seconds to wait before another try.' } }
const statisticsProblems = {
  422: { ...problems(422)[422], description: 'The system has no statistics.' },
  503: { ...problems(503)[503], description: 'The vendor does not answer at the moment.', headers: retry }
}

const systems = {
  tags,
  idName: 'hemSystemId',
  id: HEMSystemParams.properties.hemSystemId,
  item: HEMSystem,
  list: PaginatedHEMSystemList,
  page: listSystems,
  show: (tx, id) => showSystem(tx, findSystem(tx, id))
} satisfies Section

export async function hemSystemRoutes (app: App): Promise<void> {
  listRoute(app, '/hem-systems', systems, {
    operationId: 'listHEMSystems',
    summary: 'List HEM systems',
    description: 'Every HEM system of the client, newest first. Beta at the vendor.'
  })

  userListRoute(app, '/users/:userId/hem-systems', systems, {
    operationId: 'listUserHEMSystems',
    summary: 'List user HEM systems',
    description: 'Every HEM system of a user, newest first; none if the user is unknown. Beta at the vendor.'
  })

  getRoute(app, '/hem-systems/:hemSystemId', systems, {
    operationId: 'getHEMSystem',
    summary: 'Get HEM system',
    description: 'A HEM system as it was last seen. Beta at the vendor.'
  })

  app.get('/hem-systems/:hemSystemId/statistics', {
    schema: {
      operationId: 'getHEMSystemStatistics',
      summary: 'Get HEM system statistics',
      description: 'How energy flowed through the home in a day, as finely as the vendor has it, or in the days of a month. Beta at the vendor.',
      tags,
      params: HEMSystemParams,
      querystring: HEMSystemStatisticsQuery,
      response: { 200: Ref(HEMSystemStatistics), ...problems(400, 401, 404), ...statisticsProblems }
    }
  }, (request, reply) => sendAnswer(request, reply, tx => systemStatistics(tx, findSystem(tx, request.params.hemSystemId), request.query.interval), systemHoldsUntil))
}
