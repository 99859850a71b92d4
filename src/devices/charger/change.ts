import { chargerVendors } from '../../contract/vendors.ts'
import { invalidAll, type Issue } from '../../lib/problem.ts'
import { powerStates } from '../device.ts'
import { boolean, brandAmong, issue, number, oneOf, orNull, readFacts, text, whole, type Rule, type Rules } from '../facts.ts'
import { moved } from '../place.ts'
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
  ['year', () => whole(1990, 2100)],
  ['serialNumber', text]
])

/** What follows from other facts, and which of them to set. */
const derived = new Map([
  ['chargeRate', 'follows from the current and the vehicle, set "maxCurrent"'],
  ['chargeRateLimit', 'follows from the current, set "maxCurrent"']
])

/** Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be. */
export function change (charger: ChargerState, changes: Record<string, unknown>): ChargerState {
  const { facts, issues } = readFacts(rules, derived, charger, changes)
  const contradictions = findContradictions(charger, facts)
  if (issues.length > 0 || contradictions.length > 0) throw invalidAll([...issues, ...contradictions])
  const changed = {
    ...charger,
    maxCurrentA: facts.maxCurrent ?? charger.maxCurrentA,
    place: moved(charger.place, facts),
    brand: facts.brand ?? charger.brand,
    model: facts.model ?? charger.model,
    year: facts.year ?? charger.year,
    serialNumber: facts.serialNumber ?? charger.serialNumber
  }
  const { pluggedInVehicleId: deviceId, ...rest } = facts
  if (deviceId === undefined) return withPowerFacts(changed, rest)
  if (deviceId === null) return withPowerFacts(withGuest(changed), rest)
  // What flows is known as soon as the vehicle follows.
  return { ...withPowerFacts(changed, { isPluggedIn: true, ...rest }), vehicle: { deviceId, rateKw: 0, isFull: false }, guestNeedsKwh: 0 }
}

function findContradictions (charger: ChargerState, facts: Partial<Facts>): Issue[] {
  const { powerDeliveryState: power, isPluggedIn, isCharging, pluggedInVehicleId } = facts
  const plugged = power === undefined ? isPluggedIn ?? (typeof pluggedInVehicleId === 'string' || charger.power !== 'UNPLUGGED') : power !== 'UNPLUGGED'
  const found: Issue[] = []
  if (power !== undefined && isPluggedIn !== undefined && isPluggedIn !== plugged) found.push(issue('isPluggedIn', `cannot be ${isPluggedIn} when "state.powerDeliveryState" is ${power}`))
  if (power !== undefined && isCharging !== undefined && isCharging !== (power === 'PLUGGED_IN:CHARGING')) {
    found.push(issue('isCharging', `cannot be ${isCharging} when "state.powerDeliveryState" is ${power}`))
  }
  if (power === undefined && isCharging === true && !plugged) found.push(issue('isCharging', 'cannot be true for an unplugged charger, set "isPluggedIn" to true as well'))
  const staysSated = isSated(pluggedInVehicleId === null ? withGuest(charger) : charger) && typeof pluggedInVehicleId !== 'string'
  if (staysSated && isCharging === true) found.push(issue('isCharging', 'cannot be true: the vehicle on the cable is fully charged, unplug it first'))
  if (staysSated && (power === 'PLUGGED_IN:CHARGING' || power === 'PLUGGED_IN:INITIALIZING')) {
    found.push(issue('powerDeliveryState', `cannot be ${power}: the vehicle on the cable is fully charged, unplug it first`))
  }
  if (typeof pluggedInVehicleId === 'string' && !plugged) found.push(issue('pluggedInVehicleId', 'cannot be set when nothing shall be plugged in'))
  return found
}

/** The state of power delivery that was asked for, or else the one that follows from the other facts. */
function withPowerFacts (charger: ChargerState, { powerDeliveryState: power, isPluggedIn, isCharging }: Partial<Facts>): ChargerState {
  if (power === 'PLUGGED_IN:INITIALIZING') return withPower(charger, power, charger.at + initializingMs)
  if (power !== undefined) return withPower(charger, power)
  if (isCharging === true) return withPower(charger, 'PLUGGED_IN:CHARGING')
  if (isPluggedIn === false) return withPower(charger, 'UNPLUGGED')
  if (isPluggedIn === true && charger.power === 'UNPLUGGED') return withPower(charger, 'PLUGGED_IN:STOPPED')
  return isCharging === false && isDelivering(charger.power) ? withPower(charger, 'PLUGGED_IN:STOPPED') : charger
}
