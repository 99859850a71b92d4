import { bucket } from '../../devices/energy.ts'
import { type Millis } from '../../lib/time.ts'
import { usedBesides } from '../../devices/balance.ts'
import { bucketStart } from '../../devices/weather.ts'
import { type DeviceRow, type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { energyOf, ledgerStart } from './ledger.ts'
import { producedBy } from './production.ts'
import { isOfKind, stateOf } from './rows.ts'

export const seriesNames = ['generation', 'consumption', 'import', 'export', 'charge', 'discharge', 'batteryLevel'] as const
export type SystemSeries = typeof seriesNames[number]

/** For each bucket of 5 minutes kWh, or percent of the level; NaN where it is unknown, as before the devices were in this world and where the ledger no longer goes back to. */
export type Flows = Record<SystemSeries, Float64Array>

/**
 * What flowed through a system from `from` to `to`. Consumption is what its own devices leave over: all that the home
 * draws from sun, battery and grid and does not store or give. A home has one connection to the grid, so one meter counts.
 */
export function flowsOf (tx: ReadTx, devices: readonly DeviceRow[], from: Millis, to: Millis): Flows {
  const start = bucketStart(from)
  const of = <K extends AssetKind>(kind: K) => devices.filter(device => isOfKind(device, kind))
  const known = (device: DeviceRow, values: Float64Array): Float64Array => {
    const since = Math.max(device.recorded_from, ledgerStart(tx))
    return values.fill(NaN, 0, Math.max(0, Math.ceil((since - start) / bucket)))
  }
  const read = (of: readonly DeviceRow[], series: 'in' | 'out'): Float64Array => total(of.map(device => known(device, energyOf(tx, device, series, from, to))), from, to)
  const [batteries, meters] = [of('battery'), of('meter').slice(0, 1)]
  const flows = {
    generation: total(of('inverter').map(device => producedBy(tx, device, from, to)), from, to),
    charge: read(batteries, 'in'),
    discharge: read(batteries, 'out'),
    import: read(meters, 'in'),
    export: read(meters, 'out')
  }
  const at = (series: keyof typeof flows, i: number): number => flows[series][i] ?? NaN
  return {
    ...flows,
    consumption: flows.import.map((imported, i) => usedBesides(imported - at('export', i), [-at('generation', i), -at('discharge', i), at('charge', i)])),
    batteryLevel: levelOf(batteries, battery => known(battery, energyOf(tx, battery, 'level', from, to)), from, to)
  }
}

/** The level of all batteries together: of what they can hold, how much they do. */
function levelOf (batteries: ReadonlyArray<DeviceRowOf<'battery'>>, read: (battery: DeviceRow) => Float64Array, from: Millis, to: Millis): Float64Array {
  const sizes = batteries.map(battery => stateOf(battery).capacityKwh)
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  return total(batteries.map((battery, i) => read(battery).map(level => level * (sizes[i] ?? 0) / whole)), from, to)
}

function total (each: readonly Float64Array[], from: Millis, to: Millis): Float64Array {
  const [first = new Float64Array(Math.ceil((to - bucketStart(from)) / bucket)), ...others] = each
  for (const other of others) other.forEach((value, i) => { first[i] = (first[i] ?? NaN) + value })
  return first
}
