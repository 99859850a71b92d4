import { logFormat, Replayed, WorldLog } from '../../contract/mock-journal.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { requireFormat } from '../../world/snapshots.ts'
import type { ControlOptions } from '../options.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Replay']

/** Bytes of a log at most. */
const logLimit = 128 * 1024 * 1024

/** What came to a world, and playing it again. */
export async function logRoutes (app: App, { replay }: ControlOptions): Promise<void> {
  app.get('/_mock/log', {
    schema: {
      operationId: 'getLog',
      summary: 'Get the log of a world',
      description: 'Every call since the world began that reached an operation of the documented API, the token endpoint or Link UI, or changed the world through the control API; what receivers answered; and how far time had moved at each. It holds credentials. The first 10,000 entries and 16 MiB are kept; DELETE begins it anew.',
      tags,
      response: { 200: Ref(WorldLog), ...problems(400, 401, 403, 404) }
    }
  }, request => request.world.log.show())

  app.delete('/_mock/log', {
    schema: {
      operationId: 'beginLog',
      summary: 'Begin the log anew',
      description: 'From the world as it is: the log then starts with a snapshot.',
      tags,
      response: { 204: noContent, ...problems(400, 401, 403, 404) }
    }
  }, (request, reply) => {
    request.world.beginLog()
    reply.code(204)
    return null
  })

  app.post('/_mock/replay', {
    bodyLimit: logLimit,
    schema: {
      operationId: 'replay',
      summary: 'Play a log again',
      description: 'In a world of its own, that is gone afterwards: same seed, same calls at the same simulated times, receivers that answer as the log says; nothing is posted. Every answer and every delivery is held against the log, up to the first difference.',
      tags,
      body: Ref(WorldLog),
      response: { 200: Ref(Replayed), ...problems(400, 401, 403, 404) }
    }
  }, async request => {
    requireFormat('log', request.body.format, request.body.version, { oldest: logFormat, newest: logFormat })
    return await replay(request.body)
  })
}
