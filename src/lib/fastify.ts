import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'

/** A Fastify instance whose handlers get their types from the TypeBox schemas of the route. */
export type App = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, TypeBoxTypeProvider>

declare module 'fastify' {
  interface FastifyInstance {
    /** The paths of the documented API as the documents write them, with the methods that they answer. */
    faultyPaths: Map<string, readonly string[]>
    /** The base of the URLs that an answer to this request hands out, without a slash at its end. */
    baseUrl: (request: Pick<FastifyRequest, 'protocol' | 'host'>) => string
  }
}
