import { Type } from '@sinclair/typebox'
import { OperationModeAction } from '../../contract/action.ts'
import { Battery, OperationModeCommand, PaginatedBatteryList } from '../../contract/battery.ts'
import { Uuid } from '../../contract/kit.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { ActionParams, UserParams, problems, refreshHinted } from './schemas.ts'

const tags = ['Batteries']
const BatteryParams = Type.Object({ batteryId: Uuid('Id of the battery.') })

export async function batteryRoutes (app: App): Promise<void> {
  app.get('/batteries', {
    schema: {
      operationId: 'listBatteries',
      summary: 'List batteries',
      description: 'Every battery of the client, newest first. Beta at the vendor.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedBatteryList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/users/:userId/batteries', {
    schema: {
      operationId: 'listUserBatteries',
      summary: 'List user batteries',
      description: 'Every battery of a user, newest first; none if the user is unknown. Beta at the vendor.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedBatteryList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/batteries/:batteryId', {
    schema: {
      operationId: 'getBattery',
      summary: 'Get battery',
      description: 'A battery as it was last seen. Beta at the vendor.',
      tags,
      params: BatteryParams,
      response: { 200: Ref(Battery), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/batteries/:batteryId/operation-mode', {
    schema: {
      operationId: 'setBatteryOperationMode',
      summary: 'Set operation mode for battery',
      description: 'Puts the battery in a mode by an action that is tried until it complies or time is up. A pending action is cancelled. Beta at the vendor.',
      tags,
      params: BatteryParams,
      body: Ref(OperationModeCommand),
      response: { 200: Ref(OperationModeAction), ...problems(400, 401, 403, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/batteries/actions/:actionId', {
    schema: {
      operationId: 'getBatteryAction',
      summary: 'Get battery action',
      description: 'An action on the battery as it stands. Beta at the vendor.',
      tags,
      params: ActionParams,
      response: { 200: Ref(OperationModeAction), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/batteries/actions/:actionId/cancel', {
    schema: {
      operationId: 'cancelBatteryAction',
      summary: 'Cancel battery action',
      description: 'Gives up an action that is pending. If it no longer is, the 409 shows it as it stands. Beta at the vendor.',
      tags,
      params: ActionParams,
      response: { 200: Ref(OperationModeAction), 409: Ref(OperationModeAction), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/batteries/:batteryId/refresh-hint', {
    schema: {
      operationId: 'refreshBattery',
      summary: 'Refresh battery data',
      description: 'Brings the next look at the battery forward. Beta at the vendor.',
      tags,
      params: BatteryParams,
      response: { 204: refreshHinted, ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
