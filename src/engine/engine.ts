import { type Clock } from '../lib/clock.ts'
import { unavailable } from '../lib/problem.ts'
import { type Millis } from '../lib/time.ts'
import { type Store, type Tx } from '../store/store.ts'
import { type TimerRow } from '../store/timers.ts'

/** What happens when a timer of a kind is due. Runs in a transaction whose `now` is the moment it was due. */
export type TimerHandler = (tx: Tx, subject: string) => void

/** Steps at one moment after which a handler is taken to reschedule itself without end. */
const mostStepsAtOnce = 1_000_000

/** Steps after which a long run lets other requests have their turn. */
const stepsBetweenBreaths = 500

/** The only one that moves time: from timer to timer, each handled in a transaction of its own. */
export class Engine {
  readonly #store: Store
  readonly #clock: Clock
  readonly #handlers: Readonly<Record<string, TimerHandler>>
  #last = { at: -Infinity, steps: 0 }
  #interrupted = false
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

  /** Handles the earliest timer if it is due by `until`, and says whether there was one. */
  step (until: Millis): boolean {
    const timer = this.#next()
    if (timer === undefined || timer.due > until) return false
    this.#handle(timer)
    return true
  }

  /** Handles what is due by now, for as long as `isEnough` lets it. */
  catchUp (isEnough: () => boolean): void {
    while (!isEnough() && this.step(this.#clock.now()));
  }

  /**
   * Goes to `until`, handling each timer on the way. `settle` lets deliveries that are due finish before time moves
   * past them; it answers undefined when there are none. Answers how many timers were handled.
   */
  async runUntil (until: Millis, settle: () => Promise<void> | undefined): Promise<number> {
    let steps = 0
    this.#interrupted = false
    for (;;) {
      if (this.#interrupted) throw unavailable('The clock stopped on its way, since the world is being reset or the server is shutting down')
      const timer = this.#next()
      if (timer === undefined || timer.due > this.#clock.now()) {
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
        return steps
      }
      this.#handle(timer)
      steps++
      if (steps % stepsBetweenBreaths === 0) await new Promise(resolve => setImmediate(resolve))
    }
  }

  /** Makes a run that is under way end before its next step. */
  interrupt (): void {
    this.#interrupted = true
  }

  #next (): TimerRow | undefined {
    return this.#store.read(tx => tx.timers.next())
  }

  #handle (timer: TimerRow): void {
    this.#count(timer.due, timer.kind)
    this.#handled++
    this.#clock.moveTo(timer.due)
    const handler = this.#handlers[timer.kind]
    try {
      this.#store.write(tx => {
        tx.timers.delete(timer.seq)
        if (handler === undefined) throw new Error('nobody handles timers of this kind')
        handler(tx, timer.subject)
      }, timer.due, { says: `timer ${timer.kind}`, isRequest: false, entry: timer.cause })
    } catch (error) {
      // The timer goes, or the next step would meet it again and time would stand still for good.
      this.#store.write(tx => { tx.timers.delete(timer.seq) }, timer.due)
      throw new Error(`timer ${timer.kind} of ${timer.subject} failed`, { cause: error })
    }
  }

  #count (at: Millis, kind: string): void {
    this.#last = at !== this.#last.at ? { at, steps: 1 } : { at: this.#last.at, steps: this.#last.steps + 1 }
    if (this.#last.steps > mostStepsAtOnce) throw new Error(`timers of kind ${kind} come due without end at one moment`)
  }
}
