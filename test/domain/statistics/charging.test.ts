import type { Test } from 'tap'
import t from 'tap'
import { energyOf } from '../../../src/domain/truth/ledger.ts'
import { marketPrices } from '../../../src/domain/prices/market.ts'
import { bucket } from '../../../src/devices/energy.ts'
import { day, hour, iso, minute } from '../../../src/lib/time.ts'
import { type VehicleState } from '../../../src/devices/vehicle/index.ts'
import { reaches, shareKept } from '../../devices/cars.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'

const oslo = { latitude: 59.91, longitude: 10.75 }
const kathmandu = { latitude: 27.71, longitude: 85.32 }
const austin = { latitude: 30.27, longitude: -97.74 }
const at = (text: string): number => Date.parse(text)
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const close = (t: Test, value: number, wanted: number, says: string, within = 1e-4): void => { t.ok(Math.abs(value - wanted) <= within, `${says}: ${value} is ${wanted}`) }

interface Wish { now?: string, timing?: 'quick' | 'realistic', place?: typeof oslo, timezoneName?: string, charger?: boolean }

/** A car of a user at a location, on the cable of a charger if that is wanted. */
async function home (t: Test, { now = '2026-01-14T16:00:00Z', timing = 'quick', place = oslo, timezoneName = 'Europe/Oslo', charger = false }: Wish = {}) {
  const server = await build(t, { now, timing })
  const ids = async (body: Body): Promise<string> => {
    const answer = await server.mock('POST', '/accounts', { userId: 'user-1', ...body })
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body.devices[0].id as string
  }
  const owner = { username: 'owner@sandbox.enode.com', password: 'secret' }
  const car = await ids({ vendor: 'VOLKSWAGEN', ...owner, devices: [{ type: 'vehicle', state: { ...place, batteryLevel: 20, batteryCapacity: 80, chargeLimit: 80, maxCurrent: 16 } }] })
  const box = charger ? await ids({ vendor: 'EASEE', devices: [{ type: 'charger', state: { ...place, pluggedInVehicleId: car } }] }) : ''
  const location = (await server.call('POST', '/users/user-1/locations', { name: 'Home', ...place, timezoneName })).body.id as string
  const patch = async (state: Body, id = car, force = false): Promise<void> => {
    const answer = await server.mock('PATCH', `/devices/${id}`, { state, force })
    if (answer.status !== 200) throw new Error(answer.text)
  }
  const ask = async (path: string, query: Body): Promise<Body[]> => {
    const answer = await server.call('GET', `/users/user-1/statistics/charging${path}?${new URLSearchParams({ type: 'vehicle', ...query }).toString()}`)
    t.equal(answer.status, 200, answer.text.slice(0, 200))
    return answer.body as Body[]
  }
  return {
    server,
    car,
    box,
    location,
    ids,
    patch,
    force: async (state: Body): Promise<void> => { await patch(state, car, true) },
    charge: async (batteryLevel = 20): Promise<void> => { await patch({ isPluggedIn: true, isCharging: true, batteryLevel }) },
    stop: async (): Promise<void> => { await patch({ isCharging: false }) },
    to: async (time: string): Promise<void> => { await server.mock('POST', '/clock/advance', { to: time }) },
    statistics: async (query: Body): Promise<Body[]> => await ask('', query),
    sessions: async (query: Body): Promise<Body[]> => await ask('/sessions', query),
    /** What share of what it draws below 97 % its battery gains. */
    kept: async (): Promise<number> => shareKept((await server.mock('GET', `/devices/${car}`)).body.state as VehicleState),
    energy: async (id = car): Promise<number> => (await server.mock('GET', `/devices/${id}`)).body.state.energyKwh as number,
    /** A user goes through Link UI with the account of the car. */
    link: async (userId: string): Promise<void> => {
      const { body } = await server.call('POST', `/users/${userId}/link`, { scopes: ['vehicle:read:data', 'vehicle:read:location'], language: 'en-US', redirectUri: 'https://example.com', vendor: 'VOLKSWAGEN' })
      const answer = await server.mock('POST', '/link-sessions/complete', { linkToken: body.linkToken, ...owner })
      if (answer.status !== 200) throw new Error(answer.text)
    },
    assign: async (id: string, locationId: string | null): Promise<void> => { await server.call('PUT', `/chargers/${id}`, { locationId }) },
    tariff: async (intervals: Array<[from: string, to: string, cost: string]>, at = location): Promise<void> => {
      await server.call('PUT', '/tariffs/t', intervals.map(([, , cost], i) => ({ name: `rate ${i}`, cost })))
      const answer = await server.call('PUT', `/locations/${at}/tariff`, { tariffId: 't', tariffIntervals: intervals.map(([from, to], i) => ({ name: `rate ${i}`, from, to })) })
      if (answer.status !== 204) throw new Error(answer.text)
    }
  }
}

/** kWh that a device drew in each bucket of the ledger. */
function drawn (server: Server, id: string, from: number, to: number): Array<{ at: number, kwh: number }> {
  return server.worlds.default.store.read(tx => {
    const device = tx.devices.get(id)
    if (device === undefined) throw new Error(`no device ${id}`)
    return [...energyOf(tx, device, 'in', from, to)].map((kwh, i) => ({ at: from + i * bucket, kwh })).filter(each => each.kwh > 0)
  })
}

/** What a bucket of statistics must be, by hand, from what flowed and a price for each moment. */
function byHand (samples: ReadonlyArray<{ at: number, kwh: number }>, priceAt: (at: number) => number): Body {
  const [kwh, cost] = [sum(samples.map(each => each.kwh)), sum(samples.map(each => each.kwh * priceAt(each.at)))]
  const powers = samples.map(each => each.kwh * hour / bucket)
  const prices = samples.map(each => priceAt(each.at))
  return {
    kw: { min: Math.min(...powers), max: Math.max(...powers), mean: kwh / samples.length * hour / bucket },
    kwhSum: kwh,
    price: { min: Math.min(...prices), max: Math.max(...prices), mean: cost / kwh },
    costSum: cost
  }
}

function sameFigures (t: Test, shown: Body, wanted: Body, says: string): void {
  for (const key of ['kwhSum', 'costSum']) close(t, shown[key], wanted[key], `${says} ${key}`, 1e-5)
  for (const key of ['kw', 'price']) for (const part of ['min', 'max', 'mean']) close(t, shown[key][part], wanted[key][part], `${says} ${key}.${part}`, 1e-5)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The hour that clocks show. */
function localHour (timeZone: string, moment: number): number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  const [hours = NaN, minutes = NaN] = clock.format(new Date(moment)).split(':').map(Number)
  return hours + minutes / 60
}

const night: Array<[string, string, string]> = [['00:00', '06:30', '0.5'], ['06:30', '17:00', '1.25'], ['17:00', '24:00', '3']]
const nightPrice = (timeZone: string) => (moment: number): number => {
  const time = localHour(timeZone, moment)
  return time < 6.5 ? 0.5 : time < 17 ? 1.25 : 3
}

t.test('in Nepal, at UTC+5:45: every resolution and offset, by hand from kWh and tariff, and all of them agree', async t => {
  const h = await home(t, { now: '2025-12-28T00:00:00Z', place: kathmandu, timezoneName: 'Asia/Kathmandu' })
  await h.tariff(night)
  const from = at('2025-12-28T00:00:00Z')
  let gained = 0
  // The evenings of four days around the new year, from 21:45 to past midnight in Nepal, and a morning.
  for (const start of ['2025-12-28T16:00:00Z', '2025-12-31T16:00:00Z', '2026-01-01T00:10:00Z', '2026-01-04T16:00:00Z']) {
    await h.to(start)
    await h.charge()
    const before = await h.energy()
    await h.to(iso(at(start) + 3 * hour + 7 * minute))
    await h.stop()
    gained += await h.energy() - before
  }
  const kept = await h.kept()
  t.ok(kept > 0.85 && kept < 0.95, `${kept} of what it drew`)
  await h.to('2026-01-06T00:00:00Z')
  const now = at('2026-01-06T00:00:00Z')
  const samples = drawn(h.server, h.car, from, now)
  t.ok(samples.length > 140)
  const ask = { startDate: iso(from), id: h.car }
  const prices = new Map(samples.map(each => [each.at, nightPrice('Asia/Kathmandu')(each.at)]))
  const price = (moment: number): number => prices.get(moment) ?? NaN

  const startOf: Record<string, (local: number) => number> = {
    QUARTER_HOUR: local => Math.floor(local / (15 * minute)) * 15 * minute,
    HALF_HOUR: local => Math.floor(local / (30 * minute)) * 30 * minute,
    HOUR: local => Math.floor(local / hour) * hour,
    DAY: local => Math.floor(local / day) * day,
    WEEK: local => {
      const midnight = Math.floor(local / day) * day
      return midnight - (new Date(midnight).getUTCDay() + 6) % 7 * day
    },
    MONTH: local => at(`${iso(local).slice(0, 7)}-01T00:00:00Z`),
    YEAR: local => at(`${iso(local).slice(0, 4)}-01-01T00:00:00Z`)
  }
  for (const [resolution, start] of Object.entries(startOf)) {
    // An offset has no effect below a day.
    for (const utcOffset of resolution.endsWith('HOUR') ? ['0', '-3.75'] : ['0', '5.75', '-9.5', '+14', '0.25']) {
      const shift = resolution.endsWith('HOUR') ? 0 : Number(utcOffset) * hour
      const groups = new Map<number, typeof samples>()
      for (const sample of samples) {
        const date = start(sample.at + shift) - shift
        groups.set(date, [...groups.get(date) ?? [], sample])
      }
      const shown = await h.statistics({ ...ask, resolution, utcOffset })
      t.same(shown.map(each => each.date), [...groups.keys()].map(iso), `${resolution} ${utcOffset}: a bucket wherever something flowed, and no other`)
      let isRight = true
      const quiet = { ok: (good: boolean, says: string) => { if (!good) { isRight = false; t.fail(says) } } } as unknown as Test
      shown.forEach((each, i) => { sameFigures(quiet, each, byHand([...groups.values()][i] ?? [], price), `${resolution} ${utcOffset} ${each.date}`) })
      t.ok(isRight, `${resolution} ${utcOffset}`)
      close(t, sum(shown.map(each => each.kwhSum)) * kept, gained, 'all that the battery gained, and what was lost on the way', 1e-3)
      t.ok(shown.every(each => each.estimatedSavings === null), 'nothing was moved')
      t.same(shown[0]?.nonSmartPrice, { min: null, max: null, mean: null })
    }
  }
  t.same(await h.statistics(ask), await h.statistics({ ...ask, resolution: 'DAY', utcOffset: '0' }), 'by days in UTC unless told otherwise')
  t.same((await h.statistics({ ...ask, utcOffset: '5.75' })).map(each => each.date), ['2025-12-27T18:15:00.000Z', '2025-12-28T18:15:00.000Z', '2025-12-30T18:15:00.000Z', '2025-12-31T18:15:00.000Z', '2026-01-03T18:15:00.000Z', '2026-01-04T18:15:00.000Z'])
  t.same(await h.statistics({ ...ask, resolution: 'YEAR', utcOffset: ' 5.75' }), await h.statistics({ ...ask, resolution: 'YEAR', utcOffset: '5.75' }), 'a plus sign may come as a space')

  // Sessions and statistics tell the same.
  const sessions = await h.sessions(ask)
  t.same(sessions.map(({ id, locationId, from, to }) => [id, locationId, from, to]), [
    ['2025-12-28T16:00:00.000Z', '2025-12-28T19:10:00.000Z'], ['2025-12-31T16:00:00.000Z', '2025-12-31T19:10:00.000Z'],
    ['2026-01-01T00:10:00.000Z', '2026-01-01T03:20:00.000Z'], ['2026-01-04T16:00:00.000Z', '2026-01-04T19:10:00.000Z']
  ].map(times => [h.car, h.location, ...times]))
  for (const each of sessions) sameFigures(t, each, byHand(samples.filter(sample => sample.at >= at(each.from) && sample.at < at(each.to)), price), `session of ${each.from}`)
  close(t, sum(sessions.map(each => each.kwhSum)) * kept, gained, 'sessions: all that the battery gained, and what was lost', 1e-3)
  const whole = await h.statistics({ ...ask, resolution: 'YEAR' })
  close(t, sum(sessions.map(each => each.costSum)), sum(whole.map(each => each.costSum)), 'and the same cost')
  t.ok((sessions[0]?.price.min === 0.5) && sessions[0]?.price.max === 3, 'from the evening into the night')
})

t.test('what the socket gave is counted and paid for, what arrived is the level, and they differ by exactly the loss', async t => {
  for (const [place, timezoneName, phases] of [[oslo, 'Europe/Oslo', 3], [austin, 'America/Chicago', 1]] as const) {
    const h = await home(t, { place, timezoneName })
    await h.tariff([['00:00', '24:00', '2']])
    const state = async (): Promise<VehicleState> => (await h.server.mock('GET', `/devices/${h.car}`)).body.state as VehicleState
    const shares: number[] = []
    for (const [i, supply] of [{ maxCurrent: 6 }, { maxCurrent: 10 }, { maxCurrent: 16 }, { fastChargePower: 50 }].entries()) {
      const from = iso(at('2026-01-14T17:00:00Z') + i * 2 * hour)
      await h.to(from)
      await h.patch({ isPluggedIn: true, isCharging: true, batteryLevel: 10, ...supply })
      const before = await state()
      t.equal(before.phases, phases)
      const { chargeRate, chargeTimeRemaining, chargeLimit } = (await h.server.vehicle(h.car)).chargeState
      await h.to(iso(at(from) + 30 * minute))
      const gained = (await state()).energyKwh - before.energyKwh
      const says = `${phases} phases, ${JSON.stringify(supply)}`
      const [counted] = await h.statistics({ id: h.car, startDate: from, endDate: iso(at(from) + 30 * minute) })
      const kw = before.fastChargeKw ?? Math.min(before.onboardChargerKw, before.voltage * before.maxCurrentA * phases / 1000)
      close(t, chargeRate ?? NaN, kw, `${says}: what it says that it draws`, 0.05 + 1e-9)
      close(t, counted?.kwhSum, kw / 2, `${says}: what is counted is what it draws`, 1e-5)
      close(t, counted?.costSum, counted?.kwhSum * 2, `${says}: and so is what is paid for`, 1e-5)
      close(t, gained, reaches(before, kw) / 2, `${says}: what the battery gained`, 1e-5)
      const needed = ((chargeLimit ?? NaN) - 10) / 100 * before.batteryCapacityKwh
      close(t, chargeTimeRemaining ?? NaN, needed / (gained * 2) * 60, `${says}: and by that it knows when it is done`, 1)
      shares.push(gained / counted?.kwhSum)
      await h.patch({ isPluggedIn: false })
    }
    t.same(shares.toSorted((a, b) => a - b), shares, `a weak socket wastes most: ${shares.join(', ')}`)
    t.ok(shares.every(share => share > 0.75 && share <= 0.95 + 1e-6), 'and none wastes nothing')
  }
})

t.test('tariffs go by local clocks where these change, buckets do not', async t => {
  for (const [date, skipped] of [['2026-03-28', true], ['2026-10-24', false]] as const) {
    const h = await home(t, { now: `${date}T23:00:00Z` })
    await h.tariff([['00:00', '02:00', '1'], ['02:00', '03:00', '10'], ['03:00', '24:00', '2']])
    await h.charge(20)
    const from = at(`${date}T23:00:00Z`)
    await h.server.advance('PT4H')
    const price = (moment: number): number => {
      const time = Math.floor(localHour('Europe/Oslo', moment))
      return time < 2 ? 1 : time < 3 ? 10 : 2
    }
    const shown = await h.statistics({ startDate: iso(from), resolution: 'HOUR', id: h.car })
    t.same(shown.map(each => each.price.mean), skipped ? [1, 1, 2, 2] : [1, 10, 10, 2], `${date}: the hour from two to three local time comes ${skipped ? 'never' : 'twice'}`)
    for (const each of shown) sameFigures(t, each, byHand(drawn(h.server, h.car, at(each.date), at(each.date) + hour), price), each.date)
  }
})

t.test('without a tariff market prices count, in the gaps of one as well, and where there is neither cost is 0', async t => {
  const h = await home(t)
  await h.charge()
  await h.to('2026-01-14T17:30:00Z')
  await h.tariff([['00:00', '18:00', '4'], ['19:00', '24:00', '7.123456789']])
  await h.to('2026-01-14T19:30:00Z')
  const market = marketPrices(7, 'NO', at('2026-01-14T16:00:00Z'), at('2026-01-14T20:00:00Z')).map(each => each.costPerKwh)
  const price = (moment: number): number => moment >= at('2026-01-14T18:00:00Z') ? 7.123456789 : market[Math.floor((moment - at('2026-01-14T16:00:00Z')) / hour)] ?? NaN
  const shown = await h.statistics({ startDate: '2026-01-14T16:00:00Z', resolution: 'HALF_HOUR', id: h.car })
  t.equal(shown.length, 7)
  for (const each of shown) sameFigures(t, each, byHand(drawn(h.server, h.car, at(each.date), at(each.date) + hour / 2), price), each.date)

  const far = await home(t, { place: austin, timezoneName: 'America/Chicago' })
  await far.charge()
  await far.server.advance('PT1H')
  t.match(await far.statistics({ startDate: '2026-01-14T16:00:00Z', id: far.car }), [{ costSum: 0, price: { min: 0, max: 0, mean: 0 }, kwhSum: 3.84 }])
  await far.tariff([['10:15', '10:32', '2']])
  await far.server.advance('PT1H')
  // From 11:00 in Austin the tariff has a gap and there is no market.
  t.match((await far.statistics({ startDate: '2026-01-14T17:00:00Z', id: far.car })), [{ costSum: 0 }])
  await far.tariff([['12:02', '24:00', '2']])
  await far.server.advance('PT1H')
  const [hour12] = await far.statistics({ startDate: '2026-01-14T18:00:00Z', resolution: 'QUARTER_HOUR', id: far.car })
  close(t, hour12?.costSum, hour12?.kwhSum * 13 / 15 * 2, 'a price that begins within a sample holds for its share', 1e-5)
  t.same(hour12?.price, { min: 2, max: 2, mean: 2 }, 'the mean is that of what has a price')
})

t.test('what changes later leaves the past alone, to the minute: tariff, schedule, place, location and linking', async t => {
  const h = await home(t, { now: '2026-01-14T16:02:00Z' })
  await h.tariff([['00:00', '24:00', '2']])
  await h.charge(5)
  const ask = { startDate: '2026-01-14T15:00:00Z', endDate: '2026-01-14T16:32:00Z', id: h.car, resolution: 'QUARTER_HOUR' }
  const rate = 11.04 / 60
  await h.to('2026-01-14T16:32:00Z')
  const before = await h.statistics(ask)
  close(t, sum(before.map(each => each.costSum)), 30 * rate * 2, 'half an hour', 0.05)
  const same = async (says: string): Promise<void> => { t.same((await h.statistics(ask)).slice(0, -1), before.slice(0, -1), says) }
  const costs = async (from: string, to: string): Promise<number> => sum((await h.statistics({ ...ask, startDate: from, endDate: to })).map(each => each.costSum))
  const kwhs = async (from: string, to: string): Promise<number> => sum((await h.statistics({ ...ask, startDate: from, endDate: to })).map(each => each.kwhSum))

  // The rate changes within a sample: 2 min for 2, 3 min for 8.
  await h.server.call('PUT', '/tariffs/t', [{ name: 'rate 0', cost: '8' }])
  await h.to('2026-01-14T16:40:00Z')
  await same('a rate')
  const power = (await h.statistics({ ...ask, startDate: '2026-01-14T16:35:00Z', endDate: '2026-01-14T16:40:00Z' }))[0]?.kw.mean / 60
  close(t, await costs('2026-01-14T16:30:00Z', '2026-01-14T16:35:00Z'), power * (2 * 2 + 3 * 8), 'split at the minute', 1e-3)
  // So does the schedule, and then the timezone.
  await h.tariff([['00:00', '24:00', '16']])
  await h.to('2026-01-14T16:45:00Z')
  await h.tariff([['00:00', '20:00', '16'], ['20:00', '24:00', '32']])
  await h.server.call('PUT', `/locations/${h.location}`, { timezoneName: 'Asia/Kathmandu' })
  await h.to('2026-01-14T16:50:00Z')
  close(t, await costs('2026-01-14T16:40:00Z', '2026-01-14T16:45:00Z'), power * 5 * 16, 'the new schedule', 1e-3)
  close(t, await costs('2026-01-14T16:45:00Z', '2026-01-14T16:50:00Z'), power * 5 * 32, 'in Nepal it is past ten in the evening', 1e-3)
  await same('a schedule and a timezone')

  // It moves while it charges: what it drew until then was at home.
  await h.to('2026-01-14T16:52:00Z')
  await h.force({ latitude: 1, longitude: 1 })
  await h.to('2026-01-14T17:00:00Z')
  close(t, await costs('2026-01-14T16:50:00Z', '2026-01-14T17:00:00Z'), power * 2 * 32, 'nothing costs anything in the middle of nowhere', 1e-3)
  close(t, await kwhs('2026-01-14T16:50:00Z', '2026-01-14T17:00:00Z'), power * 10, 'but it is drawn', 1e-3)
  const there = async (locationId: string): Promise<number> => sum((await h.statistics({ ...ask, startDate: '2026-01-14T16:50:00Z', endDate: '2026-01-14T18:00:00Z', locationId })).map(each => each.kwhSum))
  close(t, await there(h.location), power * 2, 'at home until it moved', 1e-3)
  await h.to('2026-01-14T17:03:00Z')
  const cabin = (await h.server.call('POST', '/users/user-1/locations', { name: 'Cabin', latitude: 1, longitude: 1, timezoneName: 'UTC' })).body.id as string
  await h.to('2026-01-14T17:10:00Z')
  close(t, await there(cabin), power * 7, 'a location is where it is once it is made', 1e-3)
  t.same((await h.sessions({ startDate: '2026-01-14T16:00:00Z', id: h.car })).map(each => [each.locationId, each.from, each.to]), [
    [h.location, '2026-01-14T16:00:00.000Z', '2026-01-14T16:55:00.000Z'],
    [null, '2026-01-14T16:50:00.000Z', '2026-01-14T17:05:00.000Z'],
    [cabin, '2026-01-14T17:00:00.000Z', '2026-01-14T17:10:00.000Z']
  ], 'a session is at one location')
  t.same((await h.sessions({ startDate: '2026-01-14T16:00:00Z', id: h.car, locationId: cabin })).map(each => each.locationId), [cabin])
  await h.server.call('DELETE', `/locations/${h.location}`)
  await h.to('2026-01-14T17:11:00Z')
  await same('a location that is gone')
  t.equal((await h.statistics({ ...ask, locationId: h.location })).length, before.length, 'its id still finds what was there')
  t.same(await h.statistics({ ...ask, locationId: unknownId }), [])

  // While it is not linked, nobody looks; what was seen before comes back.
  await h.server.call('DELETE', '/users/user-1/authorization')
  t.equal((await h.server.call('GET', `/users/user-1/statistics/charging?type=vehicle&startDate=2026-01-14T16:00:00Z&id=${h.car}`)).status, 404)
  t.same(await h.statistics({ startDate: '2026-01-14T16:00:00Z' }), [])
  await h.to('2026-01-14T17:22:00Z')
  await h.link('user-1')
  await same('linked again')
  await h.to('2026-01-14T17:30:00Z')
  close(t, await kwhs('2026-01-14T17:10:00Z', '2026-01-14T17:30:00Z'), power * 9, 'a minute before, eight after', 1e-3)
  t.same((await h.sessions({ startDate: '2026-01-14T17:16:00Z', id: h.car })).map(each => each.from), ['2026-01-14T17:20:00.000Z'])
  const costsBefore = await h.statistics(ask)
  await h.to('2026-01-17T00:00:00Z')
  t.same(await h.statistics(ask), costsBefore, 'also once it is stored')
  await h.server.call('DELETE', '/users/user-1')
  t.same(await h.statistics({ startDate: '2026-01-14T16:00:00Z' }), [], 'a user who is gone has no past')
  await h.link('user-1')
  t.same(await h.statistics({ startDate: '2026-01-14T16:00:00Z', id: h.car }), [], 'nor has one who comes back')
})

t.test('smart charging for a week: estimated savings are the difference of the costs in the plans', async t => {
  const h = await home(t, { now: '2026-01-12T06:00:00Z', charger: true })
  await h.assign(h.box, h.location)
  await h.patch({ isPluggedIn: false })
  t.equal((await h.server.call('PUT', `/vehicles/${h.car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' })).status, 200)
  const plans: Body[] = []
  const gains: number[] = []
  for (let i = 0; i < 7; i++) {
    const today = at('2026-01-12T00:00:00Z') + i * day
    await h.to(iso(today + 19.4 * hour))
    const before = await h.energy()
    await h.patch({ pluggedInVehicleId: h.car, isCharging: true }, h.box)
    await h.to(iso(today + 31 * hour))
    gains.push(await h.energy() - before)
    plans.push((await h.server.call('GET', `/vehicles/${h.car}/smart-charging-plans/latest`)).body)
    await h.patch({ isPluggedIn: false, batteryLevel: 55 - 2 * i })
  }
  const kept = await h.kept()
  t.equal(new Set(plans.map(each => each.id)).size, 7)
  t.same([...new Set(plans.map(each => each.finalState))], ['PLAN:ENDED:FINISHED'])
  const ask = { startDate: '2026-01-12T00:00:00Z', id: h.car }
  const saved = sum(plans.map(each => each.nonSmartCost - each.smartCost))
  t.ok(saved > 10, `${saved} NOK`)
  const savings = (each: readonly Body[]): number => sum(each.map(({ estimatedSavings }) => estimatedSavings ?? 0))
  for (const resolution of ['QUARTER_HOUR', 'HOUR', 'DAY', 'WEEK', 'MONTH']) close(t, savings(await h.statistics({ ...ask, resolution })), saved, resolution, 2e-3)
  const sessions = (await h.sessions(ask)).filter(each => each.estimatedSavings !== null)
  t.equal(sessions.length, 7)
  sessions.forEach((each, i) => {
    const plan = plans[i] ?? {}
    close(t, each.estimatedSavings, plan.nonSmartCost - plan.smartCost, `session ${i}`, 2e-4)
    t.ok(Math.abs(each.costSum - plan.smartCost) < 0.002 * plan.smartCost, `cost ${each.costSum} of the plan ${plan.smartCost}`)
    t.ok(Math.abs(each.nonSmartPrice.mean * each.kwhSum - plan.nonSmartCost) < 1e-3, `and ${plan.nonSmartCost} had it begun at once`)
    const hours = marketPrices(7, 'NO', at(plan.stopAt), at(plan.stopAt) + at(plan.estimatedFinishAt) - at(plan.startAt)).map(({ costPerKwh }) => costPerKwh)
    close(t, each.nonSmartPrice.min, Math.min(...hours), 'the lowest price then')
    close(t, each.nonSmartPrice.max, Math.max(...hours), 'the highest')
    t.ok(Math.abs(each.kwhSum * kept - (gains[i] ?? 0)) < 0.03, `${each.kwhSum} kWh, of which ${gains[i]} reached the battery, but for what was drawn until the car stopped`)
  })
  const [part] = await h.statistics({ startDate: iso(at(sessions[0]?.from) + 3 * bucket), endDate: iso(at(sessions[0]?.from) + 6 * bucket), id: h.car })
  close(t, part?.estimatedSavings, sessions[0]?.estimatedSavings * part?.kwhSum / sessions[0]?.kwhSum, 'a part has its part, by energy')
  const evening = await h.statistics({ startDate: '2026-01-12T19:00:00Z', endDate: '2026-01-12T20:00:00Z', id: h.car })
  t.match(evening, [{ estimatedSavings: null, nonSmartPrice: { min: null, max: null, mean: null } }], 'what it drew until it was stopped was not moved')

  // The charger passed on the same energy; the plans are those of the car.
  const [mine, its] = [await h.statistics({ ...ask, resolution: 'MONTH' }), await h.statistics({ startDate: ask.startDate, resolution: 'MONTH', type: 'charger' })]
  t.same([its[0]?.kwhSum, its[0]?.costSum, its[0]?.kw, its[0]?.price], [mine[0]?.kwhSum, mine[0]?.costSum, mine[0]?.kw, mine[0]?.price])
  t.equal(its[0]?.estimatedSavings, null)

  // One that is cut short has saved its part.
  await h.to('2026-01-19T19:24:00Z')
  await h.patch({ pluggedInVehicleId: h.car, isCharging: true }, h.box)
  const plan = (await h.server.call('GET', `/vehicles/${h.car}/smart-charging-plans/latest`)).body
  await h.to(iso(at(plan.startAt) + hour))
  const [running] = await h.sessions({ startDate: plan.startAt, id: h.car })
  await h.patch({ isPluggedIn: false })
  const [ended] = await h.sessions({ startDate: plan.startAt, id: h.car })
  close(t, ended?.estimatedSavings, running?.estimatedSavings, 'as while it ran')
  const planned = (80 * 0.8 - 80 * 0.43) / kept
  t.ok(Math.abs(ended?.estimatedSavings / (plan.nonSmartCost - plan.smartCost) - ended?.kwhSum / planned) < 0.02, 'by how much of it was charged')
})

t.test('a charge whose plan ends under way has saved its part, and what follows has what its own plan saves, if it has one', async t => {
  const night: Array<[string, string, string]> = [['00:00', '04:00', '1'], ['04:00', '20:00', '2'], ['20:00', '24:00', '3']]
  const endings: Record<string, (h: Awaited<ReturnType<typeof home>>) => Promise<unknown>> = {
    'PLAN:ENDED:DISABLED': async h => await h.server.call('PUT', `/vehicles/${h.car}/smart-charging-policy`, { isEnabled: false }),
    'PLAN:ENDED:UNPLUGGED': async h => { await h.patch({ isPluggedIn: false }) },
    'PLAN:ENDED:FAILED': async h => { await h.force({ latitude: 1, longitude: 1 }) },
    'PLAN:ENDED:DEADLINE_CHANGED': async h => await h.server.call('PUT', `/vehicles/${h.car}/smart-charging-policy`, { deadline: '06:00' })
  }
  for (const [finalState, end] of Object.entries(endings)) {
    const h = await home(t, { now: '2026-01-14T19:00:00Z' })
    await h.tariff(night)
    await h.server.call('PUT', `/vehicles/${h.car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' })
    await h.charge()
    const plan = async (id = 'latest'): Promise<Body> => (await h.server.call('GET', `/vehicles/${h.car}/smart-charging-plans/${id}`)).body
    const { id, startAt } = await plan()
    t.equal(startAt, '2026-01-14T23:00:00.000Z')
    await h.to('2026-01-15T01:00:00Z')
    await end(h)
    const cut = await plan(id)
    t.match(cut, { finalState, endedAt: '2026-01-15T01:00:00.000Z' }, finalState)
    // Of 48 kWh in the battery: four hours at one price, and the rest at the next.
    const planned = 48 / await h.kept()
    close(t, cut.nonSmartCost, 44 * 3 + (planned - 44) * 1, 'at once it would have had four hours of the evening')
    close(t, cut.smartCost, 44 * 1 + (planned - 44) * 2, 'it shall have the four of the night')
    const ask = { startDate: '2026-01-14T23:00:00Z', endDate: '2026-01-15T01:00:00Z', id: h.car, resolution: 'MONTH' }
    const [until] = await h.statistics(ask)
    close(t, until?.kwhSum, 2 * 11, 'two hours, but for the seconds until it starts', 0.01)
    close(t, until?.estimatedSavings, (cut.nonSmartCost - cut.smartCost) * until?.kwhSum / planned, `${finalState}: of ${planned} kWh`)
    close(t, until?.nonSmartPrice.mean, cut.nonSmartCost / planned, 'what a kWh would have cost')
    await h.to('2026-01-15T08:00:00Z')
    t.same(await h.statistics(ask), [until], 'and that stays so')
    const [after] = await h.statistics({ ...ask, startDate: ask.endDate, endDate: '2026-01-15T08:00:00Z' })
    t.match([after?.estimatedSavings ?? null, after?.nonSmartPrice.max ?? null], [null, null], 'what follows is not moved')
    const next = await plan()
    const isFollowed = finalState === 'PLAN:ENDED:DEADLINE_CHANGED'
    t.equal(next.id !== id, isFollowed)
    if (isFollowed) t.match(next, { finalState: 'PLAN:ENDED:FINISHED', smartCost: next.nonSmartCost }, 'the plan that follows lets it charge on')
  }

  const h = await home(t, { now: '2026-01-14T19:00:00Z' })
  await h.tariff(night)
  await h.server.call('PUT', `/vehicles/${h.car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' })
  await h.charge()
  await h.to('2026-01-14T21:00:00Z')
  await endings['PLAN:ENDED:DEADLINE_CHANGED']?.(h)
  await h.to('2026-01-15T02:00:00Z')
  const ask = { startDate: '2026-01-14T22:00:00Z', id: h.car }
  const underWay = await h.statistics({ ...ask, resolution: 'HOUR' })
  t.equal(underWay.length, 3)
  // It finishes with less than was planned, on which it has saved all the same.
  await h.patch({ chargeLimit: 75 })
  await h.to('2026-01-15T08:00:00Z')
  const { finalState, nonSmartCost, smartCost } = (await h.server.call('GET', `/vehicles/${h.car}/smart-charging-plans/latest`)).body
  const [whole] = await h.statistics({ ...ask, resolution: 'MONTH' })
  t.equal(finalState, 'PLAN:ENDED:FINISHED')
  t.ok(nonSmartCost - smartCost > 30)
  close(t, whole?.estimatedSavings, nonSmartCost - smartCost, 'of two plans the one that moved the charge has saved', 2e-4)
  close(t, sum((await h.statistics({ ...ask, resolution: 'HOUR' })).map(each => each.estimatedSavings ?? 0)), nonSmartCost - smartCost, 'by the hour as well, of which three were seen before it was known', 2e-4)
})

t.test('sessions: two samples in a row make one, those that reach into the period are whole, and a lone sample is none', async t => {
  const h = await home(t)
  const at5 = async (times: Array<[from: string, to: string]>): Promise<void> => {
    for (const [from, to] of times) {
      await h.to(`2026-01-14T${from}:00Z`)
      await h.charge()
      await h.to(`2026-01-14T${to}:00Z`)
      await h.stop()
    }
  }
  await at5([['16:11', '16:14'], ['16:20', '16:26'], ['16:39', '16:41'], ['16:44', '16:59'], ['17:06', '17:20']])
  await h.to('2026-01-14T20:00:00Z')
  const found = async (startDate: string, endDate?: string): Promise<string[]> =>
    (await h.sessions({ id: h.car, startDate: `2026-01-14T${startDate}:00Z`, ...(endDate === undefined ? {} : { endDate: `2026-01-14T${endDate}:00Z` }) })).map(each => `${each.from.slice(11, 16)}-${each.to.slice(11, 16)}`)
  t.same(await found('00:00'), ['16:20-16:30', '16:35-17:00', '17:05-17:20'], 'a pause within samples goes unseen; a sample alone is no session')
  t.same(await found('16:50', '17:06'), ['16:35-17:00', '17:05-17:20'])
  t.same(await found('17:00', '17:05'), [], 'what ends as the period begins lies outside')
  t.same(await found('16:36', '16:37'), ['16:35-17:00'], 'a period within a session finds it')
  t.same(await found('16:10', '16:15'), [])
  t.same(await found('19:00'), [])
  t.same((await h.sessions({ id: h.car, startDate: '2026-01-14T16:50:00Z', endDate: '2026-01-14T16:52:00Z' }))[0]?.kwhSum, (await h.sessions({ id: h.car, startDate: '2026-01-14T16:00:00Z' }))[1]?.kwhSum)
  close(t, sum((await h.statistics({ id: h.car, startDate: '2026-01-14T16:10:00Z', endDate: '2026-01-14T16:15:00Z' })).map(each => each.kwhSum)), 3 * 11 / 60, 'the lone sample is in the statistics', 0.01)

  // One that runs is shown up to now, and one of many days whole.
  await h.charge()
  await h.to('2026-01-14T20:12:00Z')
  const [running] = await h.sessions({ id: h.car, startDate: '2026-01-14T20:00:00Z' })
  t.match(running, { from: '2026-01-14T20:00:00.000Z', to: '2026-01-14T20:12:00.000Z' })
  close(t, running?.kw.min, running?.kw.max, 'the power of a sample that is not over is that of its part', 1e-3)
  const [quarter] = await h.statistics({ id: h.car, startDate: '2026-01-14T20:00:00Z' })
  t.same([quarter?.kwhSum, quarter?.kw], [running?.kwhSum, running?.kw])
  await h.patch({ batteryCapacity: 500, batteryLevel: 10, maxCurrent: 6 })
  await h.to('2026-01-18T00:00:00Z')
  await h.stop()
  await h.to('2026-01-21T00:00:00Z')
  const whole = await h.sessions({ id: h.car, startDate: '2026-01-14T20:00:00Z' })
  t.match(whole, [{ from: '2026-01-14T20:00:00.000Z', to: '2026-01-18T00:00:00.000Z' }], 'over days')
  t.same(await h.sessions({ id: h.car, startDate: '2026-01-16T23:00:00Z', endDate: '2026-01-16T23:01:00Z' }), whole, 'from the middle of it')
  close(t, sum((await h.statistics({ id: h.car, startDate: '2026-01-14T20:00:00Z' })).map(each => each.kwhSum)), whole[0]?.kwhSum, 'by days')
})

t.test('in the realistic profile a session shows what flowed up to 15 minutes later, statistics do at once', async t => {
  const h = await home(t, { timing: 'realistic', now: '2026-01-14T16:00:00Z' })
  await h.charge()
  await h.to('2026-01-14T16:14:00Z')
  t.same(await h.sessions({ id: h.car, startDate: '2026-01-14T16:00:00Z' }), [])
  t.equal((await h.statistics({ id: h.car, startDate: '2026-01-14T16:00:00Z' })).length, 1)
  await h.to('2026-01-14T17:03:00Z')
  await h.stop()
  const last = async (): Promise<string> => (await h.sessions({ id: h.car, startDate: '2026-01-14T16:00:00Z' }))[0]?.to.slice(11, 16)
  t.equal(await last(), '16:50')
  await h.to('2026-01-14T17:14:00Z')
  t.equal(await last(), '17:00', 'it is over, and not seen to be')
  await h.to('2026-01-14T17:18:00Z')
  t.equal(await last(), '17:05', 'fifteen minutes later it is')
  const [session, statistics] = [(await h.sessions({ id: h.car, startDate: '2026-01-14T16:00:00Z' }))[0], (await h.statistics({ id: h.car, startDate: '2026-01-14T16:00:00Z' }))[0]]
  t.same([session?.kwhSum, session?.costSum], [statistics?.kwhSum, statistics?.costSum])
})

t.test('chargers, heat pumps, several devices, and one that is another user\'s as well', async t => {
  const h = await home(t, { charger: true, now: '2026-01-14T16:00:00Z' })
  const start = { startDate: '2026-01-14T00:00:00Z' }
  await h.assign(h.box, h.location)
  const other = await h.ids({ vendor: 'TESLA', devices: [{ type: 'vehicle', state: { ...oslo, isPluggedIn: true, isCharging: true, batteryLevel: 20, maxCurrent: 10 } }] })
  const guest = await h.ids({ vendor: 'EASEE', devices: [{ type: 'charger', state: { isPluggedIn: true, isCharging: true } }] })
  const unit = await h.ids({ vendor: 'DAIKIN', devices: [{ type: 'hvac', state: oslo }] })
  await h.charge()
  await h.to('2026-01-14T16:32:00Z')
  // From now on a second user sees the first car too.
  await h.link('user-2')
  await h.to('2026-01-14T18:00:00Z')
  const shared = (await h.server.call('GET', '/users/user-2/statistics/charging?type=vehicle&startDate=2026-01-14T00:00:00Z')).body as Body[]
  const later = await h.statistics({ startDate: '2026-01-14T16:35:00Z', id: h.car })
  close(t, shared[0]?.kwhSum, later[0]?.kwhSum + 3 * 11.04 / 60, 'from when it was linked', 1e-2)
  t.equal(shared[0]?.costSum, 0, 'at no location of that user')

  const only = async (query: Body): Promise<Body> => (await h.statistics({ ...start, ...query }))[0] ?? {}
  const [car, box] = [await only({ id: h.car }), await only({ id: h.box, type: 'charger' })]
  t.ok(car.kwhSum > 20)
  t.same([box.kwhSum, box.kw, box.costSum, box.price], [car.kwhSum, car.kw, car.costSum, car.price], 'a charger tells what its car took')
  const second = await only({ id: other })
  const all = await only({})
  close(t, all.kwhSum, car.kwhSum + second.kwhSum, 'without an id all of the type, and each once')
  close(t, all.kw.mean, car.kw.mean + second.kw.mean, 'powers at the same time add up')
  close(t, all.costSum, car.costSum + second.costSum, 'and so does what they cost')
  const boxes = await only({ type: 'charger' })
  const visitor = await only({ id: guest, type: 'charger' })
  t.ok(visitor.kwhSum > 15, 'a charger draws for a car that this world does not know')
  t.equal(visitor.costSum, 0, 'at no location')
  close(t, boxes.kwhSum, box.kwhSum + visitor.kwhSum, 'both chargers')
  close(t, (await only({ type: 'charger', locationId: h.location })).kwhSum, box.kwhSum, 'one of them is at home')
  t.same((await h.sessions({ ...start, type: 'charger' })).map(each => [each.id, each.locationId]).sort(), [[h.box, h.location], [guest, null]].sort())

  await h.server.call('PUT', `/hvacs/${unit}`, { locationId: h.location })
  await h.to('2026-01-15T18:00:00Z')
  const heat = await h.statistics({ startDate: '2026-01-14T18:00:00Z', type: 'hvac', resolution: 'HOUR' })
  const samples = drawn(h.server, unit, at('2026-01-14T18:00:00Z'), at('2026-01-15T18:00:00Z'))
  t.ok(samples.length > 20, `${samples.length} samples of heating`)
  close(t, sum(heat.map(each => each.kwhSum)), sum(samples.map(each => each.kwh)), 'what the heat pump drew')
  const market = marketPrices(7, 'NO', at('2026-01-14T18:00:00Z'), at('2026-01-15T18:00:00Z'))
  for (const each of heat) sameFigures(t, each, byHand(samples.filter(sample => Math.floor(sample.at / hour) * hour === at(each.date)), moment => market.find(price => price.from <= moment && price.to > moment)?.costPerKwh ?? NaN), each.date)
  t.ok((await h.sessions({ ...start, type: 'hvac' })).every(each => each.id === unit && each.estimatedSavings === null))
})

t.test('what cannot be asked for says why, and what there is not is empty or a 404', async t => {
  const h = await home(t, { charger: true })
  for (const path of ['', '/sessions']) {
    const ask = async (query: string, user = 'user-1') => await h.server.call('GET', `/users/${user}/statistics/charging${path}?${query}`)
    t.match(await ask('startDate=2026-01-14T00:00:00Z'), { status: 400, body: { detail: /type/ } })
    t.match(await ask('type=vehicle'), { status: 400, body: { detail: /startDate/ } })
    t.match(await ask('type=battery&startDate=2026-01-14T00:00:00Z'), { status: 400, body: { detail: /charger, vehicle, hvac/ } })
    t.match(await ask('type=vehicle&startDate=yesterday'), { status: 400, body: { detail: /startDate/ } })
    t.match(await ask('type=vehicle&startDate=1492-01-14T00:00:00Z'), { status: 400, body: { detail: /1971/ } })
    t.match(await ask('type=vehicle&startDate=2026-01-14T00:00:00Z&endDate=2026-01-13T00:00:00Z'), { status: 400, body: { detail: /"endDate" 2026-01-13T00:00:00Z must not lie before/ } })
    t.match(await ask('type=vehicle&startDate=2026-01-14T00:00:00Z&locationId=home'), { status: 400, body: { detail: /locationId/ } })
    t.match(await ask(`type=vehicle&startDate=2026-01-14T00:00:00Z&id=${unknownId}`), { status: 404, body: { title: 'Vehicle not found' } })
    t.match(await ask(`type=vehicle&startDate=2026-01-14T00:00:00Z&id=${h.box}`), { status: 404 }, 'the type of the device must match')
    t.match(await ask(`type=hvac&startDate=2026-01-14T00:00:00Z&id=${h.box}`), { status: 404, body: { title: 'HVAC not found' } })
    t.match(await ask(`type=vehicle&startDate=2026-01-14T00:00:00Z&id=${h.car}`, 'nobody'), { status: 404, body: { detail: /user nobody/ } })
    t.match(await ask('type=vehicle&startDate=2026-01-14T00:00:00Z', 'nobody'), { status: 200, text: '[]' })
    t.match(await ask('type=vehicle&startDate=2027-01-14T00:00:00Z'), { status: 200, text: '[]' }, 'the future')
    t.match(await ask('type=vehicle&startDate=2000-01-14T00:00:00%2B01:00&endDate=2001-01-14T00:00:00Z'), { status: 200, text: '[]' }, 'long ago')
    t.match(await ask('type=charger&startDate=2026-01-14T00:00:00Z'), { status: 200, text: '[]' }, 'nothing was drawn')
  }
  const ask = async (query: string) => await h.server.call('GET', `/users/user-1/statistics/charging?type=vehicle&${query}`)
  t.match(await ask('startDate=2026-01-14T00:00:00Z&resolution=MINUTE'), { status: 400, body: { detail: /resolution/ } })
  t.match(await ask('startDate=2026-01-14T00:00:00Z&utcOffset=CET'), { status: 400, body: { detail: /utcOffset/ } })
  t.match(await ask('startDate=2026-01-14T00:00:00Z&utcOffset=25'), { status: 400, body: { detail: /-14 to 14/ } })
  t.match(await ask('startDate=2026-01-14T00:00:00Z&utcOffset=+5.75'), { status: 200 })
  t.match(await ask('startDate=2020-01-14T00:00:00Z&resolution=QUARTER_HOUR'), { status: 400, body: { detail: /buckets of QUARTER_HOUR are too many.*at most 104 days at a time/ } })
  t.match(await ask('startDate=2020-01-14T00:00:00Z&resolution=HOUR'), { status: 200 }, 'as far as the ledger goes back')
  await h.server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'fleet', devices: Array.from({ length: 60 }, () => ({ type: 'vehicle' })) })
  t.match(await h.server.call('GET', '/users/fleet/statistics/charging?type=vehicle&startDate=2020-01-01T00:00:00Z'), { status: 400, body: { detail: /60 assets are too much.*"id".*at most 333 days/ } })
  t.match(await h.server.call('GET', '/users/fleet/statistics/charging?type=vehicle&startDate=2026-01-01T00:00:00Z'), { status: 200, text: '[]' })
})

t.test('an answer is the same for a moment, and never older than the last change', async t => {
  const server = await build(t, { now: '2026-05-14T06:00:00Z' })
  const link = async (vendor: string, devices: Body[]): Promise<string> => (await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices })).body.devices[0].id
  const inverter = await link('HUAWEI', ['inverter', 'battery', 'meter'].map(type => ({ type, state: oslo })))
  await link('VOLKSWAGEN', [{ type: 'vehicle', state: { ...oslo, isPluggedIn: true, isCharging: true, batteryLevel: 10 } }])
  const [system] = (await server.call('GET', '/hem-systems')).body.data
  const charging = '/users/user-1/statistics/charging'
  const urls = [
    `${charging}?type=vehicle&startDate=2026-05-14T00:00:00Z`, `${charging}/sessions?type=vehicle&startDate=2026-05-14T00:00:00Z`,
    `/inverters/${inverter}/statistics?year=2026&month=5`, `/hem-systems/${system.id}/statistics?interval=2026-05-14`
  ]
  const ask = async () => await Promise.all(urls.map(async url => {
    const { status, text } = await server.call('GET', url)
    return `${status} ${text}`
  }))
  const before = await ask()
  t.same(await ask(), before)
  await server.advance('PT3H')
  const later = await ask()
  t.same(await ask(), later)
  later.forEach((answer, i) => { t.not(answer, before[i], String(urls[i])) })
  t.equal((await server.call('DELETE', '/users/user-1')).status, 204)
  t.strictSame((await ask()).map(answer => answer.slice(0, 6)), ['200 []', '200 []', '404 {"', '404 {"'])
})
