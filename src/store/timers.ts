import { statement, type Db } from './database.ts'

/** Something that shall happen to a subject at a moment of simulated time. */
export interface TimerRow {
  seq: number
  due: number
  kind: string
  subject: string
  /** The entry of the timeline that it goes back to; null when it comes due by itself, as polls do. */
  cause: number | null
}

export function timersTable (db: Db) {
  const next = statement(db, 'select * from timers order by due, seq limit 1')
  const get = statement(db, 'select * from timers where kind = ? and subject = ?')
  const put = statement(db, 'insert or replace into timers (due, kind, subject, cause) values (?, ?, ?, ?)')
  const remove = statement(db, 'delete from timers where seq = ?')
  const cancel = statement(db, 'delete from timers where kind = ? and subject = ?')
  const count = statement(db, 'select count(*) as n from timers')
  return {
    /** The earliest timer; of those due at the same moment, the one that was set first. */
    next: (): TimerRow | undefined => next.get() as TimerRow | undefined,
    get: (kind: string, subject: string): TimerRow | undefined => get.get(kind, subject) as TimerRow | undefined,
    count: (): number => (count.get() as { n: number }).n,
    /** A subject has at most one timer of a kind: setting it again moves it. */
    schedule: (due: number, kind: string, subject: string, cause: number | null = null): void => { put.run(due, kind, subject, cause) },
    cancel: (kind: string, subject: string): void => { cancel.run(kind, subject) },
    delete: (seq: number): void => { remove.run(seq) }
  }
}
