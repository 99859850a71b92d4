import { iso, isoOrNull } from '../../../lib/time.ts'
import { type SmartChargingPlan, type SmartChargingStatus } from '../../../contract/smart-charging.ts'
import { type AssetRowOf } from '../../../store/assets.ts'
import { type SmartPlanRow } from '../../../store/smart-charging.ts'

export function showPlan (asset: AssetRowOf<'vehicle'>, row: SmartPlanRow): SmartChargingPlan {
  return {
    id: row.id,
    vehicleId: asset.id,
    userId: asset.user_id,
    locationId: row.location_id,
    vendor: asset.vendor,
    currency: row.currency,
    nonSmartCost: money(row.non_smart_cost),
    smartCost: row.smart_cost === null ? null : money(row.smart_cost),
    stopAt: iso(row.stop_at),
    startAt: isoOrNull(row.start_at),
    estimatedFinishAt: iso(row.finish_at),
    stopConfirmedAt: isoOrNull(row.stop_confirmed_at),
    startConfirmedAt: isoOrNull(row.start_confirmed_at),
    endedAt: isoOrNull(row.ended_at),
    finalState: row.final_state,
    failureCondition: row.failure
  }
}

/** The status of a vehicle that smart charging has nothing to do with. */
export function showDisabled (asset: AssetRowOf<'vehicle'>, updatedAt: string): SmartChargingStatus {
  return {
    updatedAt,
    vehicleId: asset.id,
    userId: asset.user_id,
    vendor: asset.vendor,
    state: 'DISABLED',
    stateChangedAt: iso(asset.created_at),
    consideration: null,
    plan: null,
    smartOverride: null
  }
}

/** Hundredths of a cent are more than anybody pays. */
function money (amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}
