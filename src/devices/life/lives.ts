import { type DriverWish, type LifeWish } from '../../contract/mock-life.ts'
import { unitAt } from '../../lib/random.ts'
import { type Place } from '../place.ts'
import { logNormalAt, normalAt, seedOf, seedWithin, weightedAt } from './chance.ts'
import { clockTime, minutesLater, minutesOf } from './clock.ts'
import { countryOf } from './countries.ts'
import { driveHours, germanKwh, lifeKinds, type DriverKind, type Range } from './figures.ts'
import { type Driver, type Life } from './life.ts'

/** Whoever says nothing about a home lets nobody move anything there. */
const untold: LifeWish = { name: 'still' }

/** How people live at a home, with every figure: what the wish leaves open is drawn by the seed and the position. */
export function drawLife (home: Place): Life {
  const { drivers: wishes = [], ...wish } = home.life ?? untold
  const kind = lifeKinds[wish.name]
  const country = countryOf(home)
  const seed = seedOf(home)
  const chance = (figure: number): number => unitAt(seed, 0, figure)
  const drivers = driversOf(kind.drivers, wishes).map((kind, i) => drawDriver(home, seedWithin(seed, 1, i), kind, wishes[i]))
  const persons = wish.persons ?? Math.max(weightedAt(chance(0), kind.persons, 2), drivers.length)
  const usualC = halves(country.comfortC + 0.8 * normalAt(chance(4)))
  const comfortC = wish.comfortC ?? Math.max(usualC, wish.setbackC ?? 0)
  return {
    persons,
    holidayWeeks: rounded(kind.holidays * country.holidayWeeks * (0.5 + chance(1)), 1),
    houseKwh: 10 * Math.round(germanKwh(persons) * country.electricity * logNormalAt(chance(2), 1, 0.22) / 10),
    hotWaterLitres: Math.round(30 + 18 * chance(3)),
    hotWaterBy: weightedAt(chance(5), country.hotWaterBy, 'other'),
    setbackC: Math.min(comfortC, halves(usualC - 1.5 - 2.5 * chance(6))),
    ...wish,
    comfortC,
    drivers
  }
}

/** Of which kind each driver is: those of the life, and as many more like its last as figures are given for. */
function driversOf (kinds: readonly DriverKind[], wishes: readonly DriverWish[]): DriverKind[] {
  const last = kinds.at(-1) ?? lifeKinds.commuter.drivers[0]
  return [...kinds, ...last === undefined ? [] : wishes.slice(kinds.length).map(() => last)]
}

function drawDriver (home: Place, seed: number, kind: DriverKind, wish: DriverWish = {}): Driver {
  const country = countryOf(home)
  const chance = (figure: number): number => unitAt(seed, figure)
  const between = (figure: number, [least, most]: Range): number => least + chance(figure) * (most - least)
  const commuteKm = wish.commuteKm ?? rounded(Math.min(130, Math.max(1, logNormalAt(chance(0), country.commuteKm * kind.commute[0], kind.commute[1]))), 1)
  return {
    workdays: [...kind.workdays],
    atHomeShare: rounded(between(3, kind.atHomeShare), 2),
    chargesAtWork: chance(4) < 0.25 ? rounded(0.3 + 0.6 * chance(5), 2) : 0,
    errandsPerWeek: rounded(between(6, kind.errandsPerWeek), 1),
    errandKm: rounded(Math.max(1, logNormalAt(chance(7), 6 * country.driving, 0.4)), 1),
    weekendShare: rounded(between(8, kind.weekendShare), 2),
    weekendKm: rounded(Math.max(3, logNormalAt(chance(9), kind.weekendKm * country.driving, 0.4)), 1),
    longTripsPerYear: rounded(between(10, kind.longTripsPerYear), 1),
    longTripKm: Math.round(Math.max(70, logNormalAt(chance(11), kind.longTripKm * Math.sqrt(country.driving), 0.3))),
    plugsIn: wish.plugsInBelow === undefined ? weightedAt(chance(12), kind.habits, 'below') : 'below',
    plugsInBelow: Math.round(Math.min(75, Math.max(20, 45 + 10 * normalAt(chance(14))))),
    chargesFrom: chance(15) < 0.15 ? clockTime(60 * 22 + 30 * Math.floor(8 * chance(13))) : null,
    ...hoursOf(kind.leaves[0] + country.later[0] + kind.leaves[1] * normalAt(chance(1)), kind.home[0] + country.later[1] + kind.home[1] * normalAt(chance(2)), commuteKm, wish),
    ...wish,
    commuteKm
  }
}

/** When a driver leaves home and work who is usually away between two times of day, in minutes. Who says only one of the two moves the other with it. */
function hoursOf (leaves: number, home: number, commuteKm: number, { leavesAt, backAt }: DriverWish): Required<Pick<Driver, 'leavesAt' | 'backAt'>> {
  const drive = 60 * driveHours(commuteKm)
  const away = drive + Math.max(leastHours * 60, minutesLater(leaves, home) - 2 * drive)
  const leave = leavesAt ?? clockTime(backAt === undefined ? leaves : minutesOf(backAt) - away)
  return { leavesAt: leave, backAt: backAt ?? clockTime(minutesOf(leave) + away) }
}

/** At work at least. */
const leastHours = 4

function rounded (value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}

function halves (value: number): number {
  return Math.round(2 * value) / 2
}
