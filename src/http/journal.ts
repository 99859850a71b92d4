import fp from 'fastify-plugin'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../lib/fastify.ts'
import { plainUrl } from '../lib/redact.ts'
import { iso } from '../lib/time.ts'
import type { LoggedCall } from '../world/log.ts'
import type { Recorded } from '../world/requests.ts'
import type { ServedStore } from '../world/served.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The world that the request acts on, found by its token or, for the control API, by its name. */
    world: World
    /** The store of that world, as this request acts on it. */
    readonly store: ServedStore
    visit: Visit | undefined
  }
}

/** A request that has found its world. */
interface Visit {
  world: World
  store: ServedStore
  /** Among the recorded requests; 0 when it is none of them. */
  id: number
  call: LoggedCall | undefined
  hasArrived: boolean
}

export interface JournalOptions {
  /** Where requests are recorded that belong to no world, such as those whose token is wrong. */
  fallback: () => World
}

/** Bytes of a body past which it is not recorded. */
const longestBody = 64 * 1024

/** Records what is asked and answered: the last requests to the documented API, and the log by which a world can be played again. */
export const journal = fp(async (app: App, { fallback }: JournalOptions) => {
  app.decorateRequest('visit')
  app.decorateRequest('world', {
    getter (this: FastifyRequest) { return this.visit?.world },
    setter (this: FastifyRequest, world: World) {
      const id = isRecorded(this) ? world.requests.next() : 0
      this.visit = { world, store: world.servedTo(() => `${this.method} ${plainUrl(this.url)}`), id, call: undefined, hasArrived: false }
    }
  } as never)
  app.decorateRequest('store', { getter (this: FastifyRequest) { return this.visit?.store } } as never)
  app.addHook('preHandler', (request, _reply, done) => {
    arrive(app, request)
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Of a null that a 204 stands for, and of what a HEAD asks about, nothing reaches the wire.
    record(request, reply, reply.statusCode === 204 || request.method === 'HEAD' ? null : textOf(payload), fallback)
    done(null, payload)
  })
}, { name: 'journal' })

/** The request has all that it needs, and acts from now on: the moment counts, and the log takes it in. */
export function arrive (app: App, request: FastifyRequest): void {
  const { visit } = request
  if (visit === undefined || visit.hasArrived) return
  visit.hasArrived = true
  const { log, clock } = visit.world
  const at = visit.store.at = clock.now()
  // Once it is full, nothing is made for it.
  if (!log.isOpen || (visit.id === 0 && !changesWorld(request))) return
  const { method, url, body } = request
  visit.call = log.call(at, { method, url, base: app.baseUrl(request), headers: headersOf(request), body, bytes: bytesOf(request) })
}

/** Records a request that gets no answer. */
export function recordUnanswered (request: FastifyRequest): void {
  const { visit } = request
  if (visit === undefined) return
  if (visit.call !== undefined) visit.world.log.answer(visit.call, null, null)
  add(visit.world, visit.id, request, { status: null, headers: {}, answer: null })
}

function record (request: FastifyRequest, reply: FastifyReply, answer: string | Buffer | null, fallback: () => World): void {
  const { visit } = request
  if (visit?.call !== undefined) visit.world.log.answer(visit.call, reply.statusCode, answer)
  if (visit === undefined ? !isRecorded(request) : visit.id === 0) return
  const world = visit?.world ?? fallback()
  add(world, visit?.id ?? world.requests.next(), request, { status: reply.statusCode, headers: reply.getHeaders(), answer })
}

function add (world: World, id: number, request: FastifyRequest, { status, headers, answer }: { status: number | null, headers: Readonly<Record<string, unknown>>, answer: string | Buffer | null }): void {
  const sent = bytesOf(request)
  const received = answer?.length ?? 0
  const recorded: Recorded = {
    id,
    at: world.clock.now(),
    method: request.method,
    url: request.url,
    route: request.is404 ? undefined : request.routeOptions.url,
    headers: request.headers,
    body: sent <= longestBody ? request.body : null,
    status,
    answerHeaders: headers,
    answer: received <= longestBody ? answer : null,
    bytes: (sent <= longestBody ? sent : 0) + (received <= longestBody ? received : 0)
  }
  world.requests.add(recorded)
  // Messages are retained longer than bodies, so they hold none.
  const { at, method, url } = recorded
  world.feed.tell('request', () => ({ id, at: iso(at), kind: 'request', says: `${method} ${plainUrl(url)}: ${status ?? 'no answer'}` }))
}

/** What speaks to the documented API, its token endpoint or Link UI; the rest is about this server itself. */
function isRecorded ({ url }: FastifyRequest): boolean {
  return !/^\/($|\?|(_mock|docs|assets|favicon)(\/|\?|\.|$))/.test(url)
}

/** Whether a control request is logged all the same. The clock is logged where it moves; a world as a whole is no call to it. */
function changesWorld ({ method, url }: FastifyRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && /^\/_mock\//.test(url) && !/^\/_mock\/(clock|reset|worlds|snapshots|log|replay|requests)(\/|\?|$)/.test(url)
}

/** What matters to an answer. The control token is no business of the world. */
function headersOf ({ headers, url }: FastifyRequest): Record<string, string> {
  const names = ['host', 'content-type', 'accept-language', ...(url.startsWith('/_mock/') ? [] : ['authorization'])]
  return Object.fromEntries(names.map(name => [name, headers[name]]).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

function bytesOf ({ headers, body }: FastifyRequest): number {
  const length = Number(headers['content-length'] ?? NaN)
  if (!Number.isNaN(length)) return length
  return body === undefined || body === null ? 0 : JSON.stringify(body).length
}

function textOf (payload: unknown): string | Buffer | null {
  return typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : null
}
