import { type LifeName } from '../../../src/contract/mock-life.ts'
import { advanceHome } from '../../../src/devices/home.ts'
import { placeAt } from '../../../src/devices/place.ts'
import { drive, vehicle, type Journey } from '../../../src/devices/vehicle/index.ts'
import { make } from '../../../src/devices/vehicle/make.ts'
import { type VehicleVendor } from '../../../src/contract/vendors.ts'
import { Random, unitAt } from '../../../src/lib/random.ts'
import { day, hour, type Millis } from '../../../src/lib/time.ts'
import { offsetAt } from '../../../src/lib/timezone.ts'

/** A charge: where, when it was plugged in, and what came out of the socket. */
export interface Session { isHome: boolean, isFast: boolean, at: Millis, localHour: number, kwh: number, startPercent: number }

/** A year of one car. */
export interface CarYear {
  life: LifeName
  city: City
  km: number
  trips: Journey[]
  sessions: Session[]
  /** kWh drawn at home and elsewhere, from sockets. */
  homeKwh: number
  awayKwh: number
  /** Days of UTC on which it drove. */
  movedDays: number
  /** What it loses in a day of standing, in percent of its battery. */
  drainPercentADay: number
  /** The most that it takes from a DC charger; 0 for a plug-in hybrid. */
  dcKw: number
}

/** Where the cars live: countries of which figures are published. */
export const cities = {
  Oslo: [59.9139, 10.7522],
  Berlin: [52.52, 13.405],
  Utrecht: [52.0907, 5.1214],
  London: [51.5072, -0.1276],
  Madrid: [40.4168, -3.7038],
  Stockholm: [59.3293, 18.0686]
} as const
export type City = keyof typeof cities

const makers: readonly VehicleVendor[] = ['TESLA', 'VOLKSWAGEN', 'KIA', 'HYUNDAI', 'RENAULT', 'BMW', 'SKODA', 'VOLVO']

/** Lives one year with one car from 2026-01-01, as its home would with nothing else in it. */
export function carYear (seed: number, life: LifeName, city: City, from = Date.UTC(2026, 0, 1), days = 365): CarYear {
  const [latitude, longitude] = cities[city]
  const near = (salt: number): number => (unitAt(seed, salt) - 0.5) * 0.2
  const home = { ...placeAt({ latitude: latitude + near(1), longitude: longitude + near(2), seed: 1 }), life: { name: life } }
  const random = new Random(seed)
  let car = make(random, makers[seed % makers.length] ?? 'TESLA', from, home)
  const year: CarYear = { life, city, km: 0, trips: [], sessions: [], homeKwh: 0, awayKwh: 0, movedDays: 0, drainPercentADay: (car.driver?.drainKw ?? 0) * 24 / car.batteryCapacityKwh * 100, dcKw: car.dcKw }
  let session: Session | undefined
  drive(car, from + days * day, journey => { year.trips.push(journey) })
  const record = (_: number, state: typeof car, at: Millis, to: Millis, kw: number, awayKw: number): void => {
    const drawn = (kw + awayKw) * (to - at) / hour
    year.homeKwh += kw * (to - at) / hour
    year.awayKwh += awayKw * (to - at) / hour
    if (state.power === 'UNPLUGGED') session = undefined
    else if (drawn > 0) {
      if (session === undefined) {
        const local = at + offsetAt(home.timezone, at)
        session = { isHome: awayKw === 0, isFast: state.fastChargeKw !== null, at, localHour: Math.floor(local / hour) % 24, kwh: 0, startPercent: state.energyKwh / state.batteryCapacityKwh * 100 }
        year.sessions.push(session)
      }
      session.kwh += drawn
    }
  }
  const odometer = car.odometerKm
  for (let at = from; at < from + days * day; at += day) {
    [car] = advanceHome([{ model: vehicle, state: car }], home, at + day, record as never) as [typeof car]
  }
  year.km = car.odometerKm - odometer
  year.movedDays = new Set(year.trips.map(({ departedAt }) => Math.floor(departedAt / day))).size
  return year
}
