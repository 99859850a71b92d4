import { statement, type Db } from './database.ts'

/** What a timer can bring; `world/timers.ts` says what happens then. Its subject is in brackets. */
export type TimerKind =
  /** Another try at making the device do what an action asks for (action). */
  | 'action.attempt'
  /** The end of the time that a device has for an action (action). */
  | 'action.timeout'
  /** A device goes back to what it was before an action that was confirmed (action). */
  | 'action.undo'
  /** The next look at what somebody follows (asset, or HEM system of which all parts are looked at together). */
  | 'asset.poll'
  /** The first look that may see what somebody answers to who controls an asset, where nobody follows each look (asset). */
  | 'asset.turn'
  /** The look at which an asset that cannot be reached has been silent for so long that what it was doing is unknown (asset). */
  | 'asset.outdated'
  /** A car comes home or is plugged in as its driver lives, and tells so itself (asset). */
  | 'vehicle.arrival'
  /** Storing the state of a device and its part of the ledger, so that what has to be made anew after a start is a day at most (device). */
  | 'device.keep'
  /** What an inverter produced before it was linked becomes known (asset). */
  | 'inverter.backfill'
  /** A day of an inverter is final (asset). */
  | 'inverter.day'
  /** The rules of a schedule want something else, or it is time to try again (schedule). */
  | 'schedule.next'
  /** Something of a plan is due that no event tells (asset). */
  | 'smart-charging.look'
  /** The next heartbeat (webhook). */
  | 'webhook.heartbeat'
  /** A failed delivery becomes due again (webhook). */
  | 'webhook.retry'
  /** The end of the wait of a delivery that a fault holds back (delivery). */
  | 'delivery.release'

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
    get: (kind: TimerKind, subject: string): TimerRow | undefined => get.get(kind, subject) as TimerRow | undefined,
    count: (): number => (count.get() as { n: number }).n,
    /** A subject has at most one timer of a kind: setting it again moves it. */
    schedule: (due: number, kind: TimerKind, subject: string, cause: number | null = null): void => { put.run(due, kind, subject, cause) },
    cancel: (kind: TimerKind, subject: string): void => { cancel.run(kind, subject) },
    /** Cancels several kinds of a subject; one statement for all would make a table of the kinds each time. */
    cancelOf: (subject: string, ...kinds: TimerKind[]): void => { for (const kind of kinds) cancel.run(kind, subject) },
    delete: (seq: number): void => { remove.run(seq) }
  }
}
