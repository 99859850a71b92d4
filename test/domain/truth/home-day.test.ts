import t from 'tap'
import { houseLoadKw } from '../../../src/devices/home.ts'
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
