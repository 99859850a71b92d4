import { batteryModes, type BatteryCommandMode } from '../../contract/battery.ts'
import { type BatteryVendor } from '../../contract/vendors.ts'
import { type Rows } from '../catalogue.ts'

/** Model, usable kWh, kW that it draws at most, kW that it gives at most. */
export type ModelRow = readonly [name: string, capacityKwh: number, chargeKw: number, dischargeKw: number]

/** Some home batteries of each vendor. Figures are rounded and typical. */
export const catalogue: Readonly<Record<BatteryVendor, Rows<ModelRow>>> = {
  TESLA: [['Powerwall 2', 13.5, 5, 5], ['Powerwall 3', 13.5, 5, 11.5], ['Powerwall+', 13.5, 5, 7]],
  ENPHASE: [['IQ Battery 5P', 5, 3.84, 3.84], ['IQ Battery 10', 10.08, 3.84, 3.84], ['IQ Battery 10T', 10.5, 3.84, 3.84]],
  GIVENERGY: [['All in One', 13.5, 6, 6], ['Giv-Bat 9.5', 9.5, 3.6, 3.6], ['Giv-Bat 5.2', 5.2, 2.6, 2.6]],
  HUAWEI: [['LUNA2000-10-S0', 10, 5, 5], ['LUNA2000-5-S0', 5, 2.5, 2.5], ['LUNA2000-15-S0', 15, 5, 5]],
  SOLAREDGE: [['Home Battery 400V', 9.7, 5, 5], ['Energy Bank', 9.7, 5, 5], ['Home Battery 48V', 4.6, 2.8, 4.1]],
  SMA: [['Home Storage 9.8', 9.8, 5, 5], ['Home Storage 6.5', 6.5, 3.3, 3.3], ['Home Storage 13.1', 13.1, 5, 5]],
  FOXESS: [['EP11', 10.4, 5, 5], ['EP5', 5.2, 2.5, 2.5], ['ECS4100-H3', 11.5, 5, 5]],
  SOLAX: [['Triple Power T58', 5.8, 2.8, 2.8], ['T-BAT H 9.0', 9, 4.5, 4.5], ['Triple Power T30', 9.2, 4.6, 4.6]],
  SOLIS: [['Force H2', 10.6, 5, 5], ['Tower T10', 9.6, 4.8, 4.8]],
  SUNGROW: [['SBR096', 9.6, 5.7, 5.7], ['SBR128', 12.8, 7.6, 7.6], ['SBR160', 16, 9.6, 9.6]]
}

/** The modes that a vendor's batteries can be put in: all, unless named here. Our choice, so that clients meet batteries that lack one. */
const lacking: Partial<Record<BatteryVendor, readonly BatteryCommandMode[]>> = {
  TESLA: ['IDLE'],
  ENPHASE: ['EXPORT_FOCUS', 'IDLE'],
  SMA: ['TIME_OF_USE'],
  SOLAX: ['TIME_OF_USE'],
  SUNGROW: ['TIME_OF_USE']
}

export function modesOf (vendor: string): BatteryCommandMode[] {
  return batteryModes.filter(mode => lacking[vendor as BatteryVendor]?.includes(mode) !== true)
}
