import { batteryVendors } from '../../contract/vendors.ts'
import { invalidAll } from '../../lib/problem.ts'
import { number, oneOf, readFacts, type Rule, type Rules } from '../facts.ts'
import { siteDerived, siteRules, withSiteFacts, type SiteFacts } from '../site.ts'
import { levelPercent } from './model.ts'
import { type BatteryMode, type BatteryState } from './state.ts'

/** What can be set, by the API's names. */
interface Facts extends SiteFacts {
  /** 0 to 100. */
  batteryLevel: number
  /** kWh, 0.1 to 1000. The level stays. */
  batteryCapacity: number
  /** The reserve, 0 to 100 percent. */
  dischargeLimit: number
  /** kW that it draws at most. */
  maxChargeRate: number
  /** kW that it gives at most. */
  maxDischargeRate: number
  operationMode: BatteryMode
  /** FAULT breaks it, IDLE mends it. */
  status: 'FAULT' | 'IDLE'
}

const rules: Rules<BatteryState, Facts> = new Map<keyof Facts, (battery: BatteryState) => Rule>([
  ['batteryLevel', () => number(0, 100)],
  ['batteryCapacity', () => number(0.1, 1000)],
  ['dischargeLimit', () => number(0, 100)],
  ['maxChargeRate', () => number(0.1, 1000)],
  ['maxDischargeRate', () => number(0.1, 1000)],
  ['operationMode', battery => oneOf([...battery.modes, 'UNKNOWN'])],
  ['status', () => ({
    says: 'must be FAULT, or IDLE once that is mended; CHARGING and DISCHARGING follow from the mode and from what the home draws, set "operationMode"',
    holds: value => value === 'FAULT' || value === 'IDLE'
  })],
  ...siteRules(batteryVendors)
])

/** What follows from other facts, and which of them to set. */
const derived = new Map([
  ['chargeRate', 'follows from the mode and from what the home draws, set "operationMode"'],
  ...siteDerived
])

/** Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be. */
export function change (battery: BatteryState, changes: Record<string, unknown>): BatteryState {
  const { facts, issues } = readFacts(rules, derived, battery, changes)
  if (issues.length > 0) throw invalidAll(issues)
  const capacityKwh = facts.batteryCapacity ?? battery.capacityKwh
  const setsEnergy = facts.batteryLevel !== undefined || facts.batteryCapacity !== undefined
  return {
    ...withSiteFacts(battery, facts),
    capacityKwh,
    energyKwh: setsEnergy ? capacityKwh * (facts.batteryLevel ?? levelPercent(battery)) / 100 : battery.energyKwh,
    reservePercent: facts.dischargeLimit ?? battery.reservePercent,
    maxChargeKw: facts.maxChargeRate ?? battery.maxChargeKw,
    maxDischargeKw: facts.maxDischargeRate ?? battery.maxDischargeKw,
    mode: facts.operationMode ?? battery.mode,
    isFaulty: facts.status === undefined ? battery.isFaulty : facts.status === 'FAULT',
    // What flows is known as soon as the home settles.
    flowKw: 0
  }
}
