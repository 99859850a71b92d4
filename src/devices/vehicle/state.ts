import { type Millis } from '../../lib/time.ts'
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
  /** The moment at which PLUGGED_IN:INITIALIZING turns into charging; null in any other state. */
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
  /** What leaves the battery while PLUGGED_IN:DISCHARGING, above 0. */
  dischargeRateKw: number
  odometerKm: number
  place: Place
  /** The charger on the other end of the cable, and the most that it gives; null at a socket that this world does not know. */
  charger: { deviceId: string, limitKw: number } | null
  /** What the DC charger on the other end of the cable gives at most, above 0; null where the car charges by its own hardware, from AC. */
  fastChargeKw: number | null
}
