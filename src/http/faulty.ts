import { STATUS_CODES } from 'node:http'
import fp from 'fastify-plugin'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FaultView } from '../contract/mock-faults.ts'
import { areRequestsFaulty, takeRequestFault } from '../domain/faults/effects.ts'
import type { App } from '../lib/fastify.ts'
import { challenges, Problem } from '../lib/problem.ts'
import { documentedPath } from '../lib/path.ts'
import { durationOf } from '../lib/time.ts'
import { arrive, recordUnanswered } from './journal.ts'

/** Lets the faults that were made hit requests to the documented API, once they are known to be well-formed and allowed. */
export const faulty = fp(async (app: App, { paths }: { paths: App['faultyPaths'] }) => {
  app.decorate('faultyPaths', paths)
  app.addHook('onRoute', ({ method, url, schema }) => {
    // A HEAD is asked as the GET that it stands for.
    if (method === 'HEAD' || /^\/(_mock|link)/.test(url) || (schema?.hide === true && url !== tokenPath)) return
    const path = documentedPath(url)
    paths.set(path, [...paths.get(path) ?? [], ...[method].flat()])
  })
  app.addHook('preHandler', (request, reply, done) => {
    const fault = faultOf(request)
    if (fault === undefined) done()
    else meet(request, reply, fault).then(isAnswered => { if (!isAnswered) done() }, done)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const fault = reply.hasHeader('x-mock-fault') ? undefined : faultOf(request, reply.statusCode)
    if (fault === undefined) return done(null, payload)
    // What gets no answer never comes to its end.
    meet(request, reply, fault, true).then(answer => { if (answer !== true) done(null, answer === false ? payload : answer) }, done)
  })
}, { name: 'faulty' })

const tokenPath = '/oauth2/token'

/** The fault that hits a request: one that has no answer yet or, with `status`, its answer. */
function faultOf (request: FastifyRequest, status?: number): FaultView | undefined {
  const { visit, method } = request
  // A world that this very request deleted has nothing more to say.
  if (visit === undefined || visit.world.store.isClosed || !visit.store.read(tx => areRequestsFaulty(tx, status !== undefined))) return undefined
  const path = pathOf(request)
  if (!request.server.faultyPaths.has(path)) return undefined
  return visit.store.write(tx => takeRequestFault(tx, { method, path, status }))
}

function pathOf ({ routeOptions }: FastifyRequest): string {
  return documentedPath(routeOptions.url ?? '')
}

/** Does to a request what a fault says. Answers whether that ended it or, for an answer that is on its way, the body in its place. */
async function meet (request: FastifyRequest, reply: FastifyReply, { id, effect }: FaultView, isOnItsWay = false): Promise<boolean | string> {
  reply.header('x-mock-fault', id)
  if (effect.delay !== undefined) {
    await request.world.pause(durationOf(effect.delay) ?? 0)
    return false
  }
  arrive(request.server, request)
  if (effect.disconnect === true) {
    recordUnanswered(request)
    reply.hijack()
    request.raw.destroy()
    return true
  }
  const { body, type, headers } = answerOf(request, effect)
  reply.code(effect.status ?? 500).headers(headers).type(type)
  if (isOnItsWay) return body
  reply.send(body)
  return true
}

/** The documented problem of a status, with what the fault has instead. */
function answerOf (request: FastifyRequest, { status = 500, headers = {}, problem = {} }: FaultView['effect']): { body: string, type: string, headers: Record<string, string> } {
  const isToken = pathOf(request) === tokenPath
  const usual: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '60' } : status === 401 ? { 'www-authenticate': isToken ? challenges.basic : challenges.bearer } : {}
  const all = { ...usual, ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])) }
  if (isToken) {
    const body = { error: oauthErrors[status] ?? 'server_error', error_description: 'A fault of this mock-enode', ...problem }
    return { body: JSON.stringify(body), type: 'application/json; charset=utf-8', headers: all }
  }
  return { body: JSON.stringify({ ...documented(request, status).body(), ...problem }), type: 'application/problem+json; charset=utf-8', headers: all }
}

const oauthErrors: Record<number, string> = { 400: 'invalid_request', 401: 'invalid_client', 403: 'unauthorized_client', 503: 'temporarily_unavailable' }

/** Problems that the reference names by title, by status. */
const named: Record<number, { slug: string, title: string, detail: string }> = {
  400: { slug: 'bad-request', title: 'Bad Request', detail: 'The request cannot be carried out' },
  401: { slug: 'unauthorized', title: 'Unauthorized', detail: 'Unauthorized for resource' },
  403: { slug: 'forbidden', title: 'Forbidden', detail: 'The current context is not allowed to access the requested resource' },
  404: { slug: 'not-found', title: 'Not Found', detail: 'The requested entity was not found' },
  405: { slug: 'method-not-allowed', title: 'Method Not Allowed', detail: 'The vendor is not available and the request could not be completed' },
  408: { slug: 'timeout', title: 'Timeout', detail: 'The vendor took too long and the request could not be completed' },
  409: { slug: 'conflict', title: 'Conflict', detail: 'The vendor rejected the request' },
  422: { slug: 'enode-controlled-entity', title: 'Enode Controlled Entity', detail: 'The device is controlled by a schedule or smart charging and takes no manual command' },
  424: { slug: 'failed-dependency', title: 'Failed Dependency', detail: 'Requests to the vendor failed and the request could not be completed' },
  429: { slug: 'too-many-requests', title: 'Too Many Requests', detail: 'The vendor limits the rate of requests' },
  500: { slug: 'server-error', title: 'Server Error', detail: 'A critical error has occurred' },
  503: { slug: 'service-unavailable', title: 'Service Unavailable', detail: 'The service is currently unavailable' }
}

/** What an operation has of its own. */
const ownProblems: Record<string, typeof named> = {
  '/users/{userId}/link': { 403: { slug: 'forbidden', title: 'Connections limit reached.', detail: 'Unable to create more connections for ClientID: ' } },
  '/hem-systems/{hemSystemId}/statistics': {
    422: { slug: 'hem-system-statistics-not-available', title: 'HEM System Statistics Not Available', detail: 'There are no statistics of this HEM system' },
    503: { slug: 'vendor-temporarily-unavailable', title: 'Vendor Temporarily Unavailable', detail: 'The vendor does not answer at the moment' }
  }
}

function documented (request: FastifyRequest, status: number): Problem {
  const own = ownProblems[pathOf(request)]?.[status]
  const words = own ?? named[status] ?? { slug: 'server-error', title: STATUS_CODES[status] ?? `Status ${status}`, detail: 'A fault of this mock-enode' }
  const detail = words.detail.endsWith('ClientID: ') ? words.detail + request.world.row.client_id : words.detail
  return new Problem({ ...words, status, detail })
}
