import { minute, type Millis } from '../lib/time.ts'
import { isEmpty } from './life/index.ts'
import { type Life } from './life/life.ts'
import { type Place } from './place.ts'

/** How long what is seen of a home is thought to hold. */
const look: Millis = 15 * minute

/** The last look at a home. It follows from the place and the moment: nothing makes it stale, and nobody has to tell. */
const lastLooks = new WeakMap<Place, { at: Millis, isDeserted: boolean }>()

/** Whether nobody is at home, as seen at the start of the quarter of an hour: a house asks for each bucket, and its heating again. */
export function isDeserted (home: Place, moment: Millis): boolean {
  if (home.life === undefined) return false
  const at = Math.floor(moment / look) * look
  const last = lastLooks.get(home)
  if (last?.at === at) return last.isDeserted
  const isDeserted = isEmpty(home, at)
  lastLooks.set(home, { at, isDeserted })
  return isDeserted
}

/** How much of what people would use in a year if they were always at home they do not use because they are away, as shares. */
export interface Absence {
  /** For days on end. */
  byDay: number
  /** Of what is left, for hours. */
  byHour: number
}

/**
 * About how much the people of a home are away, so that what they use when they are there makes up for it: as counted
 * over years of ready lives, right to some 5 %. Where others live besides the drivers, the house is empty while those
 * are at work by day and on holiday; of who lives alone it is empty also at night and during errands.
 */
export function absenceOf ({ name, persons, holidayWeeks, drivers }: Life): Absence {
  if (drivers.length === 0) return { byDay: 0, byHour: 0 }
  const isAlone = persons === 1
  const [day, night, errand] = isAlone ? [0.3, 0.16, 0.01] : [0.24, 0, 0]
  const all = (share: (driver: Life['drivers'][number]) => number): number => drivers.reduce((product, driver) => product * share(driver), 1)
  const longTrips = Math.min(...drivers.map(({ longTripsPerYear }) => longTripsPerYear))
  const work = all(({ workdays, atHomeShare }) => workdays.length / 5 * (1 - atHomeShare)) * (drivers.every(({ leavesAt, backAt }) => leavesAt < backAt) ? day : night)
  const leisure = 0.1 * all(({ weekendShare }) => weekendShare) + all(({ errandsPerWeek }) => errand * errandsPerWeek)
  return {
    byDay: name === 'holiday-home' ? Math.max(0, 1 - (7 * holidayWeeks + 2.2 * longTrips) / 365) : Math.min(0.9, 0.02 * holidayWeeks + 0.005 * longTrips),
    byHour: Math.min(0.5, work + leisure)
  }
}
