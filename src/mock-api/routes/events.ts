import { Type } from '@sinclair/typebox'
import { EventWish } from '../../contract/mock-journal.ts'
import { Ref } from '../../contract/ref.ts'
import { sendEvent } from '../../domain/bench/events.ts'
import type { App } from '../../lib/fastify.ts'
import { problems } from './schemas.ts'

/** Events that nothing but this call has brought about. */
export async function eventRoutes (app: App): Promise<void> {
  app.post('/_mock/events', {
    schema: {
      operationId: 'sendEvent',
      summary: 'Send an event on demand',
      description: 'Made from an existing asset and what there is of it, as its last action or schedule, with fields that differ; without an asset it is made up. It must fit the schema of its event. The world itself does not change.',
      tags: ['Deliveries'],
      body: Ref(EventWish),
      response: {
        200: Type.Object({
          event: Type.Record(Type.String(), Type.Unknown(), { description: 'The event as it is sent.' }),
          deliveries: Type.Array(Type.String({ description: 'Ids of the deliveries that bring it, one for each webhook.' }))
        }),
        ...problems(400, 401, 403, 404)
      }
    }
  }, request => request.store.write(tx => sendEvent(tx, request.body, app.baseUrl(request))))
}
