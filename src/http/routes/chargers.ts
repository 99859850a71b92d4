import { Type } from '@sinclair/typebox'
import { ChargeAction, ChargeRateLimitAction, ChargerAction, MaxCurrentAction } from '../../contract/action.ts'
import { Charger, PaginatedChargerList } from '../../contract/charger.ts'
import { ChargeRateLimitCommand, ChargingCommand, MaxCurrentCommand } from '../../contract/charging.ts'
import { SetLocationBody } from '../../contract/common.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { ActionParams, UserParams, problems, refreshHinted } from './schemas.ts'

const tags = ['Chargers']
const ChargerParams = Type.Object({ chargerId: Type.String({ description: 'Id of the charger.' }) })

export async function chargerRoutes (app: App): Promise<void> {
  app.get('/chargers', {
    schema: {
      operationId: 'listChargers',
      summary: 'List chargers',
      description: 'Every charger of the client, newest first.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedChargerList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/users/:userId/chargers', {
    schema: {
      operationId: 'listUserChargers',
      summary: 'List user chargers',
      description: 'Every charger of a user, newest first; none if the user is unknown.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedChargerList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/chargers/:chargerId', {
    schema: {
      operationId: 'getCharger',
      summary: 'Get charger',
      description: 'A charger as it was last seen.',
      tags,
      params: ChargerParams,
      response: { 200: Ref(Charger), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.put('/chargers/:chargerId', {
    schema: {
      operationId: 'setChargerLocation',
      summary: 'Set location for a charger',
      description: 'Puts the charger at a location of its user, or takes it away from one.',
      tags,
      params: ChargerParams,
      body: Ref(SetLocationBody),
      response: { 200: Ref(Charger), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/chargers/:chargerId/charging', {
    schema: {
      operationId: 'controlChargerCharging',
      summary: 'Control charging',
      description: 'Starts or stops charging by an action that is tried until the charger complies or time is up. A pending action is cancelled.',
      tags,
      params: ChargerParams,
      body: Ref(ChargingCommand),
      response: { 200: Ref(ChargeAction), ...problems(400, 401, 403, 404, 422), ...unbuilt }
    }
  }, notBuilt)

  app.post('/chargers/:chargerId/max-current', {
    schema: {
      operationId: 'setChargerMaxCurrent',
      summary: 'Set max current',
      description: 'Limits the current that the charger gives, in ampere.',
      tags,
      params: ChargerParams,
      body: Ref(MaxCurrentCommand),
      response: { 200: Ref(MaxCurrentAction), ...problems(400, 401, 403, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/chargers/:chargerId/charge-rate-limit', {
    schema: {
      operationId: 'setChargerChargeRateLimit',
      summary: 'Set charge rate limit',
      description: 'Limits the power that the charger gives, in kW; its highest current follows. Open to early adopters at the vendor.',
      tags,
      params: ChargerParams,
      body: Ref(ChargeRateLimitCommand),
      response: { 200: Ref(ChargeRateLimitAction), ...problems(400, 401, 403, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/chargers/actions/:actionId', {
    schema: {
      operationId: 'getChargerAction',
      summary: 'Get charger action',
      description: 'An action on the charger as it stands.',
      tags,
      params: ActionParams,
      response: { 200: Ref(ChargerAction), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/chargers/actions/:actionId/cancel', {
    schema: {
      operationId: 'cancelChargerAction',
      summary: 'Cancel charger action',
      description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands.',
      tags,
      params: ActionParams,
      response: { 200: Ref(ChargerAction), 409: Ref(ChargerAction), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/chargers/:chargerId/refresh-hint', {
    schema: {
      operationId: 'refreshCharger',
      summary: 'Refresh charger data',
      description: 'Brings the next look at the charger forward.',
      tags,
      params: ChargerParams,
      response: { 204: refreshHinted, ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
