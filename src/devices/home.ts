import { unitAt } from '../lib/random.ts'
import { type Millis } from '../lib/time.ts'
import { type Device, type Physical } from './device.ts'
import { type Place } from './place.ts'
import { bucketEnd, bucketStart, solarHour } from './weather.ts'

/** A device that shares the wires of a home. */
export interface Member {
  model: Device
  state: Physical
}

/**
 * The devices of a home at `to`, in the order given. Between two moments at which any power changes all of them are
 * constant, so energy is power times time, and advancing in two steps is advancing in one.
 */
export function advanceHome (members: readonly Member[], place: Place, to: Millis): Physical[] {
  const states = members.map(member => member.state)
  const from = Math.min(to, ...members.filter(({ model }) => looksAround(model)).map(({ state }) => state.at))
  for (let now = from; now < to;) {
    settle(members, states, place, now)
    const next = Math.min(to, bucketEnd(now), ...members.map(({ model }, i) => changeAfter(model, states[i], now)))
    members.forEach(({ model }, i) => { states[i] = model.advance(at(states, i), next) })
    now = next
  }
  settle(members, states, place, to)
  return states
}

/** What people in a home use besides the devices that it has, in kW: little at night, most in the evening, and spells of cooking and washing. */
export function houseLoadKw (place: Place, moment: Millis): number {
  const start = bucketStart(moment)
  const hours = solarHour(place, start)
  const peak = (at: number, width: number): number => Math.exp(-(((hours - at) / width) ** 2))
  const chance = (salt: number, length: number): number => unitAt(place.seed, salt, Math.round(place.latitude * 1e4), Math.round(place.longitude * 1e4), Math.floor(start / length))
  const habits = 0.6 * peak(7.5, 1.3) + 1.1 * peak(19, 2.2) + 0.25 * peak(13, 2.5)
  const spell = chance(4, 12 * 60_000) < 0.1 && hours > 6 && hours < 23 ? 1.8 : 0
  return 0.25 + habits * (0.6 + 0.8 * chance(5, 3 * 3_600_000)) + 0.1 * chance(6, 1) + spell
}

/** Whether a kind depends on what else is at its home. */
export function looksAround ({ flow }: Device): boolean {
  return flow?.settle !== undefined || flow?.read !== undefined
}

/** Lets what answers to the rest of the home see it, and then what measures it. A device that is ahead of `now` was not there yet. */
function settle (members: readonly Member[], states: Physical[], place: Place, now: Millis): void {
  members.forEach(({ model }, i) => { states[i] = model.advance(at(states, i), now) })
  const powerKw = (i: number): number => at(states, i).at > now ? 0 : members[i]?.model.flow?.powerKw(at(states, i)) ?? 0
  let totalKw = houseLoadKw(place, now)
  members.forEach(({ model }, i) => { if (model.flow?.settle === undefined) totalKw += powerKw(i) })
  members.forEach(({ model }, i) => {
    if (model.flow?.settle === undefined || at(states, i).at > now) return
    states[i] = model.flow.settle(at(states, i), totalKw)
    totalKw += powerKw(i)
  })
  members.forEach(({ model }, i) => {
    if (model.flow?.read !== undefined && at(states, i).at <= now) states[i] = model.flow.read(at(states, i), totalKw)
  })
}

function changeAfter (model: Device, state: Physical | undefined, now: Millis): Millis {
  if (state === undefined) return Infinity
  if (state.at > now) return state.at
  const change = Math.ceil(model.flow?.until(state) ?? Infinity)
  return change > now ? change : now + 1
}

function at (states: readonly Physical[], i: number): Physical {
  const state = states[i]
  if (state === undefined) throw new Error('a home has a state for each member')
  return state
}
