import { Temporal } from 'temporal-polyfill'
import { type Millis } from './time.ts'

/** A stretch of time in which a timezone keeps its offset: local time is UTC plus `offset`. */
export interface OffsetSpan {
  from: Millis
  /** Exclusive. */
  to: Millis
  /** Milliseconds, above 0 east of Greenwich. */
  offset: Millis
}

/** The name as the IANA database spells it; undefined when it has no such timezone. */
export function timezoneNamed (name: string): string | undefined {
  if (/^[+-]/.test(name)) return undefined
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId
  } catch {
    return undefined
  }
}

/** The time from `from` to `to` in the parts between which a timezone puts its clocks forward or back. */
export function offsetSpans (timezone: string, from: Millis, to: Millis): OffsetSpan[] {
  const spans: OffsetSpan[] = []
  for (let at = from; at < to;) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
    const next = Math.min(zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? to, to)
    spans.push({ from: at, to: next, offset: zoned.offsetNanoseconds / 1e6 })
    at = next
  }
  return spans
}
