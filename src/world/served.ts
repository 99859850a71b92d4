import { type Millis } from '../lib/time.ts'
import { type Answer } from '../store/answers.ts'
import { type ReadTx, type Store, type Tx } from '../store/store.ts'
import { type Origin } from '../store/trail.ts'

/** The request as what sets off its transactions. Hardly any leads to an entry, so its name is made when one does. */
class RequestOrigin implements Origin {
  readonly isRequest = true
  entry: number | null = null
  readonly #says: () => string

  constructor (says: () => string) {
    this.#says = says
  }

  get says (): string { return this.#says() }
}

/**
 * The store of a world, as one request acts on it: what the request does happens at the moment at which it came to its
 * operation, and the timeline puts it down to the request.
 */
export class ServedStore {
  readonly origin: Origin
  /** When the request came to its operation; until then, the present. */
  at: Millis | undefined
  readonly #store: Store

  constructor (store: Store, says: () => string) {
    this.#store = store
    this.origin = new RequestOrigin(says)
  }

  read<T> (fn: (tx: ReadTx) => T): T {
    return this.#store.read(fn, this.at)
  }

  /**
   * An answer that is written once for a key, until anything changes or the moment comes that `until` tells: clients ask
   * for the same statistics again and again. `statusOf` tells its status by what is in it.
   */
  answer<T extends object> (key: string, make: (tx: ReadTx) => T, until: (tx: ReadTx) => Millis, statusOf: (made: T) => number): Answer {
    return this.read(tx => tx.settled.get(key, tx.now, () => {
      const made = make(tx)
      return { text: JSON.stringify(made), status: statusOf(made), until: until(tx) }
    }))
  }

  write<T> (fn: (tx: Tx) => T): T {
    return this.#store.write(fn, this.at, this.origin)
  }
}
