import { faker } from '@faker-js/faker/locale/en'
import { type Random } from '../../lib/random.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { rowsOf } from '../catalogue.ts'
import { gridAt, type Place } from '../place.ts'
import { catalogue, type ModelRow } from './catalogue.ts'
import { nothingPlugged } from './model.ts'
import { type VehicleState } from './state.ts'

/** The most that a car takes from one phase of 240 V: 48 A. */
const singlePhaseKw = 11.5

/** What a car's hardware can be built for, in amperes on each phase. */
const currents = [16, 32, 48] as const

/**
 * A car of the vendor as it stands at `at` and `place`: unplugged, at 20-90 %. `model` picks from the catalogue; a name that is
 * not in it gets the average figures of the vendor's models. The same stream gives the same car.
 */
export function make (random: Random, vendor: string, at: Millis, place: Place, model?: string): VehicleState {
  const [brand, ...rows] = rowsOf(catalogue, vendor, 'vehicles')
  const row = model === undefined ? random.pick(rows) : rows.find(([name]) => name === model) ?? typical(rows, model)
  const [name, batteryCapacityKwh, fullRangeKm, chargerKw, from, to] = row
  const onboardChargerKw = gridAt(place).phases === 1 ? Math.min(chargerKw, singlePhaseKw) : chargerKw
  const thisYear = Number(iso(at).slice(0, 4))
  const year = random.integer(from, Math.max(from, Math.min(to, thisYear)))
  const age = Math.max(0, thisYear - year) + random.next()
  const chargeLimitPercent = random.pick([80, 80, 80, 80, 80, 80, 90, 100])
  const level = random.integer(20, Math.min(90, chargeLimitPercent - 5))
  return {
    at,
    ...owned(random, name),
    brand,
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
    odometerKm: Math.round(age * random.between(8_000, 20_000)) + 50,
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
function owned (random: Random, model: string): Pick<VehicleState, 'vin' | 'displayName'> {
  faker.seed(random.uint32())
  return { vin: faker.vehicle.vin(), displayName: random.next() < 0.25 ? null : `${faker.person.firstName()}'s ${model}` }
}

function typical (rows: readonly ModelRow[], name: string): ModelRow {
  const mean = (column: 1 | 2 | 3): number => rows.reduce((sum, row) => sum + row[column], 0) / rows.length
  const tenths = (value: number): number => Math.round(value * 10) / 10
  return [
    name, tenths(mean(1)), Math.round(mean(2)), tenths(mean(3)),
    Math.min(...rows.map(row => row[4])), Math.max(...rows.map(row => row[5]))
  ]
}
