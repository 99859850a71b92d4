import t from 'tap'
import { afterMove, afterReplacement, goalOf, requireMoving, requireRest, toBeReplaced, toEnd, type Mode } from '../../src/world/mode.ts'

const modes = {
  resting: { is: 'resting' },
  moving: { is: 'moving', goal: 5 },
  stopping: { is: 'being replaced', waiting: 1, goal: 5 },
  'stopping for two': { is: 'being replaced', waiting: 2, goal: 5 },
  'being replaced': { is: 'being replaced', waiting: 1, goal: undefined },
  'being replaced twice': { is: 'being replaced', waiting: 2, goal: undefined },
  'being replaced thrice': { is: 'being replaced', waiting: 3, goal: undefined },
  ending: { is: 'ending', goal: undefined },
  'ending on the way': { is: 'ending', goal: 5 }
} as const satisfies Record<string, Mode>
type Name = keyof typeof modes

const [isBusy, isVoid, stops, isGone] = [/on its way to another moment/, /did not set off/, /stopped on its way/, /was deleted, or the server is shutting down/]

/** What a mode makes of setting off, of a step and of asking for a replacement, and what follows a move, a replacement and the end. */
const table: Array<{ mode: Name, setOff: RegExp | 'yes', step: RegExp | 'yes', asked: RegExp | Name, moved: Name, replaced: Name, end: Name }> = [
  { mode: 'resting', setOff: 'yes', step: stops, asked: 'being replaced', moved: 'resting', replaced: 'resting', end: 'ending' },
  { mode: 'moving', setOff: isBusy, step: 'yes', asked: 'stopping', moved: 'resting', replaced: 'moving', end: 'ending on the way' },
  { mode: 'stopping', setOff: isVoid, step: stops, asked: 'stopping for two', moved: 'being replaced', replaced: 'resting', end: 'ending on the way' },
  { mode: 'being replaced', setOff: isVoid, step: stops, asked: 'being replaced twice', moved: 'being replaced', replaced: 'resting', end: 'ending' },
  { mode: 'being replaced twice', setOff: isVoid, step: stops, asked: 'being replaced thrice', moved: 'being replaced twice', replaced: 'being replaced', end: 'ending' },
  { mode: 'ending', setOff: isGone, step: stops, asked: isGone, moved: 'ending', replaced: 'ending', end: 'ending' },
  { mode: 'ending on the way', setOff: isGone, step: stops, asked: isGone, moved: 'ending', replaced: 'ending on the way', end: 'ending on the way' }
]

for (const { mode: name, setOff, step, asked, moved, replaced, end } of table) {
  t.test(`a world that is ${name} says what it may be asked for, and what it is next`, async t => {
    const mode = modes[name]
    for (const [may, fn] of [[setOff, () => requireRest(mode)], [step, () => requireMoving(mode)]] as const) {
      if (may === 'yes') t.doesNotThrow(fn)
      else t.throws(fn, { message: may })
    }
    if (typeof asked === 'string') t.strictSame(toBeReplaced(mode), { goal: undefined, ...modes[asked] })
    else t.throws(() => toBeReplaced(mode), { message: asked })
    t.strictSame(afterMove(mode), modes[moved])
    t.strictSame(afterReplacement(mode), modes[replaced])
    t.strictSame(toEnd(mode), modes[end])
    t.equal(goalOf(mode), 'goal' in mode ? mode.goal : undefined)
  })
}
