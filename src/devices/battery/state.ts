import { type BatteryCommandMode } from '../../contract/battery.ts'
import { type Millis } from '../../lib/time.ts'
import { type Site } from '../site.ts'

/** UNKNOWN is a mode of the vendor's own, which nobody can ask for. */
export type BatteryMode = BatteryCommandMode | 'UNKNOWN'

/** What a home battery physically is at the moment `at`. */
export interface BatteryState extends Site {
  /** Its id at the vendor. */
  vendorId: string
  capacityKwh: number
  energyKwh: number
  /** The reserve that it keeps for a power cut: 0 to 100. */
  reservePercent: number
  /** The most that it draws from the home while it charges. */
  maxChargeKw: number
  /** The most that it gives to the home while it discharges. */
  maxDischargeKw: number
  /** The modes that it can be put in. */
  modes: readonly BatteryCommandMode[]
  mode: BatteryMode
  /** Whether a malfunction keeps it from working. */
  isFaulty: boolean
  /** What it draws from the home since the home settled last, below zero what it gives. */
  flowKw: number
}

/** The same battery a while later: field by field, since a home does this for each bucket and V8 takes ten times as long to spread what was spread before. */
export function later (battery: BatteryState, at: Millis, energyKwh: number, flowKw: number): BatteryState {
  const { brand, model, siteName, installedAt, place, vendorId, capacityKwh, reservePercent, maxChargeKw, maxDischargeKw, modes, mode, isFaulty } = battery
  return { at, brand, model, siteName, installedAt, place, vendorId, capacityKwh, energyKwh, reservePercent, maxChargeKw, maxDischargeKw, modes, mode, isFaulty, flowKw }
}
