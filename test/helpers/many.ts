import { isDeepStrictEqual } from 'node:util'
import type { Test } from 'tap'

/**
 * Assertions for loops of thousands, of which only those that fail are told: tap takes longer to note one than most
 * models take to answer. `done` tells how many held, and fails when there were none.
 */
export function many (t: Test) {
  let held = 0
  const hold = (isTrue: boolean, tell: () => unknown): void => {
    if (isTrue) held++
    else tell()
  }
  return {
    ok: (value: unknown, says: string): void => { hold(Boolean(value), () => t.ok(value, says)) },
    equal: (found: unknown, wanted: unknown, says: string): void => { hold(Object.is(found, wanted), () => t.equal(found, wanted, says)) },
    same: (found: unknown, wanted: unknown, says: string): void => { hold(isDeepStrictEqual(found, wanted), () => t.same(found, wanted, says)) },
    done: (): void => { t.ok(held > 0, `${held} facts hold`) }
  }
}
