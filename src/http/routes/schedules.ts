import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { Ref } from '../../contract/ref.ts'
import { CreateScheduleBody, PaginatedScheduleList, Schedule, ScheduleStatus, UpdateScheduleBody } from '../../contract/schedule.ts'
import { createSchedule, deleteSchedule, findSchedule, listSchedules, scheduleStatus, updateSchedule } from '../../domain/control/schedules.ts'
import { showSchedule } from '../../domain/control/scheduling/status.ts'
import type { App } from '../../lib/fastify.ts'
import { UserParams, problems } from './schemas.ts'
import { deleteRoute, getRoute, userListRoute, type Section } from './section-routes.ts'

const tags = ['Schedules']
const ScheduleParams = Type.Object({ scheduleId: Uuid('Id of the schedule.') })

const schedules = {
  tags,
  idName: 'scheduleId',
  id: ScheduleParams.properties.scheduleId,
  item: Schedule,
  list: PaginatedScheduleList,
  page: listSchedules,
  show: (tx, id) => showSchedule(findSchedule(tx, id))
} satisfies Section<string>

export async function scheduleRoutes (app: App): Promise<void> {
  userListRoute(app, '/users/:userId/schedules', schedules, {
    operationId: 'listUserSchedules',
    summary: 'List schedules',
    description: 'Every schedule of a user, newest first; none if the user is unknown.'
  })

  app.post('/users/:userId/schedules', {
    schema: {
      operationId: 'createSchedule',
      summary: 'Create schedule',
      description: 'Creates a schedule for a vehicle or charger of the user. Enabling it turns smart charging off, and any other schedule of the same target.',
      tags,
      params: UserParams,
      body: Ref(CreateScheduleBody),
      response: { 200: Ref(Schedule), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => createSchedule(tx, request.params.userId, request.body)))

  getRoute(app, '/schedules/:scheduleId', schedules, {
    operationId: 'getSchedule',
    summary: 'Get schedule',
    description: 'A schedule.'
  })

  app.put('/schedules/:scheduleId', {
    schema: {
      operationId: 'updateSchedule',
      summary: 'Update schedule',
      description: 'Changes the fields that are given. Rules are replaced as a whole.',
      tags,
      params: ScheduleParams,
      body: Ref(UpdateScheduleBody),
      response: { 200: Ref(Schedule), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => updateSchedule(tx, request.params.scheduleId, request.body)))

  deleteRoute(app, '/schedules/:scheduleId', schedules, {
    operationId: 'deleteSchedule',
    summary: 'Delete schedule',
    description: 'Deletes a schedule; the client controls its target again.'
  }, 'The schedule is deleted.', deleteSchedule)

  app.get('/schedules/:scheduleId/status', {
    schema: {
      operationId: 'getScheduleStatus',
      summary: 'Get schedule status',
      description: 'How far the asset follows the schedule.',
      tags,
      params: ScheduleParams,
      response: { 200: Ref(ScheduleStatus), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => scheduleStatus(tx, request.params.scheduleId)))
}
