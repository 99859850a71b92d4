import { Clock, type Advance, type ClockMode } from '../lib/clock.ts'
import { badRequest, worldIsGone } from '../lib/problem.ts'
import { iso, latest, type Millis } from '../lib/time.ts'
import { type Fixture } from '../contract/mock.ts'
import { reviewTouched } from '../domain/controllers.ts'
import { applyFixture } from '../domain/fixture.ts'
import { catchUpPolls } from '../domain/observe.ts'
import { timerHandlers } from '../domain/timers.ts'
import { type Timing } from '../lib/timings.ts'
import { Engine } from '../engine/engine.ts'
import { Pacer } from '../engine/pacer.ts'
import { Store } from '../store/store.ts'
import { type WorldRow } from '../store/world.ts'
import { Dispatcher } from '../webhooks/dispatcher.ts'

/** What a world is made from. */
export interface WorldSetting {
  name: string
  clientId: string
  clientSecret: string
  seed: number
  /** Start of simulated time. */
  now: Millis
  clock: ClockMode
  /** Simulated seconds for each real second, above 0. */
  speed: number
  timing: Timing
  fixtureName: string
  fixture: Fixture
  /** Folder of the database; without it the world lives in memory. */
  folder?: string | undefined
}

/** One Enode client and all that is its own: database, clock, engine and deliveries. */
export class World {
  readonly name: string
  readonly store: Store
  readonly clock: Clock
  /** Whether it was kept on disk and goes on. */
  readonly isResumed: boolean
  readonly #setting: WorldSetting
  readonly #onError: (error: unknown) => void
  readonly #engine: Engine
  readonly #pacer: Pacer
  #dispatcher: Dispatcher
  /** Moves of the clock and resets wait for each other here. */
  #queue: Promise<unknown> = Promise.resolve()
  #isEnding = false

  constructor (setting: WorldSetting, onError: (error: unknown) => void) {
    this.name = setting.name
    this.#setting = setting
    this.#onError = onError
    this.clock = new Clock({ now: setting.now, mode: setting.clock, speed: setting.speed })
    this.store = new Store(setting.folder, this.clock)
    this.#engine = new Engine(this.store, this.clock, timerHandlers)
    this.#pacer = new Pacer(this.#engine, this.clock, onError)
    this.#dispatcher = new Dispatcher(this.store, onError)
    this.store.onEnding(reviewTouched)
    this.store.onCommit(() => { this.#wake() })
    try {
      const kept = this.store.world
      this.isResumed = kept !== undefined
      if (kept === undefined) this.#begin()
      else this.#resume(kept)
    } catch (error) {
      this.store.close()
      throw error
    }
  }

  /** The row of the database on this world. */
  get row (): WorldRow {
    const row = this.store.world
    if (row === undefined) throw new Error(`world ${this.name} has no row`)
    return row
  }

  get dispatcher (): Dispatcher { return this.#dispatcher }

  /** Whether it was deleted, or the server is shutting down. */
  get isEnding (): boolean { return this.#isEnding }

  /** Goes to the later moment that `target` makes of the present one; answers when all that was due has happened and its webhooks are delivered or scheduled again. */
  async advance (target: (now: Millis) => Millis): Promise<Advance> {
    return await this.#exclusive(async () => {
      const now = this.clock.now()
      const to = target(now)
      if (to < now) throw badRequest(`time never goes back: it is ${iso(now)}, asked for was ${iso(to)}`)
      if (to > latest) throw badRequest(`simulated time ends at ${iso(latest)}`)
      const before = this.#dispatcher.attempts
      this.#pacer.pause()
      let hasArrived = false
      try {
        const timers = await this.#engine.runUntil(to, () => this.#dispatcher.isBusy ? this.#dispatcher.settle() : undefined)
        hasArrived = true
        await this.#dispatcher.settle()
        return { now: iso(this.clock.now()), timers, deliveries: this.#dispatcher.attempts - before }
      } finally {
        if (!this.store.isClosed) {
          if (!hasArrived) this.store.write(catchUpPolls)
          this.#pacer.resume()
        }
      }
    })
  }

  /** Changes how time moves. */
  setClock (setting: { mode?: ClockMode | undefined, speed?: number | undefined }): void {
    this.clock.set({ ...(setting.mode && { mode: setting.mode }), ...(setting.speed && { speed: setting.speed }) })
    this.#wake()
  }

  /** Waits until nothing is being delivered and nothing is due. */
  async drain (): Promise<void> {
    this.#dispatcher.wake()
    await this.#dispatcher.settle()
  }

  /** Back to the start: fixture, seed and clock. What is under way is dropped. */
  async reset (): Promise<void> {
    this.#engine.interrupt()
    await this.#exclusive(async () => {
      this.#pacer.pause()
      await this.#dispatcher.close()
      try {
        this.#begin()
      } finally {
        this.#dispatcher = new Dispatcher(this.store, this.#onError)
        this.#pacer.resume()
        this.#wake()
      }
    })
  }

  /** Ends what would keep a request waiting: a clock on its way, and deliveries. */
  async interrupt (): Promise<void> {
    this.#isEnding = true
    this.#engine.interrupt()
    await this.#dispatcher.close()
  }

  async close (): Promise<void> {
    await this.interrupt()
    await this.#queue
    this.#pacer.pause()
    if (this.store.isClosed) return
    // Keeps where a running clock stood.
    this.store.write(() => {})
    this.store.close()
  }

  #begin (): void {
    const { clock, speed, ...setting } = this.#setting
    // A world that was kept began with its own seed, start and fixture, whatever this process was told.
    const kept = this.store.world
    const startedAt = kept?.started_at ?? setting.now
    const fixture = kept === undefined ? setting.fixture : JSON.parse(kept.content) as Fixture
    this.clock.restart({ now: startedAt, mode: clock, speed })
    this.store.begin({
      client_id: setting.clientId,
      client_secret: setting.clientSecret,
      seed: kept?.seed ?? setting.seed,
      draws: 0,
      serials: 0,
      started_at: startedAt,
      now: startedAt,
      fixture: kept?.fixture ?? setting.fixtureName,
      content: JSON.stringify(fixture),
      timing: setting.timing,
      connection_limit: fixture.connectionLimit ?? null
    }, tx => { applyFixture(tx, fixture) })
  }

  /** Goes on where a world that was kept on disk stopped: time stood still meanwhile, or a pause would end every webhook. */
  #resume (kept: WorldRow): void {
    const { clientId, clientSecret, timing, clock, speed } = this.#setting
    this.clock.restart({ now: kept.now, mode: clock, speed })
    this.store.write(tx => {
      tx.world.put({ ...kept, client_id: clientId, client_secret: clientSecret, timing })
      // The process may have ended while the clock was moved on.
      catchUpPolls(tx)
    }, kept.now)
  }

  #wake (): void {
    this.#pacer.wake()
    this.#dispatcher.wake()
  }

  async #exclusive<T> (fn: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#isEnding) throw worldIsGone()
      return await fn()
    })
    this.#queue = turn.catch(() => {})
    return await turn
  }
}
