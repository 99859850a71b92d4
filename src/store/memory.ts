/**
 * What rooms above the store made of rows and need not make again. Each remembers in a class of its own, whose typed
 * fields say what; there is one of each until the memory forgets.
 */
export class Memory {
  readonly #made = new Map<new () => object, object>()

  of<T extends object> (What: new () => T): T {
    let made = this.#made.get(What) as T | undefined
    if (made === undefined) this.#made.set(What, made = new What())
    return made
  }

  forget (): void {
    this.#made.clear()
  }
}
