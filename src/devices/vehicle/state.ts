import { type Position } from '../../lib/distance.ts'
import { type Millis } from '../../lib/time.ts'
import { type Outing } from '../life/life.ts'
import { type Physical, type PowerState } from '../device.ts'
import { type Place } from '../place.ts'

/** What a car physically is at the moment `at`. */
export interface VehicleState extends Physical {
  vin: string
  brand: string
  model: string
  year: number
  /** The owner's name for the car. */
  displayName: string | null
  /** Usable capacity, above 0 and up to 500. */
  batteryCapacityKwh: number
  /** What the battery holds, from 0 to the capacity. */
  energyKwh: number
  /** Where charging ends by itself: 1 to 100, percent of the capacity. */
  chargeLimitPercent: number
  /** How far it goes on a full battery. */
  fullRangeKm: number
  power: PowerState
  /** The moment at which PLUGGED_IN:INITIALIZING turns into charging, or at which the car's own timer ends PLUGGED_IN:STOPPED; null while neither is so. */
  powerFrom: Millis | null
  /** When the cable was pulled; null while one is in. */
  unpluggedAt: Millis | null
  /** The current that the car is set to take, on each phase: 1 to `maxCurrentLimitA`. */
  maxCurrentA: number
  /** What its hardware takes at most, on each phase. */
  maxCurrentLimitA: number
  phases: 1 | 3
  /** Between a phase and neutral. */
  voltage: number
  onboardChargerKw: number
  /** What of the energy from an AC socket reaches the battery at the greatest power: 0.85 to 0.93. */
  chargeEfficiency: number
  /** The most that its battery takes from a DC charger, in kW; 0 where it has no such inlet. */
  dcKw: number
  /** What leaves the battery while PLUGGED_IN:DISCHARGING, above 0. */
  dischargeRateKw: number
  odometerKm: number
  place: Place
  /** The charger on the other end of the cable, and the most that it gives; null at a socket that this world does not know. */
  charger: { deviceId: string, limitKw: number } | null
  /** What the DC charger on the other end of the cable gives at most, above 0; null where the car charges by its own hardware, from AC. */
  fastChargeKw: number | null
  /** Who uses it, and what it is doing for them; null for a car that stands until somebody moves it. */
  driver: Driver | null
}

/** How a car that moves by itself is used. */
export interface Driver {
  /** Where it belongs: it draws from the wires of this home while it stands there. */
  home: Place
  /** Which of those who drive at its home uses it, from 0. */
  index: number
  /** The charger that it is plugged into at home, what that gives at most, and whether nothing else is on its cable; null where it is a socket. */
  charger: { deviceId: string, limitKw: number, isFree: boolean } | null
  /** Whether somebody else has taken the wheel: what its life plans does not happen until that is given back. */
  isHeld: boolean
  /** Whether it stands or drives elsewhere than at its home. */
  isAway: boolean
  /** The trip that it is on; null while it is parked. */
  trip: Trip | null
  /** Since when it is parked where it is; null while it drives. */
  parkedAt: Millis | null
  /** When it leaves for home from where it is parked; null where that is not planned. */
  backAt: Millis | null
  /** Trips that it was sent on and that are to come, the earliest first. */
  errands: readonly Errand[]
  /** How much more it used on the last trip than at 20 °C, as its display reckons with. */
  useFactor: number
  /** What it uses while it is parked and not charging, in kW. */
  drainKw: number
}

/** A trip that somebody sends a car on. */
export interface Errand {
  /** When it leaves, at the earliest. */
  at: Millis
  to: Position
  /** How long it stays there before it drives back to its home; null where it stays there. */
  stayMs: Millis | null
  /** Whether it is plugged in there. */
  plugsIn: boolean
}

/** A way from one place to another, with stops at fast chargers where the battery does not last. */
export interface Trip {
  purpose: Outing['purpose'] | 'home'
  departedAt: Millis
  from: Position
  to: Position
  /** By road, above 0. */
  km: number
  kmh: number
  kwhPerKm: number
  /** The battery at departure, in percent. */
  startPercent: number
  /** What it got at stops so far. */
  chargedKwh: number
  /** The stretch that it is driving on: since when, and the share of the way, the energy and the counter at that moment. */
  leg: { at: Millis, share: number, energyKwh: number, odometerKm: number }
  /** When this stretch ends, or the stop. */
  until: Millis
  /** The share of the way at the end of this stretch: 1 where that is the destination. */
  untilShare: number
  isStopped: boolean
  /** What it does once it is there. */
  stay: { until: Millis | null, forMs: Millis | null, plugsIn: boolean }
}
