import { Type } from '@sinclair/typebox'
import { WorldWish } from '../../contract/mock.ts'
import { WorldCredentials, WorldView } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import { requirePatience } from '../../domain/tell/webhooks.ts'
import type { App } from '../../lib/fastify.ts'
import { badRequest, invalid } from '../../lib/problem.ts'
import { parseTime } from '../../lib/time.ts'
import { fixtureNames, loadFixture } from '../../world/fixtures.ts'
import type { WorldSetting } from '../../world/setting.ts'
import type { World } from '../../world/world.ts'
import { showClock } from './clock.ts'
import type { ControlOptions } from '../options.ts'
import { largeBody, noContent, problems } from './schemas.ts'

const tags = ['Worlds']

/** Worlds that share nothing: one for each test that runs at the same time. */
export async function worldRoutes (app: App, { worlds }: ControlOptions): Promise<void> {
  app.get('/_mock/worlds', {
    schema: { operationId: 'listWorlds', summary: 'List worlds', tags, response: { 200: Type.Array(Ref(WorldView)), ...problems(401, 403, 404) } }
  }, () => worlds().list().map(showWorld))

  app.post('/_mock/worlds', {
    bodyLimit: largeBody,
    schema: {
      operationId: 'createWorld',
      summary: 'Create a world',
      description: 'It has credentials of its own, and lives in memory until it is deleted or the server stops.',
      tags,
      body: Ref(WorldWish),
      response: { 200: Ref(WorldCredentials), ...problems(400, 401, 403, 409) }
    }
  }, async request => {
    const { world, clientSecret } = worlds().create({ ...await settingOf(request.body), baseUrl: app.baseUrl(request) })
    return { name: world.name, clientId: world.row.client_id, clientSecret }
  })

  app.delete('/_mock/worlds/:name', {
    schema: {
      operationId: 'deleteWorld',
      summary: 'Delete a world',
      tags,
      params: Type.Object({ name: Type.String() }),
      response: { 204: noContent, ...problems(400, 401, 403, 404) }
    }
  }, async (request, reply) => {
    await worlds().delete(request.params.name)
    reply.code(204)
    return null
  })
}

function showWorld (world: World): WorldView {
  const { seed, fixture, client_id: clientId } = world.row
  return { name: world.name, seed, fixture, clientId, clock: showClock(world) }
}

async function settingOf ({ now, fixture, ...wish }: WorldWish): Promise<Partial<WorldSetting>> {
  const setting: Partial<WorldSetting> = { ...wish }
  requirePatience(wish.webhookPatience)
  if (now !== undefined) {
    const at = parseTime(now)
    if (at === undefined) throw invalid('"now" must be an ISO 8601 time with an offset from 1971 to 8999', ['now'], 'string.date-time')
    setting.now = at
  }
  if (typeof fixture === 'string') {
    // Only names: the control API must not read files of the machine.
    if (!(fixtureNames as readonly string[]).includes(fixture)) throw badRequest(`there is no fixture ${fixture}: use one of ${fixtureNames.join(', ')}, or send the fixture itself`)
    return { ...setting, fixtureName: fixture, fixture: await loadFixture(fixture) }
  }
  return fixture === undefined ? setting : { ...setting, fixtureName: 'sent with the request', fixture }
}
