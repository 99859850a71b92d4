import { Temporal } from 'temporal-polyfill'
import { Cache } from './cache.ts'
import { day, type Millis } from './time.ts'
import { offsetAt } from './timezone.ts'

/** An interval of local time that is cut into buckets. */
export interface Calendar {
  from: Millis
  /** Exclusive. */
  to: Millis
  /** Where each bucket begins, and at last where the interval ends. */
  boundaries: readonly Millis[]
  /** Where each bucket begins, as RFC 3339 with the offset of the timezone. */
  labels: readonly string[]
}

/**
 * Local midnights take a calendar to find, and clients ask for the same days again and again. What is remembered follows
 * from what it is asked by: nothing makes it stale, and nobody has to tell.
 */
export class Calendars {
  readonly #calendars = new Cache<string, Calendar>(500)
  readonly #moments = new Cache<string, Millis>(500)

  /** A local day cut into steps of some length: 23 to 25 hours where clocks change. Undefined when the calendar has no such day. */
  day (timezone: string, year: number, month: number, dayOfMonth: number, step: Millis): Calendar | undefined {
    return this.#calendars.of(JSON.stringify([timezone, year, month, dayOfMonth, step]), () => {
      const date = plainDate(year, month, dayOfMonth)
      if (date === undefined) return undefined
      const [from, to] = [midnight(timezone, date), midnight(timezone, date.add({ days: 1 }))]
      return calendar(timezone, [...Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step), to])
    })
  }

  /** A local month cut into its days. Undefined when the calendar has no such month. */
  month (timezone: string, year: number, month: number): Calendar | undefined {
    return this.#calendars.of(JSON.stringify([timezone, year, month]), () => {
      const first = plainDate(year, month, 1)
      return first && calendar(timezone, Array.from({ length: first.daysInMonth + 1 }, (_, i) => midnight(timezone, first.add({ days: i }))))
    })
  }

  /** Today by the calendar of a timezone: from midnight to midnight. */
  today (timezone: string, at: Millis): Calendar {
    const { year, month, day: dayOfMonth } = dateAt(timezone, at)
    const today = this.day(timezone, year, month, dayOfMonth, 2 * day)
    if (today === undefined) throw new Error(`${timezone} has no day at ${at}`)
    return today
  }

  /** A moment moved by months of the local calendar. */
  monthsLater (timezone: string, at: Millis, months: number): Millis {
    return this.#moments.of(JSON.stringify([timezone, at, months]), () => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).add({ months }).epochMilliseconds)
  }
}

/** What a calendar on the wall shows. */
export function dateAt (timezone: string, at: Millis): { year: number, month: number, day: number } {
  const local = new Date(at + offsetAt(timezone, at))
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() }
}

/** RFC 3339 to the second, with the offset that the clocks of a timezone have: `2021-01-19T00:15:00+01:00`. */
export function localIso (timezone: string, at: Millis): string {
  const offset = offsetAt(timezone, at)
  const minutes = Math.abs(offset) / 60_000
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${new Date(at + offset).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

function calendar (timezone: string, boundaries: Millis[]): Calendar {
  const [from = 0, to = from] = [boundaries[0], boundaries.at(-1)]
  return { from, to, boundaries, labels: boundaries.slice(0, -1).map(at => localIso(timezone, at)) }
}

function plainDate (year: number, month: number, dayOfMonth: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

function midnight (timezone: string, date: Temporal.PlainDate): Millis {
  return date.toZonedDateTime(timezone).epochMilliseconds
}
