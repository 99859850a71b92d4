import { type FaultEffect, type FaultTarget } from '../contract/mock-faults.ts'
import { type Json } from '../lib/json.ts'
import { statement, type Db, type Written } from './database.ts'

/** Something that shall go wrong. `matches` says where and `effect` says what. */
export interface FaultRow {
  seq: number
  id: string
  matches: Json<FaultTarget>
  effect: Json<FaultEffect>
  /** Hits that it has left; null for one without end. */
  times: number | null
  /** What it fits and lets pass before its first hit. */
  after: number
}

export function faultsTable (db: Db) {
  const list = statement(db, 'select * from faults order by seq')
  const insert = statement(db, 'insert into faults (id, matches, effect, times, after) values (?, ?, ?, ?, ?)')
  const count = statement(db, 'update faults set times = ?, after = ? where id = ?')
  const remove = statement(db, 'delete from faults where id = ?')
  // Every request, poll and delivery asks for them, and there are hardly ever any. Stale when one is written: each method
  // that writes drops them, so that who made something of the list knows by the next one that it is another.
  let known: FaultRow[] | undefined
  return {
    /** In the order in which they were made. */
    list: (): readonly FaultRow[] => (known ??= list.all() as FaultRow[]),
    insert: (row: Omit<FaultRow, 'seq'>): void => {
      known = undefined
      insert.run(row.id, row.matches, row.effect, row.times, row.after)
    },
    setCount: (id: string, times: number | null, after: number): void => {
      known = undefined
      count.run(times, after, id)
    },
    /** Answers how many there were: one or none. */
    delete: (id: string): Written => {
      known = undefined
      return remove.run(id).changes
    },
    /** Reads them anew, after a transaction was rolled back or the world begun anew. */
    forget: (): void => { known = undefined }
  }
}
