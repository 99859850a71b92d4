import { type Static } from '@sinclair/typebox'
import { StringEnum } from './kit.ts'

export const vehicleVendors = [
  'ACURA', 'AUDI', 'BMW', 'HONDA', 'HYUNDAI', 'JAGUAR', 'LANDROVER', 'KIA', 'MERCEDES', 'MINI', 'NISSAN', 'PEUGEOT',
  'PORSCHE', 'RENAULT', 'SEAT', 'SKODA', 'TESLA', 'VOLKSWAGEN', 'VOLVO', 'FORD', 'OPEL', 'DS', 'TOYOTA', 'LEXUS',
  'CITROEN', 'CUPRA', 'VAUXHALL', 'FIAT', 'RIVIAN', 'NIO', 'CHEVROLET', 'GMC', 'CADILLAC', 'XPENG', 'POLESTAR',
  'SUBARU', 'JEEP', 'MAZDA', 'MG', 'CHRYSLER', 'DODGE', 'RAM', 'ALFAROMEO', 'LANCIA', 'LUCID', 'BYD', 'DACIA', 'ALPINE'
] as const

export const chargerVendors = [
  'ZAPTEC', 'EASEE', 'WALLBOX', 'EO', 'CHARGEAMPS', 'GOE', 'CHARGEPOINT', 'ENELX', 'TESLA', 'OHME', 'GARO',
  'SCHNEIDER', 'PODPOINT', 'KEBA', 'HYPERVOLT', 'MYENERGI', 'HEIDELBERG', 'ALFEN', 'ELLI'
] as const

export const hvacVendors = [
  'TADO', 'MILL', 'ADAX', 'ECOBEE', 'SENSIBO', 'HONEYWELL', 'RESIDEO', 'MITSUBISHI', 'MICROMATIC', 'NIBE',
  'PANASONIC', 'TOSHIBA', 'DAIKIN', 'NEST', 'FUJITSU', 'BOSCH', 'NETATMO'
] as const

export const inverterVendors = [
  'AFORE', 'APSYSTEMS', 'CSISolar', 'Deye', 'ENPHASE', 'FOXESS', 'FRONIUS', 'GIVENERGY', 'GOODWE', 'GROWATT',
  'Hoymiles', 'HUAWEI', 'INVT', 'SMA', 'SOFAR', 'SOLAREDGE', 'SOLARK', 'SOLAX', 'SOLIS', 'SOLPLANET', 'SUNGROW',
  'SUNSYNK', 'TESLA', 'TSUN'
] as const

export const batteryVendors = [
  'TESLA', 'ENPHASE', 'GIVENERGY', 'HUAWEI', 'SOLAREDGE', 'SMA', 'FOXESS', 'SOLAX', 'SOLIS', 'SUNGROW'
] as const

export const meterVendors = [
  'ENPHASE', 'GIVENERGY', 'HUAWEI', 'TESLA', 'SMA', 'SOLAREDGE', 'FOXESS', 'SOLAX', 'SOLIS'
] as const

export const hemSystemVendors = [
  'SOLAREDGE', 'FOXESS', 'SMA', 'TESLA', 'GIVENERGY', 'SOLAX', 'SOLIS', 'HUAWEI', 'ENPHASE'
] as const

/** The vendors that one can link, for each type of asset, in the order in which the reference lists them all. */
export const vendorsByType = {
  inverter: inverterVendors,
  vehicle: vehicleVendors,
  hvac: hvacVendors,
  charger: chargerVendors,
  battery: batteryVendors,
  meter: meterVendors
} as const satisfies Record<AssetKind, readonly string[]>

/** The kinds of asset, in the order of the reference. */
export const assetKinds = ['vehicle', 'charger', 'hvac', 'inverter', 'battery', 'meter'] as const
export type AssetKind = typeof assetKinds[number]

/** Every vendor once; several make more than one type of asset. */
export const vendors = [...new Set(Object.values(vendorsByType).flat())]

export const VehicleVendor = StringEnum(vehicleVendors, { $id: 'VehicleVendor', description: 'Vendor of a vehicle.' })
export type VehicleVendor = Static<typeof VehicleVendor>

export const ChargerVendor = StringEnum(chargerVendors, { $id: 'ChargerVendor', description: 'Vendor of a charger.' })
export type ChargerVendor = Static<typeof ChargerVendor>

export const HVACVendor = StringEnum(hvacVendors, { $id: 'HVACVendor', description: 'Vendor of an HVAC unit.' })
export type HVACVendor = Static<typeof HVACVendor>

export const InverterVendor = StringEnum(inverterVendors, { $id: 'InverterVendor', description: 'Vendor of a solar inverter.' })
export type InverterVendor = Static<typeof InverterVendor>

export const BatteryVendor = StringEnum(batteryVendors, { $id: 'BatteryVendor', description: 'Vendor of a home battery.' })
export type BatteryVendor = Static<typeof BatteryVendor>

export const MeterVendor = StringEnum(meterVendors, { $id: 'MeterVendor', description: 'Vendor of a meter.' })
export type MeterVendor = Static<typeof MeterVendor>

export const HEMSystemVendor = StringEnum(hemSystemVendors, { $id: 'HEMSystemVendor', description: 'Vendor of a home energy management system.' })
export type HEMSystemVendor = Static<typeof HEMSystemVendor>

export const SmartOverrideVendor = StringEnum([...new Set([...vehicleVendors, ...chargerVendors, ...batteryVendors])], {
  $id: 'SmartOverrideVendor',
  description: 'Vendor of an asset whose smart control can be overridden.'
})
export type SmartOverrideVendor = Static<typeof SmartOverrideVendor>

export const Vendor = StringEnum(vendors, { $id: 'Vendor', description: 'Any vendor, as the API spells it.' })
export type Vendor = Static<typeof Vendor>

export const VendorType = StringEnum(assetKinds, { $id: 'VendorType', description: 'Type of asset that a vendor connects.' })

/** A vendor that makes assets of a kind. */
export type VendorOf<K extends AssetKind> = typeof vendorsByType[K][number]

/** Whether a vendor makes assets of a type. */
export function makes (vendor: string, type: AssetKind): boolean {
  return (vendorsByType[type] as readonly string[]).includes(vendor)
}
