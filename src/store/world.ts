import { type Fixture } from '../contract/mock.ts'
import { type Timing, type TokenClock } from '../contract/timing.ts'
import { type Json } from '../lib/json.ts'
import { statement, type Db } from './database.ts'

/** The one row on the world itself. Times in milliseconds. */
export interface WorldRow {
  client_id: string
  client_secret: string
  seed: number
  /** Values drawn from the world's random stream. */
  draws: number
  /** Values drawn for tokens and deliveries. */
  serials: number
  started_at: number
  now: number
  /** Name of the fixture, and what is in it. */
  fixture: string
  content: Json<Fixture>
  timing: Timing
  tokens: TokenClock
  /** How long a webhook may fail until it is deactivated, as an ISO 8601 duration. */
  webhook_patience: string
  connection_limit: number | null
}

export function worldTable (db: Db) {
  const get = statement(db, 'select * from world')
  const put = statement(db, `insert or replace into world (id, client_id, client_secret, seed, draws, serials, started_at, now, fixture, content, timing, tokens, webhook_patience, connection_limit)
    values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const move = statement(db, 'update world set now = ?, draws = ?, serials = ?')
  // Every operation asks for this row. Stale when it is written, which nobody does but the methods here.
  let known: WorldRow | undefined
  let hasMoved = false
  const find = (): WorldRow | undefined => (known ??= get.get() as WorldRow | undefined)
  return {
    /** Undefined in a database that is no world yet. */
    get: find,
    /** The row of a world that has begun. */
    row: (): WorldRow => {
      const row = find()
      if (row === undefined) throw new Error('the database holds no world')
      return row
    },
    put: (row: WorldRow): void => {
      put.run(row.client_id, row.client_secret, row.seed, row.draws, row.serials, row.started_at, row.now, row.fixture, row.content, row.timing, row.tokens, row.webhook_patience, row.connection_limit)
      known = undefined
    },
    /** Where a transaction came to, to be stored with its commit. */
    move: (now: number, draws: number, serials: number): void => {
      const row = find()
      if (row === undefined || (row.now === now && row.draws === draws && row.serials === serials)) return
      known = { ...row, now, draws, serials }
      hasMoved = true
    },
    storeMove: (): void => {
      if (hasMoved && known !== undefined) move.run(known.now, known.draws, known.serials)
      hasMoved = false
    },
    /** Reads the row anew, after a transaction was rolled back. */
    forget: (): void => {
      known = undefined
      hasMoved = false
    }
  }
}
