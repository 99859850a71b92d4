import { vendorNames } from '../../contract/vendor-names.ts'
import { type VehicleVendor } from '../../contract/vendors.ts'
import { type Random, unitAt } from '../../lib/random.ts'
import { day, hour, iso, type Millis } from '../../lib/time.ts'
import { madeIn, rowsOf, type Rows, type Years } from '../catalogue.ts'
import { yearRule } from '../facts.ts'
import { lifeOf } from '../life/index.ts'
import { yearlyKm } from '../life/yearly-km.ts'
import { gridAt, withoutLife, type Place } from '../place.ts'
import { catalogue, type ModelRow } from './catalogue.ts'
import { firstName } from './first-names.ts'
import { nothingPlugged } from './model.ts'
import { type Driver, type VehicleState } from './state.ts'
import { makeVin } from './vin.ts'
import { familyOf, yearsOf } from './years.ts'

/** The most that a car takes from one phase of 240 V: 48 A. */
const singlePhaseKw = 11.5

/** What a car's hardware can be built for, in amperes on each phase. */
const currents = [16, 32, 48] as const

/** From an AC socket to the battery at the greatest power, as ADAC measured cars with an 11 kW box (2022): 90 to 94 %, less the wires of the house. */
const efficiency = { least: 0.87, most: 0.93 }

/** Kilometres a year of a car of which nobody told how it is driven: 14,000 on average, as private electric cars drive. */
const anyonesKm = { least: 8_000, most: 20_000 }

/** How far the years before may have differed from what is driven now. */
const spread = { least: 0.8, most: 1.2 }

/** In how many years before this one a car was made, at most, if its model was: our choice. */
const oldest = 7

/**
 * A car of the vendor as it stands at `at` and `place`: unplugged, at 20-90 %, driven as far as fits its age and its driver. `model`
 * picks from the catalogue; see `rowsFor` on a name that is not in it. It is of a year in which its model was made, even where
 * that has not come yet; `told` may name another `year`. The same stream gives the same car.
 */
export function make (random: Random, vendor: VehicleVendor, at: Millis, place: Place, model?: string, told: Record<string, unknown> = {}): VehicleState {
  const toldYear = yearRule.holds(told.year) ? told.year as number : undefined
  const now = Number(iso(at).slice(0, 4))
  const wanted: Years = toldYear === undefined ? [now - oldest, now] : [toldYear, toldYear]
  const [name, batteryCapacityKwh, fullRangeKm, chargerKw, from, to, dcKw] = random.pick(rowsFor(rowsOf(catalogue, vendor, 'vehicles'), wanted, model))
  const [first, last] = yearsOf(typeof told.brand === 'string' ? told.brand : vendorNames[vendor], name) ?? [from, to]
  const newest = Math.max(first, Math.min(last, now))
  const drawn = random.integer(Math.min(newest, Math.max(first, now - oldest)), newest)
  const year = toldYear ?? drawn
  const grid = gridAt(place)
  const onboardChargerKw = grid.phases === 1 ? Math.min(chargerKw, singlePhaseKw) : chargerKw
  const chargeLimitPercent = random.pick([80, 80, 80, 80, 80, 80, 90, 100])
  const level = random.integer(20, Math.min(90, chargeLimitPercent - 5))
  const owner = owned(random, name)
  const vin = makeVin(random, { brand: vendorNames[vendor], model: name, year, place })
  const car: VehicleState = {
    at,
    ...owner,
    vin,
    brand: vendorNames[vendor],
    model: name,
    year,
    batteryCapacityKwh,
    energyKwh: batteryCapacityKwh * level / 100,
    chargeLimitPercent,
    fullRangeKm,
    power: 'UNPLUGGED',
    powerFrom: null,
    unpluggedAt: at,
    ...supply(random, place, onboardChargerKw),
    onboardChargerKw,
    chargeEfficiency: Math.round((efficiency.least + chanceOf(vin, place.seed, 1) * (efficiency.most - efficiency.least)) * 1000) / 1000,
    dcKw,
    dischargeRateKw: Math.min(5, onboardChargerKw),
    odometerKm: Math.round(ageInYears(random, year, at) * kmPerYear(random, place)) + random.integer(5, 30),
    place: withoutLife(place),
    ...nothingPlugged,
    driver: null
  }
  return place.life === undefined ? car : { ...car, driver: driverOf(car, vendor, place) }
}

/** Whoever drives a car that is parked at a home: the first there, as long as nobody says who. */
export function driverOf ({ at, ...car }: Pick<VehicleState, 'at' | 'vin' | 'batteryCapacityKwh'>, vendor: VehicleVendor, home: Place): Driver {
  const drainKw = car.batteryCapacityKwh * drainOf(vendor, chanceOf(car.vin, home.seed, 2)) * hour / day
  return { home, index: 0, charger: null, isHeld: false, isAway: false, trip: null, parkedAt: at, backAt: null, errands: [], useFactor: 1, drainKw }
}

/** Chance out of the VIN and not the stream, so that what is drawn after it stays what it was. */
function chanceOf (vin: string, seed: number, salt: number): number {
  return unitAt(seed, salt, ...vin.slice(-8).split('').map(sign => sign.charCodeAt(0)))
}

/** What of its battery a car uses in a day while it stands: 0.1 to 0.5 % asleep, 1 % where it wakes by itself as Tesla's manual has it. */
function drainOf (vendor: VehicleVendor, chance: number): number {
  return vendor === 'TESLA' ? 0.01 : 0.001 + 0.004 * chance
}

/** The phases that the charger needs, and a current within what they and the hardware take. */
function supply (random: Random, place: Place, chargerKw: number): Pick<VehicleState, 'phases' | 'voltage' | 'maxCurrentA' | 'maxCurrentLimitA'> {
  const grid = gridAt(place)
  const phases = chargerKw > 7.4 ? grid.phases : 1
  const { voltage } = grid
  const needed = chargerKw * 1000 / voltage / phases
  const maxCurrentLimitA = currents.find(amperes => amperes >= needed - 0.5) ?? currents[2]
  const possible = currents.filter(amperes => amperes <= maxCurrentLimitA)
  return { phases, voltage, maxCurrentLimitA, maxCurrentA: random.next() < 0.7 ? maxCurrentLimitA : random.pick(possible) }
}

/** What the owner brings. */
function owned (random: Random, model: string): Pick<VehicleState, 'displayName'> {
  const seed = random.uint32()
  return { displayName: random.next() < 0.25 ? null : `${firstName(seed)}'s ${model}` }
}

/** What the driver of a home drives in a year, or else anybody. */
function kmPerYear (random: Random, home: Place): number {
  const [driver] = lifeOf(home).drivers
  return driver === undefined ? random.between(anyonesKm.least, anyonesKm.most) : yearlyKm(driver) * random.between(spread.least, spread.most)
}

/** Since a day of its year, which may not be over yet. */
function ageInYears (random: Random, year: number, at: Millis): number {
  const built = random.between(Date.UTC(year), Math.min(Date.UTC(year + 1), at))
  return Math.max(0, at - built) / (365.25 * day)
}

/**
 * What to pick a car from: the models that were made in the wanted years, or the one of that name. A name that begins as some of
 * the catalogue do, or the other way round, has their average figures ("ID.3" is an "ID.3 Pro"); any other has those of all
 * models, and the newest year: nobody knows here since when it is made.
 */
function rowsFor (rows: Rows<ModelRow>, wanted: Years, name?: string): readonly ModelRow[] {
  if (name === undefined) return madeIn(rows, row => [row[4], row[5]], wanted)
  const family = familyOf(rows, name)
  return [typical(family.length > 0 ? family : rows, name, Math.min(wanted[1], Math.max(...rows.map(row => row[5]))))]
}

function typical (rows: readonly ModelRow[], name: string, year: number): ModelRow {
  const mean = (column: 1 | 2 | 3 | 6): number => rows.reduce((sum, row) => sum + row[column], 0) / rows.length
  const tenths = (value: number): number => Math.round(value * 10) / 10
  return [name, tenths(mean(1)), Math.round(mean(2)), tenths(mean(3)), year, year, Math.round(mean(6))]
}
