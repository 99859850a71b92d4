import { type SmartOverride, type SmartOverrideSummary } from '../../contract/smart-charging.ts'
import { iso, isoOrNull } from '../../lib/time.ts'
import { type AssetRowOf } from '../../store/assets.ts'
import { type SmartOverrideRow } from '../../store/smart-overrides.ts'
import { type ReadTx } from '../../store/store.ts'

/** The override of an asset that lasts. */
export function lastingOverride (tx: ReadTx, assetId: string): SmartOverrideRow | undefined {
  const latest = tx.smartOverrides.latestOf(assetId)
  return latest?.ended_at === null ? latest : undefined
}

/** An override as a status carries it. */
export function summarizeOverride (asset: Pick<AssetRowOf<'vehicle' | 'charger'>, 'id' | 'kind'>, row: SmartOverrideRow): SmartOverrideSummary {
  return {
    createdAt: iso(row.created_at),
    endedAt: isoOrNull(row.ended_at),
    targetType: asset.kind,
    targetId: asset.id,
    vendorActionId: row.action_id
  }
}

export function showOverride (asset: AssetRowOf<'vehicle'>, row: SmartOverrideRow): SmartOverride {
  return { ...summarizeOverride(asset, row), userId: asset.user_id, vendor: asset.vendor }
}
