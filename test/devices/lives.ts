import { type LifeName } from '../../src/contract/mock-life.ts'
import { householdOf, type Who } from '../../src/devices/life/household.ts'
import { nextOuting } from '../../src/devices/life/index.ts'
import { type Outing } from '../../src/devices/life/life.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { type Random } from '../../src/lib/random.ts'
import { day, type Millis } from '../../src/lib/time.ts'
import { offsetAt } from '../../src/lib/timezone.ts'

export const year = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-01-01T00:00:00Z') }

/** Cities of the countries of which figures are published. */
export const cities = {
  Oslo: [59.91, 10.75],
  Stockholm: [59.33, 18.07],
  Berlin: [52.52, 13.4],
  Utrecht: [52.09, 5.12],
  London: [51.5, -0.12],
  Paris: [48.86, 2.35],
  Madrid: [40.42, -3.7],
  'San Francisco': [37.77, -122.42],
  Sydney: [-33.87, 151.21],
  Kathmandu: [27.7, 85.3]
} as const satisfies Record<string, readonly [number, number]>
export type City = keyof typeof cities

/** Homes in and around a city in which people live in one way. */
export function homesIn (random: Random, city: City, name: LifeName, count: number): Place[] {
  const [latitude, longitude] = cities[city]
  return Array.from({ length: count }, () => placeAt({ latitude: latitude + random.between(-0.05, 0.05), longitude: longitude + random.between(-0.05, 0.05), seed: 1, life: { name } }))
}

export function driversOf (home: Place): readonly Who[] {
  return householdOf(home).drivers
}

/** What a driver does between two moments. */
export function outingsOf (home: Place, driver: number, from: Millis = year.from, to: Millis = year.to): Outing[] {
  const outings: Outing[] = []
  for (let next = nextOuting(home, driver, from); next !== undefined && next.leaveAt < to; next = nextOuting(home, driver, next.leaveAt)) outings.push(next)
  return outings
}

/** What calendar and clocks at a home show: the days since 1970, the day of the week from 0 for Monday, and the hours since midnight. */
export function localOf ({ timezone }: Place, at: Millis): { date: number, weekday: number, hours: number } {
  const local = at + offsetAt(timezone, at)
  const date = Math.floor(local / day)
  return { date, weekday: (date + 3) % 7, hours: (local - date * day) / 3_600_000 }
}

export function mean (values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function deviation (values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map(value => (value - middle) ** 2)))
}

export function quantile (values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN
}

/** Lines of a table, each cell as wide as the widest of its column. */
export function table (rows: ReadonlyArray<ReadonlyArray<string | number>>): string[] {
  const texts = rows.map(row => row.map(cell => typeof cell === 'number' ? String(Math.round(cell * 100) / 100) : cell))
  const widths = texts[0]?.map((_, i) => Math.max(...texts.map(row => row[i]?.length ?? 0))) ?? []
  return texts.map(row => row.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)).join('  '))
}

/** 7.5 as 7:30. */
export function clock (hours: number): string {
  const minutes = Math.round(hours * 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
