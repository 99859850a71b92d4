import { unitAt } from '../../lib/random.ts'
import { hour, second, type Millis } from '../../lib/time.ts'
import { clockHour, type Place } from '../place.ts'
import { dayAt, isFeast, weekdayOf } from './calendar.ts'
import { draws, householdOf, isHolidayHome } from './household.ts'
import { nextOuting, outingAt } from './itinerary.ts'
import { isOff } from './stretches.ts'

/** Whether nobody is at home, as planned. Where nobody drives, somebody always is. */
export function isEmpty (home: Place, at: Millis): boolean {
  const household = householdOf(home)
  const { drivers, persons } = household.life
  if (drivers.length === 0) return false
  const date = dayAt(home.timezone, at)
  if (!isHolidayHome(household.life) && isOff(household, date)) return true
  let isTogether = false
  for (const index of drivers.keys()) {
    const outing = outingAt(home, index, at)
    if (outing === undefined) return false
    isTogether ||= outing.purpose !== 'work' && outing.purpose !== 'errand'
  }
  // Who does not drive goes along for pleasure, and to work or school where anybody works.
  if (isTogether || persons <= drivers.length) return true
  const hours = clockHour(home, at)
  return hours >= 8 && hours < 16 && weekdayOf(date) < 5 && !isFeast(date) && drivers.some(({ workdays }) => workdays.length > 0)
}

/** Whether a driver who comes home plugs the car in. */
export function plugsIn (home: Place, driver: number, at: Millis, levelPercent: number): boolean {
  const who = householdOf(home).drivers[driver]
  if (who === undefined) return false
  const unit = unitAt(who.seed, Math.floor(at / second), draws.plugsIn)
  switch (who.driver.plugsIn) {
    case 'always': return true
    case 'never': return false
    case 'forgetful': return unit >= 1 / 3
    case 'below': {
      const strict = home.life?.drivers?.[driver]?.plugsInBelow
      return levelPercent < (strict ?? limitNow(unit, who.driver.plugsInBelow)) && (strict !== undefined || levelPercent < urgent || !leavesSoon(home, driver, at))
    }
  }
}

/** Nobody leaves a car as empty as this, in percent. */
const urgent = 15

/** How many plug in far above and far below their usual limit, and how far from it that is in percent. */
const habit = { farAbove: 0.05, farBelow: 0.8, spread: 20 }

/**
 * The level below which a driver plugs in this time, who has no strict one: of those who come home far below the usual
 * limit four of five do, of those far above it one of twenty; those who always do make it one of seven.
 */
function limitNow (unit: number, usual: number): number {
  if (unit < habit.farAbove) return 101
  return unit >= habit.farBelow ? urgent : usual + habit.spread - 2 * habit.spread * (unit - habit.farAbove) / (habit.farBelow - habit.farAbove)
}

/** Whether it is not worth it, since the car is needed again. */
function leavesSoon (home: Place, driver: number, at: Millis): boolean {
  return (nextOuting(home, driver, at)?.leaveAt ?? Infinity) < at + 4 * hour
}
