import { Temporal } from 'temporal-polyfill'
import t from 'tap'
import type { ScheduleRule } from '../../../src/contract/schedule.ts'
import { outlook, type Plan } from '../../../src/domain/control/scheduling/rules.ts'
import { Random } from '../../../src/lib/random.ts'
import { build, start, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const home = { name: 'Home', latitude: 59.9139, longitude: 10.7522, timezoneName: 'Europe/Oslo' }
const away = { latitude: 10, longitude: 10 }
const ready = { latitude: home.latitude, longitude: home.longitude, isPluggedIn: true, isCharging: false, batteryLevel: 20, batteryCapacity: 60, chargeLimit: 80 }
const day = 86_400_000

interface House { server: Server, car: string, box: string, location: string }

/** A user with a location, a car that stands there on a cable, and a charger that has a car of a guest. */
async function house (server: Server, timezoneName = home.timezoneName): Promise<House> {
  const car = await server.car({ state: ready })
  const account = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { isPluggedIn: true, isCharging: false } }] })
  const location = await server.call('POST', '/users/user-1/locations', { ...home, timezoneName })
  t.equal(location.status, 200, location.text)
  return { server, car, box: String(account.body.devices[0].id), location: String(location.body.id) }
}

const plan = ({ car, location }: House, wish: Body = {}): Body =>
  ({ targetId: car, targetType: 'vehicle', locationId: location, isEnabled: true, defaultShouldCharge: false, rules: [], ...wish })
const boxPlan = (at: House, wish: Body = {}): Body => plan(at, { targetId: at.box, targetType: 'charger', locationId: null, ...wish })

async function create ({ server }: House, body: Body): Promise<string> {
  const answer = await server.call('POST', '/users/user-1/schedules', body)
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.id)
}

async function put ({ server }: House, id: string, body: Body): Promise<Body> {
  const answer = await server.call('PUT', `/schedules/${id}`, body)
  t.equal(answer.status, 200, answer.text)
  return answer.body
}

async function status ({ server }: House, id: string): Promise<Body> {
  const answer = await server.call('GET', `/schedules/${id}/status`)
  t.equal(answer.status, 200, answer.text)
  return answer.body
}

const change = async ({ server }: House, id: string, body: Body): Promise<void> => {
  const answer = await server.mock('PATCH', `/devices/${id}`, body)
  t.equal(answer.status, 200, answer.text)
}

async function listen ({ server }: House, events = ['user:schedule:execution-updated']): Promise<() => Body[]> {
  const hook = await receiver(t)
  t.equal((await server.call('POST', '/webhooks', { url: hook.url, secret, events })).status, 200)
  return () => hook.received.splice(0).flatMap(each => {
    t.ok(each.isSigned)
    return each.events.filter(({ event }) => event !== 'system:heartbeat')
  })
}

t.test('a schedule is created with 200, shown, listed newest first for its user, updated in part, and deleted with 204', async t => {
  const at = await house(await build(t))
  const { server } = at
  const rules = [{ hourMinute: { from: '22:00', to: '06:00' }, weekdays: [0, 6], fromTimestamp: '2026-01-02T00:00:00Z', toTimestamp: '2026-02-02T00:00:00.000Z', shouldCharge: true }]
  const created = (await server.call('POST', '/users/user-1/schedules', plan(at, { rules }))).body
  t.match(created.id, /^[0-9a-f]{8}-[0-9a-f]{4}-/)
  t.strictSame(created, { targetId: at.car, locationId: at.location, targetType: 'vehicle', isEnabled: true, defaultShouldCharge: false, rules, id: created.id })
  t.strictSame(Object.keys(created), ['targetId', 'locationId', 'targetType', 'isEnabled', 'defaultShouldCharge', 'rules', 'id'], 'in the order of the reference')
  t.strictSame((await server.call('GET', `/schedules/${created.id}`)).body, created)

  const other = await create(at, boxPlan(at))
  const list = async (query = ''): Promise<Body> => (await server.call('GET', `/users/user-1/schedules${query}`)).body
  t.same((await list()).data.map((each: Body) => each.id), [other, created.id])
  t.same((await list()).pagination, { before: null, after: null })
  const page = await list('?pageSize=1')
  t.same(page.data.map((each: Body) => each.id), [other])
  const next = await list(`?pageSize=1&after=${encodeURIComponent(page.pagination.after)}`)
  t.same(next.data.map((each: Body) => each.id), [created.id])
  t.same((await list(`?before=${encodeURIComponent(next.pagination.before)}`)).data.map((each: Body) => each.id), [other])
  t.same((await server.call('GET', '/users/nobody/schedules')).body.data, [], 'a user that nobody knows has none')

  t.strictSame(await put(at, created.id, {}), created, 'nothing is required')
  t.strictSame(await put(at, created.id, { defaultShouldCharge: true }), { ...created, defaultShouldCharge: true }, 'the rest stays')
  t.strictSame(await put(at, created.id, { isEnabled: false, locationId: null, rules: [] }), { ...created, defaultShouldCharge: true, isEnabled: false, locationId: null, rules: [] })
  t.strictSame((await put(at, created.id, { targetId: at.box, targetType: 'charger' })).targetId, at.box)

  const deleted = await server.call('DELETE', `/schedules/${created.id}`)
  t.same([deleted.status, deleted.text], [204, ''])
  for (const [method, path] of [['GET', ''], ['PUT', ''], ['DELETE', ''], ['GET', '/status']] as const) {
    const answer = await server.call(method, `/schedules/${created.id}${path}`, method === 'PUT' ? {} : undefined)
    t.match(answer, { status: 404, body: { title: 'Schedule not found', detail: `Could not find schedule ${created.id}` } }, `${method} ${path}`)
  }
  t.same((await list()).data.map((each: Body) => each.id), [other])
})

t.test('what cannot be is a 400, what is not there a 404, and neither changes anything', async t => {
  const at = await house(await build(t))
  const { server } = at
  const stranger = await server.car({ userId: 'user-2' })
  const theirs = String((await server.call('POST', '/users/user-2/locations', home)).body.id)
  const rule = (wish: Body): Body => ({ rules: [{ shouldCharge: true, ...wish }] })
  const cases: Array<[string, Body, number, RegExp]> = [
    ['a vehicle that nobody knows', { targetId: 'none' }, 404, /Could not find vehicle none/],
    ['a charger as a vehicle', { targetId: at.box }, 404, /Could not find vehicle/],
    ['a vehicle as a charger', { targetType: 'charger' }, 404, /Could not find charger/],
    ["another user's vehicle", { targetId: stranger }, 404, /among those of user user-1/],
    ['a location that nobody knows', { locationId: unknownId }, 404, /Could not find location/],
    ["another user's location", { locationId: theirs }, 404, /among those of user user-1/],
    ['a location that is no UUID', { locationId: 'home' }, 400, /"locationId" must be a valid UUID/],
    ['another type', { targetType: 'hvac' }, 400, /"targetType" must be one of \[vehicle, charger\]/],
    ['an unknown key', { name: 'Night' }, 400, /"name" is not allowed/],
    ['an unknown key in a rule', rule({ hours: 1 }), 400, /"rules\[0\]\.hours" is not allowed/],
    ['a rule without a wish', { rules: [{ weekdays: [1] }] }, 400, /"rules\[0\]\.shouldCharge" is required/],
    ['an interval without an end', rule({ hourMinute: { from: '01:00' } }), 400, /"rules\[0\]\.hourMinute\.to" is required/],
    ['half past twenty-four', rule({ hourMinute: { from: '01:00', to: '24:30' } }), 400, /hourMinute\.to" must be a time of day as HH:mm, from 00:00 to 24:00/],
    ['an eighth weekday', rule({ weekdays: [7] }), 400, /weekdays\[0\]" must be less than or equal to 6/],
    ['a timestamp without an offset', rule({ fromTimestamp: '2026-01-01T00:00:00' }), 400, /fromTimestamp" must be a valid ISO 8601 timestamp/],
    ['a timestamp before simulated time', rule({ toTimestamp: '1970-01-01T00:00:00Z' }), 400, /"rules\[0\]\.toTimestamp" must be an ISO 8601 timestamp from 1971 to 9000/],
    ['more rules than a hundred', { rules: Array.from({ length: 101 }, () => ({ shouldCharge: true })) }, 400, /"rules" must have at most 100 items/]
  ]
  const kept = await create(at, plan(at))
  const before = (await server.call('GET', `/schedules/${kept}`)).body
  for (const [name, wish, expected, detail] of cases) {
    t.match(await server.call('POST', '/users/user-1/schedules', plan(at, wish)), { status: expected, body: { detail } }, `create: ${name}`)
    t.match(await server.call('PUT', `/schedules/${kept}`, wish), { status: expected, body: { detail } }, `update: ${name}`)
  }
  for (const key of Object.keys(plan(at))) {
    const { [key]: _, ...rest } = plan(at)
    t.match(await server.call('POST', '/users/user-1/schedules', rest), { status: 400, body: { detail: `"${key}" is required` } })
  }
  t.match(await server.call('POST', '/users/nobody/schedules', plan(at)), { status: 404, body: { title: 'User does not exist' } })
  t.equal((await server.call('GET', '/schedules/no-uuid')).status, 400)
  t.equal((await server.call('GET', '/users/user-1/schedules?after=x')).status, 400)
  t.same((await server.call('GET', '/users/user-1/schedules')).body.data, [before])
})

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

/** Lets the car charge whatever its schedule says, or ends that. */
async function override ({ server, car }: House, method: 'POST' | 'DELETE'): Promise<Body> {
  const answer = await server.call(method, `/vehicles/${car}/smart-override`)
  t.equal(answer.status, 200, answer.text)
  return answer.body
}

const flat = { isPluggedIn: true, isCharging: false }
const unable = { startCharging: { isCapable: false, interventionIds: [] } }
const states: Array<[name: string, wish: Body | ((at: House) => Body), before: (at: House) => unknown, after: string | ((at: House) => unknown), expected: Body]> = [
  ['ALIGNED: it does not charge and shall not', {}, () => {}, 'PT0S', { state: 'ALIGNED', isCharging: false, isChargingExpected: false, isChargingExpectedParts: { needsCharge: true, isPluggedIn: true, shouldCharge: false } }],
  ['ALIGNED: it charges and shall', { defaultShouldCharge: true }, () => {}, 'PT2S', { state: 'ALIGNED', isCharging: true, isChargingExpected: true }],
  ['ALIGNED: it is unplugged, whatever the rules want', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: { isPluggedIn: false } }) }, 'PT1H', { state: 'ALIGNED', isChargingExpected: false, isChargingExpectedParts: { needsCharge: true, isPluggedIn: false, shouldCharge: true } }],
  ['ALIGNED: it is full, whatever the rules want', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: { batteryLevel: 80 } }) }, 'PT1H', { state: 'ALIGNED', isChargingExpected: false, isChargingExpectedParts: { needsCharge: false, isPluggedIn: true, shouldCharge: true } }],
  ['PENDING: it is told to start', { defaultShouldCharge: true }, () => {}, 'PT1S', { state: 'PENDING', isCharging: false, isChargingExpected: true }],
  ['PENDING: it is told to stop', {}, async at => { await change(at, at.car, { state: { isCharging: true } }) }, 'PT1S', { state: 'PENDING', isCharging: true, isChargingExpected: false }],
  ['MISALIGNED: it does not obey', { defaultShouldCharge: true }, async at => { await change(at, at.car, { isReachable: false }) }, 'PT1M', { state: 'MISALIGNED', isCharging: false, isChargingExpected: true }],
  ['MISALIGNED: it is told to and gets no power', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: { powerDeliveryState: 'PLUGGED_IN:NO_POWER' } }) }, 'PT1H', { state: 'MISALIGNED', isCharging: false, isChargingExpected: true }],
  ['INACTIVE:DISABLED', { defaultShouldCharge: true, isEnabled: false }, () => {}, 'PT1H', { state: 'INACTIVE:DISABLED', isCharging: false, isChargingExpected: true }],
  ['INACTIVE:AWAY: the vehicle is elsewhere', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: away, force: true }) }, 'PT1H', { state: 'INACTIVE:AWAY', isCharging: false, isChargingExpected: true }],
  ['INACTIVE:AWAY: a vehicle is never at no location', { defaultShouldCharge: true, locationId: null }, () => {}, 'PT1H', { state: 'INACTIVE:AWAY', isCharging: false }],
  ['INACTIVE:AWAY: the charger was not put at the location', at => boxPlan(at, { defaultShouldCharge: true, locationId: at.location }), () => {}, 'PT1H', { state: 'INACTIVE:AWAY', isCharging: false }],
  ['INACTIVE:AWAY: the location was deleted', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: flat }) }, async at => await at.server.call('DELETE', `/locations/${at.location}`), { state: 'INACTIVE:AWAY' }],
  ['ALIGNED: a charger needs no location', at => boxPlan(at, { defaultShouldCharge: true }), () => {}, 'PT2S', { state: 'ALIGNED', isCharging: true, isChargingExpected: true }],
  ['ALIGNED: a charger is at the location that it was put at', at => boxPlan(at, { defaultShouldCharge: true, locationId: at.location }), async at => await at.server.call('PUT', `/chargers/${at.box}`, { locationId: at.location }), 'PT2S', { state: 'ALIGNED', isCharging: true }],
  ['INACTIVE:INCAPABLE: it cannot be started', { defaultShouldCharge: true }, async at => { await change(at, at.car, { capabilities: unable }) }, 'PT1H', { state: 'INACTIVE:INCAPABLE', isCharging: false }],
  ['INACTIVE:INCAPABLE: it cannot be stopped', at => boxPlan(at), async at => { await change(at, at.box, { capabilities: { stopCharging: false }, state: { isCharging: true } }) }, 'PT5M', { state: 'INACTIVE:INCAPABLE', isCharging: true }],
  ['INACTIVE:INCAPABLE: its user did not grant control', at => plan(at, { defaultShouldCharge: true, targetId: at.car }), async at => { at.car = await at.server.car({ scopes: ['vehicle:read:data', 'vehicle:read:location'], state: ready }) }, 'PT1H', { state: 'INACTIVE:INCAPABLE', isCharging: false }],
  ['INACTIVE:INCAPABLE: its user deauthorized the client', { defaultShouldCharge: true }, () => {}, async at => await at.server.call('DELETE', '/users/user-1/authorization'), { state: 'INACTIVE:INCAPABLE' }],
  ['INACTIVE:OVERRIDDEN', { defaultShouldCharge: false }, async at => { await change(at, at.car, { state: { isCharging: true } }) }, async at => await override(at, 'POST'), { state: 'INACTIVE:OVERRIDDEN', isCharging: true, isChargingExpected: false, smartOverride: { createdAt: start, endedAt: null, targetType: 'vehicle', vendorActionId: /^[0-9a-f-]{36}$/ } }]
]

t.test('all seven states are reached', async t => {
  for (const [name, wish, before, after, expected] of states) {
    const at = await house(await build(t))
    await before(at)
    const id = await create(at, typeof wish === 'function' ? wish(at) : plan(at, wish))
    if (typeof after === 'string') await at.server.advance(after)
    else await after(at)
    t.match(await status(at, id), { scheduleId: id, scheduleType: 'CHARGE', ...expected }, name)
  }
  const reached = new Set(states.map(([, , , , { state }]) => String(state)))
  t.same([...reached].sort(), ['ALIGNED', 'INACTIVE:AWAY', 'INACTIVE:DISABLED', 'INACTIVE:INCAPABLE', 'INACTIVE:OVERRIDDEN', 'MISALIGNED', 'PENDING'])
})

const stateOf = async (at: House, id: string): Promise<string> => (await status(at, id)).state
const actionsIn = (events: Body[]): string[] => events.filter(({ event }) => event === 'user:vendor-action:updated').map(({ vendorAction: { kind, state, failureReason } }) => `${kind} ${state}${failureReason === null ? '' : ` ${failureReason.type}`}`)

t.test('a schedule carries out a night with real actions, each when its time has come', async t => {
  for (const [name, of] of [['vehicle', (at: House) => at.car], ['charger', (at: House) => at.box]] as const) {
    const at = await house(await build(t, { now: '2026-03-28T12:00:00Z' }))
    const { server } = at
    const heard = await listen(at, ['user:vendor-action:updated'])
    await server.call('PUT', `/chargers/${at.box}`, { locationId: at.location })
    await create(at, plan(at, { targetId: of(at), targetType: name, rules: [{ hourMinute: { from: '22:00', to: '23:30' }, shouldCharge: true }, { hourMinute: { from: '01:30', to: '03:30' }, shouldCharge: true }] }))
    const charges = async (): Promise<boolean> => (await server.call('GET', `/${name}s/${of(at)}`)).body.chargeState.isCharging
    const timeline: Array<[string, boolean]> = [
      ['2026-03-28T20:59:59.999Z', false], ['2026-03-28T21:00:01.999Z', false], ['2026-03-28T21:00:02Z', true], ['2026-03-28T22:30:00Z', true],
      ['2026-03-28T22:30:02Z', false], ['2026-03-29T00:30:02Z', true], ['2026-03-29T01:30:01Z', true], ['2026-03-29T01:30:02Z', false]
    ]
    for (const [to, expected] of timeline) {
      t.equal((await server.mock('POST', '/clock/advance', { to })).status, 200)
      t.equal(await charges(), expected, `${name} at ${to}`)
    }
    const events = heard()
    t.same(actionsIn(events), ['START CONFIRMED', 'STOP CONFIRMED', 'START CONFIRMED', 'STOP CONFIRMED'])
    const action = events[0]?.vendorAction
    t.match((await server.call('GET', `/${name}s/actions/${action.id}`)).body, { targetId: of(at), targetType: name, createdAt: '2026-03-28T21:00:00.000Z', completedAt: '2026-03-28T21:00:02.000Z', state: 'CONFIRMED' })
  }
})

t.test('a car that comes home in the evening charges by the schedule, and one that leaves is let be', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  await at.server.advance('PT2S')
  await change(at, at.car, { state: { ...away, isPluggedIn: false } })
  t.equal(await stateOf(at, id), 'INACTIVE:AWAY')
  await change(at, at.car, { state: { isPluggedIn: true, isCharging: false } })
  await at.server.advance('PT1H')
  t.equal((await at.server.vehicle(at.car)).chargeState.isCharging, false, 'at a public charger nobody starts it')
  await change(at, at.car, { state: { ...ready, isPluggedIn: false } })
  t.equal(await stateOf(at, id), 'ALIGNED')
  await change(at, at.car, { state: { isPluggedIn: true, isCharging: false } })
  t.equal(await stateOf(at, id), 'PENDING', 'at once, although it was started before')
  await at.server.advance('PT2S')
  t.equal(await stateOf(at, id), 'ALIGNED')
  await at.server.advance('PT20H')
  t.match(await status(at, id), { state: 'ALIGNED', isCharging: false, isChargingExpectedParts: { needsCharge: false, isPluggedIn: true, shouldCharge: true } }, 'until it is full')
})

t.test('what is plugged in outside its hours charges by itself, and is stopped by its schedule', async t => {
  const at = await house(await build(t))
  const heard = await listen(at, ['user:vendor-action:updated'])
  await create(at, plan(at))
  await create(at, boxPlan(at))
  for (const id of [at.car, at.box]) {
    await change(at, id, { state: { isPluggedIn: false } })
    await change(at, id, { state: { isPluggedIn: true } })
  }
  t.match((await at.server.vehicle(at.car)).chargeState, { isCharging: true })
  t.match((await at.server.call('GET', `/chargers/${at.box}`)).body.chargeState, { isCharging: true })
  await at.server.advance('PT5M')
  t.same(actionsIn(heard()), ['STOP CONFIRMED', 'STOP CONFIRMED'])
  t.match((await at.server.vehicle(at.car)).chargeState, { powerDeliveryState: 'PLUGGED_IN:STOPPED' })
  t.match((await at.server.call('GET', `/chargers/${at.box}`)).body.chargeState, { powerDeliveryState: 'PLUGGED_IN:STOPPED' })
})

t.test('a charger needs no charge while the vehicle of its user on its cable is full', async t => {
  const at = await house(await build(t))
  const heard = await listen(at, ['user:vendor-action:updated', 'user:schedule:execution-updated'])
  const box = await at.server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { pluggedInVehicleId: at.car, isCharging: false } }] })
  t.equal(box.status, 200, box.text)
  const id = await create(at, boxPlan(at, { targetId: box.body.devices[0].id, defaultShouldCharge: true }))
  await at.server.advance('PT24H')
  t.match(await status(at, id), { state: 'ALIGNED', isCharging: false, isChargingExpectedParts: { needsCharge: false, isPluggedIn: true, shouldCharge: true } })
  const events = heard()
  t.same(actionsIn(events), ['START CONFIRMED'], 'and it is not started in vain')
  t.same(events.flatMap(({ status }) => status?.state ?? []), ['PENDING', 'ALIGNED', 'ALIGNED'])
})

t.test('each change of the status is announced once, with the schedule and the paths of what changed', async t => {
  const at = await house(await build(t, { now: '2026-01-05T12:00:00Z' }))
  const heard = await listen(at)
  const next = async (by: string): Promise<Body[]> => {
    await at.server.advance(by)
    return heard()
  }
  const id = await create(at, boxPlan(at, { rules: [{ hourMinute: { from: '13:00', to: '14:00' }, shouldCharge: true }] }))
  const schedule = (await at.server.call('GET', `/schedules/${id}`)).body
  const first = await next('PT0S')
  t.equal(first.length, 1)
  t.strictSame(Object.keys(first[0] ?? {}), ['createdAt', 'version', 'event', 'user', 'status', 'schedule', 'updatedFields'])
  t.strictSame(first[0], {
    createdAt: '2026-01-05T12:00:00.000Z',
    version: '2024-10-01',
    event: 'user:schedule:execution-updated',
    user: { id: 'user-1' },
    status: {
      scheduleId: id,
      scheduleType: 'CHARGE',
      changedAt: '2026-01-05T12:00:00.000Z',
      state: 'ALIGNED',
      isCharging: false,
      isChargingExpected: false,
      isChargingExpectedParts: { needsCharge: true, isPluggedIn: true, shouldCharge: false },
      upcomingTransitions: [{ at: '2026-01-05T13:00:00.000Z', shouldCharge: true }, { at: '2026-01-05T14:00:00.000Z', shouldCharge: false }],
      smartOverride: null
    },
    schedule,
    updatedFields: ['scheduleId', 'scheduleType', 'changedAt', 'state', 'isCharging', 'isChargingExpected', 'isChargingExpectedParts.needsCharge', 'isChargingExpectedParts.isPluggedIn', 'isChargingExpectedParts.shouldCharge', 'upcomingTransitions', 'smartOverride']
  })
  t.same(await next('PT59M59S'), [], 'polls in which nothing changed')
  const shown = (events: Body[]): unknown[] => events.map(({ status: { state, changedAt }, updatedFields }) => [changedAt, state, ...updatedFields])
  t.same(shown(await next('PT1S')), [['2026-01-05T13:00:00.000Z', 'PENDING', 'changedAt', 'state', 'isChargingExpected', 'isChargingExpectedParts.shouldCharge', 'upcomingTransitions']])
  t.same(shown(await next('PT2S')), [['2026-01-05T13:00:02.000Z', 'ALIGNED', 'changedAt', 'state', 'isCharging']])
  await change(at, at.box, { state: { isPluggedIn: false } })
  t.same(shown(await next('PT0S')), [['2026-01-05T13:00:02.000Z', 'ALIGNED', 'isCharging', 'isChargingExpected', 'isChargingExpectedParts.isPluggedIn']], 'within the same millisecond')
  const changed = await put(at, id, { isEnabled: false })
  const [last] = await next('PT1S')
  t.match(last, { status: { state: 'INACTIVE:DISABLED' }, schedule: changed, updatedFields: ['state'] })
  t.strictSame((await status(at, id)), last?.status, 'and the status says the same')
  await put(at, id, {})
  t.same(await next('PT1M'), [], 'nothing changed')
  await at.server.call('DELETE', `/schedules/${id}`)
  t.same(await next('P1D'), [], 'nothing is told of a schedule that is gone')
})

t.test('while a schedule controls the target a manual command is a 422, and from its end on it is not', async t => {
  for (const kind of ['vehicle', 'charger'] as const) {
    const at = await house(await build(t))
    const target = kind === 'vehicle' ? at.car : at.box
    const command = async (): Promise<Body> => await at.server.call('POST', `/${kind}s/${target}/charging`, { action: 'START' })
    const id = await create(at, plan(at, { targetId: target, targetType: kind, locationId: kind === 'vehicle' ? at.location : null }))
    const refused = { status: 422, body: { type: 'https://developers.enode.com/api/problems/enode-controlled-entity', title: 'Enode Controlled Entity', detail: new RegExp(`The ${kind} is controlled by a schedule .* disable or delete the schedule`) } }
    t.match(await command(), refused)
    t.match(await at.server.call('POST', `/${kind}s/${target}/max-current`, { maxCurrent: 10 }), { status: 200 }, 'only charging is the business of a schedule')
    const ends: Array<readonly [string, () => Promise<unknown>, () => Promise<unknown>]> = [
      ['disabled', async () => await put(at, id, { isEnabled: false }), async () => await put(at, id, { isEnabled: true })],
      ['away', async () => await put(at, id, { locationId: at.location }).then(async () => await change(at, at.car, { state: away, force: true })), async () => await put(at, id, { locationId: kind === 'vehicle' ? at.location : null }).then(async () => await change(at, at.car, { state: ready, force: true }))],
      ['incapable', async () => await change(at, target, { capabilities: { stopCharging: false } }), async () => await change(at, target, { capabilities: { stopCharging: true } })],
      ...(kind === 'vehicle' ? [['overridden', async () => await override(at, 'POST'), async () => await override(at, 'DELETE')] as const] : []),
      ['deleted', async () => await at.server.call('DELETE', `/schedules/${id}`), async () => await create(at, plan(at, { targetId: target, targetType: kind, locationId: kind === 'vehicle' ? at.location : null }))]
    ]
    for (const [name, end, again] of ends) {
      await end()
      t.match(await command(), { status: 200, body: { kind: 'START' } }, `${kind}: ${name}`)
      await at.server.advance('PT2S')
      await again()
      t.match(await at.server.call('POST', `/${kind}s/${target}/charging`, { action: 'STOP' }), refused, `${kind}: no longer ${name}`)
      await at.server.advance('PT1H')
      t.equal((await at.server.call('GET', `/${kind}s/${target}`)).body.chargeState.isCharging, false, `${kind}: and what the client did is undone`)
    }
  }
})

t.test('a device that does not obey is told again after a while, until it does', async t => {
  for (const [timing, tried, pause] of [['quick', 'PT2S', 'PT1M'], ['realistic', 'PT26S', 'PT10M']] as const) {
    // A seed by which no command takes minutes.
    const at = await house(await build(t, { timing, seed: 2 }))
    const heard = await listen(at, ['user:vendor-action:updated', 'user:schedule:execution-updated'])
    const outcome = { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'No signal.' } }
    t.equal((await at.server.mock('POST', '/faults', { on: { assetId: at.car }, effect: { outcome }, times: 2 })).status, 200)
    const id = await create(at, plan(at, { defaultShouldCharge: true }))
    for (let i = 0; i < 2; i++) {
      t.equal(await stateOf(at, id), 'PENDING')
      await at.server.advance(tried)
      t.equal(await stateOf(at, id), 'MISALIGNED')
      await at.server.advance(pause)
    }
    await at.server.advance('PT6M')
    t.equal(await stateOf(at, id), 'ALIGNED', timing)
    const events = heard()
    t.same(actionsIn(events), ['START FAILED NO_RESPONSE', 'START FAILED NO_RESPONSE', 'START CONFIRMED'])
    t.same(events.flatMap(({ status }) => status?.state ?? []), ['PENDING', 'MISALIGNED', 'PENDING', 'MISALIGNED', 'PENDING', 'ALIGNED'])
  }
})

t.test('what cannot be reached, for whatever reason, is told once and then waited for, whatever the rules want meanwhile', async t => {
  const device = (kind: 'car' | 'box') => (at: House): string => at[kind]
  const account = async ({ server, car }: House): Promise<Body> =>
    ((await server.mock('GET', '/accounts')).body as unknown as Body[]).find(({ devices }) => devices.some((each: Body) => each.id === car)) ?? {}
  const reachable = (of: (at: House) => string, isReachable: boolean, rest = {}) => async (at: House): Promise<void> => { await change(at, of(at), { isReachable, ...rest }) }
  const ways: Array<[name: string, of: (at: House) => string, lose: (at: House) => Promise<unknown>, find: (at: House) => Promise<unknown>, outcome?: string]> = [
    ['a car out of reach', device('car'), reachable(device('car'), false), reachable(device('car'), true)],
    ['a charger out of reach', device('box'), reachable(device('box'), false), reachable(device('box'), true)],
    ['a car out of reach, which is not seen at once', device('car'), reachable(device('car'), false, { observe: false }), reachable(device('car'), true, { observe: false })],
    ['credentials that do not work', device('car'), async at => await at.server.mock('POST', `/accounts/${(await account(at)).id}/invalidate`), async at => {
      const { username, password } = await account(at)
      const { body: { linkToken } } = await at.server.call('POST', `/assets/${at.car}/relink`, { language: 'en-US', redirectUri: 'https://example.com' })
      t.equal((await at.server.mock('POST', '/link-sessions/complete', { linkToken, username, password })).status, 200)
    }],
    ['polls that do not get through', device('car'), async at => {
      await at.server.mock('POST', '/faults', { on: { assetId: at.car }, effect: { unreachable: true } })
      await at.server.advance('PT20M')
    }, async at => await at.server.mock('DELETE', '/faults'), 'CONFIRMED']
  ]
  for (const timing of ['quick', 'realistic'] as const) {
    for (const [name, of, lose, find, outcome = 'FAILED'] of ways) {
      const at = await house(await build(t, { timing }))
      await lose(at)
      const wish = of(at) === at.car ? {} : { targetId: at.box, targetType: 'charger', locationId: null }
      // The rules want something else every few hours.
      const id = await create(at, plan(at, { ...wish, defaultShouldCharge: true, rules: [{ shouldCharge: false, hourMinute: { from: '06:00', to: '12:00' } }, { shouldCharge: false, hourMinute: { from: '18:00', to: '21:00' } }] }))
      const told = async (): Promise<string[]> => ((await at.server.mock('GET', `/actions?assetId=${of(at)}`)).body as unknown as Body[]).map(({ kind, state }) => `${kind} ${state}`)
      await at.server.advance('P2D')
      t.same(await told(), [`START ${outcome}`], `${timing}: ${name}`)
      t.equal(await stateOf(at, id), 'MISALIGNED', name)
      await find(at)
      await at.server.advance('PT30M')
      t.equal(await stateOf(at, id), 'ALIGNED', `${timing}: ${name}, and is seen again`)
      t.same(await told(), outcome === 'FAILED' ? ['START CONFIRMED', 'START FAILED'] : ['START CONFIRMED'])
    }
  }
})

t.test('a car that is about to charge is stopped too, once the rules do not want it', async t => {
  const at = await house(await build(t, { timing: 'realistic' }))
  const heard = await listen(at, ['user:vendor-action:updated'])
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  const power = async (): Promise<string> => (await at.server.vehicle(at.car)).chargeState.powerDeliveryState
  for (let i = 0; i < 300 && await power() !== 'PLUGGED_IN:INITIALIZING'; i++) await at.server.advance('PT1S')
  t.equal(await stateOf(at, id), 'PENDING', 'not aligned before power flows')
  await put(at, id, { defaultShouldCharge: false })
  t.equal(await stateOf(at, id), 'PENDING')
  await at.server.advance('PT90S')
  t.same([await stateOf(at, id), await power()], ['ALIGNED', 'PLUGGED_IN:STOPPED'])
  t.same(actionsIn(heard()), ['START CANCELLED REQUESTED_CANCELLATION', 'STOP CONFIRMED'])
})

t.test('somebody who stops the charging by hand gets his way for a moment only', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  await at.server.advance('PT12S')
  await change(at, at.car, { state: { isCharging: false } })
  t.equal(await stateOf(at, id), 'MISALIGNED', 'it has just been started')
  await at.server.advance('PT50S')
  t.equal(await stateOf(at, id), 'PENDING')
  await at.server.advance('PT1H')
  await change(at, at.car, { state: { isCharging: false } })
  t.equal(await stateOf(at, id), 'PENDING', 'after an hour at once')
  await at.server.advance('PT2S')
  t.equal(await stateOf(at, id), 'ALIGNED')
})

t.test('an action that its client cancels or resolves as failed is tried again later', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  const pending = (): string => String(at.server.worlds.default.store.read(tx => tx.actions.pendingOf(at.car)?.id))
  t.match(await at.server.call('POST', `/vehicles/actions/${pending()}/cancel`), { status: 200, body: { state: 'CANCELLED' } })
  t.equal(await stateOf(at, id), 'MISALIGNED')
  await at.server.advance('PT1M')
  t.match(await at.server.mock('POST', `/actions/${pending()}/resolve`, { state: 'FAILED' }), { status: 200 })
  t.equal(await stateOf(at, id), 'MISALIGNED')
  await at.server.advance('PT1M2S')
  t.equal(await stateOf(at, id), 'ALIGNED')
})

t.test('what a schedule wants no longer is withdrawn', async t => {
  const ends: Array<[string, (at: House, id: string) => Promise<unknown>]> = [
    ['the rules change', async (at, id) => await put(at, id, { defaultShouldCharge: false })],
    ['it is disabled', async (at, id) => await put(at, id, { isEnabled: false })],
    ['it is deleted', async (at, id) => await at.server.call('DELETE', `/schedules/${id}`)],
    ['it gets another target', async (at, id) => await put(at, id, { targetId: at.box, targetType: 'charger', locationId: null })],
    ['another one is enabled', async at => await create(at, plan(at))],
    ['the car is seen elsewhere', async at => await change(at, at.car, { state: away, force: true })]
  ]
  for (const [name, end] of ends) {
    const at = await house(await build(t))
    const heard = await listen(at, ['user:vendor-action:updated'])
    const id = await create(at, plan(at, { defaultShouldCharge: true }))
    await at.server.advance('PT1S')
    await end(at, id)
    await at.server.advance('PT1S')
    t.same(actionsIn(heard().filter(({ vendorAction }) => vendorAction.targetId === at.car)), ['START CANCELLED REQUESTED_CANCELLATION'], name)
    await at.server.advance('PT1H')
    t.equal((await at.server.vehicle(at.car)).chargeState.isCharging, false, name)
  }
})

t.test('an override goes on with an action that the schedule had begun, and its end gives control back', async t => {
  const at = await house(await build(t))
  const heard = await listen(at, ['user:vendor-action:updated'])
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  const { vendorActionId } = await override(at, 'POST')
  await at.server.advance('PT2S')
  t.match((await at.server.call('GET', `/vehicles/actions/${vendorActionId}`)).body, { kind: 'START', state: 'CONFIRMED', createdAt: start })
  t.match(await status(at, id), { state: 'INACTIVE:OVERRIDDEN', isCharging: true, smartOverride: { targetId: at.car, targetType: 'vehicle', endedAt: null, vendorActionId } })
  await put(at, id, { defaultShouldCharge: false })
  await at.server.advance('PT1H')
  t.match(await status(at, id), { state: 'INACTIVE:OVERRIDDEN', isCharging: true, isChargingExpected: false })
  await override(at, 'DELETE')
  t.match(await status(at, id), { state: 'PENDING', smartOverride: { createdAt: start, endedAt: '2026-01-01T01:00:02.000Z' } })
  await at.server.advance('PT2S')
  t.match(await status(at, id), { state: 'ALIGNED', isCharging: false })
  t.same(actionsIn(heard()), ['START CONFIRMED', 'STOP CONFIRMED'])
})

t.test('an override ends when charging does, and the schedule takes over', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at))
  await override(at, 'POST')
  await at.server.advance('PT1H')
  t.match(await status(at, id), { state: 'INACTIVE:OVERRIDDEN', isCharging: true })
  await change(at, at.car, { state: { isPluggedIn: false } })
  t.match(await status(at, id), { state: 'ALIGNED', smartOverride: { endedAt: '2026-01-01T01:00:00.000Z' } })
  await change(at, at.car, { state: { isPluggedIn: true } })
  t.match(await at.server.call('POST', `/vehicles/${at.car}/charging`, { action: 'START' }), { status: 422 })
})

t.test('enabling a schedule turns smart charging off, and the other way round', async t => {
  const at = await house(await build(t))
  const policy = async (isEnabled: boolean): Promise<Body> => {
    const answer = await at.server.call('PUT', `/vehicles/${at.car}/smart-charging-policy`, { isEnabled, deadline: '07:00' })
    t.equal(answer.status, 200, answer.text)
    return answer.body
  }
  const isSmart = async (): Promise<boolean> => (await at.server.call('GET', `/vehicles/${at.car}/smart-charging-policy`)).body.isEnabled
  const isScheduled = async (): Promise<boolean> => (await at.server.call('GET', `/schedules/${id}`)).body.isEnabled
  const id = await create(at, plan(at, { isEnabled: false }))
  await policy(true)
  t.same([await isSmart(), await isScheduled()], [true, false])
  await put(at, id, { isEnabled: true })
  t.same([await isSmart(), await isScheduled()], [false, true])
  t.match(await at.server.vehicle(at.car), { smartChargingPolicy: { isEnabled: false } })
  await policy(true)
  t.same([await isSmart(), await isScheduled()], [true, false])
  t.equal(await stateOf(at, id), 'INACTIVE:DISABLED')
  await create(at, plan(at))
  t.equal(await isSmart(), false)
  await policy(false)
  await create(at, plan(at, { isEnabled: false }))
  t.equal((await at.server.call('POST', `/vehicles/${at.car}/charging`, { action: 'START' })).status, 422, 'what is disabled disables nothing')
})

t.test('a target has one schedule that is enabled: the one that was enabled last', async t => {
  const at = await house(await build(t))
  const enabled = async (): Promise<string[]> => (await at.server.call('GET', '/users/user-1/schedules')).body.data.filter((each: Body) => each.isEnabled).map((each: Body) => each.id)
  const first = await create(at, plan(at))
  const box = await create(at, boxPlan(at))
  const second = await create(at, plan(at, { defaultShouldCharge: true }))
  t.same(await enabled(), [second, box], 'a new one disables the one before, not that of another target')
  t.match([await status(at, first), await status(at, second)], [{ state: 'INACTIVE:DISABLED' }, { state: 'PENDING' }])
  const third = await create(at, plan(at, { isEnabled: false }))
  t.same(await enabled(), [second, box], 'one that is not enabled disables none')
  await put(at, first, { isEnabled: true })
  t.same(await enabled(), [box, first])
  await put(at, box, { targetId: at.car, targetType: 'vehicle' })
  t.same(await enabled(), [box], 'one that comes from another target does')
  await put(at, third, { isEnabled: true })
  t.same(await enabled(), [third])
})

t.test('a schedule lasts as long as its target: deauthorized it waits, deleted it goes', async t => {
  const at = await house(await build(t))
  const { server } = at
  const heard = await listen(at)
  const list = async (): Promise<Body[]> => (await server.call('GET', '/users/user-1/schedules')).body.data
  const id = await create(at, plan(at, { rules: [{ hourMinute: { from: '02:00', to: '03:00' }, shouldCharge: true }] }))
  const box = await create(at, boxPlan(at))
  const { username, password } = (await server.mock('GET', '/accounts')).body[0]
  t.equal((await server.call('DELETE', '/users/user-1/authorization')).status, 204)
  t.same((await list()).map(each => each.id), [box, id])
  t.equal(await stateOf(at, id), 'INACTIVE:INCAPABLE')
  await server.advance('PT1H30M')
  t.match(await status(at, id), { state: 'INACTIVE:INCAPABLE', changedAt: '2026-01-01T01:00:00.000Z', isChargingExpectedParts: { shouldCharge: true } }, 'its clock goes on')
  t.match(await put(at, id, { defaultShouldCharge: true }), { defaultShouldCharge: true })
  const link = await server.call('POST', '/users/user-1/link', { scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com/done' })
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username, password })).status, 200)
  t.equal(await stateOf(at, id), 'PENDING', 'linked again, it goes on')
  await server.advance('PT2S')
  t.equal(heard().at(-1)?.status.state, 'ALIGNED')
  t.equal((await server.mock('DELETE', `/devices/${at.car}`)).status, 204)
  t.same((await list()).map(each => each.id), [box])
  t.equal((await server.call('GET', `/schedules/${id}/status`)).status, 404)
  t.equal((await server.call('DELETE', '/users/user-1')).status, 204)
  t.same(await list(), [])
  t.equal((await server.call('GET', `/schedules/${box}`)).status, 404)
  await server.advance('P2D')
  t.same(heard(), [], 'and nothing is told of what is gone')
})

t.test('two users with schedules for one car do not make it switch without a pause', async t => {
  const at = await house(await build(t))
  const { server } = at
  const { username, password } = (await server.mock('GET', '/accounts')).body[0]
  const link = await server.call('POST', '/users/user-2/link', { scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com/done' })
  await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username, password })
  const theirs = (await server.call('GET', '/users/user-2/vehicles')).body.data[0].id
  const place = (await server.call('POST', '/users/user-2/locations', home)).body.id
  await create(at, plan(at, { defaultShouldCharge: true }))
  t.equal((await server.call('POST', '/users/user-2/schedules', plan(at, { targetId: theirs, locationId: place }))).status, 200)
  const { timers } = await server.advance('PT1H')
  t.ok(timers > 60 && timers < 500, `${timers} timers in an hour`)
})

t.test('through a random walk the webhooks tell every status, and each target has one controller and one action at most', async t => {
  for (const seed of [1, 2, 3]) {
    const random = new Random(seed)
    const at = await house(await build(t, { seed, timing: seed % 2 === 0 ? 'realistic' : 'quick' }))
    const { server } = at
    const heard = await listen(at)
    const ids: string[] = []
    const known = new Map<string, Body>()
    const hour = (): string => `${String(random.integer(0, 23)).padStart(2, '0')}:00`
    const wish = (): Body => ({
      ...random.pick([{ targetId: at.car, targetType: 'vehicle' }, { targetId: at.box, targetType: 'charger' }]),
      locationId: random.pick([at.location, at.location, null]),
      isEnabled: random.next() < 0.7,
      defaultShouldCharge: random.next() < 0.5,
      rules: Array.from({ length: random.integer(0, 3) }, () => ({ shouldCharge: random.next() < 0.5, hourMinute: { from: hour(), to: hour() } }))
    })
    const moves: Array<() => Promise<unknown>> = [
      async () => ids.push(await create(at, wish())),
      async () => ids.length > 0 && await put(at, random.pick(ids), wish()),
      async () => ids.length > 3 && await server.call('DELETE', `/schedules/${ids.shift()}`),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { state: { isPluggedIn: random.next() < 0.7 } }),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { state: { isCharging: random.next() < 0.5 }, observe: random.next() < 0.5 }),
      async () => await server.mock('PATCH', `/devices/${at.car}`, { state: random.pick([away, ready]), force: true }),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { isReachable: random.next() < 0.6 }),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { capabilities: { stopCharging: random.next() < 0.7 } }),
      async () => await server.call('POST', `/vehicles/${at.car}/charging`, { action: random.pick(['START', 'STOP']) }),
      async () => await server.call('PUT', `/chargers/${at.box}`, { locationId: random.pick([at.location, null]) }),
      async () => await server.call('PUT', `/locations/${at.location}`, { timezoneName: random.pick(['UTC', 'Asia/Kathmandu', 'America/New_York']) }),
      async () => await server.call(random.next() < 0.3 ? 'POST' : 'DELETE', `/vehicles/${at.car}/smart-override`),
      async () => await server.call('PUT', `/vehicles/${at.car}/smart-charging-policy`, { isEnabled: random.next() < 0.5, deadline: '07:00' }),
      async () => await server.advance(random.pick(['PT1S', 'PT1M', 'PT1H', 'PT7H'])),
      async () => await server.advance(random.pick(['PT2S', 'PT10M', 'PT3H']))
    ]
    for (let step = 0; step < 120; step++) {
      await random.pick(moves)()
      await server.advance('PT0S')
      for (const { status, updatedFields } of heard()) {
        const before = known.get(status.scheduleId) ?? {}
        const changed = Object.keys(status).filter(key => JSON.stringify(status[key]) !== JSON.stringify(before[key]))
        if (JSON.stringify([...new Set(updatedFields.map((path: string) => path.split('.')[0]))]) !== JSON.stringify(changed)) t.fail(`seed ${seed} step ${step}: ${changed.join()} changed, told were ${updatedFields.join()}`)
        known.set(status.scheduleId, status)
      }
      const active = new Map<string, number>()
      for (const id of ids) {
        const shown = await status(at, id)
        if (JSON.stringify(shown) !== JSON.stringify(known.get(id))) t.fail(`seed ${seed} step ${step}: the status of ${id} was not told`)
        if (shown.isChargingExpected !== Object.values(shown.isChargingExpectedParts).every(Boolean)) t.fail(`seed ${seed} step ${step}: parts`)
        const { targetId, isEnabled } = (await server.call('GET', `/schedules/${id}`)).body
        if (isEnabled !== (shown.state !== 'INACTIVE:DISABLED')) t.fail(`seed ${seed} step ${step}: ${shown.state}`)
        if (isEnabled) active.set(targetId, (active.get(targetId) ?? 0) + (shown.state.startsWith('INACTIVE') ? 100 : 1))
      }
      for (const target of [at.car, at.box]) {
        const controlled = server.worlds.default.store.read(tx => tx.assets.get(target)?.controlled_by === 'schedule')
        if (controlled !== (active.get(target) === 1)) t.fail(`seed ${seed} step ${step}: control of ${target}`)
      }
    }
    t.ok(known.size > 3, `${known.size} schedules with seed ${seed}`)
  }
})

t.test('a schedule lets a charger be for a while when its vehicle is full', async t => {
  const at = await house(await build(t))
  const hook = await receiver(t)
  await at.server.call('POST', '/webhooks', { url: hook.url, secret, events: ['user:vendor-action:updated'] })
  await create(at, boxPlan(at, { defaultShouldCharge: true }))
  await at.server.advance('PT8H')
  await at.server.mock('POST', '/deliveries/drain')
  const states = (hook.events()).flatMap(event => event.vendorAction?.state as string | undefined ?? [])
  t.equal(states[0], 'CONFIRMED')
  t.ok(states.length > 2 && states.length < 9 && states.slice(1).every(state => state === 'CANCELLED'), states.join())
})

t.test('a schedule can be put back as it was read, also when its location or its target is gone', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at))
  t.equal((await at.server.call('DELETE', `/locations/${at.location}`)).status, 200)
  const read = async (): Promise<Body> => {
    const { id: _, ...body } = (await at.server.call('GET', `/schedules/${id}`)).body
    return body
  }
  t.match(await put(at, id, await read()), await read())
  t.equal((await at.server.call('DELETE', '/users/user-1/authorization')).status, 204)
  t.match(await put(at, id, await read()), await read())
})
