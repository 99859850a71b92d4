/**
 * The only source of chance. A stream is a seed and a count of draws, so the whole of it is two numbers that a
 * transaction can store: the same seed and count always give the same next value.
 */
export class Random {
  readonly #seed: number
  #draws: number

  constructor (seed: number, draws = 0) {
    this.#seed = mix(seed >>> 0, 0x9e3779b9)
    this.#draws = draws
  }

  /** How many 32-bit values were drawn. */
  get draws (): number { return this.#draws }

  /** A whole number from 0 to 2^32 - 1. */
  uint32 (): number {
    const n = this.#draws++
    return mix(mix(this.#seed, n >>> 0), Math.floor(n / 0x100000000))
  }

  /** From 0 up to but not including 1. */
  next (): number {
    return this.uint32() / 0x100000000
  }

  /** A number between `low` (inclusive) and `high` (exclusive). */
  between (low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  /** A whole number from `low` to `high`, both included. */
  integer (low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<T> (items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)]
    if (item === undefined) throw new Error('cannot pick from an empty list')
    return item
  }

  /** `length` lower-case hexadecimal digits. */
  hex (length: number): string {
    let text = ''
    while (text.length < length) text += this.uint32().toString(16).padStart(8, '0')
    return text.slice(0, length)
  }

  /** A version 4 UUID. */
  uuid (): string {
    return asUuid(this.hex(32))
  }
}

/** From 0 up to but not including 1, the same whenever the seed and the whole numbers are: chance without a stream, to look at in any order. */
export function unitAt (seed: number, ...numbers: number[]): number {
  let hash = mix(seed >>> 0, 0x9e3779b9)
  for (let i = 0; i < numbers.length; i++) hash = mix(hash, (numbers[i] ?? 0) >>> 0)
  return hash / 0x100000000
}

/** Writes at least 32 hexadecimal digits as a version 4 UUID. */
export function asUuid (hex: string): string {
  const variant = '89ab'[parseInt(hex.slice(16, 17), 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The finaliser of MurmurHash3 over two words: every bit of the input moves half of the output. */
function mix (a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(b, 0xcc9e2d51), 0x1b873593)
  h ^= h >>> 16
  h = Math.imul(h + 0x6d2b79f5, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}
