import t from 'tap'
import { batteryModes } from '../../src/contract/battery.ts'
import { batteryVendors, chargerVendors, inverterVendors, meterVendors, vehicleVendors } from '../../src/contract/vendors.ts'
import { battery, chargeEfficiency, type BatteryState } from '../../src/devices/battery/index.ts'
import { charger } from '../../src/devices/charger/index.ts'
import { type Physical } from '../../src/devices/device.ts'
import { advanceHome, type Member } from '../../src/devices/home.ts'
import { houseLoadKw } from '../../src/devices/house.ts'
import { modelOf } from '../../src/devices/index.ts'
import { inverter, productionKw, type InverterState } from '../../src/devices/inverter/index.ts'
import { meter, type MeterState } from '../../src/devices/meter/index.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { vehicle, type VehicleState } from '../../src/devices/vehicle/index.ts'
import { bucket, bucketEnd, sunAt } from '../../src/devices/weather.ts'
import { Random } from '../../src/lib/random.ts'
import { reaches } from './cars.ts'
import { day, hour, minute, parseTime } from '../../src/lib/time.ts'

const at = (text: string): number => parseTime(text) ?? NaN
const oslo = placeAt({ latitude: 59.91, longitude: 10.75, seed: 1 })
const sydney = placeAt({ latitude: -33.87, longitude: 151.21, seed: 1 })
const quito = placeAt({ latitude: -0.18, longitude: -78.47, seed: 1 })
const tromso = placeAt({ latitude: 69.65, longitude: 18.96, seed: 1 })

/** A home with everything that shares wires: a car that charges towards its limit, a guest at a charger, sun, battery and meter. */
function anyHome (random: Random): { place: Place, start: number, members: Member[] } {
  const place = random.pick([oslo, sydney, quito, tromso])
  const start = at('2026-01-01T00:00:00Z') + random.integer(0, 365 * day)
  const car = vehicle.make(random, random.pick(vehicleVendors), start, place)
  const limit = car.chargeLimitPercent
  const charging = vehicle.change(car, { isPluggedIn: true, isCharging: true, chargeLimit: Math.max(limit, 100 - random.integer(0, 8)) })
  const guest = charger.change(charger.make(random, random.pick(chargerVendors), start, place), { isPluggedIn: true, isCharging: true })
  const store = battery.make(random, random.pick(batteryVendors), start, place)
  const states = [
    ['vehicle', charging],
    ['charger', guest],
    ['inverter', inverter.make(random, random.pick(inverterVendors), start, place)],
    ['battery', { ...store, mode: random.pick([...batteryModes, 'UNKNOWN'] as const), energyKwh: store.capacityKwh * random.between(0, 1) } satisfies BatteryState],
    ['meter', meter.make(random, random.pick(meterVendors), start, place)]
  ] as const
  return { place, start, members: states.map(([kind, state]) => ({ model: modelOf(kind), state })) }
}

function advanced (members: readonly Member[], place: Place, to: number): Member[] {
  return advanceHome(members, place, to).map((state, i) => ({ model: members[i]?.model ?? battery as never, state }))
}

/** The state of the home's only device of a kind. */
function only<S extends Physical> (members: readonly Member[], kind: string): S {
  return members.find(({ model }) => model.kind === kind)?.state as S
}

/** What everything but the meter draws by itself, as the flows say. */
function drawnKw (members: readonly Member[]): number {
  return members.reduce((sum, { model, state }) => sum + (model.flow?.powerKw(state) ?? 0), 0)
}

/** Rounding of some hundred events within a millisecond each. */
const wattHour = 1e-3

t.test('looking at a home in between changes nothing about what becomes of it', async t => {
  for (let seed = 0; seed < 60; seed++) {
    const random = new Random(seed)
    const { place, start, members } = anyHome(random)
    const to = start + random.integer(0, 20 * hour)
    const direct = advanced(members, place, to)
    let split = members
    for (let looks = random.integer(1, 8), now = start; looks > 0; looks--) {
      now = random.integer(now, to)
      split = advanced(split, place, now)
    }
    split = advanced(split, place, to)
    t.ok(split.every(({ state }) => state.at === to), `seed ${seed}`)
    for (const [i, { model, state }] of split.entries()) {
      for (const [name, value] of Object.entries(direct[i]?.state ?? {})) {
        const other = (state as unknown as Record<string, unknown>)[name]
        if (typeof value === 'number' && typeof other === 'number' ? Math.abs(value - other) > 1e-4 : JSON.stringify(value) !== JSON.stringify(other)) t.fail(`seed ${seed}: ${model.kind}.${name} ${String(value)} ${String(other)}`)
      }
    }
  }
})

t.test('the order of the devices in a home does not matter', async t => {
  for (let seed = 0; seed < 20; seed++) {
    const random = new Random(seed)
    const { place, start, members } = anyHome(random)
    const to = start + random.integer(0, 12 * hour)
    const backwards = advanced(members.toReversed(), place, to)
    const forwards = advanced(members, place, to)
    t.ok(Math.abs(only<MeterState>(forwards, 'meter').totalKw - only<MeterState>(backwards, 'meter').totalKw) < 1e-9, `seed ${seed}`)
    t.ok(Math.abs(only<BatteryState>(forwards, 'battery').energyKwh - only<BatteryState>(backwards, 'battery').energyKwh) < 1e-9, `seed ${seed}`)
  }
})

t.test('what a home draws from the grid is what everything in it draws: in each moment as power, over a day as energy', async t => {
  const seen = new Set<string>()
  for (let seed = 100; seed < 130; seed++) {
    const { place, start, members } = anyHome(new Random(seed))
    const end = start + day
    let now = start
    let home = advanced(members, place, now)
    const flowed = { grid: 0, house: 0, in: 0, out: 0, car: 0, reached: 0 }
    while (now < end) {
      const [meterState, batteryState, car] = [only<MeterState>(home, 'meter'), only<BatteryState>(home, 'battery'), only<VehicleState>(home, 'vehicle')]
      const balance = houseLoadKw(place, now) + drawnKw(home) - meterState.totalKw
      if (Math.abs(balance) > 1e-9) t.fail(`seed ${seed} at ${now}: off by ${balance} kW`)
      const level = batteryState.energyKwh / batteryState.capacityKwh * 100
      if (level < 0 || level > 100) t.fail(`seed ${seed}: level ${level}`)
      if (batteryState.flowKw < 0 && level < batteryState.reservePercent - 1e-9) t.fail(`seed ${seed}: gives from its reserve at ${level}`)
      if (batteryState.flowKw > batteryState.maxChargeKw || batteryState.flowKw < -batteryState.maxDischargeKw) t.fail(`seed ${seed}: ${batteryState.flowKw} kW`)
      seen.add(`${batteryState.mode} ${Math.sign(batteryState.flowKw)}`).add(car.power)
      // The next moment at which any device says that its power may change.
      const next = Math.min(end, bucketEnd(now), ...home.map(({ model, state }) => Math.max(now + 1, Math.ceil(model.flow?.until(state) ?? Infinity))))
      const hours = (next - now) / hour
      flowed.grid += meterState.totalKw * hours
      flowed.house += houseLoadKw(place, now) * hours
      flowed.in += Math.max(0, batteryState.flowKw) * hours
      const carKw = vehicle.flow?.powerKw(car) ?? NaN
      flowed.car += carKw * hours
      flowed.reached += reaches(car, carKw) * hours
      flowed.out += Math.max(0, -batteryState.flowKw) * hours
      home = advanced(home, place, next)
      now = next
    }
    const gain = <S extends Physical>(kind: string, kwh: (state: S) => number): number => kwh(only<S>(home, kind)) - kwh(only<S>(members, kind))
    const stored = gain<BatteryState>('battery', state => state.energyKwh)
    t.ok(Math.abs(stored - (flowed.in * chargeEfficiency - flowed.out)) < wattHour, `seed ${seed}: the battery stored ${stored} of ${flowed.in} in and ${flowed.out} out`)
    const car = gain<VehicleState>('vehicle', state => state.energyKwh)
    t.ok(Math.abs(car - flowed.reached) < wattHour, `seed ${seed}: the car holds ${car} kWh more, and ${flowed.reached} of ${flowed.car} kWh reached it`)
    const guest = -gain<{ guestNeedsKwh: number } & Physical>('charger', state => state.guestNeedsKwh)
    const sun = gain<InverterState>('inverter', state => state.lifetimeKwh)
    t.ok(sun >= 0, 'what was ever produced only grows')
    const off = flowed.grid + sun + flowed.out - flowed.house - flowed.car - guest - flowed.in
    t.ok(Math.abs(off) < wattHour, `seed ${seed}: the energy of a day is off by ${off} kWh`)
    const direct = only<BatteryState>(advanced(members, place, end), 'battery').energyKwh
    t.ok(Math.abs(direct - only<BatteryState>(home, 'battery').energyKwh) < wattHour, `seed ${seed}: in one step the battery comes to ${direct} kWh`)
  }
  for (const reached of ['SELF_RELIANCE 1', 'SELF_RELIANCE -1', 'IMPORT_FOCUS 1', 'EXPORT_FOCUS -1', 'TIME_OF_USE 1', 'IDLE 0', 'PLUGGED_IN:CHARGING', 'PLUGGED_IN:COMPLETE']) {
    t.ok(seen.has(reached), `the homes came to ${reached}: ${[...seen].join(', ')}`)
  }
})

t.test('a car that reaches a slower band or its limit changes the balance at that moment', async t => {
  const noon = at('2026-12-01T22:00:00Z')
  const made = vehicle.make(new Random(1), 'VOLKSWAGEN', noon, oslo)
  const car = vehicle.change(made, { isPluggedIn: true, isCharging: true, batteryCapacity: 60, batteryLevel: 96.9, chargeLimit: 98 })
  const store = { ...battery.make(new Random(2), 'TESLA', noon, oslo), energyKwh: 2, reservePercent: 0, maxDischargeKw: 100 }
  const members: Member[] = [{ model: modelOf('battery'), state: store }, { model: modelOf('vehicle'), state: car }, { model: modelOf('meter'), state: meter.make(new Random(3), 'TESLA', noon, oslo) }]
  let home = members
  const rates = new Set<number>()
  for (let now = noon; now < noon + 20 * minute; now += 5000) {
    home = advanced(home, oslo, now)
    const kw = vehicle.flow?.powerKw(only<VehicleState>(home, 'vehicle')) ?? NaN
    rates.add(Math.round(kw * 10) / 10)
    const { flowKw, energyKwh } = only<BatteryState>(home, 'battery')
    const { totalKw } = only<MeterState>(home, 'meter')
    const restKw = kw + houseLoadKw(oslo, now)
    t.ok(energyKwh > 0 && Math.abs(totalKw) < 1e-9 && Math.abs(flowKw + restKw) < 1e-9, 'the battery follows the car')
  }
  const direct = only<BatteryState>(advanced(members, oslo, only<MeterState>(home, 'meter').at), 'battery').energyKwh
  t.ok(direct > 0 && Math.abs(direct - only<BatteryState>(home, 'battery').energyKwh) < wattHour, `in one step it comes to ${direct} kWh`)
  t.ok(rates.size >= 3 && rates.has(0), `full, tapered and none: ${[...rates].join(', ')}`)
})

t.test('what a battery draws follows its mode, its limits and what else the home draws', async t => {
  const base: BatteryState = { ...battery.make(new Random(1), 'HUAWEI', 0, oslo), capacityKwh: 10, energyKwh: 5, reservePercent: 20, maxChargeKw: 5, maxDischargeKw: 4 }
  const [night, noon, dusk] = [at('2026-07-01T01:00:00Z'), at('2026-07-01T10:00:00Z'), at('2026-07-01T16:00:00Z')]
  const cases: Array<[Partial<BatteryState>, restKw: number, flowKw: number]> = [
    [{ mode: 'SELF_RELIANCE' }, 3, -3], [{ mode: 'SELF_RELIANCE' }, 9, -4], [{ mode: 'SELF_RELIANCE' }, -3, 3], [{ mode: 'SELF_RELIANCE' }, -9, 5], [{ mode: 'SELF_RELIANCE' }, 0, 0],
    [{ mode: 'SELF_RELIANCE', energyKwh: 2 }, 3, 0], [{ mode: 'SELF_RELIANCE', energyKwh: 1 }, 3, 0], [{ mode: 'SELF_RELIANCE', energyKwh: 1 }, -3, 3], [{ mode: 'SELF_RELIANCE', energyKwh: 10 }, -3, 0],
    [{ mode: 'UNKNOWN' }, 3, -3], [{ mode: 'UNKNOWN' }, -3, 3],
    [{ mode: 'IMPORT_FOCUS' }, 3, 5], [{ mode: 'IMPORT_FOCUS' }, -9, 5], [{ mode: 'IMPORT_FOCUS', energyKwh: 10 }, 3, 0],
    [{ mode: 'EXPORT_FOCUS' }, 3, -4], [{ mode: 'EXPORT_FOCUS' }, -9, -4], [{ mode: 'EXPORT_FOCUS', energyKwh: 2 }, 3, 0],
    [{ mode: 'IDLE' }, 3, 0], [{ mode: 'IDLE' }, -3, 0],
    [{ mode: 'TIME_OF_USE', at: night }, 3, 5], [{ mode: 'TIME_OF_USE', at: noon }, 3, 0], [{ mode: 'TIME_OF_USE', at: noon }, -3, 3], [{ mode: 'TIME_OF_USE', at: dusk }, 3, -3], [{ mode: 'TIME_OF_USE', at: dusk }, -3, 3],
    // Six in the evening in Oslo is two in the morning, the day after, in Sydney.
    [{ mode: 'TIME_OF_USE', at: dusk, place: sydney }, 3, 5],
    // Cheap hours end at 6 of the local clock: 5 UTC in winter, 4 UTC in summer.
    [{ mode: 'TIME_OF_USE', at: at('2026-01-15T04:59:59Z') }, 0, 5], [{ mode: 'TIME_OF_USE', at: at('2026-01-15T05:00:00Z') }, 0, 0],
    [{ mode: 'TIME_OF_USE', at: at('2026-07-15T03:59:59Z') }, 0, 5], [{ mode: 'TIME_OF_USE', at: at('2026-07-15T04:00:00Z') }, 0, 0],
    ...batteryModes.map((mode): [Partial<BatteryState>, number, number] => [{ mode, isFaulty: true, at: night }, 3, 0])
  ]
  for (const [state, restKw, flowKw] of cases) {
    const settled = battery.flow?.balance?.({ ...base, ...state }, restKw, state.at ?? base.at)
    t.ok(Object.is(settled?.flowKw, flowKw), `${JSON.stringify(state)} at ${restKw} kW: ${settled?.flowKw}`)
  }
})

t.test('a battery stops exactly when it is full or down to its reserve', async t => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(seed)
    const made = { ...battery.make(random, random.pick(batteryVendors), 0, oslo), flowKw: random.pick([1, -1]) * random.between(0.1, 5) }
    const end = Math.ceil(battery.flow?.until(made) ?? 0)
    const goal = made.flowKw > 0 ? made.capacityKwh : made.capacityKwh * made.reservePercent / 100
    t.not(battery.advance(made, end - 2).energyKwh, goal, `seed ${seed}`)
    const stopped = battery.advance(made, end)
    t.same([stopped.energyKwh, stopped.flowKw], [goal, 0], `seed ${seed}`)
    t.equal(battery.advance(made, end + day).energyKwh, goal)
  }
})

t.test('the sun decides what panels give: nothing at night, most at noon, never more than the inverter is rated for', async t => {
  const yields: Record<string, number> = {}
  for (const [name, place] of Object.entries({ oslo, sydney, quito, tromso })) {
    const made = inverter.make(new Random(3), 'SMA', 0, place)
    for (const [season, start] of [['January', at('2026-01-10T00:00:00Z')], ['July', at('2026-07-10T00:00:00Z')]] as const) {
      let kwh = 0
      for (let now = start; now < start + 10 * day; now += bucket) {
        const kw = productionKw(made, now)
        if (sunAt(place, now).altitude <= 0 && kw !== 0) t.fail(`${name}: ${kw} kW at night`)
        if (!(kw >= 0 && kw <= made.ratedKw)) t.fail(`${name}: ${kw} kW of ${made.ratedKw}`)
        if (productionKw(made, now + bucket - 1) !== kw) t.fail(`${name}: not the same throughout a bucket`)
        kwh += kw * bucket / hour
      }
      yields[`${name} ${season}`] = kwh / 10 / made.peakKw
      const counted = inverter.advance({ ...made, at: start, lifetimeKwh: 0 }, start + 10 * day).lifetimeKwh
      t.ok(Math.abs(counted - kwh) < 1e-6, 'the counter adds up what flows')
    }
  }
  t.comment('kWh a day for each kW of panels', yields)
  t.equal(yields['tromso January'], 0, 'polar night')
  t.ok(Number(yields['oslo January']) < 1.2 && Number(yields['oslo July']) > 2.5, 'Oslo has a summer')
  t.ok(Number(yields['sydney January']) > Number(yields['sydney July']), 'Sydney has it in January')
  const clipped = inverter.change(inverter.make(new Random(3), 'SMA', 0, quito), { ratedPower: 2, peakPower: 10 })
  t.equal(productionKw(clipped, at('2026-03-20T17:00:00Z')), 2, 'clipped at noon')
})

t.test('every vendor makes plausible devices, and what it does not make is a mistake', async t => {
  for (const place of [oslo, sydney]) {
    for (const [model, vendors] of [[battery, batteryVendors], [inverter, inverterVendors], [meter, meterVendors]] as const) {
      for (const vendor of vendors) {
        const now = at('2026-06-01T12:00:00Z')
        const made = model.make(new Random(5), vendor, now, place) as BatteryState & InverterState & MeterState
        t.same(model.make(new Random(5), vendor, now, place), made, 'the same stream gives the same device')
        t.ok(made.installedAt < now - 100 * day && made.installedAt > now - 7 * 365 * day && made.installedAt % day === 0, vendor)
        t.equal(model.make(new Random(5), vendor, now, place, 'My own').model, 'My own')
        if (model === battery) t.ok(made.capacityKwh >= 4 && made.capacityKwh <= 20 && made.maxChargeKw / made.capacityKwh > 0.3, vendor)
        if (model === inverter) {
          const yearly = made.lifetimeKwh / ((now - made.installedAt) / day / 365) / made.peakKw
          t.ok(yearly > 500 && yearly < 2200, `${vendor}: ${yearly} kWh a year for each kW`)
          t.ok(place === sydney ? Math.cos(made.azimuthDegrees / 180 * Math.PI) > 0.7 : Math.abs(made.azimuthDegrees - 180) <= 45, 'faces the equator')
        }
      }
      t.throws(() => model.make(new Random(1), 'KIA', 0, place), { message: /KIA is no vendor of/ })
    }
  }
  const turned = inverter.change(inverter.make(new Random(5), 'SMA', 0, oslo), { latitude: -33, longitude: 151 })
  t.ok(Math.cos(turned.azimuthDegrees / 180 * Math.PI) > 0.7, 'carried across the equator it faces north')
})
