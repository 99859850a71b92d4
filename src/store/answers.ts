import { type Millis } from '../lib/time.ts'
import { type Sight } from './sights.ts'

/** Bytes of answers that are kept at most. */
const mostBytes = 8 * 1024 * 1024

/** A text for an answer, and its status. */
export interface Answer { body: Buffer, status: number }

/** Texts for answers, as they go out: clients ask for the same far more often than it changes, and a page of 50 assets is 70 KB. */
export class AnswerCache {
  readonly #answers = new Map<string, Answer & { from: Millis, until: Millis }>()
  #bytes = 0

  /** An answer that holds from now until a moment that is told as it is made. */
  get (key: string, now: Millis, make: () => Sight): Buffer {
    const known = this.#answers.get(key)
    if (known !== undefined && known.from <= now && now < known.until) return known.body
    const { text, until } = make()
    return this.#put(key, { body: Buffer.from(text), status: 200, from: now, until }).body
  }

  find (key: string): Answer | undefined {
    return this.#answers.get(key)
  }

  keep (key: string, text: string, status = 200): Answer {
    return this.#put(key, { body: Buffer.from(text), status, from: -Infinity, until: Infinity })
  }

  #put (key: string, answer: Answer & { from: Millis, until: Millis }): Answer {
    const bytes = key.length + answer.body.length
    const old = this.#answers.get(key)
    if (old !== undefined) this.#bytes -= key.length + old.body.length
    if (this.#bytes + bytes > mostBytes) this.clear()
    this.#answers.set(key, answer)
    this.#bytes += bytes
    return answer
  }

  clear (): void {
    if (this.#bytes === 0) return
    this.#answers.clear()
    this.#bytes = 0
  }
}
