import { faker } from '@faker-js/faker/locale/en'
import { type Random } from '../../lib/random.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { catalogue, type Market, type ModelRow } from './catalogue.ts'
import { type VehicleState } from './state.ts'

interface Grid {
  voltage: number
  /** Whether chargers above 7.4 kW take three phases. */
  isThreePhase: boolean
  cities: ReadonlyArray<readonly [name: string, latitude: number, longitude: number]>
}

const grids: Record<Market, Grid> = {
  europe: {
    voltage: 230,
    isThreePhase: true,
    cities: [
      ['Oslo', 59.9139, 10.7522], ['Stockholm', 59.3293, 18.0686], ['Copenhagen', 55.6761, 12.5683], ['Berlin', 52.52, 13.405],
      ['Amsterdam', 52.3676, 4.9041], ['Paris', 48.8566, 2.3522], ['Vienna', 48.2082, 16.3738], ['Madrid', 40.4168, -3.7038]
    ]
  },
  britain: { voltage: 230, isThreePhase: true, cities: [['London', 51.5072, -0.1276], ['Manchester', 53.4808, -2.2426]] },
  america: {
    voltage: 240,
    isThreePhase: false,
    cities: [['San Francisco', 37.7749, -122.4194], ['Seattle', 47.6062, -122.3321], ['Denver', 39.7392, -104.9903], ['Austin', 30.2672, -97.7431]]
  }
}

/** What a car's hardware can be built for, in amperes on each phase. */
const currents = [16, 32, 48] as const

/**
 * A car of the vendor as it stands at `at`: unplugged, at 20-90 %. `model` picks from the catalogue; a name that is
 * not in it gets the average figures of the vendor's models. The same stream gives the same car.
 */
export function make (random: Random, vendor: string, at: Millis, model?: string): VehicleState {
  if (!Object.hasOwn(catalogue, vendor)) throw new Error(`${vendor} is no vendor of vehicles`)
  const [brand, market, ...rows] = catalogue[vendor as keyof typeof catalogue]
  const row = model === undefined ? random.pick(rows) : rows.find(([name]) => name === model) ?? typical(rows, model)
  const [name, batteryCapacityKwh, fullRangeKm, onboardChargerKw, from, to] = row
  const thisYear = Number(iso(at).slice(0, 4))
  const year = random.integer(from, Math.max(from, Math.min(to, thisYear)))
  const age = Math.max(0, thisYear - year) + random.next()
  const chargeLimitPercent = random.pick([80, 80, 80, 80, 80, 80, 90, 100])
  const level = random.integer(20, Math.min(90, chargeLimitPercent - 5))
  const { cities, ...grid } = grids[market]
  const [, latitude, longitude] = random.pick(cities)
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
    ...supply(random, grid, onboardChargerKw),
    onboardChargerKw,
    dischargeRateKw: Math.min(5, onboardChargerKw),
    odometerKm: Math.round(age * random.between(8_000, 20_000)) + 50,
    latitude: latitude + random.between(-0.05, 0.05),
    longitude: longitude + random.between(-0.05, 0.05)
  }
}

/** The phases that the charger needs, and a current within what they and the hardware take. */
function supply (random: Random, { voltage, isThreePhase }: Omit<Grid, 'cities'>, chargerKw: number): Pick<VehicleState, 'phases' | 'voltage' | 'maxCurrentA' | 'maxCurrentLimitA'> {
  const phases = isThreePhase && chargerKw > 7.4 ? 3 : 1
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
