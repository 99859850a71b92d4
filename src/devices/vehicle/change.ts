import { invalidAll, type Issue } from '../../lib/problem.ts'
import { type Millis } from '../../lib/time.ts'
import { type Circumstances } from '../device.ts'
import { counterContradictions, issue, readFacts, yearContradictions } from '../facts.ts'
import { moved } from '../place.ts'
import { beginsAnew, cableContradictions, moveContradictions, pluggingOf, type Plugging } from '../plugging.ts'
import { rounded } from '../rounding.ts'
import { commands } from './commands.ts'
import { held, isDriven, rebased } from './driving.ts'
import { derived, rules, type Facts } from './facts.ts'
import { energyAt, isAtLimit, isDelivering, levelPercent, nothingPlugged, withPower } from './model.ts'
import { type VehicleState } from './state.ts'
import { vinFor, vinOfYear } from './vin.ts'
import { yearsOf } from './years.ts'

/** How long power takes to flow after a car was set to PLUGGED_IN:INITIALIZING. */
const initializingMs = 30_000

/**
 * Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be: unknown
 * and derived keys, values out of range, and facts that contradict each other once all of them are set.
 */
export function change (before: VehicleState, changes: Record<string, unknown>, { rampMs = 0, isNew = false, force = false }: Circumstances = {}): VehicleState {
  const { facts, issues } = readFacts(rules, derived, before, changes)
  const car = underNewWheel(before, facts, isNew)
  const changed = withFigures(car, facts)
  const told = otherEnd(car, facts)
  const plugging = pluggingOf(car.power, car.charger?.deviceId ?? (car.fastChargeKw === null ? null : dc), facts, told)
  const levelIsKnown = !issues.some(issue => issue.path[1] === 'batteryLevel' || issue.path[1] === 'chargeLimit')
  const contradictions = [
    ...cableContradictions('vehicle', facts, plugging, told === dc ? 'fastChargePower' : 'pluggedInChargerId', told),
    ...(typeof facts.pluggedInChargerId === 'string' && typeof facts.fastChargePower === 'number' ? [issue('fastChargePower', 'cannot be set with "pluggedInChargerId": the chargers of this world give AC')] : []),
    ...(levelIsKnown ? findLevelContradictions(changed, facts, force) : []),
    ...(force ? [] : findImpossible(car, changed, facts, plugging, isNew))
  ]
  if (issues.length > 0 || contradictions.length > 0) throw invalidAll([...issues, ...contradictions])
  return withOtherEnd(withPowerFacts(changed, facts, plugging, rampMs), told, facts)
}

/** What its driver decides: whoever sets one of these has the wheel from then on. */
const driven = ['latitude', 'longitude', 'isPluggedIn', 'powerDeliveryState', 'pluggedInChargerId', 'fastChargePower'] as const satisfies ReadonlyArray<keyof Facts>

/** The car for which facts are set: a new one is at home, a trip ends where somebody takes the wheel, and what was only sent somewhere is still again. */
function underNewWheel (car: VehicleState, facts: Partial<Facts>, isNew: boolean): VehicleState {
  if (!isDriven(car) || !driven.some(key => facts[key] !== undefined)) return car
  if (isNew) return { ...car, driver: { ...car.driver, home: moved(car.driver.home, facts) } }
  if (car.driver.home.life !== undefined || car.driver.errands.length > 0) return held(car)
  return { ...car, driver: null }
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
    chargeEfficiency: facts.chargeEfficiency ?? car.chargeEfficiency,
    odometerKm: facts.odometer ?? car.odometerKm,
    place: moved(car.place, facts),
    ...identity(car, facts),
    displayName: facts.displayName === undefined ? car.displayName : facts.displayName
  }
  if (facts.batteryLevel === undefined && facts.batteryCapacity === undefined) return facts.odometer === undefined ? figures : rebased(figures)
  return rebased({ ...figures, energyKwh: energyAt(figures, facts.batteryLevel ?? levelPercent(car)) })
}

/** What car it is. The VIN follows, unless it is told. */
function identity (car: VehicleState, facts: Partial<Facts>): Pick<VehicleState, 'vin' | 'brand' | 'model' | 'year'> {
  const { brand = car.brand, model = car.model, year = car.year } = facts
  const isOther = brand !== car.brand || model !== car.model
  const vin = facts.vin ?? (isOther ? vinFor(car.vin, { brand, model, year, place: car.place }) : year === car.year ? car.vin : vinOfYear(car.vin, year))
  return { vin, brand, model, year }
}

/** What cannot be of a car that was so before, although a state could hold it. */
function findImpossible (car: VehicleState, changed: VehicleState, facts: Partial<Facts>, plugging: Plugging, isNew: boolean): Issue[] {
  return [
    ...moveContradictions('vehicle', car.place, changed.place, plugging, facts),
    ...counterContradictions('odometer', facts.odometer, isNew ? 0 : Math.floor(car.odometerKm)),
    ...yearContradictions(facts, changed, car.at, yearsOf(changed.brand, changed.model))
  ]
}

/** What a level keeps from being so. A charge at its limit ends at once, so that no force keeps it going; one can be said to be complete below it. */
function findLevelContradictions (changed: VehicleState, { powerDeliveryState: power, isCharging }: Partial<Facts>, force: boolean): Issue[] {
  const atLimit = isAtLimit(changed)
  const levels = `the battery level is ${rounded(levelPercent(changed), 2)} and the charge limit ${changed.chargeLimitPercent}`
  if (atLimit && (power === 'PLUGGED_IN:CHARGING' || power === 'PLUGGED_IN:INITIALIZING')) {
    return [issue('powerDeliveryState', `cannot be ${power} at the charge limit: ${levels}`)]
  }
  if (atLimit && isCharging === true && power === undefined) return [issue('isCharging', `cannot be true at the charge limit: ${levels}`)]
  if (!atLimit && power === 'PLUGGED_IN:COMPLETE' && !force) return [issue('powerDeliveryState', `cannot be ${power} below the charge limit: ${levels}`)]
  if (changed.energyKwh === 0 && power === 'PLUGGED_IN:DISCHARGING') return [issue('powerDeliveryState', `cannot be ${power} with an empty battery`)]
  return []
}

/** The state of power delivery that was asked for, or else the one that follows from the other facts: a car that is plugged in charges, as every real one does. */
function withPowerFacts (car: VehicleState, facts: Partial<Facts>, { isPlugged, isAnew }: Plugging, rampMs: Millis): VehicleState {
  const { powerDeliveryState: power, isCharging } = facts
  if (power === 'PLUGGED_IN:INITIALIZING') return withPower(car, power, car.at + initializingMs)
  if (power !== undefined) return withPower(car, power)
  if (isCharging === true) return withPower(car, 'PLUGGED_IN:CHARGING')
  if (!isPlugged) return withPower(car, 'UNPLUGGED')
  const begins = isAnew && beginsAnew(car.power)
  if (isCharging === false && (begins || car.power === 'PLUGGED_IN:COMPLETE' || (isDelivering(car.power) && car.power !== 'PLUGGED_IN:DISCHARGING'))) {
    return withPower(car, isAtLimit(car) ? 'PLUGGED_IN:COMPLETE' : 'PLUGGED_IN:STOPPED')
  }
  if (begins) return begun(car, rampMs)
  return setsLevel(facts) ? followLevel(car, rampMs) : car
}

/** What a car does by itself is what it does when it is told to start. */
function begun (car: VehicleState, rampMs: Millis): VehicleState {
  return commands.obey(car, { type: 'charging', kind: 'START' }, rampMs)
}

/** A level or a limit that was moved ends a charge, or lets one that was complete go on. */
function followLevel (car: VehicleState, rampMs: Millis): VehicleState {
  const atLimit = isAtLimit(car)
  switch (car.power) {
    case 'PLUGGED_IN:INITIALIZING':
    case 'PLUGGED_IN:CHARGING':
    case 'PLUGGED_IN:STOPPED': return atLimit ? withPower(car, 'PLUGGED_IN:COMPLETE') : car
    case 'PLUGGED_IN:COMPLETE': return atLimit ? car : begun(car, rampMs)
    case 'PLUGGED_IN:DISCHARGING': return car.energyKwh === 0 ? withPower(car, 'PLUGGED_IN:STOPPED') : car
    default: return car
  }
}

/** What tells a DC charger, which this world does not know, from the id of one of AC. */
const dc = 'DC'

/** What facts put on the other end of the cable: an id, DC, or null for a socket; undefined where they change nothing about it. */
function otherEnd (car: VehicleState, { pluggedInChargerId, fastChargePower }: Partial<Facts>): string | null | undefined {
  if (typeof fastChargePower === 'number') return pluggedInChargerId ?? dc
  return fastChargePower === null && car.fastChargeKw !== null ? pluggedInChargerId ?? null : pluggedInChargerId
}

/** With what was told to be on the other end of the cable; what a charger of this world gives is known as soon as it follows. */
function withOtherEnd (car: VehicleState, told: string | null | undefined, facts: Partial<Facts>): VehicleState {
  if (told === undefined) return car
  if (told === null) return { ...car, ...nothingPlugged }
  return { ...car, ...nothingPlugged, ...(told === dc ? { fastChargeKw: facts.fastChargePower ?? null } : { charger: { deviceId: told, limitKw: Infinity } }) }
}

function setsLevel (facts: Partial<Facts>): boolean {
  return facts.batteryLevel !== undefined || facts.batteryCapacity !== undefined || facts.chargeLimit !== undefined
}
