import { Type } from '@sinclair/typebox'
import { RestoreWish, SnapshotFile, SnapshotView, SnapshotWish } from '../../contract/mock-journal.ts'
import { WorldCredentials } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { invalidAll } from '../../lib/problem.ts'
import { Validation } from '../../lib/validation.ts'
import { fromFile, toFile } from '../../world/snapshots.ts'
import type { ControlOptions } from '../options.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Snapshots']
const SnapshotParams = Type.Object({ name: Type.String({ description: 'Name of the snapshot.' }) })

/** Bytes of a snapshot file at most. */
const fileLimit = 128 * 1024 * 1024

/** Worlds at a moment: saved, and gone back to. */
export async function snapshotRoutes (app: App, { worlds }: ControlOptions): Promise<void> {
  const checkWish = new Validation([]).strict(RestoreWish)

  app.get('/_mock/snapshots', {
    schema: { operationId: 'listSnapshots', summary: 'List snapshots', tags, response: { 200: Type.Array(Ref(SnapshotView)), ...problems(401, 403, 404) } }
  }, request => request.world.snapshots.list())

  app.post('/_mock/snapshots', {
    schema: {
      operationId: 'saveSnapshot',
      summary: 'Save the world as it is',
      description: 'All of it: users, devices, webhooks and what they have yet to get, timers, faults, the clock and the random stream. It is kept in memory with its world, at most 50 and 256 MiB; one of the same name is replaced.',
      tags,
      body: Ref(SnapshotWish),
      response: { 200: Ref(SnapshotView), ...problems(400, 401, 403, 404) }
    }
  }, request => {
    const { world } = request
    return world.snapshots.put(world.save(request.body.name))
  })

  app.post('/_mock/snapshots/:name/restore', {
    schema: {
      operationId: 'restoreSnapshot',
      summary: 'Go back to a snapshot',
      description: 'What happens from there has the same bytes as it had the first time. The world keeps its credentials, and tokens go on working; what is being delivered is dropped. A body `{"into": "name"}` makes a new world of it instead, whose credentials are answered.',
      tags,
      params: SnapshotParams,
      response: { 200: Ref(WorldCredentials), 204: noContent, ...problems(400, 401, 403, 404, 409, 503) }
    }
  }, async (request, reply) => {
    const snapshot = request.world.snapshots.find(request.params.name)
    const wish = request.body ?? {}
    const issues = checkWish(wish)
    if (issues.length > 0) throw invalidAll(issues)
    const { into } = wish as RestoreWish
    if (into === undefined) {
      await request.world.restore(snapshot)
      reply.code(204)
      return null
    }
    const { world, clientSecret } = await worlds().createFrom(snapshot, into, app.baseUrl(request))
    return { name: world.name, clientId: world.row.client_id, clientSecret }
  })

  app.delete('/_mock/snapshots/:name', {
    schema: { operationId: 'deleteSnapshot', summary: 'Delete a snapshot', tags, params: SnapshotParams, response: { 204: noContent, ...problems(400, 401, 403, 404) } }
  }, (request, reply) => {
    request.world.snapshots.delete(request.params.name)
    reply.code(204)
    return null
  })

  app.get('/_mock/snapshots/:name/file', {
    schema: {
      operationId: 'downloadSnapshot',
      summary: 'Get a snapshot as a file',
      description: 'For another server, or to be kept. The secrets of webhooks, accounts and the client are in it.',
      tags,
      params: SnapshotParams,
      response: { 200: Ref(SnapshotFile), ...problems(401, 403, 404) }
    }
  }, (request, reply) => {
    const file = toFile(request.world.snapshots.find(request.params.name))
    reply.header('content-disposition', `attachment; filename="${file.name}.mock-enode.json"`)
    return file
  })

  app.post('/_mock/snapshots/file', {
    bodyLimit: fileLimit,
    schema: {
      operationId: 'uploadSnapshot',
      summary: 'Put a snapshot file among the snapshots',
      description: 'Under the name that stands in it. A file of a newer form is refused; the database in it is read when it is restored.',
      tags,
      body: Ref(SnapshotFile),
      response: { 200: Ref(SnapshotView), ...problems(400, 401, 403, 404) }
    }
  }, request => request.world.snapshots.put(fromFile(request.body)))
}
