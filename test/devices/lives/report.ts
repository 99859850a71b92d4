import { type LifeName } from '../../../src/contract/mock-life.ts'
import { lifeOf } from '../../../src/devices/life/index.ts'
import { placeAt } from '../../../src/devices/place.ts'
import { cityAt, scheduled, yearOf } from '../heating.ts'
import { mean, published, roof, sum } from '../roofs.ts'
import { carYear, cities, type CarYear, type City } from './year.ts'

/** What a figure is, what it ought to be, and who says so. */
export interface Figure {
  name: string
  value: number
  unit: string
  least: number
  most: number
  /** What was published, and where. */
  published: string
}

/** How many of a hundred cars live so: our mix, since nobody publishes one. */
const mix: ReadonlyArray<readonly [LifeName, number]> = [
  ['commuter', 36], ['home-office', 16], ['two-cars', 16], ['retired', 10], ['forgetful', 8], ['long-distance', 5], ['night-shift', 5], ['holiday-home', 4]
]

const names = Object.keys(cities) as City[]

/** So many years of cars, each of another home. */
export function carYears (count: number): CarYear[] {
  return Array.from({ length: count }, (_, i) => carYear(i + 1, lifeAt(i), names[i % names.length] ?? 'Berlin'))
}

/** The life of the i-th: a hundred of them are the mix, in an order in which any twenty nearly are. */
function lifeAt (i: number): LifeName {
  let left = i * 37 % 100
  return mix.find(([, share]) => (left -= share) < 0)?.[0] ?? 'commuter'
}

/** What people publish of cars and their charging, held against years of simulated ones. */
export function figuresOf (years: readonly CarYear[]): Figure[] {
  const electric = years.filter(({ dcKw }) => dcKw > 0)
  const trips = electric.flatMap(year => year.trips.map(trip => ({ ...trip, month: new Date(trip.departedAt).getUTCMonth() })))
  const per100 = (months: readonly number[]): number => {
    const of = trips.filter(({ month }) => months.includes(month))
    return sum(of.map(({ kwh }) => kwh)) / sum(of.map(({ km }) => km)) * 100
  }
  const home = electric.flatMap(({ sessions }) => sessions.filter(({ isHome }) => isHome))
  const weeks = 365 / 7
  const hours = (from: number, to: number): number => home.filter(({ localHour }) => localHour >= from && localHour < to).length / home.length * 100
  const [summer, winter] = [per100([5, 6, 7]), per100([11, 0, 1])]
  const usual = electric.filter(({ life }) => life !== 'holiday-home')
  const unmoved = mean(usual.map(({ movedDays }) => 1 - movedDays / 365)) * 100
  return [
    { name: 'kilometres a year', value: mean(years.map(({ km }) => km)), unit: 'km', least: 11_000, most: 16_500, published: '12,309 all cars (KBA, DE 2024), 14,600 electric ones (MiD, DE 2023)' },
    { name: 'trips a week', value: trips.length / electric.length / weeks, unit: '', least: 9, most: 19, published: '18 (RAC Foundation, GB 2012)' },
    { name: 'length of a trip, mean', value: mean(trips.map(({ km }) => km)), unit: 'km', least: 11, most: 24, published: '15 (MiD 2002), 11 (EV Project, US 2011)' },
    { name: 'length of a trip, median', value: middle(trips.map(({ km }) => km)), unit: 'km', least: 5, most: 14, published: '6 (MiD 2002), 6.4 (EV Project)' },
    { name: 'days on which a car does not move', value: unmoved, unit: '%', least: 25, most: 50, published: 'a third (MiD 2008) to almost half (MiD 2023)' },
    { name: 'use in summer', value: summer, unit: 'kWh/100 km', least: 14, most: 19.5, published: '14 to 21 by class (SimBEV)' },
    { name: 'use in winter against summer', value: winter / summer, unit: '', least: 1.2, most: 1.5, published: '1.35 at 0 °C (Geotab 2020); range -19 % at 0 °C (NAF 2025)' },
    { name: 'charges at home in a week', value: home.length / electric.length / weeks, unit: '', least: 2, most: 4.4, published: '3 (Electric Nation, GB), 4.4 (TØI, NO 2019), 1 to 2 (DfT 2025)' },
    { name: 'energy of a charge at home, mean', value: mean(home.map(({ kwh }) => kwh)), unit: 'kWh', least: 9, most: 24, published: '23.9 (ElaadNL), less where people plug in more often' },
    { name: 'level at plug-in at home, mean', value: mean(home.map(({ startPercent }) => startPercent)), unit: '%', least: 45, most: 70, published: 'above 50 (Electric Nation)' },
    { name: 'share of energy charged at home', value: sum(electric.map(({ homeKwh }) => homeKwh)) / sum(electric.map(({ homeKwh, awayKwh }) => homeKwh + awayKwh)) * 100, unit: '%', least: 62, most: 88, published: '82 (EV Project), 70 to 75 (EU)' },
    { name: 'charges at home that begin from 16 to 20 h', value: hours(16, 20), unit: '%', least: 33, most: 58, published: '46 on weekdays, 31 at weekends (ElaadNL)' },
    { name: 'charges at home that begin from 0 to 7 h', value: hours(0, 7), unit: '%', least: 0.5, most: 14, published: '3 to 8 (ElaadNL); more where the car has a timer' },
    { name: 'drain of a parked car', value: mean(years.map(({ drainPercentADay }) => drainPercentADay)), unit: '% a day', least: 0.1, most: 1, published: '0.1 to 0.3 asleep, 1 (Tesla manual)' }
  ]
}

/** What people publish of houses: what they use, what their roofs give, and how well their heat pumps work. */
export function houseFigures (): Figure[] {
  const ready = { latitude: 52.52, longitude: 13.405, seed: 1 }
  const houses = Array.from({ length: 300 }, (_, i) => lifeOf({ ...placeAt({ ...ready, latitude: ready.latitude + i / 1000 }), life: { name: lifeAt(i) } }).houseKwh)
  const roofs = published.map(([city, latitude, longitude, , yields]): Figure => {
    const year = sum(yields)
    return { name: `panels in ${city}`, value: sum(roof(latitude, longitude, 1).kwh), unit: 'kWh/kWp', least: year * 0.85, most: year * 1.12, published: `${year} (PVGIS, PVWatts; within a year of weather)` }
  })
  const pumps = ([['Oslo', 3.4], ['Berlin', 3.9], ['London', 4.2], ['Madrid', 4.8]] as const).map(([city, newest]): Figure => {
    const { heat, electricity } = yearOf(scheduled('NIBE', 'F2120-8', cityAt(city), 3))
    return { name: `seasonal COP of an air-water heat pump in ${city}`, value: heat / electricity, unit: '', least: 2.65, most: newest, published: `2.65 to 2.93 metered (GB), ${newest} new at 35 °C` }
  })
  return [
    { name: 'electricity of a house in Berlin', value: mean(houses), unit: 'kWh a year', least: 2400, most: 3900, published: '1,900 to 4,085 by persons (BDEW 2022)' },
    ...roofs,
    ...pumps
  ]
}

/** The figures as a table. */
export function table (figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, least, most, published }) => [name, `${round(value)} ${unit}`.trim(), `${round(least)} to ${round(most)}`, published, value >= least && value <= most ? '' : 'OUTSIDE'])
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

function round (value: number): string {
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)))
}

function middle (values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
