import { bucket } from '../../devices/energy.ts'
import { hour, type Millis } from '../../lib/time.ts'
import { productionKw } from '../../devices/inverter/index.ts'
import { bucketStart } from '../../devices/weather.ts'
import { type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { energyOf, ledgerStart } from './ledger.ts'
import { stateOf } from './rows.ts'

/**
 * What an inverter produced, in kWh, for each bucket of 5 minutes from that of `from`. What the ledger has not, since it
 * was before this world or is too long ago, follows from sun and weather and the panels as they are now, back to their
 * installation: it costs the same whenever it is asked for, and needs no storage.
 */
export function producedBy (tx: ReadTx, device: DeviceRowOf<'inverter'>, from: Millis, to: Millis): Float64Array {
  const produced = energyOf(tx, device, 'out', from, to)
  const since = Math.max(device.recorded_from, ledgerStart(tx))
  if (from >= since) return produced
  const inverter = stateOf(device)
  const start = bucketStart(from)
  for (let i = 0; i < produced.length; i++) {
    const [begin, end] = [Math.max(start + i * bucket, inverter.installedAt), Math.min(start + (i + 1) * bucket, since)]
    if (begin < end) produced[i] = (produced[i] ?? 0) + productionKw(inverter, begin) * (end - begin) / hour
  }
  return produced
}
