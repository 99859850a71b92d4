import { unitAt } from '../../lib/random.ts'
import { day, hour, minute, type Millis } from '../../lib/time.ts'
import { isFeast, weekdayOf } from './calendar.ts'
import { normalAt } from './chance.ts'
import { chanceOn, draws, driveMs, type Who } from './household.ts'
import { type Outing } from './life.ts'
import { degrees, tenth, whole } from './rounding.ts'
import { stretchOver } from './stretches.ts'

/** A plan for a day that is not spent away, by clocks that show milliseconds since its midnight. */
export interface Plan extends Omit<Outing, 'leaveAt' | 'backAt'> {
  leaves: Millis
  leavesThere: Millis
  home: Millis
}

/** Between which hours anything but work happens. */
const [morning, night] = [6.5 * hour, 23.5 * hour]
/** How long a driver stays at home between two outings, and after a night at work. */
const pause = 20 * minute
const sleep = 6 * hour
/** How much earlier or later than usual work begins and ends, as standard deviations from day to day. */
const jitter = { leaves: 12 * minute, back: 30 * minute }

/** What a driver does on a day, in order. */
export function plansOn (who: Who, date: number): Plan[] {
  const main = workOn(who, date) ?? leisureOn(who, date)
  const errands = errandsOn(who, date, main)
  return main === undefined ? errands : [...errands, main].sort((a, b) => a.leaves - b.leaves)
}

function workOn (who: Who, date: number): Plan | undefined {
  const { driver: { workdays, atHomeShare, commuteKm, chargesAtWork }, usual, away, drive, isOvernight, seed } = who
  if (!workdays.includes(weekdayOf(date)) || isFeast(date) || chanceOn(who, date, draws.atHome) < atHomeShare) return undefined
  // Nobody works through the night before a trip.
  if (isOvernight && stretchOver(who, date + 1) !== undefined) return undefined
  const leaves = Math.min(day - minute, Math.max(0, usual + jitter.leaves * bounded(chanceOn(who, date, draws.leaves))))
  // Home an hour before work begins on the next day, whatever is wished.
  const leavesThere = Math.min(usual + away + jitter.back * bounded(chanceOn(who, date, draws.back)), usual + 23 * hour - drive)
  return plan('work', leaves, Math.max(leavesThere, leaves + drive + 15 * minute), commuteKm, unitAt(seed, 0, 200), chanceOn(who, date, draws.workPlug) < chargesAtWork)
}

function leisureOn (who: Who, date: number): Plan | undefined {
  const { weekendShare, weekendKm } = who.driver
  if ((weekdayOf(date) < 5 && !isFeast(date)) || chanceOn(who, date, draws.isLeisure) >= weekendShare) return undefined
  const [km, bearing] = somewhere(who, weekendKm, chanceOn(who, date, draws.leisurePlace), 8)
  const drive = driveMs(km)
  const leaves = Math.max(freeFrom(who, date), Math.min(10.9 * hour + 115 * minute * normalAt(chanceOn(who, date, draws.leisureLeaves)), night - 2 * drive - hour))
  const stay = Math.min(Math.max(hour, 4.6 * hour + 2 * hour * normalAt(chanceOn(who, date, draws.leisureStay))), night - leaves - 2 * drive)
  return stay < 15 * minute ? undefined : plan('leisure', leaves, leaves + drive + stay, km, bearing, chanceOn(who, date, draws.leisurePlug) < 0.12)
}

/** Errands are where the day has room: after work, before a night at work, around what else is done. */
function errandsOn (who: Who, date: number, main: Plan | undefined): Plan[] {
  const { workdays, errandsPerWeek, errandKm } = who.driver
  const count = countOf(errandsPerWeek / 7 * (weekdayOf(date) === 6 ? sunday : 1 + (1 - sunday) / 6), chanceOn(who, date, draws.errands))
  if (count === 0) return []
  const chance = (i: number, figure: number): number => chanceOn(who, date, draws.errand + 5 * i + figure)
  const isEvening = main?.purpose === 'work' && main.leaves < 12 * hour
  // Who does not work goes out before noon, who works at home also towards the evening.
  const hours = workdays.length === 0 ? 4 * hour : 5.5 * hour
  const wished = Array.from({ length: count }, (_, i) => isEvening ? main.home + pause + 2.5 * hour * chance(i, 0) : 8.25 * hour + hours * (chance(i, 0) + chance(i, 1)))
  const errands: Plan[] = []
  let free = freeFrom(who, date)
  for (const [i, wish] of wished.sort((a, b) => a - b).entries()) {
    const [km, bearing] = somewhere(who, errandKm, chance(i, 2), 5)
    const stay = (isEvening ? 30 + 120 * chance(i, 3) : 20 + 150 * chance(i, 3) ** 2) * minute
    const length = stay + 2 * driveMs(km)
    let leaves = Math.max(free, wish)
    if (main !== undefined && leaves + length + pause > main.leaves && leaves < main.home + pause) leaves = main.home + pause
    if (leaves + length > night) continue
    errands.push(plan('errand', leaves, leaves + driveMs(km) + stay, km, bearing, chance(i, 4) < 0.04))
    free = leaves + length + pause
  }
  return errands
}

/** Errands of a Sunday against those of the mean day. */
const sunday = 0.6

/** How many errands a day has where it has so many on average. Who goes out at all goes twice half of the time. */
function countOf (mean: number, unit: number): number {
  if (mean > 1.5) return Math.floor(mean + unit)
  return unit < mean / 3 ? 2 : unit < 2 * mean / 3 ? 1 : 0
}

/** When on a day a driver may leave for anything but work: in the morning, or after having slept off a night at work. */
function freeFrom (who: Who, date: number): Millis {
  if (!who.isOvernight || stretchOver(who, date - 1) !== undefined) return morning
  const before = workOn(who, date - 1)
  return before === undefined || before.home < day ? morning : Math.max(morning, before.home - day + sleep)
}

/** One of the places to which a driver goes again and again, some near and some far, on average as far as is said. */
function somewhere ({ seed }: Who, meanKm: number, unit: number, places: 5 | 8): [km: number, bearing: number] {
  const place = Math.floor(unit * places)
  return [Math.min(600, meanKm * (distances[places][place] ?? 1)), unitAt(seed, 0, 200 + places, place)]
}

/** How far places are against their mean: log-normal. */
const distances = { 5: [0.35, 0.55, 0.85, 1.25, 2], 8: [0.25, 0.35, 0.5, 0.7, 0.9, 1.2, 1.6, 2.5] } as const

function plan (purpose: Outing['purpose'], leaves: Millis, leavesThere: Millis, exactKm: number, bearing: number, plugsIn: boolean): Plan {
  const km = tenth(exactKm)
  return { purpose, leaves: whole(leaves), leavesThere: whole(leavesThere), home: whole(leavesThere) + driveMs(km), km, bearing: degrees(bearing), plugsIn }
}

function bounded (unit: number): number {
  return Math.max(-2.5, Math.min(2.5, normalAt(unit)))
}
