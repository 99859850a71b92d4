import { invalid } from '../../lib/problem.ts'
import { day, hour, minute, type Millis } from '../../lib/time.ts'
import { type ChargingStatisticsQuery } from '../../contract/statistics.ts'

export type Resolution = NonNullable<ChargingStatisticsQuery['resolution']>

/** How long buckets last; months and years at least. */
export const lengths: Record<Resolution, Millis> = {
  QUARTER_HOUR: 15 * minute, HALF_HOUR: 30 * minute, HOUR: hour, DAY: day, WEEK: 7 * day, MONTH: 28 * day, YEAR: 365 * day
}

/** 1970 began on a Thursday, and weeks begin on a Monday. */
const firstMonday = 4 * day

/** Finds the start of the bucket that a moment lies in. Buckets of a day and longer begin at midnight of a clock that is `offset` ahead of UTC. */
export function bucketing (resolution: Resolution, offset: Millis): (at: Millis) => Millis {
  switch (resolution) {
    case 'WEEK': return at => Math.floor((at + offset - firstMonday) / lengths.WEEK) * lengths.WEEK + firstMonday - offset
    case 'MONTH': return at => {
      const local = new Date(at + offset)
      return Date.UTC(local.getUTCFullYear(), local.getUTCMonth()) - offset
    }
    case 'YEAR': return at => Date.UTC(new Date(at + offset).getUTCFullYear(), 0) - offset
    default: {
      const [length, shift] = [lengths[resolution], resolution === 'DAY' ? offset : 0]
      return at => Math.floor((at + shift) / length) * length - shift
    }
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
