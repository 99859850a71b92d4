import { hour, minute, type Millis } from '../../lib/time.ts'
import { type Pace, type PowerState } from '../device.ts'
import { type VehicleState } from './state.ts'

/** One stretch of the levels of a battery, and how much it takes there at most: constant, so that the course of a charge has an exact solution and looking at it in between changes nothing. */
interface Band {
  /** Where it ends, in percent, exclusive. */
  below: number
  /** In kW. */
  takesKw: (car: VehicleState) => number
}

/** From this level on the current of an AC charge falls, to this power at 100 %: typical, as measured on cars of today. */
const falls = { fromPercent: 97, toKw: 1.5 } as const

/** On AC the hardware is the limit nearly to the end; then the battery is, in steps of half a percent. */
const acBands: readonly Band[] = [
  { below: falls.fromPercent, takesKw: car => car.onboardChargerKw },
  ...bandsFrom(falls.fromPercent, 0.5, middle => {
    const left = (100 - middle) / (100 - falls.fromPercent)
    return ({ onboardChargerKw }) => Math.min(onboardChargerKw, falls.toKw + (onboardChargerKw - falls.toKw) * left)
  })
]

/** What of its greatest power a battery takes from a DC charger, by level in percent: SimBEV's default curve, whose last points are drawn on to 100 %. */
const dcCurve = [[0, 0.9], [10, 0.9], [30, 0.915], [50, 0.81], [70, 0.64], [90, 0.35], [100, 0.205]] as const

/** The greatest power of a battery, in kW for each kWh that it can hold: our choice, as most cars of today have it. */
const dcKwPerKwh = 2

const dcBands = bandsFrom(0, 5, middle => {
  const share = between(dcCurve, middle)
  return ({ batteryCapacityKwh }) => batteryCapacityKwh * dcKwPerKwh * share
})

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

/** What a car knows of the other end of its cable where there is nothing, or a socket that this world does not know. */
export const nothingPlugged = { charger: null, fastChargeKw: null } as const

/** The same car in another state of power delivery. */
export function withPower (car: VehicleState, power: PowerState, powerFrom: Millis | null = null): VehicleState {
  return { ...car, power, powerFrom, unpluggedAt: power === 'UNPLUGGED' ? car.unpluggedAt ?? car.at : null, ...(power === 'UNPLUGGED' ? nothingPlugged : undefined) }
}

/** What the car draws from its socket in kW, below zero while it gives back. */
export function powerKw (car: VehicleState): number {
  if (car.power === 'PLUGGED_IN:CHARGING') return chargeRateKw(car)
  return car.power === 'PLUGGED_IN:DISCHARGING' && car.energyKwh > noEnergyKwh ? -dischargeKw(car) : 0
}

/** Until when the car draws what it draws now, at most. */
export function drawsUntil (car: VehicleState): Millis {
  if (car.power === 'PLUGGED_IN:INITIALIZING') return car.powerFrom ?? Infinity
  if (car.power === 'PLUGGED_IN:DISCHARGING') return car.at + car.energyKwh / dischargeKw(car) * hour
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

/** Bands of equal width from a level to 100 %, each with what holds in its middle. */
function bandsFrom (percent: number, width: number, takesKw: (middle: number) => Band['takesKw']): Band[] {
  return Array.from({ length: (100 - percent) / width }, (_, i) => ({
    below: percent + (i + 1) * width,
    takesKw: takesKw(percent + (i + 0.5) * width)
  }))
}

/** The value at `x` on straight lines between points. */
function between (points: ReadonlyArray<readonly [x: number, y: number]>, x: number): number {
  const i = Math.max(1, points.findIndex(([end]) => x <= end))
  const [[x0, y0], [x1, y1]] = [points[i - 1] ?? [0, 0], points[i] ?? [100, 0]]
  return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
}

/** The most that comes through the cable, in kW. */
function suppliedKw (car: VehicleState): number {
  return car.fastChargeKw ?? Math.min(car.voltage * car.maxCurrentA * car.phases / 1000, car.charger?.limitKw ?? Infinity)
}

/** The band that the level stands in, cut off at the charge limit. */
function bandOf (car: VehicleState): { rateKw: number, endKwh: number } {
  const bands = car.fastChargeKw === null ? acBands : dcBands
  const supplied = suppliedKw(car)
  for (const { below, takesKw } of bands) {
    const boundaryKwh = energyAt(car, below)
    if (car.energyKwh < boundaryKwh - noEnergyKwh) return { rateKw: Math.min(takesKw(car), supplied), endKwh: Math.min(energyAt(car, car.chargeLimitPercent), boundaryKwh) }
  }
  throw new Error('a battery above 100 % is at its charge limit')
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

/** What it gives back, within what the charger takes. */
function dischargeKw (car: VehicleState): number {
  return Math.min(car.dischargeRateKw, car.charger?.limitKw ?? Infinity)
}

function discharge (car: VehicleState, to: Millis): VehicleState {
  const energyKwh = car.energyKwh - dischargeKw(car) * (to - car.at) / hour
  if (energyKwh > noEnergyKwh) return { ...car, at: to, energyKwh }
  return { ...withPower(car, 'PLUGGED_IN:STOPPED'), at: to, energyKwh: 0 }
}
