import { Type } from '@sinclair/typebox'
import { apiVersion } from '../../contract/common.ts'
import { ClockSetting } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import { expireTokens } from '../../domain/linking/tokens.ts'
import type { App } from '../../lib/fastify.ts'
import { showClock } from './clock.ts'
import type { ControlOptions } from '../options.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Server']

/** Health, what runs here, and the way back to the start. */
export async function serverRoutes (app: App, { worlds, version, uptimeSeconds }: ControlOptions): Promise<void> {
  app.get('/_mock/info', {
    schema: {
      operationId: 'getInfo',
      summary: 'What runs here',
      tags,
      response: {
        200: Type.Object({
          version: Type.String(),
          apiVersion: Type.String(),
          world: Type.String(),
          clientId: Type.String(),
          seed: Type.Integer(),
          fixture: Type.String(),
          timing: Type.String(),
          tokens: Type.String(),
          webhookPatience: Type.String(),
          uptimeSeconds: Type.Integer(),
          clock: Ref(ClockSetting),
          worlds: Type.Array(Type.String())
        }),
        ...problems(401, 403, 404)
      }
    }
  }, request => {
    const { seed, fixture, timing, tokens, webhook_patience: webhookPatience, client_id: clientId } = request.world.row
    return {
      version, apiVersion, world: request.world.name, clientId, seed, fixture, timing, tokens, webhookPatience, uptimeSeconds: uptimeSeconds(), clock: showClock(request.world), worlds: worlds().list().map(world => world.name)
    }
  })

  app.post('/_mock/tokens/expire', {
    schema: {
      operationId: 'expireTokens',
      summary: 'End all tokens',
      description: 'Every token that the world has given out is refused with a 401 from now on, so that it shows whether a client gets a new one. Those that it gives out later work.',
      tags,
      response: { 204: noContent, ...problems(400, 401, 403, 404) }
    }
  }, (request, reply) => {
    request.store.write(expireTokens)
    reply.code(204)
    return null
  })

  app.post('/_mock/reset', {
    schema: {
      operationId: 'reset',
      summary: 'Take the world back to its start',
      description: 'Fixture, seed and clock are as at the start. Tokens end, and what is being delivered is dropped.',
      tags,
      response: { 204: noContent, ...problems(400, 401, 403, 404) }
    }
  }, async (request, reply) => {
    await request.world.reset()
    reply.code(204)
    return null
  })
}
