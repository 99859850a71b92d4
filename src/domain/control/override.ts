import { notFound } from '../../lib/problem.ts'
import { type SmartOverride } from '../../contract/smart-charging.ts'
import { refusals } from '../../devices/refusals.ts'
import { type AssetRow, type AssetRowOf } from '../../store/assets.ts'
import { type SmartOverrideRow } from '../../store/smart-overrides.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { viewOf } from '../truth/rows.ts'
import { rejected, requestAction, requireControlScope, withdrawAction } from './actions.ts'
import { lastingOverride, showOverride } from './override-rows.ts'
import { pendingCharging } from './smart-charging/situation.ts'
import { ensureStatus } from './smart-charging/status.ts'

/** Lets a vehicle charge now, whatever a schedule or smart charging wants. One that lasts already is answered again. */
export function createSmartOverride (tx: Tx, asset: AssetRowOf<'vehicle'>): SmartOverride {
  requireControlScope(asset)
  const lasting = lastingOverride(tx, asset.id)
  if (lasting !== undefined) return showOverride(asset, lasting)
  if (asset.controlled_by === null && tx.smartCharging.get(asset.id)?.is_enabled !== 1) {
    throw rejected(refusals.isFree(`POST /vehicles/${asset.id}/charging`))
  }
  const isCharging = viewOf(asset).chargeState.isCharging === true
  const needsNothing = isCharging && pendingCharging(tx, asset.id) === null
  const action = needsNothing ? null : requestAction(tx, asset, { type: 'charging', kind: 'START' }, { kind: 'smart-override' })
  ensureStatus(tx, asset)
  tx.smartOverrides.insert({ asset_id: asset.id, created_at: tx.now, action_id: action?.id ?? null })
  tx.touched.add(asset.id)
  return showOverride(asset, findOverride(tx, asset.id))
}

/** Hands a vehicle back to its schedule or smart charging, which then makes of it what they expect. */
export function endSmartOverride (tx: Tx, asset: AssetRowOf<'vehicle'>): SmartOverride {
  const { seq } = findOverride(tx, asset.id)
  end(tx, asset.id)
  const ended = tx.smartOverrides.latestOf(asset.id)
  if (ended?.seq !== seq) throw new Error(`the override of ${asset.id} is gone`)
  return showOverride(asset, ended)
}

/** An override lasts until charging stops, for whatever reason. */
export function endSpentOverride (tx: Tx, asset: AssetRow): void {
  if (asset.kind !== 'vehicle') return
  const override = lastingOverride(tx, asset.id)
  if (override === undefined) return
  const { isCharging, powerDeliveryState } = viewOf(asset).chargeState
  const isStarting = powerDeliveryState === 'PLUGGED_IN:INITIALIZING' || tx.actions.get(override.action_id ?? '')?.state === 'PENDING'
  if (isCharging !== true && !isStarting) end(tx, asset.id)
}

function end (tx: Tx, assetId: string): void {
  tx.smartOverrides.end(assetId, tx.now)
  withdrawAction(tx, assetId, { kind: 'smart-override' })
  tx.touched.add(assetId)
}

function findOverride (tx: ReadTx, assetId: string): SmartOverrideRow {
  const lasting = lastingOverride(tx, assetId)
  if (lasting === undefined) throw notFound('Smart override', `that lasts on vehicle ${assetId}`)
  return lasting
}
