import Database from 'better-sqlite3'
import { ConfigError } from '../lib/config-error.ts'
import { badRequest } from '../lib/problem.ts'
import { migrate, type Db } from './database.ts'

/** The whole database as the bytes of an SQLite file. */
export function serialize (db: Db): Buffer {
  return db.serialize()
}

/** Takes every row out of every table. Runs in a transaction. */
export function empty (db: Db): void {
  for (const name of tableNames(db)) db.exec(`delete from ${name}`)
}

/**
 * Puts the rows of a serialised database, brought to the newest version, in the place of those that are there. Runs in
 * a transaction. Throws a 400 problem when the bytes are no database of ours.
 */
export function copyInto (db: Db, bytes: Buffer): void {
  let source: Db | undefined
  try {
    source = new Database(bytes)
    if (source.pragma('quick_check', { simple: true }) !== 'ok') throw badRequest('the database of the snapshot is damaged')
    migrate(source)
    for (const name of tableNames(db)) copyTable(source, db, name)
  } catch (error) {
    if (error instanceof ConfigError) throw badRequest(`the snapshot cannot be read: ${error.message.replace(/: use .*/, '')}`)
    if (error instanceof Database.SqliteError) throw badRequest(`the snapshot holds no database of mock-enode: ${error.message}`)
    throw error
  } finally {
    source?.close()
  }
}

function copyTable (source: Db, db: Db, name: string): void {
  db.exec(`delete from ${name}`)
  // A database that was migrated can have its columns in another order, so they are named.
  const columns = (db.pragma(`table_info(${name})`) as Array<{ name: string }>).map(column => `"${column.name}"`).join(', ')
  const insert = db.prepare(`insert into ${name} (${columns}) values (${columns.replaceAll(/"\w+"/g, '?')})`)
  for (const row of source.prepare(`select ${columns} from ${name}`).raw().iterate()) insert.run(row)
}

/** Our tables, and the one in which SQLite has the highest number of each; it comes last, since inserting changes it. */
function tableNames (db: Db): string[] {
  const tables = db.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").all() as Array<{ name: string }>
  return [...tables.map(({ name }) => name), 'sqlite_sequence']
}
