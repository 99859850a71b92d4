import { Cache } from '../../lib/cache.ts'
import { type Millis } from '../../lib/time.ts'

/** Figures that are remembered at most, each of some hundred bytes. */
const mostRemembered = 50_000

/** A figure, and whether it stays as it is. */
export interface Made<T> { figure: T, isFinal: boolean }

/** The final figures that were made to answer a question, by where their stretch begins, and how many there were when it was remembered. */
interface Question { figures: Map<Millis, { to: Millis, figure: unknown }>, count: number }

/**
 * Figures of stretches of time, by what was asked. Those that are final are remembered: clients ask for the same months
 * again and again, and for the present one, of which only the last stretch is new. They are stale when a device comes or
 * goes, as its past may with it: the tables tell the memory, which forgets them.
 */
export class KnownFigures {
  readonly #questions = new Cache<string, Question>(mostRemembered, ({ count }) => count)

  /** A figure for each boundary and the next. `make` is asked for the first that is unknown and then for all that follow, in order. */
  between<T> (question: string, boundaries: readonly Millis[], make: (from: Millis, to: Millis) => Made<T>): T[] {
    const { figures: known, count } = this.#questions.get(question) ?? { figures: new Map<Millis, { to: Millis, figure: unknown }>(), count: 0 }
    const figures: T[] = []
    let isKnown = count > 0
    for (let i = 0; i + 1 < boundaries.length; i++) {
      const [from = 0, to = from] = [boundaries[i], boundaries[i + 1]]
      const found = isKnown ? known.get(from) : undefined
      isKnown = found?.to === to
      if (isKnown) figures.push(found?.figure as T)
      else {
        const { figure, isFinal } = make(from, to)
        if (isFinal) known.set(from, { to, figure })
        figures.push(figure)
      }
    }
    if (known.size !== count) this.#questions.set(question, { figures: known, count: known.size })
    return figures
  }
}
