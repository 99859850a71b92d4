import { unitAt } from '../lib/random.ts'
import { day, hour, minute, type Millis } from '../lib/time.ts'
import { offsetAt } from '../lib/timezone.ts'
import { waterRatio } from './hvac/model.ts'
import { lifeOf } from './life/index.ts'
import { type Place } from './place.ts'
import { absenceOf, isDeserted } from './presence.ts'
import { hotWaterShape, householdShape } from './profiles.ts'
import { isSameSpot, outdoorC, remembered } from './weather.ts'

/** What people in a home use besides the devices that it has, in kW: their appliances, and hot water if electricity heats it. */
export const houseLoadKw = remembered(isSameHome, (place, start): number => appliancesKw(place, start) + hotWaterKw(place, start))

/** Two homes may stand at one spot, one of them living. */
function isSameHome (a: Place, b: Place): boolean {
  return a.life === b.life && isSameSpot(a, b)
}

/** What is always on: standby, the router, and a fridge that runs for a third of the time. As a share of the mean load. */
const always = 0.3
/** Of the rest, what goes on cooking, in spells of ten minutes, and on washing, in spells of an hour; it is light and screens for the rest. */
const [cooking, washing] = [0.3, 0.2]
/** How much a spell draws, against the mean load: some 2.4 and 0.8 kW in a house of 3,500 kWh a year. */
const [cookingDraws, washingDraws] = [6, 2]

/**
 * What the appliances of a home draw in kW: on average what the standard load profile H0 has for the moment, scaled to
 * what the house uses in a year. While nobody is there only what is always on runs, and people use more when they are.
 * Where they hardly ever are, and would use over three times as much, the rest keeps the house from freezing.
 */
export function appliancesKw (place: Place, start: Millis): number {
  const life = lifeOf(place)
  const chance = chanceOf(place, start)
  const { byDay, byHour } = absenceOf(life)
  const present = (1 - byDay) * (1 - byHour)
  const more = Math.min(3, 1 / present)
  const fridge = 0.6 + (chance(1, 20 * minute) < 1 / 3 ? 1.2 : 0)
  const frost = (1 - always) * (1 - present * more)
  return life.houseKwh / hoursInYear * (always * fridge + frost + (isDeserted(place, start) ? 0 : used()))

  function used (): number {
    const mean = more * (householdShape(localOf(place, start), place.latitude) - always)
    const lights = (1 - cooking - washing) * mean * (0.4 + 1.2 * chance(2, 3 * hour))
    return lights + spell(cooking * mean, cookingDraws, chance(3, 10 * minute)) + spell(washing * mean, washingDraws, chance(4, hour))
  }
}

const hoursInYear = 365.2425 * 24

/** A spell that draws what it draws as often as comes to a mean; where it could never, it draws more. */
function spell (mean: number, draws: number, chance: number): number {
  const often = Math.min(0.5, mean / draws)
  return chance < often ? mean / often : 0
}

/** Cold water comes at 10 °C, so that 30 to 60 litres of 45 °C a day take 440 to 880 kWh a year, as is published. */
const heatedK = 35
const kwhPerLitreK = 4.186 / 3600
/** A boiler heats an eighth of the time, in spells of a quarter of an hour. */
const boilerDraws = 8
/** The water in the tank of a heat pump, in degrees Celsius. */
const tankC = 55

/** What heating water draws in kW, soon after people took some: nothing where it is no electricity that heats it. */
export function hotWaterKw (place: Place, start: Millis): number {
  const life = lifeOf(place)
  if (life.hotWaterBy === 'other' || isDeserted(place, start)) return 0
  const meanKw = life.persons * life.hotWaterLitres * heatedK * kwhPerLitreK / (day / hour)
  // Who is at work for the day has a shower all the same, who is on holiday has not.
  const wanted = hotWaterShape(localOf(place, start)) / (1 - absenceOf(life).byHour)
  const heatKw = meanKw * spell(wanted, boilerDraws, chanceOf(place, start)(5, 15 * minute))
  return life.hotWaterBy === 'electricity' || heatKw === 0 ? heatKw : heatKw / waterRatio(outdoorC(place, start), tankC)
}

/** Chance of a home that stays the same for some length of time. */
function chanceOf ({ seed, latitude, longitude }: Place, start: Millis): (salt: number, length: Millis) => number {
  return (salt, length) => unitAt(seed, 40 + salt, Math.round(latitude * 1e4), Math.round(longitude * 1e4), Math.floor(start / length))
}

/** What local clocks show, in milliseconds since 1970. */
function localOf ({ timezone }: Place, at: Millis): Millis {
  return at + offsetAt(timezone, at)
}
