import { type Clock } from '../lib/clock.ts'
import { type Millis } from '../lib/time.ts'
import { type Store, type Tx } from '../store/store.ts'
import { type TimerRow } from '../store/timers.ts'

/** What happens when a timer of a kind is due. Runs in a transaction whose `now` is the moment it was due. */
export type TimerHandler = (tx: Tx, subject: string) => void

/** Steps at one moment after which a handler is taken to reschedule itself without end. */
const mostStepsAtOnce = 1_000_000

/** Timers that share a commit at most; after as many a long run lets other requests have their turn. */
const mostTogether = 100

/**
 * The only one that moves time: from timer to timer, each handled in a transaction of its own. Those that are due at one
 * moment share a commit, and so what they announce to a webhook shares a delivery, up to a fixed number from the first
 * of the moment on: what travels together does not depend on how time is cut.
 */
export class Engine {
  readonly #store: Store
  readonly #clock: Clock
  readonly #handlers: Readonly<Record<string, TimerHandler>>
  #last = { at: -Infinity, steps: 0 }
  #handled = 0

  constructor (store: Store, clock: Clock, handlers: Readonly<Record<string, TimerHandler>>) {
    this.#store = store
    this.#clock = clock
    this.#handlers = handlers
  }

  /** Timers that were handled since the start. */
  get handled (): number { return this.#handled }

  /** The timer that is due next, undefined when none is set. */
  get next (): TimerRow | undefined { return this.#next() }

  /** When the next timer is due, undefined when none is set; a running clock does not pass it. */
  nextDue (): Millis | undefined {
    const due = this.#next()?.due
    this.#clock.holdAt(due)
    return due
  }

  /** Handles the timers of the earliest moment if it comes by `until`, and says whether there were any. */
  step (until: Millis): boolean {
    const timer = this.#next()
    if (timer === undefined || timer.due > until) return false
    this.#handleAll(timer, timer.due)
    return true
  }

  /** Handles what is due by now, for as long as `isEnough` lets it. */
  catchUp (isEnough: () => boolean): void {
    while (!isEnough() && this.step(this.#clock.now()));
  }

  /**
   * Goes to `until`, handling each timer on the way. `check` throws before a step that is not to be taken any more.
   * `settle` lets deliveries that are due finish before time moves past them; it answers undefined when there are none.
   * Answers how many timers were handled.
   */
  async runUntil (until: Millis, check: () => void, settle: () => Promise<void> | undefined): Promise<number> {
    const before = this.#handled
    let breath = 0
    for (;;) {
      check()
      const timer = this.#next()
      const isLater = timer === undefined || timer.due > this.#clock.now()
      if (isLater) {
        const settling = settle()
        if (settling !== undefined) {
          await settling
          // What was delivered meanwhile may have set earlier timers.
          continue
        }
      }
      if (timer === undefined || timer.due > until) {
        this.#clock.moveTo(until)
        // Stored, so that a world on disk goes on from here also after kill -9.
        this.#store.write(() => {}, until)
        return this.#handled - before
      }
      const handled = this.#handled
      // Where nothing is under way, time goes on within a commit as long as there is nothing to send.
      this.#handleAll(timer, isLater ? until : timer.due)
      breath += this.#handled - handled
      if (breath < mostTogether) continue
      breath = 0
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  #next (): TimerRow | undefined {
    return this.#store.read(tx => tx.timers.next())
  }

  /** Handles a timer and those that follow it by `until` in one commit, which ends with the moment that leaves anything to send. */
  #handleAll (first: TimerRow, until: Millis): void {
    const handled = this.#handled
    const edition = this.#edition()
    try {
      this.#store.together(() => {
        let [all, atOnce] = [0, 0]
        for (let timer: TimerRow | undefined = first, at = first.due; timer !== undefined && timer.due <= until; timer = this.#next()) {
          if (timer.due !== at && (all >= mostTogether || this.#edition() !== edition)) return
          atOnce = timer.due === at ? atOnce + 1 : 1
          if (atOnce > mostTogether) return
          at = timer.due
          this.#handle(timer)
          all++
        }
      })
    } catch {
      // All of it is undone. By themselves, those that can be handled are, and the one that cannot says why.
      this.#handled = handled
      this.#handleAlone(first)
    }
  }

  #handleAlone (timer: TimerRow): void {
    try {
      this.#handle(timer)
    } catch (error) {
      // The timer goes, or the next step would meet it again and time would stand still for good.
      this.#store.write(tx => { tx.timers.delete(timer) }, timer.due)
      throw new Error(`timer ${timer.kind} of ${timer.subject} failed`, { cause: error })
    }
  }

  #handle (timer: TimerRow): void {
    this.#count(timer.due, timer.kind)
    this.#handled++
    this.#clock.moveTo(timer.due)
    const handler = this.#handlers[timer.kind]
    this.#store.write(tx => {
      tx.timers.delete(timer)
      if (handler === undefined) throw new Error('nobody handles timers of this kind')
      handler(tx, timer.subject)
    }, timer.due, { says: `timer ${timer.kind}`, isRequest: false, entry: timer.cause })
  }

  /** Another number once there is something new to send. */
  #edition (): number {
    return this.#store.read(tx => tx.deliveries.edition())
  }

  #count (at: Millis, kind: string): void {
    this.#last = at !== this.#last.at ? { at, steps: 1 } : { at: this.#last.at, steps: this.#last.steps + 1 }
    if (this.#last.steps > mostStepsAtOnce) throw new Error(`timers of kind ${kind} come due without end at one moment`)
  }
}
