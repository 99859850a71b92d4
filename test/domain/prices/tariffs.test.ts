import { TZDate } from '@date-fns/tz'
import tzLookup from '@photostructure/tz-lookup'
import t from 'tap'
import { type TariffInterval } from '../../../src/contract/tariff.ts'
import { countryAt, currencyAt, markets, type Country } from '../../../src/domain/prices/countries.ts'
import { hasPrices, pricesAt, publicationAt, type PriceInterval } from '../../../src/domain/prices/index.ts'
import { marketPrices, nextPublication, publishedUntil, type HourPrice } from '../../../src/domain/prices/market.ts'
import { ratesBetween } from '../../../src/domain/prices/tariff-week.ts'
import { findLocation } from '../../../src/domain/sight/find.ts'
import { Random } from '../../../src/lib/random.ts'
import { day, hour, iso, minute } from '../../../src/lib/time.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'
import { many } from '../../helpers/many.ts'

const rates = [{ name: 'low', cost: '0.10' }, { name: 'high', cost: '+0.35' }]
const oslo = { name: 'Home', latitude: 59.9139, longitude: 10.7522, timezoneName: 'Europe/Oslo' }
const kathmandu = { name: 'Home', latitude: 27.7, longitude: 85.3, timezoneName: 'Asia/Kathmandu' }
const everyDay = [0, 1, 2, 3, 4, 5, 6]

/** A server with the tariff `t1` and a location of `user-1`. */
async function withLocation (t: Tap, where: Body = oslo, now = '2026-01-01T00:00:00Z'): Promise<{ server: Server, id: string }> {
  const server = await build(t, { now })
  await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'user-1', devices: [] })
  t.equal((await server.call('PUT', '/tariffs/t1', rates)).status, 204)
  return { server, id: String((await server.call('POST', '/users/user-1/locations', where)).body.id) }
}
type Tap = Parameters<typeof build>[0]

const link = async (server: Server, id: string, tariffIntervals: unknown[], tariffId = 't1'): Promise<Body> => await server.call('PUT', `/locations/${id}/tariff`, { tariffId, tariffIntervals })

/** The schedule as `0 07:00-19:00 high`. */
async function rows (server: Server, id: string): Promise<string[]> {
  const { body } = await server.call('GET', `/locations/${id}/tariff`)
  return body.map((row: Body) => `${row.weekday} ${row.fromHourMinute}-${row.toHourMinute} ${row.tariffName}`)
}

function prices (server: Server, id: string, from: string, to: string): PriceInterval[] {
  return server.worlds.default.store.read(tx => pricesAt(tx, findLocation(tx, id), Date.parse(from), Date.parse(to)))
}

const shown = (list: PriceInterval[]): string[] => list.map(({ from, to, costPerKwh, currency, source }) =>
  `${iso(from).slice(5, 16)}-${iso(to).slice(11, 16)} ${source === 'tariff' ? costPerKwh : source} ${currency}`)

t.test('a tariff is created with 204, answered as it was given, and replaced by the next PUT', async t => {
  const { server } = await withLocation(t)
  t.strictSame((await server.call('GET', '/tariffs/t1')).body, rates, 'the costs are the strings that were given')
  const next = [{ name: 'flat', cost: '-123456789.123456789' }]
  const put = await server.call('PUT', '/tariffs/t1', next)
  t.strictSame([put.status, put.text], [204, ''])
  t.strictSame((await server.call('GET', '/tariffs/t1')).body, next)
  t.equal((await server.call('PUT', '/tariffs/_-azAZ09', [])).status, 204)
  t.strictSame((await server.call('GET', '/tariffs/_-azAZ09')).body, [])
})

t.test('an unknown tariff is a 404, and one that is malformed a 400 that changes nothing', async t => {
  const { server } = await withLocation(t)
  t.match(await server.call('GET', '/tariffs/t2'), { status: 404, body: { title: 'Tariff not found', detail: 'Could not find tariff t2' } })
  const wrong: unknown[] = [
    {}, [{ name: 'a' }], [{ cost: '1' }], [{ name: 'a', cost: 1 }], [{ name: 'a', cost: '1', more: 1 }],
    ...['', '1.', '.5', '1,5', '1e3', '1234567890', '0.1234567890', 'NaN', '0x1', ' 1', '--1'].map(cost => [{ name: 'a', cost }])
  ]
  for (const body of wrong) t.equal((await server.call('PUT', '/tariffs/t1', body)).status, 400, JSON.stringify(body))
  t.match(await server.call('PUT', '/tariffs/t1', [...rates, { name: 'low', cost: '1' }]), { status: 400, body: { detail: '"[2].name" "low" is the name of another rate of the tariff', issues: [{ path: [2, 'name'] }] } })
  for (const id of ['a'.repeat(37), 'a.b', 'a%20b']) t.equal((await server.call('PUT', `/tariffs/${id}`, rates)).status, 400, id)
  t.strictSame((await server.call('GET', '/tariffs/t1')).body, rates)
})

t.test('a schedule is told by weekday in UTC, one row for each day where a rate holds once a day', async t => {
  const { server, id } = await withLocation(t)
  t.same(await rows(server, id), [], 'none before one is linked')
  const put = await link(server, id, [{ name: 'high', weekdays: [0, 1, 2, 3, 4], from: '08:00', to: '20:00' }])
  t.strictSame([put.status, put.text], [204, ''])
  t.same(await rows(server, id), [0, 1, 2, 3, 4].map(weekday => `${weekday} 07:00-19:00 high`), 'Oslo is an hour ahead in winter')
  t.strictSame((await server.call('GET', `/locations/${id}/tariff`)).body[0], { weekday: 0, fromHourMinute: '07:00', toHourMinute: '19:00', tariffId: 't1', tariffName: 'high' })

  await link(server, id, [{ name: 'low', from: '10:00', to: '11:00' }])
  t.same(await rows(server, id), everyDay.map(weekday => `${weekday} 09:00-10:00 low`), 'without weekdays the whole week; the new schedule replaces the old one')
  await link(server, id, [{ name: 'low', from: '00:00', to: '24:00' }])
  t.same(await rows(server, id), everyDay.map(weekday => `${weekday} 00:00-24:00 low`), 'what holds always is not split at the midnight of Oslo')
  await link(server, id, [{ name: 'low', from: '24:00', to: '00:00' }])
  t.same(await rows(server, id), everyDay.map(weekday => `${weekday} 00:00-24:00 low`), 'from 24:00 to 00:00 is a whole day')
  await link(server, id, [{ name: 'low', weekdays: [6], from: '22:00', to: '06:00' }, { name: 'high', weekdays: [0], from: '06:00', to: '24:00' }])
  t.same(await rows(server, id), ['0 00:00-05:00 low', '0 05:00-23:00 high', '6 21:00-24:00 low'], 'an interval that ends before it starts runs into the next day, also at the end of the week')
  await link(server, id, [])
  t.same(await rows(server, id), [])
})

t.test('rows across daylight saving are those of the next such weekday', async t => {
  // Clocks go forward on Sunday, 2026-03-29 at 01:00 UTC, and back on Sunday, 2026-10-25 at 01:00 UTC.
  const intervals = [{ name: 'low', from: '01:00', to: '04:00' }]
  const spring = await withLocation(t, oslo, '2026-03-26T12:00:00Z')
  await link(spring.server, spring.id, intervals)
  t.same(await rows(spring.server, spring.id), [
    '0 00:00-02:00 low', '0 23:00-24:00 low', '1 00:00-02:00 low', '1 23:00-24:00 low', '2 00:00-02:00 low', '2 23:00-24:00 low',
    '3 00:00-03:00 low', '4 00:00-03:00 low', '5 00:00-03:00 low', '6 00:00-02:00 low', '6 23:00-24:00 low'
  ], 'of the night of Sunday an hour is missing')
  await link(spring.server, spring.id, [{ name: 'high', from: '00:30', to: '02:30' }, { name: 'low', from: '02:30', to: '05:00' }])
  t.same((await rows(spring.server, spring.id)).filter(row => /^[56]/.test(row)), [
    '5 00:00-01:30 high', '5 01:30-04:00 low', '5 23:30-24:00 high', '6 00:00-01:00 high', '6 01:00-03:00 low', '6 22:30-24:00 high'
  ], 'where the clocks skip the time at which a rate follows another, it does so as they skip it')
  await link(spring.server, spring.id, intervals)
  await spring.server.advance('P3D')
  t.same((await rows(spring.server, spring.id)).filter(row => row.startsWith('3')), ['3 00:00-02:00 low', '3 23:00-24:00 low'])
  const autumn = await withLocation(t, oslo, '2026-10-25T00:00:00Z')
  await link(autumn.server, autumn.id, intervals)
  t.same((await rows(autumn.server, autumn.id)).filter(row => /^[06]/.test(row)), ['0 00:00-03:00 low', '6 00:00-03:00 low'], 'four hours, of which the first was on Saturday')
})

t.test('a schedule must have no overlap, but may have gaps', async t => {
  const { server, id } = await withLocation(t)
  const before = [{ name: 'high', from: '08:00', to: '20:00' }]
  await link(server, id, before)
  const overlaps: Array<[intervals: Body[], detail: RegExp]> = [
    [[{ name: 'low', from: '00:00', to: '08:01' }, { name: 'high', from: '08:00', to: '09:00' }], /"tariffIntervals\[0\]" and "tariffIntervals\[1\]" overlap on Monday at 08:00/],
    [[{ name: 'high', weekdays: [3], from: '10:00', to: '11:00' }, { name: 'high', weekdays: [2, 3], from: '09:00', to: '10:30' }], /overlap on Thursday at 10:00/],
    [[{ name: 'low', weekdays: [6], from: '22:00', to: '06:00' }, { name: 'high', weekdays: [0], from: '05:59', to: '07:00' }], /overlap on Monday at 05:59/],
    [[{ name: 'low', weekdays: [0], from: '22:00', to: '22:00' }, { name: 'high', weekdays: [1], from: '21:00', to: '23:00' }], /overlap on Tuesday at 21:00/],
    [[{ name: 'low', from: '05:00', to: '05:00' }, { name: 'low', weekdays: [4], from: '07:00', to: '07:01' }], /overlap on Friday at 07:00/]
  ]
  for (const [intervals, detail] of overlaps) {
    t.match(await link(server, id, intervals), { status: 400, body: { title: 'Overlapping tariff schedule', detail } }, JSON.stringify(intervals))
  }
  t.same((await rows(server, id))[0], '0 07:00-19:00 high', 'what was refused changed nothing')
  for (const fine of [
    [{ name: 'low', from: '20:00', to: '08:00' }, { name: 'high', from: '08:00', to: '20:00' }],
    [{ name: 'low', weekdays: [6], from: '24:00', to: '06:00' }, { name: 'high', weekdays: [0], from: '06:00', to: '07:00' }],
    [{ name: 'low', from: '05:00', to: '05:00' }], [{ name: 'low', weekdays: [2, 2], from: '05:00', to: '06:00' }], [{ name: 'low', weekdays: [], from: '05:00', to: '06:00' }]
  ]) t.equal((await link(server, id, fine)).status, 204, JSON.stringify(fine))
})

t.test('a schedule of a location or tariff that is not there is a 404, one that is malformed a 400', async t => {
  const { server, id } = await withLocation(t)
  const interval = { name: 'low', from: '00:00', to: '08:00' }
  t.match(await link(server, unknownId, [interval]), { status: 404, body: { title: 'Location not found' } })
  t.match(await server.call('GET', `/locations/${unknownId}/tariff`), { status: 404, body: { title: 'Location not found' } })
  t.match(await link(server, id, [interval], 't2'), { status: 404, body: { title: 'Tariff not found', detail: 'Could not find tariff t2' } })
  t.match(await link(server, id, [interval, { ...interval, name: 'mid' }]), { status: 400, body: { detail: /"tariffIntervals\[1\].name" "mid" must be the name of a rate of tariff t1/, issues: [{ path: ['tariffIntervals', 1, 'name'] }] } })
  t.match((await link(server, id, [{ ...interval, from: '8:00' }])).body, { detail: /must be a time of day as HH:mm, from 00:00 to 24:00$/ }, 'words and no pattern are told')
  for (const wrong of [{ from: '8:00' }, { to: '24:01' }, { to: '23:60' }, { weekdays: [7] }, { weekdays: [-1] }, { weekdays: [1.5] }, { weekdays: 1 }, { name: 1 }, { more: 1 }]) {
    t.equal((await link(server, id, [{ ...interval, ...wrong }])).status, 400, JSON.stringify(wrong))
  }
  t.equal((await server.call('PUT', `/locations/${id}/tariff`, { tariffId: 't1' })).status, 400)
  t.match(await server.call('GET', '/locations/no-uuid/tariff'), { status: 400 })
  t.same(await rows(server, id), [])
  await link(server, id, [interval])
  await server.call('DELETE', `/locations/${id}`)
  t.equal((await server.call('GET', `/locations/${id}/tariff`)).status, 404)
  t.equal((await server.call('GET', '/tariffs/t1')).status, 200, 'a tariff belongs to the client and stays')
  await server.call('DELETE', '/users/user-1')
  t.equal((await server.call('GET', '/tariffs/t1')).status, 200)
})

t.test('at every moment the rate holds whose weekday and clock time the location shows', async t => {
  const random = new Random(3)
  const zones = ['UTC', 'Europe/Oslo', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York', 'Africa/Casablanca']
  const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const each = many(t)
  let shared = 0
  for (let round = 0; round < 60; round++) {
    const cuts = Array.from({ length: 6 }, () => random.integer(0, 1439)).sort((a, b) => a - b).filter((cut, i, all) => cut !== all[i - 1])
    // The last of a day runs to the first of the next one. Some are left out, which makes gaps.
    const intervals: TariffInterval[] = cuts.map((cut, i) => ({ name: `rate ${i}`, from: clock(cut), to: clock(cuts[i + 1] ?? cuts[0] ?? 0) })).filter(() => random.next() < 0.7)
    const timezone = random.pick(zones)
    const from = Date.parse('2026-01-01') + random.integer(0, 365 * 1440) * minute
    const to = from + random.integer(1, 20 * 1440) * minute
    const spans = ratesBetween(intervals, timezone, from, to)
    spans.forEach((span, i) => {
      each.ok(span.from >= Math.max(from, spans[i - 1]?.to ?? from) && span.to > span.from && span.to <= to, 'in order, without overlap')
      each.ok(span.name !== spans[i - 1]?.name || span.from !== spans[i - 1]?.to, 'merged')
    })
    for (let probe = 0; probe < 200; probe++) {
      const at = from + Math.floor(random.next() * (to - from))
      const local = new TZDate(at, timezone)
      const shows = local.getHours() * 60 + local.getMinutes()
      const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
      const holds = intervals.find(({ from, to }) => minutes(from) < minutes(to) ? shows >= minutes(from) && shows < minutes(to) : shows >= minutes(from) || shows < minutes(to))
      const found = spans.find(span => span.from <= at && at < span.to)
      if (found?.name !== holds?.name) t.fail(`${timezone} ${iso(at)}: ${found?.name} and not ${holds?.name}`)
      if (holds !== undefined) shared++
    }
  }
  each.done()
  t.ok(shared > 4000, `${shared} moments had a rate`)
})

t.test('a tariff goes before the market, whose prices fill its gaps', async t => {
  const { server, id } = await withLocation(t, oslo, '2026-01-05T00:00:00Z')
  await link(server, id, [{ name: 'high', weekdays: [0, 1, 2, 3, 4], from: '08:30', to: '10:15' }])
  t.same(shown(prices(server, id, '2026-01-05T06:20:00Z', '2026-01-05T10:10:00Z')), [
    '01-05T06:20-07:00 market NOK', '01-05T07:00-07:30 market NOK', '01-05T07:30-09:15 0.35 null', '01-05T09:15-10:00 market NOK', '01-05T10:00-10:10 market NOK'
  ])
  t.ok(prices(server, id, '2026-01-04T00:00:00Z', '2026-01-05T00:00:00Z').every(price => price.source === 'market'), 'nothing on a Sunday')
  await server.call('PUT', '/tariffs/t1', [{ name: 'high', cost: '-0.5' }])
  t.equal(prices(server, id, '2026-01-05T07:30:00Z', '2026-01-05T07:31:00Z')[0]?.costPerKwh, -0.5, 'a new version of the tariff counts at once')
  await server.call('PUT', '/tariffs/t1', [{ name: 'low', cost: '1' }])
  t.ok(prices(server, id, '2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z').every(price => price.source === 'market'), 'a rate that is gone leaves a gap')
})

t.test('prices at random moments are in order, within bounds, without overlap, and without a gap where there is a market', async t => {
  const { server, id } = await withLocation(t, oslo, '2026-07-01T00:00:00Z')
  await link(server, id, [{ name: 'high', from: '08:30', to: '10:15' }, { name: 'low', weekdays: [5, 6], from: '22:00', to: '06:07' }])
  const random = new Random(17)
  for (let round = 0; round < 100; round++) {
    const from = Date.parse('2026-03-20T00:00:00Z') + random.integer(0, 12_000) * minute
    const to = from + random.integer(1, 6000) * minute
    const list = prices(server, id, iso(from), iso(to))
    t.ok(list[0]?.from === from && list.at(-1)?.to === to && list.every((price, i) => price.from < price.to && price.from === (list[i - 1]?.to ?? from)), `${iso(from)} ${iso(to)}`)
  }
  t.same(prices(server, id, '2026-03-20T00:00:00Z', '2026-03-20T00:00:00Z'), [])
})

t.test('a place without a market has the prices of its tariff and no others, as at UTC+5:45', async t => {
  const { server, id } = await withLocation(t, kathmandu)
  const { store } = server.worlds.default
  const has = (): boolean => store.read(tx => hasPrices(tx, findLocation(tx, id)))
  t.same(prices(server, id, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'), [])
  t.equal(has(), false)
  await link(server, id, [{ name: 'low', from: '00:00', to: '06:00' }])
  t.same(shown(prices(server, id, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')), ['01-01T00:00-00:15 0.1 null', '01-01T18:15-00:00 0.1 null'])
  t.equal(has(), true)
  t.equal(store.read(tx => publicationAt(tx, findLocation(tx, id))), undefined)
})

t.test('the country of a location follows from its coordinates, and its currency from the country, wherever there is one', async t => {
  const cities: Record<Country, Array<[number, number]>> = {
    NO: [[59.91, 10.75], [69.65, 18.96]],
    SE: [[59.33, 18.07], [55.6, 13]],
    DK: [[55.68, 12.57], [55.1, 14.9]],
    FI: [[60.17, 24.94], [60.1, 19.94]],
    EE: [[59.44, 24.75]],
    LV: [[56.95, 24.1]],
    LT: [[54.69, 25.28]],
    AT: [[48.2, 16.37], [47.8, 13.05]],
    BE: [[50.85, 4.35]],
    DE: [[52.52, 13.4], [48.57, 7.82]],
    FR: [[48.86, 2.35], [42.7, 9.45]],
    NL: [[52.37, 4.9]],
    PL: [[52.23, 21.01]],
    ES: [[40.42, -3.7], [28.12, -15.43]]
  }
  for (const [country, places] of Object.entries(cities) as Array<[Country, Array<[number, number]>]>) {
    for (const [latitude, longitude] of places) t.equal(countryAt({ latitude, longitude }), country)
  }
  for (const [latitude, longitude] of [[51.5, -0.12], [37.77, -122.42], [49.61, 6.13], [47.37, 8.54], [62, -6.77], [16.2, -61.5], [27.7, 85.3], [58, 3]] as const) {
    t.equal(countryAt({ latitude, longitude }), undefined, 'none elsewhere')
  }
  const abroad: Record<string, Array<[number, number]>> = {
    USD: [[40.71, -74], [21.3, -157.85], [18.4, -66], [-0.18, -78.47]],
    GBP: [[51.5, -0.12], [54.6, -5.93], [49.2, -2.1]],
    CHF: [[47.37, 8.54], [47.14, 9.52]],
    CAD: [[43.65, -79.38], [49.28, -123.12]],
    AUD: [[-33.87, 151.2], [-31.95, 115.86]],
    SEK: [[59.33, 18.07]],
    DKK: [[55.68, 12.57], [62, -6.77]],
    PLN: [[52.23, 21.01]],
    NOK: [[59.91, 10.75], [78.22, 15.63]],
    EUR: [[52.52, 13.4], [53.35, -6.26], [41.9, 12.5], [37.98, 23.73], [38.72, -9.14], [49.61, 6.13], [45.81, 15.98], [42.7, 23.32], [47.7, 8.69], [60.1, 19.94], [16.2, -61.5]],
    CZK: [[50.08, 14.44]],
    HUF: [[47.5, 19.04]],
    RON: [[44.43, 26.1]],
    ISK: [[64.15, -21.94]],
    TRY: [[41.01, 28.98]],
    UAH: [[50.45, 30.52]],
    JPY: [[35.68, 139.69]],
    CNY: [[39.9, 116.4]],
    HKD: [[22.3, 114.17]],
    INR: [[28.61, 77.21]],
    KRW: [[37.57, 126.98]],
    SGD: [[1.35, 103.82]],
    AED: [[25.2, 55.27]],
    ILS: [[32.08, 34.78]],
    ZAR: [[-26.2, 28.05]],
    EGP: [[30.04, 31.24]],
    NZD: [[-36.85, 174.76]],
    BRL: [[-23.55, -46.63]],
    MXN: [[19.43, -99.13]],
    XXX: [[40, -40], [-50, -100], [0, -30]]
  }
  for (const [currency, places] of Object.entries(abroad)) {
    for (const [latitude, longitude] of places) t.equal(currencyAt({ latitude, longitude }), currency, `${currency} at ${latitude}, ${longitude}`)
  }
  const known = new Set(Intl.supportedValuesOf('currency'))
  const grid = Array.from({ length: 18 * 36 }, (_, i) => ({ latitude: i % 18 * 10 - 85, longitude: Math.floor(i / 18) * 10 - 175 }))
  for (const position of grid) {
    const currency = currencyAt(position)
    if (currency === 'XXX' ? !tzLookup(position.latitude, position.longitude).startsWith('Etc/') : !known.has(currency)) t.fail(`${currency} at ${JSON.stringify(position)}`)
  }
  const inNok = Object.entries(markets).filter(([, market]) => market.currency === 'NOK').map(([country]) => country)
  t.same(inNok.sort(), ['DK', 'EE', 'FI', 'LT', 'LV', 'NO', 'SE'])
  t.equal(Object.keys(markets).length, 14)
  const { server, id } = await withLocation(t, { ...oslo, latitude: 52.52, longitude: 13.4, timezoneName: 'Asia/Tokyo' })
  t.same([...new Set(prices(server, id, '2026-01-01T00:00:00Z', '2026-01-01T05:00:00Z').map(price => price.currency))], ['EUR'], 'whatever its timezone is called')
})

const countries = Object.keys(markets) as Country[]
const isEastern = (country: Country): boolean => ['FI', 'EE', 'LV', 'LT'].includes(country)
const summerTime = [new Date('2026-03-29T01:00:00Z'), new Date('2026-10-25T01:00:00Z')] as const
const year = (seed: number, country: Country): HourPrice[] => marketPrices(seed, country, Date.parse('2026-01-01'), Date.parse('2027-01-01'))
// As text, since tap takes seconds to compare a year.
const isSame = (a: HourPrice[], b: HourPrice[]): boolean => JSON.stringify(a) === JSON.stringify(b)
const mean = (list: HourPrice[], which: (at: Date) => boolean): number => {
  const found = list.filter(({ from }) => which(new Date(from)))
  return found.reduce((sum, price) => sum + price.costPerKwh, 0) / found.length
}

t.test('market prices are a pure function of seed, country and hour', async t => {
  const random = new Random(5)
  for (const country of countries) {
    const all = year(7, country)
    t.ok(isSame(year(7, country), all))
    for (let round = 0; round < 20; round++) {
      const from = Date.parse('2026-01-01') + random.integer(0, 360 * 1440) * minute
      const to = from + random.integer(1, 4000) * minute
      t.ok(isSame(marketPrices(7, country, from, to), all.filter(price => price.to > from && price.from < to)), 'whatever part is asked for')
    }
    t.notOk(isSame(year(8, country), all), 'another seed gives others')
  }
  t.equal(new Set(countries.map(country => JSON.stringify(year(7, country)))).size, countries.length, 'and so does another country')
})

t.test('market prices have a night valley, two peaks, a dip at summer noons, cheap weekends, dear winters and a few negative hours', async t => {
  for (const country of countries) {
    for (const seed of [1, 2, 3]) {
      const list = year(seed, country)
      const { currency } = markets[country]
      const local = (at: Date): number => (at.getUTCHours() + (isEastern(country) ? 2 : 1) + (summerTime[0] <= at && at < summerTime[1] ? 1 : 0)) % 24
      const month = (at: Date): number => at.getUTCMonth()
      const isWinter = (at: Date): boolean => [0, 1, 11].includes(month(at))
      const isSummer = (at: Date): boolean => [5, 6, 7].includes(month(at))
      const hours = (from: number, to: number, also: (at: Date) => boolean = () => true) => (at: Date): boolean => local(at) >= from && local(at) < to && also(at)
      const says = `${country} ${seed}`
      t.ok(mean(list, hours(1, 5, isWinter)) < 0.85 * mean(list, hours(7, 10, isWinter)), `${says}: night below morning`)
      t.ok(mean(list, hours(17, 20)) > 1.15 * mean(list, () => true), `${says}: evening peak`)
      t.ok(mean(list, hours(7, 10, isWinter)) > mean(list, hours(12, 15, isWinter)), `${says}: morning peak`)
      t.ok(mean(list, isWinter) > 1.1 * mean(list, isSummer), `${says}: winters are dear`)
      t.ok(mean(list, at => [0, 6].includes(at.getUTCDay())) < 0.95 * mean(list, at => ![0, 6].includes(at.getUTCDay())), `${says}: weekends`)
      const dip = (season: (at: Date) => boolean): number => mean(list, hours(11, 15, season)) / mean(list, hours(17, 20, season))
      t.ok(dip(isSummer) < dip(isWinter), `${says}: the sun lowers the noon`)
      if (markets[country].solar >= 0.8) t.ok(mean(list, hours(11, 15, isSummer)) < mean(list, hours(1, 5, isSummer)), `${says}: below the night where there is much of it`)
      const negative = list.filter(price => price.costPerKwh < 0).length / list.length
      t.ok(negative > 0 && negative < 0.09, `${says}: ${negative} of the hours are negative`)
      const [low, high] = currency === 'NOK' ? [0.3, 1.3] : [0.03, 0.12]
      t.ok(mean(list, () => true) > low && mean(list, () => true) < high, `${says}: ${mean(list, () => true)} ${currency}`)
      t.ok(list.every(price => Math.abs(price.costPerKwh) < high * 4 && String(price.costPerKwh).length < 9), 'plausible figures of five digits')
    }
  }
})

t.test('a day has the prices of its 24 hours, and of 23 or 25 when clocks change', async t => {
  for (const country of countries) {
    const { timezone } = markets[country]
    for (const [date, hours] of [[[2026, 2, 28], 24], [[2026, 2, 29], 23], [[2026, 9, 25], 25], [[2026, 9, 26], 24]] as const) {
      const [y, m, d] = date
      const [from, to] = [new TZDate(y, m, d, timezone).getTime(), new TZDate(y, m, d + 1, timezone).getTime()]
      const list = marketPrices(7, country, from, to)
      t.equal(list.length, hours)
      t.ok(list.every((price, i) => price.from === from + i * hour && price.to === price.from + hour))
      if (hours === 25) t.not(list[2]?.costPerKwh, list[3]?.costPerKwh, 'the hour that comes twice has two prices')
    }
  }
})

t.test('the prices of a day are published at 13:00 of the day before, by the clocks of the country', async t => {
  for (const [date, offsets] of [['2026-01-10', ['+01:00', '+02:00']], ['2026-07-10', ['+02:00', '+03:00']], ['2026-03-28', ['+01:00', '+02:00']], ['2026-10-24', ['+02:00', '+03:00']]] as const) {
    for (const country of countries) {
      const { timezone } = markets[country]
      const one = Date.parse(`${date}T13:00:00${isEastern(country) ? offsets[1] : offsets[0]}`)
      const midnight = (days: number): number => {
        const local = new TZDate(one, timezone)
        return new TZDate(local.getFullYear(), local.getMonth(), local.getDate() + days, timezone).getTime()
      }
      t.same([nextPublication(country, one - 1), publishedUntil(country, one - 1)], [one, midnight(1)], `${country} just before`)
      t.equal(publishedUntil(country, one), midnight(2), `${country} ${date} at one`)
      t.equal(publishedUntil(country, midnight(1) - 1), midnight(2), 'until the day ends')
      t.equal(publishedUntil(country, midnight(1)), midnight(2))
      t.ok(Math.abs(nextPublication(country, one) - one - day) <= hour, 'the next one comes a day later')
    }
  }
})

t.test('what is not published yet has no price, until its time comes', async t => {
  const { server, id } = await withLocation(t, oslo, '2026-01-10T11:59:00Z')
  const until = (): string => iso(prices(server, id, '2026-01-10T00:00:00Z', '2026-01-20T00:00:00Z').at(-1)?.to ?? 0)
  t.equal(until(), '2026-01-10T23:00:00.000Z')
  await server.advance('PT1M')
  t.equal(until(), '2026-01-11T23:00:00.000Z')
  await link(server, id, [{ name: 'low', from: '02:00', to: '03:00' }])
  const later = prices(server, id, '2026-01-12T00:00:00Z', '2026-01-14T00:00:00Z')
  t.same(shown(later), ['01-12T01:00-02:00 0.1 null', '01-13T01:00-02:00 0.1 null'], 'a tariff is known ahead')
  t.same(server.worlds.default.store.read(tx => publicationAt(tx, findLocation(tx, id))), {
    publishedUntil: Date.parse('2026-01-11T23:00:00Z'), nextPublication: Date.parse('2026-01-11T12:00:00Z')
  })
})
