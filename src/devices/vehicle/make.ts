import { faker } from '@faker-js/faker/locale/en'
import { vendorNames } from '../../contract/vendor-names.ts'
import { type VehicleVendor } from '../../contract/vendors.ts'
import { type Random } from '../../lib/random.ts'
import { day, iso, type Millis } from '../../lib/time.ts'
import { rowsOf, type Rows } from '../catalogue.ts'
import { gridAt, type Place } from '../place.ts'
import { catalogue, type ModelRow } from './catalogue.ts'
import { yearRule } from './facts.ts'
import { nothingPlugged } from './model.ts'
import { type VehicleState } from './state.ts'
import { makeVin } from './vin.ts'

/** The most that a car takes from one phase of 240 V: 48 A. */
const singlePhaseKw = 11.5

/** What a car's hardware can be built for, in amperes on each phase. */
const currents = [16, 32, 48] as const

/** Degrees north at which South America begins. */
const panama = 8

/** Kilometres a year: 14,000 on average, as private electric cars drive. */
const yearlyKm = { least: 8_000, most: 20_000 }

/**
 * A car of the vendor as it stands at `at` and `place`: unplugged, at 20-90 %, driven as far as fits its age. `model` picks from
 * the catalogue; see `rowsFor` on a name that is not in it. No car comes from the future, nor, unless its maker makes no electric
 * car yet, from before its model; `told` may name another `year`. The same stream gives the same car.
 */
export function make (random: Random, vendor: VehicleVendor, at: Millis, place: Place, model?: string, told: Record<string, unknown> = {}): VehicleState {
  const toldYear = yearRule.holds(told.year) ? told.year as number : undefined
  const latest = toldYear ?? Number(iso(at).slice(0, 4))
  const [name, batteryCapacityKwh, fullRangeKm, chargerKw, from, to] = random.pick(rowsFor(rowsOf(catalogue, vendor, 'vehicles'), latest, model))
  const drawn = random.integer(from, Math.max(from, Math.min(to, latest)))
  const year = toldYear ?? Math.min(latest, drawn)
  const grid = gridAt(place)
  const onboardChargerKw = grid.phases === 1 ? Math.min(chargerKw, singlePhaseKw) : chargerKw
  const chargeLimitPercent = random.pick([80, 80, 80, 80, 80, 80, 90, 100])
  const level = random.integer(20, Math.min(90, chargeLimitPercent - 5))
  return {
    at,
    ...owned(random, name),
    vin: makeVin(random, vendor, name, year, grid.phases === 1 && place.latitude > panama),
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
    dischargeRateKw: Math.min(5, onboardChargerKw),
    odometerKm: Math.round(ageInYears(random, year, at) * random.between(yearlyKm.least, yearlyKm.most)) + random.integer(5, 30),
    place,
    ...nothingPlugged
  }
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

/** What the owner brings. Faker has one stream for the whole process, so it is seeded anew each time. */
function owned (random: Random, model: string): Pick<VehicleState, 'displayName'> {
  faker.seed(random.uint32())
  return { displayName: random.next() < 0.25 ? null : `${faker.person.firstName()}'s ${model}` }
}

/** Since a day of its year, which may not be over yet. */
function ageInYears (random: Random, year: number, at: Millis): number {
  const built = random.between(Date.UTC(year), Math.min(Date.UTC(year + 1), at))
  return Math.max(0, at - built) / (365.25 * day)
}

/**
 * What to pick a car from: the models that are made by the year, or the one of that name. A name that begins as some of the
 * catalogue do, or the other way round, has their average figures and their years ("ID.3" is an "ID.3 Pro"); any other has
 * those of all models, and the newest year: nobody knows here since when it is made.
 */
function rowsFor (rows: Rows<ModelRow>, latest: number, name?: string): readonly ModelRow[] {
  const made = rows.filter(([,,,, from]) => from <= latest)
  if (name === undefined) return made.length > 0 ? made : rows
  const begins = (long: string, short: string): boolean => `${long} `.startsWith(`${short} `)
  const exact = rows.filter(row => row[0] === name)
  const family = exact.length > 0 ? exact : rows.filter(row => begins(row[0], name) || begins(name, row[0]))
  if (family.length > 0) return [typical(family, name, Math.min(...family.map(row => row[4])))]
  return [typical(rows, name, Math.min(latest, Math.max(...rows.map(row => row[5]))))]
}

function typical (rows: readonly ModelRow[], name: string, from: number): ModelRow {
  const mean = (column: 1 | 2 | 3): number => rows.reduce((sum, row) => sum + row[column], 0) / rows.length
  const tenths = (value: number): number => Math.round(value * 10) / 10
  return [name, tenths(mean(1)), Math.round(mean(2)), tenths(mean(3)), from, Math.max(...rows.map(row => row[5]))]
}
