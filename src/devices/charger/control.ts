import { type Charger } from '../../contract/charger.ts'
import { type Millis } from '../../lib/time.ts'
import { incapable } from '../capability.ts'
import { replaces, type Command } from '../command.ts'
import { isDelivering, isSated, leastCurrentA, powerOf, withPower } from './model.ts'
import { type ChargerState } from './state.ts'

/** The scope without which a charger takes no command. */
export const controlScope = 'charger:control:charging'

const needsSomebody = {
  'PLUGGED_IN:NO_POWER': 'The vehicle takes no power from the charger, and somebody there has to resolve that before it can charge',
  'PLUGGED_IN:FAULT': 'The charging process has a malfunction, and somebody at the charger has to resolve that before it can charge'
} as const

const isFull = 'The vehicle that is plugged into the charger is fully charged'

function capabilityFor (command: Command): 'startCharging' | 'stopCharging' | 'setMaxCurrent' | 'setChargeRateLimit' {
  if (command.type === 'charging') return command.kind === 'START' ? 'startCharging' : 'stopCharging'
  return command.type === 'max-current' ? 'setMaxCurrent' : 'setChargeRateLimit'
}

/** Why Enode refuses the command at once: what it sees is unlikely to change while an action would wait. */
function refusal (view: Charger, command: Command, feedsFullVehicle: boolean): string | null {
  const name = capabilityFor(command)
  const missing = incapable('charger', name, view.capabilities[name])
  if (missing !== null) return missing
  if (command.type === 'charge-rate-limit') {
    const { min, max } = view.capabilities.setChargeRateLimit.allowedRange
    if (min !== null && max !== null && (command.chargeRateLimit < min || command.chargeRateLimit > max)) {
      return `The charger takes a "chargeRateLimit" from ${min} to ${max} kW, not ${command.chargeRateLimit} kW`
    }
  }
  if (command.type !== 'charging' || command.kind !== 'START') return null
  return feedsFullVehicle ? isFull : trouble(view.chargeState.powerDeliveryState)
}

/** Whether the charger is seen to do already what it is asked for. A limit that is set already is no reason to refuse. */
function already (view: Charger, command: Command): string | null {
  if (command.type !== 'charging') return null
  const power = view.chargeState.powerDeliveryState
  if (command.kind === 'START') return power === 'PLUGGED_IN:CHARGING' ? 'The charger is already charging' : null
  return power === 'UNKNOWN' || isDelivering(power) ? null : 'The charger is already not charging'
}

/** What keeps the charger from obeying now, judged by what it physically is. */
function obstacle (charger: ChargerState, command: Command): string | null {
  if (command.type === 'max-current') return outside(command.maxCurrent, leastCurrentA, charger.maxCurrentLimitA, 'max current', 'A')
  if (command.type === 'charge-rate-limit') {
    const { min, max } = rangeKw(charger)
    return outside(command.chargeRateLimit, min, max, 'charge rate limit', 'kW')
  }
  if (charger.power === 'UNPLUGGED') return 'The asset was unplugged before the action could be completed'
  if (command.type !== 'charging' || command.kind !== 'START') return null
  return isSated(charger) ? isFull : trouble(charger.power)
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

function outside (value: number, min: number, max: number, what: string, unit: string): string | null {
  return value >= min && value <= max ? null : `The charger takes a ${what} from ${min} to ${max} ${unit}, not ${value} ${unit}`
}

function trouble (power: string): string | null {
  return power === 'PLUGGED_IN:NO_POWER' || power === 'PLUGGED_IN:FAULT' ? needsSomebody[power] : null
}

/** How a charger takes commands. */
export const commands = { controlScope, refusal, already, joins: replaces, obstacle, obey, isDone }
