import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import type { App } from '../lib/fastify.ts'
import { packageRoot } from '../lib/package.ts'
import { notFound } from '../lib/problem.ts'

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' }

/** Nothing but this server: no other host, no script or style within the markup, no frame around it. */
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

/**
 * The page that shows a world and drives it through the control API, out of the folder `page/` of the package. It holds
 * nothing of any world, so it needs no token; it asks for one where the control API does.
 */
export async function pageRoutes (app: App): Promise<void> {
  const schema = { hide: true }
  // Relative, so that it holds wherever a proxy puts this server.
  app.get('/_mock', { schema }, (_request, reply) => reply.code(302).header('location', '_mock/').send(''))
  app.get('/_mock/', { schema }, async (_request, reply) => await send(reply, 'index.html'))
  app.get('/_mock/page/:file', { schema: { ...schema, params: Type.Object({ file: Type.String() }) } }, async (request, reply) => {
    const { file } = request.params
    // A name and nothing else, so that it leads nowhere else.
    if (!/^[a-z-]+\.(js|css|svg)$/.test(file)) throw notFound('File', file)
    return await send(reply, file)
  })
}

async function send (reply: FastifyReply, file: string): Promise<FastifyReply> {
  let content: Buffer
  try {
    content = await readFile(new URL(`page/${file}`, packageRoot))
  } catch {
    throw notFound('File', file)
  }
  return reply.headers(headers).type(types[extname(file)] ?? '').send(content)
}
