import { Temporal } from 'temporal-polyfill'
import { Lookup } from './cache.ts'

/** A moment of simulated time: milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** The earliest and latest moments that the simulation accepts, so that every timestamp has four digits of year. */
export const earliest: Millis = Date.parse('1971-01-01T00:00:00Z')
export const latest: Millis = Date.parse('9000-01-01T00:00:00Z')

/** What happens at one moment writes it out again and again. */
const written = new Lookup(1000, (at: Millis) => new Date(at).toISOString())

/** ISO 8601 in UTC with milliseconds, as every timestamp on the wire. */
export function iso (at: Millis): string {
  return written.of(at)
}

/** The same, for a moment that need not have come. */
export function isoOrNull (at: Millis | null): string | null {
  return at === null ? null : iso(at)
}

/** Reads an ISO 8601 timestamp with an offset or `Z`; undefined when it is none or lies outside 1971-9000. */
export function parseTime (text: string): Millis | undefined {
  try {
    const at = Temporal.Instant.from(text).epochMilliseconds
    return at >= earliest && at <= latest ? at : undefined
  } catch {
    return undefined
  }
}

/** Adds an ISO 8601 duration (`PT20S`, `P1D`, `P1M` by the UTC calendar); undefined when it is none or leads outside 1971-9000. */
export function addDuration (at: Millis, duration: string): Millis | undefined {
  try {
    const sum = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').add(duration).epochMilliseconds
    return sum >= earliest && sum <= latest ? sum : undefined
  } catch {
    return undefined
  }
}

/** Milliseconds of an ISO 8601 duration; undefined when it is none, or not above zero. */
export function durationOf (text: string): Millis | undefined {
  const from = Date.parse('2001-01-01T00:00:00Z')
  const to = addDuration(from, text)
  return to === undefined || to <= from ? undefined : to - from
}
