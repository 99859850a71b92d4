import { Lookup } from '../lib/cache.ts'
import { mostRows, statement, type Db } from './database.ts'

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
  const count = statement(db, 'select count(*) as n from timers')
  // Each look asks for several timers of its asset, most of which are not set. Stale when one is written: each method that
  // writes puts another in its place.
  const known = new Map<string, Lookup<string, TimerRow | undefined>>()
  const ofKind = (kind: string): Lookup<string, TimerRow | undefined> => {
    const found = known.get(kind)
    if (found !== undefined) return found
    const made = new Lookup(mostRows, (subject: string) => get.get(kind, subject) as TimerRow | undefined)
    known.set(kind, made)
    return made
  }
  // The earliest; undefined while it is to be looked for.
  let first: { timer: TimerRow | undefined } | undefined
  const note = ({ kind, subject }: Pick<TimerRow, 'kind' | 'subject'>, timer: TimerRow | undefined): void => {
    const earliest = first?.timer
    if (earliest === undefined || (earliest.subject === subject && earliest.kind === kind)) first = undefined
    else if (timer !== undefined && timer.due < earliest.due) first = { timer }
    ofKind(kind).set(subject, timer)
  }
  return {
    /** Forgets what is remembered, after a transaction was rolled back or the world begun anew. */
    forget: (): void => {
      known.clear()
      first = undefined
    },
    /** The earliest timer; of those due at the same moment, the one that was set first. */
    next: (): TimerRow | undefined => (first ??= { timer: next.get() as TimerRow | undefined }).timer,
    get: (kind: TimerKind, subject: string): TimerRow | undefined => ofKind(kind).of(subject),
    count: (): number => (count.get() as { n: number }).n,
    /** A subject has at most one timer of a kind: setting it again moves it. */
    schedule: (due: number, kind: TimerKind, subject: string, cause: number | null = null): void => {
      const { lastInsertRowid: seq } = put.run(due, kind, subject, cause)
      const timer = { seq, due, kind, subject, cause }
      note(timer, timer)
    },
    cancel: (kind: TimerKind, subject: string): void => {
      const timer = ofKind(kind).of(subject)
      if (timer === undefined) return
      note(timer, undefined)
      remove.run(timer.seq)
    },
    delete: (timer: TimerRow): void => {
      note(timer, undefined)
      remove.run(timer.seq)
    }
  }
}
