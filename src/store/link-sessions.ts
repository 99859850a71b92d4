import { type Scope } from '../contract/scopes.ts'
import { type AssetKind, type Vendor } from '../contract/vendors.ts'
import { type Json } from '../lib/json.ts'
import { statement, type Db } from './database.ts'

/** Where a user stands in Link UI. */
export interface LinkProgress {
  started?: boolean
  vendor?: string
  /** The one of the brand's apps that the user has. */
  service?: string
  consented?: boolean
  /** The account that signed in. */
  accountId?: string
  /** A sign-in that failed just before: its user name, and whether that account would do but for the session, which is for another one. */
  failed?: { as: string, isOther: boolean }
  /** Whether the pages, and not the control API, used the session up. */
  connected?: boolean
  /** Whether the user went on from the last page. */
  completed?: boolean
}

/** A visit to Link UI. */
export interface LinkSessionRow {
  id: string
  secret: string
  user_id: string
  vendor: Vendor | null
  vendor_type: AssetKind | null
  scopes: Json<Scope[]>
  language: string
  redirect_uri: string
  color_scheme: string
  /** The account that is linked again; null where any will do. */
  account_id: string | null
  created_at: number
  expires_at: number
  used_at: number | null
  progress: Json<LinkProgress>
}

export function linkSessionsTable (db: Db) {
  const get = statement(db, 'select * from link_sessions where id = ?')
  const insert = statement(db, `insert into link_sessions (id, secret, user_id, vendor, vendor_type, scopes, language, redirect_uri, color_scheme, account_id, created_at, expires_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const progress = statement(db, 'update link_sessions set progress = ? where id = ?')
  const use = statement(db, 'update link_sessions set used_at = ? where id = ?')
  const removeOfUser = statement(db, 'delete from link_sessions where user_id = ?')
  const sweep = statement(db, 'delete from link_sessions where expires_at < ?')
  return {
    get: (id: string): LinkSessionRow | undefined => get.get(id) as LinkSessionRow | undefined,
    insert: (row: Omit<LinkSessionRow, 'used_at' | 'progress'>): void => {
      insert.run(row.id, row.secret, row.user_id, row.vendor, row.vendor_type, row.scopes, row.language, row.redirect_uri, row.color_scheme, row.account_id, row.created_at, row.expires_at)
    },
    setProgress: (id: string, json: string): void => { progress.run(json, id) },
    use: (id: string, at: number): void => { use.run(at, id) },
    deleteOfUser: (userId: string): void => { removeOfUser.run(userId) },
    /** Forgets sessions that expired before `before`. */
    sweep: (before: number): void => { sweep.run(before) }
  }
}
