import { iso } from '../../lib/time.ts'
import { type SmartChargingPlan, type SmartChargingPolicy, type SmartChargingStatus, type SmartOverride, type SmartOverrideSummary } from '../../contract/smart-charging.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type SmartChargingRow, type SmartPlanRow } from '../../store/smart-charging.ts'
import { type SmartOverrideRow } from '../../store/smart-overrides.ts'

/** The policy of a vehicle; without a row it is off. */
export function showPolicy (row: Pick<SmartChargingRow, 'is_enabled' | 'deadline' | 'minimum_charge_limit'> | undefined): SmartChargingPolicy {
  return { isEnabled: row?.is_enabled === 1, deadline: row?.deadline ?? null, minimumChargeLimit: row?.minimum_charge_limit ?? 0 }
}

export function showPlan (asset: AssetRow, row: SmartPlanRow): SmartChargingPlan {
  return {
    id: row.id,
    vehicleId: asset.id,
    userId: asset.user_id,
    locationId: row.location_id,
    vendor: asset.vendor as SmartChargingPlan['vendor'],
    currency: row.currency,
    nonSmartCost: money(row.non_smart_cost),
    smartCost: row.smart_cost === null ? null : money(row.smart_cost),
    stopAt: iso(row.stop_at),
    startAt: time(row.start_at),
    estimatedFinishAt: iso(row.finish_at),
    stopConfirmedAt: time(row.stop_confirmed_at),
    startConfirmedAt: time(row.start_confirmed_at),
    endedAt: time(row.ended_at),
    finalState: row.final_state as SmartChargingPlan['finalState'],
    failureCondition: row.failure as SmartChargingPlan['failureCondition']
  }
}

/** An override as a status carries it. */
export function summarizeOverride (asset: Pick<AssetRow, 'id' | 'kind'>, row: SmartOverrideRow): SmartOverrideSummary {
  return {
    createdAt: iso(row.created_at),
    endedAt: time(row.ended_at),
    targetType: asset.kind as SmartOverrideSummary['targetType'],
    targetId: asset.id,
    vendorActionId: row.action_id
  }
}

export function showOverride (asset: AssetRow, row: SmartOverrideRow): SmartOverride {
  return { ...summarizeOverride(asset, row), userId: asset.user_id, vendor: asset.vendor as SmartOverride['vendor'] }
}

/** The status of a vehicle that smart charging has nothing to do with. */
export function showDisabled (asset: AssetRow, updatedAt: string): SmartChargingStatus {
  return {
    updatedAt,
    vehicleId: asset.id,
    userId: asset.user_id,
    vendor: asset.vendor as SmartChargingStatus['vendor'],
    state: 'DISABLED',
    stateChangedAt: iso(asset.created_at),
    consideration: null,
    plan: null,
    smartOverride: null
  }
}

function time (at: number | null): string | null {
  return at === null ? null : iso(at)
}

/** Hundredths of a cent are more than anybody pays. */
function money (amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}
