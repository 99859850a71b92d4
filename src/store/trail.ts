import { type Millis } from '../lib/time.ts'
import { type Concerned, type TimelineKind, type TimelineRow, type TimelineTable } from './timeline.ts'

/** What sets off a transaction: a request, a timer or a delivery. */
export interface Origin {
  readonly says: string
  /** Whether it becomes an entry itself as soon as it leads to one. */
  readonly isRequest: boolean
  /** The entry that stands for it, null while there is none. */
  entry: number | null
}

/** Something that happened, as it is told to who listens after the commit; `body` is the JSON text of an event. */
export interface Told extends TimelineRow { body?: string }

/** Writes the timeline of one transaction: what it notes is put down to what set it off, and comes or goes with it. */
export class Trail {
  readonly #table: TimelineTable
  #told: Told[] = []
  #origin: Origin | undefined
  #entryBefore: number | null = null
  #cause: number | null = null
  #at: Millis = 0

  constructor (table: TimelineTable) {
    this.#table = table
  }

  /** Whether somebody listens, so that also what no webhook hears of is to be written out. */
  isWatched = false

  /** What is noted at the moment comes of this entry; null when of none. */
  get cause (): number | null { return this.#cause }

  begin (at: Millis, origin: Origin | undefined): void {
    this.#at = at
    this.#origin = origin
    this.#entryBefore = this.#cause = origin?.entry ?? null
    this.#told = []
  }

  /** Forgets what came of a transaction that is rolled back. */
  undo (): void {
    if (this.#origin !== undefined) this.#origin.entry = this.#entryBefore
    this.#told = []
  }

  /** What was noted, for those who listen. */
  take (): Told[] {
    const told = this.#told
    this.#told = []
    return told
  }

  /** Adds an entry and answers its number. `says` is a few words for people. */
  note (kind: TimelineKind, concerned: Partial<Concerned>, says: string, body?: string): number {
    if (this.#cause === null && this.#origin?.isRequest === true) this.#cause = this.#origin.entry = this.#insert('request', {}, this.#origin.says)
    return this.#insert(kind, concerned, says, body)
  }

  /** Runs `fn`, of which all that is noted comes of an entry. */
  because<T> (entry: number, fn: () => T): T {
    const outer = this.#cause
    this.#cause = entry
    try {
      return fn()
    } finally {
      this.#cause = outer
    }
  }

  #insert (kind: TimelineKind, concerned: Partial<Concerned>, says: string, body?: string): number {
    const isRequest = kind === 'request'
    // Written out, since spreading three objects takes longer than the insertion.
    const row: Told = {
      seq: 0,
      at: this.#at,
      kind,
      says,
      user_id: concerned.user_id ?? null,
      asset_id: concerned.asset_id ?? null,
      action_id: concerned.action_id ?? null,
      webhook_id: concerned.webhook_id ?? null,
      delivery_id: concerned.delivery_id ?? null,
      cause: isRequest ? null : this.#cause,
      origin: isRequest || this.#cause !== null ? null : this.#origin?.says ?? null
    }
    if (body !== undefined) row.body = body
    row.seq = this.#table.insert(row)
    this.#told.push(row)
    return row.seq
  }
}
