import { Lookup } from '../lib/cache.ts'
import { RealTerms } from '../lib/real-terms.ts'
import { tokenSeconds } from '../contract/timing.ts'
import { second, type Millis } from '../lib/time.ts'
import { statement, type Db } from './database.ts'

/** A token, by its hash, and the simulated time at which it ends, where that ends tokens. */
export interface TokenRow { hash: string, expires_at: number }

/** Tokens of which it is remembered when they end, at most. */
const mostKnown = 1000

export function tokensTable (db: Db) {
  const expiry = statement(db, 'select expires_at from tokens where hash = ?')
  const all = statement(db, 'select * from tokens')
  // A world whose random stream went back to a snapshot gives out the same token again.
  const insert = statement(db, 'insert or replace into tokens (hash, expires_at) values (?, ?)')
  const sweep = statement(db, 'delete from tokens where expires_at <= ?')
  const remove = statement(db, 'delete from tokens where hash = ?')
  const removeAll = statement(db, 'delete from tokens')
  // Every request asks when one ends, and hardly ever for another than the one before. Stale when any token comes or
  // goes: each method that writes clears it.
  const known = new Lookup(mostKnown, (hash: string): Millis | undefined => (expiry.get(hash) as TokenRow | undefined)?.expires_at)
  let edition = 0
  const change = (): void => {
    known.clear()
    edition++
  }

  const terms = new RealTerms(tokenSeconds * second)
  let hasMet = false
  /** Tokens that came with a database, at a start or with a snapshot, last their whole time from here. */
  const meet = (): void => {
    if (!hasMet) for (const { hash } of all.all() as TokenRow[]) if (!terms.has(hash)) terms.begin(hash)
    hasMet = true
  }
  return {
    /** Another number after each change. */
    edition: (): number => edition,
    expiresAt: (hash: string): Millis | undefined => known.of(hash),
    /** Whether a token that is known has ended in real time. */
    hasEnded: (hash: string): boolean => {
      meet()
      return terms.isOver(hash)
    },
    all: (): TokenRow[] => all.all() as TokenRow[],
    /** A new token, or one that a world takes with it into what it becomes. */
    insert: ({ hash, expires_at: expiresAt }: TokenRow, isNew: boolean): void => {
      change()
      insert.run(hash, expiresAt)
      if (isNew) terms.begin(hash)
    },
    /** Forgets tokens that ended before a simulated time, or in real time if none is given. */
    sweep: (now: Millis | undefined): void => {
      change()
      if (now !== undefined) sweep.run(now)
      else {
        meet()
        for (const hash of terms.takeOver()) remove.run(hash)
      }
    },
    delete: (): void => {
      change()
      removeAll.run()
    },
    /** Reads them anew, after a transaction was rolled back or the world begun anew. */
    forget: (): void => {
      change()
      hasMet = false
    }
  }
}
