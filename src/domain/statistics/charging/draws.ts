import { bucket } from '../../../devices/energy.ts'
import { type Millis } from '../../../lib/time.ts'
import { bucketStart } from '../../../devices/weather.ts'
import { type AssetRow } from '../../../store/assets.ts'
import { type StayRow } from '../../../store/stays.ts'
import { type ReadTx } from '../../../store/store.ts'
import { drawnBy } from '../../truth/ledger.ts'
import { deviceBehind } from '../../truth/rows.ts'

/** What an asset drew in a sample, a bucket of the ledger, while it stood in one way. */
export interface Draw {
  /** The start of the sample. */
  at: Millis
  kwh: number
  stay: StayRow
}

/** A difference below this is rounding of floating-point numbers and no energy. */
const noEnergyKwh = 1e-9

/** What an asset drew while it was linked, in the samples from that of one moment to that of another, in order. A sample in which it moved has a part for each stay. */
export function drawsOf (tx: ReadTx, asset: AssetRow, from: Millis, to: Millis): Draw[] {
  const device = deviceBehind(tx, asset)
  const start = bucketStart(from)
  const stays = tx.stays.between(asset.id, start, to)
  const draws: Draw[] = []
  let stay: StayRow | undefined
  let next = 0
  const add = (at: Millis, kwh: number): void => { if (stay?.is_linked === 1 && kwh > noEnergyKwh) draws.push({ at, kwh, stay }) }
  drawnBy(tx, device, from, to).forEach((kwh, i) => {
    if (kwh === 0) return
    const at = start + i * bucket
    let before = 0
    for (;; next++) {
      const coming = stays[next]
      if (coming === undefined || coming.since >= at + bucket) break
      if (coming.since > at) {
        add(at, coming.drawn_before - before)
        before = coming.drawn_before
      }
      stay = coming
    }
    add(at, kwh - before)
  })
  return draws
}
