import fp from 'fastify-plugin'
import type { FastifyRequest } from 'fastify'
import { apiVersion } from '../contract/common.ts'
import { isTokenValid } from '../domain/linking/tokens.ts'
import { badRequest, unauthorized } from '../lib/problem.ts'
import type { Millis } from '../lib/time.ts'
import type { World } from '../world/world.ts'
import type { App } from '../lib/fastify.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The moment, and the tokens that there were, for which its own was looked up last. */
    checked: { at: Millis, edition: number } | undefined
  }
}

/** Finds the world of a token; the composition root knows where. */
export type WorldOfToken = (token: string) => World | undefined

/** Every documented operation needs a bearer token of a version that is served. */
export const auth = fp(async (app: App, { worldOfToken }: { worldOfToken: WorldOfToken }) => {
  app.decorateRequest('checked')
  app.addHook('onRequest', (request, _reply, done) => {
    const token = bearerToken(request)
    const world = token === undefined ? undefined : worldOfToken(token)
    if (token === undefined || world === undefined || !isValid(request, world.store, token)) return done(unauthorized(token !== undefined))
    const asked = request.headers['enode-version']
    if (asked !== undefined && asked !== apiVersion) return done(badRequest(`Enode-Version ${String(asked).slice(0, 40)} is not served. Versions served: ${apiVersion}`, 'Unknown API version'))
    if (request.headers['enode-user-id'] !== undefined) {
      return done(badRequest('The Enode-User-Id header is refused since version 2023-08-01: name the user in the path instead, as in GET /users/{userId}/vehicles'))
    }
    request.world = world
    done()
  })
  // The clock may have moved on while the body came, and a token ends by the moment at which its request acts.
  app.addHook('preHandler', (request, _reply, done) => {
    const token = bearerToken(request)
    if (token !== undefined && !isValid(request, request.store, token)) done(unauthorized(true))
    else done()
  })
}, { name: 'auth' })

/** Whether the token of a request is valid now: looked up once for each moment and set of tokens. */
function isValid (request: FastifyRequest, store: Pick<World['store'], 'read'>, token: string): boolean {
  return store.read(tx => {
    const { checked } = request
    const edition = tx.tokens.edition()
    if (checked?.at === tx.now && checked.edition === edition) return true
    request.checked = { at: tx.now, edition }
    return isTokenValid(tx, token, checked === undefined)
  })
}

function bearerToken (request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header === undefined || header.length > 500) return undefined
  return /^Bearer +(\S+)$/i.exec(header)?.[1]
}
