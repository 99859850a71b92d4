import tzLookup from '@photostructure/tz-lookup'
import { metresBetween, type Position } from '../lib/distance.ts'
import { type Random } from '../lib/random.ts'
import { hour, type Millis } from '../lib/time.ts'
import { offsetAt } from '../lib/timezone.ts'
import { type LifeWish } from '../contract/mock-life.ts'

/** Where a device stands, and the seed from which weather and habits there follow. */
export interface Place extends Position {
  /** Its IANA time zone. */
  timezone: string
  /** The same for every device of a world, so that one sun shines on all of them. */
  seed: number
  /** How people live there; left out where nobody told. */
  life?: LifeWish
}

/** Where a vendor's devices are sold first. */
type Market = 'europe' | 'britain' | 'america'

const cities: Record<Market, ReadonlyArray<readonly [name: string, latitude: number, longitude: number]>> = {
  europe: [
    ['Oslo', 59.9139, 10.7522], ['Stockholm', 59.3293, 18.0686], ['Copenhagen', 55.6761, 12.5683], ['Berlin', 52.52, 13.405],
    ['Amsterdam', 52.3676, 4.9041], ['Paris', 48.8566, 2.3522], ['Vienna', 48.2082, 16.3738], ['Madrid', 40.4168, -3.7038]
  ],
  britain: [['London', 51.5072, -0.1276], ['Manchester', 53.4808, -2.2426]],
  america: [['San Francisco', 37.7749, -122.4194], ['Seattle', 47.6062, -122.3321], ['Denver', 39.7392, -104.9903], ['Austin', 30.2672, -97.7431]]
}

/** Europe unless named here. */
const markets: Record<string, Market> = {
  ACURA: 'america',
  GMC: 'america',
  CHEVROLET: 'america',
  CADILLAC: 'america',
  CHRYSLER: 'america',
  DODGE: 'america',
  RAM: 'america',
  RIVIAN: 'america',
  TESLA: 'america',
  FORD: 'america',
  JEEP: 'america',
  LUCID: 'america',
  ECOBEE: 'america',
  HONEYWELL: 'america',
  RESIDEO: 'america',
  NEST: 'america',
  CHARGEPOINT: 'america',
  SOLARK: 'america',
  ENPHASE: 'america',
  JAGUAR: 'britain',
  LANDROVER: 'britain',
  VAUXHALL: 'britain',
  MG: 'britain',
  OHME: 'britain',
  PODPOINT: 'britain',
  HYPERVOLT: 'britain',
  MYENERGI: 'britain',
  EO: 'britain',
  GIVENERGY: 'britain',
  SUNSYNK: 'britain'
}

/** A home of somebody who owns a device of the vendor: in a city where the vendor sells, up to 5 km from its centre. */
export function drawPlace (random: Random, vendor: string, seed: number): Place {
  const [, latitude, longitude] = random.pick(cities[markets[vendor] ?? 'europe'])
  return placeAt({ latitude: latitude + random.between(-0.05, 0.05), longitude: longitude + random.between(-0.05, 0.05), seed })
}

export function placeAt ({ latitude, longitude, seed, life }: Omit<Place, 'timezone'>): Place {
  return { latitude, longitude, timezone: tzLookup(latitude, longitude), seed, ...(life && { life }) }
}

/** The same place for something that is there and does not live there. */
export function withoutLife ({ latitude, longitude, timezone, seed }: Place): Place {
  return { latitude, longitude, timezone, seed }
}

/** What clocks at the place show, in hours since midnight: 0 up to 24. */
export function clockHour ({ timezone }: Pick<Place, 'timezone'>, at: Millis): number {
  const hours = (at + offsetAt(timezone, at)) / hour % 24
  return hours < 0 ? hours + 24 : hours
}

/** The electricity of the place: three phases of 230 V, or in the Americas one of 240 V. */
export function gridAt ({ longitude }: Pick<Place, 'longitude'>): { voltage: number, phases: 1 | 3 } {
  return longitude < -30 && longitude > -170 ? { voltage: 240, phases: 1 } : { voltage: 230, phases: 3 }
}

/** Whether two places are one home. */
export function isSamePlace (a: Position, b: Position): boolean {
  return metresBetween(a, b) <= homeRadiusM
}

/** Devices of one owner that stand this near each other are at one home. */
export const homeRadiusM = 200

/** A place after facts that may move it. */
export function moved (place: Place, { latitude, longitude }: { latitude?: number | undefined, longitude?: number | undefined }): Place {
  if (latitude === undefined && longitude === undefined) return place
  return placeAt({ ...place, latitude: latitude ?? place.latitude, longitude: longitude ?? place.longitude })
}

/** A place as far as facts that nobody has checked yet say where it is. */
export function movedIfPossible (place: Place, { latitude, longitude }: Record<string, unknown>): Place {
  const within = (value: unknown, most: number): number | undefined => typeof value === 'number' && Math.abs(value) <= most ? value : undefined
  return moved(place, { latitude: within(latitude, 90), longitude: within(longitude, 180) })
}
