import { Temporal } from 'temporal-polyfill'
import t from 'tap'
import type { ScheduleRule } from '../../../../src/contract/schedule.ts'
import { outlook, type Plan } from '../../../../src/domain/control/scheduling/rules.ts'
import { Random } from '../../../../src/lib/random.ts'
import { build, start, type Body } from '../../../helpers/build.ts'
import { type House, house, plan, boxPlan, create, put, status } from './house.ts'

const day = 86_400_000

/** What the rules want at a moment, and the next two changes: through the status of a schedule that is disabled. */
const clocks: Array<[name: string, timezone: string, now: string, rules: Body[], shouldCharge: boolean, upcoming: Array<[string, boolean]>, byDefault?: boolean]> = [
  ['no rules never change their mind', 'UTC', '2026-01-05T12:00Z', [], true, [], true],
  ['a night spans midnight', 'Europe/Oslo', '2026-01-05T12:00Z', [{ hourMinute: { from: '22:00', to: '06:00' } }], false, [['2026-01-05T21:00Z', true], ['2026-01-06T05:00Z', false]]],
  ['after midnight it is still the same night', 'Europe/Oslo', '2026-01-06T02:00Z', [{ hourMinute: { from: '22:00', to: '06:00' } }], true, [['2026-01-06T05:00Z', false], ['2026-01-06T21:00Z', true]]],
  ['from is inclusive', 'UTC', '2026-01-05T08:00Z', [{ hourMinute: { from: '08:00', to: '09:00' } }], true, [['2026-01-05T09:00Z', false], ['2026-01-06T08:00Z', true]]],
  ['to is exclusive', 'UTC', '2026-01-05T09:00Z', [{ hourMinute: { from: '08:00', to: '09:00' } }], false, [['2026-01-06T08:00Z', true], ['2026-01-06T09:00Z', false]]],
  ['24:00 is the end of the day', 'UTC', '2026-01-05T12:00Z', [{ hourMinute: { from: '18:00', to: '24:00' } }], false, [['2026-01-05T18:00Z', true], ['2026-01-06T00:00Z', false]]],
  ['24:00 is also the start of the next', 'UTC', '2026-01-05T12:00Z', [{ hourMinute: { from: '24:00', to: '06:00' } }], false, [['2026-01-06T00:00Z', true], ['2026-01-06T06:00Z', false]]],
  ['from 24:00 to 00:00 is always', 'UTC', '2026-01-05T12:00Z', [{ hourMinute: { from: '24:00', to: '00:00' } }], true, []],
  ['from 00:00 to 24:00 is always', 'Europe/Oslo', '2026-01-05T12:00Z', [{ hourMinute: { from: '00:00', to: '24:00' } }], true, []],
  ['an end that equals its start is on the next day', 'Europe/Oslo', '2026-01-05T12:00Z', [{ hourMinute: { from: '08:00', to: '08:00' } }], true, []],
  ['an offset can have quarters of an hour', 'Asia/Kathmandu', '2026-01-05T00:00Z', [{ hourMinute: { from: '08:00', to: '09:30' } }], false, [['2026-01-05T02:15Z', true], ['2026-01-05T03:45Z', false]]],
  ['a night in which the clocks go forward is an hour shorter', 'Europe/Oslo', '2026-03-28T12:00Z', [{ hourMinute: { from: '22:00', to: '06:00' } }], false, [['2026-03-28T21:00Z', true], ['2026-03-29T04:00Z', false]]],
  ['a night in which the clocks go back is an hour longer', 'Europe/Oslo', '2026-10-24T12:00Z', [{ hourMinute: { from: '22:00', to: '06:00' } }], false, [['2026-10-24T20:00Z', true], ['2026-10-25T05:00Z', false]]],
  ['across the sea as well: forward', 'America/New_York', '2026-03-08T05:30Z', [{ hourMinute: { from: '01:00', to: '04:00' } }], false, [['2026-03-08T06:00Z', true], ['2026-03-08T08:00Z', false]]],
  ['across the sea as well: back', 'America/New_York', '2026-11-01T04:30Z', [{ hourMinute: { from: '01:00', to: '04:00' } }], false, [['2026-11-01T05:00Z', true], ['2026-11-01T09:00Z', false]]],
  ['where the clocks skip the start, a rule begins at the first moment that there is', 'Europe/Oslo', '2026-03-28T23:30Z', [{ hourMinute: { from: '02:30', to: '05:00' } }], false, [['2026-03-29T01:00Z', true], ['2026-03-29T03:00Z', false]]],
  ['and where they skip the end, it ends as they do', 'Europe/Oslo', '2026-03-28T23:30Z', [{ hourMinute: { from: '01:00', to: '02:30' } }], false, [['2026-03-29T00:00Z', true], ['2026-03-29T01:00Z', false]]],
  ['a rule all of which they skip does not hold that day', 'Europe/Oslo', '2026-03-28T23:30Z', [{ hourMinute: { from: '02:15', to: '02:45' } }], false, [['2026-03-30T00:15Z', true], ['2026-03-30T00:45Z', false]]],
  ['a day from a time that they skip to the same', 'Europe/Oslo', '2026-03-28T23:30Z', [{ weekdays: [6], hourMinute: { from: '02:30', to: '02:30' } }], false, [['2026-03-29T01:00Z', true], ['2026-03-30T00:30Z', false]]],
  ['where they skip midnight, the day begins after it', 'Africa/Cairo', '2026-04-23T12:00Z', [{ weekdays: [4], hourMinute: { from: '00:30', to: '02:00' } }], false, [['2026-04-23T22:00Z', true], ['2026-04-23T23:00Z', false]]],
  ['and a night that would end in the first hour ends with the day', 'Africa/Cairo', '2026-04-23T12:00Z', [{ weekdays: [3], hourMinute: { from: '23:00', to: '00:30' } }], false, [['2026-04-23T21:00Z', true], ['2026-04-23T22:00Z', false]]],
  ['an hour that the clocks skip is none', 'Europe/Oslo', '2026-03-29T00:30Z', [{ hourMinute: { from: '02:00', to: '03:00' } }], false, [['2026-03-30T00:00Z', true], ['2026-03-30T01:00Z', false]]],
  ['a start that comes twice is the first', 'Europe/Oslo', '2026-10-24T22:30Z', [{ hourMinute: { from: '02:30', to: '05:00' } }], false, [['2026-10-25T00:30Z', true], ['2026-10-25T04:00Z', false]]],
  ['an end that comes twice is the first', 'Europe/Oslo', '2026-10-24T21:30Z', [{ hourMinute: { from: '00:00', to: '02:30' } }], false, [['2026-10-24T22:00Z', true], ['2026-10-25T00:30Z', false]]],
  ['an hour that comes twice is two', 'Europe/Oslo', '2026-10-24T23:30Z', [{ hourMinute: { from: '02:00', to: '03:00' } }], false, [['2026-10-25T00:00Z', true], ['2026-10-25T02:00Z', false]]],
  ['5 and 6 are Saturday and Sunday, by local midnight', 'Europe/Oslo', '2026-01-05T12:00Z', [{ weekdays: [5, 6] }], false, [['2026-01-09T23:00Z', true], ['2026-01-11T23:00Z', false]]],
  ['0 is Monday, which begins early in the east', 'Asia/Kathmandu', '2026-01-04T12:00Z', [{ weekdays: [0] }], false, [['2026-01-04T18:15Z', true], ['2026-01-05T18:15Z', false]]],
  ['a night belongs to the weekday on which it begins', 'Europe/Oslo', '2026-01-05T12:00Z', [{ weekdays: [4], hourMinute: { from: '22:00', to: '06:00' } }], false, [['2026-01-09T21:00Z', true], ['2026-01-10T05:00Z', false]]],
  ['no weekday is never', 'UTC', '2026-01-05T12:00Z', [{ weekdays: [] }], false, []],
  ['between two timestamps', 'Europe/Oslo', '2026-01-05T12:00Z', [{ fromTimestamp: '2026-01-05T14:00:00+01:00', toTimestamp: '2026-01-07T00:00:30Z' }], false, [['2026-01-05T13:00Z', true], ['2026-01-07T00:00:30Z', false]]],
  ['from a timestamp on', 'UTC', '2026-01-05T12:00Z', [{ fromTimestamp: '2026-01-05T12:00:00Z' }], true, []],
  ['until a timestamp', 'UTC', '2026-01-05T12:00Z', [{ toTimestamp: '2026-01-05T12:00:00Z' }], false, []],
  ['all filters of a rule must let a moment through', 'Europe/Oslo', '2026-01-05T12:00Z', [{ fromTimestamp: '2030-06-01T00:00:00Z', toTimestamp: '2030-06-08T21:00:00Z', weekdays: [5], hourMinute: { from: '22:00', to: '24:00' } }], false, [['2030-06-01T20:00Z', true], ['2030-06-01T22:00Z', false]]],
  ['a timestamp cuts an interval', 'UTC', '2026-01-05T12:00Z', [{ fromTimestamp: '2026-01-05T23:00:00Z', toTimestamp: '2026-01-06T05:00:00Z', hourMinute: { from: '22:00', to: '06:00' } }], false, [['2026-01-05T23:00Z', true], ['2026-01-06T05:00Z', false]]],
  ['of several rules the last one that holds decides', 'UTC', '2026-01-05T22:30Z', [{ hourMinute: { from: '22:00', to: '06:00' } }, { hourMinute: { from: '01:00', to: '02:00' }, shouldCharge: false }], true, [['2026-01-06T01:00Z', false], ['2026-01-06T02:00Z', true]]],
  ['and not an earlier one', 'UTC', '2026-01-05T22:30Z', [{ hourMinute: { from: '01:00', to: '02:00' }, shouldCharge: false }, { hourMinute: { from: '22:00', to: '06:00' } }], true, [['2026-01-06T06:00Z', false], ['2026-01-06T22:00Z', true]]],
  ['rules can forbid what is wanted by default', 'UTC', '2026-01-05T12:00Z', [{ hourMinute: { from: '17:00', to: '20:00' }, shouldCharge: false }], true, [['2026-01-05T17:00Z', false], ['2026-01-05T20:00Z', true]], true],
  ['a rule that wants what holds anyway changes nothing', 'UTC', '2026-01-05T12:00Z', [{ hourMinute: { from: '17:00', to: '20:00' } }], true, [], true]
]

t.test('rules are read on the clocks of the location', async t => {
  let at: House | undefined
  let reached = 0
  for (const [name, timezoneName, now, rules, shouldCharge, upcoming, byDefault = false] of [...clocks].sort((a, b) => Date.parse(a[2]) - Date.parse(b[2]))) {
    const moment = Date.parse(now)
    // A new server is quicker than months of polls.
    if (at === undefined || moment - reached > 3 * day) at = await house(await build(t, { now: new Date(moment).toISOString() }))
    else t.equal((await at.server.mock('POST', '/clock/advance', { to: new Date(moment).toISOString() })).status, 200)
    reached = moment
    t.equal((await at.server.call('PUT', `/locations/${at.location}`, { timezoneName })).status, 200)
    const id = await create(at, plan(at, { isEnabled: false, defaultShouldCharge: byDefault, rules: rules.map(rule => ({ shouldCharge: true, ...rule })) }))
    const { isChargingExpectedParts, upcomingTransitions } = await status(at, id)
    t.equal(isChargingExpectedParts.shouldCharge, shouldCharge, name)
    t.same(upcomingTransitions, upcoming.map(([moment, wish]) => ({ at: new Date(moment).toISOString(), shouldCharge: wish })), name)
  }
})

t.test('another timezone of the location moves the transitions at once, and without a location clock times are UTC', async t => {
  const at = await house(await build(t))
  const id = await create(at, boxPlan(at, { locationId: at.location, isEnabled: false, rules: [{ shouldCharge: true, hourMinute: { from: '08:00', to: '10:00' } }] }))
  const first = async (): Promise<string> => (await status(at, id)).upcomingTransitions[0].at
  t.equal(await first(), '2026-01-01T07:00:00.000Z')
  await at.server.call('PUT', `/locations/${at.location}`, { timezoneName: 'Asia/Kathmandu' })
  t.equal(await first(), '2026-01-01T02:15:00.000Z')
  await put(at, id, { locationId: null })
  t.equal(await first(), '2026-01-01T08:00:00.000Z')
})

/** The same rules once more, read minute by minute and with other tools. */
class Reading {
  #from = NaN
  #to = NaN
  /** For each rule the intervals that matter on the present day. */
  #intervals: Array<Array<[from: number, to: number]>> = []
  readonly plan: Plan
  readonly timezone: string

  constructor (plan: Plan, timezone: string) {
    this.plan = plan
    this.timezone = timezone
  }

  shouldCharge (at: number): boolean {
    if (!(at >= this.#from && at < this.#to)) this.#turnTo(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.timezone))
    const rule = this.plan.rules.findLast(({ fromTimestamp, toTimestamp }, i) =>
      (fromTimestamp === undefined || at >= Date.parse(fromTimestamp)) && (toTimestamp === undefined || at < Date.parse(toTimestamp)) &&
      this.#intervals[i]?.some(([from, to]) => at >= from && at < to))
    return rule?.shouldCharge ?? this.plan.defaultShouldCharge
  }

  #turnTo (now: Temporal.ZonedDateTime): void {
    this.#from = now.startOfDay().epochMilliseconds
    this.#to = now.add({ days: 1 }).startOfDay().epochMilliseconds
    const today = now.toPlainDate()
    this.#intervals = this.plan.rules.map(({ hourMinute, weekdays }) => {
      const dates = [today.subtract({ days: 1 }), today].filter(date => weekdays?.includes(date.dayOfWeek - 1) ?? true)
      if (hourMinute === undefined) return dates.includes(today) ? [[this.#from, this.#to]] : []
      return dates.map(date => [this.#moment(date, hourMinute.from), this.#moment(date.add({ days: hourMinute.to > hourMinute.from ? 0 : hourMinute.from === '24:00' && hourMinute.to === '00:00' ? 2 : 1 }), hourMinute.to)])
    })
  }

  #moment (date: Temporal.PlainDate, clock: string): number {
    return clock === '24:00'
      ? this.#moment(date.add({ days: 1 }), '00:00')
      : this.#firstAt(date.toPlainDateTime(Temporal.PlainTime.from(clock)))
  }

  /** The first moment at which the clocks show a local time, or minutes after it the first one that they do not skip. */
  #firstAt (local: Temporal.PlainDateTime): number {
    const zoned = local.toZonedDateTime(this.timezone, { disambiguation: 'compatible' })
    return zoned.toPlainDateTime().equals(local) ? zoned.epochMilliseconds : this.#firstAt(local.add({ minutes: 1 }))
  }
}

t.test('for random rules and moments the wish and its next change are those of a reading minute by minute', async t => {
  const random = new Random(11)
  const clock = (): string => random.next() < 0.1 ? '24:00' : `${String(random.integer(0, 23)).padStart(2, '0')}:${random.pick(['00', '15', '30', '59'])}`
  const zones: Array<[string, string]> = [['Europe/Oslo', '2026-03-29'], ['Africa/Cairo', '2026-04-24'], ['Europe/Oslo', '2026-10-25'], ['America/New_York', '2026-11-01'], ['Australia/Lord_Howe', '2026-04-05'], ['Asia/Kathmandu', '2026-05-05'], ['Pacific/Apia', '2026-07-07'], ['UTC', '2028-02-29']]
  const minutes = 4 * 24 * 60
  let changes = 0
  for (let n = 0; n < 160; n++) {
    const [timezone, date] = zones[n % zones.length] ?? ['UTC', '2026-01-01']
    const middle = Date.parse(`${date}T00:00:00Z`)
    const timestamp = (): string => new Date(middle + random.integer(-2 * 24 * 60, 3 * 24 * 60) * 60_000).toISOString()
    const rule = (): ScheduleRule => ({
      shouldCharge: random.next() < 0.5,
      ...(random.next() < 0.75 ? { hourMinute: { from: clock(), to: clock() } } : {}),
      ...(random.next() < 0.3 ? { weekdays: [0, 1, 2, 3, 4, 5, 6].filter(() => random.next() < 0.6) } : {}),
      ...(random.next() < 0.2 ? { fromTimestamp: timestamp() } : {}),
      ...(random.next() < 0.2 ? { toTimestamp: timestamp() } : {})
    })
    const plan = { defaultShouldCharge: random.next() < 0.5, rules: Array.from({ length: random.integer(1, 4) }, rule) }
    const reading = new Reading(plan, timezone)
    const now = middle + random.integer(-2 * 24 * 60, 24 * 60) * 60_000
    const found = outlook(plan, timezone, now)
    const expected: Array<{ at: number, shouldCharge: boolean }> = []
    let wish = reading.shouldCharge(now)
    t.equal(found.shouldCharge, wish, `case ${n}`)
    for (let at = now; at < now + minutes * 60_000 && expected.length < 2; at += 60_000) {
      if (reading.shouldCharge(at) === wish) continue
      wish = !wish
      expected.push({ at, shouldCharge: wish })
    }
    changes += expected.length
    t.same(found.upcoming.filter(({ at }) => at < now + minutes * 60_000), expected, `case ${n}: ${timezone} ${new Date(now).toISOString()} ${JSON.stringify(plan)}`)
  }
  t.ok(changes > 60, `${changes} changes were compared`)
})

t.test('a change of mind years ahead is found, and a hundred rules are read in no time', async t => {
  const night = { from: '22:00', to: '06:00' }
  t.same(outlook({ defaultShouldCharge: false, rules: [{ shouldCharge: true, fromTimestamp: '2100-01-01T00:00:00Z', weekdays: [0], hourMinute: night }] }, 'Europe/Oslo', Date.parse(start)).upcoming,
    [{ at: Date.parse('2100-01-04T21:00:00Z'), shouldCharge: true }, { at: Date.parse('2100-01-05T05:00:00Z'), shouldCharge: false }])
  const rules = Array.from({ length: 100 }, (_, i) => ({ shouldCharge: i % 2 === 0, hourMinute: { from: '01:00', to: '02:00' }, toTimestamp: new Date(Date.parse(start) + (i + 1) * 30 * day).toISOString() }))
  const before = process.cpuUsage()
  t.same(outlook({ defaultShouldCharge: true, rules: [...rules.slice(1), { shouldCharge: true }] }, 'Europe/Oslo', Date.parse(start)).upcoming, [])
  t.ok(process.cpuUsage(before).user < 2_000_000)
})
