import type { FastifyReply, FastifyRequest } from 'fastify'
import { issueToken } from '../domain/linking/tokens.ts'
import { challenges } from '../lib/problem.ts'
import { tokenSeconds } from '../contract/timing.ts'
import type { World } from '../world/world.ts'
import type { App } from '../lib/fastify.ts'

export interface OauthOptions {
  /** The world whose client these credentials are. */
  worldOfCredentials: (clientId: string, clientSecret: string) => World | undefined
}

type Code = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type'

/** `POST /oauth2/token`: the client credentials grant of RFC 6749, with Basic or body credentials. */
export async function oauthRoutes (app: App, { worldOfCredentials }: OauthOptions): Promise<void> {
  // A body that is no form is read all the same, so that the answer can say in OAuth's own form what is wrong.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 10_000 }, (_request, body, done) => { done(null, body) })
  app.setErrorHandler((_error, _request, reply) => refuse(reply, 'invalid_request', 'The request body cannot be read'))

  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store')
    done()
  })

  // Before the operation, so that the world to which it belongs is known to what watches requests.
  app.addHook('preValidation', (request, reply, done) => {
    const form = formOf(request)
    if (form === undefined) return refuse(reply, 'invalid_request', 'Send the parameters as application/x-www-form-urlencoded, each once')
    const credentials = credentialsOf(request, form)
    if (credentials === 'twice') return refuse(reply, 'invalid_request', 'Give the client credentials in the Authorization header or in the body, not in both')
    if (!form.has('grant_type')) return refuse(reply, 'invalid_request', 'The parameter grant_type is missing')
    if (form.get('grant_type') !== 'client_credentials') return refuse(reply, 'unsupported_grant_type', 'The only grant_type is client_credentials')
    // RFC 6749 has both parts form-encoded, curl and most clients send them as they are: either is right.
    const world = credentials && (worldOfCredentials(credentials.id, credentials.secret) ?? worldOfCredentials(decode(credentials.id), decode(credentials.secret)))
    if (world === undefined) return refuse(reply, 'invalid_client', 'Client authentication failed: unknown client, no credentials, or a wrong secret')
    request.world = world
    done()
  })

  app.post('/oauth2/token', { schema: { hide: true } }, (request, reply) => {
    const token = request.store.write(issueToken)
    return reply.send({ access_token: token, expires_in: tokenSeconds, scope: '', token_type: 'bearer' })
  })
}

function refuse (reply: FastifyReply, error: Code, description: string): FastifyReply {
  if (error === 'invalid_client') reply.header('www-authenticate', challenges.basic)
  return reply.code(error === 'invalid_client' ? 401 : 400).type('application/json; charset=utf-8').send(JSON.stringify({ error, error_description: description }))
}

function formOf (request: FastifyRequest): URLSearchParams | undefined {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (request.body === undefined || request.body === null || request.body === '') return new URLSearchParams()
  if (type !== 'application/x-www-form-urlencoded') return undefined
  const form = new URLSearchParams(request.body as string)
  return new Set(form.keys()).size === [...form.keys()].length ? form : undefined
}

function credentialsOf (request: FastifyRequest, form: URLSearchParams): { id: string, secret: string } | 'twice' | undefined {
  const header = request.headers.authorization
  const id = form.get('client_id')
  const secret = form.get('client_secret')
  if (header === undefined) return id === null || secret === null ? undefined : { id, secret }
  if (secret !== null) return 'twice'
  const basic = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header)?.[1]
  const pair = basic === undefined ? null : /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString('utf8'))
  if (pair === null) return undefined
  return { id: pair[1] ?? '', secret: pair[2] ?? '' }
}

/** Undoes form-encoding. */
function decode (text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
