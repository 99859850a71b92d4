import { type Store } from '../store/store.ts'

/** Requests of a round at most: who comes later waits for the next one. One that throws lets those before it act again, which must not add up. */
const most = 20

type Act = () => void
type Answer = (failure?: Error) => void

/**
 * Lets the requests that came within one turn of the event loop, and may change something, act one after the other and
 * share a commit. Each is a transaction for itself, and their answers leave once that commit is done: a commit costs as
 * much as what one request does, and what acts right after its like finds the processor's caches warm.
 */
export class Round {
  readonly #store: Store
  #joined: Act[] = []
  /** Answers that wait for the commit, while requests act. */
  #held: Answer[] | undefined

  constructor (store: Store) {
    this.#store = store
  }

  /** Lets a request act in the next round. Nothing that it does on the spot may throw. */
  join (act: Act): void {
    if (this.#joined.push(act) === 1) setImmediate(() => { this.#run() })
  }

  /** Lets an answer leave: at once or, if its request has just acted, after the commit, with the error if that failed. */
  answer (answer: Answer): void {
    if (this.#held === undefined) answer()
    else this.#held.push(answer)
  }

  #run (): void {
    const joined = this.#joined.splice(0, most)
    if (this.#joined.length > 0) setImmediate(() => { this.#run() })
    const act = (): void => { for (const each of joined) each() }
    // The store of a world that has ended tells so to each.
    if (this.#store.isClosed) return act()
    const held = this.#held = [] as Answer[]
    let failure: Error | undefined
    try {
      this.#store.together(act, true)
    } catch (error) {
      failure = error as Error
    }
    this.#held = undefined
    for (const each of held) each(failure)
  }
}
