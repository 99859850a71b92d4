import { type Random } from '../../lib/random.ts'
import { type Millis } from '../../lib/time.ts'
import { type InverterVendor } from '../../contract/vendors.ts'
import { pickModel, rowsOf } from '../catalogue.ts'
import { type Place } from '../place.ts'
import { siteOf, soldAt } from '../site.ts'
import { catalogue, hasStatistics } from './catalogue.ts'
import { tellsOfPast } from './change.ts'
import { pastKwh } from './past.ts'
import { type InverterState } from './state.ts'

/**
 * A solar inverter of the vendor as it stands at `at` and `place`, with panels on a roof that faces the equator more
 * or less. `model` picks from the catalogue; a name that is not in it gets the hardware of the vendor's first model.
 * The same stream gives the same inverter. Where what is `told` decides about its past, its counter waits for that.
 */
export function make (random: Random, vendor: InverterVendor, at: Millis, place: Place, model?: string, told?: Record<string, unknown>): InverterState {
  const rows = rowsOf(catalogue, vendor, 'inverters')
  const [name, ratedKw] = pickModel(random, rows, model, soldAt(rows, at, place))
  const site = siteOf(vendor, model ?? name, at, place)
  const panels = {
    place,
    peakKw: Math.round(ratedKw * random.between(0.9, 1.3) * 10) / 10,
    ratedKw,
    tiltDegrees: random.integer(20, 45),
    azimuthDegrees: ((place.latitude >= 0 ? 180 : 360) + random.integer(-45, 45)) % 360
  }
  return {
    ...site,
    ...panels,
    vendorId: String(random.integer(100_000, 9_999_999)),
    serialNumber: `${vendor.slice(0, 2).toUpperCase()}${random.hex(10).toUpperCase()}`,
    hasStatistics: hasStatistics(vendor),
    lifetimeKwh: tellsOfPast(told) ? 0 : pastKwh(panels, site.installedAt, at)
  }
}
