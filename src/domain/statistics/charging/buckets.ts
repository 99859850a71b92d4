import { invalid } from '../../../lib/problem.ts'
import { day, hour, minute, type Millis } from '../../../lib/time.ts'
import { type ChargingStatisticsQuery } from '../../../contract/statistics.ts'

export type Resolution = NonNullable<ChargingStatisticsQuery['resolution']>

/** How long buckets last; months and years at least. */
export const lengths: Record<Resolution, Millis> = {
  QUARTER_HOUR: 15 * minute, HALF_HOUR: 30 * minute, HOUR: hour, DAY: day, WEEK: 7 * day, MONTH: 28 * day, YEAR: 365 * day
}

/** 1970 began on a Thursday, and weeks begin on a Monday. */
const firstMonday = 4 * day

export interface Bucket { from: Millis, to: Millis }

/** Finds the bucket that a moment lies in. Buckets of a day and longer begin at midnight of a clock that is `offset` ahead of UTC. */
export function bucketing (resolution: Resolution, offset: Millis): (at: Millis) => Bucket {
  if (resolution === 'MONTH' || resolution === 'YEAR') {
    return at => {
      const local = new Date(at + offset)
      const year = local.getUTCFullYear()
      const [from, to] = resolution === 'YEAR' ? [Date.UTC(year, 0), Date.UTC(year + 1, 0)] : [0, 1].map(more => Date.UTC(year, local.getUTCMonth() + more)) as [Millis, Millis]
      return { from: from - offset, to: to - offset }
    }
  }
  const length = lengths[resolution]
  const first = (resolution === 'WEEK' ? firstMonday : 0) - (length < day ? 0 : offset)
  return at => {
    const from = Math.floor((at - first) / length) * length + first
    return { from, to: from + length }
  }
}

/** The clocks on earth differ by no more from UTC, either way. */
const farthestHours = 14

/** Reads an offset in hours. A plus sign may come as a space, which it means in a URL. */
export function parseOffset (text = '0'): Millis {
  const hours = Number(text)
  if (!(Math.abs(hours) <= farthestHours)) throw invalid(`"utcOffset" ${JSON.stringify(text)} must be a number of hours from -${farthestHours} to ${farthestHours}`, ['utcOffset'], 'number.range')
  return Math.round(hours * hour)
}
