import { type TariffInterval } from '../../contract/tariff.ts'
import { day, minute, type Millis } from '../../lib/time.ts'
import { offsetSpans } from '../../lib/timezone.ts'
import { type LocationRow } from '../../store/locations.ts'
import { fromJson } from '../../lib/json.ts'

/** A part of the week in local time, in milliseconds from the start of Monday. `index` is that of its interval. */
interface WeekPart {
  from: Millis
  /** Exclusive. */
  to: Millis
  index: number
}

/** A stretch of time in which a rate holds. */
export interface RateSpan {
  from: Millis
  /** Exclusive. */
  to: Millis
  /** Name of the rate. */
  name: string
}

const week = 7 * day
const everyDay = [0, 1, 2, 3, 4, 5, 6]

/** 1970-01-01 was a Thursday, so this is how far into a week time begins. */
const firstMonday = 4 * day

/** The parts of the week that intervals cover, in their order. `to` is the first such time after `from`, so it may lie on the next day. */
function weekParts (intervals: readonly TariffInterval[]): WeekPart[] {
  return intervals.flatMap(({ weekdays = everyDay, from, to }, index) => [...new Set(weekdays)].flatMap(weekday => {
    const start = weekday * day + clock(from)
    const end = start + ((clock(to) - clock(from) + day) % day || day)
    // What runs past the end of Sunday goes on at the start of Monday.
    return [{ from: start, to: Math.min(end, week), index }, { from: 0, to: end - week, index }].filter(part => part.to > part.from)
  })).sort((a, b) => a.from - b.from)
}

/** Two intervals that hold at the same time, and when on which day of the week they first do. */
export function findOverlap (intervals: readonly TariffInterval[]): { indexes: [number, number], weekday: number, at: string } | undefined {
  const parts = weekParts(intervals)
  const second = parts.findIndex((part, i) => part.from < (parts[i - 1]?.to ?? 0))
  const [a, b] = [parts[second - 1], parts[second]]
  return a && b && { indexes: [a.index, b.index], weekday: weekdayOf(firstMonday + b.from), at: clockText(b.from % day) }
}

/**
 * When which rate holds between two moments, by the local time of a timezone. An hour that its clocks skip has no rate,
 * one that they show twice has its rate twice.
 */
export function ratesBetween (intervals: readonly TariffInterval[], timezone: string, from: Millis, to: Millis): RateSpan[] {
  const parts = weekParts(intervals)
  const found: RateSpan[] = []
  for (const span of offsetSpans(timezone, from, to)) {
    const [first, last] = [span.from + span.offset, span.to + span.offset]
    for (let monday = first - sinceMonday(first); monday < last; monday += week) {
      for (const part of parts) {
        const [start, end] = [Math.max(monday + part.from, first), Math.min(monday + part.to, last)]
        if (start < end) append(found, { from: start - span.offset, to: end - span.offset, name: intervals[part.index]?.name ?? '' })
      }
    }
  }
  return found
}

/** When which rate of the linked tariff holds at a location between two moments. */
export function ratesAt (location: LocationRow, from: Millis, to: Millis): RateSpan[] {
  if (location.tariff_intervals === null) return []
  return ratesBetween(fromJson(location.tariff_intervals), location.timezone, from, to)
}

/** Day of the week in UTC, from 0 for Monday. */
export function weekdayOf (at: Millis): number {
  return Math.floor(sinceMonday(at) / day)
}

/** `HH:mm` of a time since midnight; the end of a day is 24:00. */
export function clockText (sinceMidnight: Millis): string {
  const minutes = Math.floor(sinceMidnight / minute)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function append (spans: RateSpan[], next: RateSpan): void {
  const last = spans.at(-1)
  if (last !== undefined && last.to === next.from && last.name === next.name) last.to = next.to
  else spans.push(next)
}

function sinceMonday (at: Millis): Millis {
  return (at - firstMonday + week) % week
}

function clock (text: string): Millis {
  const [hours, minutes] = text.split(':')
  return (Number(hours) * 60 + Number(minutes)) * minute
}
