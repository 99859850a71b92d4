import { STATUS_CODES } from 'node:http'
import fp from 'fastify-plugin'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { badRequest, Problem, unavailable } from '../lib/problem.ts'
import type { App } from '../lib/fastify.ts'

/** The one content type of problems. */
const problemType = 'application/problem+json; charset=utf-8'

/** Sends a problem as RFC 7807 asks. */
export function sendProblem (reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).headers(problem.headers).type(problemType).send(JSON.stringify(problem.body()))
}

/** Renders everything that is thrown, and every path that there is not. */
export const errors = fp(async (app: App) => {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = problemOf(error)
    if (problem.status === 500) request.log.error({ err: error, method: request.method, url: request.url }, 'request failed')
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsOf(app, request)
    if (request.method === 'OPTIONS' && allowed.length > 0) return reply.code(204).header('allow', [...allowed, 'OPTIONS'].join(', ')).send()
    return sendProblem(reply, routeNotFound(request, allowed))
  })
}, { name: 'errors' })

function problemOf (error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return badRequest('Invalid request payload JSON format')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return badRequest('Unsupported content type: send the body with "content-type: application/json"')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return badRequest('The request payload is too large')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return badRequest('The content-length header does not match the request payload')
  }
  const status = error.statusCode ?? 500
  // The JSON parser refuses keys such as __proto__ with an error of its own.
  if (status >= 400 && status < 500) return badRequest(status === 400 ? 'Invalid request payload JSON format' : error.message)
  if (status === 503) return unavailable('The server is shutting down')
  return new Problem({ status: 500, slug: 'server-error', title: 'Server Error', detail: 'A critical error has occurred in mock-enode. Its log says more; please report it' })
}

/** The methods that HTTP clients commonly use, tried to tell a wrong method from a wrong path. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The methods that the path of a request answers. */
function methodsOf (app: App, request: FastifyRequest): string[] {
  return methods.filter(method => app.findRoute({ method, url: pathOf(request) }) !== null)
}

function pathOf ({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '/'
}

function routeNotFound (request: FastifyRequest, allowed: string[]): Problem {
  const path = pathOf(request)
  const others = allowed.filter(method => method !== 'HEAD' && method !== request.method)
  const hint = others.length > 0 ? `This path answers ${others.join(', ')}.` : `GET ${path.startsWith('/_mock') ? '/_mock/docs' : '/docs'} lists what there is.`
  return new Problem({ status: 404, slug: 'not-found', title: 'Route not found', detail: `Route not found: ${request.method} ${path.slice(0, 200)}. ${hint}` })
}

/** What an error of Node's HTTP parser says before there is a request, such as too many header bytes. */
export function clientErrorText (status: number, detail: string): string {
  const body = JSON.stringify(new Problem({ status, slug: 'bad-request', title: STATUS_CODES[status] ?? 'Bad Request', detail }).body())
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
}
