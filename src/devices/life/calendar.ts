import { unitAt } from '../../lib/random.ts'
import { day, type Millis } from '../../lib/time.ts'
import { offsetAt, offsetSpans } from '../../lib/timezone.ts'
import { type Household } from './household.ts'

/** The days since 1970-01-01 by the calendar of a timezone. */
export function dayAt (timezone: string, at: Millis): number {
  return Math.floor((at + offsetAt(timezone, at)) / day)
}

/** The moment at which clocks show so many milliseconds since midnight of a day: the first where they show it twice, and where they skip it, when they do. */
export function momentOf (timezone: string, date: number, sinceMidnight: Millis): Millis {
  const local = date * day + sinceMidnight
  // No clock is more than 14 hours from UTC.
  const [before, after] = [offsetAt(timezone, local - day), offsetAt(timezone, local + day)]
  const early = local - before
  if (before === after || offsetAt(timezone, early) === before) return early
  const late = local - after
  return late >= early || offsetAt(timezone, late) === after ? late : offsetSpans(timezone, late, early)[0]?.to ?? late
}

/** 0 is Monday. */
export function weekdayOf (date: number): number {
  return (date + 3) % 7
}

/** Weeks from Monday to Sunday; the Thursday of a week is the day of seven times its number. */
export function weekOf (date: number): number {
  return Math.floor((date + 3) / 7)
}

/** Christmas and New Year, on which nobody works. */
export function isFeast (date: number): boolean {
  const at = new Date(date * day)
  const [month, dayOfMonth] = [at.getUTCMonth(), at.getUTCDate()]
  return month === 11 ? dayOfMonth >= 24 && dayOfMonth <= 26 : month === 0 && dayOfMonth === 1
}

/** The weeks of a northern year in the order in which people take them off: high summer first, then those for snow, autumn and Easter. */
const weeksOff = [29, 30, 7, 28, 41, 31, 14, 27, 32, 42, 6, 26, 13, 33, 8, 25, 34, 40, 15, 24, 35, 5, 43, 23, 36, 9]
const ranks = Array.from({ length: 53 }, (_, week) => weeksOff.includes(week) ? weeksOff.indexOf(week) : Infinity)
const daysOfYear = 365.2425

/** Whether a household takes a week off. Each year it does so some weeks earlier or later; in the south it is half a year away. */
export function isWeekOff ({ home, life: { holidayWeeks }, seed }: Household, week: number): boolean {
  if (holidayWeeks === 0) return false
  const thursday = 7 * week + (home.latitude < 0 ? 182 : 0)
  const year = Math.floor(thursday / daysOfYear)
  const rank = ranks[Math.floor((thursday - year * daysOfYear) / 7) - Math.floor(7 * unitAt(seed, 100, year)) + 3]
  return rank !== undefined && rank < Math.floor(holidayWeeks + unitAt(seed, 101, year))
}
