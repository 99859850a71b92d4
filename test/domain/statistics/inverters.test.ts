import t from 'tap'
import { Temporal } from 'temporal-polyfill'
import { modelOf } from '../../../src/devices/index.ts'
import { productionKw, type InverterState } from '../../../src/devices/inverter/index.ts'
import { hour, minute, parseTime } from '../../../src/lib/time.ts'
import { KnownFigures } from '../../../src/domain/statistics/known-figures.ts'
import { type Memory } from '../../../src/store/memory.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const oslo = { latitude: 59.9139, longitude: 10.7522 }
const kathmandu = { latitude: 27.7172, longitude: 85.324 }
const adelaide = { latitude: -34.9285, longitude: 138.6007 }
const at = (text: string): number => parseTime(text) ?? NaN

async function inverter (server: Server, state: Body = oslo, vendor = 'HUAWEI'): Promise<string> {
  const answer = await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices: [{ type: 'inverter', state: { installationDate: '2024-05-06T07:00:00Z', ...state } }] })
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.devices[0].id)
}

interface Answered { status: number, body: Body, data: Array<{ date: string, value: number | null }> }

/** `2026-03-29` or `2026-03`. */
async function statistics (server: Server, id: string, interval: string): Promise<Answered> {
  const [year, month, day] = interval.split('-').map(Number)
  const { status, body } = await server.call('GET', `/inverters/${id}/statistics?year=${year}&month=${month}${day === undefined ? '' : `&day=${day}`}`)
  const [key, series] = Object.entries(body.resolutions ?? {})[0] ?? []
  if (key !== undefined) t.equal(key, day === undefined ? 'DAY' : 'QUARTER_HOUR', 'only the resolution of the interval')
  return { status, body, data: (series as Body | undefined)?.data ?? [] }
}

const sum = (data: ReadonlyArray<{ value: number | null }>): number => data.reduce((total, { value }) => total + (value ?? 0), 0)
const rounding = (count: number): number => count * 1e-6

t.test('a day has the quarter hours and a month the days that local clocks make of it', async t => {
  const cases = [
    { place: oslo, now: '2026-04-02T00:00:00Z', day: '2026-03-29', count: 92, first: '2026-03-29T00:00:00+01:00', last: '2026-03-29T23:45:00+02:00', skipped: '2026-03-29T03:00:00+02:00' },
    { place: oslo, now: '2026-10-29T00:00:00Z', day: '2026-10-25', count: 100, first: '2026-10-25T00:00:00+02:00', last: '2026-10-25T23:45:00+01:00', skipped: '2026-10-25T02:00:00+01:00' },
    { place: kathmandu, now: '2026-06-03T00:00:00Z', day: '2026-06-01', count: 96, first: '2026-06-01T00:00:00+05:45', last: '2026-06-01T23:45:00+05:45' },
    { place: adelaide, now: '2026-06-03T00:00:00Z', day: '2026-06-01', count: 96, first: '2026-06-01T00:00:00+09:30', last: '2026-06-01T23:45:00+09:30' }
  ]
  for (const { place, now, day, count, first, last, skipped } of cases) {
    // Half of the day lies before the linking and half after it.
    const server = await build(t, { now: new Date(at(`${day}T10:00:00Z`)).toISOString() })
    const id = await inverter(server, place)
    await server.advance(`PT${(at(now) - at(`${day}T10:00:00Z`)) / hour}H`)
    const { status, data, body } = await statistics(server, id, day)
    t.match([status, data.length, data[0]?.date, data.at(-1)?.date], [200, count, first, last], day)
    if (skipped !== undefined) t.ok(data.some(({ date }) => date === skipped), skipped)
    t.ok(data.every(({ date }, i) => at(date) === at(first) + i * 15 * minute), 'one after the other')
    t.equal(new Set(data.map(({ date }) => date)).size, count)
    const month = await statistics(server, id, day.slice(0, 7))
    t.equal(month.data.length, Temporal.PlainYearMonth.from(day.slice(0, 7)).daysInMonth)
    const inMonth = month.data.find(({ date }) => date.startsWith(day))
    t.equal(inMonth?.date, first)
    t.ok(Math.abs(sum(data) - (inMonth?.value ?? NaN)) < rounding(count) && sum(data) > 1, `${sum(data)} kWh in quarter hours, ${inMonth?.value} in a day`)
    // The same by the sun alone, which knows no clocks and no ledger.
    const state = (await server.mock('GET', `/devices/${id}`)).body.state as InverterState
    t.equal(body.timezone, state.place.timezone)
    for (const { date, value } of data) {
      const expected = [0, 1, 2].reduce((kwh, i) => kwh + productionKw(state, at(date) + i * 5 * minute) / 12, 0)
      if (Math.abs(expected - (value ?? NaN)) > 1.5e-6) t.fail(`${date}: ${value} kWh, the sun gave ${expected}`)
    }
  }
})

t.test('figures may change until they are final, in their own time', async t => {
  for (const [timing, delay] of [['quick', 0], ['realistic', 10]] as const) {
    const server = await build(t, { now: '2026-06-10T09:07:00Z', timing })
    const id = await inverter(server)
    await server.advance('PT10M')
    const now = at('2026-06-10T09:17:00Z')
    const today = await statistics(server, id, '2026-06-10')
    t.match(today, { status: 202, body: { timezone: 'Europe/Oslo', retryAfter: delay === 0 ? '2026-06-10T09:30:00.000Z' : '2026-06-10T09:25:00.000Z' } }, timing)
    t.ok(today.data.every(({ date, value }) => (at(date) < now) === (value !== null)), 'known up to now')
    t.match(await statistics(server, id, '2026-06'), { status: 202, body: { retryAfter: delay === 0 ? '2026-06-10T22:00:00.000Z' : '2026-06-10T22:10:00.000Z' } })
    const tomorrow = await statistics(server, id, '2026-06-11')
    t.match([tomorrow.status, tomorrow.data.length, sum(tomorrow.data)], [202, 96, 0])
    t.ok(tomorrow.data.every(({ value }) => value === null))
    await server.advance('PT12H43M')
    t.equal((await statistics(server, id, '2026-06-10')).status, delay === 0 ? 200 : 202, 'at midnight')
    await server.advance('PT10M')
    const final = await statistics(server, id, '2026-06-10')
    t.equal(final.status, 200)
    t.notOk('retryAfter' in final.body)
    await server.advance('P1D')
    const recorded = await statistics(server, id, '2026-06-11')
    await server.mock('PATCH', `/devices/${id}`, { state: { peakPower: 99, ratedPower: 99 } })
    await server.advance('P2D')
    t.same((await statistics(server, id, '2026-06-11')).body, recorded.body, 'what was recorded stays, whatever becomes of the panels')
  }
})

t.test('history before linking goes back as far as documented, comes in shortly after, and is announced', async t => {
  const server = await build(t, { now: '2026-06-15T12:00:00Z', timing: 'realistic' })
  const hook = await receiver(t)
  const heard = (): Body[] => hook.events().filter(({ event }) => event !== 'system:heartbeat')
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['user:inverter:statistics-updated'] })
  const id = await inverter(server)
  const early = await statistics(server, id, '2026-06-14')
  t.match([early.status, early.body.retryAfter, sum(early.data)], [202, '2026-06-15T12:05:00.000Z', 0], 'not there yet')
  t.ok(early.data.every(({ value }) => value === null))
  t.same(heard(), [])
  await server.advance('PT5M')
  const late = await statistics(server, id, '2026-06-14')
  t.equal(late.status, 200)
  t.ok(sum(late.data) > 5)

  const events = heard().map(({ statistics: { year, month, day } }) => [year, month, day].filter(part => part !== null).join('-'))
  t.same(events.slice(0, 4), ['2026-3', '2026-4', '2026-5', '2026-6'])
  t.same([events.length, events[4], events.at(-1)], [35, '2026-5-16', '2026-6-15'])
  const yesterday = heard().find(({ statistics }) => statistics.day === 14)
  t.same(yesterday?.statistics, { timezone: 'Europe/Oslo', resolutions: late.body.resolutions, inverterId: id, day: 14, month: 6, year: 2026 })

  const limit = (await statistics(server, id, '2026-05-16')).data
  t.same([limit.find(({ value }) => value !== null)?.date, limit.filter(({ value }) => value === null).length], ['2026-05-16T14:00:00+02:00', 56], '30 days by the quarter hour')
  const march = (await statistics(server, id, '2026-03')).data
  t.same([march.find(({ value }) => value !== null)?.date, march.filter(({ value }) => value === null).length], ['2026-03-16T00:00:00+01:00', 15], '3 months by the day')
  t.ok((await statistics(server, id, '2026-02')).data.every(({ value }) => value === null))

  await server.advance('PT10H5M')
  const final = heard().slice(35)
  t.match(final, [{ createdAt: '2026-06-15T22:10:00.000Z', event: 'user:inverter:statistics-updated', user: { id: 'user-1' }, statistics: { day: 15, month: 6, year: 2026 } }, { statistics: { day: null, month: 6 } }], 'a day that is over is announced with its month')
  t.equal(final.length, 2)
  t.same(final[0]?.statistics.resolutions, (await statistics(server, id, '2026-06-15')).body.resolutions)
  await server.call('DELETE', '/users/user-1/authorization')
  await server.advance('P3D')
  t.equal(heard().length, 37, 'nothing once it is unlinked')
})

t.test('what cannot be is refused, and an inverter without statistics has none', async t => {
  const server = await build(t)
  const id = await inverter(server)
  const detail = async (interval: string): Promise<string> => {
    const { status, body } = await statistics(server, id, interval)
    t.equal(status, 400, interval)
    return body.detail
  }
  t.match(await detail('2025-02-29'), /There is no 2025-02-29 in the calendar/)
  t.match(await detail('2024-05-05'), /2024-05-05 lies before the installation date of the inverter, 2024-05-06T07:00:00.000Z/)
  t.match(await detail('2024-04'), /2024-04 lies before the installation date/)
  t.match(await detail('2026-13'), /month/)
  t.equal((await statistics(server, id, '2024-05-06')).status, 200)
  t.equal((await server.call('GET', `/inverters/${id}/statistics?year=2026`)).status, 400)
  t.equal((await statistics(server, unknownId, '2026-01')).status, 404)
  const mute = await inverter(server, oslo, 'TSUN')
  await server.advance('P1D')
  t.match(await server.call('GET', `/inverters/${mute}/statistics?year=2026&month=1&day=1`), { status: 200, body: { timezone: 'Europe/Oslo', resolutions: { QUARTER_HOUR: { unit: 'kWh', data: null } } } })
})

t.test('history before linking costs the same after a year as after a day', async t => {
  const server = await build(t, { now: '2026-06-15T12:00:00Z' })
  const id = await inverter(server, { ...oslo, installationDate: '2025-01-01T00:00:00Z' })
  // A year goes by sooner when nobody looks.
  server.worlds.default.store.write(tx => { tx.timers.cancel('asset.poll', id) })
  /** What a look takes: steps of the panels, and rows that are read. */
  const work = async (interval: string): Promise<{ steps: number, rows: number, values: unknown }> => {
    const device = modelOf('inverter') as { advance: (state: unknown, to: number) => unknown }
    const { advance } = device
    const { energy, memory } = server.worlds.default.store.read(tx => tx) as unknown as { energy: { days: (...of: never[]) => unknown[] }, memory: Memory }
    // Nothing that was worked out before helps.
    Object.assign(memory.of(KnownFigures), { between: (...of: Parameters<KnownFigures['between']>) => new KnownFigures().between(...of) })
    const { days } = energy
    let [steps, rows] = [0, 0]
    device.advance = (state, to) => { steps++; return advance(state, to) }
    energy.days = (...of) => { const found = days(...of); rows += found.length; return found }
    const { data } = await statistics(server, id, interval)
    Object.assign(device, { advance })
    Object.assign(energy, { days })
    return { steps, rows, values: data }
  }
  await server.advance('P1D')
  const [day, month] = [await work('2026-06-01'), await work('2026-05')]
  t.ok(sum(day.values as []) > 1 && sum(month.values as []) > 100)
  await server.advance('P364D')
  t.same([await work('2026-06-01'), await work('2026-05')], [day, month])
  await server.advance('P60D')
  t.same([await work('2026-06-01'), await work('2026-05')], [day, month], 'also once the ledger has forgotten that time')
  const { steps, rows, values } = await work('2026-06')
  t.ok(steps <= 2 && rows === 0 && sum(values as []) > 100, `what is older than the ledger follows from the sun: ${steps} steps, ${rows} rows`)
})
