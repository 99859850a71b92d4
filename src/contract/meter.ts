import { Type, type Static } from '@sinclair/typebox'
import { AssetLocation, Capability, grantedScopes, hemSystemId, lastUpdated, reachability, siteInformation, uuidAssetHead } from './common.ts'
import { Nullable } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { MeterVendor, meterVendors } from './vendors.ts'

export const Meter = Type.Object({
  ...uuidAssetHead,
  vendor: Ref(MeterVendor),
  ...reachability,
  information: Type.Object(siteInformation(meterVendors), { description: 'What kind of meter it is.' }),
  energyState: Type.Object({
    power: Nullable(Type.Number({ description: 'Power drawn from the grid, in kW; below zero while the home gives back.' })),
    lastUpdated
  }, { description: 'What the meter reads.' }),
  location: Ref(AssetLocation),
  capabilities: Type.Object({
    measuresConsumption: Ref(Capability),
    measuresProduction: Ref(Capability)
  }, { description: 'What it measures.' }),
  scopes: grantedScopes,
  hemSystemId
}, { $id: 'Meter', description: 'A meter between a home and the grid.' })
export type Meter = Static<typeof Meter>

export const PaginatedMeterList = paginated(Meter, 'meters')
export type PaginatedMeterList = Static<typeof PaginatedMeterList>
