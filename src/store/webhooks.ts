import { type Webhook } from '../contract/webhook.ts'
import { Lookup, Rows } from '../lib/cache.ts'
import { fromJson, type Json } from '../lib/json.ts'
import { mostRows, statement, type Db } from './database.ts'
import { pager } from './pages.ts'

/** A registered receiver. */
export interface WebhookRow {
  seq: number
  id: string
  url: string
  /** `user:password` for Basic authentication, taken out of the URL; null without. */
  credentials: string | null
  secret: string
  events: Json<Webhook['events']>
  api_version: Webhook['apiVersion']
  header_name: string | null
  header_value: string | null
  /** The base of the URLs that it is told, without a slash at its end; null for that of this server. */
  base_url: string | null
  is_active: 0 | 1
  last_success: number
  created_at: number
  /** Since when it hears what it hears now without a gap: registered, reactivated, sent elsewhere or asked for more. */
  hears_since: number
  /** When the failures that are going on began; null after a success. */
  failing_since: number | null
}

/** A webhook as who tells it something needs it. */
export type Listener = Omit<WebhookRow, 'last_success'>

/** Events of which it is remembered who waits for them, at most. */
const mostAwaited = 200

export function webhooksTable (db: Db) {
  const get = statement(db, 'select * from webhooks where id = ?')
  const all = statement(db, 'select * from webhooks order by seq')
  const allActive = statement(db, 'select * from webhooks where is_active = 1 order by seq')
  // Who waits for an event is asked at each poll. Stale when any webhook changes: each method that writes clears it.
  const awaiting = new Lookup(mostAwaited, (event: string): readonly Listener[] => (allActive.all() as WebhookRow[]).filter(({ events }) => asks(events, event)))
  const activeIds = statement(db, 'select id from webhooks where is_active = 1 order by seq')
  // Each delivery asks for its webhook. Stale when that is written: each method that writes drops it or puts another in its place.
  const rows = new Rows(mostRows, id => get.get(id) as WebhookRow | undefined)
  // Whom something may be sent to is asked after each commit that left something to send. Stale as those who wait.
  let active: readonly string[] | undefined
  const forget = (): void => {
    awaiting.clear()
    rows.clear()
    active = undefined
  }
  const byAddress = statement(db, "select * from webhooks where url = ? and coalesce(api_version, '') = coalesce(?, '')")
  const insert = statement(db, `insert into webhooks (id, url, credentials, secret, events, api_version, header_name, header_value, base_url, is_active, last_success, created_at, hears_since)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`)
  const update = statement(db, `update webhooks set url = ?, credentials = ?, secret = ?, events = ?, api_version = ?, header_name = ?, header_value = ?, base_url = ?,
    is_active = ?, last_success = ?, failing_since = ?, hears_since = ? where id = ?`)
  const success = statement(db, 'update webhooks set last_success = ? where id = ?')
  const remove = statement(db, 'delete from webhooks where id = ?')
  return {
    get: (id: string): WebhookRow | undefined => rows.of(id),
    all: (): WebhookRow[] => all.all() as WebhookRow[],
    /** The active ones that asked for an event, by its name or with `*`. */
    awaiting: (event: string): readonly Listener[] => awaiting.of(event),
    /** A delivery was acknowledged by one that is active and does not fail. */
    setSuccess: (id: string, at: number): void => {
      rows.change(id, { last_success: at })
      success.run(at, id)
    },
    /** Forgets who waits for what, after a transaction was rolled back or the world begun anew. */
    forget,
    activeIds: (): readonly string[] => (active ??= (activeIds.all() as Array<{ id: string }>).map(row => row.id)),
    byAddress: (url: string, apiVersion: string | null): WebhookRow | undefined => byAddress.get(url, apiVersion) as WebhookRow | undefined,
    page: pager<WebhookRow>(db, '*', 'webhooks where true'),
    insert: (row: Omit<WebhookRow, 'seq' | 'is_active' | 'failing_since'>): void => {
      forget()
      insert.run(row.id, row.url, row.credentials, row.secret, row.events, row.api_version, row.header_name, row.header_value, row.base_url, row.last_success, row.created_at, row.hears_since)
    },
    update: (row: WebhookRow): void => {
      forget()
      update.run(row.url, row.credentials, row.secret, row.events, row.api_version, row.header_name, row.header_value, row.base_url, row.is_active, row.last_success, row.failing_since, row.hears_since, row.id)
    },
    delete: (id: string): void => {
      forget()
      remove.run(id)
    }
  }
}

function asks (events: WebhookRow['events'], event: string): boolean {
  const names: readonly string[] = fromJson(events)
  return names.includes('*') || names.includes(event)
}
