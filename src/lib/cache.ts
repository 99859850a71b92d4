/**
 * Remembers what was used last, up to a weight; by default each value weighs 1. Whenever as much was set or used anew as
 * fills half of it, what was not used since the time before goes: so a look costs no more than one into a map, and what
 * was used since then is never the first to go. Values do not change their weight.
 */
export class Cache<K, V extends NonNullable<unknown>> {
  #recent = new Map<K, V>()
  #older = new Map<K, V>()
  readonly #most: number
  readonly #weigh: (value: V, key: K) => number
  #weight = 0

  constructor (most: number, weigh: (value: V, key: K) => number = () => 1) {
    this.#most = most / 2
    this.#weigh = weigh
  }

  get (key: K): V | undefined {
    const recent = this.#recent.get(key)
    if (recent !== undefined) return recent
    const older = this.#older.get(key)
    if (older !== undefined) this.set(key, older)
    return older
  }

  /** What is remembered under a key or, where nothing is, what `make` makes; undefined is made again each time. */
  of<Made extends V | undefined> (key: K, make: () => Made): V | Made {
    const known = this.get(key)
    if (known !== undefined) return known
    const made = make()
    if (made !== undefined) this.set(key, made)
    return made
  }

  /** Remembers nothing that fills more than half of it. */
  set (key: K, value: V): void {
    this.delete(key)
    const weight = this.#weigh(value, key)
    if (this.#weight + weight > this.#most) {
      this.#older = this.#recent
      this.#recent = new Map()
      this.#weight = 0
    }
    if (weight > this.#most) return
    this.#recent.set(key, value)
    this.#weight += weight
  }

  delete (key: K): void {
    const recent = this.#recent.get(key)
    if (recent !== undefined) {
      this.#recent.delete(key)
      this.#weight -= this.#weigh(recent, key)
    } else if (this.#older.size > 0) this.#older.delete(key)
  }

  clear (): void {
    if (this.#recent.size === 0 && this.#older.size === 0) return
    this.#recent.clear()
    this.#older.clear()
    this.#weight = 0
  }
}

/** What questions of one kind are answered, remembered by what was asked until that is forgotten: also that there is nothing. */
export class Lookup<K, A> {
  readonly #known: Cache<K, { answer: A }>
  readonly #ask: (key: K) => A

  constructor (most: number, ask: (key: K) => A) {
    this.#known = new Cache(most)
    this.#ask = ask
  }

  of (key: K): A {
    const known = this.#known.get(key)
    if (known !== undefined) return known.answer
    const answer = this.#ask(key)
    this.#known.set(key, { answer })
    return answer
  }

  /** What is remembered, undefined also where nothing is. */
  known (key: K): A | undefined {
    return this.#known.get(key)?.answer
  }

  set (key: K, answer: A): void {
    this.#known.set(key, { answer })
  }

  forget (key: K): void {
    this.#known.delete(key)
  }

  clear (): void {
    this.#known.clear()
  }
}

/** The same of rows, of which most writes change some columns. */
export class Rows<R extends object> extends Lookup<string, R | undefined> {
  /** Puts another in the place of a row, for one that was handed out never changes. */
  change (id: string, change: Partial<R>): void {
    const row = this.known(id)
    if (row !== undefined) this.set(id, { ...row, ...change })
  }
}
