import { unavailable, worldIsGone } from '../lib/problem.ts'
import { type Millis } from '../lib/time.ts'

/**
 * What a world is doing. Moves and replacements have their turns one after the other; a replacement that is asked for
 * stops the move whose turn it is, and voids those that wait before it. What is allowed when:
 *
 * |                            | resting | moving        | being replaced | ending |
 * |----------------------------|---------|---------------|----------------|--------|
 * | a move, when its turn is   | yes     | never comes   | 503: void      | 503    |
 * | the next step of a move    | never   | yes           | 503: it stops  | 503    |
 * | asking for a replacement   | yes     | yes           | yes            | 503    |
 * | timers of a running clock  | yes     | by the move   | no             | no     |
 * | playing a log              | yes     | no            | 503            | 503    |
 * | requests, setClock, save   | yes     | yes           | yes            | yes    |
 * | interrupt, close           | yes     | yes: it stops | yes            | yes    |
 *
 * An ending world answers until its store is closed.
 */
export type Mode =
  | { readonly is: 'resting' }
  | { readonly is: 'moving', readonly goal: Millis }
  /** `waiting` counts replacements whose turn is or comes; `goal` is that of a move which has yet to stop. */
  | { readonly is: 'being replaced', readonly waiting: number, readonly goal?: Millis | undefined }
  | { readonly is: 'ending', readonly goal?: Millis | undefined }

export const resting: Mode = { is: 'resting' }

/** Where a move goes to that is under way. */
export function goalOf (mode: Mode): Millis | undefined {
  return mode.is === 'resting' ? undefined : mode.goal
}

/** Throws where a move or a log cannot set off. */
export function requireRest (mode: Mode): void {
  switch (mode.is) {
    case 'resting': return
    case 'moving': throw new Error('the world is on its way to another moment')
    case 'being replaced': throw unavailable('The clock did not set off, since the world was reset or restored while it waited its turn: advance it again')
    case 'ending': throw worldIsGone()
  }
}

/** Throws where a move cannot take another step. */
export function requireMoving ({ is }: Mode): void {
  if (is !== 'moving') throw unavailable('The clock stopped on its way, since the world is being reset or the server is shutting down')
}

/** After a move, whether or not it came to its goal. */
export function afterMove (mode: Mode): Mode {
  return mode.is === 'moving' || mode.is === 'resting' ? resting : { ...mode, goal: undefined }
}

/** Once a replacement is asked for. */
export function toBeReplaced (mode: Mode): Mode {
  switch (mode.is) {
    case 'resting':
    case 'moving': return { is: 'being replaced', waiting: 1, goal: goalOf(mode) }
    case 'being replaced': return { ...mode, waiting: mode.waiting + 1 }
    case 'ending': throw worldIsGone()
  }
}

/** After a replacement, whether or not it came to pass. */
export function afterReplacement (mode: Mode): Mode {
  if (mode.is !== 'being replaced') return mode
  return mode.waiting > 1 ? { ...mode, waiting: mode.waiting - 1 } : resting
}

/** Once the world is to end. */
export function toEnd (mode: Mode): Mode {
  return { is: 'ending', goal: goalOf(mode) }
}
