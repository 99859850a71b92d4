import { type Charger } from '../../contract/charger.ts'
import { type Millis } from '../../lib/time.ts'
import { replaces, type Command } from '../command.ts'
import { incapable, outside, refusals, trouble } from '../refusals.ts'
import { rounded } from '../rounding.ts'
import { isDelivering, isSated, leastCurrentA, powerOf, withPower } from './model.ts'
import { type ChargerState } from './state.ts'

/** The scope without which a charger takes no command. */
export const controlScope = 'charger:control:charging' as const

function capabilityFor (command: Command): 'startCharging' | 'stopCharging' | 'setMaxCurrent' | 'setChargeRateLimit' {
  if (command.type === 'charging') return command.kind === 'START' ? 'startCharging' : 'stopCharging'
  return command.type === 'max-current' ? 'setMaxCurrent' : 'setChargeRateLimit'
}

/** Why Enode refuses the command at once: what it sees is unlikely to change while an action would wait. */
function refusal (view: Charger, command: Command, feedsFullVehicle: boolean): string | null {
  const name = capabilityFor(command)
  const missing = incapable(name, view.capabilities[name])
  if (missing !== null) return missing
  if (command.type === 'charge-rate-limit') {
    const { min, max } = view.capabilities.setChargeRateLimit.allowedRange
    return outside(command.chargeRateLimit, min ?? -Infinity, max ?? Infinity, 'charge rate limit', 'kW')
  }
  if (command.type !== 'charging' || command.kind !== 'START') return null
  return feedsFullVehicle ? refusals.feedsFullVehicle : trouble(view.chargeState.powerDeliveryState)
}

/** Whether the charger is seen to do already what it is asked for; limits are seen to two digits. */
function already ({ chargeState }: Charger, command: Command): string | null {
  if (command.type === 'max-current') return chargeState.maxCurrent === rounded(command.maxCurrent, 2) ? refusals.isSet : null
  if (command.type === 'charge-rate-limit') return chargeState.chargeRateLimit === rounded(command.chargeRateLimit, 2) ? refusals.isSet : null
  if (command.type !== 'charging') return null
  const power = chargeState.powerDeliveryState
  if (command.kind === 'START') return power === 'PLUGGED_IN:CHARGING' ? refusals.isCharging : null
  return power === 'UNKNOWN' || isDelivering(power) ? null : refusals.isStopped
}

/** What keeps the charger from obeying now, judged by what it physically is. */
function obstacle (charger: ChargerState, command: Command): string | null {
  if (command.type === 'max-current') return outside(command.maxCurrent, leastCurrentA, charger.maxCurrentLimitA, 'max current', 'A')
  if (command.type === 'charge-rate-limit') {
    const { min, max } = rangeKw(charger)
    return outside(command.chargeRateLimit, min, max, 'charge rate limit', 'kW')
  }
  if (charger.power === 'UNPLUGGED') return refusals.wasUnplugged
  if (command.type !== 'charging' || command.kind !== 'START') return null
  return isSated(charger) ? refusals.feedsFullVehicle : trouble(charger.power)
}

/** Does what the command says; obeying twice is obeying once. `rampMs` is how long power takes to flow. */
function obey (charger: ChargerState, command: Command, rampMs: Millis): ChargerState {
  if (command.type === 'max-current') return { ...charger, maxCurrentA: command.maxCurrent }
  if (command.type === 'charge-rate-limit') return { ...charger, maxCurrentA: command.chargeRateLimit / powerOf(charger, 1) }
  if (command.type !== 'charging') return charger
  if (command.kind === 'STOP') return isDelivering(charger.power) ? withPower(charger, 'PLUGGED_IN:STOPPED') : charger
  if (charger.power === 'PLUGGED_IN:CHARGING' || charger.power === 'PLUGGED_IN:INITIALIZING') return charger
  return rampMs > 0 ? withPower(charger, 'PLUGGED_IN:INITIALIZING', charger.at + rampMs) : withPower(charger, 'PLUGGED_IN:CHARGING')
}

function isDone (charger: ChargerState, command: Command): boolean {
  if (command.type === 'max-current') return charger.maxCurrentA === command.maxCurrent
  if (command.type === 'charge-rate-limit') return charger.maxCurrentA === command.chargeRateLimit / powerOf(charger, 1)
  if (command.type !== 'charging') return false
  if (command.kind === 'START') return charger.power === 'PLUGGED_IN:CHARGING'
  return charger.power !== 'UNPLUGGED' && !isDelivering(charger.power)
}

/** The limits in kW that the charger can be told. */
export function rangeKw (charger: ChargerState): { min: number, max: number } {
  const kw = (amperes: number): number => Math.round(powerOf(charger, amperes) * 100) / 100
  return { min: kw(leastCurrentA), max: kw(charger.maxCurrentLimitA) }
}

/** How a charger takes commands. */
export const commands = { controlScope, refusal, already, joins: replaces, obstacle, obey, isDone }
