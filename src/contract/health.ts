import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { Formed, StringEnum } from './kit.ts'
import { Ref } from './ref.ts'
import { Scope } from './scopes.ts'
import { assetKinds, BatteryVendor, ChargerVendor, HVACVendor, InverterVendor, MeterVendor, VehicleVendor, Vendor, VendorType } from './vendors.ts'

export const VendorStatus = StringEnum(['READY', 'ELEVATED_ERROR_RATE', 'OUTAGE'], {
  $id: 'VendorStatus',
  description: 'How well a vendor works: as it should, only after some tries, or not at all.'
})
export type VendorStatus = Static<typeof VendorStatus>

const displayName = Type.String({ description: 'Name of the brand, written for people.' })
const state = {
  status: Ref(VendorStatus),
  portalName: Type.String({ description: 'Name of the app or service that users of the brand sign in to.' }),
  linkingStatus: Ref(VendorStatus)
}

function vendorHealth<T extends TSchema> (vendor: T, $id: string, assets: string) {
  return Type.Object({ vendor: Ref(vendor), displayName, ...state }, { $id, description: `How well a vendor of ${assets} works.` })
}

export const ChargerVendorHealth = vendorHealth(ChargerVendor, 'ChargerVendorHealth', 'chargers')
export type ChargerVendorHealth = Static<typeof ChargerVendorHealth>

export const VehicleVendorHealth = vendorHealth(VehicleVendor, 'VehicleVendorHealth', 'vehicles')
export type VehicleVendorHealth = Static<typeof VehicleVendorHealth>

export const BatteryVendorHealth = vendorHealth(BatteryVendor, 'BatteryVendorHealth', 'batteries')
export type BatteryVendorHealth = Static<typeof BatteryVendorHealth>

export const InverterVendorHealth = vendorHealth(InverterVendor, 'InverterVendorHealth', 'solar inverters')
export type InverterVendorHealth = Static<typeof InverterVendorHealth>

export const HVACVendorHealth = vendorHealth(HVACVendor, 'HVACVendorHealth', 'HVAC units')
export type HVACVendorHealth = Static<typeof HVACVendorHealth>

export const MeterVendorHealth = vendorHealth(MeterVendor, 'MeterVendorHealth', 'meters')
export type MeterVendorHealth = Static<typeof MeterVendorHealth>

export const Integration = Type.Object({
  vendor: Ref(Vendor),
  displayName,
  assetTypes: Type.Array(Ref(VendorType), { description: 'Types of asset that can be linked.' }),
  scopes: Type.Array(Ref(Scope), { description: 'Scopes that those types have.' }),
  ...state
}, { $id: 'Integration', description: 'A vendor and what can be linked of it.' })
export type Integration = Static<typeof Integration>

const oneType = `(${assetKinds.join('|')})`

export const IntegrationsQuery = Type.Object({
  assetTypes: Type.Optional(Formed(`^${oneType}(,${oneType})*$`, `types of asset joined by commas, out of ${assetKinds.join(', ')}`, {
    default: assetKinds.join(','),
    description: 'Types of asset, joined by commas.'
  }))
})
export type IntegrationsQuery = Static<typeof IntegrationsQuery>
