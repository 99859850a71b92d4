import { type ActionState, type FailureReason } from '../contract/action.ts'
import { type Resolution } from '../contract/mock-faults.ts'
import { type AssetKind } from '../contract/vendors.ts'
import { type Command } from '../devices/command.ts'
import { Lookup, Rows } from '../lib/cache.ts'
import { type Json } from '../lib/json.ts'
import { mostRows, statement, sweepEvery, type Db } from './database.ts'

/** An action. */
export interface ActionRow {
  seq: number
  id: string
  asset_id: string
  user_id: string
  kind: AssetKind
  command: Json<Command>
  state: ActionState
  failure: Json<FailureReason> | null
  created_at: number
  updated_at: number
  completed_at: number | null
  /** Whether the device may have heard of it: a command went out, or it took the place of another one's. */
  was_sent: 0 | 1
  asked_by: AskedBy
  /** What a fault or a temperament makes of it; null when it takes its course. */
  fate: Json<Fate> | null
}

/** How an action ends against its course, or what comes after. */
export interface Fate extends Partial<Resolution> {
  /** How long after the confirmation the device goes back to what it was, in milliseconds. */
  undo?: number
  /** What the command changed in the state of the device, as it was before; known once the device has obeyed. */
  was?: Record<string, unknown>
}

/** Who wants an action: the client, or what controls the asset besides it. */
export type AskedBy = 'client' | 'schedule' | 'smart-charging' | 'smart-override'

/** Actions that a world retains at least to look at, besides those that are pending; older ones are forgotten. */
export const mostActions = 10_000

export function actionsTable (db: Db) {
  const get = statement(db, 'select * from actions where id = ?')
  const pending = statement(db, "select * from actions where asset_id = ? and state = 'PENDING'")
  const list = statement(db, 'select * from actions where asset_id = coalesce(?, asset_id) and state = coalesce(?, state) order by seq desc limit ?')
  const last = statement(db, 'select * from actions where asset_id = ? order by seq desc limit 1')
  const insert = statement(db, `insert into actions (id, asset_id, user_id, kind, command, state, created_at, updated_at, was_sent, asked_by, fate)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const settle = statement(db, 'update actions set state = ?, failure = ?, updated_at = ?, completed_at = ? where seq = ?')
  const trim = statement(db, "delete from actions where seq <= ? and state <> 'PENDING'")
  const sent = statement(db, 'update actions set was_sent = 1 where id = ?')
  const fate = statement(db, 'update actions set fate = ? where id = ?')
  const removeOfUser = statement(db, 'delete from actions where user_id = ?')
  // A command asks for its action and for the one before several times over. Stale when the row is written: each method
  // that writes puts what it writes into a new one, for a row that was handed out never changes.
  const rows = new Rows(mostRows, id => get.get(id) as ActionRow | undefined)
  // What is pending on an asset by id; null where nothing is.
  const pendingIds = new Lookup(mostRows, (assetId: string): string | null => {
    const row = pending.get(assetId) as ActionRow | undefined
    if (row !== undefined) rows.set(row.id, row)
    return row?.id ?? null
  })
  const forget = (): void => {
    rows.clear()
    pendingIds.clear()
  }
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget,
    get: (id: string): ActionRow | undefined => rows.of(id),
    /** An asset has at most one pending action. */
    pendingOf: (assetId: string): ActionRow | undefined => {
      const id = pendingIds.of(assetId)
      return id === null ? undefined : rows.of(id)
    },
    /** The newest first. */
    list: ({ assetId, state, limit }: { assetId?: string | undefined, state?: string | undefined, limit: number }): ActionRow[] => list.all(assetId ?? null, state ?? null, limit) as ActionRow[],
    lastOf: (assetId: string): ActionRow | undefined => last.get(assetId) as ActionRow | undefined,
    insert: (row: Omit<ActionRow, 'seq' | 'failure' | 'completed_at'>): void => {
      const { lastInsertRowid: seq } = insert.run(row.id, row.asset_id, row.user_id, row.kind, row.command, row.state, row.created_at, row.updated_at, row.was_sent, row.asked_by, row.fate)
      rows.set(row.id, { ...row, seq, failure: null, completed_at: null })
      pendingIds.set(row.asset_id, row.state === 'PENDING' ? row.id : null)
      if (seq % sweepEvery !== 0) return
      trim.run(seq - mostActions)
      rows.clear()
    },
    /** Ends a pending action. */
    settle: ({ seq, id, asset_id: assetId }: ActionRow, state: ActionState, failure: Json<FailureReason> | null, at: number): void => {
      rows.change(id, { state, failure, updated_at: at, completed_at: at })
      pendingIds.set(assetId, null)
      settle.run(state, failure, at, at, seq)
    },
    setSent: (id: string): void => {
      rows.change(id, { was_sent: 1 })
      sent.run(id)
    },
    setFate: (id: string, what: Fate): void => {
      const text: Json<Fate> = JSON.stringify(what)
      rows.change(id, { fate: text })
      fate.run(text, id)
    },
    deleteOfUser: (userId: string): void => {
      forget()
      removeOfUser.run(userId)
    }
  }
}
