import { Type } from '@sinclair/typebox'
import { ChargeAction, ChargeRateLimitAction, ChargerAction, MaxCurrentAction } from '../../contract/action.ts'
import { Charger, PaginatedChargerList } from '../../contract/charger.ts'
import { ChargeRateLimitCommand, ChargingCommand, MaxCurrentCommand } from '../../contract/charging.ts'
import { SetLocationBody } from '../../contract/common.ts'
import { Ref } from '../../contract/ref.ts'
import { requestAction } from '../../domain/control/actions.ts'
import { viewAsset } from '../../domain/sight/assets.ts'
import { assignLocation } from '../../domain/places/locations.ts'
import { findAsset } from '../../domain/sight/find.ts'
import type { App } from '../../lib/fastify.ts'
import { assetSection, cancelActionRoute, getActionRoute, refreshHintRoute } from './asset-routes.ts'
import { problems } from './schemas.ts'
import { getRoute, listRoute, userListRoute } from './section-routes.ts'

const tags = ['Chargers']
const ChargerParams = Type.Object({ chargerId: Type.String({ description: 'Id of the charger.' }) })

const chargers = assetSection({
  kind: 'charger', tags, idName: 'chargerId', id: ChargerParams.properties.chargerId, item: Charger, list: PaginatedChargerList, action: ChargerAction
})

export async function chargerRoutes (app: App): Promise<void> {
  listRoute(app, '/chargers', chargers, {
    operationId: 'listChargers',
    summary: 'List chargers',
    description: 'Every charger of the client, newest first.'
  })

  userListRoute(app, '/users/:userId/chargers', chargers, {
    operationId: 'listUserChargers',
    summary: 'List user chargers',
    description: 'Every charger of a user, newest first; none if the user is unknown.'
  })

  getRoute(app, '/chargers/:chargerId', chargers, {
    operationId: 'getCharger',
    summary: 'Get charger',
    description: 'A charger as it was last seen.'
  })

  app.put('/chargers/:chargerId', {
    schema: {
      operationId: 'setChargerLocation',
      summary: 'Set location for a charger',
      description: 'Puts the charger at a location of its user, or takes it away from one.',
      tags,
      params: ChargerParams,
      body: Ref(SetLocationBody),
      response: { 200: Ref(Charger), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => {
    assignLocation(tx, findAsset(tx, 'charger', request.params.chargerId), request.body.locationId)
    return JSON.parse(viewAsset(tx, 'charger', request.params.chargerId, app.baseUrl(request)).toString()) as Charger
  }))

  app.post('/chargers/:chargerId/charging', {
    schema: {
      operationId: 'controlChargerCharging',
      summary: 'Control charging',
      description: 'Starts or stops charging by an action that is tried until the charger complies or time is up. A pending action is cancelled.',
      tags,
      params: ChargerParams,
      body: Ref(ChargingCommand),
      response: { 200: Ref(ChargeAction), ...problems(400, 401, 403, 404, 422) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'charger', request.params.chargerId), { type: 'charging', kind: request.body.action })) as ChargeAction)

  app.post('/chargers/:chargerId/max-current', {
    schema: {
      operationId: 'setChargerMaxCurrent',
      summary: 'Set max current',
      description: 'Limits the current that the charger gives, in ampere.',
      tags,
      params: ChargerParams,
      body: Ref(MaxCurrentCommand),
      response: { 200: Ref(MaxCurrentAction), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'charger', request.params.chargerId), { type: 'max-current', maxCurrent: request.body.maxCurrent })) as MaxCurrentAction)

  app.post('/chargers/:chargerId/charge-rate-limit', {
    schema: {
      operationId: 'setChargerChargeRateLimit',
      summary: 'Set charge rate limit',
      description: 'Limits the power that the charger gives, in kW; its highest current follows. Open to early adopters at the vendor.',
      tags,
      params: ChargerParams,
      body: Ref(ChargeRateLimitCommand),
      response: { 200: Ref(ChargeRateLimitAction), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'charger', request.params.chargerId), { type: 'charge-rate-limit', chargeRateLimit: request.body.chargeRateLimit })) as ChargeRateLimitAction)

  getActionRoute(app, '/chargers/actions/:actionId', chargers, {
    operationId: 'getChargerAction',
    summary: 'Get charger action',
    description: 'An action on the charger as it stands.'
  })

  cancelActionRoute(app, '/chargers/actions/:actionId/cancel', chargers, {
    operationId: 'cancelChargerAction',
    summary: 'Cancel charger action',
    description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands.'
  })

  refreshHintRoute(app, '/chargers/:chargerId/refresh-hint', chargers, {
    operationId: 'refreshCharger',
    summary: 'Refresh charger data',
    description: 'Brings the next look at the charger forward.'
  })
}
