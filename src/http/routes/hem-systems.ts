import { Type } from '@sinclair/typebox'
import { HEMSystem, HEMSystemStatistics, HEMSystemStatisticsQuery, PaginatedHEMSystemList } from '../../contract/hem-system.ts'
import { Uuid } from '../../contract/kit.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import { systemStatistics } from '../../domain/statistics/hem-system.ts'
import { findSystem } from '../../domain/sight/find.ts'
import { listSystems, showSystem } from '../../domain/sight/systems.ts'
import type { App } from '../../lib/fastify.ts'
import { sendAnswer } from './answers.ts'
import { UserParams, problems } from './schemas.ts'

const tags = ['HEM systems']
const HEMSystemParams = Type.Object({ hemSystemId: Uuid('Id of the HEM system.') })

const retry = { 'retry-after': { type: 'integer', description: 'Seconds to wait before another try.' } }
const statisticsProblems = {
  422: { ...problems(422)[422], description: 'The system has no statistics.' },
  503: { ...problems(503)[503], description: 'The vendor does not answer at the moment.', headers: retry }
}

export async function hemSystemRoutes (app: App): Promise<void> {
  app.get('/hem-systems', {
    schema: {
      operationId: 'listHEMSystems',
      summary: 'List HEM systems',
      description: 'Every HEM system of the client, newest first. Beta at the vendor.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedHEMSystemList), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listSystems(tx, request.query)))

  app.get('/users/:userId/hem-systems', {
    schema: {
      operationId: 'listUserHEMSystems',
      summary: 'List user HEM systems',
      description: 'Every HEM system of a user, newest first; none if the user is unknown. Beta at the vendor.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedHEMSystemList), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listSystems(tx, request.query, request.params.userId)))

  app.get('/hem-systems/:hemSystemId', {
    schema: {
      operationId: 'getHEMSystem',
      summary: 'Get HEM system',
      description: 'A HEM system as it was last seen. Beta at the vendor.',
      tags,
      params: HEMSystemParams,
      response: { 200: Ref(HEMSystem), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => showSystem(tx, findSystem(tx, request.params.hemSystemId))))

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
  }, (request, reply) => sendAnswer(request, reply, tx => systemStatistics(tx, findSystem(tx, request.params.hemSystemId), request.query.interval)))
}
