import { type DriverWish, type LifeWish } from '../../contract/mock-life.ts'
import { type Millis } from '../../lib/time.ts'

/** A driver of a home, with every figure known. */
export type Driver = Required<DriverWish>

/** The life of a home, with every figure known. */
export type Life = Required<Omit<LifeWish, 'drivers'>> & { drivers: readonly Driver[] }

export const purposes = ['work', 'errand', 'leisure', 'long', 'holiday'] as const

/** A car leaves its home for somewhere, stays there, and comes back. */
export interface Outing {
  purpose: typeof purposes[number]
  /** When it leaves home; no two outings of a driver begin at one moment. */
  leaveAt: Millis
  /** When it leaves the destination for home again, unless it arrives there later. */
  backAt: Millis
  /** Kilometres by road, one way, above 0. */
  km: number
  /** Where it lies as the crow flies, in degrees clockwise from north. */
  bearing: number
  /** Whether it is plugged in there. */
  plugsIn: boolean
}
