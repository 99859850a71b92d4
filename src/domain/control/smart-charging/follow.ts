import { Problem } from '../../../lib/problem.ts'
import { type Millis } from '../../../lib/time.ts'
import { nextClockTime } from '../../../lib/timezone.ts'
import { type SmartChargingState } from '../../../contract/smart-charging.ts'
import { type AssetRowOf } from '../../../store/assets.ts'
import { type LocationRow } from '../../../store/locations.ts'
import { type SmartChargingRow, type SmartPlanRow } from '../../../store/smart-charging.ts'
import { type Tx } from '../../../store/store.ts'
import { requestAction, withdrawAction, type Asker } from '../actions.ts'
import { endingOf, isExecuting, nextPlanAt, triesEvery, withoutPlan, withPlan, type Course, type Legacy, type Situation, type PlanStep } from './machine.ts'
import { figuresFor, lookAtVehicle, type VehicleSight } from './situation.ts'

/** Where smart charging of a vehicle stands. */
export interface Standing {
  state: SmartChargingState
  /** Of the states that begin with PLAN; in others, one that has ended and whose vehicle stays as it left it. */
  plan: SmartPlanRow | null
  situation: Situation
}

const failed: ReadonlySet<SmartChargingState> = new Set(['PLAN:EXECUTING:STOP_FAILED', 'PLAN:EXECUTING:START_FAILED'])

/** What comes next while no plan is followed; `ended` is the last one, if its end is still shown. */
export function consider (tx: Tx, asset: AssetRowOf<'vehicle'>, row: SmartChargingRow, ended: SmartPlanRow | undefined, state: SmartChargingState): Standing {
  const sight = lookAtVehicle(tx, asset, row)
  const { situation } = sight
  // Shown for a moment at least, or nobody could see it.
  if (ended?.ended_at === tx.now) return { state, plan: ended, situation }
  const legacy = legacyOf(ended)
  const next = withoutPlan(situation, state, legacy)
  const made = next === 'PLAN' ? begin(tx, asset, row, sight) : undefined
  if (made !== undefined) return made
  const standing = next === 'PLAN' ? 'UNKNOWN' : next
  const { isEnabled, isPluggedIn, isCharging, isFullyCharged } = situation
  const isAsLeft = legacy.startsIt !== null && isEnabled && isPluggedIn !== false && !isCharging && !isFullyCharged
  return { state: standing, plan: standing.startsWith('PLAN:') || isAsLeft ? ended ?? null : null, situation }
}

/** What somebody else did to the vehicle stays so; what the plan did is for the next one to go on with. */
function legacyOf (ended: SmartPlanRow | undefined): Legacy {
  if (ended === undefined) return { startsIt: null, nextAt: -Infinity }
  const nextAt = ended.retry_at ?? Infinity
  if (ended.failure === 'CHARGE_INTERRUPTED') return { startsIt: false, nextAt }
  const isInherited = ended.final_state === 'PLAN:ENDED:DEADLINE_CHANGED' || ended.failure === 'START_FAILED' || ended.failure === 'UNKNOWN'
  const hasResumed = ended.start_confirmed_at !== null && !isAhead(ended, ended.ended_at ?? Infinity) && ended.failure !== 'START_FAILED'
  return { startsIt: isInherited && !hasResumed ? true : null, nextAt }
}

/** Makes a plan and takes its first step; undefined where there are no prices for one. */
function begin (tx: Tx, asset: AssetRowOf<'vehicle'>, row: SmartChargingRow, { situation, location, basis }: VehicleSight): Standing | undefined {
  if (location === undefined || row.deadline === null) throw new Error(`vehicle ${asset.id} cannot have a plan yet`)
  const deadlineAt = nextClockTime(location.timezone, tx.now, row.deadline)
  const figures = figuresFor(tx, asset, location, { madeAt: tx.now, deadline: deadlineAt, minimum: promptUpTo(row, situation) })
  if (figures === undefined) return undefined
  const plan: SmartPlanRow = {
    id: tx.random.uuid(),
    asset_id: asset.id,
    location_id: location.id,
    created_at: tx.now,
    deadline_at: deadlineAt,
    deadline: deadlineOf(row, location),
    basis,
    ...figures,
    stop_confirmed_at: null,
    start_confirmed_at: null,
    ended_at: null,
    final_state: null,
    failure: null,
    is_prompt: situation.isBelowMinimum ? 1 : 0,
    tries: 0,
    retry_at: null
  }
  tx.smartPlans.insert(plan)
  return take(tx, asset, plan, withPlan(situation, courseOf(plan, row, location), null), situation)
}

/** What comes next in a plan. */
export function follow (tx: Tx, asset: AssetRowOf<'vehicle'>, row: SmartChargingRow, known: SmartPlanRow, state: SmartChargingState): Standing {
  const sight = lookAtVehicle(tx, asset, row, known)
  const { situation, location } = sight
  // Its figures stay as they were to the end.
  const ending = endingOf(situation, courseOf(known, row, location))
  if (ending !== undefined) return take(tx, asset, known, ending, situation, state)
  const plan = renewed(tx, asset, row, known, sight, state)
  // Once a car is above its minimum, its plan goes on as a new one does.
  const isAbove = known.is_prompt === 1 && plan.is_prompt === 0
  const step = withPlan(situation, courseOf(plan, row, location), isAbove ? null : state)
  const isEarly = step.state === 'PLAN:EXECUTING:STARTED' && state !== step.state && isAhead(plan, tx.now) && !situation.isBelowMinimum
  // Somebody has started it before its time, which changes when it ends and what it costs.
  const early = isEarly && location !== undefined ? figuresFor(tx, asset, location, { madeAt: plan.created_at, deadline: tx.now, minimum: 0 }) : undefined
  const { finish_at: finishAt, kwh, smart_cost: smartCost, non_smart_cost: nonSmartCost } = early ?? plan
  return take(tx, asset, { ...plan, finish_at: finishAt, kwh, smart_cost: smartCost, non_smart_cost: nonSmartCost }, step, situation, state)
}

/** A plan that has not resumed charging yet is made anew when what it was made from changes, and at both ends of a prompt charge. */
function renewed (tx: Tx, asset: AssetRowOf<'vehicle'>, row: SmartChargingRow, plan: SmartPlanRow, { situation, location, basis }: VehicleSight, state: SmartChargingState): SmartPlanRow {
  if (situation.isOverridden || location === undefined) return plan
  const isPrompt = situation.isBelowMinimum ? 1 : 0
  const isSwitched = isPrompt !== plan.is_prompt
  // Somebody may have started it before its time; the figures of that are no good once it is stopped again.
  const wasEarly = state === 'PLAN:EXECUTING:STARTED' && isPrompt === 0 && !isSwitched
  const isWaiting = isAhead(plan, tx.now) && !(wasEarly && (situation.isCharging || situation.isInitializing))
  const isOutdated = basis !== plan.basis || (plan.publication_at !== null && plan.publication_at <= tx.now) || isSwitched || wasEarly
  const after: SmartPlanRow = { ...plan, is_prompt: isPrompt }
  if (!isWaiting || !isOutdated) return after
  const figures = figuresFor(tx, asset, location, { madeAt: plan.created_at, deadline: plan.deadline_at, minimum: promptUpTo(row, situation) })
  return figures === undefined ? after : { ...after, ...figures, basis, stop_at: isSwitched ? figures.stop_at : plan.stop_at }
}

/** The level in percent up to which a car charges promptly now; 0 when it need not. */
function promptUpTo (row: SmartChargingRow, { isBelowMinimum }: Situation): number {
  return isBelowMinimum ? row.minimum_charge_limit : 0
}

/** Whether it is not yet time to resume charging. */
function isAhead (plan: SmartPlanRow, now: Millis): boolean {
  return plan.start_at === null || now < plan.start_at
}

/** Takes a step: tells the vehicle what it has to do, and writes down how the plan stands. */
export function take (tx: Tx, asset: AssetRowOf<'vehicle'>, before: SmartPlanRow, { state, command, isDisplaced, failure }: PlanStep, situation: Situation, from?: SmartChargingState): Standing {
  const plan = { ...before }
  if (state.startsWith('PLAN:EXECUTING:STOPPED')) plan.stop_confirmed_at ??= tx.now
  if (state === 'PLAN:EXECUTING:STARTED') plan.start_confirmed_at ??= tx.now
  if (failed.has(state) && state !== from) plan.retry_at = tx.now + triesEvery
  if (!failed.has(state)) plan.retry_at = null
  if (command !== undefined) plan.tries = from !== undefined && failed.has(from) ? plan.tries + 1 : 1
  if (isDisplaced === true) plan.tries = 0
  if (!isExecuting(state)) Object.assign(plan, { ended_at: tx.now, final_state: state, failure: failure ?? null, retry_at: nextPlanAt(situation, failure) })
  // At most looks nothing is new.
  const known: Partial<SmartPlanRow> = tx.smartPlans.get(plan.id) ?? {}
  if ((Object.keys(plan) as Array<keyof SmartPlanRow>).some(column => plan[column] !== known[column])) tx.smartPlans.update(plan)
  if (command !== undefined) order(tx, asset, command)
  else if (isObsolete(situation.pending, state)) withdrawAction(tx, asset.id, policyOf(asset))
  return { state, plan, situation }
}

/** What was told the vehicle and is wanted no longer. A start is what an override wants as well. */
function isObsolete (pending: Situation['pending'], state: SmartChargingState): boolean {
  if (pending === 'STOP') return state !== 'PLAN:EXECUTING:STOPPING'
  return pending === 'START' && state !== 'PLAN:EXECUTING:STARTING' && state !== 'PLAN:EXECUTING:OVERRIDDEN'
}

/** A command that is refused counts as one that failed. */
function order (tx: Tx, asset: AssetRowOf<'vehicle'>, kind: 'START' | 'STOP'): void {
  try {
    requestAction(tx, asset, { type: 'charging', kind }, policyOf(asset))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tx.touched.add(asset.id)
  }
}

function policyOf ({ id }: AssetRowOf<'vehicle'>): Asker {
  return { kind: 'smart-charging', name: `the smart charging policy of vehicle ${id}` }
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
