import type { IncomingMessage, ServerResponse } from 'node:http'
import type { App } from '../lib/fastify.ts'

export interface DocsOptions {
  /** Where Swagger UI stands, such as `/docs`; the document is at `/docs/json`. */
  at: string
  /** The public base of the server; empty where it is reached as it is addressed. */
  base: string
  document: () => Promise<Record<string, unknown>>
  clientId?: string
}

type Routing = (request: IncomingMessage, response: ServerResponse) => void

/** Swagger UI, made when somebody first looks: its files and the document would double the time of a start. */
export async function docsRoutes (app: App, { at, base, document, clientId }: DocsOptions): Promise<void> {
  let made: Promise<Routing> | undefined
  let close: (() => Promise<unknown>) | undefined
  const make = async (): Promise<Routing> => {
    const [{ default: Fastify }, { default: swagger }, { default: swaggerUi }] = await Promise.all([import('fastify'), import('@fastify/swagger'), import('@fastify/swagger-ui')])
    const docs = Fastify()
    // Served from wherever it is looked at, so that "Try it out" and Authorize go to this server.
    await docs.register(swagger, { mode: 'static', specification: { document: { ...await document(), servers: [{ url: base === '' ? '/' : base }] } as never } })
    await docs.register(swaggerUi, { routePrefix: at, initOAuth: { clientId: clientId ?? '' }, uiConfig: { persistAuthorization: true, defaultModelsExpandDepth: 0 } })
    await docs.ready()
    close = async () => { await docs.close() }
    return docs.routing
  }
  for (const path of [at, `${at}/*`]) {
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const routing = await (made ??= make())
      reply.hijack()
      routing(request.raw, reply.raw)
    })
  }
  app.addHook('onClose', async () => { await close?.() })
}
