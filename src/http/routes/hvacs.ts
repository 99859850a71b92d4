import { Type } from '@sinclair/typebox'
import { FollowScheduleAction, HVACAction, PermanentHoldAction } from '../../contract/action.ts'
import { SetLocationBody } from '../../contract/common.ts'
import { HVAC, PaginatedHVACList, PermanentHold } from '../../contract/hvac.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { ActionParams, UserParams, problems, refreshHinted } from './schemas.ts'

const tags = ['HVAC']
const HVACParams = Type.Object({ hvacId: Type.String({ description: 'Id of the HVAC unit.' }) })

export async function hvacRoutes (app: App): Promise<void> {
  app.get('/hvacs', {
    schema: {
      operationId: 'listHVACs',
      summary: 'List HVAC units',
      description: 'Every HVAC unit of the client, newest first.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedHVACList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/users/:userId/hvacs', {
    schema: {
      operationId: 'listUserHVACs',
      summary: 'List user HVAC units',
      description: 'Every HVAC unit of a user, newest first; none if the user is unknown.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedHVACList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.put('/hvacs/:hvacId', {
    schema: {
      operationId: 'setHVACLocation',
      summary: 'Set location for an HVAC unit',
      description: 'Puts the HVAC unit at a location of its user, or takes it away from one.',
      tags,
      params: HVACParams,
      body: Ref(SetLocationBody),
      response: { 200: Ref(HVAC), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/hvacs/:hvacId', {
    schema: {
      operationId: 'getHVAC',
      summary: 'Get HVAC unit',
      description: 'An HVAC unit as it was last seen.',
      tags,
      params: HVACParams,
      response: { 200: Ref(HVAC), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/hvacs/actions/:actionId', {
    schema: {
      operationId: 'getHVACAction',
      summary: 'Get HVAC unit action',
      description: 'An action on the HVAC unit as it stands.',
      tags,
      params: ActionParams,
      response: { 200: Ref(HVACAction), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/hvacs/actions/:actionId/cancel', {
    schema: {
      operationId: 'cancelHVACAction',
      summary: 'Cancel HVAC unit action',
      description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands.',
      tags,
      params: ActionParams,
      response: { 200: Ref(HVACAction), 409: Ref(HVACAction), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/hvacs/:hvacId/follow-schedule', {
    schema: {
      operationId: 'followHVACSchedule',
      summary: 'Set HVAC unit to follow device schedule',
      description: 'Ends a permanent hold, so that the schedule on the device rules again.',
      tags,
      params: HVACParams,
      response: { 200: Ref(FollowScheduleAction), ...problems(400, 401, 403, 404, 422), ...unbuilt }
    }
  }, notBuilt)

  app.post('/hvacs/:hvacId/refresh-hint', {
    schema: {
      operationId: 'refreshHVAC',
      summary: 'Refresh HVAC unit data',
      description: 'Brings the next look at the HVAC unit forward.',
      tags,
      params: HVACParams,
      response: { 204: refreshHinted, ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/hvacs/:hvacId/permanent-hold', {
    schema: {
      operationId: 'setHVACPermanentHold',
      summary: 'Set HVAC unit mode as permanent hold',
      description: 'Holds the unit at a mode and its setpoints by an action that is tried until it complies or time is up.',
      tags,
      params: HVACParams,
      body: Ref(PermanentHold),
      response: { 200: Ref(PermanentHoldAction), ...problems(400, 401, 403, 404, 422), ...unbuilt }
    }
  }, notBuilt)
}
