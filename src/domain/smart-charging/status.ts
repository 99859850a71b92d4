import { changedPaths } from '../../lib/diff.ts'
import { notFound, Problem } from '../../lib/problem.ts'
import { iso, minute, type Millis } from '../../lib/time.ts'
import { nextClockTime } from '../../lib/timezone.ts'
import { type SmartChargingPlan, type SmartChargingState, type SmartChargingStatus } from '../../contract/smart-charging.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type SmartChargingRow, type SmartPlanRow } from '../../store/smart-charging.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { requestAction, withdrawAction } from '../actions.ts'
import { announce } from '../events.ts'
import { givesUpAt, isExecuting, triesEvery, withoutPlan, withPlan, type Course, type Situation, type Step } from './machine.ts'
import { showDisabled, showPlan, summarizeOverride } from './show.ts'
import { figuresFor, lookAtVehicle, type Sight } from './situation.ts'

/** Brings the next look at a vehicle, when something is due that no event tells. */
export const lookTimer = 'smart-charging.look'

/** How long the end of a plan is shown that nothing lasting has brought about. Our choice. */
const shownFor: Millis = minute

/** A plan that has not resumed charging yet is made anew when what it was made from changes, and resumes at once below the minimum. */
const waiting: ReadonlySet<SmartChargingState> = new Set([
  'PLAN:EXECUTING:STOPPING', 'PLAN:EXECUTING:STOP_FAILED', 'PLAN:EXECUTING:STOPPED', 'PLAN:EXECUTING:STOPPED:AWAITING_PRICES', 'PLAN:EXECUTING:OVERRIDDEN'
])

interface Standing {
  state: SmartChargingState
  /** Of the states that begin with PLAN. */
  plan: SmartPlanRow | null
  situation: Situation
}

/** Recalculates the status of a vehicle: what smart charging makes of what is seen, and what it tells the vehicle. */
export function controlBySmartCharging (tx: Tx, asset: AssetRow): void {
  const row = asset.kind === 'vehicle' ? tx.smartCharging.get(asset.id) : undefined
  if (row === undefined) return
  const { state } = JSON.parse(row.status) as SmartChargingStatus
  const plan = row.plan_id === null ? undefined : tx.smartPlans.get(row.plan_id)
  const standing = plan?.ended_at === null ? follow(tx, asset, row, plan, state) : consider(tx, asset, row, plan, state)
  const controller = isExecuting(standing.state) && standing.state !== 'PLAN:EXECUTING:OVERRIDDEN' ? 'smart-charging' : null
  if (asset.controlled_by !== 'schedule' && asset.controlled_by !== controller) tx.assets.setController(asset.id, controller)
  tell(tx, asset, row, standing)
  setTimer(tx, asset.id, nextLook(tx, standing))
}

/** The status as it was last told. */
export function showStatus (tx: ReadTx, asset: AssetRow): SmartChargingStatus {
  const row = tx.smartCharging.get(asset.id)
  return row === undefined ? showDisabled(asset, (JSON.parse(asset.view) as { lastSeen: string }).lastSeen) : JSON.parse(row.status) as SmartChargingStatus
}

/** A plan of a vehicle by its id, or the `latest`. */
export function findPlan (tx: ReadTx, asset: AssetRow, id: string): SmartChargingPlan {
  const plan = id === 'latest' ? tx.smartPlans.latestOf(asset.id) : tx.smartPlans.get(id)
  if (plan?.asset_id !== asset.id) throw notFound('Smart charging plan', id)
  return showPlan(asset, plan)
}

/** The row of a vehicle that gets something to do with smart charging. */
export function rowOf (tx: Tx, asset: AssetRow): SmartChargingRow {
  if (tx.smartCharging.get(asset.id) === undefined) tx.smartCharging.insert(asset.id, JSON.stringify(showDisabled(asset, iso(tx.now))))
  return tx.smartCharging.get(asset.id) as SmartChargingRow
}

/** Ends a plan of a vehicle that goes away. */
export function leaveSmartCharging (tx: Tx, asset: AssetRow): void {
  const row = tx.smartCharging.get(asset.id)
  const plan = row?.plan_id == null ? undefined : tx.smartPlans.get(row.plan_id)
  tx.timers.cancel(lookTimer, asset.id)
  if (row === undefined || plan?.ended_at !== null) return
  const { situation } = lookAtVehicle(tx, asset, row, plan)
  tell(tx, asset, row, take(tx, asset, plan, { state: 'PLAN:ENDED:FAILED', failure: 'UNKNOWN' }, situation))
}

function consider (tx: Tx, asset: AssetRow, row: SmartChargingRow, ended: SmartPlanRow | undefined, state: SmartChargingState): Standing {
  const sight = lookAtVehicle(tx, asset, row)
  const { situation } = sight
  // Shown for a moment at least, or nobody could see it.
  if (ended?.ended_at === tx.now) return { state, plan: ended, situation }
  const next = withoutPlan(situation, state)
  if (next === 'PLAN') return begin(tx, asset, row, sight)
  return { state: next, plan: next.startsWith('PLAN:') ? ended ?? null : null, situation }
}

function begin (tx: Tx, asset: AssetRow, row: SmartChargingRow, { situation, location, basis }: Sight): Standing {
  if (location === undefined || row.deadline === null) throw new Error(`vehicle ${asset.id} cannot have a plan yet`)
  const deadlineAt = nextClockTime(location.timezone, tx.now, row.deadline)
  const figures = figuresFor(tx, asset, location, tx.now, situation.isBelowMinimum ? tx.now : deadlineAt)
  if (figures === undefined) return { state: 'UNKNOWN', plan: null, situation }
  const plan: SmartPlanRow = {
    id: tx.random.uuid(),
    asset_id: asset.id,
    location_id: location.id,
    created_at: tx.now,
    deadline_at: deadlineAt,
    deadline: deadlineOf(row, location),
    basis,
    ...figures,
    stop_at: tx.now,
    stop_confirmed_at: null,
    start_confirmed_at: null,
    ended_at: null,
    final_state: null,
    failure: null,
    tries: 0,
    retry_at: null
  }
  tx.smartPlans.insert(plan)
  return take(tx, asset, plan, withPlan(situation, courseOf(plan, row, location), null), situation)
}

function follow (tx: Tx, asset: AssetRow, row: SmartChargingRow, known: SmartPlanRow, state: SmartChargingState): Standing {
  const { situation, location, basis } = lookAtVehicle(tx, asset, row, known)
  const isWaiting = waiting.has(state) && (known.start_at === null || tx.now < known.start_at)
  const isOutdated = basis !== known.basis || (known.publication_at !== null && known.publication_at <= tx.now) || situation.isBelowMinimum
  const figures = isWaiting && isOutdated && location !== undefined
    ? figuresFor(tx, asset, location, known.created_at, situation.isBelowMinimum ? tx.now : known.deadline_at)
    : undefined
  const plan = figures === undefined ? known : { ...known, ...figures, basis }
  const step = withPlan(situation, courseOf(plan, row, location), state)
  const isEarly = step.state === 'PLAN:EXECUTING:STARTED' && state !== step.state && (plan.start_at === null || tx.now < plan.start_at)
  // Somebody has started it before its time, which changes when it ends and what it costs.
  const early = isEarly && location !== undefined ? figuresFor(tx, asset, location, plan.created_at, tx.now) : undefined
  const { finish_at: finishAt, smart_cost: smartCost, non_smart_cost: nonSmartCost } = early ?? plan
  return take(tx, asset, { ...plan, finish_at: finishAt, smart_cost: smartCost, non_smart_cost: nonSmartCost }, step, situation, state)
}

/** Takes a step: tells the vehicle what it has to do, and writes down how the plan stands. */
function take (tx: Tx, asset: AssetRow, before: SmartPlanRow, { state, command, failure }: Step, situation: Situation, from?: SmartChargingState): Standing {
  const plan = { ...before }
  const hasFailed = state === 'PLAN:EXECUTING:STOP_FAILED' || state === 'PLAN:EXECUTING:START_FAILED'
  if (state.startsWith('PLAN:EXECUTING:STOPPED')) plan.stop_confirmed_at ??= tx.now
  if (state === 'PLAN:EXECUTING:STARTED') plan.start_confirmed_at ??= tx.now
  if (hasFailed && state !== from) plan.retry_at = tx.now + triesEvery
  if (!hasFailed) plan.retry_at = null
  if (command !== undefined) plan.tries = from !== undefined && failed.has(from) ? plan.tries + 1 : 1
  if (!isExecuting(state)) Object.assign(plan, { ended_at: tx.now, final_state: state, failure: failure ?? null })
  tx.smartPlans.update(plan)
  if (command !== undefined) order(tx, asset, command)
  else if (isObsolete(situation.pending, state)) withdrawAction(tx, asset.id, 'smart-charging')
  return { state, plan, situation }
}

const failed: ReadonlySet<SmartChargingState> = new Set(['PLAN:EXECUTING:STOP_FAILED', 'PLAN:EXECUTING:START_FAILED'])

/** What was told the vehicle and is wanted no longer. A start is what an override wants as well. */
function isObsolete (pending: Situation['pending'], state: SmartChargingState): boolean {
  if (pending === 'STOP') return state !== 'PLAN:EXECUTING:STOPPING'
  return pending === 'START' && state !== 'PLAN:EXECUTING:STARTING' && state !== 'PLAN:EXECUTING:OVERRIDDEN'
}

/** A command that is refused counts as one that failed. */
function order (tx: Tx, asset: AssetRow, kind: 'START' | 'STOP'): void {
  try {
    requestAction(tx, asset, { type: 'charging', kind }, 'smart-charging')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tx.touched.add(asset.id)
  }
}

function courseOf (plan: SmartPlanRow, row: SmartChargingRow, location: LocationRow | undefined): Course {
  return {
    startAt: plan.start_at,
    finishAt: plan.finish_at,
    madeAt: plan.created_at,
    deadlineAt: plan.deadline_at,
    tries: plan.tries,
    retryAt: plan.retry_at,
    isDeadlineKept: plan.deadline === deadlineOf(row, location),
    isAtItsLocation: plan.location_id === location?.id
  }
}

function deadlineOf (row: SmartChargingRow, location: LocationRow | undefined): string {
  return `${row.deadline} ${location?.timezone}`
}

/** Keeps the status, and announces it if anything but the time of its calculation is new. */
function tell (tx: Tx, asset: AssetRow, row: SmartChargingRow, { state, plan, situation }: Standing): void {
  const before = JSON.parse(row.status) as SmartChargingStatus
  const override = tx.smartOverrides.latestOf(asset.id)
  const { isPluggedIn, isCharging, atChargingLocation, hasTimeEstimate } = situation
  const after: SmartChargingStatus = {
    ...before,
    updatedAt: iso(tx.now),
    state,
    stateChangedAt: state === before.state ? before.stateChangedAt : iso(tx.now),
    consideration: state === 'CONSIDERING' ? { isPluggedIn: isPluggedIn === true, isCharging, atChargingLocation, hasTimeEstimate } : null,
    plan: plan === null ? null : showPlan(asset, plan),
    smartOverride: override === undefined ? null : summarizeOverride(asset, override)
  }
  const text = JSON.stringify(after)
  tx.smartCharging.setStatus(asset.id, text, plan?.id ?? null)
  const updatedFields = changedPaths(before, after)
  if (updatedFields.every(path => path === 'updatedAt')) return
  announce(tx, { event: 'user:vehicle:smart-charging-status-updated', userId: asset.user_id, object: ['smartChargingStatus', text], updatedFields })
}

/** The next moment at which a plan has to go on by itself; undefined when there is none. */
function nextLook (tx: ReadTx, { state, plan }: Standing): Millis | undefined {
  if (plan === null) return undefined
  if (plan.ended_at !== null) return plan.ended_at === tx.now ? tx.now + shownFor : undefined
  const moments = [plan.start_at, plan.publication_at, plan.retry_at, state === 'PLAN:EXECUTING:CHARGE_INTERRUPTED' ? givesUpAt({ deadlineAt: plan.deadline_at, finishAt: plan.finish_at }) : null]
  const ahead = moments.filter(at => at !== null).filter(at => at > tx.now)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}

function setTimer (tx: Tx, assetId: string, due: Millis | undefined): void {
  if (tx.timers.get(lookTimer, assetId)?.due === due) return
  if (due === undefined) tx.timers.cancel(lookTimer, assetId)
  else tx.timers.schedule(due, lookTimer, assetId)
}
