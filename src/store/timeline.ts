import { statement, sweepEvery, type Db, type Written } from './database.ts'

/** Whom something concerns, by id; null where nobody of that sort. */
export interface Concerned {
  user_id: string | null
  asset_id: string | null
  action_id: string | null
  webhook_id: string | null
  delivery_id: string | null
}

export const timelineKinds = ['request', 'clock', 'refresh-hint', 'schedule', 'smart-charging', 'action-requested', 'action-settled', 'poll', 'placed', 'event', 'delivery', 'fault', 'temperament', 'life'] as const
export type TimelineKind = typeof timelineKinds[number]

/** Something that happened, and what caused it. */
export interface TimelineRow extends Concerned {
  seq: number
  at: number
  kind: TimelineKind
  says: string
  /** The entry that caused it; null for one that begins a chain. */
  cause: number | null
  /** What set off an entry without a cause, such as `timer asset.poll`. */
  origin: string | null
}

/** Entries of the timeline that a world retains at least; older ones are forgotten. */
export const mostEntries = 10_000

export function timelineTable (db: Db) {
  const get = statement(db, 'select * from timeline where seq = ?')
  // Without a subject, or among nulls without a match, `in` gives null.
  const list = statement(db, 'select * from timeline where coalesce(? in (user_id, asset_id, action_id, webhook_id, delivery_id), ?) order by seq desc limit ?')
  const insert = statement(db, `insert into timeline (at, kind, says, user_id, asset_id, action_id, webhook_id, delivery_id, cause, origin)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const trim = statement(db, 'delete from timeline where seq <= ?')
  return {
    get: (seq: number): TimelineRow | undefined => get.get(seq) as TimelineRow | undefined,
    /** The last entries on a subject, or on everything, the newest first. */
    list: (subject: string | null, most: number): TimelineRow[] => list.all(subject, Number(subject === null), most) as TimelineRow[],
    /** Answers the number of the entry. */
    insert: (row: Omit<TimelineRow, 'seq'>): Written => {
      const { lastInsertRowid: seq } = insert.run(row.at, row.kind, row.says, row.user_id, row.asset_id, row.action_id, row.webhook_id, row.delivery_id, row.cause, row.origin)
      if (seq % sweepEvery === 0) trim.run(seq - mostEntries)
      return seq
    }
  }
}

export type TimelineTable = ReturnType<typeof timelineTable>
