import { type AssetRow } from '../../store/assets.ts'
import { type Tx } from '../../store/store.ts'
import { currentAsset, storeSight } from '../sight/polls.ts'
import { controlBySchedule } from './scheduling/execution.ts'
import { endSpentOverride } from './override.ts'
import { controlBySmartCharging } from './smart-charging/status.ts'

/** What may want something of an asset whenever anything about it changed; the order is the order in which they act. */
const controllers: ReadonlyArray<(tx: Tx, asset: AssetRow) => void> = [endSpentOverride, controlBySchedule, controlBySmartCharging]

/** Looks that one asset can need within one transaction; more is a controller that never comes to rest. */
const mostLooks = 100

/** Lets what controls assets answer to what an operation changed, until nothing changes any more. Runs at the end of each transaction. */
export function reviewTouched (tx: Tx): void {
  const looks = new Map<string, number>()
  for (const id of tx.touched) {
    // What a controller does can touch the asset again, which then comes last.
    tx.touched.delete(id)
    const count = (looks.get(id) ?? 0) + 1
    if (count > mostLooks) throw new Error(`what controls asset ${id} does not come to rest`)
    looks.set(id, count)
    currentAsset(tx, id)
    atPace(tx, id, () => {
      for (const control of controllers) {
        const asset = tx.assets.get(id)
        if (asset?.is_linked === 1) control(tx, asset)
      }
    })
  }
}

/** While a plan is followed, Enode looks more often: where looks that see no turn are not made, the one that was to come next is when a plan begins or ends, as it would have been otherwise. */
function atPace (tx: Tx, assetId: string, answer: () => void): void {
  const next = tx.timers.get('asset.turn', assetId) === undefined ? Infinity : storeSight(tx, assetId)
  const isExecuting = tx.smartPlans.isExecuting(assetId)
  answer()
  if (next < Infinity && tx.smartPlans.isExecuting(assetId) !== isExecuting) tx.timers.schedule(next, 'asset.poll', assetId)
}
