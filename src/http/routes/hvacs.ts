import { Type } from '@sinclair/typebox'
import { FollowScheduleAction, HVACAction, PermanentHoldAction } from '../../contract/action.ts'
import { SetLocationBody } from '../../contract/common.ts'
import { HVAC, PaginatedHVACList, PermanentHold } from '../../contract/hvac.ts'
import { Ref } from '../../contract/ref.ts'
import { requestAction } from '../../domain/control/actions.ts'
import { viewAsset } from '../../domain/sight/assets.ts'
import { assignLocation } from '../../domain/places/locations.ts'
import { findAsset } from '../../domain/sight/find.ts'
import type { App } from '../../lib/fastify.ts'
import { assetSection, cancelActionRoute, getActionRoute, refreshHintRoute } from './asset-routes.ts'
import { problems } from './schemas.ts'
import { getRoute, listRoute, userListRoute } from './section-routes.ts'

const tags = ['HVAC']
const HVACParams = Type.Object({ hvacId: Type.String({ description: 'Id of the HVAC unit.' }) })

const hvacs = assetSection({
  kind: 'hvac', tags, idName: 'hvacId', id: HVACParams.properties.hvacId, item: HVAC, list: PaginatedHVACList, action: HVACAction
})

export async function hvacRoutes (app: App): Promise<void> {
  listRoute(app, '/hvacs', hvacs, {
    operationId: 'listHVACs',
    summary: 'List HVAC units',
    description: 'Every HVAC unit of the client, newest first.'
  })

  userListRoute(app, '/users/:userId/hvacs', hvacs, {
    operationId: 'listUserHVACs',
    summary: 'List user HVAC units',
    description: 'Every HVAC unit of a user, newest first; none if the user is unknown.'
  })

  app.put('/hvacs/:hvacId', {
    schema: {
      operationId: 'setHVACLocation',
      summary: 'Set location for an HVAC unit',
      description: 'Puts the HVAC unit at a location of its user, or takes it away from one.',
      tags,
      params: HVACParams,
      body: Ref(SetLocationBody),
      response: { 200: Ref(HVAC), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => {
    assignLocation(tx, findAsset(tx, 'hvac', request.params.hvacId), request.body.locationId)
    return JSON.parse(viewAsset(tx, 'hvac', request.params.hvacId, app.baseUrl(request)).toString()) as HVAC
  }))

  getRoute(app, '/hvacs/:hvacId', hvacs, {
    operationId: 'getHVAC',
    summary: 'Get HVAC unit',
    description: 'An HVAC unit as it was last seen.'
  })

  app.post('/hvacs/:hvacId/permanent-hold', {
    schema: {
      operationId: 'setHVACPermanentHold',
      summary: 'Set HVAC unit mode as permanent hold',
      description: 'Holds the unit at a mode and its setpoints by an action that is tried until it complies or time is up. A pending action is cancelled.',
      tags,
      params: HVACParams,
      body: Ref(PermanentHold),
      response: { 200: Ref(PermanentHoldAction), ...problems(400, 401, 403, 404, 422) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'hvac', request.params.hvacId), { type: 'permanent-hold', hold: request.body })) as PermanentHoldAction)

  app.post('/hvacs/:hvacId/follow-schedule', {
    schema: {
      operationId: 'followHVACSchedule',
      summary: 'Set HVAC unit to follow device schedule',
      description: 'Ends a permanent hold, so that the schedule on the device rules again. A pending action is cancelled.',
      tags,
      params: HVACParams,
      response: { 200: Ref(FollowScheduleAction), ...problems(400, 401, 403, 404, 422) }
    }
  }, request => request.store.write(tx =>
    requestAction(tx, findAsset(tx, 'hvac', request.params.hvacId), { type: 'follow-schedule' })) as FollowScheduleAction)

  getActionRoute(app, '/hvacs/actions/:actionId', hvacs, {
    operationId: 'getHVACAction',
    summary: 'Get HVAC unit action',
    description: 'An action on the HVAC unit as it stands.'
  })

  cancelActionRoute(app, '/hvacs/actions/:actionId/cancel', hvacs, {
    operationId: 'cancelHVACAction',
    summary: 'Cancel HVAC unit action',
    description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands.'
  })

  refreshHintRoute(app, '/hvacs/:hvacId/refresh-hint', hvacs, {
    operationId: 'refreshHVAC',
    summary: 'Refresh HVAC unit data',
    description: 'Brings the next look at the HVAC unit forward.'
  })
}
