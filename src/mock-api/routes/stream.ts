import { Type } from '@sinclair/typebox'
import { Formed } from '../../contract/kit.ts'
import { withImageUrls } from '../../domain/tell/image-urls.ts'
import type { App } from '../../lib/fastify.ts'
import { second } from '../../lib/time.ts'
import type { Message } from '../../world/feed.ts'
import { problems } from './schemas.ts'

/** Real time between two signs of life, by which a broken connection shows. */
const heartbeatMs = 15 * second

/** Bytes that wait for a reader who does not keep up; past that it is let go, and can come back with Last-Event-ID. */
const mostWaiting = 4 * 1024 * 1024

/** What happens, as it happens. */
export async function streamRoutes (app: App): Promise<void> {
  app.get('/_mock/stream', {
    schema: {
      operationId: 'stream',
      summary: 'Follow what happens',
      description: 'Server-sent events, one for each entry of the timeline and for each request. `event` is the kind of entry, `data` the entry as JSON, with the event itself where one was announced. `Last-Event-ID` brings what came since, as far as the last 1,000 are kept. A comment every 15 seconds shows that the connection stands.',
      tags: ['Journal'],
      produces: ['text/event-stream'],
      querystring: Type.Object({ world: Type.Optional(Type.String({ description: 'The world, where a header cannot be sent.' })) }),
      headers: Type.Object({ 'last-event-id': Type.Optional(Formed('^\\d{0,15}$', 'the id of a message, which is a whole number', { description: 'Id of the last message that was seen.' })) }),
      response: { 200: Type.String({ description: 'Messages, until one side ends the connection.' }), ...problems(400, 401, 403, 404) }
    }
  }, async (request, reply) => {
    const { world } = request
    const base = app.baseUrl(request)
    const seen = request.headers['last-event-id']
    const { raw } = reply.hijack()
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' })
    if (request.method === 'HEAD') {
      raw.end()
      return
    }
    const end = new AbortController()
    const stop = world.feed.follow(message => {
      if (raw.writableLength > mostWaiting) end.abort()
      else raw.write(textOf(message, base))
    }, seen === undefined || seen === '' ? undefined : Number(seen))
    raw.on('close', () => { end.abort() })
    const either = AbortSignal.any([end.signal, world.ending])
    raw.write(': what happens from here\n\n')
    while (!either.aborted) {
      await world.pause(heartbeatMs, either)
      if (!either.aborted) raw.write(': still here\n\n')
    }
    stop()
    raw.end()
  })
}

function textOf ({ id, kind, show }: Message, base: string): string {
  return `id: ${id}\nevent: ${kind}\ndata: ${withImageUrls(JSON.stringify(show()), base)}\n\n`
}
