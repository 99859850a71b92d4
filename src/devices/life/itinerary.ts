import { unitAt } from '../../lib/random.ts'
import { hour, minute, type Millis } from '../../lib/time.ts'
import { type Place } from '../place.ts'
import { dayAt, momentOf } from './calendar.ts'
import { normalAt } from './chance.ts'
import { plansOn } from './days.ts'
import { chanceOn, draws, driveMs, householdOf, isHolidayHome, type Who } from './household.ts'
import { type Outing } from './life.ts'
import { degrees, tenth, whole } from './rounding.ts'
import { stretchOver, type Stretch } from './stretches.ts'

/** Days ahead that are looked at: some drivers go nowhere for months. */
const daysAhead = 400

/** The first outing of a driver that begins after a moment; undefined where none does within the next 400 days. */
export function nextOuting (home: Place, driver: number, after: Millis): Outing | undefined {
  const who = householdOf(home).drivers[driver]
  if (who === undefined || who.isIdle) return undefined
  if (who.next !== undefined && after >= who.next.since && after < who.next.outing.leaveAt) return who.next.outing
  const outing = findOuting(who, after)
  if (outing !== undefined) who.next = { since: after, outing }
  return outing
}

function findOuting (who: Who, after: Millis): Outing | undefined {
  const today = dayAt(who.household.home.timezone, after)
  for (let date = today; date <= today + daysAhead;) {
    const stretch = stretchOver(who, date)
    for (const outing of outingsOf(who, date, stretch)) if (outing.leaveAt > after) return outing
    date = (stretch?.to ?? date) + 1
  }
  return undefined
}

/** The outing on which a driver is at a moment, as planned. */
export function outingAt (home: Place, driver: number, at: Millis): Outing | undefined {
  const who = householdOf(home).drivers[driver]
  if (who === undefined) return undefined
  const today = dayAt(home.timezone, at)
  if (who.around?.today !== today) who.around = { today, outings: [today - 1, today].flatMap(date => outingsOf(who, date, stretchOver(who, date))) }
  return who.around.outings.find(outing => outing.leaveAt <= at && at < homeAt(outing))
}

/** When an outing is over, as planned. */
export function homeAt ({ backAt, km }: Outing): Millis {
  return backAt + driveMs(km)
}

/** What a driver does on a day, in order; a stretch of days is one outing. */
function outingsOf (who: Who, date: number, stretch: Stretch | undefined): Outing[] {
  if (stretch !== undefined) return awayFor(who, stretch)
  const { timezone } = who.household.home
  return plansOn(who, date).map(({ purpose, leaves, leavesThere, km, bearing, plugsIn }) => (
    { purpose, leaveAt: momentOf(timezone, date, leaves), backAt: momentOf(timezone, date, leavesThere), km, bearing, plugsIn }
  ))
}

/** A household goes on holiday in its first car. */
function awayFor (who: Who, { purpose, from, to, km: exactKm }: Stretch): Outing[] {
  if (purpose === 'holiday' && !who.isFirst) return []
  const { household } = who
  const isTown = isHolidayHome(household.life)
  const chance = (draw: number): number => chanceOn(who, from, draw)
  const moment = (date: number, hours: number, minutes: number, draw: number): Millis => momentOf(household.home.timezone, date, whole(hours * hour + minutes * minute * normalAt(chance(draw))))
  const leaveAt = isTown ? moment(from, 16.5, 45, draws.awayLeaves) : moment(from, 9.5, 65, draws.awayLeaves)
  const km = tenth(exactKm)
  const drive = driveMs(km)
  const home = moment(to, isTown ? 19 : 20, 45, draws.awayBack)
  const bearing = degrees(isTown ? unitAt(household.seed, 103) : chance(draws.awayBearing))
  return [{ purpose, leaveAt, backAt: Math.max(home - drive, leaveAt + drive + hour), km, bearing, plugsIn: chance(draws.awayPlug) < (isTown ? 0.8 : 0.5) }]
}
