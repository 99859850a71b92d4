import { Temporal } from 'temporal-polyfill'
import { Cache, Lookup } from './cache.ts'
import { type Millis } from './time.ts'

/** A stretch of time in which a timezone has one offset: local time is UTC plus `offset`. */
export interface OffsetSpan {
  from: Millis
  /** Exclusive. */
  to: Millis
  /** Milliseconds, above 0 east of Greenwich. */
  offset: Millis
}

/** The names that were asked for and how they are spelled, which nothing changes while a process runs. */
const spellings = new Lookup(500, (name: string) => Intl.supportedValuesOf('timeZone').includes(name) ? name : spelled(name))

/**
 * The name as the IANA database spells it; undefined when it has no such timezone. Most are found in the list of them:
 * the first calendar that Node makes for a timezone takes a start ten milliseconds and more.
 */
export function timezoneNamed (name: string): string | undefined {
  return spellings.of(name)
}

function spelled (name: string): string | undefined {
  if (/^[+-]/.test(name)) return undefined
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId
  } catch {
    return undefined
  }
}

/** The spans that were asked for, by timezone. They follow from its name: nothing makes them stale, and nobody has to tell. */
const knownSpans = new Cache<string, readonly OffsetSpan[]>(500)
const mostSpans = 50

/** How far the clocks of a timezone are ahead of UTC. Remembers for how long that stays so, since every device asks for it again and again. */
export function offsetAt (timezone: string, at: Millis): Millis {
  const spans = knownSpans.get(timezone) ?? []
  for (const { from, to, offset } of spans) if (at >= from && at < to) return offset
  const zoned = zonedAt(timezone, at)
  const span = {
    // The transition before the end of this millisecond is the one that began what holds now.
    from: zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    to: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: zoned.offsetNanoseconds / 1e6
  }
  knownSpans.set(timezone, [span, ...spans.slice(0, mostSpans - 1)])
  return span.offset
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

/** The next moment after `at` at which the clocks of a timezone show a time, `HH:mm` up to 24:00; where they skip it, the first moment after it. */
export function nextClockTime (timezone: string, at: Millis, time: string): Millis {
  const [clock, now] = [Temporal.PlainTime.from(time === '24:00' ? '00:00' : time), zonedAt(timezone, at)]
  const today = clockTimeOn(now, clock)
  return today > at ? today : clockTimeOn(now.add({ days: 1 }), clock)
}

function clockTimeOn (day: Temporal.ZonedDateTime, clock: Temporal.PlainTime): Millis {
  const found = day.withPlainTime(clock)
  const isSkipped = !found.toPlainTime().equals(clock)
  return (isSkipped ? found.getTimeZoneTransition('previous') ?? found : found).epochMilliseconds
}

function zonedAt (timezone: string, at: Millis): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
}
