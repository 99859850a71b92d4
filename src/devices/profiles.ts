import { hour, type Millis } from '../lib/time.ts'

/** What a household draws on a kind of day: in each hour, in per mille of that day, and in all, a winter workday being 1. */
interface DayProfile {
  inDay: number
  perMille: readonly number[]
}

/** A workday, a Saturday and a Sunday. */
type Week = readonly [workday: DayProfile, saturday: DayProfile, sunday: DayProfile]

/**
 * The standard load profile H0 of households (VDEW 1999, published by BDEW; figures as in oemof/demandlib), by the hour
 * of local clocks.
 */
const winter: Week = [
  { inDay: 1, perMille: [23, 17, 15, 15, 15, 18, 35, 51, 52, 48, 45, 46, 51, 51, 45, 41, 41, 50, 65, 73, 66, 55, 46, 34] },
  { inDay: 1.13, perMille: [23, 18, 15, 14, 13, 14, 18, 28, 41, 49, 51, 54, 58, 57, 53, 50, 50, 63, 73, 73, 60, 46, 42, 36] },
  { inDay: 1.05, perMille: [29, 21, 17, 15, 14, 14, 15, 19, 33, 52, 65, 76, 77, 64, 51, 43, 40, 47, 58, 66, 60, 50, 43, 32] }
]

const summer: Week = [
  { inDay: 1.1, perMille: [26, 19, 18, 17, 17, 21, 35, 46, 50, 51, 49, 50, 56, 54, 47, 42, 41, 44, 51, 59, 59, 56, 51, 40] },
  { inDay: 1.19, perMille: [27, 21, 17, 16, 17, 17, 21, 31, 42, 51, 54, 56, 60, 58, 52, 49, 48, 49, 55, 59, 57, 51, 49, 41] },
  { inDay: 1.12, perMille: [31, 23, 19, 18, 18, 17, 18, 24, 39, 56, 65, 72, 73, 61, 50, 44, 38, 38, 44, 53, 56, 53, 49, 38] }
]

/** For each kind of day the load in each hour, 1 being the mean of a winter workday. */
type Loads = readonly number[][]

const winterLoads: Loads = winter.map(loadsOf)
const summerLoads: Loads = summer.map(loadsOf)
/** Between the seasons, as the mean of the two: our choice, near what is published. */
const otherLoads: Loads = winterLoads.map((loads, kind) => loads.map((load, i) => (load + (summerLoads[kind]?.[i] ?? 0)) / 2))

const daysInYear = 365.2425
const meanOfYear = meanLoad()

/**
 * How many times as much as on average over the year a household draws at a moment of local clocks, by H0: 0.3 on a
 * summer night, over 2 on a winter evening. Straight lines between the middles of the hours. Public holidays are as
 * other days.
 */
export function householdShape (local: Millis, latitude: number): number {
  const hours = local / hour - 0.5
  const before = Math.floor(hours)
  const share = hours - before
  return (loadIn(before, latitude) * (1 - share) + loadIn(before + 1, latitude) * share) / meanOfYear
}

/** The load in an hour since 1970 of local clocks. The south has the seasons of the north half a year later. */
function loadIn (hours: number, latitude: number): number {
  const days = Math.floor(hours / 24)
  const dayOfYear = modulo(days + (latitude < 0 ? daysInYear / 2 : 0), daysInYear)
  // 1970-01-01 was a Thursday; 0 is Monday.
  const kind = Math.max(0, modulo(days + 3, 7) - 4)
  return (loadsOn(dayOfYear)[kind]?.[hours - 24 * days] ?? 0) * factorOn(dayOfYear)
}

/** Winter is from 1 November to 20 March, summer from 15 May to 14 September; the first of January is day 0. */
function loadsOn (dayOfYear: number): Loads {
  if (dayOfYear < 79 || dayOfYear >= 304) return winterLoads
  return dayOfYear >= 134 && dayOfYear < 257 ? summerLoads : otherLoads
}

/** What H0 is multiplied by on a day of the year, so that it changes from day to day (guide of the BDEW on load profiles): 1.24 in January, 0.79 in July. */
function factorOn (d: number): number {
  return (((-3.92e-10 * d + 3.2e-7) * d - 7.02e-5) * d + 2.1e-3) * d + 1.24
}

function loadsOf ({ inDay, perMille }: DayProfile): number[] {
  return perMille.map(share => share / 1000 * 24 * inDay)
}

/** The mean of a year in which each day of the year falls on each day of the week alike. */
function meanLoad (): number {
  let sum = 0
  for (let dayOfYear = 0; dayOfYear < 365; dayOfYear++) {
    const [workday = 0, saturday = 0, sunday = 0] = loadsOn(dayOfYear).map(loads => loads.reduce((total, load) => total + load, 0) / 24)
    sum += factorOn(dayOfYear) * (5 * workday + saturday + sunday) / 7
  }
  return sum / 365
}

/**
 * When hot water is drawn, in per mille of the day by the hour of local clocks: most of it in the morning and in the
 * evening. Our choice.
 */
const hotWater = [8, 4, 2, 2, 5, 25, 80, 105, 85, 50, 38, 36, 42, 38, 30, 28, 34, 50, 70, 78, 72, 58, 40, 20]

/** How many times as much hot water as on average over the day is drawn in an hour of local clocks. */
export function hotWaterShape (local: Millis): number {
  return (hotWater[modulo(Math.floor(local / hour), 24)] ?? 0) * 24 / 1000
}

/** The remainder, never below zero. */
function modulo (value: number, divisor: number): number {
  const rest = value % divisor
  return rest < 0 ? rest + divisor : rest
}
