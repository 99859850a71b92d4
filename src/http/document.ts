import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import type { App } from '../lib/fastify.ts'

/** The name of a schema stays the name of its component. */
export const refResolver = {
  buildLocalReference: (json: { $id?: unknown }, _baseUri: unknown, _fragment: unknown, index: number): string => typeof json.$id === 'string' ? json.$id : `def-${index}`
}

/** Makes an OpenAPI document from the schemas of routes, in an instance that serves nothing. */
export async function documentOf (register: (app: App) => Promise<unknown>): Promise<Record<string, unknown>> {
  const app = Fastify({ exposeHeadRoutes: false }).withTypeProvider<TypeBoxTypeProvider>()
  // Nothing is served, so nothing needs compiling.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => JSON.stringify)
  app.decorate('baseUrl', () => '')
  await register(app as unknown as App)
  await app.ready()
  return app.swagger() as unknown as Record<string, unknown>
}
