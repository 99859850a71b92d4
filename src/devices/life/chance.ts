import { unitAt } from '../../lib/random.ts'
import { type Place } from '../place.ts'

/** Sets what is drawn for the lives of homes apart from what else is drawn for their positions. */
const salt = 71

/** A seed of which follows what is drawn for a home. */
export function seedOf ({ seed, latitude, longitude }: Place): number {
  return seedWithin(seed, salt, Math.round(latitude * 1e4), Math.round(longitude * 1e4))
}

/** A seed for a part of what a seed is for. */
export function seedWithin (seed: number, ...numbers: number[]): number {
  return unitAt(seed, ...numbers) * 0x100000000
}

/**
 * Standard deviations from the mean at a quantile of the normal distribution, at most 3: the inverse as of Shore (1982),
 * right to 0.03 where it matters.
 */
export function normalAt (unit: number): number {
  const tail = Math.max(Math.min(unit, 1 - unit), 1e-9)
  return Math.min(3, 5.5556 * (1 - (tail / (1 - tail)) ** 0.1186)) * (unit < 0.5 ? -1 : 1)
}

/** The quantile of a log-normal distribution with a mean. */
export function logNormalAt (unit: number, mean: number, sigma: number): number {
  return mean * Math.exp(sigma * normalAt(unit) - sigma * sigma / 2)
}

/** One of several by their weights; the last takes what is left of 1. */
export function weightedAt<T> (unit: number, choices: ReadonlyArray<readonly [T, weight: number]>, last: T): T {
  let left = unit
  return choices.find(([, weight]) => (left -= weight) < 0)?.[0] ?? last
}
