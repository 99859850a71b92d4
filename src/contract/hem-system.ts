import { Type, type Static } from '@sinclair/typebox'
import { lastUpdated, latitude, longitude, timezone } from './common.ts'
import { Formed, Nullable, StringEnum, Timestamp, Uuid } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { HEMSystemVendor } from './vendors.ts'

const kwhToday = (what: string) => Nullable(Type.Number({ description: `${what} since midnight, in kWh.` }))

export const HEMSystem = Type.Object({
  id: Uuid('Id of the system.'),
  userId: Type.String({ description: 'Id of the user who linked its devices.' }),
  locationId: Nullable(Uuid('Id of the location where it stands, if at one.')),
  information: Type.Object({
    vendor: Ref(HEMSystemVendor),
    name: Type.String({ description: 'Name of the system at the vendor.' }),
    installationDate: Timestamp('When it was installed.'),
    latitude: Nullable(latitude),
    longitude: Nullable(longitude),
    address: Nullable(Type.String({ description: 'Postal address.' })),
    timezone: Nullable(timezone),
    lastUpdated
  }, { description: 'What and where it is.' }),
  status: Type.Object({
    lastSeen: Nullable(Timestamp('When the vendor last answered for it.')),
    energy: Type.Object({
      today: Type.Object({
        generation: kwhToday('Solar energy generated'),
        consumption: kwhToday('Energy used by the home'),
        charge: kwhToday('Energy put into the battery'),
        discharge: kwhToday('Energy taken from the battery'),
        import: kwhToday('Energy drawn from the grid'),
        export: kwhToday('Energy given to the grid'),
        unit: Type.String({ description: 'Unit of the figures: kWh.' }),
        lastUpdated
      }, { description: 'Sums of the current day.' })
    }, { description: 'Where energy went.' })
  }, { description: 'How it is doing.' })
}, { $id: 'HEMSystem', description: 'A home energy management system: the inverter, battery and meter of one vendor at one place.' })
export type HEMSystem = Static<typeof HEMSystem>

export const PaginatedHEMSystemList = paginated(HEMSystem, 'HEM systems')
export type PaginatedHEMSystemList = Static<typeof PaginatedHEMSystemList>

export const AvailableTimeseries = Type.Object({
  isAvailable: Type.Unsafe<true>({ type: 'boolean', enum: [true], description: 'There is data.' }),
  unit: StringEnum(['kW', 'kWh', '%'], { description: 'Unit of the values.' }),
  unitType: StringEnum(['Energy', 'Power', 'SoC'], { description: 'What is measured; SoC is the level of a battery.' }),
  sampling: Type.Object({
    mode: StringEnum(['bucketed'], { description: 'Values are for intervals of equal length.' }),
    resolution: StringEnum(['PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT1H', 'P1D'], { description: 'Length of an interval, as an ISO 8601 duration.' })
  }, { description: 'How the values were taken.' }),
  timezone,
  data: Type.Array(Type.Object({
    t: Type.String({ description: 'Start of the interval, RFC 3339 with the offset of the system.' }),
    v: Nullable(Type.Number({ description: 'Value; null if unknown.' }))
  }), { description: 'One value for each interval, from midnight to midnight.' })
}, { $id: 'AvailableTimeseries', description: 'A measure over time.' })
export type AvailableTimeseries = Static<typeof AvailableTimeseries>

export const UnavailableTimeseries = Type.Object({
  isAvailable: Type.Unsafe<false>({ type: 'boolean', enum: [false], description: 'There is no data.' }),
  reason: Type.String({ description: 'Why not.' })
}, { $id: 'UnavailableTimeseries', description: 'A measure that the system does not have for this interval.' })
export type UnavailableTimeseries = Static<typeof UnavailableTimeseries>

/** The reference prints only the branch with data; that it prints no type and one value of `isAvailable` tells of the other. */
export const Timeseries = Type.Union([Ref(AvailableTimeseries), Ref(UnavailableTimeseries)], {
  $id: 'Timeseries',
  description: 'A measure over time, if there is one.'
})
export type Timeseries = Static<typeof Timeseries>

export const HEMSystemStatistics = Type.Object({
  timeseries: Type.Object({
    generation: Ref(Timeseries),
    consumption: Ref(Timeseries),
    import: Ref(Timeseries),
    export: Ref(Timeseries),
    charge: Ref(Timeseries),
    discharge: Ref(Timeseries),
    batteryLevel: Ref(Timeseries)
  }, { description: 'Every measure of the system.' })
}, { $id: 'HEMSystemStatistics', description: 'How energy flowed through a home in a day or a month.' })
export type HEMSystemStatistics = Static<typeof HEMSystemStatistics>

export const HEMSystemStatisticsQuery = Type.Object({
  interval: Formed('^\\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?$', 'a day as YYYY-MM-DD, or a month as YYYY-MM', {
    description: 'A day as YYYY-MM-DD, or a month as YYYY-MM, in the timezone of the system.'
  })
})
export type HEMSystemStatisticsQuery = Static<typeof HEMSystemStatisticsQuery>
