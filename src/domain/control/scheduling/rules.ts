import { day, minute, parseTime, type Millis } from '../../../lib/time.ts'
import { offsetSpans, type OffsetSpan } from '../../../lib/timezone.ts'
import { type Schedule, type ScheduleRule } from '../../../contract/schedule.ts'

/** What a schedule says of time. */
export type Plan = Pick<Schedule, 'rules' | 'defaultShouldCharge'>

/** A moment, and what the rules want from then on. */
export interface Transition {
  at: Millis
  shouldCharge: boolean
}

/** What the rules want now, and the next changes of that, two at most. */
export interface Outlook {
  shouldCharge: boolean
  upcoming: Transition[]
}

interface Interval {
  from: Millis
  /** Exclusive. */
  to: Millis
}

/** Within so long every interval of a rule comes twice, as a change of the clocks can swallow one. */
const horizon = 15 * day
const mostUpcoming = 2

/** Of the rules that hold at a moment the last one in the list decides, and the default where none holds. Clock times and weekdays are those of the timezone. */
export function outlook (plan: Plan, timezone: string, now: Millis): Outlook {
  const [first, ...rest] = wishesFrom(plan, timezone, now)
  if (first === undefined) throw new Error('a plan wants something at every moment')
  return { shouldCharge: first.shouldCharge, upcoming: rest }
}

/** What is wanted at `now` and the next changes. A timestamp can begin another pattern, so each is looked on from anew. */
function wishesFrom (plan: Plan, timezone: string, now: Millis): Transition[] {
  const found: Transition[] = []
  const beginnings = [now, ...timestampsAfter(plan.rules, now)]
  for (const [i, from] of beginnings.entries()) {
    for (const wish of wishesBetween(plan, timezone, from, Math.min(from + horizon, beginnings[i + 1] ?? Infinity))) {
      if (wish.shouldCharge !== found.at(-1)?.shouldCharge) found.push(wish)
      if (found.length > mostUpcoming) return found
    }
  }
  return found
}

function timestampsAfter (rules: readonly ScheduleRule[], now: Millis): Millis[] {
  const moments = rules.flatMap(rule => [momentOf(rule.fromTimestamp, now), momentOf(rule.toTimestamp, now)])
  return [...new Set(moments)].filter(at => at > now).sort((a, b) => a - b)
}

/** What is wanted at `from` and at each moment before `to` at which a rule begins or ceases to hold. */
function wishesBetween ({ rules, defaultShouldCharge }: Plan, timezone: string, from: Millis, to: Millis): Transition[] {
  const spans = offsetSpans(timezone, from - 3 * day, to + 3 * day)
  const edges: Array<{ at: Millis, rule: number, by: number }> = []
  for (const [rule, each] of rules.entries()) {
    for (const interval of intervalsOf(each, spans)) {
      if (interval.from >= interval.to || interval.to <= from || interval.from >= to) continue
      edges.push({ at: Math.max(interval.from, from), rule, by: 1 }, { at: interval.to, rule, by: -1 })
    }
  }
  edges.sort((a, b) => a.at - b.at)
  const holding = rules.map(() => 0)
  const wishes: Transition[] = []
  for (let next = 0, at = from; at < to; at = edges[next]?.at ?? Infinity) {
    for (let edge = edges[next]; edge?.at === at; edge = edges[++next]) holding[edge.rule] = (holding[edge.rule] ?? 0) + edge.by
    wishes.push({ at, shouldCharge: rules[holding.findLastIndex(count => count > 0)]?.shouldCharge ?? defaultShouldCharge })
  }
  return wishes
}

/** When a rule holds, within some spans of time. A part of an interval that falls on the next day belongs to the weekday on which it began. */
function intervalsOf ({ hourMinute, weekdays, fromTimestamp, toTimestamp }: ScheduleRule, spans: readonly OffsetSpan[]): Interval[] {
  const since = momentOf(fromTimestamp, -Infinity)
  const until = momentOf(toTimestamp, Infinity)
  if (hourMinute === undefined && weekdays === undefined) return [{ from: since, to: until }]
  const start = minutesOf(hourMinute?.from ?? '00:00')
  const minutesADay = day / minute
  // From 24:00 to 00:00 is a whole day too.
  const end = start + ((minutesOf(hourMinute?.to ?? '24:00') - start + minutesADay) % minutesADay || minutesADay)
  const intervals: Interval[] = []
  for (const date of datesIn(spans)) {
    if (weekdays?.includes(weekdayOf(date)) === false) continue
    const from = momentAt(spans, date * day + start * minute)
    const to = momentAt(spans, date * day + end * minute)
    intervals.push({ from: Math.max(from, since), to: Math.min(to, until) })
  }
  return intervals
}

/** When the clocks show a local time: of two such moments the first, and where they skip it, the first moment after it. */
function momentAt (spans: readonly OffsetSpan[], local: Millis): Millis {
  const found = spans.findIndex(({ to, offset }) => local < to + offset)
  const span = spans[found] ?? spans.at(-1)
  if (span === undefined) return local
  return found > 0 ? Math.max(local - span.offset, span.from) : local - span.offset
}

/** The local dates that some spans touch, as days since 1970-01-01. */
function datesIn (spans: readonly OffsetSpan[]): number[] {
  const [first, last] = [spans[0], spans.at(-1)]
  if (first === undefined || last === undefined) return []
  const from = Math.floor((first.from + first.offset) / day)
  return Array.from({ length: Math.ceil((last.to + last.offset) / day) - from }, (_, i) => from + i)
}

/** 0 for Monday; 1970-01-01 was a Thursday. */
function weekdayOf (date: number): number {
  return (date + 3) % 7
}

function minutesOf (clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

function momentOf (timestamp: string | undefined, otherwise: Millis): Millis {
  return timestamp === undefined ? otherwise : parseTime(timestamp) ?? otherwise
}
