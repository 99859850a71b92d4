import { Cache } from '../../lib/cache.ts'
import { unitAt } from '../../lib/random.ts'
import { day, hour, minute, type Millis } from '../../lib/time.ts'
import { type Place } from '../place.ts'
import { seedOf, seedWithin } from './chance.ts'
import { minutesLater, minutesOf } from './clock.ts'
import { driveHours } from './figures.ts'
import { type Driver, type Life, type Outing } from './life.ts'
import { drawLife } from './lives.ts'
import { whole } from './rounding.ts'

/** A home, how people live there, and of which seed their days follow. */
export interface Household {
  home: Place
  life: Life
  seed: number
  drivers: readonly Who[]
}

/** A driver of a household, with what follows from the figures for every day. */
export interface Who {
  household: Household
  driver: Driver
  isFirst: boolean
  seed: number
  /** When the driver usually leaves for work, since midnight; how long it is until the car leaves work again; and the way. */
  usual: Millis
  away: Millis
  drive: Millis
  /** Whether work may end on the next day. */
  isOvernight: boolean
  /** Whether the car never goes anywhere, so that nobody has to look for when. */
  isIdle: boolean
  /** The last answer to what the next outing is, which holds for every moment from `since` until it begins: whoever looks at a car asks. */
  next?: { since: Millis, outing: Outing }
  /** The outings of a day that was asked for and of the one before. */
  around?: { today: number, outings: readonly Outing[] }
}

/** Homes that are remembered at most, some 2 KB each. */
const mostHomes = 4000

/** What is known of homes. It follows from the place: nothing makes it stale, and nobody has to tell. A place that was read from a row is another object each time, and the same home. */
const known = new WeakMap<Place, Household>()
const knownByText = new Cache<string, Household>(mostHomes)

export function householdOf (home: Place): Household {
  const remembered = known.get(home)
  if (remembered !== undefined) return remembered
  const { latitude, longitude, seed, timezone, life } = home
  const household = knownByText.of(`${latitude} ${longitude} ${seed} ${timezone} ${life === undefined ? '' : JSON.stringify(life)}`, () => made(home))
  known.set(home, household)
  return household
}

function made (home: Place): Household {
  const life = drawLife(home)
  const drivers: Who[] = []
  const household: Household = { home, life, seed: seedWithin(seedOf(home), 2), drivers }
  for (const [i, driver] of life.drivers.entries()) drivers.push(whoIs(household, driver, i))
  return household
}

function whoIs (household: Household, driver: Driver, index: number): Who {
  const leaves = minutesOf(driver.leavesAt)
  const [usual, away, drive] = [leaves * minute, minutesLater(leaves, minutesOf(driver.backAt)) * minute, driveMs(driver.commuteKm)]
  return { household, driver, isFirst: index === 0, seed: seedWithin(household.seed, index), usual, away, drive, isOvernight: usual + away + drive > day - 2 * hour, isIdle: isIdle(household.life, driver, index) }
}

/**
 * The owners of a holiday home live in town. They come with their car for the weeks off and on some weekends, from Friday
 * evening to Sunday, as often as they have long trips; for the rest of the year it is in town.
 */
export function isHolidayHome ({ name }: Life): boolean {
  return name === 'holiday-home'
}

function isIdle (life: Life, { workdays, atHomeShare, errandsPerWeek, weekendShare, longTripsPerYear }: Driver, index: number): boolean {
  if (isHolidayHome(life)) return life.holidayWeeks === 0 && life.drivers[0]?.longTripsPerYear === 0
  const isWorking = workdays.length > 0 && atHomeShare < 1
  return !isWorking && errandsPerWeek === 0 && weekendShare === 0 && longTripsPerYear === 0 && (life.holidayWeeks === 0 || index > 0)
}

/** How long a drive takes as planned, in whole seconds. */
export function driveMs (km: number): Millis {
  return whole(driveHours(km) * hour)
}

/** What is drawn for a day, by the number it has in the chance of a driver. */
export const draws = { isLong: 0, longDays: 1, longEnd: 2, awayKm: 3, awayBearing: 4, awayLeaves: 5, awayBack: 6, awayPlug: 7, atHome: 8, leaves: 9, back: 10, workPlug: 11, isLeisure: 12, leisureLeaves: 13, leisureStay: 14, leisurePlace: 15, leisurePlug: 16, errands: 17, plugsIn: 18, errand: 20 } as const

export function chanceOn ({ seed }: Who, date: number, draw: number): number {
  return unitAt(seed, date, draw)
}
