import { type Issue } from '../../lib/problem.ts'
import { powerStates, type PowerState, type VehicleState } from './state.ts'

/** What can be set, by the API's names. */
export interface Facts {
  /** 0 to 100. */
  batteryLevel: number
  /** kWh, 1 to 500. The level stays, and the range on a full battery grows with the capacity. */
  batteryCapacity: number
  /** Whole percent, 1 to 100. */
  chargeLimit: number
  isPluggedIn: boolean
  isCharging: boolean
  powerDeliveryState: PowerState
  /** Amperes, 1 to what the hardware takes. */
  maxCurrent: number
  /** Kilometres. */
  odometer: number
  latitude: number
  longitude: number
  vin: string
  brand: string
  model: string
  year: number
  displayName: string | null
}

type Key = keyof Facts
interface Rule { says: string, holds: (value: unknown) => boolean }

const rules = new Map<Key, (car: VehicleState) => Rule>([
  ['batteryLevel', () => number(0, 100)],
  ['batteryCapacity', () => number(1, 500)],
  ['chargeLimit', () => whole(1, 100)],
  ['isPluggedIn', boolean],
  ['isCharging', boolean],
  ['powerDeliveryState', () => ({ says: `must be one of ${powerStates.join(', ')}`, holds: value => (powerStates as readonly unknown[]).includes(value) })],
  ['maxCurrent', car => number(1, car.maxCurrentLimitA)],
  ['odometer', () => number(0, 10_000_000)],
  ['latitude', () => number(-90, 90)],
  ['longitude', () => number(-180, 180)],
  ['vin', text],
  ['brand', text],
  ['model', text],
  ['year', () => whole(1990, 2100)],
  ['displayName', () => ({ says: 'must be null or a text of 1 to 100 characters', holds: value => value === null || text().holds(value) })]
])

/** What follows from other facts, and which of them to set. */
const derived = new Map([
  ['range', 'follows from the level and the capacity of the battery, set "batteryLevel" or "batteryCapacity"'],
  ['chargeRate', 'follows from the current, the hardware and the level, set "maxCurrent" or "batteryLevel"'],
  ['chargeTimeRemaining', 'follows from the level, the charge limit and the charge rate, set "batteryLevel", "chargeLimit" or "maxCurrent"'],
  ['isFullyCharged', 'follows from the level and the charge limit, set "batteryLevel" or "chargeLimit"']
])

/** What is known under the API's names, and what is wrong with the rest. */
export function readFacts (car: VehicleState, changes: Record<string, unknown>): { facts: Partial<Facts>, issues: Issue[] } {
  const facts: Partial<Record<Key, unknown>> = {}
  const issues: Issue[] = []
  for (const [name, value] of Object.entries(changes)) {
    const key = name as Key
    const rule = rules.get(key)?.(car)
    if (rule === undefined) issues.push(issue(name, derived.get(name) ?? `cannot be set, these can: ${[...rules.keys()].join(', ')}`))
    else if (rule.holds(value)) facts[key] = value
    else issues.push(issue(name, rule.says))
  }
  return { facts: facts as Partial<Facts>, issues }
}

/** `"state.<key>" <says>`, with the path that leads there. */
export function issue (key: string, says: string): Issue {
  return { message: `"state.${key}" ${says}`, path: ['state', key], type: 'custom' }
}

function number (low: number, high: number): Rule {
  return { says: `must be a number from ${low} to ${high}`, holds: value => typeof value === 'number' && value >= low && value <= high }
}

function whole (low: number, high: number): Rule {
  return { says: `must be a whole number from ${low} to ${high}`, holds: value => Number.isInteger(value) && number(low, high).holds(value) }
}

function boolean (): Rule {
  return { says: 'must be true or false', holds: value => typeof value === 'boolean' }
}

function text (): Rule {
  return { says: 'must be a text of 1 to 100 characters', holds: value => typeof value === 'string' && value.length >= 1 && value.length <= 100 }
}
