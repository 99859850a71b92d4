import { type Issue } from '../lib/problem.ts'
import { type PowerState } from './device.ts'
import { issue } from './facts.ts'
import { isSamePlace, type Place } from './place.ts'

/** What can be said of a charging cable, by the API's names. */
export interface CableFacts<Power extends PowerState = PowerState> {
  powerDeliveryState?: Power | undefined
  isPluggedIn?: boolean | undefined
  isCharging?: boolean | undefined
}

/** What a change does to a cable. */
export interface Plugging {
  /** Whether something is on its other end once the change is made. */
  isPlugged: boolean
  /** Whether that was not so before, or it was something else. */
  isAnew: boolean
}

/** What facts do to the cable of a device: `before` is what was on the other end, and `told` what shall be, where that is told; null is something that this world does not know. */
export function pluggingOf (power: PowerState, before: string | null, facts: CableFacts, told: string | null | undefined): Plugging {
  const wasPlugged = power !== 'UNPLUGGED'
  const isPlugged = facts.powerDeliveryState === undefined
    ? facts.isPluggedIn ?? (typeof told === 'string' || wasPlugged)
    : facts.powerDeliveryState !== 'UNPLUGGED'
  return { isPlugged, isAnew: isPlugged && (!wasPlugged || (told !== undefined && told !== before)) }
}

/** Whether a device begins to charge once it is plugged in anew: a malfunction, or power that flows, stays as it is. */
export function beginsAnew (power: PowerState): boolean {
  return power === 'UNPLUGGED' || power === 'PLUGGED_IN:STOPPED' || power === 'PLUGGED_IN:COMPLETE'
}

/** What of the facts on a cable contradicts itself; `key` names what is on the other end. */
export function cableContradictions (
  kind: 'vehicle' | 'charger', { powerDeliveryState: power, isPluggedIn, isCharging }: CableFacts, { isPlugged }: Plugging, key: string, told: string | null | undefined
): Issue[] {
  const found: Issue[] = []
  if (power !== undefined && isPluggedIn !== undefined && isPluggedIn !== isPlugged) {
    found.push(issue('isPluggedIn', `cannot be ${isPluggedIn} when "state.powerDeliveryState" is ${power}`))
  }
  if (power !== undefined && isCharging !== undefined && isCharging !== (power === 'PLUGGED_IN:CHARGING')) {
    found.push(issue('isCharging', `cannot be ${isCharging} when "state.powerDeliveryState" is ${power}`))
  }
  if (power === undefined && isCharging === true && !isPlugged) {
    found.push(issue('isCharging', isPluggedIn === false ? 'cannot be true when "state.isPluggedIn" is false' : `cannot be true for an unplugged ${kind}, set "isPluggedIn" to true as well`))
  }
  if (typeof told === 'string' && !isPlugged) found.push(issue(key, 'cannot be set when nothing shall be plugged in'))
  return found
}

/** What keeps a device from being elsewhere: a cable that it had before and has still. */
export function moveContradictions (kind: 'vehicle' | 'charger', before: Place, after: Place, { isPlugged, isAnew }: Plugging, told: { latitude?: number, longitude?: number }): Issue[] {
  if (!isPlugged || isAnew || isSamePlace(before, after)) return []
  const keys = (['latitude', 'longitude'] as const).filter(key => told[key] !== undefined)
  return keys.map(key => issue(key, `cannot be away from the cable that the ${kind} is plugged in with, at ${before.latitude}, ${before.longitude}: set "isPluggedIn" to false as well`))
}
