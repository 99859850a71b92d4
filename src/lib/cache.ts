/**
 * Remembers what was used last, up to a weight; by default each value weighs 1. What there is no room for pushes out what
 * was longest not used. As long as it is half empty no use is noted, so that a look costs no more than one into a map:
 * what was used since then is never the first to go. Values do not change their weight.
 */
export class Cache<K, V extends NonNullable<unknown>> {
  readonly #entries = new Map<K, V>()
  readonly #most: number
  readonly #weigh: (value: V, key: K) => number
  #weight = 0

  constructor (most: number, weigh: (value: V, key: K) => number = () => 1) {
    this.#most = most
    this.#weigh = weigh
  }

  get weight (): number { return this.#weight }

  get (key: K): V | undefined {
    const value = this.#entries.get(key)
    // A map has the order in which keys were set: the first is the one that was longest not used.
    if (value !== undefined && this.#weight * 2 > this.#most) {
      this.#entries.delete(key)
      this.#entries.set(key, value)
    }
    return value
  }

  /** What is remembered under a key or, where nothing is, what `make` makes; undefined is made again each time. */
  of<Made extends V | undefined> (key: K, make: () => Made): V | Made {
    const known = this.get(key)
    if (known !== undefined) return known
    const made = make()
    if (made !== undefined) this.set(key, made)
    return made
  }

  set (key: K, value: V): void {
    this.delete(key)
    this.#entries.set(key, value)
    this.#weight += this.#weigh(value, key)
    if (this.#weight <= this.#most) return
    for (const oldest of this.#entries.keys()) {
      this.delete(oldest)
      if (this.#weight <= this.#most) return
    }
  }

  delete (key: K): void {
    const value = this.#entries.get(key)
    if (value === undefined) return
    this.#entries.delete(key)
    this.#weight -= this.#weigh(value, key)
  }

  clear (): void {
    if (this.#entries.size === 0) return
    this.#entries.clear()
    this.#weight = 0
  }
}
