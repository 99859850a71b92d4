import { type Scope } from '../contract/scopes.ts'
import { type Vendor } from '../contract/vendors.ts'
import { Rows } from '../lib/cache.ts'
import { type Json } from '../lib/json.ts'
import { mostRows, statement, type Db } from './database.ts'

/** A virtual account at a vendor: what a user signs in to in Link UI. */
export interface AccountRow {
  seq: number
  id: string
  vendor: Vendor
  username: string
  password: string
  is_valid: 0 | 1
  created_at: number
}

/** An account that a user has linked, with the scopes that were granted. */
export interface ConnectionRow {
  account_id: string
  user_id: string
  scopes: Json<Scope[]>
  created_at: number
}

export function accountsTable (db: Db) {
  const get = statement(db, 'select * from accounts where id = ?')
  const byUsername = statement(db, 'select * from accounts where username = ?')
  const list = statement(db, 'select * from accounts order by seq')
  const insert = statement(db, 'insert into accounts (id, vendor, username, password, created_at) values (?, ?, ?, ?, ?)')
  const validity = statement(db, 'update accounts set is_valid = ? where id = ?')
  const remove = statement(db, 'delete from accounts where id = ?')
  // Each look asks whether its account still lets anybody in. Stale when a row is written: each method that does so drops it or puts another in its place.
  const rows = new Rows(mostRows, id => get.get(id) as AccountRow | undefined)
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget: (): void => { rows.clear() },
    get: (id: string): AccountRow | undefined => rows.of(id),
    byUsername: (username: string): AccountRow | undefined => byUsername.get(username) as AccountRow | undefined,
    list: (): AccountRow[] => list.all() as AccountRow[],
    insert: (row: Omit<AccountRow, 'seq' | 'is_valid'>): void => {
      rows.forget(row.id)
      insert.run(row.id, row.vendor, row.username, row.password, row.created_at)
    },
    setValid: (id: string, isValid: boolean): void => {
      rows.change(id, { is_valid: isValid ? 1 : 0 })
      validity.run(Number(isValid), id)
    },
    delete: (id: string): void => {
      rows.forget(id)
      remove.run(id)
    }
  }
}

/** `forget` is told whenever a user comes to share an account, or no longer does. */
export function connectionsTable (db: Db, forget: () => void) {
  const count = statement(db, 'select count(*) as n from connections')
  const get = statement(db, 'select * from connections where account_id = ? and user_id = ?')
  const byUser = statement(db, 'select * from connections where user_id = ? order by created_at, account_id')
  const byAccount = statement(db, 'select * from connections where account_id = ? order by created_at, user_id')
  const put = statement(db, `insert into connections (account_id, user_id, scopes, created_at) values (?, ?, ?, ?)
    on conflict do update set scopes = excluded.scopes`)
  const remove = statement(db, 'delete from connections where account_id = ? and user_id = ?')
  return {
    count: (): number => (count.get() as { n: number }).n,
    get: (accountId: string, userId: string): ConnectionRow | undefined => get.get(accountId, userId) as ConnectionRow | undefined,
    byUser: (userId: string): ConnectionRow[] => byUser.all(userId) as ConnectionRow[],
    byAccount: (accountId: string): ConnectionRow[] => byAccount.all(accountId) as ConnectionRow[],
    put: (row: ConnectionRow): void => {
      forget()
      put.run(row.account_id, row.user_id, row.scopes, row.created_at)
    },
    delete: (accountId: string, userId: string): void => {
      forget()
      remove.run(accountId, userId)
    }
  }
}
