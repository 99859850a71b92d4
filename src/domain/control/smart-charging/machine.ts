import { hour, minute, type Millis } from '../../../lib/time.ts'
import { type SmartChargingPlan, type SmartChargingState } from '../../../contract/smart-charging.ts'

export type FinalState = NonNullable<SmartChargingPlan['finalState']>
export type FailureCondition = NonNullable<SmartChargingPlan['failureCondition']>

/** What decides on the state of smart charging, as it stands at one moment. */
export interface Situation {
  now: Millis
  /** Of the policy. */
  isEnabled: boolean
  /** Whether the vehicle has the capability. */
  isCapable: boolean
  /** Whether energy has a price where the vehicle is; true where it is at no location. */
  hasPrices: boolean
  /** Null once nothing was heard of the vehicle for too long. */
  isPluggedIn: boolean | null
  isCharging: boolean
  /** Whether it is about to charge. */
  isInitializing: boolean
  /** Whether it has reached its charge limit. */
  isFullyCharged: boolean
  atChargingLocation: boolean
  hasTimeEstimate: boolean
  /** Whether it cannot be reached. */
  isLost: boolean
  /** Whether it shall charge promptly, whatever that costs, and also if it stands still. */
  isBelowMinimum: boolean
  /** Whether a smart override lasts. */
  isOverridden: boolean
  /** What smart charging has told the vehicle to do and waits for; ANOTHER is what somebody else has told it. */
  pending: 'START' | 'STOP' | 'ANOTHER' | null
}

/** What the machine has to know of a plan that is followed. */
export interface Course {
  /** Null while prices are awaited. */
  startAt: Millis | null
  finishAt: Millis
  madeAt: Millis
  deadlineAt: Millis
  /** How often in a row the present stop or start was tried; 0 when another command has taken its place. */
  tries: number
  /** When a try that failed is repeated. */
  retryAt: Millis | null
  /** Whether the policy and the location still give the same deadline. */
  isDeadlineKept: boolean
  /** Whether the vehicle is still where the plan was made for. */
  isAtItsLocation: boolean
}

/** What the last plan has left behind, as long as the vehicle stays as it left it. */
export interface Legacy {
  /** Whether a vehicle that stands still is to be started: true when the plan had stopped it, false when somebody else had; null when neither. */
  startsIt: boolean | null
  /** When another plan may follow at the earliest; Infinity when not before the vehicle is plugged in again. */
  nextAt: Millis
}

/** What comes next: a state, with what the vehicle is to be told. */
export interface PlanStep {
  state: SmartChargingState
  command?: 'START' | 'STOP'
  /** Another command has taken the place of the one that was waited for. */
  isDisplaced?: boolean
  /** Only of a plan that ends. */
  failure?: FailureCondition
}

/** A stop or a start that failed is tried so often in all, so far apart; then the plan has failed. Our choice. */
export const mostTries = 3
export const triesEvery: Millis = 5 * minute

/** A plan that takes more than this part longer than estimated has finished late, as documented. */
const late = 0.15

/** How long a charge that was interrupted after the deadline may take to go on. Our choice. */
const patience: Millis = hour

/** How long a vehicle that is in touch and could not be started is let be before the next plan. Our choice. */
const restsFor: Millis = hour

/** What ends a plan, whatever it is doing; of several, the first. */
const endings: ReadonlyArray<{ when: (s: Situation, plan: Course) => boolean, ends: FinalState, failure?: FailureCondition }> = [
  { when: s => !s.isEnabled, ends: 'PLAN:ENDED:DISABLED' },
  { when: (s, plan) => s.isFullyCharged && isLate(s, plan), ends: 'PLAN:ENDED:FINISHED', failure: 'FINISHED_LATE' },
  { when: s => s.isFullyCharged, ends: 'PLAN:ENDED:FINISHED' },
  { when: s => s.isPluggedIn === false, ends: 'PLAN:ENDED:UNPLUGGED' },
  // It cannot be controlled any more, or it is not known where it is and what it does.
  { when: (s, plan) => s.isPluggedIn === null || !s.isCapable || !s.hasPrices || !plan.isAtItsLocation, ends: 'PLAN:ENDED:FAILED', failure: 'UNKNOWN' },
  { when: (_, plan) => !plan.isDeadlineKept, ends: 'PLAN:ENDED:DEADLINE_CHANGED' }
]

/** How long a plan that ended is shown: as long as what ended it lasts. Those that are not here are shown until the next look. */
const lasting: Partial<Record<SmartChargingState, (s: Situation) => boolean>> = {
  'PLAN:ENDED:FINISHED': s => s.isFullyCharged && s.isPluggedIn === true,
  'PLAN:ENDED:UNPLUGGED': s => s.isPluggedIn === false,
  'PLAN:ENDED:FAILED': s => s.isPluggedIn !== false && !s.isFullyCharged,
  // The plan that takes over inherits a vehicle that stands still, and waits until it can be made.
  'PLAN:ENDED:DEADLINE_CHANGED': s => s.isPluggedIn === true && !s.isCharging && !s.isFullyCharged
}

/** The state while no plan is followed; `PLAN` when it is time to make one. */
export function withoutPlan (s: Situation, state: SmartChargingState, { startsIt, nextAt }: Legacy): SmartChargingState | 'PLAN' {
  if (!s.isEnabled) return 'DISABLED'
  if (!s.isCapable || !s.hasPrices) return 'UNKNOWN'
  // Below its minimum a car is started, and of one that the plan before has stopped nobody expects that it charges.
  const isCharging = s.isCharging || (startsIt ?? s.isBelowMinimum)
  const isHeldBack = s.isOverridden || s.isFullyCharged || s.now < nextAt
  if (s.isPluggedIn === true && isCharging && s.atChargingLocation && s.hasTimeEstimate && !isHeldBack) return 'PLAN'
  if (lasting[state]?.(s) === true) return state
  return s.isFullyCharged ? 'FULLY_CHARGED' : 'CONSIDERING'
}

/** The end of a plan, whatever it is doing; undefined while it goes on. */
export function endingOf (s: Situation, plan: Course): PlanStep | undefined {
  const ending = endings.find(({ when }) => when(s, plan))
  return ending && { state: ending.ends, ...(ending.failure === undefined ? {} : { failure: ending.failure }) }
}

/** The next step of a plan from a state; null is that of a new plan. */
export function withPlan (s: Situation, plan: Course, state: SmartChargingState | null): PlanStep {
  const ending = endingOf(s, plan)
  if (ending !== undefined) return ending
  if (s.isOverridden) return { state: 'PLAN:EXECUTING:OVERRIDDEN' }
  const charges = s.isBelowMinimum || (plan.startAt !== null && s.now >= plan.startAt)
  return charges ? afterStart(s, plan, state) : beforeStart(s, plan, state)
}

/** The vehicle is to stand still. */
function beforeStart (s: Situation, plan: Course, state: SmartChargingState | null): PlanStep {
  if (!s.isCharging && !s.isInitializing) return { state: plan.startAt === null ? 'PLAN:EXECUTING:STOPPED:AWAITING_PRICES' : 'PLAN:EXECUTING:STOPPED' }
  switch (state) {
    case 'PLAN:EXECUTING:STOPPED':
    case 'PLAN:EXECUTING:STOPPED:AWAITING_PRICES':
    case 'PLAN:EXECUTING:STARTED':
      // Somebody else has started it, and shall have their will.
      return { state: s.isCharging ? 'PLAN:EXECUTING:STARTED' : state }
    case 'PLAN:EXECUTING:STOPPING': return waitFor('STOP', s, plan, state, 'PLAN:EXECUTING:STOP_FAILED')
    case 'PLAN:EXECUTING:STOP_FAILED': return again(s, plan, state, { state: 'PLAN:EXECUTING:STOPPING', command: 'STOP' }, 'STOP_FAILED')
    default: return { state: 'PLAN:EXECUTING:STOPPING', command: 'STOP' }
  }
}

/** The vehicle is to charge. */
function afterStart (s: Situation, plan: Course, state: SmartChargingState | null): PlanStep {
  if (s.isCharging) return { state: 'PLAN:EXECUTING:STARTED' }
  switch (state) {
    case 'PLAN:EXECUTING:STARTED':
      return { state: s.isInitializing ? state : 'PLAN:EXECUTING:CHARGE_INTERRUPTED' }
    case 'PLAN:EXECUTING:CHARGE_INTERRUPTED':
      // Somebody else has stopped it, and shall have their will.
      return s.isInitializing || s.now < givesUpAt(plan) ? { state } : { state: 'PLAN:ENDED:FAILED', failure: 'CHARGE_INTERRUPTED' }
    case 'PLAN:EXECUTING:STARTING': return s.isInitializing ? { state } : waitFor('START', s, plan, state, 'PLAN:EXECUTING:START_FAILED')
    case 'PLAN:EXECUTING:START_FAILED': return again(s, plan, state, { state: 'PLAN:EXECUTING:STARTING', command: 'START' }, 'START_FAILED')
    default: return s.isInitializing ? { state: 'PLAN:EXECUTING:STARTING' } : { state: 'PLAN:EXECUTING:STARTING', command: 'START' }
  }
}

/** Tries once more when it is time, but what cannot be reached not before it is seen again. */
function again (s: Situation, plan: Course, state: SmartChargingState, step: PlanStep, failure: FailureCondition): PlanStep {
  if (plan.retryAt === null || s.now < plan.retryAt || s.isLost) return { state }
  return plan.tries < mostTries ? step : { state: 'PLAN:ENDED:FAILED', failure }
}

/** Waits for a command, and gives it once more after another one that took its place, such as a max current that the client sets. */
function waitFor (command: 'START' | 'STOP', { pending }: Situation, { tries }: Course, state: SmartChargingState, failure: SmartChargingState): PlanStep {
  if (pending === command) return { state }
  if (pending === 'ANOTHER') return { state, isDisplaced: true }
  return tries === 0 ? { state, command } : { state: failure }
}

/** When a charge that was interrupted is given up: not before the deadline. */
export function givesUpAt (plan: Pick<Course, 'deadlineAt' | 'finishAt'>): Millis {
  return Math.max(plan.deadlineAt, plan.finishAt) + patience
}

function isLate (s: Situation, plan: Course): boolean {
  return s.now - plan.madeAt > (1 + late) * (plan.finishAt - plan.madeAt)
}

/** When another plan may follow one that ends; null when not before the vehicle is plugged in again. */
export function nextPlanAt (s: Situation, failure: FailureCondition | undefined): Millis | null {
  // Of one that was out of reach, the estimate is missing as long as that lasts.
  const isInTouch = s.hasTimeEstimate
  if (failure === 'STOP_FAILED' && isInTouch) return null
  return failure === 'START_FAILED' && isInTouch ? s.now + restsFor : s.now
}

/** Whether a state is one of a plan that is followed. */
export function isExecuting (state: SmartChargingState): boolean {
  return state.startsWith('PLAN:EXECUTING:')
}
