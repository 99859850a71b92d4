import { chargerVendors } from '../../contract/vendors.ts'
import { invalidAll, type Issue } from '../../lib/problem.ts'
import { type Millis } from '../../lib/time.ts'
import { powerStates, type Circumstances } from '../device.ts'
import { boolean, brandAmong, issue, number, oneOf, orNull, readFacts, text, yearContradictions, yearRule, type Rule, type Rules } from '../facts.ts'
import { moved } from '../place.ts'
import { beginsAnew, cableContradictions, moveContradictions, pluggingOf, type Plugging } from '../plugging.ts'
import { yearsOf } from './catalogue.ts'
import { commands } from './commands.ts'
import { isDelivering, isSated, leastCurrentA, withGuest, withPower } from './model.ts'
import { type ChargerState } from './state.ts'

/** What can be set, by the API's names. */
interface Facts {
  isPluggedIn: boolean
  isCharging: boolean
  powerDeliveryState: ChargerState['power']
  /** Amperes, 6 to what the hardware gives. */
  maxCurrent: number
  /** The vehicle's device on its cable; null for a vehicle that this world does not know. */
  pluggedInVehicleId: string | null
  latitude: number
  longitude: number
  brand: string
  model: string
  year: number
  serialNumber: string
}

/** How long power takes to flow after a charger was set to PLUGGED_IN:INITIALIZING. */
const initializingMs = 30_000

const powers = powerStates.filter(power => power !== 'PLUGGED_IN:COMPLETE')

const rules: Rules<ChargerState, Facts> = new Map<keyof Facts, (charger: ChargerState) => Rule>([
  ['isPluggedIn', boolean],
  ['isCharging', boolean],
  ['powerDeliveryState', () => oneOf(powers)],
  ['maxCurrent', charger => number(leastCurrentA, charger.maxCurrentLimitA)],
  ['pluggedInVehicleId', () => orNull(text())],
  ['latitude', () => number(-90, 90)],
  ['longitude', () => number(-180, 180)],
  ['brand', brandAmong(chargerVendors)],
  ['model', text],
  ['year', () => yearRule],
  ['serialNumber', text]
])

/** What follows from other facts, and which of them to set. */
const derived = new Map([
  ['chargeRate', 'follows from the current and the vehicle, set "maxCurrent"'],
  ['chargeRateLimit', 'follows from the current, set "maxCurrent"']
])

/** Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be. */
export function change (charger: ChargerState, changes: Record<string, unknown>, { rampMs = 0, force = false }: Circumstances = {}): ChargerState {
  const { facts, issues } = readFacts(rules, derived, charger, changes)
  const { pluggedInVehicleId: deviceId } = facts
  const changed = {
    ...charger,
    maxCurrentA: facts.maxCurrent ?? charger.maxCurrentA,
    place: moved(charger.place, facts),
    brand: facts.brand ?? charger.brand,
    model: facts.model ?? charger.model,
    year: facts.year ?? charger.year,
    serialNumber: facts.serialNumber ?? charger.serialNumber
  }
  const plugging = pluggingOf(charger.power, charger.vehicle?.deviceId ?? null, facts, deviceId)
  const contradictions = [
    ...cableContradictions('charger', facts, plugging, 'pluggedInVehicleId', deviceId),
    ...findSated(charger, facts),
    ...(force ? [] : [...moveContradictions('charger', charger.place, changed.place, plugging, facts), ...yearContradictions(facts, changed, charger.at, yearsOf(changed.brand, changed.model))])
  ]
  if (issues.length > 0 || contradictions.length > 0) throw invalidAll([...issues, ...contradictions])
  const powered = withPowerFacts(deviceId === null ? withGuest(changed) : changed, facts, plugging, rampMs)
  // What flows is known as soon as the vehicle follows.
  return typeof deviceId === 'string' ? { ...powered, vehicle: { deviceId, rateKw: 0, isFull: false }, guestNeedsKwh: 0 } : powered
}

/** What a vehicle on the cable that takes no more keeps from being so. */
function findSated (charger: ChargerState, { powerDeliveryState: power, isCharging, pluggedInVehicleId }: Partial<Facts>): Issue[] {
  if (typeof pluggedInVehicleId === 'string' || !isSated(pluggedInVehicleId === null ? withGuest(charger) : charger)) return []
  const found: Issue[] = []
  if (isCharging === true) found.push(issue('isCharging', 'cannot be true: the vehicle on the cable is fully charged, unplug it first'))
  if (power === 'PLUGGED_IN:CHARGING' || power === 'PLUGGED_IN:INITIALIZING') {
    found.push(issue('powerDeliveryState', `cannot be ${power}: the vehicle on the cable is fully charged, unplug it first`))
  }
  return found
}

/** The state of power delivery that was asked for, or else the one that follows from the other facts: what is plugged in charges. */
function withPowerFacts (charger: ChargerState, { powerDeliveryState: power, isCharging }: Partial<Facts>, { isPlugged, isAnew }: Plugging, rampMs: Millis): ChargerState {
  if (power === 'PLUGGED_IN:INITIALIZING') return withPower(charger, power, charger.at + initializingMs)
  if (power !== undefined) return withPower(charger, power)
  if (isCharging === true) return withPower(charger, 'PLUGGED_IN:CHARGING')
  if (!isPlugged) return withPower(charger, 'UNPLUGGED')
  const begins = isAnew && beginsAnew(charger.power)
  if (isCharging === false && (begins || isDelivering(charger.power))) return withPower(charger, 'PLUGGED_IN:STOPPED')
  return begins ? commands.obey(charger, { type: 'charging', kind: 'START' }, rampMs) : charger
}
