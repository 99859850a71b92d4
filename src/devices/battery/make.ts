import { type Random } from '../../lib/random.ts'
import { type Millis } from '../../lib/time.ts'
import { type BatteryVendor } from '../../contract/vendors.ts'
import { pickModel, rowsOf } from '../catalogue.ts'
import { type Place } from '../place.ts'
import { siteOf, soldAt } from '../site.ts'
import { catalogue, modesOf } from './catalogue.ts'
import { type BatteryState } from './state.ts'

/**
 * A home battery of the vendor as it stands at `at` and `place`: at 30-90 %, covering what the home needs, with a
 * reserve of 10 or 20 %. `model` picks from the catalogue; a name that is not in it gets the hardware of the vendor's
 * first model. The same stream gives the same battery.
 */
export function make (random: Random, vendor: BatteryVendor, at: Millis, place: Place, model?: string): BatteryState {
  const rows = rowsOf(catalogue, vendor, 'batteries')
  const [name, capacityKwh, maxChargeKw, maxDischargeKw] = pickModel(random, rows, model, soldAt(rows, at, place))
  return {
    ...siteOf(vendor, model ?? name, at, place),
    vendorId: random.hex(12).toUpperCase(),
    capacityKwh,
    energyKwh: capacityKwh * random.integer(30, 90) / 100,
    reservePercent: random.pick([10, 20]),
    maxChargeKw,
    maxDischargeKw,
    modes: modesOf(vendor),
    mode: 'SELF_RELIANCE',
    isFaulty: false,
    flowKw: 0
  }
}
