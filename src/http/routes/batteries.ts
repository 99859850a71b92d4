import { Type } from '@sinclair/typebox'
import { OperationModeAction } from '../../contract/action.ts'
import { Battery, OperationModeCommand, PaginatedBatteryList } from '../../contract/battery.ts'
import { Uuid } from '../../contract/kit.ts'
import { Ref } from '../../contract/ref.ts'
import { requestAction } from '../../domain/control/actions.ts'
import { findAsset } from '../../domain/sight/find.ts'
import type { App } from '../../lib/fastify.ts'
import { assetSection, cancelActionRoute, getActionRoute, refreshHintRoute } from './asset-routes.ts'
import { problems } from './schemas.ts'
import { getRoute, listRoute, userListRoute } from './section-routes.ts'

const tags = ['Batteries']
const BatteryParams = Type.Object({ batteryId: Uuid('Id of the battery.') })

const batteries = assetSection({
  kind: 'battery', tags, idName: 'batteryId', id: BatteryParams.properties.batteryId, item: Battery, list: PaginatedBatteryList, action: OperationModeAction
})

export async function batteryRoutes (app: App): Promise<void> {
  listRoute(app, '/batteries', batteries, {
    operationId: 'listBatteries',
    summary: 'List batteries',
    description: 'Every battery of the client, newest first. Beta at the vendor.'
  })

  userListRoute(app, '/users/:userId/batteries', batteries, {
    operationId: 'listUserBatteries',
    summary: 'List user batteries',
    description: 'Every battery of a user, newest first; none if the user is unknown. Beta at the vendor.'
  })

  getRoute(app, '/batteries/:batteryId', batteries, {
    operationId: 'getBattery',
    summary: 'Get battery',
    description: 'A battery as it was last seen. Beta at the vendor.'
  })

  app.post('/batteries/:batteryId/operation-mode', {
    schema: {
      operationId: 'setBatteryOperationMode',
      summary: 'Set operation mode for battery',
      description: 'Puts the battery in a mode by an action that is tried until it complies or time is up. A pending action is cancelled. Beta at the vendor.',
      tags,
      params: BatteryParams,
      body: Ref(OperationModeCommand),
      response: { 200: Ref(OperationModeAction), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'battery', request.params.batteryId), { type: 'operation-mode', operationMode: request.body.operationMode })) as OperationModeAction)

  getActionRoute(app, '/batteries/actions/:actionId', batteries, {
    operationId: 'getBatteryAction',
    summary: 'Get battery action',
    description: 'An action on the battery as it stands. Beta at the vendor.'
  })

  cancelActionRoute(app, '/batteries/actions/:actionId/cancel', batteries, {
    operationId: 'cancelBatteryAction',
    summary: 'Cancel battery action',
    description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands. Beta at the vendor.'
  })

  refreshHintRoute(app, '/batteries/:batteryId/refresh-hint', batteries, {
    operationId: 'refreshBattery',
    summary: 'Refresh battery data',
    description: 'Brings the next look at the battery forward. Beta at the vendor.'
  })
}
