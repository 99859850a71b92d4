import { type Advance, type Clock, type ClockMode } from '../lib/clock.ts'
import { type Millis } from '../lib/time.ts'
import { type ReadTx, type Tx } from '../store/store.ts'
import { type Origin } from '../store/trail.ts'
import { type World } from './world.ts'

/**
 * A world as one request sees it: what the request does happens at the moment at which it came to its operation, and
 * the timeline puts it down to the request.
 */
export class ServedWorld {
  readonly whole: World
  readonly store: { read: <T>(fn: (tx: ReadTx) => T) => T, write: <T>(fn: (tx: Tx) => T) => T }
  readonly #origin: Origin
  #at: Millis | undefined

  constructor (world: World, says: () => string) {
    this.whole = world
    // Hardly any request leads to an entry, so its name is made when one does.
    this.#origin = { get says () { return says() }, isRequest: true, entry: null }
    this.store = {
      read: fn => world.store.read(fn, this.#at),
      write: fn => world.store.write(fn, this.#at, this.#origin)
    }
  }

  /** The request comes to its operation now. Answers when that is. */
  arrive (): Millis {
    return (this.#at = this.whole.clock.now())
  }

  get name (): string { return this.whole.name }
  get row (): World['row'] { return this.whole.row }
  get clock (): Clock { return this.whole.clock }
  get dispatcher (): World['dispatcher'] { return this.whole.dispatcher }
  get isEnding (): boolean { return this.whole.isEnding }

  async advance (target: (now: Millis) => Millis): Promise<Advance> {
    return await this.whole.advance(target, this.#origin)
  }

  setClock (setting: { mode?: ClockMode | undefined, speed?: number | undefined }): void {
    this.whole.setClock(setting)
  }

  async drain (): Promise<void> {
    await this.whole.drain()
  }

  async reset (): Promise<void> {
    await this.whole.reset()
  }
}
