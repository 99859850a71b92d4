import type { FastifyRequest } from 'fastify'
import { PageQuery } from '../../contract/pagination.ts'
import { placeOf } from '../../lib/cursor.ts'
import { notBuiltYet } from '../../lib/problem.ts'
import { problems } from './schemas.ts'

/** Spread into the responses of an operation that has no handler yet; it goes when `notBuilt` goes. */
export const unbuilt = problems(501)

/** Stands in for the handler of an operation that is documented but not simulated yet. */
export function notBuilt (request: Pick<FastifyRequest, 'method' | 'routeOptions' | 'query'>): never {
  if (request.routeOptions.schema?.querystring === PageQuery) placeOf(request.query as PageQuery)
  const path = request.routeOptions.url?.replaceAll(/:(\w+)/g, '{$1}')
  throw notBuiltYet(`${request.method} ${path}`)
}
