import { type Millis } from '../../lib/time.ts'
import { type ReadTx } from '../../store/store.ts'

/** Figures that are remembered at most, each of some hundred bytes. */
const mostKept = 50_000

/** Those of a world, forgotten whenever a device comes or goes, as its past may with it. */
export function keptFigures (tx: ReadTx): KeptFigures {
  const known = tx.memo.get('figures') as KeptFigures | undefined
  if (known !== undefined) return known
  const made = new KeptFigures()
  tx.memo.set('figures', made)
  return made
}

/** A figure, and whether it stays as it is. */
export interface Made<T> { figure: T, isFinal: boolean }

/**
 * Figures of stretches of time, by what was asked. Those that are final are remembered: clients ask for the same months
 * again and again, and for the present one, of which only the last stretch is new.
 */
class KeptFigures {
  readonly #questions = new Map<string, Map<Millis, { to: Millis, figure: unknown }>>()
  #size = 0

  /** A figure for each boundary and the next. `make` is asked for the first that is unknown and then for all that follow, in order. */
  between<T> (question: string, boundaries: readonly Millis[], make: (from: Millis, to: Millis) => Made<T>): T[] {
    const known = this.#questions.get(question)
    const figures: T[] = []
    let isKnown = known !== undefined
    for (let i = 0; i + 1 < boundaries.length; i++) {
      const [from = 0, to = from] = [boundaries[i], boundaries[i + 1]]
      const kept = isKnown ? known?.get(from) : undefined
      isKnown = kept?.to === to
      if (isKnown) figures.push(kept?.figure as T)
      else {
        const { figure, isFinal } = make(from, to)
        if (isFinal) this.#keep(question, from, { to, figure })
        figures.push(figure)
      }
    }
    return figures
  }

  #keep (question: string, from: Millis, entry: { to: Millis, figure: unknown }): void {
    if (++this.#size > mostKept) {
      this.#questions.clear()
      this.#size = 1
    }
    const known = this.#questions.get(question) ?? new Map<Millis, { to: Millis, figure: unknown }>()
    this.#questions.set(question, known.set(from, entry))
  }
}
