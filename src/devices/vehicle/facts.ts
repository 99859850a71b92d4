import { vehicleVendors } from '../../contract/vendors.ts'
import { powerStates, type PowerState } from '../device.ts'
import { boolean, brandAmong, number, oneOf, orNull, text, whole, yearRule, type Rule, type Rules } from '../facts.ts'
import { type VehicleState } from './state.ts'

/** What can be set, by the API's names. */
export interface Facts {
  /** 0 to 100. */
  batteryLevel: number
  /** kWh, 1 to 500. The level stays, and the range on a full battery grows with the capacity. */
  batteryCapacity: number
  /** Whole percent, 1 to 100. */
  chargeLimit: number
  isPluggedIn: boolean
  isCharging: boolean
  powerDeliveryState: PowerState
  /** Amperes, 1 to what the hardware takes. */
  maxCurrent: number
  /** What of the energy from an AC socket reaches the battery at the greatest power: 0.5 to 1. */
  chargeEfficiency: number
  /** Kilometres. */
  odometer: number
  latitude: number
  longitude: number
  vin: string
  brand: string
  model: string
  /** 1990 to 2100; the VIN follows, if it is not set as well. */
  year: number
  displayName: string | null
  /** The charger's device on the other end of the cable; null for a socket that this world does not know. */
  pluggedInChargerId: string | null
  /** kW that the DC charger on the other end of the cable gives at most, 1 to 1000; null for one of AC. */
  fastChargePower: number | null
}

export const rules: Rules<VehicleState, Facts> = new Map<keyof Facts, (car: VehicleState) => Rule>([
  ['batteryLevel', () => number(0, 100)],
  ['batteryCapacity', () => number(1, 500)],
  ['chargeLimit', () => whole(1, 100)],
  ['isPluggedIn', boolean],
  ['isCharging', boolean],
  ['powerDeliveryState', () => oneOf(powerStates)],
  ['maxCurrent', car => number(1, car.maxCurrentLimitA)],
  ['chargeEfficiency', () => number(0.5, 1)],
  ['odometer', () => number(0, 10_000_000)],
  ['latitude', () => number(-90, 90)],
  ['longitude', () => number(-180, 180)],
  ['vin', text],
  ['brand', brandAmong(vehicleVendors)],
  ['model', text],
  ['year', () => yearRule],
  ['displayName', () => orNull(text())],
  ['pluggedInChargerId', () => orNull(text())],
  ['fastChargePower', () => orNull(number(1, 1000))]
])

/** What follows from other facts, and which of them to set. */
export const derived: ReadonlyMap<string, string> = new Map([
  ['range', 'follows from the level and the capacity of the battery, set "batteryLevel" or "batteryCapacity"'],
  ['chargeRate', 'follows from the current, the hardware and the level, set "maxCurrent", "fastChargePower" or "batteryLevel"'],
  ['chargeTimeRemaining', 'follows from the level, the charge limit and the charge rate, set "batteryLevel", "chargeLimit" or "maxCurrent"'],
  ['isFullyCharged', 'follows from the level and the charge limit, set "batteryLevel" or "chargeLimit"']
])
