import { bucketStart } from '../../devices/weather.ts'
import { type StayRow } from '../../store/stays.ts'
import { type Tx } from '../../store/store.ts'
import { drawnBy, ledgerStart } from '../truth/ledger.ts'
import { termsAt } from '../prices/index.ts'

/**
 * Notes how an asset stands from now on, if that is new: whether its user has it linked, at which location it is, and
 * what energy costs there. To be called after any of these changed.
 */
export function noteStay (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  const device = asset && tx.devices.get(asset.device_id)
  if (asset === undefined || device === undefined) return
  const location = asset.is_linked === 0 || asset.location_id === null ? undefined : tx.locations.get(asset.location_id)
  const stay: Omit<StayRow, 'drawn_before'> = {
    asset_id: assetId,
    since: tx.now,
    is_linked: asset.is_linked,
    location_id: location?.id ?? null,
    terms: location === undefined ? null : JSON.stringify(termsAt(tx, location))
  }
  const before = tx.stays.latestOf(assetId)
  if (before?.is_linked === stay.is_linked && before.location_id === stay.location_id && before.terms === stay.terms) return
  // What was made just now has drawn nothing.
  const [drawn = 0] = device.recorded_from === tx.now ? [] : drawnBy(tx, device, bucketStart(tx.now), tx.now)
  tx.stays.put({ ...stay, drawn_before: drawn })
  tx.stays.trim(assetId, ledgerStart(tx))
}
