const size = 624
/** How far apart the words are that are mixed. */
const apart = 397

/**
 * The first numbers of a Mersenne twister (MT19937), with 53 bits each, from 0 up to but not including 1: those by which
 * worlds have always drawn the names of cars. What has no such past draws from `Random`.
 */
export function twisted (seed: number, count: number): number[] {
  const words = seeded(seed)
  const word = (i: number): number => tempered(twist(words, i))
  return Array.from({ length: count }, (_, n) => ((word(2 * n) >>> 5) * 0x4000000 + (word(2 * n + 1) >>> 6)) / 0x20000000000000)
}

function seeded (seed: number): Int32Array {
  const words = new Int32Array(size)
  words[0] = seed
  for (let i = 1; i < size; i++) words[i] = Math.imul(1812433253, at(words, i - 1) ^ at(words, i - 1) >>> 30) + i
  return words
}

/** A word of the first round, which depends on none that is twisted already, as long as so few are asked for. */
function twist (words: Int32Array, i: number): number {
  const joined = (at(words, i) & 0x80000000) | (at(words, i + 1) & 0x7fffffff)
  return at(words, i + apart) ^ joined >>> 1 ^ (-(joined & 1) & 0x9908b0df)
}

function tempered (word: number): number {
  let y = word
  y ^= y >>> 11
  y ^= y << 7 & 0x9d2c5680
  y ^= y << 15 & 0xefc60000
  return y ^ y >>> 18
}

function at (words: Int32Array, i: number): number {
  return words[i] ?? 0
}
