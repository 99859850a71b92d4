import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { withDevice } from '../truth/rows.ts'
import { partnerOf } from '../truth/states.ts'
import { bringNext } from './polls.ts'
import { subjectOf } from './seen.ts'
import { followerOf } from './turns.ts'

/** Lets a timer bring each look at what somebody follows from now on, which is also what it is plugged into. Runs at the end of each transaction. */
export function followWatched (tx: Tx): void {
  const assets = tx.followed.has('*') ? tx.assets.linked() : [...tx.followed].flatMap(id => withPlugged(tx, id))
  tx.followed.clear()
  for (const asset of assets) {
    const subject = subjectOf(asset)
    const device = asset.is_linked === 1 && tx.timers.get('asset.poll', subject) === undefined ? tx.devices.get(asset.device_id) : undefined
    if (device === undefined) continue
    if (followerOf(tx, asset, () => partnerOf(tx, device)?.id ?? null) !== undefined) bringNext(tx, subject)
    else tx.timers.cancel('asset.turn', subject)
  }
}

/** An asset, and the one on the other end of its cable if the same user linked it. */
function withPlugged (tx: ReadTx, id: string): AssetRow[] {
  const found = withDevice(tx, id)
  if (found === undefined) return []
  const partner = partnerOf(tx, found.device)
  const other = partner && tx.assets.ofDeviceAndUser(partner.id, found.asset.user_id)
  return other === undefined ? [found.asset] : [found.asset, other]
}
