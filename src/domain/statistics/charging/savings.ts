import { day, type Millis } from '../../../lib/time.ts'
import { bucketStart } from '../../../devices/weather.ts'
import { type AssetRow } from '../../../store/assets.ts'
import { type SmartPlanRow } from '../../../store/smart-charging.ts'
import { type ReadTx } from '../../../store/store.ts'
import { pricesOfDay } from '../../prices/index.ts'
import { type Draw } from './draws.ts'

/** A charge that smart charging has moved, in which every kWh has its part of what that saved. */
export interface Move {
  savingsPerKwh: number
  /** Of a kWh had the charge begun at once. */
  nonSmartPrice: { min: number, max: number, mean: number }
  /** Whether the plan has ended, so that this stays as it is. */
  isFinal: boolean
}

/** The plans of a vehicle that moved a charge of which something lies between two moments, the oldest first. */
export function movingPlans (tx: ReadTx, asset: AssetRow, from: Millis, to: Millis): SmartPlanRow[] {
  if (asset.kind !== 'vehicle') return []
  return tx.smartPlans.startedBetween(asset.id, from, to).filter(plan => plan.smart_cost !== null && startOf(plan) > plan.created_at)
}

/** The samples in which the charge of a plan lies. */
export function spanOf (tx: ReadTx, plan: SmartPlanRow): { from: Millis, to: Millis } {
  return { from: bucketStart(startOf(plan)), to: plan.ended_at ?? tx.now }
}

/**
 * What a plan did for a kWh of its charge. One that was carried out has saved what it says, on whatever was drawn; of
 * one that was cut short, or still is under way, only what was drawn so far counts.
 */
export function moveOf (tx: ReadTx, plan: SmartPlanRow, draws: readonly Draw[]): Move | undefined {
  const { from, to } = spanOf(tx, plan)
  const drawn = draws.reduce((sum, { at, kwh }) => at >= from && at < to ? sum + kwh : sum, 0)
  const whole = plan.final_state === 'PLAN:ENDED:FINISHED' ? drawn : Math.max(drawn, plan.kwh)
  if (whole === 0) return undefined
  const mean = plan.non_smart_cost / whole
  const prices = [mean, ...pricesFrom(tx, plan, plan.created_at, plan.created_at + plan.finish_at - startOf(plan))]
  return {
    savingsPerKwh: (plan.non_smart_cost - (plan.smart_cost ?? 0)) / whole,
    nonSmartPrice: { min: Math.min(...prices), max: Math.max(...prices), mean },
    isFinal: plan.ended_at !== null
  }
}

/** Somebody may have started the charge before its time. */
function startOf ({ start_at: startAt, start_confirmed_at: confirmedAt }: SmartPlanRow): Millis {
  return Math.min(startAt ?? Infinity, confirmedAt ?? Infinity)
}

/** The prices between two moments, as they were known where the vehicle was at the first. */
function pricesFrom (tx: ReadTx, plan: SmartPlanRow, from: Millis, to: Millis): number[] {
  const terms = tx.stays.between(plan.asset_id, from, from + 1)[0]?.terms ?? null
  if (terms === null) return []
  const days = Array.from({ length: Math.floor(to / day) - Math.floor(from / day) + 1 }, (_, i) => Math.floor(from / day) + i)
  return days.flatMap(each => pricesOfDay(tx, terms, each)).filter(price => price.from < to && price.to > from).map(({ costPerKwh }) => costPerKwh)
}
