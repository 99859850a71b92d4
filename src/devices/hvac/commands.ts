import { type HVAC, type PermanentHold } from '../../contract/hvac.ts'
import { replaces, type Command } from '../command.ts'
import { incapable, refusals } from '../refusals.ts'
import { misfits } from './limits.ts'
import { decide } from './model.ts'
import { settingOf } from './schedule.ts'
import { type HvacState, type Limits } from './state.ts'

/** The scope without which a unit takes no command. */
export const controlScope = 'hvac:control:mode' as const

/** Why Enode refuses the command at once: the capability, the mode or a setpoint is not one that the unit is known to take. */
function refusal (view: HVAC, command: Command): string | null {
  const name = command.type === 'follow-schedule' ? 'setFollowSchedule' : 'setPermanentHold'
  return incapable(name, view.capabilities[name]) ?? unfit(view.capabilities, command)
}

/** Whether the unit is seen to be set to what it is asked for; a setpoint that the mode does not use counts for nothing. */
function already ({ thermostatState }: HVAC, command: Command): string | null {
  if (command.type === 'follow-schedule') return thermostatState.holdType === 'SCHEDULED' ? refusals.isSet : null
  return command.type === 'permanent-hold' && thermostatState.holdType === 'PERMANENT' && holds(thermostatState, command.hold) ? refusals.isSet : null
}

/** What keeps the unit from obeying now, judged by what it physically is. */
function obstacle (hvac: HvacState, command: Command): string | null {
  if (command.type === 'follow-schedule') return hvac.schedule === null ? refusals.hasNoSchedule : null
  return unfit(hvac.limits, command)
}

/** Does what the command says at once; obeying twice is obeying once. */
function obey (hvac: HvacState, command: Command): HvacState {
  if (command.type === 'follow-schedule') return decide({ ...hvac, held: null })
  return command.type === 'permanent-hold' ? decide({ ...hvac, held: { ...settingOf(hvac), ...command.hold } }) : hvac
}

function isDone ({ held }: HvacState, command: Command): boolean {
  if (command.type === 'follow-schedule') return held === null
  return command.type === 'permanent-hold' && held !== null && holds(held, command.hold)
}

function unfit (limits: Limits, command: Command): string | null {
  const found = command.type === 'permanent-hold' ? misfits(limits, command.hold) : []
  return found.length === 0 ? null : refusals.cannotHold(found)
}

function holds (target: object, hold: PermanentHold): boolean {
  return Object.entries(hold).every(([key, value]) => target[key as keyof typeof target] === value)
}

/** How a unit takes commands. */
export const commands = { controlScope, refusal, already, joins: replaces, obstacle, obey, isDone }
