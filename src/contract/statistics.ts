import { Type, type Static } from '@sinclair/typebox'
import { Formed, keysWhere, Nullable, StringEnum, Timestamp, Uuid } from './kit.ts'
import { Ref } from './ref.ts'
import { type AssetKind } from './vendors.ts'

export const Aggregate = Type.Object({
  min: Type.Number({ description: 'Lowest value.' }),
  max: Type.Number({ description: 'Highest value.' }),
  mean: Type.Number({ description: 'Mean value.' })
}, { $id: 'Aggregate', description: 'A measure summed up over the time in which anything was consumed: power in kW by samples of 5 minutes, or the price of a kWh, whose mean is weighted by energy and which is 0 where there is none.' })
export type Aggregate = Static<typeof Aggregate>

export const NonSmartPrice = Type.Object({
  min: Nullable(Aggregate.properties.min),
  max: Nullable(Aggregate.properties.max),
  mean: Nullable(Aggregate.properties.mean)
}, { $id: 'NonSmartPrice', description: 'The price of a kWh had smart charging not moved it; null where it moved nothing.' })
export type NonSmartPrice = Static<typeof NonSmartPrice>

const figures = {
  kw: Ref(Aggregate),
  kwhSum: Type.Number({ description: 'Energy consumed, in kWh, to a thousandth of a watt-hour.' }),
  price: Ref(Aggregate),
  nonSmartPrice: Ref(NonSmartPrice),
  costSum: Type.Number({ description: 'Cost of the energy at the prices that held, in their currency; what has no price costs nothing.' }),
  estimatedSavings: Nullable(Type.Number({ description: 'What smart charging saved by its plans, in the currency of the prices; null if it moved nothing.' }))
}

export const ChargingStatistics = Type.Object({
  ...figures,
  date: Timestamp('Start of the bucket.')
}, { $id: 'ChargingStatistics', description: 'Consumption and cost in one bucket of time.' })
export type ChargingStatistics = Static<typeof ChargingStatistics>

export const ChargingSession = Type.Object({
  ...figures,
  id: Type.String({ description: 'Id of the asset.' }),
  locationId: Nullable(Uuid('Id of the location where it charged.')),
  from: Timestamp('Start of the session.'),
  to: Timestamp('End of the session.')
}, { $id: 'ChargingSession', description: 'Consumption and cost of one session of charging.' })
export type ChargingSession = Static<typeof ChargingSession>

const hasChargingStatistics = { charger: true, vehicle: true, hvac: true, inverter: false, battery: false, meter: false } as const satisfies Record<AssetKind, boolean>

export const ChargingSessionsQuery = Type.Object({
  startDate: Timestamp('Start of the interval. What lies more than 400 days back is forgotten.'),
  endDate: Type.Optional(Timestamp('End of the interval, exclusive; now unless given.')),
  locationId: Type.Optional(Uuid('Id of a location, to see what was consumed while assets were there.')),
  id: Type.Optional(Type.String({ description: 'Id of an asset of the given type, to see what it consumed; all of the type unless given.' })),
  type: StringEnum(keysWhere(hasChargingStatistics), { description: 'Type of the assets.' })
})
export type ChargingSessionsQuery = Static<typeof ChargingSessionsQuery>

export const ChargingStatisticsQuery = Type.Object({
  ...ChargingSessionsQuery.properties,
  utcOffset: Type.Optional(Formed('^[ +-]?\\d+(\\.\\d+)?$', 'a number of hours from -14 to 14, such as 1 or 5.5', { deprecated: true, description: 'Hours east of UTC, from -14 to 14 and fractions allowed, by which buckets of a day and longer are moved.' })),
  resolution: Type.Optional(StringEnum(['QUARTER_HOUR', 'HALF_HOUR', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'], { default: 'DAY', description: 'Length of a bucket. Weeks begin on Monday.' }))
})
export type ChargingStatisticsQuery = Static<typeof ChargingStatisticsQuery>
