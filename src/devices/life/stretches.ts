import { unitAt } from '../../lib/random.ts'
import { isWeekOff, weekdayOf, weekOf } from './calendar.ts'
import { logNormalAt } from './chance.ts'
import { chanceOn, draws, isHolidayHome, type Household, type Who } from './household.ts'

/** Days in a row that a car is away, the first and the last among them. */
export interface Stretch {
  purpose: 'long' | 'holiday'
  from: number
  to: number
  km: number
}

/** The days away that a day is among. Weeks have them each for itself, so that none needs to know how the one before went. */
export function stretchOver (who: Who, date: number): Stretch | undefined {
  const { household } = who
  if (isHolidayHome(household.life)) return inTown(who, date)
  return isOff(household, date) ? holiday(who, date) : longTrip(who, weekOf(date), date)
}

/** Whether a day belongs to the holidays: whole weeks, and the weekend before them. */
export function isOff (household: Household, date: number): boolean {
  const week = weekOf(date)
  return isWeekOff(household, week) || (weekdayOf(date) >= 5 && isWeekOff(household, week + 1))
}

function holiday (who: Who, date: number): Stretch {
  const [from, to] = reach(date, each => isOff(who.household, each))
  const unit = chanceOn(who, from, draws.awayKm)
  // Two of five go by train or by air, and leave the car at a station.
  const km = unit < 0.4 ? 15 + 150 * unit : logNormalAt((unit - 0.4) / 0.6, 1.6 * who.driver.longTripKm, 0.5)
  return { purpose: 'holiday', from, to, km: Math.min(1800, km) }
}

/** A long trip is within a week, which has one at most, and most end on its Sunday. */
function longTrip (who: Who, week: number, date: number): Stretch | undefined {
  const { household, driver: { longTripsPerYear, longTripKm } } = who
  const monday = 7 * week - 3
  if (chanceOn(who, monday, draws.isLong) >= longTripsPerYear / openWeeks(household) || isWeekOff(household, week) || isWeekOff(household, week + 1)) return undefined
  const km = Math.min(1500, Math.max(50, logNormalAt(chanceOn(who, monday, draws.awayKm), longTripKm, 0.4)))
  const days = (km < 250 ? 1 : km < 500 ? 2 : km < 900 ? 3 : 4) + (chanceOn(who, monday, draws.longDays) < 0.5 ? 0 : 1)
  const end = chanceOn(who, monday, draws.longEnd)
  const to = monday + (end < 0.75 ? 6 : days - 1 + Math.floor((end - 0.75) / 0.25 * (8 - days)))
  const from = to - days + 1
  return date >= from && date <= to ? { purpose: 'long', from, to, km } : undefined
}

/** In how many weeks of a year there is room for a long trip: a week of holidays takes more than itself, since the weekend before is part of it. */
function openWeeks ({ life }: Household): number {
  return 52 - 1.6 * life.holidayWeeks
}

/** Where the car of a holiday home is while nobody is there. */
function inTown (who: Who, date: number): Stretch | undefined {
  const { household, driver } = who
  if (isVisit(household, date)) return undefined
  const [from, to] = reach(date, each => !isVisit(household, each))
  return { purpose: 'long', from, to, km: driver.longTripKm }
}

/** Whether the owners of a holiday home are there all day. All of them come together, as often as the first likes. */
function isVisit (household: Household, date: number): boolean {
  const [week, weekday] = [weekOf(date), weekdayOf(date)]
  if (isOff(household, date) && (weekday < 6 || isWeekOff(household, week + 1))) return true
  return weekday === 5 && unitAt(household.seed, 102, week) < (household.life.drivers[0]?.longTripsPerYear ?? 0) / openWeeks(household)
}

/** The first and the last day of those around a day of which something holds, as far as it matters. */
function reach (date: number, holds: (date: number) => boolean): [from: number, to: number] {
  let [from, to] = [date, date]
  while (from > date - farthest && holds(from - 1)) from--
  while (to < date + farthest && holds(to + 1)) to++
  return [from, to]
}

/** Days in a row that a search goes. */
const farthest = 400
