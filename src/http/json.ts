import fp from 'fastify-plugin'
import type { App } from '../lib/fastify.ts'

/** Reads JSON bodies. Many clients name the content type also where they send nothing, so an empty body is no body. */
export const jsonBodies = fp(async (app: App) => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}, { name: 'json-bodies' })
