import t from 'tap'
import { seriesNames, type Series } from '../../../src/devices/energy.ts'
import { Random } from '../../../src/lib/random.ts'
import { day, hour, minute, parseTime } from '../../../src/lib/time.ts'
import { startOfDay } from '../../../src/lib/timezone.ts'
import { batteryModes } from '../../../src/contract/battery.ts'
import { vendorsByType, type AssetKind } from '../../../src/contract/vendors.ts'
import { chargeEfficiency, type BatteryState } from '../../../src/devices/battery/index.ts'
import { type Physical } from '../../../src/devices/device.ts'
import { type VehicleState } from '../../../src/devices/vehicle/index.ts'
import { advanceHome, type Member } from '../../../src/devices/home.ts'
import { houseLoadKw } from '../../../src/devices/house.ts'
import { modelOf } from '../../../src/devices/index.ts'
import { placeAt, type Place } from '../../../src/devices/place.ts'
import { bucket, bucketStart } from '../../../src/devices/weather.ts'
import { EnergyBook } from '../../../src/domain/truth/energy-book.ts'
import { energyBetween, energyOf } from '../../../src/domain/truth/ledger.ts'
import { recorderFor } from '../../../src/domain/truth/home.ts'
import { shareKept } from '../../devices/cars.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'

const at = (text: string): number => parseTime(text) ?? NaN
const wattHour = 1e-3
const oslo = { latitude: 59.9139, longitude: 10.7522 }

const places = [oslo, { latitude: 27.7172, longitude: 85.324 }, { latitude: -33.87, longitude: 151.21 }, { latitude: -0.18, longitude: -78.47 }, { latitude: 69.65, longitude: 18.96 }]

interface Something { place: Place, start: number, members: Member[], book: EnergyBook }

/** A home with a meter and some of everything else. */
function anyHome (random: Random): Something {
  const place = placeAt({ ...random.pick(places), seed: random.integer(0, 99) })
  const start = at('2026-01-01T00:00:00Z') + random.integer(0, 365 * day)
  const kinds: AssetKind[] = ['meter', ...(['vehicle', 'vehicle', 'charger', 'hvac', 'inverter', 'battery'] as const).filter(() => random.next() < 0.7)]
  const members = kinds.map(kind => {
    const model = modelOf(kind)
    return { model, state: command(random, { model, state: model.make(random, random.pick(vendorsByType[kind]), start, place) }) }
  })
  return { place, start, members, book: new EnergyBook() }
}

/** What a command or the control API makes of a device. */
function command (random: Random, { model, state }: Member): Physical {
  switch (model.kind) {
    case 'vehicle':
    case 'charger': {
      if (random.next() < 0.3) return model.change(state, { isPluggedIn: false })
      // A guest that is full takes no more: the next one comes.
      const ready = model.kind === 'charger' ? model.change(state, { isPluggedIn: false }) : state
      return model.change(ready, { isPluggedIn: true, isCharging: random.next() < 0.8, ...(model.kind === 'vehicle' && { batteryLevel: random.integer(5, 89), chargeLimit: 90 }) })
    }
    case 'battery': return { ...state, mode: random.pick([...batteryModes, 'UNKNOWN'] as const), ...(random.next() < 0.2 && { energyKwh: (state as BatteryState).capacityKwh * random.next() }) } as Physical
    case 'hvac': {
      const { capableModes } = (state as unknown as { limits: { capableModes: string[] } }).limits
      return { ...state, held: { mode: random.pick(capableModes), heatSetpoint: 22, coolSetpoint: 24 } } as Physical
    }
    default: return state
  }
}

function live (home: Something, to: number): Something {
  const devices = home.members.map((_, i) => ({ id: String(i), seq: i }))
  const record = recorderFor({ ...home, devices, broughtTo: undefined, seen: undefined, serial: 0 }, home.book)
  const states = advanceHome(home.members, home.place, to, record)
  return { ...home, members: home.members.map(({ model }, i) => ({ model, state: states[i] as Physical })) }
}

/** kWh by the start of the bucket. */
function recorded (home: Something, i: number, series: Series): Map<number, number> {
  return new Map(home.book.days(String(i), series).flatMap(({ day: number, values }) => [...values].map((value, k): [number, number] => [number * day + k * bucket, value])))
}

t.test('in every interval of 1,000 random homes what comes in is what goes out, however often somebody looks', async t => {
  let worst = 0
  let worstSplit = 0
  for (let seed = 0; seed < 1000; seed++) {
    const made = anyHome(new Random(seed))
    const run = (looks: number): Something => {
      const random = new Random(seed + 10_000)
      const when = new Random(seed + 20_000)
      let home = { ...made, book: new EnergyBook() }
      let now = made.start
      for (let commands = 0; commands < 3; commands++) {
        const next = now + random.integer(0, 4 * hour)
        for (let i = 0; i < looks; i++) home = live(home, now = when.integer(now, next))
        home = live(home, now = next)
        const which = random.integer(0, home.members.length - 1)
        home = { ...home, members: home.members.map((member, i) => i === which ? { ...member, state: command(random, member) } : member) }
      }
      return live(home, now + 3 * hour)
    }
    const [direct, split] = [run(0), run(3)]
    const end = direct.members[0]?.state.at ?? 0
    const flows = direct.members.map((_, i) => Object.fromEntries(seriesNames.map(series => [series, recorded(direct, i, series)])) as Record<Series, Map<number, number>>)
    for (let start = bucketStart(made.start); start < end; start += bucket) {
      const house = houseLoadKw(made.place, start) * (Math.min(end, start + bucket) - Math.max(made.start, start)) / hour
      const net = (i: number): number => (flows[i]?.in.get(start) ?? 0) - (flows[i]?.out.get(start) ?? 0)
      const off = house + flows.slice(1).reduce((sum, _, i) => sum + net(i + 1), 0) - net(0)
      worst = Math.max(worst, Math.abs(off))
    }
    for (const i of direct.members.keys()) {
      for (const series of seriesNames) {
        const others = recorded(split, i, series)
        for (const [start, value] of flows[i]?.[series] ?? []) {
          const other = others.get(start) ?? 0
          if (!(Number.isNaN(value) && Number.isNaN(other))) worstSplit = Math.max(worstSplit, Math.abs(value - other))
        }
      }
    }
    const store = direct.members.findIndex(({ model }) => model.kind === 'battery')
    if (Math.abs(worst) > wattHour || worstSplit > 1e-6) return t.fail(`seed ${seed}: off by ${worst} kWh, ${worstSplit} with looks; battery ${store}`)
  }
  t.comment(`off by ${worst} kWh at most, and by ${worstSplit} kWh or percent with looks in between`)
  t.ok(worst < wattHour && worstSplit < 1e-6)
})

t.test('what draws nothing takes one step, however long it is left alone', async t => {
  let steps = 0
  const model = modelOf('vehicle')
  const counting = { ...model, advance: (state: VehicleState, to: number): VehicleState => { steps++; return model.advance(state, to) } }
  const place = placeAt({ ...oslo, seed: 1 })
  const car = model.make(new Random(1), 'TESLA', at('2026-01-01T00:00:00Z'), place)
  const [after] = advanceHome([{ model: counting, state: car }], place, at('2036-01-01T00:00:00Z'), () => {})
  t.equal(after?.at, at('2036-01-01T00:00:00Z'))
  t.equal(steps, 1)
})

const account = async (server: Server, body: Body): Promise<string[]> => {
  const answer = await server.mock('POST', '/accounts', { userId: 'user-1', ...body })
  t.equal(answer.status, 200, answer.text)
  return answer.body.devices.map((device: Body) => String(device.id))
}

/** A home with everything, by the ids of its devices. */
async function everything (server: Server, spot = oslo): Promise<Record<AssetKind, string>> {
  const [inverter = '', battery = '', meter = ''] = await account(server, { vendor: 'HUAWEI', devices: [{ type: 'inverter', state: spot }, { type: 'battery', state: spot }, { type: 'meter', state: spot }] })
  const [vehicle = ''] = await account(server, { vendor: 'VOLKSWAGEN', devices: [{ type: 'vehicle', state: { ...spot, batteryLevel: 10, batteryCapacity: 80, chargeLimit: 90 } }] })
  const [charger = ''] = await account(server, { vendor: 'EASEE', devices: [{ type: 'charger', state: { ...spot, pluggedInVehicleId: vehicle } }] })
  const [hvac = ''] = await account(server, { vendor: 'DAIKIN', devices: [{ type: 'hvac', state: spot }] })
  return { inverter, battery, meter, vehicle, charger, hvac }
}

/** Everything that the ledger has of a device, bucket by bucket. */
function ledgerOf (server: Server, id: string, from: number, to: number): Record<Series, number[]> {
  return server.worlds.default.store.read(tx => {
    const device = tx.devices.get(id)
    return Object.fromEntries(seriesNames.map(series => [series, device === undefined ? [] : [...energyOf(tx, device, series, from, to)]])) as Record<Series, number[]>
  })
}

/** All statistics of a home on the first two days of 2026. */
async function statisticsOf (server: Server, { inverter }: Record<AssetKind, string>): Promise<string[]> {
  const [system] = (await server.call('GET', '/hem-systems')).body.data
  const charging = ['vehicle', 'charger', 'hvac'].flatMap(type => ['?resolution=QUARTER_HOUR&', '?', '/sessions?'].map(query => `/users/user-1/statistics/charging${query}type=${type}&startDate=2026-01-01T00:00:00Z`))
  const urls = ['', '&day=1', '&day=2'].flatMap((day, i) => [`/inverters/${inverter}/statistics?year=2026&month=1${day}`, `/hem-systems/${system.id}/statistics?interval=2026-01${['', '-01', '-02'][i]}`])
  return await Promise.all([...urls, ...charging].map(async url => (await server.call('GET', url)).text))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const truth = async (server: Server, id: string): Promise<Body> => (await server.mock('GET', `/devices/${id}`)).body.state
const start = at('2026-01-01T00:00:00Z')

t.test('polls, looks and restarts change nothing in the ledger', async t => {
  const folder = t.testdir()
  const one = await build(t)
  const other = await build(t, { data: folder })
  const lived = async (server: Server, advance: (server: Server, hours: number) => Promise<void>): Promise<Record<AssetKind, string>> => {
    const ids = await everything(server)
    await advance(server, 7)
    await server.mock('PATCH', `/devices/${ids.vehicle}`, { state: { isCharging: true } })
    await advance(server, 11)
    await server.mock('PATCH', `/devices/${ids.battery}`, { state: { operationMode: 'IMPORT_FOCUS' }, observe: false })
    await advance(server, 30)
    return ids
  }
  const ids = await lived(one, async (server, hours) => { await server.advance(`PT${hours}H`) })
  await lived(other, async (server, hours) => {
    for (let left = hours * 60; left > 0; left -= 17) {
      await server.advance(`PT${Math.min(17, left)}M`)
      await server.call('POST', `/meters/${ids.meter}/refresh-hint`)
      await server.mock('GET', '/devices')
      if (left % 6 === 0) await statisticsOf(server, ids)
    }
  })
  const end = start + 48 * hour
  for (const [kind, id] of Object.entries(ids)) t.same(ledgerOf(other, id, start, end), ledgerOf(one, id, start, end), kind)
  const told = await statisticsOf(one, ids)
  t.ok(told.every(text => text.length > 200), told.map(text => text.length).join(' '))
  t.same(await statisticsOf(other, ids), told, 'and every statistic tells the same, also to one who has asked before')
  t.ok(sum(ledgerOf(one, ids.vehicle, start, end).in) > 60, 'the car charged')
  await other.app.close()
  const again = await build(t, { data: folder })
  for (const [kind, id] of Object.entries(ids)) {
    const [before, after] = [ledgerOf(one, id, start, end), ledgerOf(again, id, start, end)]
    for (const series of seriesNames) t.ok(before[series].every((value, i) => !(Math.abs(value - (after[series][i] ?? NaN)) > 1e-6)), `${kind} ${series} is the same after a restart`)
  }
})

t.test('quarter hours make days and days a month, batteries keep what they take, and the home balances', async t => {
  const kathmandu = { latitude: 27.7172, longitude: 85.324 }
  const server = await build(t, { now: '2026-03-01T00:00:00Z' })
  const ids = await everything(server, kathmandu)
  // The ledger needs nobody who looks, and a month goes by sooner without.
  server.worlds.default.store.write(tx => { for (const id of Object.values(ids)) tx.timers.cancel('asset.poll', id) })
  const zone = 'Asia/Kathmandu'
  const from = at('2026-03-01T00:00:00Z')
  await server.mock('PATCH', `/devices/${ids.vehicle}`, { state: { isCharging: true } })
  const [before, carBefore] = [await truth(server, ids.battery), await truth(server, ids.vehicle)]
  await server.advance('P35D')
  const [after, carAfter] = [await truth(server, ids.battery), await truth(server, ids.vehicle)]
  const days = Array.from({ length: 32 }, (_, i) => startOfDay(zone, at('2026-02-28T19:00:00Z'), i))
  const [first = 0, last = 0] = [days[0], days.at(-1)]
  t.equal(first, at('2026-02-28T18:15:00Z'), 'midnight in Nepal')
  const quarters = Array.from({ length: (last - first) / (15 * minute) + 1 }, (_, i) => first + i * 15 * minute)
  const total = server.worlds.default.store.read(tx => {
    const monthly: Record<string, number> = {}
    for (const [kind, id] of Object.entries(ids)) {
      const device = tx.devices.get(id)
      if (device === undefined) continue
      for (const series of ['in', 'out', 'through'] as const) {
        const [month = NaN] = energyBetween(tx, device, series, [first, last])
        t.ok(Math.abs(sum(energyBetween(tx, device, series, days)) - month) < 1e-9 && Math.abs(sum(energyBetween(tx, device, series, quarters)) - month) < 1e-9, `${kind} ${series}: ${month} kWh`)
        monthly[`${kind} ${series}`] = month
      }
    }
    return monthly
  })
  t.ok(['meter in', 'inverter out', 'battery in', 'battery out', 'vehicle in', 'hvac in'].every(each => (total[each] ?? 0) > 10), JSON.stringify(total))
  t.equal(total['charger through'], total['vehicle in'], 'what the car drew went through the charger')
  t.same([total['charger in'], total['vehicle out'], total['inverter in']], [0, 0, 0])

  const now = from + 35 * day
  const all = Object.fromEntries(Object.entries(ids).map(([kind, id]) => [kind, ledgerOf(server, id, from, now)])) as Record<AssetKind, Record<Series, number[]>>
  const place = (await truth(server, ids.meter)).place as Place
  const worst = Math.max(...all.meter.in.map((imported, i) => Math.abs(
    imported + (all.inverter.out[i] ?? 0) + (all.battery.out[i] ?? 0) -
    houseLoadKw(place, from + i * bucket) * bucket / hour - (all.hvac.in[i] ?? 0) - (all.vehicle.in[i] ?? 0) - (all.battery.in[i] ?? 0) - (all.meter.out[i] ?? 0)
  )))
  t.ok(worst < wattHour, `no interval is off by more than ${worst} kWh`)
  t.ok(Math.abs(after.energyKwh - before.energyKwh - (sum(all.battery.in) * chargeEfficiency - sum(all.battery.out))) < wattHour, 'the battery')
  t.ok(Math.abs(carAfter.energyKwh - carBefore.energyKwh - sum(all.vehicle.in) * shareKept(carAfter as VehicleState)) < wattHour, 'the car, but for what was lost on the way')
  const levels = all.battery.level
  t.ok(levels.every((level, i) => i + 1 >= levels.length || Math.abs(((levels[i + 1] ?? NaN) - level) / 100 * after.capacityKwh - ((all.battery.in[i] ?? 0) * chargeEfficiency - (all.battery.out[i] ?? 0))) < 1e-4), 'each change of the level is what flowed')
  t.same(levels.filter(level => !(level >= 0 && level <= 100)), [])
})

t.test('what is set from outside is no energy, a past moves with its device, and goes with its device or its last user', async t => {
  const server = await build(t)
  const ids = await everything(server)
  await server.mock('PATCH', `/devices/${ids.vehicle}`, { state: { isCharging: true } })
  await server.advance('PT3H')
  const past = (id: string): Record<Series, number[]> => ledgerOf(server, id, start, start + 3 * hour)
  const [car, battery] = [past(ids.vehicle), past(ids.battery)]
  await server.mock('PATCH', `/devices/${ids.battery}`, { state: { batteryLevel: 100, batteryCapacity: 77 } })
  t.equal((await server.mock('PATCH', `/devices/${ids.vehicle}`, { state: { latitude: 10, longitude: 10 }, force: true })).status, 200)
  t.same([past(ids.vehicle), past(ids.battery)], [car, battery])
  await server.advance('P2D')
  t.same([past(ids.vehicle), past(ids.battery)], [car, battery], 'also once they are stored')
  const seqs = new Map<string, number>()
  const rows = (id: string): number => server.worlds.default.store.read(tx => {
    const seq = tx.devices.get(id)?.seq ?? NaN
    seqs.set(id, seqs.get(id) ?? seq)
    return seriesNames.reduce((count, series) => count + tx.energy.days(seqs.get(id) ?? NaN, series, 0, 1e6).length, 0)
  })
  t.ok(rows(ids.battery) > 0 && rows(ids.hvac) > 0)
  await server.mock('DELETE', `/devices/${ids.hvac}`)
  t.equal(rows(ids.hvac), 0)
  await server.call('DELETE', '/users/user-1')
  t.equal(rows(ids.battery), 0)
  t.equal(sum(ledgerOf(server, ids.battery, start, start + 3 * day).out), 0)
})
