import { type Millis } from '../lib/time.ts'
import { fromGrid } from './balance.ts'
import { type Device, type Flow, type Physical } from './device.ts'
import { houseLoadKw } from './house.ts'
import { type Place } from './place.ts'
import { bucketEnd } from './weather.ts'

/** A device that shares the wires of a home. */
export interface Member {
  model: Device
  state: Physical
}

/** Told of each stretch of time in which all powers of a home are constant, once for each device: what it draws in kW, below zero what it gives; of a meter what it reads. `awayKw` is what it draws elsewhere. */
export type Recorder = (index: number, state: Physical, from: Millis, to: Millis, kw: number, awayKw: number) => void

/**
 * The devices of a home at `to`, in the order given. Between two moments at which any power changes all of them are
 * constant, so energy is power times time, and advancing in two steps is advancing in one. Only what happens within a
 * millisecond is seen at its end, which is some 0.003 Wh each time a car or a battery gets full. What stays as it is
 * for ever takes one step.
 */
export function advanceHome (members: readonly Member[], place: Place, to: Millis, record?: Recorder): Physical[] {
  const states = members.map(({ state }) => state)
  const roles = rolesOf(members)
  const untils = new Untils(members, states)
  const powersKw = states.map(() => 0)
  let now = states.reduce((earliest, { at }) => Math.min(earliest, at), to)
  for (;;) {
    const totalKw = settle(roles, states, powersKw, place, now)
    if (now >= to) {
      for (const { i, read } of roles.reading) if (stateAt(states, i).at <= now) states[i] = read(stateAt(states, i), totalKw)
      return states
    }
    const next = Math.min(to, nextChange(roles, states, untils, now))
    for (let i = 0; i < states.length; i++) {
      const state = stateAt(states, i)
      if (state.at > now) continue
      const { advance, flow } = memberAt(members, i).model
      if (record !== undefined) record(i, state, now, next, flow?.read === undefined ? powersKw[i] ?? 0 : totalKw, flow?.awayKw?.(state) ?? 0)
      // What stays as it is needs to be brought on only once, when it changes or at the end. What draws is brought on each time, so that it does not matter who looks.
      if (next === to || untils.of(i, state) <= next || flow === undefined || powersKw[i] !== 0) states[i] = advance(state, next)
    }
    now = next
  }
}

/** Who does what at a home: each list in the order of the members, with their places in it. */
interface Roles {
  /** Those whose power does not depend on the others. */
  independent: Array<{ i: number, powerKw: Flow<Physical>['powerKw'] }>
  /** Those who answer to the rest of the home. */
  balancing: Array<{ i: number, powerKw: Flow<Physical>['powerKw'], balanceHome: NonNullable<Flow<Physical>['balance']> }>
  /** Those who measure it. */
  reading: Array<{ i: number, read: NonNullable<Flow<Physical>['read']> }>
  isWatched: boolean
}

function rolesOf (members: readonly Member[]): Roles {
  const roles: Roles = { independent: [], balancing: [], reading: [], isWatched: members.some(({ model }) => looksAround(model)) }
  for (const [i, { model: { flow } }] of members.entries()) {
    if (flow?.balance !== undefined) roles.balancing.push({ i, powerKw: flow.powerKw, balanceHome: flow.balance })
    else if (flow !== undefined) roles.independent.push({ i, powerKw: flow.powerKw })
    if (flow?.read !== undefined) roles.reading.push({ i, read: flow.read })
  }
  return roles
}

/** Whether a kind depends on what else is at its home. */
export function looksAround ({ flow }: Device): boolean {
  return flow?.balance !== undefined || flow?.read !== undefined
}

/**
 * Lets what answers to the rest of the home see it, one after the other, and writes down what each draws in kW. Answers
 * what the home draws from the grid in kW, below zero what it gives; 0 where nothing looks. A device that is ahead of
 * `now` was not there yet.
 */
function settle ({ independent, balancing: settling, isWatched }: Roles, states: Physical[], powersKw: number[], place: Place, now: Millis): number {
  const drawnKw: number[] = []
  for (const { i, powerKw } of independent) {
    const state = stateAt(states, i)
    if (state.at <= now) drawnKw.push(powersKw[i] = powerKw(state))
  }
  if (!isWatched) return 0
  const usedKw = houseLoadKw(place, now)
  for (const { i, powerKw, balanceHome: settle } of settling) {
    const state = stateAt(states, i)
    if (state.at > now) continue
    const settled = states[i] = settle(state, fromGrid(usedKw, drawnKw), now)
    drawnKw.push(powersKw[i] = powerKw(settled))
  }
  return fromGrid(usedKw, drawnKw)
}

/** The first moment after `now` at which any power may change, whole milliseconds so that it is a moment on the wire. */
function nextChange ({ isWatched }: Roles, states: readonly Physical[], untils: Untils, now: Millis): Millis {
  // What looks around sees a house that draws something else in each bucket.
  let first = isWatched ? bucketEnd(now) : Infinity
  for (let i = 0; i < states.length; i++) {
    const state = stateAt(states, i)
    first = Math.min(first, state.at > now ? state.at : Math.max(now + 1, Math.ceil(untils.of(i, state))))
  }
  return first
}

/** Until when each of a home stays as it is, asked once for each state: of a car that takes a look at what its driver plans. */
class Untils {
  readonly #members: readonly Member[]
  readonly #asked: Physical[]
  readonly #until: Millis[]

  constructor (members: readonly Member[], states: readonly Physical[]) {
    this.#members = members
    this.#asked = [...states]
    this.#until = states.map((state, i) => memberAt(members, i).model.flow?.until(state) ?? Infinity)
  }

  of (i: number, state: Physical): Millis {
    if (this.#asked[i] !== state) {
      this.#asked[i] = state
      this.#until[i] = memberAt(this.#members, i).model.flow?.until(state) ?? Infinity
    }
    return this.#until[i] ?? Infinity
  }
}

function stateAt (states: readonly Physical[], i: number): Physical {
  const state = states[i]
  if (state === undefined) throw new Error('a home has a state for each member')
  return state
}

function memberAt (members: readonly Member[], i: number): Member {
  const member = members[i]
  if (member === undefined) throw new Error('a home has a member for each state')
  return member
}
