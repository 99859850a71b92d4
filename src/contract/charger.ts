import { Type, type Static } from '@sinclair/typebox'
import { Capability, ChargeRateLimitCapability, assetHead, brandOf, grantedScopes, lastUpdated, locationId, reachability } from './common.ts'
import { Nullable, StringEnum } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { ChargerVendor, chargerVendors } from './vendors.ts'

export const ChargerPowerDeliveryState = StringEnum([
  'UNKNOWN', 'UNPLUGGED', 'PLUGGED_IN:INITIALIZING', 'PLUGGED_IN:CHARGING', 'PLUGGED_IN:STOPPED', 'PLUGGED_IN:NO_POWER',
  'PLUGGED_IN:FAULT', 'PLUGGED_IN:DISCHARGING'
], {
  $id: 'ChargerPowerDeliveryState',
  description: 'How power flows between a charger and the vehicle on its cable. Unlike a vehicle it does not know of COMPLETE.'
})
export type ChargerPowerDeliveryState = Static<typeof ChargerPowerDeliveryState>

export const ChargerChargeState = Type.Object({
  isPluggedIn: Nullable(Type.Boolean({ description: 'Whether a vehicle is on its cable.' })),
  isCharging: Nullable(Type.Boolean({ description: 'Whether it delivers power.' })),
  chargeRate: Nullable(Type.Number({ description: 'Power that it delivers, in kW; null unless charging.' })),
  lastUpdated,
  maxCurrent: Nullable(Type.Number({ description: 'Highest current that it was told to give, in ampere.' })),
  powerDeliveryState: Ref(ChargerPowerDeliveryState),
  pluggedInVehicleId: Nullable(Type.String({ description: 'Id of the vehicle on its cable, when that belongs to the same user.' })),
  chargeRateLimit: Nullable(Type.Number({ description: 'Highest charge rate that it was told to give, in kW.' }))
}, { $id: 'ChargerChargeState', description: 'What is known of charging. Null where the vendor does not tell.' })
export type ChargerChargeState = Static<typeof ChargerChargeState>

export const Charger = Type.Object({
  ...assetHead,
  vendor: Ref(ChargerVendor),
  ...reachability,
  chargeState: Ref(ChargerChargeState),
  capabilities: Type.Object({
    information: Ref(Capability),
    chargeState: Ref(Capability),
    startCharging: Ref(Capability),
    stopCharging: Ref(Capability),
    setMaxCurrent: Ref(Capability),
    setChargeRateLimit: Ref(ChargeRateLimitCapability)
  }, { description: 'Which data it reports and which commands it takes.' }),
  scopes: grantedScopes,
  information: Type.Object({
    brand: brandOf(chargerVendors),
    model: Type.String({ description: 'Name of the model.' }),
    year: Nullable(Type.Number({ description: 'Year of production.' })),
    serialNumber: Type.String({ description: 'Serial number, or the id at the vendor where there is none.' }),
    imageUrl: Nullable(Type.String({ description: 'URL of a picture of the model.' }))
  }, { description: 'What kind of charger it is.' }),
  location: Type.Object({ id: locationId, lastUpdated }, { description: 'The location that it was put at.' })
}, { $id: 'Charger', description: 'A charging box for vehicles.' })
export type Charger = Static<typeof Charger>

export const PaginatedChargerList = paginated(Charger, 'chargers')
export type PaginatedChargerList = Static<typeof PaginatedChargerList>
