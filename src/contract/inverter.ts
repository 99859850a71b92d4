import { Type, type Static } from '@sinclair/typebox'
import { AssetLocation, Capability, grantedScopes, hemSystemId, lastUpdated, reachability, siteInformation, timezone, uuidAssetHead } from './common.ts'
import { Nullable, StringEnum, Timestamp } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { InverterVendor, inverterVendors } from './vendors.ts'

export const Inverter = Type.Object({
  ...uuidAssetHead,
  vendor: Ref(InverterVendor),
  ...reachability,
  productionState: Type.Object({
    productionRate: Nullable(Type.Number({ description: 'Power that it produces, in kW.' })),
    isProducing: Nullable(Type.Boolean({ description: 'Whether it produces at the moment.' })),
    totalLifetimeProduction: Nullable(Type.Number({ description: 'Energy produced since installation, in kWh.' })),
    lastUpdated
  }, { description: 'What is known of the production. Null where the vendor does not tell.' }),
  timezone: Nullable(timezone),
  capabilities: Type.Object({
    productionState: Ref(Capability),
    productionStatistics: Ref(Capability)
  }, { description: 'Which data it reports.' }),
  scopes: grantedScopes,
  information: Type.Object({
    id: Type.String({ description: 'Id at the vendor.' }),
    sn: Nullable(Type.String({ description: 'Serial number.' })),
    ...siteInformation(inverterVendors)
  }, { description: 'What kind of inverter it is.' }),
  location: Ref(AssetLocation),
  hemSystemId
}, { $id: 'Inverter', description: 'An inverter of a solar installation.' })
export type Inverter = Static<typeof Inverter>

export const PaginatedInverterList = paginated(Inverter, 'solar inverters')
export type PaginatedInverterList = Static<typeof PaginatedInverterList>

export const ProductionSeries = Type.Object({
  unit: StringEnum(['kWh'], { description: 'Unit of the values.' }),
  data: Nullable(Type.Array(Type.Object({
    date: Type.String({ format: 'date-time', description: 'Start of the interval, ISO 8601 with the offset of the inverter.' }),
    value: Nullable(Type.Number({ description: 'Energy produced in the interval, in kWh; null if unknown.' }))
  }), { description: 'One value for each interval; null if there is no data.' }))
}, { $id: 'ProductionSeries', description: 'Energy produced in intervals of one length.' })
export type ProductionSeries = Static<typeof ProductionSeries>

/** The figures themselves, which an answer and a webhook event carry alike. */
export const productionStatistics = {
  timezone,
  resolutions: Type.Object({
    QUARTER_HOUR: Type.Optional(Ref(ProductionSeries)),
    DAY: Type.Optional(Ref(ProductionSeries))
  }, { description: 'Quarter hours when a day was asked for, days when a month was.' })
}

export const InverterStatistics = Type.Object(productionStatistics, { $id: 'InverterStatistics', description: 'Production that is final.' })
export type InverterStatistics = Static<typeof InverterStatistics>

export const ProvisionalInverterStatistics = Type.Object({
  ...productionStatistics,
  retryAfter: Timestamp('When to ask again.')
}, { $id: 'ProvisionalInverterStatistics', description: 'Production that may still change.' })
export type ProvisionalInverterStatistics = Static<typeof ProvisionalInverterStatistics>

export const InverterStatisticsQuery = Type.Object({
  year: Type.Integer({ minimum: 1969, maximum: 2999, description: 'Year, in the timezone of the inverter.' }),
  month: Type.Integer({ minimum: 1, maximum: 12, description: 'Month of the year, from 1.' }),
  day: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, description: 'Day of the month. Without it the whole month is answered, day by day.' }))
})
export type InverterStatisticsQuery = Static<typeof InverterStatisticsQuery>
