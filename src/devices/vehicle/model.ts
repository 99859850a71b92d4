import { hour, minute, type Millis } from '../../lib/time.ts'
import { type Pace, type PowerState } from '../device.ts'
import { type VehicleState } from './state.ts'

/**
 * How much of the full rate a battery takes, by its level in percent. Constant within a band, so that the course of
 * a charge has an exact solution and looking at it in between changes nothing.
 */
const taper = [
  { below: 90, share: 1 },
  { below: 95, share: 0.8 },
  { below: 98, share: 0.6 },
  { below: Infinity, share: 0.4 }
] as const

/** A difference below this is rounding of floating-point numbers and no energy: a car charges it in less than a millisecond. */
const noEnergyKwh = 1e-9

/** How long after the cable was pulled a car stays awake. */
const fallsAsleepAfter: Millis = 30 * minute

/** The level of the battery: 0 to 100 percent, not rounded. */
export function levelPercent (car: VehicleState): number {
  return car.energyKwh / car.batteryCapacityKwh * 100
}

/** What the battery holds at a level in percent. */
export function energyAt (car: VehicleState, percent: number): number {
  return car.batteryCapacityKwh * percent / 100
}

/** Whether the level has reached the charge limit or stands above it. */
export function isAtLimit (car: VehicleState): boolean {
  return car.energyKwh >= energyAt(car, car.chargeLimitPercent) - noEnergyKwh
}

/** The power in kW with which the battery would charge now, whether or not it does: 0 at the charge limit. */
export function chargeRateKw (car: VehicleState): number {
  return isAtLimit(car) ? 0 : bandOf(car).rateKw
}

/** A stretch of a charge at one rate; `forMs` is Infinity where nothing is supplied. */
export interface Stage { rateKw: number, forMs: Millis }

/** How a charge that begins now goes until the charge limit, whether or not the car is plugged in; empty when that is reached. */
export function courseToLimit (car: VehicleState): Stage[] {
  const course: Stage[] = []
  for (let now = car; !isAtLimit(now);) {
    const { endKwh, rateKw } = bandOf(now)
    course.push({ rateKw, forMs: (endKwh - now.energyKwh) / rateKw * hour })
    now = { ...now, energyKwh: endKwh }
  }
  return course
}

/** Minutes of charging from now to the charge limit, not rounded; 0 when it is reached. */
export function minutesToLimit (car: VehicleState): number {
  return courseToLimit(car).reduce((sum, stage) => sum + stage.forMs, 0) / minute
}

/** What physics does to the car until `to` while nobody commands it; a moment before `car.at` changes nothing. */
export function advance (car: VehicleState, to: Millis): VehicleState {
  if (to < car.at) return car
  switch (car.power) {
    case 'PLUGGED_IN:INITIALIZING': {
      if (car.powerFrom === null || car.powerFrom > to) return { ...car, at: to }
      const from = Math.max(car.at, car.powerFrom)
      return advance({ ...withPower(car, 'PLUGGED_IN:CHARGING'), at: from }, to)
    }
    case 'PLUGGED_IN:CHARGING': return charge(car, to)
    case 'PLUGGED_IN:DISCHARGING': return discharge(car, to)
    default: return { ...car, at: to }
  }
}

/** The same car in another state of power delivery. */
export function withPower (car: VehicleState, power: PowerState, powerFrom: Millis | null = null): VehicleState {
  return { ...car, power, powerFrom, unpluggedAt: power === 'UNPLUGGED' ? car.unpluggedAt ?? car.at : null, charger: power === 'UNPLUGGED' ? null : car.charger }
}

/** What the car draws from its socket in kW, below zero while it gives back. */
export function powerKw (car: VehicleState): number {
  if (car.power === 'PLUGGED_IN:CHARGING') return chargeRateKw(car)
  return car.power === 'PLUGGED_IN:DISCHARGING' && car.energyKwh > noEnergyKwh ? -car.dischargeRateKw : 0
}

/** Until when the car draws what it draws now, at most. */
export function drawsUntil (car: VehicleState): Millis {
  if (car.power === 'PLUGGED_IN:INITIALIZING') return car.powerFrom ?? Infinity
  if (car.power === 'PLUGGED_IN:DISCHARGING') return car.at + car.energyKwh / car.dischargeRateKw * hour
  if (car.power !== 'PLUGGED_IN:CHARGING') return Infinity
  const { endKwh, rateKw } = bandOf(car)
  return car.at + (endKwh - car.energyKwh) / rateKw * hour
}

/** Whether energy flows or is about to. */
export function isDelivering (power: string): boolean {
  return power === 'PLUGGED_IN:CHARGING' || power === 'PLUGGED_IN:INITIALIZING' || power === 'PLUGGED_IN:DISCHARGING'
}

/** Active while energy flows, asleep once it is done and some time after the cable was pulled. */
export function pace (car: VehicleState): Pace {
  if (isDelivering(car.power)) return 'active'
  if (car.power === 'PLUGGED_IN:COMPLETE') return 'asleep'
  return car.unpluggedAt !== null && car.at - car.unpluggedAt >= fallsAsleepAfter ? 'asleep' : 'idle'
}

/** The band of the taper that the level stands in, cut off at the charge limit. */
function bandOf (car: VehicleState): { rateKw: number, endKwh: number } {
  const limitKwh = energyAt(car, car.chargeLimitPercent)
  const fullKw = Math.min(car.onboardChargerKw, car.voltage * car.maxCurrentA * car.phases / 1000)
  const suppliedKw = car.charger?.limitKw ?? Infinity
  for (const { below, share } of taper) {
    const boundaryKwh = energyAt(car, below)
    if (car.energyKwh < boundaryKwh - noEnergyKwh) return { rateKw: Math.min(fullKw * share, suppliedKw), endKwh: Math.min(limitKwh, boundaryKwh) }
  }
  throw new Error('the last band has no end')
}

/** Counts the time that is left and not the moment: beside a date, parts of a millisecond get lost. */
function charge (car: VehicleState, to: Millis): VehicleState {
  let left = to - car.at
  let now: VehicleState = { ...car, at: to }
  while (!isAtLimit(now)) {
    const { endKwh, rateKw } = bandOf(now)
    const needed = (endKwh - now.energyKwh) / rateKw * hour
    if (needed > left) {
      now = { ...now, energyKwh: now.energyKwh + rateKw * left / hour }
      if (!isAtLimit(now)) return now
    } else {
      now = { ...now, energyKwh: endKwh }
      left -= needed
    }
  }
  const energyKwh = Math.max(now.energyKwh, energyAt(now, now.chargeLimitPercent))
  return withPower({ ...now, energyKwh }, 'PLUGGED_IN:COMPLETE')
}

function discharge (car: VehicleState, to: Millis): VehicleState {
  const energyKwh = car.energyKwh - car.dischargeRateKw * (to - car.at) / hour
  if (energyKwh > noEnergyKwh) return { ...car, at: to, energyKwh }
  return { ...withPower(car, 'PLUGGED_IN:STOPPED'), at: to, energyKwh: 0 }
}
