import { changedPaths } from '../../../lib/diff.ts'
import { notFound } from '../../../lib/problem.ts'
import { iso, minute, type Millis } from '../../../lib/time.ts'
import { type SmartChargingPlan, type SmartChargingStatus } from '../../../contract/smart-charging.ts'
import { type AssetRow, type AssetRowOf } from '../../../store/assets.ts'
import { type SmartChargingRow, type SmartPlanRow } from '../../../store/smart-charging.ts'
import { type ReadTx, type Tx } from '../../../store/store.ts'
import { Parsed } from '../../../lib/json.ts'
import { announce } from '../../tell/events.ts'
import { lookedAt, seenView } from '../../sight/seen.ts'
import { summarizeOverride } from '../override-rows.ts'
import { consider, follow, take, type Standing } from './follow.ts'
import { givesUpAt, isExecuting } from './machine.ts'
import { showDisabled, showPlan } from './show.ts'
import { lookAtVehicle } from './situation.ts'

/** How long the end of a plan is shown that nothing lasting has brought about. Our choice. */
const shownFor: Millis = minute

const statuses = new Parsed((row: SmartChargingRow) => row.status)

/** Recalculates the status of a vehicle: what smart charging makes of what is seen, and what it tells the vehicle. */
export function controlBySmartCharging (tx: Tx, asset: AssetRow): void {
  if (asset.kind !== 'vehicle') return
  const row = tx.smartCharging.get(asset.id)
  if (row === undefined) return
  const { state } = statuses.of(row)
  const plan = planOf(tx, row)
  const standing = plan?.ended_at === null ? follow(tx, asset, row, plan, state) : consider(tx, asset, row, plan, state)
  const controller = isExecuting(standing.state) && standing.state !== 'PLAN:EXECUTING:OVERRIDDEN' ? 'smart-charging' : null
  if (asset.controlled_by !== 'schedule' && asset.controlled_by !== controller) tx.assets.setController(asset.id, controller)
  tell(tx, asset, row, standing)
  setTimer(tx, asset.id, nextLook(tx, standing))
}

/** The status as it was last worked out. Each look does that anew, also one that nobody has to make since it can change nothing else. */
export function smartChargingStatus (tx: ReadTx, asset: AssetRowOf<'vehicle'>): SmartChargingStatus {
  const row = tx.smartCharging.get(asset.id)
  if (row === undefined) return showDisabled(asset, seenView(tx, asset).lastSeen)
  const at = lookedAt(tx, asset)
  const status = statuses.of(row)
  return status.updatedAt < at ? { ...status, updatedAt: at } : status
}

/** A plan of a vehicle by its id, or the `latest`. */
export function findPlan (tx: ReadTx, asset: AssetRowOf<'vehicle'>, id: string): SmartChargingPlan {
  const plan = id === 'latest' ? tx.smartPlans.latestOf(asset.id) : tx.smartPlans.get(id)
  if (plan?.asset_id !== asset.id) throw notFound('Smart charging plan', id)
  return showPlan(asset, plan)
}

/** Gives a vehicle a status, once it has something to do with smart charging. */
export function ensureStatus (tx: Tx, asset: AssetRowOf<'vehicle'>): void {
  if (tx.smartCharging.get(asset.id) === undefined) tx.smartCharging.insert(asset.id, JSON.stringify(smartChargingStatus(tx, asset)))
}

/** Ends a plan of a vehicle that goes away. */
export function leaveSmartCharging (tx: Tx, asset: AssetRowOf<'vehicle'>): void {
  const row = tx.smartCharging.get(asset.id)
  const plan = row && planOf(tx, row)
  tx.timers.cancel('smart-charging.look', asset.id)
  if (row === undefined || plan?.ended_at !== null) return
  const { situation } = lookAtVehicle(tx, asset, row, plan)
  tell(tx, asset, row, take(tx, asset, plan, { state: 'PLAN:ENDED:FAILED', failure: 'UNKNOWN' }, situation))
}

/** The plan that is followed, or the last one as long as it matters. */
function planOf (tx: ReadTx, row: SmartChargingRow): SmartPlanRow | undefined {
  return row.plan_id === null ? undefined : tx.smartPlans.get(row.plan_id)
}

/** Stores the status, and announces it if anything but the time of its calculation is new. */
function tell (tx: Tx, asset: AssetRowOf<'vehicle'>, row: SmartChargingRow, { state, plan, situation }: Standing): void {
  const before = statuses.of(row)
  const override = tx.smartOverrides.latestOf(asset.id)
  const { isPluggedIn, isCharging, atChargingLocation, hasTimeEstimate } = situation
  const after: SmartChargingStatus = {
    ...before,
    updatedAt: iso(tx.now),
    state,
    stateChangedAt: state === before.state ? before.stateChangedAt : iso(tx.now),
    consideration: state === 'CONSIDERING' ? { isPluggedIn: isPluggedIn === true, isCharging, atChargingLocation, hasTimeEstimate } : null,
    plan: plan !== null && state.startsWith('PLAN:') ? showPlan(asset, plan) : null,
    smartOverride: override === undefined ? null : summarizeOverride(asset, override)
  }
  const text = JSON.stringify(after)
  const isNews = changedPaths(before, after).some(path => path !== 'updatedAt')
  // While it is off there is nothing to work out, whoever looks at the vehicle.
  if (!isNews && row.is_enabled === 0 && row.plan_id === (plan?.id ?? null)) return
  tx.smartCharging.setStatus(asset.id, text, plan?.id ?? null, isNews ? tx.now : row.told_at)
  statuses.put(tx.smartCharging.get(asset.id), after)
  if (!isNews) return
  announce(tx, { event: 'user:vehicle:smart-charging-status-updated', userId: asset.user_id, object: ['smartChargingStatus', text], change: { before, after, toldAt: row.told_at }, assetId: asset.id })
}

/** The next moment at which a plan has to go on by itself; undefined when there is none. */
function nextLook (tx: ReadTx, { state, plan }: Standing): Millis | undefined {
  if (plan === null) return undefined
  if (plan.ended_at === tx.now) return tx.now + shownFor
  const moments = plan.ended_at !== null ? [plan.retry_at] : [plan.start_at, plan.publication_at, plan.retry_at, state === 'PLAN:EXECUTING:CHARGE_INTERRUPTED' ? givesUpAt({ deadlineAt: plan.deadline_at, finishAt: plan.finish_at }) : null]
  const ahead = moments.filter(at => at !== null).filter(at => at > tx.now)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}

function setTimer (tx: Tx, assetId: string, due: Millis | undefined): void {
  if (tx.timers.get('smart-charging.look', assetId)?.due === due) return
  if (due === undefined) tx.timers.cancel('smart-charging.look', assetId)
  else tx.timers.schedule(due, 'smart-charging.look', assetId)
}
