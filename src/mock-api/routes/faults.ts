import { Type } from '@sinclair/typebox'
import { FaultView, FaultWish } from '../../contract/mock-faults.ts'
import { Ref } from '../../contract/ref.ts'
import { createFault, listFaults, removeFault, removeFaults } from '../../domain/faults/faults.ts'
import type { App } from '../../lib/fastify.ts'
import { invalid } from '../../lib/problem.ts'
import { idParams, noContent, problems } from './schemas.ts'

const tags = ['Faults']

/** What shall go wrong, until it has, is taken back, or the world is reset. */
export async function faultRoutes (app: App): Promise<void> {
  app.get('/_mock/faults', {
    schema: { operationId: 'listFaults', summary: 'List faults', description: 'In the order in which they were made.', tags, response: { 200: Type.Array(Ref(FaultView)), ...problems(401, 403, 404) } }
  }, request => request.store.read(listFaults))

  app.post('/_mock/faults', {
    schema: {
      operationId: 'createFault',
      summary: 'Let something go wrong',
      description: 'Requests to the documented API, actions, polls, deliveries, and how well a vendor can be linked. A request is hit once it is well-formed and its token is right; an action when it is asked for; a delivery when its events happen. Faults belong to a world, go with its snapshots, and end with a reset.',
      tags,
      body: Ref(FaultWish),
      response: { 200: Ref(FaultView), ...problems(400, 401, 403, 404) }
    }
  }, request => {
    requirePath(app, request.body.on)
    return request.store.write(tx => createFault(tx, request.body))
  })

  app.delete('/_mock/faults', {
    schema: { operationId: 'deleteFaults', summary: 'Delete all faults', tags, response: { 204: noContent, ...problems(400, 401, 403, 404) } }
  }, (request, reply) => {
    request.store.write(removeFaults)
    reply.code(204)
    return null
  })

  app.delete('/_mock/faults/:id', {
    schema: { operationId: 'deleteFault', summary: 'Delete a fault', tags, params: idParams('Id of the fault.'), response: { 204: noContent, ...problems(400, 401, 403, 404) } }
  }, (request, reply) => {
    request.store.write(tx => { removeFault(tx, request.params.id) })
    reply.code(204)
    return null
  })
}

/** A path has to be one that the documents have, for the method if one is named. */
function requirePath (app: App, { path, method }: FaultWish['on']): void {
  if (path === undefined) return
  const served = app.faultyPaths.get(path)
  if (served === undefined) throw invalid(`"on.path" must be a path as the documents write it, such as /vehicles/{vehicleId}, not ${path.slice(0, 100)}: GET /docs lists them`, ['on', 'path'])
  if (method !== undefined && !served.includes(method)) throw invalid(`"on.path" ${path} answers ${served.join(', ')}, not ${method}`, ['on', 'method'])
}
