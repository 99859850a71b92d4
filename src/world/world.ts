import { Clock, type Advance, type ClockMode } from '../lib/clock.ts'
import { badRequest, worldIsGone } from '../lib/problem.ts'
import { iso, latest, type Millis } from '../lib/time.ts'
import { type Fixture } from '../contract/mock.ts'
import { type LogStart } from '../contract/mock-journal.ts'
import { reviewTouched } from '../domain/control/controllers.ts'
import { meetDeliveries } from '../domain/faults/effects.ts'
import { applyFixture } from '../domain/bench/fixture.ts'
import { beforeStoring } from '../domain/sight/polls.ts'
import { followWatched } from '../domain/sight/watched.ts'
import { showTold } from '../domain/tell/timeline.ts'
import { timerHandlers } from './timers.ts'
import { Engine } from '../engine/engine.ts'
import { Pacer, pause } from '../engine/pacer.ts'
import { Store } from '../store/store.ts'
import { type Origin } from '../store/trail.ts'
import { type WorldRow } from '../store/world.ts'
import { Dispatcher, type Attempt } from '../webhooks/dispatcher.ts'
import { Feed } from './feed.ts'
import { Log } from './log.ts'
import { afterMove, afterReplacement, goalOf, requireMoving, requireRest, resting, toBeReplaced, toEnd, type Mode } from './mode.ts'
import { Requests } from './requests.ts'
import { Round } from './round.ts'
import { ServedStore } from './served.ts'
import { firstRow, patienceOf, type WorldSetting } from './setting.ts'
import { Snapshots, toFile, type Snapshot } from './snapshots.ts'

/** Devices of a fixture past which a reset copies what the fixture came to. */
const manyDevices = 100

/** How time is getting on. */
export interface Course {
  goal: Millis | undefined
  attempts: Attempt[]
  next: { at: Millis, timer: string, subject: string } | undefined
}

/** One Enode client and all that is its own: database, clock, engine and deliveries. `Mode` says what it may be asked for when. */
export class World {
  readonly name: string
  readonly store: Store
  readonly clock: Clock
  /** Whether it was stored on disk and goes on. */
  readonly isResumed: boolean
  /** What happens, told to those who look on. */
  readonly feed: Feed
  /** The last requests. */
  readonly requests = new Requests()
  /** What came from outside, to be played again. */
  readonly log: Log
  readonly snapshots = new Snapshots()
  /** Where requests that came at the same time share a commit. */
  readonly round: Round
  readonly #setting: WorldSetting
  readonly #onError: (error: unknown) => void
  readonly #engine: Engine
  readonly #pacer: Pacer
  #dispatcher: Dispatcher
  /** Moves of the clock and resets wait for each other here. */
  #queue: Promise<unknown> = Promise.resolve()
  #mode: Mode = resting
  readonly #ending = new AbortController()
  /** The database at the start, remembered where making it anew takes long. */
  #beginning: Buffer | undefined

  constructor (setting: WorldSetting, onError: (error: unknown) => void) {
    this.name = setting.name
    this.#setting = setting
    this.#onError = onError
    this.clock = new Clock({ now: setting.now, mode: setting.clock, speed: setting.speed })
    this.store = new Store(setting.folder, this.clock, setting.baseUrl)
    this.round = new Round(this.store)
    this.#engine = new Engine(this.store, this.clock, timerHandlers)
    this.#pacer = new Pacer(this.#engine, this.clock, () => this.#mode.is === 'resting', onError)
    this.log = new Log(() => this.#engine.handled)
    this.feed = new Feed(isWatched => { this.store.watch(isWatched) })
    this.#dispatcher = this.#newDispatcher()
    this.store.onStoring(beforeStoring)
    this.store.onEnding(tx => {
      reviewTouched(tx)
      followWatched(tx)
      meetDeliveries(tx)
    })
    this.store.onCommit(told => {
      for (const each of told) if (each.kind !== 'request') this.feed.tell(each.kind, () => showTold(each))
      this.#wake()
    })
    try {
      const stored = this.store.world
      this.isResumed = stored !== undefined
      if (stored === undefined) this.#begin()
      else this.#resume(stored)
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
  get isEnding (): boolean { return this.#mode.is === 'ending' }

  /** Fires when it ends. */
  get ending (): AbortSignal { return this.#ending.signal }

  /** Waits some real milliseconds, or until a signal fires: by default, until the world ends. */
  async pause (ms: Millis, until: AbortSignal = this.ending): Promise<void> {
    if (this.#setting.sender === undefined) await pause(ms, until)
  }

  /** Its store for one request; `says` is what the timeline calls that. */
  servedTo (says: () => string): ServedStore {
    return new ServedStore(this.store, says)
  }

  /** Goes to the later moment that `target` makes of the present one; answers when all that was due has happened and its webhooks are delivered or scheduled again. */
  async advance (target: (now: Millis) => Millis, origin?: Origin): Promise<Advance> {
    return await this.#exclusive(async () => {
      requireRest(this.#mode)
      const now = this.clock.now()
      const to = target(now)
      if (to < now) throw badRequest(`time never goes back: it is ${iso(now)}, asked for was ${iso(to)}`)
      if (to > latest) throw badRequest(`simulated time ends at ${iso(latest)}`)
      const before = this.#dispatcher.attempts
      this.#enter({ is: 'moving', goal: to })
      try {
        const timers = await this.#engine.runUntil(to, () => { requireMoving(this.#mode) }, () => this.#dispatcher.isBusy ? this.#dispatcher.whenIdle() : undefined)
        await this.#dispatcher.whenIdle()
        this.store.write(tx => { tx.trail.note('clock', {}, `went on to ${iso(to)}`) }, undefined, origin)
        this.log.moved(this.clock.now())
        return { now: iso(this.clock.now()), timers, deliveries: this.#dispatcher.attempts - before }
      } finally {
        this.#enter(afterMove(this.#mode))
      }
    })
  }

  /** Where an advance that is under way goes to, which attempts to deliver are under way, and what is due next. */
  get course (): Course {
    const next = this.#engine.next
    return { goal: goalOf(this.#mode), attempts: this.#dispatcher.underWay, next: next && { at: next.due, timer: next.kind, subject: next.subject } }
  }

  /** Changes how time moves. */
  setClock (setting: { mode?: ClockMode | undefined, speed?: number | undefined }): void {
    this.clock.set({ ...(setting.mode && { mode: setting.mode }), ...(setting.speed && { speed: setting.speed }) })
    this.#wake()
  }

  /** Waits until nothing is being delivered and nothing is due. */
  async drain (): Promise<void> {
    this.#dispatcher.wake()
    await this.#dispatcher.whenIdle()
  }

  /** Back to the start: fixture, seed and clock. What is under way is dropped. */
  async reset (): Promise<void> {
    await this.#anew(() => { this.#begin() })
  }

  /** All that there is of it at the moment. */
  save (name: string): Snapshot {
    // Stores where a running clock stands.
    this.store.write(() => {})
    return { name, now: this.row.now, mode: this.clock.mode, speed: this.clock.speed, database: this.store.serialize() }
  }

  /** Becomes what a snapshot holds, but has its own credentials still. What is under way is dropped. */
  async restore (snapshot: Snapshot): Promise<void> {
    await this.#anew(() => {
      const { clientId, clientSecret, tokens: clock } = this.#setting
      // Clients do not know that time went back, so the tokens that they have since go on working.
      const tokens = this.store.read(tx => tx.tokens.all())
      this.store.load(snapshot.database, row => ({ ...row, client_id: clientId, client_secret: clientSecret, tokens: clock }), tokens)
      this.#beginning = undefined
      const { mode, speed } = snapshot
      this.clock.restart({ now: this.row.now, mode, speed })
      this.beginLog()
    })
  }

  /** Begins the log anew, from here. */
  beginLog (): void {
    this.log.begin(this.#logStart(this.save('log')))
  }

  /** For a replay: handles timers until so many came due since the log began, and goes to a moment. False when there are not so many. */
  playTo (timers: number, at: Millis): boolean {
    requireRest(this.#mode)
    while (this.log.timers < timers) if (!this.#engine.step(latest)) return false
    this.clock.moveTo(at)
    return this.log.timers === timers
  }

  async #anew (fn: () => void): Promise<void> {
    this.#enter(toBeReplaced(this.#mode))
    await this.#exclusive(async () => {
      await this.#dispatcher.close()
      try {
        fn()
        this.requests.clear()
        this.feed.tell('clock', () => ({ at: iso(this.clock.now()), kind: 'clock', says: 'the world was reset or restored' }))
      } finally {
        this.#dispatcher = this.#newDispatcher()
        this.#enter(afterReplacement(this.#mode))
        this.#dispatcher.wake()
      }
    })
  }

  /** Ends what would make a request wait: a clock on its way, and deliveries. */
  async interrupt (): Promise<void> {
    if (!this.isEnding) this.#enter(toEnd(this.#mode))
    this.#ending.abort()
    await this.#dispatcher.close()
  }

  async close (): Promise<void> {
    await this.interrupt()
    await this.#queue
    if (this.store.isClosed) return
    // Stores where a running clock stood.
    this.store.write(() => {})
    this.store.close()
  }

  #begin (): void {
    const { clock, speed, ...setting } = this.#setting
    // A world that was stored began with its own seed, start and fixture, whatever this process was told.
    const stored = this.store.world
    const startedAt = stored?.started_at ?? setting.now
    const fixture = stored === undefined ? setting.fixture : JSON.parse(stored.content) as Fixture
    this.clock.restart({ now: startedAt, mode: clock, speed })
    if (this.#beginning !== undefined) this.store.load(this.#beginning, row => row)
    else this.#fill(startedAt, fixture, stored)
    this.log.begin(this.#logStart())
  }

  #fill (startedAt: Millis, fixture: Fixture, stored: WorldRow | undefined): void {
    this.store.begin(firstRow(this.#setting, startedAt, fixture, stored), tx => { applyFixture(tx, fixture) })
    const devices = fixture.accounts?.reduce((sum, account) => sum + account.devices.length, 0) ?? 0
    if (devices > manyDevices) this.#beginning = this.store.serialize()
  }

  #logStart (from?: Snapshot): () => LogStart {
    const { client_id: clientId, client_secret: clientSecret, seed, started_at: startedAt, timing, tokens, webhook_patience: webhookPatience, fixture, content } = this.row
    return () => ({ clientId, clientSecret, seed, now: iso(startedAt), timing, tokens, webhookPatience, fixture, content, baseUrl: this.#setting.baseUrl, snapshot: from === undefined ? null : toFile(from) })
  }

  #newDispatcher (): Dispatcher {
    return new Dispatcher(this.store, {
      onError: this.#onError,
      onOutcome: (job, outcome) => {
        const at = this.clock.now()
        this.log.delivery(at, job, outcome)
        return at
      }
    }, this.#setting.sender)
  }

  /** Goes on where a world that was stored on disk stopped: time stood still meanwhile, or a pause would end every webhook. */
  #resume (stored: WorldRow): void {
    const { clientId, clientSecret, timing, tokens, clock, speed } = this.#setting
    this.clock.restart({ now: stored.now, mode: clock, speed })
    this.store.write(tx => {
      tx.world.put({ ...stored, client_id: clientId, client_secret: clientSecret, timing, tokens, webhook_patience: patienceOf(this.#setting, JSON.parse(stored.content) as Fixture) })
    }, stored.now)
  }

  /** The clock runs on in some modes, and in others it does not. */
  #enter (mode: Mode): void {
    this.#mode = mode
    this.#pacer.wake()
  }

  #wake (): void {
    this.#pacer.wake()
    this.#dispatcher.wake()
  }

  async #exclusive<T> (fn: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.isEnding) throw worldIsGone()
      return await fn()
    })
    this.#queue = turn.catch(() => {})
    return await turn
  }
}
