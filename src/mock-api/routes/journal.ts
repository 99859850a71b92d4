import { Type } from '@sinclair/typebox'
import { RequestMatcher, RequestView, TimelineEntry } from '../../contract/mock-journal.ts'
import { Ref } from '../../contract/ref.ts'
import { listTimeline } from '../../domain/tell/timeline.ts'
import type { App } from '../../lib/fastify.ts'
import { invalid } from '../../lib/problem.ts'
import { isMeant, sinceOf } from '../../world/requests.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Journal']
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'At most so many, the newest; 200 if left out.' }))

/** What happened and why, and what was asked and answered. */
export async function journalRoutes (app: App): Promise<void> {
  app.get('/_mock/timeline', {
    schema: {
      operationId: 'getTimeline',
      summary: 'What happened, and what caused it',
      description: 'In order, for one subject or for all. Polls that saw nothing new leave no entry. The last 10,000 entries are kept.',
      tags,
      querystring: Type.Object({ subject: Type.Optional(Type.String({ description: 'Id of a user, asset, action, webhook or delivery.' })), limit }),
      response: { 200: Type.Array(Ref(TimelineEntry)), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.read(tx => listTimeline(tx, request.query)))

  app.get('/_mock/requests', {
    schema: {
      operationId: 'listRequests',
      summary: 'The last requests and their answers',
      description: 'Those to the documented API, its token endpoint and Link UI, the newest first, without credentials. The last 1,000 are kept, or fewer when their bodies come to more than 4 MiB. Requests whose token or credentials belong to no world are in `default`.',
      tags,
      querystring: Type.Object({
        method: Type.Optional(Type.String()),
        path: Type.Optional(Type.String({ description: 'A path, or a documented template such as `/vehicles/{vehicleId}`.' })),
        status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
        since: Type.Optional(Type.String({ description: 'Those after the request with this id, or from this simulated time on.' })),
        limit
      }),
      response: { 200: Type.Array(Ref(RequestView)), ...problems(400, 401, 403, 404) }
    }
  }, request => {
    const { since, limit = 200, ...matcher } = request.query
    const isSince = since === undefined ? () => true : sinceOf(since)
    if (isSince === undefined) throw invalid('"since" must be the id of a request, or an ISO 8601 time with an offset', ['since'])
    return request.world.requests.matching(each => isMeant(each, matcher) && isSince(each)).slice(0, limit)
  })

  app.delete('/_mock/requests', {
    schema: { operationId: 'deleteRequests', summary: 'Forget the requests', tags, response: { 204: noContent, ...problems(400, 401, 403, 404) } }
  }, (request, reply) => {
    request.world.requests.clear()
    reply.code(204)
    return null
  })

  app.post('/_mock/requests/count', {
    schema: {
      operationId: 'countRequests',
      summary: 'Count the requests that fit',
      tags,
      body: Ref(RequestMatcher),
      response: { 200: Type.Object({ count: Type.Integer({ description: 'How many of those that are kept fit.' }) }), ...problems(400, 401, 403, 404) }
    }
  }, request => ({ count: request.world.requests.matching(each => isMeant(each, request.body)).length }))

  app.post('/_mock/requests/matching', {
    schema: {
      operationId: 'matchingRequests',
      summary: 'The requests that fit',
      description: 'All that are kept, the newest first.',
      tags,
      body: Ref(RequestMatcher),
      response: { 200: Type.Array(Ref(RequestView)), ...problems(400, 401, 403, 404) }
    }
  }, request => request.world.requests.matching(each => isMeant(each, request.body)))
}
