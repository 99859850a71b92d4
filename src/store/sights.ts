import { Cache } from '../lib/cache.ts'
import { type Millis } from '../lib/time.ts'

/** What is shown of an asset or a system, as JSON text, and the moment from which it may be another. */
export interface Sight { text: string, until: Millis }

/** Sights that are remembered at most, each of about 2 KB. */
const most = 5000

/**
 * What was last seen of what nobody follows, for those who ask again before the next look. It gets stale when the stored
 * text becomes another, which is told with each question, and when a look comes due: whatever changes an asset stores
 * what was seen until then first. A rollback and a new beginning of the world clear it, through the store.
 */
export class Sights {
  readonly #known = new Cache<string, Sight & { stored: string, from: Millis }>(most)

  of (id: string, stored: string, now: Millis, workOut: () => Sight): Sight {
    const known = this.#known.get(id)
    if (known?.stored === stored && known.from <= now && now < known.until) return known
    const sight = { ...workOut(), stored, from: now }
    this.#known.set(id, sight)
    return sight
  }

  clear (): void {
    this.#known.clear()
  }
}
