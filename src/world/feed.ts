/** Something that happened, for those who look on: `kind` names it, `show` makes its JSON. */
export interface Message { id: number, kind: string, show: () => unknown }

/** Messages that are retained for those who come back; older ones are forgotten. */
export const mostMessages = 1000

/** What happens in a world, told to everybody who looks on while it happens. */
export class Feed {
  readonly #onWatched: (isWatched: boolean) => void
  readonly #listeners = new Set<(message: Message) => void>()
  #messages: Message[] = []
  #last = 0

  constructor (onWatched: (isWatched: boolean) => void) {
    this.#onWatched = onWatched
  }

  tell (kind: string, show: () => unknown): void {
    const message = { id: ++this.#last, kind, show }
    this.#messages.push(message)
    // Not at each, since that would move a thousand each time.
    if (this.#messages.length >= 2 * mostMessages) this.#messages = this.#messages.slice(-mostMessages)
    for (const listener of this.#listeners) listener(message)
  }

  /** Tells what came after a message that was seen, and from then on what comes. Answers how to stop it. */
  follow (listener: (message: Message) => void, seen?: number): () => void {
    if (seen !== undefined) for (const message of this.#messages.slice(-mostMessages)) if (message.id > seen) listener(message)
    this.#listeners.add(listener)
    this.#onWatched(true)
    return () => {
      this.#listeners.delete(listener)
      this.#onWatched(this.#listeners.size > 0)
    }
  }
}
