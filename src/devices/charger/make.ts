import { vendorNames } from '../../contract/vendor-names.ts'
import { type ChargerVendor } from '../../contract/vendors.ts'
import { type Random } from '../../lib/random.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { pickModel, rowsOf } from '../catalogue.ts'
import { gridAt, type Place } from '../place.ts'
import { catalogue } from './catalogue.ts'
import { type ChargerState } from './state.ts'

/**
 * A charger of the vendor as it stands at `at` and `place`, with nothing on its cable. `model` picks from the
 * catalogue; a name that is not in it gets the hardware of the vendor's first model. The same stream gives the same.
 */
export function make (random: Random, vendor: ChargerVendor, at: Millis, place: Place, model?: string): ChargerState {
  const [name, maxCurrentLimitA, phases, takesRateLimit] = pickModel(random, rowsOf(catalogue, vendor, 'chargers'), model)
  const grid = gridAt(place)
  return {
    at,
    brand: vendorNames[vendor],
    model: model ?? name,
    year: Number(iso(at).slice(0, 4)) - random.integer(0, 4),
    serialNumber: `${vendor.slice(0, 2)}${random.hex(8).toUpperCase()}`,
    place,
    voltage: grid.voltage,
    phases: grid.phases === 3 ? phases : 1,
    maxCurrentA: maxCurrentLimitA,
    maxCurrentLimitA,
    takesRateLimit,
    power: 'UNPLUGGED',
    powerFrom: null,
    unpluggedAt: at,
    vehicle: null,
    guestNeedsKwh: 0
  }
}
