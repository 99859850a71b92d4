import { Type, type Static } from '@sinclair/typebox'
import { Closed, ClockTime, Nullable, StringEnum, Timestamp, Uuid, Weekday } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { scheduledKinds, SmartOverrideSummary } from './smart-charging.ts'

export const ScheduleRule = Closed({
  hourMinute: Type.Optional(Closed({
    from: ClockTime('Start, inclusive.'),
    to: ClockTime('End, exclusive; on the next day when not after the start.')
  }, { description: 'Time of day at which it holds, in the timezone of the location.' })),
  fromTimestamp: Type.Optional(Timestamp('Moment from which it holds.')),
  toTimestamp: Type.Optional(Timestamp('Moment until which it holds.')),
  weekdays: Type.Optional(Type.Array(Weekday, { description: 'Days on which it holds, or on which its time of day begins; all of them unless given.' })),
  shouldCharge: Type.Boolean({ description: 'Whether to charge while it holds.' })
}, { $id: 'ScheduleRule', description: 'Says whether to charge at the times that all of its filters let through.' })
export type ScheduleRule = Static<typeof ScheduleRule>

const fields = {
  targetId: Type.String({ description: 'Id of the vehicle or charger that it controls.' }),
  locationId: Nullable(Uuid('Id of the location at which it acts. Null is no matter for a charger; a vehicle is then never controlled.')),
  targetType: StringEnum(scheduledKinds, { description: 'Type of the asset that it controls.' }),
  isEnabled: Type.Boolean({ description: 'Whether it controls at all.' }),
  defaultShouldCharge: Type.Boolean({ description: 'Whether to charge while no rule holds.' }),
  rules: Type.Array(Ref(ScheduleRule), { maxItems: 100, description: 'Rules that depart from the default, a hundred at most. Where several hold the last one decides.' })
}

export const Schedule = Type.Object({
  ...fields,
  id: Uuid('Id of the schedule.')
}, { $id: 'Schedule', description: 'When a vehicle or charger should charge.' })
export type Schedule = Static<typeof Schedule>

export const PaginatedScheduleList = paginated(Schedule, 'schedules')
export type PaginatedScheduleList = Static<typeof PaginatedScheduleList>

export const CreateScheduleBody = Closed(fields, { $id: 'CreateScheduleBody', description: 'A new schedule.' })
export type CreateScheduleBody = Static<typeof CreateScheduleBody>

export const UpdateScheduleBody = Type.Partial(CreateScheduleBody, {
  $id: 'UpdateScheduleBody',
  additionalProperties: false,
  description: 'What shall change of a schedule.'
})
export type UpdateScheduleBody = Static<typeof UpdateScheduleBody>

export const ScheduleStatus = Type.Object({
  scheduleId: Uuid('Id of the schedule.'),
  scheduleType: StringEnum(['CHARGE'], { description: 'What is scheduled.' }),
  changedAt: Timestamp('When anything of this status last changed.'),
  state: StringEnum(['ALIGNED', 'MISALIGNED', 'PENDING', 'INACTIVE:OVERRIDDEN', 'INACTIVE:DISABLED', 'INACTIVE:AWAY', 'INACTIVE:INCAPABLE'], {
    description: 'Whether the asset does what the schedule says, is being told to, or is not controlled.'
  }),
  isCharging: Type.Boolean({ description: 'Whether the asset charges.' }),
  isChargingExpected: Type.Boolean({ description: 'Whether the asset ought to charge: all three parts are true.' }),
  isChargingExpectedParts: Type.Object({
    needsCharge: Type.Boolean({ description: 'Whether it is below its charge limit.' }),
    isPluggedIn: Type.Boolean({ description: 'Whether it is plugged in.' }),
    shouldCharge: Type.Boolean({ description: 'Whether the rules want it to charge now.' })
  }, { description: 'What the expectation is made of.' }),
  upcomingTransitions: Type.Array(Type.Object({
    at: Timestamp('When it comes.'),
    shouldCharge: Type.Boolean({ description: 'Whether the rules want charging from then on.' })
  }), { maxItems: 2, description: 'The next changes of mind of the rules, two at most.' }),
  smartOverride: Nullable(Ref(SmartOverrideSummary))
}, { $id: 'ScheduleStatus', description: 'How far an asset follows its schedule.' })
export type ScheduleStatus = Static<typeof ScheduleStatus>
