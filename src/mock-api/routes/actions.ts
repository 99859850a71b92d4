import { Type } from '@sinclair/typebox'
import { ActionState, VendorAction } from '../../contract/action.ts'
import { Resolution } from '../../contract/mock-faults.ts'
import { Ref } from '../../contract/ref.ts'
import { listActions, resolveAction } from '../../domain/control/actions.ts'
import type { App } from '../../lib/fastify.ts'
import { idParams, problems } from './schemas.ts'

const tags = ['Actions']

/** What was asked of devices, and how it ends. */
export async function actionRoutes (app: App): Promise<void> {
  app.get('/_mock/actions', {
    schema: {
      operationId: 'listActions',
      summary: 'List actions',
      description: 'The newest first, of every kind of asset, with the reason where one failed. All that are pending are kept, and the last 10,000.',
      tags,
      querystring: Type.Object({
        assetId: Type.Optional(Type.String({ description: 'Only those on this asset.' })),
        state: Type.Optional(Ref(ActionState)),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'At most so many, 100 if left out.' }))
      }),
      response: { 200: Type.Array(Ref(VendorAction)), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.read(tx => listActions(tx, request.query)))

  app.post('/_mock/actions/:id/resolve', {
    schema: {
      operationId: 'resolveAction',
      summary: 'End a pending action now',
      description: 'A CONFIRMED one makes the device obey.',
      tags,
      params: idParams('Id of the action.'),
      body: Ref(Resolution),
      response: { 200: Ref(VendorAction), ...problems(400, 401, 403, 404, 409) }
    }
  }, request => request.store.write(tx => resolveAction(tx, request.params.id, request.body.state, request.body.failureReason)))
}
