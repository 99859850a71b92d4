import { Type, type Static } from '@sinclair/typebox'
import { ClockTime, keysWhere, Nullable, StringEnum, Timestamp, Uuid } from './kit.ts'
import { Ref } from './ref.ts'
import { SmartOverrideVendor, VehicleVendor, type AssetKind } from './vendors.ts'

const vehicleId = Type.String({ description: 'Id of the vehicle.' })
const userId = Type.String({ description: 'Id of the user who owns the vehicle.' })

const policy = {
  isEnabled: Type.Boolean({ description: 'Whether smart charging may control the vehicle.' }),
  deadline: ClockTime('When it shall be charged, in the timezone of the location.'),
  minimumChargeLimit: Type.Number({ minimum: 0, maximum: 100, description: 'Level up to which it charges at once whatever the price, in percent.' })
}

export const SmartChargingPolicy = Type.Object({
  ...policy,
  deadline: Nullable(policy.deadline)
}, { $id: 'SmartChargingPolicy', description: 'What smart charging of a vehicle shall achieve.' })
export type SmartChargingPolicy = Static<typeof SmartChargingPolicy>

/** The one body that does not refuse unknown keys. */
export const UpdateSmartChargingPolicyBody = Type.Partial(Type.Object(policy), {
  $id: 'UpdateSmartChargingPolicyBody',
  description: 'What shall change of the policy.'
})
export type UpdateSmartChargingPolicyBody = Static<typeof UpdateSmartChargingPolicyBody>

const planEndStates = ['PLAN:ENDED:FINISHED', 'PLAN:ENDED:UNPLUGGED', 'PLAN:ENDED:FAILED', 'PLAN:ENDED:DISABLED', 'PLAN:ENDED:DEADLINE_CHANGED'] as const

export const SmartChargingState = StringEnum([
  'DISABLED', 'CONSIDERING', 'UNKNOWN', 'PLAN:EXECUTING:STOPPING', 'PLAN:EXECUTING:STOP_FAILED', 'PLAN:EXECUTING:STOPPED',
  'PLAN:EXECUTING:STOPPED:AWAITING_PRICES', 'PLAN:EXECUTING:STARTING', 'PLAN:EXECUTING:START_FAILED', 'PLAN:EXECUTING:STARTED',
  'PLAN:EXECUTING:CHARGE_INTERRUPTED', 'PLAN:EXECUTING:OVERRIDDEN', ...planEndStates, 'FULLY_CHARGED'
], {
  $id: 'SmartChargingState',
  description: 'Where a vehicle stands between no smart charging, waiting for a chance, following a plan and being done.'
})
export type SmartChargingState = Static<typeof SmartChargingState>

export const SmartChargingPlan = Type.Object({
  id: Type.String({ description: 'Id of the plan.' }),
  vehicleId,
  userId,
  locationId: Nullable(Uuid('Id of the location where it charges.')),
  vendor: Ref(VehicleVendor),
  currency: Type.String({ description: 'ISO 4217 code of the currency of the costs.' }),
  nonSmartCost: Type.Number({ description: 'What charging at once would cost, as estimated.' }),
  smartCost: Nullable(Type.Number({ description: 'What charging by the plan costs, as estimated.' })),
  stopAt: Timestamp('When the plan stops charging.'),
  startAt: Nullable(Timestamp('When the plan resumes charging; null while prices are awaited.')),
  estimatedFinishAt: Timestamp('When the vehicle should be charged.'),
  stopConfirmedAt: Nullable(Timestamp('When charging was first seen to have stopped.')),
  startConfirmedAt: Nullable(Timestamp('When charging was first seen to have started again.')),
  endedAt: Nullable(Timestamp('When the plan ended.')),
  finalState: Nullable(StringEnum(planEndStates, { description: 'How the plan ended.' })),
  failureCondition: Nullable(StringEnum(['STOP_FAILED', 'START_FAILED', 'FINISHED_LATE', 'UNKNOWN', 'CHARGE_INTERRUPTED'], { description: 'What went wrong, if anything did.' }))
}, { $id: 'SmartChargingPlan', description: 'When a vehicle is to stop and resume charging so that it pays less.' })
export type SmartChargingPlan = Static<typeof SmartChargingPlan>

const canBeScheduled = { vehicle: true, charger: true, hvac: false, inverter: false, battery: false, meter: false } as const satisfies Record<AssetKind, boolean>

/** The kinds that a schedule can control, and an override of it. */
export const scheduledKinds = keysWhere(canBeScheduled)

const override = {
  createdAt: Timestamp('When it began.'),
  endedAt: Nullable(Timestamp('When it ended; null while it lasts.')),
  targetType: StringEnum(scheduledKinds, { description: 'Type of the asset that charges regardless.' }),
  targetId: Type.String({ description: 'Id of the asset that charges regardless.' }),
  vendorActionId: Nullable(Uuid('Id of the action that started charging.'))
}

export const SmartOverrideSummary = Type.Object(override, {
  $id: 'SmartOverrideSummary',
  description: 'An override, as a status carries it.'
})
export type SmartOverrideSummary = Static<typeof SmartOverrideSummary>

export const SmartOverride = Type.Object({
  ...override,
  userId: Type.String({ description: 'Id of the user who owns the asset.' }),
  vendor: Ref(SmartOverrideVendor)
}, { $id: 'SmartOverride', description: 'Charging at once, whatever smart charging or a schedule would do.' })
export type SmartOverride = Static<typeof SmartOverride>

export const SmartChargingStatus = Type.Object({
  updatedAt: Timestamp('When it was last worked out.'),
  vehicleId,
  userId,
  vendor: Ref(VehicleVendor),
  state: Ref(SmartChargingState),
  stateChangedAt: Timestamp('When the state last changed.'),
  consideration: Nullable(Type.Object({
    isPluggedIn: Type.Boolean({ description: 'Whether it is plugged in.' }),
    isCharging: Type.Boolean({ description: 'Whether it charges.' }),
    atChargingLocation: Type.Boolean({ description: 'Whether it is at a location of its user.' }),
    hasTimeEstimate: Type.Boolean({ description: 'Whether the time that charging takes is known.' })
  }, { description: 'What must all be true before a plan is made.' })),
  plan: Nullable(Ref(SmartChargingPlan)),
  smartOverride: Nullable(Ref(SmartOverrideSummary))
}, { $id: 'SmartChargingStatus', description: 'What smart charging does with a vehicle at the moment.' })
export type SmartChargingStatus = Static<typeof SmartChargingStatus>
