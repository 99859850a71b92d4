import { type Device } from './device.ts'

/** The part of a kind that only measures: nothing can be asked of it. */
export const noCommands = {
  controlScope: null,
  refusal: () => 'It takes no commands',
  already: () => null,
  joins: () => false,
  obstacle: () => 'It takes no commands',
  obey: <State>(state: State): State => state,
  isDone: () => false
} as const satisfies Partial<Device>
