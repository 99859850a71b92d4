import { statement, type Db } from './database.ts'

/** Something that shall go wrong. `matches` says where and `effect` says what, both as JSON. */
export interface FaultRow {
  seq: number
  id: string
  matches: string
  effect: string
}

export function faultsTable (db: Db) {
  const list = statement(db, 'select * from faults order by seq')
  const insert = statement(db, 'insert into faults (id, matches, effect) values (?, ?, ?)')
  const remove = statement(db, 'delete from faults where id = ?')
  return {
    /** In the order in which they were made. */
    list: (): FaultRow[] => list.all() as FaultRow[],
    insert: (row: Omit<FaultRow, 'seq'>): void => { insert.run(row.id, row.matches, row.effect) },
    /** Whether there was one. */
    delete: (id: string): boolean => remove.run(id).changes > 0
  }
}
