import { wallNow } from './clock.ts'
import { type Millis } from './time.ts'

/** What ends after some real time, as clients measure it, by name. It is held in memory, for a world holds the same bytes whenever it runs. */
export class RealTerms {
  readonly #length: Millis
  /** The earliest first. */
  readonly #ends = new Map<string, Millis>()

  constructor (length: Millis) {
    this.#length = length
  }

  has (name: string): boolean {
    return this.#ends.has(name)
  }

  begin (name: string): void {
    this.#ends.delete(name)
    this.#ends.set(name, wallNow() + this.#length)
  }

  /** Also where it never began. */
  isOver (name: string): boolean {
    return (this.#ends.get(name) ?? 0) <= wallNow()
  }

  /** Forgets those that are over, and answers their names. */
  takeOver (): string[] {
    const over: string[] = []
    for (const name of this.#ends.keys()) {
      if (!this.isOver(name)) break
      over.push(name)
    }
    for (const name of over) this.#ends.delete(name)
    return over
  }
}
