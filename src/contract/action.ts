import { Type, type Static, type TProperties } from '@sinclair/typebox'
import { BatteryCommandMode } from './battery.ts'
import { CoolHold, HeatHold, AutoHold, OffHold } from './hvac.ts'
import { Closed, Nullable, StringEnum, Tagged, Timestamp, Uuid } from './kit.ts'
import { Ref } from './ref.ts'

export const actionStates = ['PENDING', 'CONFIRMED', 'FAILED', 'CANCELLED'] as const
export const ActionState = StringEnum(actionStates, {
  $id: 'ActionState',
  description: 'PENDING while it is tried; CONFIRMED once the device complied; FAILED or CANCELLED if it never will.'
})
export type ActionState = Static<typeof ActionState>

export const FailureReason = Type.Object({
  type: StringEnum(['NO_RESPONSE', 'FAILED_PRECONDITION', 'CONFLICT', 'NOT_FOUND', 'UNNECESSARY', 'REQUESTED_CANCELLATION'], {
    description: 'NO_RESPONSE: timed out. FAILED_PRECONDITION: the device was not ready. CONFLICT: a newer action took over. NOT_FOUND: the device went away. UNNECESSARY: it was already so. REQUESTED_CANCELLATION: cancelled by its owner.'
  }),
  detail: Type.String({ description: 'The reason in words.' })
}, { $id: 'FailureReason', description: 'Why an action did not succeed.' })
export type FailureReason = Static<typeof FailureReason>

/** An action is a common head, the fields of its kind, and the reason of its failure. */
function action<K extends string, P extends TProperties> (targetTypes: readonly K[], properties: P, $id: string, description: string) {
  return Closed({
    id: Uuid('Id of the action.'),
    userId: Type.String({ description: 'Id of the user who owns the target.' }),
    createdAt: Timestamp('When it was asked for.'),
    updatedAt: Timestamp('When it last changed.'),
    completedAt: Nullable(Timestamp('When it left PENDING; null until then.')),
    state: Ref(ActionState),
    targetId: Type.String({ description: 'Id of the asset that it commands.' }),
    targetType: StringEnum(targetTypes, { description: 'Type of the asset that it commands.' }),
    ...properties,
    failureReason: Nullable(Ref(FailureReason))
  }, { $id, description })
}

const chargeable = ['vehicle', 'charger'] as const

export const ChargeAction = action(chargeable, {
  kind: StringEnum(['START', 'STOP'], { description: 'Whether charging shall start or stop.' })
}, 'ChargeAction', 'Starts or stops charging.')
export type ChargeAction = Static<typeof ChargeAction>

export const MaxCurrentAction = action(chargeable, {
  targetState: Closed({ maxCurrent: Type.Number({ description: 'Highest current to draw, in ampere.' }) }, { description: 'The state to reach.' })
}, 'MaxCurrentAction', 'Limits the current of charging.')
export type MaxCurrentAction = Static<typeof MaxCurrentAction>

export const ChargeRateLimitAction = action(['charger'], {
  targetState: Closed({ chargeRateLimit: Type.Number({ description: 'Highest charge rate, in kW.' }) }, { description: 'The state to reach.' })
}, 'ChargeRateLimitAction', 'Limits the rate of charging.')
export type ChargeRateLimitAction = Static<typeof ChargeRateLimitAction>

export const OperationModeAction = action(['battery'], {
  targetState: Closed({ operationMode: Ref(BatteryCommandMode) }, { description: 'The state to reach.' })
}, 'OperationModeAction', 'Puts a battery in a mode of operation.')
export type OperationModeAction = Static<typeof OperationModeAction>

const permanent = { holdType: StringEnum(['PERMANENT'], { description: 'The hold lasts until it is changed.' }) }

export const PermanentCoolHold = Closed({ ...CoolHold.properties, ...permanent }, { $id: 'PermanentCoolHold', description: CoolHold.description ?? '' })
export const PermanentHeatHold = Closed({ ...HeatHold.properties, ...permanent }, { $id: 'PermanentHeatHold', description: HeatHold.description ?? '' })
export const PermanentAutoHold = Closed({ ...AutoHold.properties, ...permanent }, { $id: 'PermanentAutoHold', description: AutoHold.description ?? '' })
export const PermanentOffHold = Closed({ ...OffHold.properties, ...permanent }, { $id: 'PermanentOffHold', description: OffHold.description ?? '' })

export const PermanentHoldAction = action(['hvac'], {
  target: Tagged('mode', [PermanentCoolHold, PermanentHeatHold, PermanentAutoHold, PermanentOffHold], { description: 'The mode and setpoints to hold.' })
}, 'PermanentHoldAction', 'Holds an HVAC unit at a mode and setpoints.')
export type PermanentHoldAction = Static<typeof PermanentHoldAction>

export const FollowScheduleAction = action(['hvac'], {
  target: Closed({ holdType: StringEnum(['SCHEDULED'], { description: 'The schedule on the device rules.' }) }, { description: 'The state to reach.' })
}, 'FollowScheduleAction', 'Hands an HVAC unit back to the schedule on the device.')
export type FollowScheduleAction = Static<typeof FollowScheduleAction>

export const VehicleAction = Type.Union([Ref(ChargeAction), Ref(MaxCurrentAction)], { $id: 'VehicleAction', description: 'Any action on a vehicle.' })
export type VehicleAction = Static<typeof VehicleAction>

export const ChargerAction = Type.Union([Ref(ChargeAction), Ref(MaxCurrentAction), Ref(ChargeRateLimitAction)], { $id: 'ChargerAction', description: 'Any action on a charger.' })
export type ChargerAction = Static<typeof ChargerAction>

export const HVACAction = Type.Union([Ref(PermanentHoldAction), Ref(FollowScheduleAction)], { $id: 'HVACAction', description: 'Any action on an HVAC unit.' })
export type HVACAction = Static<typeof HVACAction>

export const VendorAction = Type.Union([
  Ref(ChargeAction), Ref(MaxCurrentAction), Ref(ChargeRateLimitAction), Ref(OperationModeAction), Ref(PermanentHoldAction), Ref(FollowScheduleAction)
], { $id: 'VendorAction', description: 'An action of any kind.' })
export type VendorAction = Static<typeof VendorAction>
