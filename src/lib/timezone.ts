import { tzOffset } from '@date-fns/tz/tzOffset'
import { Temporal } from 'temporal-polyfill'
import { minute, type Millis } from './time.ts'

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

const offsets = new Map<string, { quarter: number, offset: Millis }>()

/** How far the clocks of a timezone are ahead of UTC. Remembers the last quarter hour, since the devices of a place ask for it again and again. */
export function offsetAt (timezone: string, at: Millis): Millis {
  const quarter = Math.floor(at / (15 * minute))
  const last = offsets.get(timezone)
  if (last?.quarter === quarter) return last.offset
  const offset = Math.round(tzOffset(timezone, new Date(at)) * minute)
  offsets.set(timezone, { quarter, offset })
  return offset
}

/** The time from `from` to `to` in the parts between which a timezone puts its clocks forward or back. */
export function offsetSpans (timezone: string, from: Millis, to: Millis): OffsetSpan[] {
  const spans: OffsetSpan[] = []
  for (let at = from; at < to;) {
    const zoned = zonedAt(timezone, at)
    const next = Math.min(zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? to, to)
    spans.push({ from: at, to: next, offset: zoned.offsetNanoseconds / 1e6 })
    at = next
  }
  return spans
}

/** The start of the local day that is some days after that of a moment. */
export function startOfDay (timezone: string, at: Millis, daysLater = 0): Millis {
  return zonedAt(timezone, at).startOfDay().add({ days: daysLater }).startOfDay().epochMilliseconds
}

/** The next moment after `at` at which the clocks of a timezone show a time, `HH:mm` up to 24:00; one that they skip comes an hour later. */
export function nextClockTime (timezone: string, at: Millis, time: string): Millis {
  const [clock, now] = [Temporal.PlainTime.from(time === '24:00' ? '00:00' : time), zonedAt(timezone, at)]
  const today = now.withPlainTime(clock)
  return (today.epochMilliseconds > at ? today : now.add({ days: 1 }).withPlainTime(clock)).epochMilliseconds
}

function zonedAt (timezone: string, at: Millis): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
}
