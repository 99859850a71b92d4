import { Type, type Static } from '@sinclair/typebox'
import { Capability, assetHead, brandOf, grantedScopes, lastUpdated, latitude, locationId, longitude, reachability } from './common.ts'
import { Nullable, StringEnum } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { SmartChargingPolicy } from './smart-charging.ts'
import { VehicleVendor, vehicleVendors } from './vendors.ts'

export const VehiclePowerDeliveryState = StringEnum([
  'UNKNOWN', 'UNPLUGGED', 'PLUGGED_IN:INITIALIZING', 'PLUGGED_IN:CHARGING', 'PLUGGED_IN:STOPPED', 'PLUGGED_IN:COMPLETE',
  'PLUGGED_IN:NO_POWER', 'PLUGGED_IN:FAULT', 'PLUGGED_IN:DISCHARGING'
], {
  $id: 'VehiclePowerDeliveryState',
  description: 'How power flows between a vehicle and what it is plugged into. UNKNOWN also when the last report is over a week old.'
})
export type VehiclePowerDeliveryState = Static<typeof VehiclePowerDeliveryState>

export const VehicleInformation = Type.Object({
  vin: Nullable(Type.String({ description: 'Vehicle identification number.' })),
  brand: Nullable(brandOf(vehicleVendors)),
  model: Nullable(Type.String({ description: 'Name of the model.' })),
  year: Nullable(Type.Number({ description: 'Year of production.' })),
  displayName: Nullable(Type.String({ description: 'Name that the user gave the vehicle.' })),
  imageUrl: Nullable(Type.String({ description: 'URL of a picture of the model.' }))
}, { $id: 'VehicleInformation', description: 'What kind of vehicle it is.' })
export type VehicleInformation = Static<typeof VehicleInformation>

export const VehicleChargeState = Type.Object({
  batteryLevel: Nullable(Type.Number({ description: 'Charge of the battery, in percent.' })),
  range: Nullable(Type.Number({ description: 'Distance that the charge is good for, in km.' })),
  isPluggedIn: Nullable(Type.Boolean({ description: 'Whether a cable connects it to a charger.' })),
  isCharging: Nullable(Type.Boolean({ description: 'Whether its battery is being charged.' })),
  isFullyCharged: Nullable(Type.Boolean({ description: 'Whether it has reached its charge limit; null while the power delivery is unknown.' })),
  batteryCapacity: Nullable(Type.Number({ description: 'Usable capacity of the battery, in kWh.' })),
  chargeLimit: Nullable(Type.Number({ description: 'Level at which charging ends, in percent; null if the vendor does not say.' })),
  chargeRate: Nullable(Type.Number({ description: 'Power that goes into the battery, in kW; null unless charging.' })),
  chargeTimeRemaining: Nullable(Type.Number({ description: 'Time left to the charge limit, in minutes; null unless charging.' })),
  lastUpdated,
  maxCurrent: Nullable(Type.Number({ description: 'Highest current that it draws, in ampere.' })),
  powerDeliveryState: Ref(VehiclePowerDeliveryState),
  pluggedInChargerId: Nullable(Type.String({ description: 'Id of the charger that it is plugged into, when that belongs to the same user.' }))
}, { $id: 'VehicleChargeState', description: 'What is known of the battery and of charging. Null where the vendor does not tell.' })
export type VehicleChargeState = Static<typeof VehicleChargeState>

export const Vehicle = Type.Object({
  ...assetHead,
  vendor: Ref(VehicleVendor),
  ...reachability,
  isReachable: Nullable(reachability.isReachable),
  information: Ref(VehicleInformation),
  chargeState: Ref(VehicleChargeState),
  smartChargingPolicy: Ref(SmartChargingPolicy),
  odometer: Type.Object({
    distance: Nullable(Type.Number({ description: 'Distance driven, in km.' })),
    lastUpdated
  }, { description: 'How far it has been driven.' }),
  capabilities: Type.Object({
    information: Ref(Capability),
    chargeState: Ref(Capability),
    location: Ref(Capability),
    odometer: Ref(Capability),
    setMaxCurrent: Ref(Capability),
    startCharging: Ref(Capability),
    stopCharging: Ref(Capability),
    smartCharging: Ref(Capability)
  }, { description: 'Which data it reports and which commands it takes.' }),
  scopes: grantedScopes,
  location: Type.Object({
    longitude: Nullable(longitude),
    latitude: Nullable(latitude),
    lastUpdated,
    id: locationId
  }, { description: 'Where it is. The coordinates are null without the location scope.' })
}, { $id: 'Vehicle', description: 'An electric or plug-in hybrid car.' })
export type Vehicle = Static<typeof Vehicle>

export const PaginatedVehicleList = paginated(Vehicle, 'vehicles')
export type PaginatedVehicleList = Static<typeof PaginatedVehicleList>
