import { Type } from '@sinclair/typebox'
import { StringEnum } from '../../contract/kit.ts'
import { DeliveryView } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import { listDeliveries, showDelivery } from '../../domain/tell/deliveries.ts'
import { findWebhook } from '../../domain/tell/webhooks.ts'
import type { App } from '../../lib/fastify.ts'
import { idParams, problems } from './schemas.ts'

const tags = ['Deliveries']

/** What goes to webhooks. Of those that ended, the last 1,000 are retained. */
export async function deliveryRoutes (app: App): Promise<void> {
  app.get('/_mock/deliveries', {
    schema: {
      operationId: 'listDeliveries',
      summary: 'List deliveries',
      description: 'The newest first. All that are pending are kept, and the last 1,000 that ended.',
      tags,
      querystring: Type.Object({
        webhookId: Type.Optional(Type.String()),
        state: Type.Optional(StringEnum(['PENDING', 'DELIVERED', 'GIVEN_UP'])),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'At most so many, 100 if left out.' }))
      }),
      response: { 200: Type.Array(Ref(DeliveryView)), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.read(tx => listDeliveries(tx, request.query)))

  app.get('/_mock/deliveries/:id', {
    schema: { operationId: 'getDelivery', summary: 'Get a delivery', tags, params: idParams('Id of the delivery.'), response: { 200: Ref(DeliveryView), ...problems(401, 403, 404) } }
  }, request => request.store.read(tx => showDelivery(tx, request.params.id)))

  app.post('/_mock/deliveries/:id/resend', {
    schema: {
      operationId: 'resendDelivery',
      summary: 'Send a delivery again, now',
      description: 'The same bytes with the same x-enode-delivery. Answers when the receiver has.',
      tags,
      params: idParams('Id of the delivery.'),
      response: { 200: Ref(DeliveryView), ...problems(400, 401, 403, 404) }
    }
  }, async request => {
    const { world, store, params: { id } } = request
    store.read(tx => findWebhook(tx, showDelivery(tx, id).webhookId))
    await world.dispatcher.sendNow(id)
    return store.read(tx => showDelivery(tx, id))
  })

  app.post('/_mock/deliveries/drain', {
    schema: {
      operationId: 'drainDeliveries',
      summary: 'Wait until nothing is due',
      description: 'What waits for a later retry stays pending.',
      tags,
      response: { 200: Type.Object({ pending: Type.Integer({ description: 'Deliveries that wait for a retry.' }) }), ...problems(400, 401, 403, 404) }
    }
  }, async request => {
    await request.world.drain()
    return { pending: request.store.read(tx => tx.deliveries.countPending()) }
  })
}
