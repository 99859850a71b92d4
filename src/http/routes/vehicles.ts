import { ChargeAction, MaxCurrentAction, VehicleAction } from '../../contract/action.ts'
import { ChargingCommand, MaxCurrentCommand } from '../../contract/charging.ts'
import { Ref } from '../../contract/ref.ts'
import { PaginatedVehicleList, Vehicle } from '../../contract/vehicle.ts'
import { requestAction } from '../../domain/control/actions.ts'
import { findAsset } from '../../domain/sight/find.ts'
import type { App } from '../../lib/fastify.ts'
import { assetSection, cancelActionRoute, getActionRoute, refreshHintRoute } from './asset-routes.ts'
import { problems, VehicleParams } from './schemas.ts'
import { getRoute, listRoute, userListRoute } from './section-routes.ts'

const tags = ['Vehicles']

const vehicles = assetSection({
  kind: 'vehicle', tags, idName: 'vehicleId', id: VehicleParams.properties.vehicleId, item: Vehicle, list: PaginatedVehicleList, action: VehicleAction
})

export async function vehicleRoutes (app: App): Promise<void> {
  listRoute(app, '/vehicles', vehicles, {
    operationId: 'listVehicles',
    summary: 'List vehicles',
    description: 'Every vehicle of the client, newest first.'
  })

  userListRoute(app, '/users/:userId/vehicles', vehicles, {
    operationId: 'listUserVehicles',
    summary: 'List user vehicles',
    description: 'Every vehicle of a user, newest first; none if the user is unknown.'
  })

  getRoute(app, '/vehicles/:vehicleId', vehicles, {
    operationId: 'getVehicle',
    summary: 'Get vehicle',
    description: 'A vehicle as it was last seen.'
  })

  app.post('/vehicles/:vehicleId/charging', {
    schema: {
      operationId: 'controlVehicleCharging',
      summary: 'Control charging',
      description: 'Starts or stops charging by an action that is tried until the vehicle complies or time is up. An equal action that is still pending is answered again; a different one is cancelled.',
      tags,
      params: VehicleParams,
      body: Ref(ChargingCommand),
      response: { 200: Ref(ChargeAction), ...problems(400, 401, 403, 404, 422) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'vehicle', request.params.vehicleId), { type: 'charging', kind: request.body.action })) as ChargeAction)

  app.post('/vehicles/:vehicleId/max-current', {
    schema: {
      operationId: 'setVehicleMaxCurrent',
      summary: 'Set max current',
      description: 'Limits the current that the vehicle draws, in ampere. Open to early adopters at the vendor, and here to every TESLA vehicle. A pending action is cancelled, also an equal one.',
      tags,
      params: VehicleParams,
      body: Ref(MaxCurrentCommand),
      response: { 200: Ref(MaxCurrentAction), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'vehicle', request.params.vehicleId), { type: 'max-current', maxCurrent: request.body.maxCurrent })) as MaxCurrentAction)

  getActionRoute(app, '/vehicles/actions/:actionId', vehicles, {
    operationId: 'getVehicleAction',
    summary: 'Get vehicle action',
    description: 'An action on a vehicle as it stands.'
  })

  cancelActionRoute(app, '/vehicles/actions/:actionId/cancel', vehicles, {
    operationId: 'cancelVehicleAction',
    summary: 'Cancel vehicle action',
    description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands.'
  })

  refreshHintRoute(app, '/vehicles/:vehicleId/refresh-hint', vehicles, {
    operationId: 'refreshVehicle',
    summary: 'Refresh vehicle data',
    description: 'Brings the next look at the vehicle forward.'
  })
}
