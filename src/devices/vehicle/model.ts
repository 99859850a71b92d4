import { hour, minute, type Millis } from '../../lib/time.ts'
import { type Pace, type PowerState } from '../device.ts'
import { between } from './curve.ts'
import { type VehicleState } from './state.ts'

/** One stretch of the levels of a battery, and how much it takes there at most: constant, so that the course of a charge has an exact solution and looking at it in between changes nothing. */
interface Band {
  /** Where it ends, in percent, exclusive. */
  below: number
  /** From the socket, in kW. */
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

/** What the car's own electronics draw while it charges from AC, in kW by phases: 100 to 300 W, as ADAC measured (2022), and more where three phases are converted. */
const ownKw = { 1: 0.18, 3: 0.35 } as const

/** What of the energy that a DC charger gives reaches the battery: 0.94 to 0.96. */
const dcEfficiency = 0.95

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

/** The power in kW that it would draw from its socket now, whether or not it does: 0 at the charge limit. */
export function chargeRateKw (car: VehicleState): number {
  return isAtLimit(car) ? 0 : bandOf(car).rateKw
}

/** A stretch of a charge at one rate, which is what the socket gives; `forMs` is Infinity where nothing is supplied. */
export interface Stage { rateKw: number, forMs: Millis }

/** How a charge that begins now goes until the charge limit, whether or not the car is plugged in; empty when that is reached. */
export function courseToLimit (car: VehicleState): Stage[] {
  const course: Stage[] = []
  for (let now = car; !isAtLimit(now);) {
    const { endKwh, rateKw, gainKw } = bandOf(now)
    course.push({ rateKw, forMs: (endKwh - now.energyKwh) / gainKw * hour })
    now = { ...now, energyKwh: endKwh }
  }
  return course
}

/** Minutes of charging from now to the charge limit, not rounded; 0 when it is reached. */
export function minutesToLimit (car: VehicleState): number {
  return courseToLimit(car).reduce((sum, stage) => sum + stage.forMs, 0) / minute
}

/** What physics does to a parked car until `to` while nobody does anything with it; a moment before `car.at` changes nothing. */
export function rest (car: VehicleState, to: Millis): VehicleState {
  if (to < car.at) return car
  if (car.powerFrom !== null && car.powerFrom <= to) {
    const now = rest({ ...car, powerFrom: null }, Math.max(car.at, car.powerFrom))
    return rest(withPower(now, isAtLimit(now) ? 'PLUGGED_IN:COMPLETE' : 'PLUGGED_IN:CHARGING'), to)
  }
  switch (car.power) {
    case 'PLUGGED_IN:CHARGING': return charge(car, to)
    case 'PLUGGED_IN:DISCHARGING': return discharge(car, to)
    // What is complete tops itself up from its socket, some watts that nobody counts.
    case 'PLUGGED_IN:INITIALIZING':
    case 'PLUGGED_IN:COMPLETE': return { ...car, at: to }
    default: return { ...car, at: to, energyKwh: car.driver === null ? car.energyKwh : Math.max(0, car.energyKwh - car.driver.drainKw * (to - car.at) / hour) }
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
  if (car.powerFrom !== null) return car.powerFrom
  if (car.power === 'PLUGGED_IN:DISCHARGING') return car.at + car.energyKwh / dischargeKw(car) * hour
  if (car.power !== 'PLUGGED_IN:CHARGING') return Infinity
  const { endKwh, gainKw } = bandOf(car)
  return car.at + (endKwh - car.energyKwh) / gainKw * hour
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

/** The most that comes through the cable, in kW. */
function suppliedKw (car: VehicleState): number {
  return car.fastChargeKw ?? Math.min(car.voltage * car.maxCurrentA * car.phases / 1000, car.charger?.limitKw ?? Infinity)
}

/**
 * What of a power that comes through the cable reaches the battery, in kW. On AC the car's own electronics draw a fixed
 * part and its charger loses a share, so that a weak socket wastes most: 0.80 at 1.4 kW, 0.88 at 3.7 kW, 0.92 at 11 kW.
 */
export function gainKw (car: VehicleState, fromSocketKw: number): number {
  if (car.fastChargeKw !== null) return fromSocketKw * dcEfficiency
  const own = ownKw[car.phases]
  const mostKw = Math.min(car.onboardChargerKw, car.voltage * car.maxCurrentLimitA * car.phases / 1000)
  return Math.max(0, fromSocketKw - own) * car.chargeEfficiency * mostKw / (mostKw - own)
}

/** The band that the level stands in, cut off at the charge limit: what the socket gives there, and what reaches the battery. */
function bandOf (car: VehicleState): { rateKw: number, gainKw: number, endKwh: number } {
  const bands = car.fastChargeKw === null ? acBands : dcBands
  const supplied = suppliedKw(car)
  for (const { below, takesKw } of bands) {
    const boundaryKwh = energyAt(car, below)
    if (car.energyKwh >= boundaryKwh - noEnergyKwh) continue
    const rateKw = Math.min(takesKw(car), supplied)
    return { rateKw, gainKw: gainKw(car, rateKw), endKwh: Math.min(energyAt(car, car.chargeLimitPercent), boundaryKwh) }
  }
  throw new Error('a battery above 100 % is at its charge limit')
}

/** Counts the time that is left and not the moment: beside a date, parts of a millisecond get lost. */
function charge (car: VehicleState, to: Millis): VehicleState {
  let left = to - car.at
  let now = car
  while (!isAtLimit(now)) {
    const { endKwh, gainKw } = bandOf(now)
    const needed = (endKwh - now.energyKwh) / gainKw * hour
    const isOver = needed > left
    now = { ...now, at: to, energyKwh: isOver ? now.energyKwh + gainKw * left / hour : endKwh }
    if (isOver && !isAtLimit(now)) return now
    if (!isOver) left -= needed
  }
  const energyKwh = Math.max(now.energyKwh, energyAt(now, now.chargeLimitPercent))
  return withPower({ ...now, at: to, energyKwh }, 'PLUGGED_IN:COMPLETE')
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
