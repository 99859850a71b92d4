import { type Vehicle } from '../../contract/vehicle.ts'
import { type Millis } from '../../lib/time.ts'
import { type Command } from '../command.ts'
import { incapable, outside, refusals, trouble } from '../refusals.ts'
import { isAtLimit, isDelivering, withPower } from './model.ts'
import { type VehicleState } from './state.ts'

/** The scope without which a car takes no command. */
export const controlScope = 'vehicle:control:charging' as const

const capabilityFor = { START: 'startCharging', STOP: 'stopCharging', MAX: 'setMaxCurrent' } as const

/** Why Enode refuses the command at once: what it sees is unlikely to change while an action would wait. */
function refusal (view: Vehicle, command: Command): string | null {
  const name = capabilityFor[command.type === 'charging' ? command.kind : 'MAX']
  const missing = incapable(name, view.capabilities[name])
  if (missing !== null) return missing
  if (command.type !== 'charging' || command.kind !== 'START') return null
  if (view.chargeState.isFullyCharged === true) return refusals.isFull
  return trouble(view.chargeState.powerDeliveryState)
}

/** Whether the vehicle is seen to be in the desired state already. */
function already ({ chargeState }: Vehicle, command: Command): string | null {
  if (command.type === 'max-current') return chargeState.maxCurrent === command.maxCurrent ? refusals.isSet : null
  if (command.type !== 'charging') return null
  const power = chargeState.powerDeliveryState
  if (command.kind === 'START') return power === 'PLUGGED_IN:CHARGING' ? refusals.isCharging : null
  return power === 'UNKNOWN' || isDelivering(power) ? null : refusals.isStopped
}

/** A charging command joins an equal one that is pending; a max current always starts a new action. */
function joins (command: Command): boolean {
  return command.type === 'charging'
}

/** What keeps the vehicle from obeying now, judged by what it physically is. */
function obstacle (car: VehicleState, command: Command): string | null {
  if (command.type === 'max-current') return outside(command.maxCurrent, 1, car.maxCurrentLimitA, 'max current', 'A')
  if (car.power === 'UNPLUGGED') return refusals.wasUnplugged
  return command.type === 'charging' && command.kind === 'START' ? trouble(car.power) : null
}

/** Does what the command says; obeying twice is obeying once. `rampMs` is how long power takes to flow. */
function obey (car: VehicleState, command: Command, rampMs: Millis): VehicleState {
  if (command.type === 'max-current') return { ...car, maxCurrentA: command.maxCurrent }
  if (command.type !== 'charging') return car
  if (command.kind === 'STOP') return isDelivering(car.power) ? withPower(car, 'PLUGGED_IN:STOPPED') : car
  if (car.power === 'PLUGGED_IN:CHARGING' || car.power === 'PLUGGED_IN:INITIALIZING') return car
  if (isAtLimit(car)) return withPower(car, 'PLUGGED_IN:COMPLETE')
  return rampMs > 0
    ? withPower(car, 'PLUGGED_IN:INITIALIZING', car.at + rampMs)
    : withPower(car, 'PLUGGED_IN:CHARGING')
}

/** A car that reached its charge limit has been started; one whose cable was pulled was neither started nor stopped. */
function isDone (car: VehicleState, command: Command): boolean {
  if (command.type === 'max-current') return car.maxCurrentA === command.maxCurrent
  if (command.type !== 'charging') return false
  if (command.kind === 'START') return car.power === 'PLUGGED_IN:CHARGING' || car.power === 'PLUGGED_IN:COMPLETE'
  return car.power !== 'UNPLUGGED' && !isDelivering(car.power)
}

/** How a car takes commands. */
export const commands = { controlScope, refusal, already, joins, obstacle, obey, isDone }
