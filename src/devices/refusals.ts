import { type Capability } from './device.ts'

/**
 * Why an asset does not do what it is asked for: the words of every refusal and of every precondition that fails, for all
 * kinds. Clients act on the first four, which are the vendor's own; the others follow their pattern.
 */
export const refusals = {
  isCharging: 'The asset is already charging.',
  isStopped: 'The asset is already stopped.',
  isSet: 'The asset is already at the current setting.',
  wasUnplugged: 'The asset was unplugged before the action could be completed',
  isFull: 'The asset is fully charged: its level has reached its charge limit.',
  feedsFullVehicle: 'The asset is plugged into a vehicle that is fully charged.',
  hasNoPower: 'The asset is plugged in without power, and somebody there has to resolve that before it can charge.',
  isFaulty: 'The asset is stopped by a malfunction, and somebody there has to resolve that first.',
  hasNoSchedule: 'The asset is without a schedule of its own.',
  takesNothing: 'The asset is one that takes no commands.',
  isFree: (start: string): string => `The asset is controlled by neither a schedule nor smart charging: start it with ${start}.`,
  lacksMode: (mode: string): string => `The asset is without the mode ${mode}.`,
  cannotHold: (misfits: ReadonlyArray<{ key: string, says: string }>): string => `The asset is not able to hold this: ${misfits.map(({ key, says }) => `"${key}" ${says}`).join('; ')}.`
}

/** Why a command that needs a capability is refused; null when the asset has it. */
export function incapable (name: string, { isCapable, interventionIds }: Capability): string | null {
  if (isCapable) return null
  const remedy = interventionIds.length === 0 ? '' : `, unless the user carries out the intervention ${interventionIds.join(' or ')}`
  return `The asset is not able to do this: its capability ${name} is false${remedy}.`
}

/** Why a value is refused; null when it is one that the asset takes. */
export function outside (value: number, min: number, max: number, what: string, unit: string): string | null {
  return value >= min && value <= max ? null : `The asset is limited to a ${what} from ${min} to ${max} ${unit}, and takes none of ${value} ${unit}.`
}

/** What keeps a vehicle or charger from being started until somebody who is there has helped; null when nothing does. */
export function trouble (power: string): string | null {
  if (power === 'PLUGGED_IN:NO_POWER') return refusals.hasNoPower
  return power === 'PLUGGED_IN:FAULT' ? refusals.isFaulty : null
}
