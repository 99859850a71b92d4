import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Cache } from '../lib/cache.ts'
import { ConfigError } from '../lib/config-error.ts'
import { migrations } from './migrations.ts'

export interface Db extends Database.Database {
  /** Statements that may have changed something, by which one tells whether anything did since. */
  changes: number
}

/** Opens the database of a world: in memory, or the file `<folder>/mock-enode.sqlite`, brought to the newest version. */
export function openDatabase (folder: string | undefined): { db: Db, close: () => void } {
  const release = folder === undefined ? () => {} : claim(folder)
  const db = Object.assign(new Database(folder === undefined ? ':memory:' : join(folder, 'mock-enode.sqlite')), { changes: 0 })
  const close = (): void => {
    db.close()
    release()
  }
  try {
    // WAL with synchronous=normal saves every commit across kill -9 of the process; only a power cut can lose the last ones.
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    // A look writes pages all over the file: kept in memory, and copied from the WAL less often, they cost less. Up to 16 MB each, where so much is used.
    db.pragma('cache_size = -16000')
    db.pragma('wal_autocheckpoint = 4000')
    migrate(db)
    return { db, close }
  } catch (error) {
    close()
    if ((error as { code?: string }).code !== 'SQLITE_NOTADB') throw error
    throw new ConfigError(`${String(folder)}/mock-enode.sqlite is no database of mock-enode: move it away, or give another --data folder`)
  }
}

/**
 * Makes a folder this process's own, by a lock that the system releases however the process ends. The world's own file
 * stays free, so that one can look into it meanwhile.
 */
function claim (folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new ConfigError(`${folder} cannot be a folder for a world: ${(error as Error).message}`)
  }
  const lock = new Database(join(folder, 'lock.sqlite'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch {
    lock.close()
    throw new ConfigError(`the world in ${folder} is in use by another mock-enode: stop that one, or give another --data folder`)
  }
  return () => { lock.close() }
}

/** The newest schema as one text, once a new database has been brought there: from then on the next ones, as of further worlds, begin with it. */
const newest = new Cache<number, string>(2)

/** Brings a database to the newest version; throws a ConfigError when it is newer. */
export function migrate (db: Database.Database): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > migrations.length) throw new ConfigError(`the database has version ${version}, this mock-enode knows versions up to ${migrations.length}: use a newer mock-enode, or another --data folder`)
  db.transaction(() => {
    const known = version === 0 ? newest.get(migrations.length) : undefined
    for (const sql of known === undefined ? migrations.slice(version) : [known]) db.exec(sql)
    if (version === 0 && known === undefined) newest.set(migrations.length, schemaOf(db))
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
}

function schemaOf (db: Database.Database): string {
  const made = db.prepare("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid").pluck().all() as string[]
  return made.join(';\n')
}

type Value = string | number | null | Buffer

/** Rows of a table that are remembered at most, each of 1 to 2 KB, and answers of a kind: of which half are in any case, and so those of a fleet of 10,000. */
export const mostRows = 24_000

/** Rows that come between two sweeps of a table of which only the newest are retained, so that not every row sweeps. */
export const sweepEvery = 100

declare const written: unique symbol

/**
 * A number that only a change of rows tells. A method of a table that changes something answers nothing or this: by that
 * the type of a reader leaves it out, and the linter holds every method that runs a change to it.
 */
export type Written = number & { readonly [written]: true }

/** A statement that is compiled when it is first used, and then remembered. A world has two hundred, so what they do stands in their class. */
export class Statement {
  readonly #db: Db
  readonly #sql: string
  #prepared: Database.Statement | undefined

  constructor (db: Db, sql: string) {
    this.#db = db
    this.#sql = sql
  }

  get (...values: Value[]): unknown {
    return this.#look().get(...values)
  }

  all (...values: Value[]): unknown[] {
    return this.#look().all(...values)
  }

  run (...values: Value[]): { changes: Written, lastInsertRowid: Written } {
    return this.#use().run(...values) as unknown as ReturnType<Statement['run']>
  }

  /** Changes rows, and answers what its `returning` says of them. */
  take (...values: Value[]): unknown[] {
    return this.#use().all(...values)
  }

  #use (): Database.Statement {
    this.#db.changes++
    return (this.#prepared ??= this.#db.prepare(this.#sql))
  }

  #look (): Database.Statement {
    return (this.#prepared ??= requireReader(this.#db.prepare(this.#sql)))
  }
}

export function statement (db: Db, sql: string): Statement {
  return new Statement(db, sql)
}

function requireReader (prepared: Database.Statement): Database.Statement {
  if (!prepared.readonly) throw new Error(`this changes rows, so it is run and not looked at: ${prepared.source}`)
  return prepared
}
