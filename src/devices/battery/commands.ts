import { type Battery, type BatteryCommandMode } from '../../contract/battery.ts'
import { replaces, type Command } from '../command.ts'
import { incapable, refusals } from '../refusals.ts'
import { type BatteryState } from './state.ts'

/** The scope without which a battery takes no command. */
export const controlScope = 'battery:control:operation_mode' as const

/** The capability behind each mode. */
export const capabilityFor = {
  EXPORT_FOCUS: 'exportFocus',
  IMPORT_FOCUS: 'importFocus',
  TIME_OF_USE: 'timeOfUse',
  SELF_RELIANCE: 'selfReliance',
  IDLE: 'idle'
} as const satisfies Record<BatteryCommandMode, keyof Battery['capabilities']>

function modeIn (command: Command): BatteryCommandMode {
  if (command.type !== 'operation-mode') throw new Error(`a battery has no command ${command.type}`)
  return command.operationMode
}

/** Why Enode refuses the command at once: what it sees is unlikely to change while an action would wait. */
function refusal (view: Battery, command: Command): string | null {
  const name = capabilityFor[modeIn(command)]
  return incapable(name, view.capabilities[name]) ?? (view.chargeState.status === 'FAULT' ? refusals.isFaulty : null)
}

/** Whether the battery is seen to be in the mode already. */
function already (view: Battery, command: Command): string | null {
  return view.config.operationMode === modeIn(command) ? refusals.isSet : null
}

/** What keeps the battery from obeying now, judged by what it physically is. */
function obstacle (battery: BatteryState, command: Command): string | null {
  if (battery.isFaulty) return refusals.isFaulty
  return battery.modes.includes(modeIn(command)) ? null : refusals.lacksMode(modeIn(command))
}

/** Takes the mode; what flows follows when the home settles. */
function obey (battery: BatteryState, command: Command): BatteryState {
  return { ...battery, mode: modeIn(command) }
}

function isDone (battery: BatteryState, command: Command): boolean {
  return battery.mode === modeIn(command)
}

/** How a battery takes commands. */
export const commands = { controlScope, refusal, already, joins: replaces, obstacle, obey, isDone }
