import { metresBetween, positionBetween, positionFrom, type Position } from '../../lib/distance.ts'
import { day, hour, minute, type Millis } from '../../lib/time.ts'
import { nextClockTime } from '../../lib/timezone.ts'
import { lifeOf, nextOuting, outingAt, plugsIn } from '../life/index.ts'
import { isSamePlace, type Place } from '../place.ts'
import { outdoorC } from '../weather.ts'
import { detour, kwhPerKm, speedOver, useFactorAt } from './consumption.ts'
import { courseToLimit, drawsUntil, energyAt, isAtLimit, levelPercent, powerKw, rest, withPower } from './model.ts'
import { type Driver, type Errand, type Trip, type VehicleState } from './state.ts'

/** A car that somebody uses. */
export type DrivenCar = VehicleState & { driver: Driver }

/** A trip that has come to its end. */
export interface Journey extends Pick<Trip, 'purpose' | 'departedAt' | 'from' | 'to' | 'km' | 'startPercent' | 'chargedKwh'> {
  arrivedAt: Millis
  endPercent: number
  /** What it used, in kWh. */
  kwh: number
}

/** Below this level nobody sets out. */
const leastPercent = 3
/** With so much left, as a share of the battery, people look for a fast charger, and as much do they want to have on arrival. */
const reserve = { stop: 0.12, arrive: 0.05, target: 0.15 }
/** From this level on a fast charger gets slow, and people drive on. */
const fastUntil = 0.8
/** What a fast charger along the way gives at most, in kW. */
const stationKw = 150
/** Who arrives later than planned stays so long at least. */
const leastStay: Millis = 10 * minute

/**
 * What becomes of a car until `to` while nobody commands it: it stands, charges, drives and comes back as its driver lives.
 * All of that follows from the state, so nothing has to tick. `tell` hears of each trip that ends on the way.
 */
export function advance (car: VehicleState, to: Millis, tell?: (journey: Journey) => void): VehicleState {
  if (to < car.at || (to === car.at && !isDue(car))) return car
  let now = car
  while (isDriven(now)) {
    const next = nextStep(now)
    if (next === undefined || next.at > to) return under(now, to)
    now = next.take(under(now, next.at), tell)
  }
  return rest(now, to)
}

export function isDriven (car: VehicleState): car is DrivenCar {
  return car.driver !== null
}

/** Whether it is on its way; a stop at a fast charger is part of that. */
export function isUnderWay ({ driver }: VehicleState): boolean {
  return driver !== null && driver.trip !== null
}

/** The home whose wires it draws from, if it stands there. */
export function homeOf (car: VehicleState): Place {
  const { driver, place } = car
  return driver === null || (driver.isHeld && !driver.isAway) ? place : driver.home
}

/** Whether it is elsewhere than at that home. */
export function isAway ({ driver }: VehicleState): boolean {
  return driver !== null && driver.isAway
}

/** Until when it draws what it draws now, and stays where it is, at most. */
export function staysUntil (car: VehicleState): Millis {
  return isDriven(car) ? Math.min(isMoving(car) ? Infinity : drawsUntil(car), nextStep(car)?.at ?? Infinity) : drawsUntil(car)
}

/** What it draws from the wires of its home, in kW, below zero what it gives. */
export function homeKw (car: VehicleState): number {
  return isAway(car) ? 0 : powerKw(car)
}

/** What it draws elsewhere, in kW. */
export function awayKw (car: VehicleState): number {
  return isAway(car) ? powerKw(car) : 0
}

/** When it comes home next, or is plugged in elsewhere, as its driver lives; Infinity where not within a month. */
export function nextArrival (car: VehicleState): Millis {
  for (let now = car; isDriven(now);) {
    const next = nextStep(now)
    if (next === undefined || next.at > car.at + 30 * day) break
    const before = now
    now = next.take(under(now, next.at))
    if ((isAway(before) && !isAway(now)) || (before.power === 'UNPLUGGED' && now.power !== 'UNPLUGGED')) return now.at
  }
  return Infinity
}

/** What is planned for it next: where to, and when; undefined while nothing is. */
export function nextTrip ({ driver, at }: DrivenCar): { at: Millis, to: Position, purpose: Trip['purpose'] } | undefined {
  const plans: Array<{ at: Millis, to: Position, purpose: Trip['purpose'] }> = []
  const [errand] = driver.errands
  if (errand !== undefined) plans.push({ at: Math.max(errand.at, at), to: errand.to, purpose: 'errand' })
  if (driver.backAt !== null) plans.push({ at: driver.backAt, to: driver.home, purpose: 'home' })
  else {
    const outing = driver.isHeld ? undefined : nextOuting(driver.home, driver.index, at)
    if (outing !== undefined) plans.push({ at: outing.leaveAt, to: destinationOf(driver.home, outing), purpose: outing.purpose })
  }
  return plans.sort((a, b) => a.at - b.at)[0]
}

/** The life goes on: a car that is elsewhere comes home when its driver would have. */
export function resumed (car: DrivenCar): VehicleState {
  const { home, index } = car.driver
  const isAway = !isSamePlace(car.place, home)
  const backAt = Math.max(car.at, outingAt(home, index, car.at)?.backAt ?? car.at)
  return { ...car, driver: { ...car.driver, isHeld: false, isAway, trip: null, backAt: isAway ? backAt : null } }
}

/** Somebody else has the wheel: a trip ends where the car is. */
export function held (car: DrivenCar): VehicleState {
  return { ...car, driver: { ...car.driver, isHeld: true, isAway: false, trip: null, parkedAt: car.at, backAt: null } }
}

/** The same trip from where the car is now, after its battery or its counter was set to something else. */
export function rebased (car: VehicleState): VehicleState {
  if (!isDriven(car) || car.driver.trip === null || car.driver.trip.isStopped) return car
  const { trip } = car.driver
  return setOut(car, { ...trip, leg: legFrom(car, shareAt(trip, car.at)) })
}

/** Where a trip of so many km leads that begins where the car is now, in a direction in degrees clockwise from north. */
export function tripTo (car: VehicleState, km: number, bearing: number): Position {
  return destinationOf(car.place, { km, bearing })
}

/** Whether something is to happen at the moment for which the state holds: what was planned for it has happened already. */
function isDue ({ at, driver, powerFrom }: VehicleState): boolean {
  const { trip, backAt, errands: [errand] } = driver ?? { trip: null, backAt: null, errands: [] }
  return Math.min(powerFrom ?? Infinity, trip?.until ?? Infinity, backAt ?? Infinity, errand?.at ?? Infinity) <= at
}

interface Step {
  at: Millis
  take: (car: DrivenCar, tell?: (journey: Journey) => void) => VehicleState
}

/** What happens to a car next that power and time alone do not bring; undefined where nothing does. */
function nextStep ({ at, driver }: DrivenCar): Step | undefined {
  const { trip, errands: [errand], backAt } = driver
  if (trip !== null) return { at: trip.until, take: trip.isStopped ? goOn : trip.untilShare < 1 ? stop : arrive }
  let next: Step | undefined
  const offer = (step: Step): void => { if (next === undefined || step.at < next.at) next = step }
  if (errand !== undefined) offer({ at: Math.max(errand.at, at), take: car => sentOn(car, errand) })
  if (backAt !== null) offer({ at: backAt, take: car => depart(car, 'home', car.driver.home, { until: null, forMs: null, plugsIn: false }) })
  else if (!driver.isHeld && driver.home.life !== undefined) {
    const outing = nextOuting(driver.home, driver.index, at)
    if (outing !== undefined) {
      offer({ at: outing.leaveAt, take: car => isEmpty(car) ? car : depart(car, outing.purpose, destinationOf(driver.home, outing), { until: outing.backAt, forMs: null, plugsIn: outing.plugsIn }) })
    }
  }
  return next
}

/** The same car a while later, before anything else happens. */
function under (car: DrivenCar, to: Millis): DrivenCar {
  const { trip } = car.driver
  if (trip === null || trip.isStopped) return rest(car, to) as DrivenCar
  const share = shareAt(trip, to)
  const driven = trip.km * (share - trip.leg.share)
  return {
    ...car,
    at: to,
    place: { ...car.place, ...positionBetween(trip.from, trip.to, share) },
    energyKwh: Math.max(0, trip.leg.energyKwh - trip.kwhPerKm * driven),
    odometerKm: trip.leg.odometerKm + driven
  }
}

function isMoving ({ driver }: DrivenCar): boolean {
  return driver.trip !== null && !driver.trip.isStopped
}

function shareAt ({ leg, until, untilShare }: Trip, at: Millis): number {
  return at >= until ? untilShare : leg.share + (untilShare - leg.share) * (at - leg.at) / (until - leg.at)
}

function legFrom ({ at, energyKwh, odometerKm }: VehicleState, share: number): Trip['leg'] {
  return { at, share, energyKwh, odometerKm }
}

function isEmpty (car: VehicleState): boolean {
  return levelPercent(car) < leastPercent
}

function destinationOf (home: Place, { bearing, km }: { bearing: number, km: number }): Position {
  return positionFrom(home, bearing, km * 1000 / detour)
}

function sentOn (car: DrivenCar, { to, stayMs, plugsIn }: Errand): VehicleState {
  const { driver } = car
  const waits = { ...car, driver: { ...driver, errands: driver.errands.slice(1) } }
  return isEmpty(car) ? waits : depart(waits, 'errand', to, { until: null, forMs: stayMs, plugsIn })
}

function depart (car: DrivenCar, purpose: Trip['purpose'], to: Position, stay: Trip['stay']): VehicleState {
  const from = { latitude: car.place.latitude, longitude: car.place.longitude }
  const km = Math.max(0.1, metresBetween(from, to) / 1000 * detour)
  const kmh = speedOver(km)
  const useFactor = useFactorAt(outdoorC(car.place, car.at))
  const trip: Omit<Trip, 'until' | 'untilShare'> = {
    purpose,
    departedAt: car.at,
    from,
    to: { latitude: to.latitude, longitude: to.longitude },
    km,
    kmh,
    kwhPerKm: kwhPerKm(car, useFactor, kmh),
    startPercent: levelPercent(car),
    chargedKwh: 0,
    leg: legFrom(car, 0),
    isStopped: false,
    stay
  }
  return setOut({ ...withPower(car, 'UNPLUGGED'), driver: { ...car.driver, isAway: true, parkedAt: null, backAt: null, useFactor } }, trip)
}

/** Begins a stretch: as far as the destination or, where the battery does not last, as a fast charger. What cannot charge fast goes on by other means. */
function setOut (car: VehicleState & { driver: Driver }, trip: Omit<Trip, 'until' | 'untilShare'>): VehicleState {
  const { km, kmh, kwhPerKm, leg } = trip
  const neededKwh = km * (1 - leg.share) * kwhPerKm
  const lasts = car.energyKwh - car.batteryCapacityKwh * reserve.arrive >= neededKwh
  const canStop = car.dcKw > 0 && car.chargeLimitPercent > 100 * (reserve.stop + reserve.target)
  const reachKwh = Math.max(car.energyKwh - car.batteryCapacityKwh * reserve.stop, car.energyKwh / 2)
  const untilShare = lasts || !canStop ? 1 : Math.min(1, leg.share + reachKwh / kwhPerKm / km)
  const until = Math.ceil(car.at + (untilShare - leg.share) * km / kmh * hour)
  return { ...car, driver: { ...car.driver, trip: { ...trip, until, untilShare, isStopped: false } } }
}

/** Plugs into a fast charger until the rest of the way is in the battery, or so much that it gets slow. */
function stop (car: DrivenCar): VehicleState {
  const { driver } = car
  const trip = driver.trip as Trip
  const { batteryCapacityKwh: capacity, energyKwh } = car
  const neededKwh = trip.km * (1 - trip.untilShare) * trip.kwhPerKm
  const targetKwh = Math.min(energyAt(car, car.chargeLimitPercent), Math.max(energyKwh + 0.1 * capacity, Math.min(fastUntil * capacity, neededKwh + reserve.target * capacity)))
  const plugged = withPower({ ...car, charger: null, fastChargeKw: Math.min(car.dcKw, stationKw) }, 'PLUGGED_IN:CHARGING')
  const takesMs = courseToLimit({ ...plugged, chargeLimitPercent: targetKwh / capacity * 100 }).reduce((sum, { forMs }) => sum + forMs, 0)
  return { ...plugged, driver: { ...driver, trip: { ...trip, isStopped: true, leg: legFrom(car, trip.untilShare), until: Math.ceil(car.at + takesMs) } } }
}

function goOn (car: DrivenCar): VehicleState {
  const trip = car.driver.trip as Trip
  const chargedKwh = trip.chargedKwh + car.energyKwh - trip.leg.energyKwh
  return setOut({ ...withPower(car, 'UNPLUGGED'), driver: car.driver }, { ...trip, chargedKwh, leg: legFrom(car, trip.leg.share) })
}

function arrive (car: DrivenCar, tell?: (journey: Journey) => void): VehicleState {
  const { driver } = car
  const { purpose, departedAt, from, to, km, startPercent, chargedKwh, stay } = driver.trip as Trip
  tell?.({ purpose, departedAt, arrivedAt: car.at, from, to, km, startPercent, chargedKwh, endPercent: levelPercent(car), kwh: energyAt(car, startPercent) + chargedKwh - car.energyKwh })
  const isAway = !isSamePlace(to, driver.home)
  const planned = stay.until ?? (stay.forMs === null ? null : car.at + stay.forMs)
  const backAt = isAway && planned !== null ? Math.max(planned, car.at + leastStay) : null
  const parked = { ...car, place: { ...car.place, ...to }, driver: { ...driver, trip: null, isAway, parkedAt: car.at, backAt } }
  if (!isAway && !driver.isHeld && driver.home.life !== undefined && plugsIn(driver.home, driver.index, car.at, levelPercent(car))) return pluggedAtHome(parked)
  return stay.plugsIn ? begun(parked) : parked
}

/** In the cable of its charger, unless another car is on it; it charges at once, or when its own timer lets it. */
function pluggedAtHome (car: DrivenCar): VehicleState {
  const { home, index, charger } = car.driver
  if (charger?.isFree === false) return car
  const plugged = { ...car, charger: charger && { deviceId: charger.deviceId, limitKw: charger.limitKw } }
  const from = lifeOf(home).drivers[index]?.chargesFrom ?? null
  return from === null || isAtLimit(car) ? begun(plugged) : withPower(plugged, 'PLUGGED_IN:STOPPED', nextClockTime(home.timezone, car.at, from))
}

/** A car that is plugged in charges, as every real one does. */
function begun (car: VehicleState): VehicleState {
  return withPower(car, isAtLimit(car) ? 'PLUGGED_IN:COMPLETE' : 'PLUGGED_IN:CHARGING')
}
