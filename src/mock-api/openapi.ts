import swagger from '@fastify/swagger'
import { components } from '../contract/index.ts'
import { mockAnswers } from '../contract/mock-answers.ts'
import { mockComponents } from '../contract/mock.ts'
import { documentOf, refResolver } from '../http/document.ts'
import { controlRoutes } from './routes/index.ts'

/** The OpenAPI document of the control API. */
export async function controlDocument (version: string): Promise<Record<string, unknown>> {
  return await documentOf(async app => {
    for (const component of [...components, ...mockComponents, ...mockAnswers]) app.addSchema(component)
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'mock-enode control API', version, description: 'Makes and changes what the documented API shows: time, worlds, accounts, devices, deliveries.' },
        components: {
          securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'The control token, if the server was started with one.' } },
          parameters: { world: { name: 'X-Mock-World', in: 'header', required: false, description: 'The world to act on, `default` if left out.', schema: { type: 'string' } } }
        },
        security: [{}, { bearer: [] }]
      },
      refResolver,
      transformObject: document => withWorldHeader(('openapiObject' in document ? document.openapiObject : {}) as Document)
    })
    await app.register(controlRoutes, { worlds: () => { throw new Error('a document has no worlds') }, version, uptimeSeconds: () => 0, replay: () => { throw new Error('a document plays nothing') } })
  })
}

interface Document { paths?: Record<string, Record<string, { parameters?: unknown[] }>> }

/** Every operation can name the world that it acts on. */
function withWorldHeader (document: Document): Document {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path)) operation.parameters = [...operation.parameters ?? [], { $ref: '#/components/parameters/world' }]
  }
  return document
}
