import { Cache } from '../lib/cache.ts'
import { type Millis } from '../lib/time.ts'
import { type Sight } from './sights.ts'

/** Bytes of answers that are remembered at most. */
const mostBytes = 8 * 1024 * 1024

/** A text for an answer, and its status. */
export interface Answer { body: Buffer, status: number }

/**
 * Texts for answers, as they go out: clients ask for the same far more often than it changes, and a page of 50 assets is
 * 70 KB. One gets stale at the moment that was told as it was made, or when what it shows changes: whoever owns the cache
 * says who clears it then.
 */
export class AnswerCache {
  readonly #answers = new Cache<string, Answer & { from: Millis, until: Millis }>(mostBytes, ({ body }, key) => key.length + body.length)

  /** An answer that holds from now until a moment that is told as it is made; its status is 200 where none is told. */
  get (key: string, now: Millis, make: () => Sight & { status?: number }): Answer {
    const known = this.#answers.get(key)
    if (known !== undefined && known.from <= now && now < known.until) return known
    const { text, until, status = 200 } = make()
    const answer = { body: Buffer.from(text), status, from: now, until }
    this.#answers.set(key, answer)
    return answer
  }

  clear (): void {
    this.#answers.clear()
  }
}
