import t from 'tap'
import { houseLoadKw } from '../../../src/devices/house.ts'
import { placeAt } from '../../../src/devices/place.ts'
import { outdoorC, sunAt } from '../../../src/devices/weather.ts'
import { hour, iso, parseTime } from '../../../src/lib/time.ts'
import { build, type Body } from '../../helpers/build.ts'

/** Midnight in Oslo, a week before midsummer. */
const midnight = '2026-06-13T22:00:00.000Z'
const spot = { latitude: 59.9139, longitude: 10.7522 }
const seed = 7

t.test('a day of one home: sun, house, car, battery and meter move as physics says', async t => {
  const server = await build(t, { now: midnight, seed })
  const account = async (vendor: string, devices: Body[]): Promise<string[]> => {
    const answer = await server.mock('POST', '/accounts', { vendor, userId: 'owner', devices: devices.map(({ state, ...device }) => ({ ...device, state: { ...spot, ...state } })) })
    t.equal(answer.status, 200, answer.text)
    return answer.body.devices.map((device: Body) => String(device.id))
  }
  const [battery, inverter, meter] = await account('TESLA', [
    { type: 'battery', model: 'Powerwall 2', state: { batteryLevel: 25, dischargeLimit: 20 } },
    { type: 'inverter', model: 'Solar Inverter 7.6 kW', state: { peakPower: 8, tilt: 30, azimuth: 180 } },
    { type: 'meter' }
  ])
  const [car] = await account('VOLKSWAGEN', [{ type: 'vehicle', state: { batteryCapacity: 60, batteryLevel: 40, chargeLimit: 80, maxCurrent: 16 } }])
  const [pump] = await account('MITSUBISHI', [{ type: 'hvac', model: 'MSZ-LN35VG', state: { mode: 'AUTO', heatSetpoint: 21, coolSetpoint: 25, currentTemperature: 20 } }])
  const place = placeAt({ ...spot, seed })
  const urls = [`/batteries/${battery}`, `/inverters/${inverter}`, `/meters/${meter}`, `/vehicles/${car}`, `/hvacs/${pump}`]
  /** What draws power besides the house, and how to read from its view how much. */
  const loads: Array<{ name: string, url: string, kw: (view: Body) => number, rounding: number }> = [
    { name: 'car', url: `/vehicles/${car}`, kw: view => Number(view.chargeState.chargeRate), rounding: 0.05 },
    { name: 'pump', url: `/hvacs/${pump}`, kw: view => Number(view.consumptionRate), rounding: 0.005 }
  ]

  const table: Body[] = []
  for (let hours = 1; hours <= 24; hours++) {
    if (hours === 18) await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: true, isCharging: false } })
    if (hours === 19) t.equal((await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).status, 200)
    await server.advance('PT59M59S')
    for (const url of urls) t.equal((await server.call('POST', `${url}/refresh-hint`)).status, 204)
    await server.advance('PT1S')
    const now = (parseTime(midnight) ?? 0) + hours * hour
    const [store, sun, grid, vehicle, unit] = await Promise.all(urls.map(async url => (await server.call('GET', url)).body))
    t.same([store, sun, grid, vehicle, unit].map(view => view?.lastSeen), Array(5).fill(iso(now)), 'all were just looked at')
    const drawn = await Promise.all(loads.map(async ({ url, kw }) => kw((await server.call('GET', url)).body)))
    const row = {
      clock: `${String(hours % 24).padStart(2, '0')}:00`,
      outdoorC: outdoorC(place, now),
      roomC: Number(unit?.temperatureState.currentTemperature),
      house: houseLoadKw(place, now),
      ...Object.fromEntries(loads.map(({ name }, i) => [name, Number(drawn[i])])) as { car: number, pump: number },
      solar: Number(sun?.productionState.productionRate),
      battery: Number(store?.chargeState.chargeRate),
      level: Number(store?.chargeState.batteryLevel),
      meter: Number(grid?.energyState.power),
      lifetime: Number(sun?.productionState.totalLifetimeProduction)
    }
    const expected = row.house + drawn.reduce((sum, kw) => sum + kw, 0) - row.solar + row.battery
    const rounding = loads.reduce((sum, load) => sum + load.rounding, 0.002)
    t.ok(Math.abs(row.meter - expected) <= rounding, `${row.clock}: the meter reads ${row.meter} kW, the parts make ${expected}`)
    t.equal(unit?.temperatureState.isActive, Number(row.pump) > 0)
    t.equal(sun?.productionState.isProducing, row.solar > 0)
    if (sunAt(place, now).altitude < 0) t.equal(row.solar, 0, `${row.clock}: no sun, no power`)
    t.equal(store?.chargeState.status, row.battery === 0 ? 'IDLE' : row.battery > 0 ? 'CHARGING' : 'DISCHARGING')
    // It covers the home while it has something and its 5 kW suffice, and takes what the sun leaves over.
    if (row.battery !== 0 && Math.abs(row.battery) < 5) t.ok(Math.abs(row.meter) <= rounding, `${row.clock}: the grid is left alone`)
    if (row.level < 100 && row.solar > row.house + 0.1 && drawn.every(kw => kw === 0)) t.ok(row.battery > 0, `${row.clock}: what the sun leaves over is stored`)
    table.push(row)
  }

  t.comment(`kW, kWh and °C of a home in Oslo on ${iso((parseTime(midnight) ?? 0) + 12 * hour).slice(0, 10)}`)
  t.comment(Object.keys(table[0] ?? {}).map(name => name.padStart(9)).join(''))
  for (const row of table) t.comment(Object.values(row).map(value => (typeof value === 'number' ? value.toFixed(2) : String(value)).padStart(9)).join(''))

  const at = (clock: string): Body => table.find(row => row.clock === clock) ?? {}
  const levels = table.map(row => Number(row.level))
  t.ok(at('03:00').level <= 25 && at('03:00').solar === 0, 'the night takes from the battery')
  t.ok(at('16:00').level > 80 && Math.max(...levels) === Math.max(...levels.slice(8, 19)), 'the day fills it')
  t.ok(at('00:00').level < at('18:00').level - 30 && Math.min(...levels) >= 20, 'the evening empties it, down to the reserve at most')
  t.ok(at('20:00').car > 3 && at('00:00').meter >= 3, 'the car charges')
  t.ok(at('15:00').outdoorC > at('04:00').outdoorC + 2, 'the afternoon is warmer than the night')
  const rooms = table.map(row => Number(row.roomC))
  t.ok(Math.min(...rooms) > 19 && Math.max(...rooms) < 26 && new Set(rooms).size > 5, 'the room stays between the setpoints, and moves')
  const made = Number(at('00:00').lifetime) - Number(at('01:00').lifetime)
  t.ok(made > 10 && made < 65, `8 kW of panels made ${made} kWh`)
})

/** Whoever lives so drives 25 km to work every day, charges there, and at home. */
const commuter = {
  name: 'commuter',
  holidayWeeks: 0,
  drivers: [{ workdays: [0, 1, 2, 3, 4, 5, 6], atHomeShare: 0, leavesAt: '07:30', backAt: '17:00', commuteKm: 25, chargesAtWork: 1, errandsPerWeek: 0, weekendShare: 0, longTripsPerYear: 0, plugsIn: 'always', chargesFrom: null }]
}

t.test('the day of a car tells where it was, how full, and what it drew at home and elsewhere', async t => {
  const { mock, advance } = await build(t, { now: '2026-03-02T00:00:00.000Z', seed })
  const made = async (vendor: string, devices: Body[], life?: object): Promise<string> => (await mock('POST', '/accounts', { vendor, userId: 'owner', ...(life && { life }), devices: devices.map(device => ({ ...device, state: { ...spot, ...device.state } })) })).body.devices[0].id
  const car = await made('VOLKSWAGEN', [{ type: 'vehicle', state: { batteryCapacity: 60, batteryLevel: 70, chargeLimit: 80 } }], commuter)
  await made('TESLA', [{ type: 'meter' }, { type: 'inverter' }, { type: 'battery' }])
  const own = async () => {
    const { body } = await mock('GET', `/devices/${car}/day`)
    return { home: body, day: body.devices.find(({ id }: Body) => id === car), at: (i: number) => iso((parseTime(body.from) ?? 0) + i * 300_000) }
  }
  await advance('P2D')
  const levels = new Map<string, number>()
  for (let i = 0; i < 96; i++) {
    const { state } = (await mock('GET', `/devices/${car}`)).body
    levels.set(state.at === undefined ? '' : iso(state.at), state.energyKwh / state.batteryCapacityKwh * 100)
    await advance('PT15M')
  }
  await advance('PT5M')

  const { home, day, at } = await own()
  let worst = 0
  let compared = 0
  day.levelPercent.forEach((level: number | null, i: number) => {
    const is = levels.get(at(i))
    if (is === undefined) return
    compared++
    worst = Math.max(worst, level === null ? Infinity : Math.abs(level - is))
  })
  t.equal(compared, 95, 'the first moment of the 96 is more than a day ago')
  t.ok(worst < 0.5, `its state was stored at midnight, and yet the level before is ${worst} percent off at most`)
  t.same([...new Set(day.whereabouts)], ['home', 'under way', 'elsewhere'])
  const { trips } = (await mock('GET', `/devices/${car}/trips?from=${home.from}`)).body
  t.same(day.trips, trips, 'trips as they are listed')
  t.same(trips.map(({ purpose }: Body) => purpose), ['work', 'home'])
  for (const { departedAt, arrivedAt } of trips) {
    day.whereabouts.forEach((where: string, i: number) => { if (at(i) >= departedAt && at(i) < arrivedAt) t.equal(where, 'under way', at(i)) })
  }
  const drawn = (key: string): number => day[key].reduce((sum: number, kw: number) => sum + kw / 12, 0)
  t.ok(drawn('awayKw') > 2 && drawn('kw') > 2, `it charged ${drawn('awayKw')} kWh at work and ${drawn('kw')} kWh at home`)
  day.awayKw.forEach((kw: number, i: number) => { if (kw > 0 && day.whereabouts[i] === 'home') t.fail(`drew elsewhere at home, ${at(i)}`) })
  day.kw.forEach((kw: number, i: number) => { if (kw > 0 && day.whereabouts[i] === 'elsewhere') t.fail(`drew at home elsewhere, ${at(i)}`) })
  home.gridKw.forEach((grid: number, i: number) => {
    const sum = home.devices.filter(({ type }: Body) => type !== 'meter').reduce((total: number, each: Body) => total + each.kw[i], home.houseKw[i])
    const meter = home.devices.find(({ type }: Body) => type === 'meter').kw[i]
    if (Math.abs(grid - sum) > 0.01 || Math.abs(grid - meter) > 0.01) t.fail(`${at(i)}: grid ${grid}, meter ${meter}, all else ${sum}`)
  })
  t.ok(home.devices.filter(({ type }: Body) => type !== 'vehicle').every(({ awayKw, whereabouts, trips }: Body) => awayKw === null && whereabouts === null && trips === null), 'only a car goes anywhere')

  await advance('PT7H')
  const { day: morning } = await own()
  t.match(morning.trips.at(-1), { purpose: 'work', arrivedAt: null })
  t.equal(morning.whereabouts.at(-1), 'under way')
})

t.test('a level that somebody set is not made up for the time before', async t => {
  const { mock, advance } = await build(t, { now: '2026-03-02T00:00:00.000Z', seed })
  const { devices: [{ id }] } = (await mock('POST', '/accounts', { vendor: 'VOLKSWAGEN', userId: 'owner', life: { ...commuter, drivers: [{ ...commuter.drivers[0], chargesAtWork: 0 }] }, devices: [{ type: 'vehicle', state: { ...spot, batteryLevel: 70 } }] })).body
  await advance('P2DT12H')
  t.equal((await mock('PATCH', `/devices/${id}`, { state: { batteryLevel: 20 } })).status, 200)
  await advance('PT1H')
  const { from, devices: [car] } = (await mock('GET', `/devices/${id}/day`)).body
  const at = (clock: string): number => Math.round(((parseTime(`2026-03-04T${clock}:00Z`) ?? 0) - (parseTime(from) ?? 0)) / 300_000)
  t.ok(car.levelPercent[at('05:00')] > 60, 'before the trip to work')
  t.equal(car.levelPercent[at('10:00')], null, 'since then, something happened that no ledger has')
  t.ok(Math.abs(car.levelPercent[at('12:30')] - 20) < 1)
})
