/** What a device can be told to do: the part of an action that says what shall be so. */
export type Command =
  | { type: 'charging', kind: 'START' | 'STOP' }
  | { type: 'max-current', maxCurrent: number }

/** The same goal, so that carrying out one is carrying out the other. */
export function sameCommand (a: Command, b: Command): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
