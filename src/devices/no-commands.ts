import { type Device } from './device.ts'
import { refusals } from './refusals.ts'

/** The part of a kind that only measures: nothing can be asked of it. */
export const noCommands = {
  controlScope: null,
  refusal: () => refusals.takesNothing,
  already: () => null,
  joins: () => false,
  obstacle: () => refusals.takesNothing,
  obey: <State>(state: State): State => state,
  isDone: () => false
} as const satisfies Partial<Device>
