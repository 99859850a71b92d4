import { Type } from '@sinclair/typebox'
import { ClockChange } from '../../contract/mock.ts'
import { Advanced, ClockView, type ClockSetting } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { badRequest, invalid } from '../../lib/problem.ts'
import { addDuration, iso, parseTime, type Millis } from '../../lib/time.ts'
import type { World } from '../../world/world.ts'
import { problems } from './schemas.ts'

const tags = ['Clock']

const AdvanceBody = Type.Object({
  by: Type.Optional(Type.String({ description: 'ISO 8601 duration, such as PT30M or P1D.' })),
  to: Type.Optional(Type.String({ description: 'ISO 8601 time, not before now.' }))
}, { additionalProperties: false, description: 'How far to go: one of the two.' })

export function showClock (world: Pick<World, 'clock'>): ClockSetting {
  return { now: iso(world.clock.now()), mode: world.clock.mode, speed: world.clock.speed }
}

function showCourse (world: World): ClockView {
  const { goal, attempts, next } = world.course
  return { ...showClock(world), goal: goal === undefined ? null : iso(goal), waitsFor: attempts, next: next === undefined ? null : { ...next, at: iso(next.at) } }
}

/** Where simulated time stands, and moving it. */
export async function clockRoutes (app: App): Promise<void> {
  app.get('/_mock/clock', {
    schema: { operationId: 'getClock', summary: 'Read the clock', description: 'Also, while time is on its way, what it waits for, and what is due next.', tags, response: { 200: Ref(ClockView), ...problems(401, 403, 404) } }
  }, request => showCourse(request.world))

  app.put('/_mock/clock', {
    schema: {
      operationId: 'setClock',
      summary: 'Freeze, run, speed up or move the clock',
      tags,
      body: Ref(ClockChange),
      response: { 200: Ref(ClockView), ...problems(400, 401, 403, 404, 503) }
    }
  }, async request => {
    const { now, mode, speed } = request.body
    if (now !== undefined) await request.world.advance(() => timeOf(now, 'now'), request.store.origin)
    request.world.setClock({ mode, speed })
    return showCourse(request.world)
  })

  app.post('/_mock/clock/advance', {
    schema: {
      operationId: 'advanceClock',
      summary: 'Advance the clock',
      description: 'Answers when all that was due has happened and its webhooks are delivered or scheduled again.',
      tags,
      body: AdvanceBody,
      response: { 200: Ref(Advanced), ...problems(400, 401, 403, 404, 503) }
    }
  }, async request => await request.world.advance(now => targetOf(now, request.body), request.store.origin))
}

function targetOf (now: Millis, { by, to }: { by?: string, to?: string }): Millis {
  if ((by === undefined) === (to === undefined)) throw badRequest('give either "by", an ISO 8601 duration such as PT30M, or "to", an ISO 8601 time')
  if (to !== undefined) return timeOf(to, 'to')
  const target = addDuration(now, by ?? '')
  if (target === undefined) throw invalid('"by" must be an ISO 8601 duration, such as PT20S, PT1H or P1D, and end before the year 9000', ['by'], 'string.duration')
  return target
}

function timeOf (text: string, name: string): Millis {
  const at = parseTime(text)
  if (at === undefined) throw invalid(`"${name}" must be an ISO 8601 time with an offset from 1971 to 8999, such as 2026-01-01T00:00:00Z`, [name], 'string.date-time')
  return at
}
