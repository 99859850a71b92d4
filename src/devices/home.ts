import { unitAt } from '../lib/random.ts'
import { type Millis } from '../lib/time.ts'
import { type Device, type Flow, type Physical } from './device.ts'
import { type Place } from './place.ts'
import { bucketEnd, remembered, solarHour } from './weather.ts'

/** A device that shares the wires of a home. */
export interface Member {
  model: Device
  state: Physical
}

/** Told of each stretch of time in which all powers of a home are constant, once for each device that is there: what it draws in kW, below zero what it gives; of a meter what it reads. */
export type Recorder = (index: number, state: Physical, from: Millis, to: Millis, kw: number) => void

/**
 * The devices of a home at `to`, in the order given. Between two moments at which any power changes all of them are
 * constant, so energy is power times time, and advancing in two steps is advancing in one. Only what happens within a
 * millisecond is seen at its end, which is some 0.003 Wh each time a car or a battery gets full. What stays as it is
 * for ever takes one step.
 */
export function advanceHome (members: readonly Member[], place: Place, to: Millis, record?: Recorder): Physical[] {
  const states = members.map(({ state }) => state)
  const isWatched = members.some(({ model }) => looksAround(model))
  let now = states.reduce((earliest, { at }) => Math.min(earliest, at), to)
  for (;;) {
    if (isWatched) settle(members, states, place, now)
    if (now >= to) return states
    const next = Math.min(to, nextChange(members, states, now))
    for (let i = 0; i < states.length; i++) {
      const [{ model }, state] = [memberAt(members, i), stateAt(states, i)]
      if (state.at > now) continue
      if (record !== undefined) record(i, state, now, next, powerKw(model, state))
      states[i] = model.advance(state, next)
    }
    now = next
  }
}

/** What a device draws in kW, below zero what it gives; of a meter what it reads. */
function powerKw ({ flow }: Device, state: Physical): number {
  return flow?.readsKw?.(state) ?? flow?.powerKw(state) ?? 0
}

/** What people in a home use besides the devices that it has, in kW: little at night, most in the evening, and spells of cooking and washing. */
export const houseLoadKw = remembered((place, start): number => {
  const hours = solarHour(place, start)
  const peak = (at: number, width: number): number => Math.exp(-(((hours - at) / width) ** 2))
  const chance = (salt: number, length: number): number => unitAt(place.seed, salt, Math.round(place.latitude * 1e4), Math.round(place.longitude * 1e4), Math.floor(start / length))
  const habits = 0.6 * peak(7.5, 1.3) + 1.1 * peak(19, 2.2) + 0.25 * peak(13, 2.5)
  const spell = chance(4, 12 * 60_000) < 0.1 && hours > 6 && hours < 23 ? 1.8 : 0
  return 0.25 + habits * (0.6 + 0.8 * chance(5, 3 * 3_600_000)) + 0.1 * chance(6, 1) + spell
})

/** Whether a kind depends on what else is at its home. */
export function looksAround ({ flow }: Device): boolean {
  return flow?.settle !== undefined || flow?.read !== undefined
}

/**
 * Lets what answers to the rest of the home see it, one after the other, and then what measures it. A device that is
 * ahead of `now` was not there yet.
 */
function settle (members: readonly Member[], states: Physical[], place: Place, now: Millis): void {
  let totalKw = houseLoadKw(place, now)
  const each = (answers: boolean, visit: (flow: Flow<Physical>, i: number) => void): void => members.forEach(({ model: { flow } }, i) => {
    if (flow !== undefined && (flow.settle !== undefined) === answers && stateAt(states, i).at <= now) visit(flow, i)
  })
  each(false, (flow, i) => { totalKw += flow.powerKw(stateAt(states, i)) })
  each(true, (flow, i) => {
    states[i] = flow.settle?.(stateAt(states, i), totalKw) ?? stateAt(states, i)
    totalKw += flow.powerKw(stateAt(states, i))
  })
  each(false, (flow, i) => { states[i] = flow.read?.(stateAt(states, i), totalKw) ?? stateAt(states, i) })
}

/** The first moment after `now` at which any power may change, whole milliseconds so that it is a moment on the wire. */
function nextChange (members: readonly Member[], states: readonly Physical[], now: Millis): Millis {
  let first = Infinity
  for (let i = 0; i < states.length; i++) {
    const [{ model }, state] = [memberAt(members, i), stateAt(states, i)]
    if (state.at > now) first = Math.min(first, state.at)
    // What looks around sees a house that draws something else in each bucket.
    else first = Math.min(first, looksAround(model) ? bucketEnd(now) : Infinity, Math.max(now + 1, Math.ceil(model.flow?.until(state) ?? Infinity)))
  }
  return first
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
