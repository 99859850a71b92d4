import { type DriverWish, type LifeName } from '../../contract/mock-life.ts'

export type Range = readonly [least: number, most: number]

/** How the figures of a driver are drawn. Kilometres and hours are those of the country, changed by what is said here. */
export interface DriverKind {
  workdays: readonly number[]
  /** Minutes since midnight at which the driver leaves for work and is home again, and by how much that differs between homes as a standard deviation. */
  leaves: readonly [mean: number, deviation: number]
  home: readonly [mean: number, deviation: number]
  /** Against the usual way to work, and how much it differs between homes. */
  commute: readonly [factor: number, sigma: number]
  atHomeShare: Range
  errandsPerWeek: Range
  weekendShare: Range
  weekendKm: number
  longTripsPerYear: Range
  longTripKm: number
  habits: ReadonlyArray<readonly [NonNullable<DriverWish['plugsIn']>, number]>
}

export interface LifeKind {
  /** How many live there, and how often. */
  persons: ReadonlyArray<readonly [number, number]>
  /** Weeks of holidays against those of the country. */
  holidays: number
  drivers: readonly DriverKind[]
}

const clock = (hours: number, minutes: number): number => hours * 60 + minutes

/** Leaves at 7:40 give or take 55 minutes and is back at 17:15 give or take 90, of which a part is from day to day. */
const commuter: DriverKind = {
  workdays: [0, 1, 2, 3, 4],
  leaves: [clock(7, 40), 53],
  home: [clock(17, 15), 85],
  commute: [1, 0.8],
  atHomeShare: [0.18, 0.42],
  errandsPerWeek: [2, 4.5],
  weekendShare: [0.25, 0.6],
  weekendKm: 36,
  longTripsPerYear: [3, 9],
  longTripKm: 240,
  habits: [['always', 0.12], ['forgetful', 0.08], ['below', 0.8]]
}

const partner: DriverKind = { ...commuter, workdays: [0, 1, 2, 3], leaves: [clock(8, 20), 40], home: [clock(15, 0), 75], commute: [0.6, 0.7], errandsPerWeek: [3, 6], weekendShare: [0.1, 0.3], longTripsPerYear: [0, 2] }
const free: DriverKind = { ...commuter, workdays: [], errandsPerWeek: [4, 7] }

const family: LifeKind['persons'] = [[1, 0.2], [2, 0.37], [3, 0.19], [4, 0.18], [5, 0.06]]
const one = (driver: DriverKind, persons = family, holidays = 1): LifeKind => ({ persons, holidays, drivers: [driver] })

/** The ready lives. */
export const lifeKinds: Readonly<Record<LifeName, LifeKind>> = {
  still: { persons: family, holidays: 0, drivers: [] },
  commuter: one(commuter),
  'home-office': one({ ...commuter, atHomeShare: [0.75, 0.95], errandsPerWeek: [3, 6] }),
  'two-cars': { persons: [[2, 0.35], [3, 0.27], [4, 0.28], [5, 0.1]], holidays: 1, drivers: [commuter, partner] },
  'night-shift': one({ ...commuter, leaves: [clock(21, 15), 20], home: [clock(6, 45), 20], atHomeShare: [0, 0.05] }),
  retired: one({ ...free, weekendShare: [0.2, 0.5], longTripsPerYear: [4, 12] }, [[1, 0.35], [2, 0.65]], 1.3),
  'long-distance': one({ ...commuter, leaves: [clock(6, 50), 40], home: [clock(18, 0), 60], commute: [3.2, 0.35], longTripsPerYear: [18, 34], longTripKm: 280 }),
  'holiday-home': one({ ...free, weekendShare: [0.5, 0.8], longTripsPerYear: [14, 24], longTripKm: 140 }, [[2, 0.4], [3, 0.25], [4, 0.35]], 1.3),
  forgetful: one({ ...commuter, habits: [['forgetful', 1]] })
}

/** What a household in Germany uses in a year by how many they are, in kWh: BDEW 2022 up to four. */
export function germanKwh (persons: number): number {
  return [1900, 1900, 2890, 3720, 4085][persons] ?? 4085 + 400 * (persons - 4)
}

/** How long a drive takes, to plan by: ten minutes to get onto the road and to park, and 80 km/h between, which is 33 km/h over 9 km (MiD 2002). */
export function driveHours (km: number): number {
  return 1 / 6 + km / 80
}
