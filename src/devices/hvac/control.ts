import { type HVAC } from '../../contract/hvac.ts'
import { incapable } from '../capability.ts'
import { replaces, type Command } from '../command.ts'
import { misfits } from './limits.ts'
import { decide } from './model.ts'
import { targetOf } from './schedule.ts'
import { type HvacState, type Limits } from './state.ts'

/** The scope without which a unit takes no command. */
export const controlScope = 'hvac:control:mode'

/** Why Enode refuses the command at once: the capability, the mode or a setpoint is not one that the unit is known to take. */
function refusal (view: HVAC, command: Command): string | null {
  const name = command.type === 'follow-schedule' ? 'setFollowSchedule' : 'setPermanentHold'
  return incapable('HVAC unit', name, view.capabilities[name]) ?? unfit(view.capabilities, command)
}

/** What keeps the unit from obeying now, judged by what it physically is. */
function obstacle (hvac: HvacState, command: Command): string | null {
  if (command.type === 'follow-schedule') return hvac.schedule === null ? 'The HVAC unit has no schedule of its own' : null
  return unfit(hvac.limits, command)
}

/** Does what the command says at once; obeying twice is obeying once. */
function obey (hvac: HvacState, command: Command): HvacState {
  if (command.type === 'follow-schedule') return decide({ ...hvac, held: null })
  return command.type === 'permanent-hold' ? decide({ ...hvac, held: { ...targetOf(hvac), ...command.hold } }) : hvac
}

function isDone ({ held }: HvacState, command: Command): boolean {
  if (command.type === 'follow-schedule') return held === null
  return command.type === 'permanent-hold' && held !== null && Object.entries(command.hold).every(([key, value]) => held[key as keyof typeof held] === value)
}

function unfit (limits: Limits, command: Command): string | null {
  const found = command.type === 'permanent-hold' ? misfits(limits, command.hold) : []
  return found.length === 0 ? null : `The HVAC unit cannot hold this: ${found.map(({ key, says }) => `"${key}" ${says}`).join('; ')}`
}

/** How a unit takes commands. A hold that is set already ends its action as UNNECESSARY. */
export const commands = { controlScope, refusal, already: () => null, joins: replaces, obstacle, obey, isDone }
