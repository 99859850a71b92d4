import t from 'tap'
import { hemSystemVendors } from '../../../src/contract/vendors.ts'
import { chargeEfficiency } from '../../../src/devices/battery/index.ts'
import { houseLoadKw } from '../../../src/devices/house.ts'
import { type VehicleState } from '../../../src/devices/vehicle/index.ts'
import { hour, minute, parseTime } from '../../../src/lib/time.ts'
import { shareKept } from '../../devices/cars.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const oslo = { latitude: 59.9139, longitude: 10.7522 }
const kathmandu = { latitude: 27.7172, longitude: 85.324 }
const at = (text: string): number => parseTime(text) ?? NaN

interface Site { account: string, system: string, inverter: string, battery: string, meter: string }

/** An account with an inverter, a battery and a meter, or those of `types`; and the system that it makes. */
async function site (server: Server, { vendor = 'HUAWEI', userId = 'user-1', state = oslo, types = ['inverter', 'battery', 'meter'], ...rest }: Body = {}): Promise<Site> {
  const { status, body, text } = await server.mock('POST', '/accounts', { vendor, userId, devices: types.map((type: string) => ({ type, state: { installationDate: '2024-05-06T07:00:00Z', ...state } })), ...rest })
  t.equal(status, 200, text)
  const { data } = (await server.call('GET', `/users/${userId}/hem-systems`)).body
  const devices = Object.fromEntries(body.devices.map(({ id, type }: Body) => [type, id])) as Pick<Site, 'inverter' | 'battery' | 'meter'>
  return { account: body.id, system: data[0]?.id, ...devices }
}

const get = async (server: Server, url: string): Promise<Body> => (await server.call('GET', url)).body
const statistics = async (server: Server, id: string, interval: string): Promise<Body> => (await get(server, `/hem-systems/${id}/statistics?interval=${interval}`)).timeseries
const known = (series: Body): Array<{ t: string, v: number }> => series.data.filter(({ v }: Body) => v !== null)
const sum = (series: Body): number => known(series).reduce((total, { v }) => total + v, 0)
const listedOf = async (server: Server, kind: string): Promise<Body[]> => (await get(server, `/users/user-1/${kind}`)).data
const listed = async (server: Server, userId = 'user-1'): Promise<Body[]> => (await get(server, `/users/${userId}/hem-systems`)).data

t.test('a system is formed, seen with its devices and gone with them, and its webhook hears of each step', async t => {
  const server = await build(t, { now: '2026-06-10T08:00:00Z' })
  const hook = await receiver(t)
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['*'] })
  const { system, inverter, battery, meter, account } = await site(server, { state: { ...oslo, siteName: 'Hytte' } })
  await server.advance('PT1S')
  const of = (name: string): Body[] => hook.events().filter(event => event.event === `user:hem-system:${name}`)
  const today = { generation: null, consumption: null, charge: null, discharge: null, import: null, export: null, unit: 'kWh', lastUpdated: null }
  const information = { vendor: 'HUAWEI', name: 'Hytte', installationDate: '2024-05-06T07:00:00.000Z', ...oslo, address: null, timezone: 'Europe/Oslo', lastUpdated: '2026-06-10T08:00:00.000Z' }
  t.same(of('discovered').map(event => event.hemSystem), [{ id: system, userId: 'user-1', locationId: null, information, status: { lastSeen: null, energy: { today } } }])
  t.same(hook.events().slice(6, 11).map(event => [event.event, event.updatedFields?.[0]]), [
    ['user:hem-system:discovered', undefined], ['user:inverter:updated', 'hemSystemId'], ['user:battery:updated', 'hemSystemId'], ['user:meter:updated', 'hemSystemId'], ['user:hem-system:updated', 'status.lastSeen']
  ])
  for (const url of [`/inverters/${inverter}`, `/batteries/${battery}`, `/meters/${meter}`]) t.equal((await get(server, url)).hemSystemId, system, url)
  t.same(of('updated')[0]?.hemSystem, { ...of('discovered')[0]?.hemSystem, status: { lastSeen: '2026-06-10T08:00:00.000Z', energy: { today: (await get(server, `/hem-systems/${system}`)).status.energy.today } } })

  await server.advance('PT4H')
  const seen = await get(server, `/hem-systems/${system}`)
  t.equal(seen.status.lastSeen, (await get(server, `/meters/${meter}`)).lastSeen, 'it is seen whenever its devices are')
  t.equal(seen.status.energy.today.lastUpdated, seen.status.lastSeen)
  t.match(of('updated').at(-1), { hemSystem: seen, updatedFields: ['status.lastSeen', 'status.energy.today.generation'] })
  t.match(await get(server, '/hem-systems'), { data: [seen], pagination: { before: null, after: null } })

  const { body: location } = await server.call('POST', '/users/user-1/locations', { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' })
  t.match(of('updated').length > 0 && await get(server, `/hem-systems/${system}`), { locationId: location.id })
  await server.mock('DELETE', `/devices/${battery}`)
  t.match(await get(server, `/hem-systems/${system}`), { status: { energy: { today: { charge: null, discharge: null, generation: Number } } } }, 'two kinds are enough')
  await server.mock('DELETE', `/devices/${meter}`)
  await server.advance('PT1S')
  t.match(of('deleted'), [{ user: { id: 'user-1' }, hemSystem: { id: system, locationId: location.id } }])
  t.equal((await server.call('GET', `/hem-systems/${system}`)).status, 404)
  t.same(await listed(server), [])
  t.equal((await get(server, `/inverters/${inverter}`)).hemSystemId, null)
  t.equal((await server.mock('DELETE', `/accounts/${account}`)).status, 204)
})

t.test('each vendor that makes one forms one, and only what stands together in one account does', async t => {
  const server = await build(t)
  for (const vendor of hemSystemVendors) {
    const { system } = await site(server, { vendor, userId: vendor })
    t.match(await get(server, `/hem-systems/${system}`), { userId: vendor, information: { vendor } })
  }
  t.equal((await get(server, '/hem-systems?pageSize=50')).data.length, hemSystemVendors.length)
  t.equal((await get(server, '/hem-systems?pageSize=2')).data.length, 2)
  t.equal((await site(server, { vendor: 'SUNGROW', userId: 'a', types: ['inverter', 'battery'] })).system, undefined, 'a vendor without systems')
  t.equal((await site(server, { userId: 'b', types: ['inverter', 'inverter'] })).system, undefined, 'one kind')
  await site(server, { userId: 'c', types: ['battery'] })
  t.equal((await site(server, { userId: 'c', types: ['meter'] })).system, undefined, 'two accounts')
  const { inverter, system } = await site(server, { userId: 'd', types: ['inverter', 'meter'] })
  await server.mock('PATCH', `/devices/${inverter}`, { state: kathmandu })
  t.same(await listed(server, 'd'), [], 'it fell apart')
  await server.mock('PATCH', `/devices/${inverter}`, { state: oslo })
  t.match(await listed(server, 'd'), [{ id: system }], 'and is one again')
  t.same(await listed(server, 'nobody'), [])
  t.equal((await server.call('GET', `/hem-systems/${unknownId}`)).status, 404)
  t.equal((await server.call('GET', '/hem-systems/7')).status, 400)
})

t.test('a system is linked, disconnected and forgotten as its assets are', async t => {
  const server = await build(t)
  const { system, account } = await site(server, { username: 'me', password: 'me' })
  const relink = async (scopes = ['inverter:read:data', 'battery:read:data', 'meter:read:data']): Promise<void> => {
    const link = await server.call('POST', '/users/user-1/link', { scopes, language: 'en-US', redirectUri: 'https://example.com' })
    t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: 'me', password: 'me' })).status, 200)
  }
  await server.call('DELETE', '/users/user-1/authorization')
  t.same(await listed(server), [])
  await relink()
  t.match(await listed(server), [{ id: system, information: { latitude: null, longitude: null } }], 'the same id, and without the scope for it no position')
  t.equal((await server.call('DELETE', '/users/user-1/vendors/HUAWEI/battery')).status, 204)
  t.match(await listed(server), [{ id: system, status: { energy: { today: { charge: null } } } }])
  t.equal((await server.call('DELETE', '/users/user-1/vendors/HUAWEI')).status, 204)
  t.same(await listed(server), [])
  await relink()
  t.not((await listed(server))[0]?.id, system, 'what was deleted is another one when it comes again')
  const again = (await listed(server))[0]?.id
  t.equal((await server.mock('POST', `/accounts/${account}/devices`, { type: 'battery', state: oslo })).status, 200)
  t.same((await listed(server)).map(({ id }) => id), [again])
  t.equal((await server.call('DELETE', '/users/user-1')).status, 204)
  t.same((await get(server, '/hem-systems')).data, [])
})

t.test('seven series add up, in power by the bucket and in energy by the day, and agree with what else is told', async t => {
  const server = await build(t, { now: '2026-05-31T18:15:00Z' })
  const { system, inverter, meter, battery } = await site(server, { state: kathmandu })
  const truth = async (id: string): Promise<Body> => (await server.mock('GET', `/devices/${id}`)).body.state
  await server.advance('P6D')
  const month = await statistics(server, system, '2026-06')
  const day = await statistics(server, system, '2026-06-03')
  for (const name of ['generation', 'consumption', 'import', 'export', 'charge', 'discharge']) {
    t.match(day[name], { isAvailable: true, unit: 'kW', unitType: 'Power', sampling: { mode: 'bucketed', resolution: 'PT5M' }, timezone: 'Asia/Kathmandu' })
    t.match(month[name], { isAvailable: true, unit: 'kWh', unitType: 'Energy', sampling: { mode: 'bucketed', resolution: 'P1D' }, timezone: 'Asia/Kathmandu' })
    t.same([day[name].data.length, day[name].data[0].t, day[name].data.at(-1).t], [288, '2026-06-03T00:00:00+05:45', '2026-06-03T23:55:00+05:45'])
    t.same([month[name].data.length, known(month[name]).length], [30, 6], 'what is to come is unknown')
    t.ok(Math.abs(sum(day[name]) / 12 - month[name].data[2].v) < 3e-4, `${name}: ${sum(day[name]) / 12} kWh of power, ${month[name].data[2].v} of energy`)
  }
  const place = (await truth(meter)).place
  const { capacityKwh } = await truth(battery)
  const value = (name: string, i: number): number => day[name].data[i].v
  day.generation.data.forEach(({ t: label }: Body, i: number) => {
    const off = value('import', i) + value('generation', i) + value('discharge', i) - houseLoadKw(place, at(label)) - value('charge', i) - value('export', i)
    if (Math.abs(off) / 12 > 1e-3) t.fail(`${label} is off by ${off} kW`)
    if (Math.abs(value('consumption', i) - houseLoadKw(place, at(label))) > 1e-5) t.fail(`${label}: ${value('consumption', i)} kW are not what the house draws`)
    const gained = i < 287 ? (value('batteryLevel', i + 1) - value('batteryLevel', i)) / 100 * capacityKwh : NaN
    if (Math.abs(gained - (value('charge', i) * chargeEfficiency - value('discharge', i)) / 12) > capacityKwh * 1.1e-4) t.fail(`${label}: the battery gained ${gained} kWh`)
  })
  t.match(day.batteryLevel, { unit: '%', unitType: 'SoC', sampling: { resolution: 'PT5M' } })
  t.match(month.batteryLevel, { isAvailable: false, reason: 'The battery level is available for single days, and not for months.' })
  const { body: produced } = await server.call('GET', `/inverters/${inverter}/statistics?year=2026&month=6`)
  t.same(known(month.generation).map(({ t: date, v }) => ({ date, value: v })), produced.resolutions.DAY.data.slice(0, 6))

  await server.advance('PT9H30M')
  const today = (await get(server, `/hem-systems/${system}`)).status.energy.today
  const sofar = await statistics(server, system, '2026-06')
  for (const name of ['generation', 'consumption', 'import', 'export', 'charge', 'discharge']) t.equal(today[name], sofar[name].data[6].v, `${name} of today`)
  const running = await statistics(server, system, '2026-06-07')
  t.equal(known(running.generation).length, 9.5 * 12, 'buckets that are over')
})

t.test('all that shows the balance of a home agrees, in every bucket of a day', async t => {
  const server = await build(t, { now: '2026-06-09T22:00:00Z' })
  const { system, inverter, battery, meter } = await site(server, { vendor: 'HUAWEI' })
  const other = async (vendor: string, type: string, state: Body): Promise<string> => (await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices: [{ type, state: { ...oslo, ...state } }] })).body.devices[0].id
  await other('DAIKIN', 'hvac', { mode: 'HEAT', heatSetpoint: 22 })
  await server.advance('PT9H2M')
  // In the middle of a bucket: its mean is over the whole of it, that of the car over its own part.
  const car = await other('VOLKSWAGEN', 'vehicle', { batteryLevel: 20, batteryCapacity: 60, chargeLimit: 60, isPluggedIn: true })
  await server.advance('PT5H')
  await server.mock('PATCH', `/devices/${battery}`, { state: { operationMode: 'IMPORT_FOCUS' } })
  await server.advance('PT9H53M')
  t.equal((await get(server, `/vehicles/${car}`)).chargeState.batteryLevel, 60)

  const home = (await server.mock('GET', `/devices/${meter}/day`)).body
  const today = await statistics(server, system, '2026-06-10')
  const drawn = (type: string, i: number): number => home.devices.find((each: Body) => each.type === type).kw[i] ?? 0
  const near = (one: number, other: number, says: string): void => { if (!(Math.abs(one - other) < 0.004)) t.fail(`${says}: ${one} kW and ${other}`) }
  const first = Math.round((at('2026-06-09T22:00:00Z') - at(home.from)) / (5 * minute))
  let compared = 0
  for (let i = first; i < home.gridKw.length; i++) {
    const begins = at(home.from) + i * 5 * minute
    const series = today.import.data.findIndex((each: Body) => at(each.t) === begins)
    const value = (name: string): number => today[name].data[series].v
    near(home.gridKw[i], drawn('meter', i), `${new Date(begins).toISOString()}: the day of the home and its meter`)
    near(home.gridKw[i], value('import') - value('export'), 'the day and the HEM system')
    near(-drawn('inverter', i), value('generation'), 'the inverter')
    near(drawn('battery', i), value('charge') - value('discharge'), 'the battery')
    near(value('consumption'), value('import') + value('generation') + value('discharge') - value('charge') - value('export'), 'what is consumed')
    const isCarNew = begins < at('2026-06-10T07:02:00Z') && begins + 5 * minute > at('2026-06-10T07:02:00Z')
    const share = isCarNew ? 3 / 5 : 1
    near(value('consumption'), home.houseKw[i] + drawn('hvac', i) + share * drawn('vehicle', i), 'what the system does not know')
    compared++
  }
  t.equal(compared, 24 * 12 - 1, 'each bucket of the day')
  const [energy, month] = [(await get(server, `/hem-systems/${system}`)).status.energy.today, await statistics(server, system, '2026-06')]
  for (const name of ['generation', 'consumption', 'import', 'export', 'charge', 'discharge']) t.ok(Math.abs(energy[name] - month[name].data[9].v) < 1e-6, `${name} of the status: ${energy[name]}`)
  t.ok(Math.abs(energy.consumption - (energy.import + energy.generation + energy.discharge - energy.charge - energy.export)) < 1e-5, 'and its sums balance')

  const views = await Promise.all([`/meters/${meter}`, `/inverters/${inverter}`, `/batteries/${battery}`, `/vehicles/${car}`].map(async url => await get(server, url)))
  const [grid, sun, store] = views
  const { state } = (await server.mock('GET', `/devices/${meter}`)).body
  t.equal(grid?.energyState.power, Math.round(state.totalKw * 1000) / 1000, 'what the meter shows is what it reads')
  const pump = (await listedOf(server, 'hvacs'))[0]?.consumptionRate
  near(grid?.energyState.power, houseLoadKw(state.place, at(grid?.lastSeen)) + (pump ?? 0) + store?.chargeState.chargeRate - sun?.productionState.productionRate, 'the views of one moment')
})

t.test('a series without any value is unavailable and says why, and so is what would follow from it', async t => {
  const server = await build(t, { now: '2026-06-10T08:02:00Z' })
  const { system } = await site(server, { vendor: 'SMA' })
  const measured = ['consumption', 'import', 'export', 'charge', 'discharge', 'batteryLevel']
  const expect = async (interval: string, names: string[], reason: RegExp): Promise<void> => {
    const series = await statistics(server, system, interval)
    for (const name of names) t.match(series[name], { isAvailable: false, reason }, `${name} of ${interval}`)
    for (const name of Object.keys(series).filter(name => !names.includes(name))) t.ok(series[name].isAvailable && known(series[name]).length > 0, `${name} of ${interval} has values`)
  }
  await expect('2026-06-09', measured, /^Nothing was recorded before 2026-06-10T08:02:00\.000Z, when the system was first seen\.$/)
  await expect('2026-05', measured.filter(name => name !== 'batteryLevel').concat('batteryLevel'), /^(Nothing was recorded before 2026-06-10T08:02|The battery level is available for single days)/)
  await expect('2026-06-10', measured, /^Nothing of this interval is known yet: no part of it is over\.$/)
  await server.advance('PT28M')
  await expect('2026-06-10', [], /./)
  t.equal((await statistics(server, system, '2026-06-10')).import.data.filter(({ v }: Body) => v === null).length > 0, true, 'single values may be unknown')
  await server.mock('POST', '/clock/advance', { to: '2026-06-10T22:00:00Z' })
  await expect('2026-06-11', ['generation', ...measured], /^Nothing of this interval is known yet/)
})

t.test('a month of a home in which clocks change: quarter hours make days, days the month, and every statistic and the bill agree', async t => {
  const [from, to] = [at('2026-02-28T23:00:00Z'), at('2026-03-31T22:00:00Z')]
  const server = await build(t, { now: new Date(from).toISOString() })
  const { system, inverter, battery, meter } = await site(server, { vendor: 'SMA' })
  const other = async (vendor: string, type: string, state: Body): Promise<string> => (await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices: [{ type, state: { ...oslo, ...state } }] })).body.devices[0].id
  const car = await other('VOLKSWAGEN', 'vehicle', { batteryCapacity: 80, chargeLimit: 80 })
  const hvac = await other('DAIKIN', 'hvac', {})
  const { body: location } = await server.call('POST', '/users/user-1/locations', { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' })
  await server.call('PUT', `/hvacs/${hvac}`, { locationId: location.id })
  const rates = [['00:00', '06:30', '0.5'], ['06:30', '17:00', '1.25'], ['17:00', '24:00', '3']]
  await server.call('PUT', '/tariffs/t', rates.map(([, , cost], i) => ({ name: `rate ${i}`, cost })))
  await server.call('PUT', `/locations/${location.id}/tariff`, { tariffId: 't', tariffIntervals: rates.map(([from, to], i) => ({ name: `rate ${i}`, from, to })) })
  // The ledger needs nobody who looks, and a month goes by sooner without.
  server.worlds.default.store.write(tx => { for (const id of [inverter, battery, meter, car, hvac]) tx.timers.cancel('asset.poll', id) })
  const truth = async (id: string): Promise<Body> => (await server.mock('GET', `/devices/${id}`)).body.state
  const before = await truth(battery)
  let gained = 0
  for (let day = 0; day < 31; day++) {
    await server.mock('POST', '/clock/advance', { to: new Date(from + (day * 24 + 15.2) * hour).toISOString() })
    await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: true, isCharging: true, batteryLevel: 30 + day }, observe: false })
    gained -= (await truth(car)).energyKwh
    await server.mock('POST', '/clock/advance', { to: new Date(Math.min(from + (day * 24 + 23) * hour, to)).toISOString() })
    gained += (await truth(car)).energyKwh
  }
  await server.mock('POST', '/clock/advance', { to: new Date(to).toISOString() })

  const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0)
  const near = (value: number, wanted: number, within: number, says: string): void => { t.ok(Math.abs(value - wanted) <= within, `${says}: ${value} and ${wanted}`) }
  const month = await statistics(server, system, '2026-03')
  const { body: { resolutions: { DAY: produced } } } = await server.call('GET', `/inverters/${inverter}/statistics?year=2026&month=3`)
  t.same(month.generation.data.map(({ t: date, v }: Body) => ({ date, value: v })), produced.data, 'the inverter tells what the system generated')
  let quarters = 0
  for (let day = 1; day <= 31; day++) {
    const inDay = await statistics(server, system, `2026-03-${String(day).padStart(2, '0')}`)
    const { body } = await server.call('GET', `/inverters/${inverter}/statistics?year=2026&month=3&day=${day}`)
    quarters += body.resolutions.QUARTER_HOUR.data.length
    const off = Math.max(...body.resolutions.QUARTER_HOUR.data.map((each: Body, i: number) => each.date === inDay.generation.data[i].t ? Math.abs(each.value - inDay.generation.data[i].v / 4) : Infinity))
    if (!(off < 2e-6)) t.fail(`${day} March: the inverter differs by ${off} kWh from the system in a quarter hour`)
    for (const name of ['generation', 'consumption', 'import', 'export', 'charge', 'discharge']) {
      const off = sum(inDay[name]) / 4 - month[name].data[day - 1].v
      if (!(Math.abs(off) < 5e-5)) t.fail(`${day} March: ${name} by the quarter hour is ${off} kWh more than by the day`)
    }
  }
  t.equal(quarters, (31 * 24 - 1) * 4)

  const period = `startDate=${new Date(from).toISOString()}&endDate=${new Date(to).toISOString()}`
  const charging = async (query: string): Promise<Body[]> => (await server.call('GET', `/users/user-1/statistics/charging${query}&${period}`)).body as Body[]
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Oslo', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const price = (date: string): number => Number(rates.find(([from = '', to = '']) => clock.format(at(date)) >= from && clock.format(at(date)) < to)?.[2])
  const drawn: number[] = []
  for (const type of ['vehicle', 'hvac']) {
    const each = await charging(`?type=${type}&resolution=QUARTER_HOUR`)
    const [kwh, cost] = [total(each.map(({ kwhSum }) => kwhSum)), total(each.map(({ date, kwhSum }) => kwhSum * price(date)))]
    for (const resolution of ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR']) {
      const buckets = await charging(`?type=${type}&resolution=${resolution}&utcOffset=1`)
      near(total(buckets.map(({ kwhSum }) => kwhSum)), kwh, 2e-3, `${type} by the ${resolution}`)
      near(total(buckets.map(({ costSum }) => costSum)), cost, 5e-3, 'and its cost, by hand from tariff and kWh')
    }
    drawn.push(kwh)
  }
  const sessions = await charging('/sessions?type=vehicle')
  near(total(sessions.map(({ kwhSum }) => kwhSum)), drawn[0] ?? NaN, 1e-3, 'the sessions of the car')
  near(gained, (drawn[0] ?? NaN) * shareKept(await truth(car) as VehicleState), 1e-3, 'and what its battery gained, which is exactly what reached it of what was drawn')
  t.ok(sessions.length === 31 && gained > 31 * 10)

  const { place } = await truth(meter)
  let house = 0
  for (let time = from; time < to; time += 5 * minute) house += houseLoadKw(place, time) / 12
  near(sum(month.consumption), house + total(drawn), 1e-3, 'the home consumed what its house, car and heat pump drew')
  near(sum(month.import) + sum(month.generation) + sum(month.discharge), sum(month.consumption) + sum(month.charge) + sum(month.export), 1e-3, 'what came in is what went out')
  near((await truth(battery)).energyKwh - before.energyKwh, sum(month.charge) * chargeEfficiency - sum(month.discharge), 1e-3, 'the battery')
})

t.test('vendors that tell less often tell quarter hours, right through daylight saving', async t => {
  for (const [day, count, first, last] of [['2026-03-29', 92, '2026-03-29T00:00:00+01:00', '2026-03-29T23:45:00+02:00'], ['2026-10-25', 100, '2026-10-25T00:00:00+02:00', '2026-10-25T23:45:00+01:00']] as const) {
    const server = await build(t, { now: new Date(at(first)).toISOString() })
    const { system } = await site(server, { vendor: 'SMA' })
    await server.advance('P2D')
    const series = await statistics(server, system, day)
    t.match(series.import, { sampling: { resolution: 'PT15M' } })
    t.same([series.import.data.length, series.import.data[0].t, series.import.data.at(-1).t], [count, first, last])
    t.ok(series.import.data.every((each: Body, i: number) => at(each.t) === at(first) + i * 15 * minute && each.v !== null))
    const month = await statistics(server, system, day.slice(0, 7))
    const inDay = month.consumption.data.find((each: Body) => each.t === first).v
    t.ok(inDay > 3 && Math.abs(sum(series.consumption) / 4 - inDay) < 3e-4, `${sum(series.consumption) / 4} kWh by the quarter hour, ${inDay} by the day`)
  }
})

t.test('what a system does not measure is unavailable for a reason, and what was before this world unknown', async t => {
  const server = await build(t, { now: '2026-06-10T08:02:30Z' })
  const reasons = async (body: Body): Promise<Body> => {
    const { system } = await site(server, body)
    await server.advance('PT10M')
    const series = Object.entries(await statistics(server, system, '2026-06-10'))
    return Object.fromEntries(series.filter(([, each]) => !(each as Body).isAvailable).map(([name, each]) => [name, (each as Body).reason]))
  }
  t.same(await reasons({ userId: 'a', types: ['battery', 'meter'] }), { generation: 'The system has no inverter.' })
  const noMeter = 'The system has no meter.'
  t.same(await reasons({ userId: 'b', types: ['inverter', 'battery'] }), { consumption: noMeter, import: noMeter, export: noMeter })
  const none = 'The system has no battery.'
  t.same(await reasons({ userId: 'c', types: ['inverter', 'meter'] }), { charge: none, discharge: none, batteryLevel: none })
  const { body } = await server.mock('POST', '/accounts', { vendor: 'SOLAREDGE', userId: 'd', devices: [{ type: 'inverter', state: oslo }, { type: 'meter', model: 'Consumption Meter' }] })
  t.equal(body.devices.length, 2)
  const [system] = await listed(server, 'd')
  const { export: given, consumption } = await statistics(server, system?.id, '2026-06-10')
  t.match(given, { isAvailable: false, reason: /does not measure what goes into the grid/ })
  t.match(consumption, { isAvailable: false, reason: /does not measure what goes into the grid, from which the consumption would follow/ })

  const { system: fresh } = await site(server, { userId: 'e' })
  await server.advance('PT2H')
  const series = await statistics(server, fresh, '2026-06-10')
  t.equal(known(series.generation)[0]?.t, '2026-06-10T00:00:00+02:00', 'the sun shone before')
  for (const name of ['consumption', 'import', 'charge', 'batteryLevel']) t.equal(known(series[name])[0]?.t, '2026-06-10T10:35:00+02:00', name)
})

t.test('what the ledger no longer keeps is unknown, but for what the sun gave', async t => {
  const server = await build(t, { now: '2026-06-10T00:00:00Z' })
  const { system, ...devices } = await site(server)
  // The ledger needs nobody who looks, and a year goes by sooner without.
  server.worlds.default.store.write(tx => { for (const id of Object.values(devices)) tx.timers.cancel('asset.poll', id) })
  await server.advance('P2D')
  const before = await statistics(server, system, '2026-06-11')
  t.ok(sum(before.import) > 0)
  await server.advance('P402D')
  const after = await statistics(server, system, '2026-06-11')
  for (const name of ['import', 'export', 'charge', 'discharge', 'consumption', 'batteryLevel']) t.match(after[name], { isAvailable: false, reason: /^Nothing is kept of what was before 2026-06-1/ }, name)
  t.same(after.generation, before.generation)
})

t.test('a request that cannot be answered is refused with the documented problem', async t => {
  const server = await build(t)
  const { system, account } = await site(server)
  const url = `/hem-systems/${system}/statistics`
  const refused = async (query: string, detail: RegExp): Promise<void> => { t.match(await server.call('GET', `${url}${query}`), { status: 400, body: { type: 'https://developers.enode.com/api/problems/bad-request', detail } }, query) }
  await refused('', /interval/)
  for (const interval of ['today', '2025', '2025-13', '2025-1-1', '2025-01-32', '', '2025-01-01T00:00:00Z']) await refused(`?interval=${interval}`, /^"interval" must be a day as YYYY-MM-DD, or a month as YYYY-MM$/)
  await refused('?interval=2025-02-29', /2025-02-29 is no date of the calendar/)
  await refused('?interval=2024-05-05', /The interval 2024-05-05 lies before the installation date of the HEM system, 2024-05-06T07:00:00.000Z/)
  await refused('?interval=2024-04', /lies before the installation date/)
  await refused('?interval=2026-01-02', /The interval 2026-01-02 lies in the future: in Europe\/Oslo it is 2026-01-01/)
  t.equal((await server.call('GET', `${url}?interval=2024-05-06`)).status, 200)
  t.equal((await server.call('GET', `/hem-systems/${unknownId}/statistics?interval=2026-01`)).status, 404)

  const { body: fault } = await server.mock('POST', '/faults', { on: { vendor: 'HUAWEI' }, effect: { linkingStatus: 'OUTAGE' } })
  const down = await server.call('GET', `${url}?interval=2026-01-01`)
  t.match(down, { status: 503, headers: { 'retry-after': '300', 'content-type': 'application/problem+json; charset=utf-8' }, body: { type: 'https://developers.enode.com/api/problems/vendor-temporarily-unavailable', title: 'Vendor Temporarily Unavailable' } })
  t.same(Object.keys(down.body), ['type', 'title', 'detail'])
  await server.mock('DELETE', `/faults/${fault.id}`)
  t.equal((await server.call('GET', `${url}?interval=2026-01-01`)).status, 200)
  await server.mock('POST', `/accounts/${account}/invalidate`)
  t.match(await server.call('GET', `${url}?interval=2026-01-01`), { status: 422, body: { type: 'https://developers.enode.com/api/problems/hem-system-statistics-not-available', title: 'HEM System Statistics Not Available' } })
  const before = await get(server, `/hem-systems/${system}`)
  await server.advance('PT1H')
  t.same(await get(server, `/hem-systems/${system}`), before, 'and nothing is seen of it')
  t.ok(at(before.status.lastSeen) < at('2026-01-01T00:00:00Z') + hour)
})
