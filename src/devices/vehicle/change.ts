import { invalidAll, type Issue } from '../../lib/problem.ts'
import { issue, readFacts } from '../facts.ts'
import { moved } from '../place.ts'
import { rounded } from '../rounding.ts'
import { derived, rules, type Facts } from './facts.ts'
import { energyAt, isAtLimit, isDelivering, levelPercent, withPower } from './model.ts'
import { type VehicleState } from './state.ts'
import { vinOfYear } from './vin.ts'

/** How long power takes to flow after a car was set to PLUGGED_IN:INITIALIZING. */
const initializingMs = 30_000

/**
 * Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be: unknown
 * and derived keys, values out of range, and facts that contradict each other once all of them are set.
 */
export function change (car: VehicleState, changes: Record<string, unknown>): VehicleState {
  const { facts, issues } = readFacts(rules, derived, car, changes)
  const changed = withFigures(car, facts)
  const levelIsKnown = !issues.some(issue => issue.path[1] === 'batteryLevel' || issue.path[1] === 'chargeLimit')
  const contradictions = findContradictions(car, changed, facts, levelIsKnown)
  if (issues.length > 0 || contradictions.length > 0) throw invalidAll([...issues, ...contradictions])
  return withPowerFacts(car, changed, facts)
}

/** All that is not power delivery. */
function withFigures (car: VehicleState, facts: Partial<Facts>): VehicleState {
  const batteryCapacityKwh = facts.batteryCapacity ?? car.batteryCapacityKwh
  const figures = {
    ...car,
    batteryCapacityKwh,
    fullRangeKm: car.fullRangeKm * batteryCapacityKwh / car.batteryCapacityKwh,
    chargeLimitPercent: facts.chargeLimit ?? car.chargeLimitPercent,
    maxCurrentA: facts.maxCurrent ?? car.maxCurrentA,
    odometerKm: facts.odometer ?? car.odometerKm,
    place: moved(car.place, facts),
    vin: facts.vin ?? (facts.year === undefined ? car.vin : vinOfYear(car.vin, facts.year)),
    brand: facts.brand ?? car.brand,
    model: facts.model ?? car.model,
    year: facts.year ?? car.year,
    displayName: facts.displayName === undefined ? car.displayName : facts.displayName
  }
  if (facts.batteryLevel === undefined && facts.batteryCapacity === undefined) return figures
  return { ...figures, energyKwh: energyAt(figures, facts.batteryLevel ?? levelPercent(car)) }
}

function findContradictions (car: VehicleState, changed: VehicleState, facts: Partial<Facts>, levelIsKnown: boolean): Issue[] {
  const { powerDeliveryState: power, isPluggedIn, isCharging, pluggedInChargerId } = facts
  const plugged = power === undefined ? isPluggedIn ?? (typeof pluggedInChargerId === 'string' || car.power !== 'UNPLUGGED') : power !== 'UNPLUGGED'
  const found: Issue[] = []
  if (power !== undefined && isPluggedIn !== undefined && isPluggedIn !== plugged) {
    found.push(issue('isPluggedIn', `cannot be ${isPluggedIn} when "state.powerDeliveryState" is ${power}`))
  }
  if (power !== undefined && isCharging !== undefined && isCharging !== (power === 'PLUGGED_IN:CHARGING')) {
    found.push(issue('isCharging', `cannot be ${isCharging} when "state.powerDeliveryState" is ${power}`))
  }
  if (power === undefined && isCharging === true && isPluggedIn === false) {
    found.push(issue('isCharging', 'cannot be true when "state.isPluggedIn" is false'))
  }
  if (power === undefined && isCharging === true && isPluggedIn === undefined && !plugged) {
    found.push(issue('isCharging', 'cannot be true for an unplugged vehicle, set "isPluggedIn" to true as well'))
  }
  if (typeof pluggedInChargerId === 'string' && !plugged) found.push(issue('pluggedInChargerId', 'cannot be set when nothing shall be plugged in'))
  return levelIsKnown ? [...found, ...findLevelContradictions(changed, facts)] : found
}

function findLevelContradictions (changed: VehicleState, { powerDeliveryState: power, isCharging }: Partial<Facts>): Issue[] {
  const atLimit = isAtLimit(changed)
  const levels = `the battery level is ${rounded(levelPercent(changed), 2)} and the charge limit ${changed.chargeLimitPercent}`
  if (atLimit && (power === 'PLUGGED_IN:CHARGING' || power === 'PLUGGED_IN:INITIALIZING')) {
    return [issue('powerDeliveryState', `cannot be ${power} at the charge limit: ${levels}`)]
  }
  if (atLimit && isCharging === true && power === undefined) return [issue('isCharging', `cannot be true at the charge limit: ${levels}`)]
  if (!atLimit && power === 'PLUGGED_IN:COMPLETE') return [issue('powerDeliveryState', `cannot be ${power} below the charge limit: ${levels}`)]
  if (changed.energyKwh === 0 && power === 'PLUGGED_IN:DISCHARGING') return [issue('powerDeliveryState', `cannot be ${power} with an empty battery`)]
  return []
}

/** The state of power delivery that was asked for, or else the one that follows from the other facts. */
function withPowerFacts (car: VehicleState, changed: VehicleState, facts: Partial<Facts>): VehicleState {
  const { pluggedInChargerId: deviceId, ...rest } = facts
  if (deviceId === undefined) return withPowerOnly(car, changed, rest)
  if (deviceId === null) return { ...withPowerOnly(car, changed, rest), charger: null }
  // What the charger gives is known as soon as it follows.
  return { ...withPowerOnly(car, changed, { isPluggedIn: true, ...rest }), charger: { deviceId, limitKw: Infinity } }
}

function withPowerOnly (car: VehicleState, changed: VehicleState, facts: Partial<Facts>): VehicleState {
  const { powerDeliveryState: power, isPluggedIn, isCharging } = facts
  if (power === 'PLUGGED_IN:INITIALIZING') return withPower(changed, power, car.at + initializingMs)
  if (power !== undefined) return withPower(changed, power)
  if (isCharging === true) return withPower(changed, 'PLUGGED_IN:CHARGING')
  if (isPluggedIn === false) return withPower(changed, 'UNPLUGGED')
  const atLimit = isAtLimit(changed)
  if (isPluggedIn === true && car.power === 'UNPLUGGED') return withPower(changed, atLimit ? 'PLUGGED_IN:COMPLETE' : 'PLUGGED_IN:STOPPED')
  if (isCharging === false && isDelivering(car.power) && car.power !== 'PLUGGED_IN:DISCHARGING') {
    return withPower(changed, atLimit ? 'PLUGGED_IN:COMPLETE' : 'PLUGGED_IN:STOPPED')
  }
  return setsLevel(facts) ? followLevel(changed) : changed
}

/** A level or a limit that was moved ends a charge, or makes one that was complete incomplete. */
function followLevel (car: VehicleState): VehicleState {
  const atLimit = isAtLimit(car)
  switch (car.power) {
    case 'PLUGGED_IN:INITIALIZING':
    case 'PLUGGED_IN:CHARGING':
    case 'PLUGGED_IN:STOPPED': return atLimit ? withPower(car, 'PLUGGED_IN:COMPLETE') : car
    case 'PLUGGED_IN:COMPLETE': return atLimit ? car : withPower(car, 'PLUGGED_IN:STOPPED')
    case 'PLUGGED_IN:DISCHARGING': return car.energyKwh === 0 ? withPower(car, 'PLUGGED_IN:STOPPED') : car
    default: return car
  }
}

function setsLevel (facts: Partial<Facts>): boolean {
  return facts.batteryLevel !== undefined || facts.batteryCapacity !== undefined || facts.chargeLimit !== undefined
}
