import Database from 'better-sqlite3'
import { ConfigError } from '../lib/config-error.ts'
import { badRequest } from '../lib/problem.ts'
import { migrate, type Db } from './database.ts'

/** Where the header of an SQLite file says how it is to be written and read: 1 for a journal of what was, 2 for a log of what comes. */
const formats = [18, 19]

/** The whole database as the bytes of an SQLite file. One on disk has a log beside it; its bytes stand alone, and could not be opened if they said that there was one. */
export function serialize (db: Db): Buffer {
  const bytes = db.serialize()
  for (const at of formats) bytes[at] = 1
  return bytes
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
  let source: Database.Database | undefined
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

function copyTable (source: Database.Database, db: Db, name: string): void {
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
