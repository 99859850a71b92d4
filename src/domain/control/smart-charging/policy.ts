import { type SmartChargingPolicy } from '../../../contract/smart-charging.ts'
import { type AssetRow, type AssetRowOf } from '../../../store/assets.ts'
import { type ReadTx, type Tx } from '../../../store/store.ts'
import { showPolicy } from '../../sight/policy.ts'
import { amendView, currentAsset } from '../../sight/polls.ts'
import { ensureStatus } from './status.ts'

/** Switches smart charging off, as when something else takes control of the vehicle. */
export function disableSmartCharging (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  const policy = showPolicy(tx.smartCharging.get(assetId))
  if (asset?.kind === 'vehicle' && policy.isEnabled) setPolicy(tx, asset, { ...policy, isEnabled: false })
}

/** Switches smart charging of a vehicle that is linked again off, if another user has switched it on meanwhile. */
export function yieldSmartCharging (tx: Tx, asset: AssetRow): void {
  if (isTaken(tx, asset)) disableSmartCharging(tx, asset.id)
}

/** Sets what smart charging of a vehicle shall achieve from now on. */
export function setPolicy (tx: Tx, asset: AssetRowOf<'vehicle'>, policy: SmartChargingPolicy): void {
  // What was seen until now was seen with the policy until now.
  currentAsset(tx, asset.id)
  ensureStatus(tx, asset)
  tx.smartCharging.setPolicy(asset.id, policy.isEnabled, policy.deadline, policy.minimumChargeLimit)
  amendView(tx, asset, view => ({ ...view, smartChargingPolicy: policy }))
  tx.touched.add(asset.id)
  tx.followed.add(asset.id)
}

/** Whether another user's smart charging has the vehicle. */
export function isTaken (tx: ReadTx, asset: AssetRow): boolean {
  return tx.assets.ofDevice(asset.device_id).some(other => other.id !== asset.id && other.is_linked === 1 && tx.smartCharging.get(other.id)?.is_enabled === 1)
}
