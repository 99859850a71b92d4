import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import { CreateScheduleBody, PaginatedScheduleList, Schedule, ScheduleStatus, UpdateScheduleBody } from '../../contract/schedule.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { UserParams, noContent, problems } from './schemas.ts'

const tags = ['Schedules']
const ScheduleParams = Type.Object({ scheduleId: Uuid('Id of the schedule.') })

export async function scheduleRoutes (app: App): Promise<void> {
  app.get('/users/:userId/schedules', {
    schema: {
      operationId: 'listUserSchedules',
      summary: 'List schedules',
      description: 'Every schedule of a user, newest first; none if the user is unknown.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedScheduleList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.post('/users/:userId/schedules', {
    schema: {
      operationId: 'createSchedule',
      summary: 'Create schedule',
      description: 'Creates a schedule for a vehicle or charger of the user. Enabling it turns smart charging off.',
      tags,
      params: UserParams,
      body: Ref(CreateScheduleBody),
      response: { 200: Ref(Schedule), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/schedules/:scheduleId', {
    schema: {
      operationId: 'getSchedule',
      summary: 'Get schedule',
      description: 'A schedule.',
      tags,
      params: ScheduleParams,
      response: { 200: Ref(Schedule), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.put('/schedules/:scheduleId', {
    schema: {
      operationId: 'updateSchedule',
      summary: 'Update schedule',
      description: 'Changes the fields that are given.',
      tags,
      params: ScheduleParams,
      body: Ref(UpdateScheduleBody),
      response: { 200: Ref(Schedule), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.delete('/schedules/:scheduleId', {
    schema: {
      operationId: 'deleteSchedule',
      summary: 'Delete schedule',
      description: 'Deletes a schedule.',
      tags,
      params: ScheduleParams,
      response: { 204: noContent('The schedule is deleted.'), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/schedules/:scheduleId/status', {
    schema: {
      operationId: 'getScheduleStatus',
      summary: 'Get schedule status',
      description: 'How far the asset follows the schedule.',
      tags,
      params: ScheduleParams,
      response: { 200: Ref(ScheduleStatus), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
