/** Bytes of answers that are kept at most. */
const mostBytes = 8 * 1024 * 1024

/** A text for an answer, and its status. */
export interface Answer { body: Buffer, status: number }

/** Texts for answers, as they go out: clients ask for the same far more often than it changes, and a page of 50 assets is 70 KB. */
export class AnswerCache {
  readonly #answers = new Map<string, Answer>()
  #bytes = 0

  get (key: string, make: () => string): Buffer {
    return (this.find(key) ?? this.keep(key, make())).body
  }

  find (key: string): Answer | undefined {
    return this.#answers.get(key)
  }

  keep (key: string, text: string, status = 200): Answer {
    const answer = { body: Buffer.from(text), status }
    const bytes = key.length + answer.body.length
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
