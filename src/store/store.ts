import { badRequest, worldIsGone } from '../lib/problem.ts'
import { Random } from '../lib/random.ts'
import { type Millis } from '../lib/time.ts'
import { AnswerCache } from './answers.ts'
import { openDatabase, statement, type Db, type Statement } from './database.ts'
import { Memory } from './memory.ts'
import { Sights } from './sights.ts'
import { copyInto, empty, serialize } from './snapshot.ts'
import { tablesOf, type Readers, type Tables } from './tables.ts'
import { type TokenRow } from './tokens.ts'
import { Trail, type Origin, type Told } from './trail.ts'
import { type WorldRow } from './world.ts'

/** What both kinds have. */
interface Viewpoint {
  readonly now: Millis
  /** Where this server is reached, without a slash at its end: the base of URLs for who asked nothing of it. Null when that is not known. */
  readonly baseUrl: string | null
  /** What rooms above made of rows, of homes above all. Stale when a device comes or goes, or who shares it: their tables tell. The store tells of a rollback and a new beginning of the world, and `forgetHome` of states. */
  readonly memory: Memory
  /** Prices and calendars, each of which follows from what it is asked by: nothing makes them stale, and nobody has to tell. */
  readonly almanac: Memory
  /** Answers that hold until a moment that each tells, unless anything is written: the store clears them as it begins a transaction. */
  readonly settled: AnswerCache
  /** What was last seen of assets and systems that nobody follows. */
  readonly sights: Sights
}

/** A reader: the tables without their writing methods, and the time at which it looks. */
export type ReadTx = { readonly [T in keyof Tables]: Readers<Tables[T]> } & Viewpoint

/** A transactor: everything that one operation does commits together or not at all. */
export type Tx = Readonly<Tables> & Viewpoint & {
  /** Chance of the world: ids, cars, latencies. */
  readonly random: Random
  /** A stream apart for tokens and deliveries, so that one more of them changes nothing in the world. */
  readonly serials: Random
  /** The delivery that events for a webhook go into, by webhook id, of this transaction and those that share a commit with it. */
  readonly batches: Map<string, { id: string, size: number }>
  /** Ids of the deliveries that this transaction makes, for faults to meet before the commit. */
  readonly fresh: string[]
  /** Where it notes what happens, and why. */
  readonly trail: Trail
  /** Ids of assets at which something may have changed that a schedule or smart charging has to answer to before the commit. */
  readonly touched: Set<string>
  /** Ids of assets that somebody may follow from now on, or `*` for all, to be looked through before the commit. */
  readonly followed: Set<string>
  /** To be told of devices before the states that are stored of them make place for later ones. */
  readonly onStoring: (deviceIds: readonly string[]) => void
}

/** A transaction that came to its end. */
interface Done { fn: (tx: Tx) => unknown, at: Millis, origin: Origin | undefined, entry: number | null }

/** The database of one world. It decides nothing: it holds rows and says when something was committed. */
export class Store {
  readonly #db: Db
  readonly #clock: { now: () => Millis }
  readonly #tx: Tables & Pick<Tx, 'baseUrl' | 'memory' | 'almanac' | 'settled' | 'sights' | 'batches' | 'fresh' | 'trail' | 'touched' | 'followed' | 'onStoring'> & { now: Millis, random: Random, serials: Random }
  readonly #tables: ReadonlyArray<Tables[keyof Tables]>
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #close: () => void
  #isClosed = false
  #writing = false
  /** What was noted by those that share a commit, while any do, and what each did if they are undone one by one. */
  #shared: { told: Told[], done: Done[] | undefined } | undefined
  #committed: (told: Told[]) => void = () => {}
  #ending: (tx: Tx) => void = () => {}
  #storing: (tx: Tx, deviceIds: readonly string[]) => void = () => {}

  /** `baseUrl` is where this server is reached, null when that is not known. */
  constructor (folder: string | undefined, clock: { now: () => Millis }, baseUrl: string | null) {
    const { db, close } = openDatabase(folder)
    this.#db = db
    this.#close = close
    this.#clock = clock
    this.#begin = statement(this.#db, 'begin immediate')
    this.#commit = statement(this.#db, 'commit')
    const memory = new Memory()
    const tables = tablesOf(this.#db, () => { memory.forget() })
    this.#tables = Object.values(tables)
    this.#tx = {
      ...tables,
      memory,
      almanac: new Memory(),
      settled: new AnswerCache(),
      sights: new Sights(),
      baseUrl,
      now: 0,
      random: new Random(0),
      serials: new Random(0),
      batches: new Map(),
      fresh: [],
      touched: new Set(),
      followed: new Set(),
      onStoring: deviceIds => { this.#storing(this.#tx, deviceIds) },
      trail: new Trail(tables.timeline)
    }
  }

  /** The world's row, undefined in a new database. */
  get world (): WorldRow | undefined { return this.#tx.world.get() }

  /** `listener` runs after each commit, and only then, and hears what was noted. */
  onCommit (listener: (told: Told[]) => void): void {
    this.#committed = listener
  }

  /** `last` runs at the end of each transaction, as a part of it. */
  onEnding (last: (tx: Tx) => void): void {
    this.#ending = last
  }

  /** `before` runs before later states are stored of some devices, as a part of the transaction that does so. */
  onStoring (before: (tx: Tx, deviceIds: readonly string[]) => void): void {
    this.#storing = before
  }

  /** Says whether somebody listens to what is noted. */
  watch (isWatched: boolean): void {
    this.#tx.trail.isWatched = isWatched
  }

  /** Looks at the present time, or at the one at which a request came. */
  read<T> (fn: (tx: ReadTx) => T, at?: Millis): T {
    this.#requireOpen()
    if (!this.#writing) this.#tx.now = at ?? this.#clock.now()
    return fn(this.#tx)
  }

  /** Runs one operation in one transaction, at the present time or at the moment at which a timer was due or a request came. */
  write<T> (fn: (tx: Tx) => T, at?: Millis, origin?: Origin): T {
    if (this.#writing) throw new Error('a transaction does not nest: pass tx on instead')
    this.#requireOpen()
    const shared = this.#shared
    if (shared === undefined) this.#begin.run()
    else if (!this.#db.inTransaction) throw new Error('the transactions before this one were undone')
    const { changes } = this.#db
    const entry = origin?.entry ?? null
    this.#writing = true
    let result: T
    try {
      result = this.#transact(fn, at ?? this.#clock.now(), origin)
      if (shared === undefined) this.#end()
    } catch (error) {
      this.#tx.trail.undo()
      if (shared?.done === undefined) this.#undo()
      else if (this.#db.changes > changes) this.#undoLast(shared.done)
      throw error
    } finally {
      this.#writing = false
    }
    const told = this.#tx.trail.take()
    if (shared === undefined) this.#committed(told)
    else shared.told.push(...told)
    shared?.done?.push({ fn, at: this.#tx.now, origin, entry })
    return result
  }

  /**
   * Lets the transactions that `fn` runs one after the other share a commit, for nobody hears of one of them before. What
   * they announce to a webhook travels together, and when one throws, all of them are undone. Where they are `apart`, they
   * have nothing but the commit in common: each has deliveries of its own, and one that throws is undone alone.
   */
  together (fn: () => void, apart = false): void {
    if (this.#shared !== undefined) throw new Error('transactions that share a commit do not nest')
    this.#requireOpen()
    this.#begin.run()
    this.#tx.batches.clear()
    const { told } = this.#shared = { told: [] as Told[], done: apart ? [] : undefined }
    try {
      fn()
      this.#end()
    } catch (error) {
      this.#undo()
      throw error
    } finally {
      this.#shared = undefined
    }
    this.#committed(told)
  }

  /** Empties the database and makes it a new world, filled by `fill`: all of it or, if that throws, nothing. */
  begin (row: WorldRow, fill: (tx: Tx) => void): void {
    this.#replace(() => {
      empty(this.#db)
      return row
    }, fill)
  }

  /** The whole database as the bytes of an SQLite file. */
  serialize (): Buffer {
    this.#requireOpen()
    return serialize(this.#db)
  }

  /**
   * Makes the database what the serialised one was, with a row on the world that `rowOf` makes of the one in there: all
   * of it or nothing. `tokens` are valid besides those in there. Throws a 400 problem when the bytes are no database of
   * ours, or one of a newer version.
   */
  load (bytes: Buffer, rowOf: (row: WorldRow) => WorldRow, tokens: TokenRow[] = []): void {
    this.#replace(() => {
      copyInto(this.#db, bytes)
      this.#forget()
      const row = this.#tx.world.get()
      if (row === undefined) throw badRequest('the snapshot holds no world')
      return rowOf(row)
    }, tx => { for (const token of tokens) tx.tokens.insert(token, false) })
  }

  #end (): void {
    this.#tx.world.storeMove()
    this.#commit.run()
  }

  #undo (): void {
    if (this.#db.inTransaction) this.#db.exec('rollback')
    this.#forget()
  }

  /**
   * Undoes the last of those that share a commit: all are undone, and those before it done again. That comes to the same,
   * for what one does follows from the rows, its moment and the world's chance. A savepoint for each would copy every page
   * that it changes, which costs more than the commit that they share.
   */
  #undoLast (done: readonly Done[]): void {
    this.#undo()
    this.#begin.run()
    try {
      for (const { fn, at, origin, entry } of done) {
        if (origin !== undefined) origin.entry = entry
        this.#transact(fn, at, origin)
      }
    } catch (error) {
      this.#undo()
      throw error
    }
  }

  #transact<T> (fn: (tx: Tx) => T, at: Millis, origin: Origin | undefined): T {
    const world = this.#tx.world.get()
    this.#tx.now = Math.max(at, world?.now ?? 0)
    this.#tx.settled.clear()
    if (world !== undefined) this.#draw(world)
    if (this.#shared === undefined || this.#shared.done !== undefined) this.#tx.batches.clear()
    this.#tx.fresh.length = 0
    this.#tx.touched.clear()
    this.#tx.followed.clear()
    this.#tx.trail.begin(this.#tx.now, origin)
    const result = fn(this.#tx)
    this.#ending(this.#tx)
    this.#tx.world.move(this.#tx.now, this.#tx.random.draws, this.#tx.serials.draws)
    return result
  }

  #replace (rows: () => WorldRow, then: (tx: Tx) => void): void {
    this.write(tx => {
      const row = rows()
      tx.world.put(row)
      this.#forget()
      this.#tx.now = row.now
      this.#tx.trail.begin(row.now, undefined)
      this.#draw(row)
      then(tx)
    })
  }

  /** What is remembered of rows is read anew; the almanac holds nothing of theirs. */
  #forget (): void {
    for (const table of this.#tables) if ('forget' in table) table.forget()
    this.#tx.memory.forget()
    this.#tx.sights.clear()
  }

  get isClosed (): boolean { return this.#isClosed }

  close (): void {
    this.#isClosed = true
    this.#close()
  }

  #draw (world: WorldRow): void {
    this.#tx.random = new Random(world.seed, world.draws)
    this.#tx.serials = new Random(world.seed ^ 0x5e71a15, world.serials)
  }

  /** What was under way when a world ended finds it gone. */
  #requireOpen (): void {
    if (this.#isClosed) throw worldIsGone()
  }
}
