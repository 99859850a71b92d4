import { type Pace } from '../../devices/device.ts'
import { type Millis } from '../../lib/time.ts'
import { type ReadTx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { timingOf } from '../truth/timing.ts'

/**
 * When Enode looks at a device of a kind again that it saw at a pace at a moment: after the interval of that pace, and at
 * each full interval of a sleeping one by the clock in any case. So whoever wants to know when the last look was need not
 * go back further than that, and a state that is stored at midnight UTC is one that was seen.
 */
export function nextLookAfter (tx: ReadTx, kind: AssetKind, pace: Pace, at: Millis): Millis {
  const { poll } = timingOf(tx)
  return Math.min(at + (poll[kind] ?? poll)[pace], looksByClock(tx, kind, at) + (poll[kind] ?? poll).asleep)
}

/** The last moment up to `at` at which a device of a kind was looked at whatever it did. */
export function looksByClock (tx: ReadTx, kind: AssetKind, at: Millis): Millis {
  const { poll } = timingOf(tx)
  const { asleep } = poll[kind] ?? poll
  return Math.floor(at / asleep) * asleep
}

/** Whether devices of a kind are looked at equally often, whatever they do. */
export function isSteady (tx: ReadTx, kind: AssetKind): boolean {
  const { poll } = timingOf(tx)
  const { active, asleep } = poll[kind] ?? poll
  return active === asleep
}
