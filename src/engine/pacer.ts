import { realNow, type Clock } from '../lib/clock.ts'
import { type Millis } from '../lib/time.ts'
import { type Engine } from './engine.ts'

/** The longest wait that a JavaScript timer can hold, about 24.8 days. */
const longestWaitMs = 2 ** 31 - 1

/** Real milliseconds after which requests have their turn, however much is due. */
const longestTurnMs = 20

/** Lets a running clock drive the engine: the program's only `setTimeout`. */
export class Pacer {
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #onError: (error: unknown) => void
  #timeout: NodeJS.Timeout | undefined
  #paused = false

  constructor (engine: Engine, clock: Clock, onError: (error: unknown) => void) {
    this.#engine = engine
    this.#clock = clock
    this.#onError = onError
  }

  /** Looks anew when the next timer is due. Called after each commit and each change of the clock. */
  wake (): void {
    clearTimeout(this.#timeout)
    this.#timeout = undefined
    if (this.#clock.mode === 'frozen') return
    const due = this.#engine.nextDue()
    if (due === undefined || this.#paused) return
    this.#timeout = setTimeout(() => { this.#fire() }, Math.min(Math.ceil(this.#clock.wallDelay(due)), longestWaitMs))
    this.#timeout.unref()
  }

  /** Stands still until `resume`, while somebody else moves time. */
  pause (): void {
    this.#paused = true
    this.wake()
  }

  resume (): void {
    this.#paused = false
    this.wake()
  }

  #fire (): void {
    const began = realNow()
    try {
      this.#engine.catchUp(() => realNow() - began >= longestTurnMs)
    } catch (error) {
      this.#onError(error)
    }
    this.wake()
  }
}

/** Resolves after some real milliseconds, or at once when `signal` fires. */
export async function pause (ms: Millis, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>(resolve => {
    const timeout = setTimeout(done, ms)
    function done (): void {
      clearTimeout(timeout)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
