import { bucket } from '../../devices/energy.ts'
import { hour, type Millis } from '../../lib/time.ts'
import { productionKw, type InverterState } from '../../devices/inverter/index.ts'
import { bucketStart } from '../../devices/weather.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { energyOf, keptSince } from './ledger.ts'

/**
 * What an inverter produced, in kWh, for each bucket of 5 minutes from that of `from`. What the ledger has not, since it
 * was before this world or is too long ago, follows from sun and weather and the panels as they are now, back to their
 * installation: it costs the same whenever it is asked for, and needs no storage.
 */
export function producedBy (tx: ReadTx, device: DeviceRow, from: Millis, to: Millis): Float64Array {
  const produced = energyOf(tx, device, 'out', from, to)
  const since = Math.max(device.recorded_from, keptSince(tx))
  if (from >= since) return produced
  const inverter = JSON.parse(device.state) as InverterState
  const start = bucketStart(from)
  for (let i = 0; i < produced.length; i++) {
    const [begin, end] = [Math.max(start + i * bucket, inverter.installedAt), Math.min(start + (i + 1) * bucket, since)]
    if (begin < end) produced[i] = (produced[i] ?? 0) + productionKw(inverter, begin) * (end - begin) / hour
  }
  return produced
}
