import fp from 'fastify-plugin'
import type { FastifyRequest } from 'fastify'
import type { App } from '../lib/fastify.ts'
import { badRequest, forbidden, unauthorized } from '../lib/problem.ts'
import { sameSecret } from '../lib/secret.ts'
import { defaultWorld, type Worlds } from '../world/worlds.ts'

export interface GuardOptions {
  worlds: Worlds
  /** The bearer token that the control API asks for, if any. */
  controlToken: string | undefined
  /** The address that the server listens on. */
  host: string
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i

/**
 * Lets no others into the control API. A page in a browser can send requests to a server on the same machine, but
 * neither a JSON content type nor X-Mock-World without asking first, and a name that it rebinds shows in the Host.
 */
export const guard = fp(async (app: App, { worlds, controlToken, host }: GuardOptions) => {
  app.addHook('onRequest', (request, _reply, done) => {
    if (loopback.test(host) && !loopback.test(request.hostname)) {
      return done(forbidden('Forbidden', `The Host header names ${request.hostname.slice(0, 100)}, the server listens on ${host}: address it as localhost or ${host}`))
    }
    if (controlToken !== undefined && !sameSecret(bearer(request), controlToken)) return done(unauthorized(request.headers.authorization !== undefined))
    if (!['GET', 'HEAD'].includes(request.method) && !isDeliberate(request)) {
      return done(badRequest('A request that changes something needs "content-type: application/json", or no body and the header "X-Mock-World: default" (or the name of another world)'))
    }
    // What a browser opens as an event source can carry no header.
    const name = request.headers['x-mock-world'] ?? (request.query as { world?: unknown }).world
    try {
      request.world = worlds.byName(typeof name === 'string' ? name : defaultWorld)
      done()
    } catch (error) {
      done(error as Error)
    }
  })
}, { name: 'guard' })

function isDeliberate (request: FastifyRequest): boolean {
  const type = request.headers['content-type']
  if (type !== undefined) return type.split(';')[0]?.trim().toLowerCase() === 'application/json'
  const isEmpty = (request.headers['content-length'] ?? '0') === '0' && request.headers['transfer-encoding'] === undefined
  return isEmpty && request.headers['x-mock-world'] !== undefined
}

function bearer (request: FastifyRequest): string {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}
