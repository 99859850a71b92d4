import { vendorNames } from '../../contract/vendor-names.ts'
import { type ChargerVendor } from '../../contract/vendors.ts'
import { type Random } from '../../lib/random.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { madeIn, pickModel, rowsOf } from '../catalogue.ts'
import { gridAt, type Place } from '../place.ts'
import { yearRule } from '../facts.ts'
import { catalogue, yearsOf } from './catalogue.ts'
import { type ChargerState } from './state.ts'

/** How many years ago a charger was made, at most: our choice. */
const oldest = 4

/**
 * A charger of the vendor as it stands at `at` and `place`, with nothing on its cable, up to four years old if its model is made
 * still. `model` picks from the catalogue; a name that is not in it gets the hardware of the vendor's first model; `told` may name
 * the year. The same stream gives the same.
 */
export function make (random: Random, vendor: ChargerVendor, at: Millis, place: Place, model?: string, told: Record<string, unknown> = {}): ChargerState {
  const rows = rowsOf(catalogue, vendor, 'chargers')
  const now = Number(iso(at).slice(0, 4))
  const toldYear = yearRule.holds(told.year) ? told.year as number : undefined
  const made = madeIn(rows, row => [row[4], row[5]], toldYear === undefined ? [now - oldest, now] : [toldYear, toldYear])
  const [name, maxCurrentLimitA, phases, takesRateLimit] = pickModel(random, rows, model, made)
  const drawn = now - random.integer(0, oldest)
  const [from, to] = yearsOf(vendorNames[vendor], model ?? name) ?? [drawn, drawn]
  const grid = gridAt(place)
  return {
    at,
    brand: vendorNames[vendor],
    model: model ?? name,
    year: toldYear ?? Math.max(from, Math.min(drawn, to)),
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
    regular: null,
    guestNeedsKwh: 0
  }
}
