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
  await register(app)
  await app.ready()
  return withReferences(app.swagger()) as Record<string, unknown>
}

/** Puts references in the place of the members of each union that has a tag: OpenAPI knows of a discriminator only between those. */
function withReferences (value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withReferences(each)]))
  if (!('discriminator' in copy && 'anyOf' in copy)) return copy
  const { anyOf: _members, ...rest } = copy
  const { mapping } = rest.discriminator as { mapping: Record<string, string> }
  return { ...rest, oneOf: [...new Set(Object.values(mapping))].map($ref => ({ $ref })) }
}
