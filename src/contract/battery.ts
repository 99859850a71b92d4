import { Type, type Static } from '@sinclair/typebox'
import { AssetLocation, Capability, grantedScopes, hemSystemId, lastUpdated, reachability, siteInformation, uuidAssetHead } from './common.ts'
import { Closed, Nullable, StringEnum } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { BatteryVendor, batteryVendors } from './vendors.ts'

export const batteryModes = ['IMPORT_FOCUS', 'EXPORT_FOCUS', 'TIME_OF_USE', 'SELF_RELIANCE', 'IDLE'] as const

export const BatteryCommandMode = StringEnum(batteryModes, {
  $id: 'BatteryCommandMode',
  description: 'What a battery shall aim at: charging, giving back, saving by tariff, needing little from the grid, or nothing.'
})
export type BatteryCommandMode = Static<typeof BatteryCommandMode>

export const OperationModeCommand = Closed({
  operationMode: Ref(BatteryCommandMode)
}, { $id: 'OperationModeCommand', description: 'Puts a battery in a mode of operation.' })
export type OperationModeCommand = Static<typeof OperationModeCommand>

export const BatteryChargeState = Type.Object({
  status: Nullable(StringEnum(['CHARGING', 'DISCHARGING', 'IDLE', 'FAULT', 'UNKNOWN'], { description: 'Which way energy flows.' })),
  batteryCapacity: Nullable(Type.Number({ description: 'Capacity, in kWh.' })),
  batteryLevel: Nullable(Type.Number({ description: 'Charge, in percent.' })),
  chargeRate: Nullable(Type.Number({ description: 'Power that goes in, in kW; below zero while it gives.' })),
  dischargeLimit: Nullable(Type.Number({ description: 'Reserve that it keeps for emergencies, in percent.' })),
  lastUpdated
}, { $id: 'BatteryChargeState', description: 'What is known of the charge. Null where the vendor does not tell.' })
export type BatteryChargeState = Static<typeof BatteryChargeState>

export const Battery = Type.Object({
  ...uuidAssetHead,
  vendor: Ref(BatteryVendor),
  ...reachability,
  chargeState: Ref(BatteryChargeState),
  config: Type.Object({
    operationMode: Nullable(StringEnum([...batteryModes, 'UNKNOWN'], { description: 'Mode that it is in; UNKNOWN cannot be commanded.' })),
    lastUpdated
  }, { description: 'How it is set up.' }),
  information: Type.Object({
    id: Type.String({ description: 'Id at the vendor.' }),
    ...siteInformation(batteryVendors)
  }, { description: 'What kind of battery it is.' }),
  capabilities: Type.Object({
    exportFocus: Ref(Capability),
    importFocus: Ref(Capability),
    timeOfUse: Ref(Capability),
    selfReliance: Ref(Capability),
    idle: Ref(Capability)
  }, { description: 'Which modes it can be put in.' }),
  scopes: grantedScopes,
  location: Ref(AssetLocation),
  hemSystemId
}, { $id: 'Battery', description: 'A battery that stores the energy of a home.' })
export type Battery = Static<typeof Battery>

export const PaginatedBatteryList = paginated(Battery, 'batteries')
export type PaginatedBatteryList = Static<typeof PaginatedBatteryList>
