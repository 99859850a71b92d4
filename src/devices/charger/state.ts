import { type Millis } from '../../lib/time.ts'
import { type Physical, type PowerState } from '../device.ts'
import { type Place } from '../place.ts'

/** What a charger physically is at the moment `at`. */
export interface ChargerState extends Physical {
  brand: string
  model: string
  year: number
  serialNumber: string
  place: Place
  /** Between a phase and neutral. */
  voltage: number
  phases: 1 | 3
  /** The current that it was told to give, on each phase: 6 to `maxCurrentLimitA`. */
  maxCurrentA: number
  /** What its hardware gives at most, on each phase. */
  maxCurrentLimitA: number
  /** Whether it can be told a limit in kW. */
  takesRateLimit: boolean
  power: Exclude<PowerState, 'PLUGGED_IN:COMPLETE'>
  /** The moment at which PLUGGED_IN:INITIALIZING turns into charging; null in any other state. */
  powerFrom: Millis | null
  /** When the cable was pulled; null while one is in. */
  unpluggedAt: Millis | null
  /** The vehicle on its cable, and what flows into it in kW, and whether it takes no more; null for a vehicle that this world does not know. */
  vehicle: { deviceId: string, rateKw: number, isFull: boolean } | null
  /** The vehicle whose driver plugs it in here by habit; null when there is none. */
  regular: string | null
  /** What a vehicle that this world does not know still takes; 0 when there is none. */
  guestNeedsKwh: number
}
