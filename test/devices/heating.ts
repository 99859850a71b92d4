import { type Vendor } from '../../src/contract/vendors.ts'
import { hvac, type HvacState } from '../../src/devices/hvac/index.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { bucket } from '../../src/devices/weather.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour } from '../../src/lib/time.ts'

export const cities = { Oslo: [59.91, 10.75], Berlin: [52.52, 13.4], London: [51.51, -0.13], Madrid: [40.42, -3.7], Sydney: [-33.87, 151.21] } as const
export const cityAt = (city: keyof typeof cities, life?: Place['life']): Place => placeAt({ latitude: cities[city][0], longitude: cities[city][1], seed: 1, ...(life && { life }) })
export const newYear = Date.parse('2026-01-01T00:00:00Z')

/** A unit that follows its schedule, as it is made for a seed. */
export function scheduled (vendor: Vendor, model: string, place: Place, seed: number, at = newYear): HvacState {
  return { ...hvac.make(new Random(seed), vendor, at, place, model), held: null }
}

/** The kWh of heat and of electricity for it in a year. */
export function yearOf (unit: HvacState): { heat: number, electricity: number } {
  const sum = { heat: 0, electricity: 0 }
  for (let now = unit; now.at < unit.at + 365 * day; now = hvac.advance(now, now.at + bucket)) {
    if (now.activity !== 'HEATING') continue
    sum.heat += now.heatingKw * bucket / hour
    sum.electricity += (hvac.flow?.powerKw(now) ?? NaN) * bucket / hour
  }
  return sum
}
