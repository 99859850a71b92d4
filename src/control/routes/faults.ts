import { Type } from '@sinclair/typebox'
import { FaultWish } from '../../contract/mock.ts'
import { FaultView } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import { createFault, listFaults, removeFault, removeFaults } from '../../domain/faults.ts'
import type { App } from '../../lib/fastify.ts'
import { Problem } from '../../lib/problem.ts'
import { idParams, noContent, problems } from './schemas.ts'

const tags = ['Faults']

/** What shall go wrong, until it is taken back or the world is reset. */
export async function faultRoutes (app: App): Promise<void> {
  app.get('/_mock/faults', {
    schema: { operationId: 'listFaults', summary: 'List faults', description: 'In the order in which they were made.', tags, response: { 200: Type.Array(Ref(FaultView)), ...problems(401, 403, 404) } }
  }, request => request.world.store.read(listFaults))

  app.post('/_mock/faults', {
    attachValidation: true,
    schema: {
      operationId: 'createFault',
      summary: 'Let something go wrong',
      description: 'So far, the linking status of a vendor: the lists of vendors show it, Link UI warns of elevated errors and refuses in an outage.',
      tags,
      body: Ref(FaultWish),
      response: { 200: Ref(FaultView), ...problems(400, 401, 403, 404) }
    }
  }, request => {
    if (request.validationError !== undefined) throw withAccepted(request.validationError)
    return request.world.store.write(tx => createFault(tx, request.body))
  })

  app.delete('/_mock/faults', {
    schema: { operationId: 'deleteFaults', summary: 'Delete all faults', tags, response: { 204: noContent, ...problems(400, 401, 403, 404) } }
  }, (request, reply) => {
    request.world.store.write(removeFaults)
    reply.code(204)
    return null
  })

  app.delete('/_mock/faults/:id', {
    schema: { operationId: 'deleteFault', summary: 'Delete a fault', tags, params: idParams('Id of the fault.'), response: { 204: noContent, ...problems(400, 401, 403, 404) } }
  }, (request, reply) => {
    request.world.store.write(tx => { removeFault(tx, request.params.id) })
    reply.code(204)
    return null
  })
}

/** The control API promises more kinds of fault than are built, so a refusal says what is. */
function withAccepted (error: Error): Error {
  if (!(error instanceof Problem)) return error
  const { status, slug, title, detail, issues = [] } = error
  return new Problem({ status, slug, title, issues, detail: `${detail}. A fault is so far {"on": {"vendor", "vendorType"?}, "effect": {"linkingStatus": READY, ELEVATED_ERROR_RATE or OUTAGE}}` })
}
