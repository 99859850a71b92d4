import t from 'tap'
import { lifeNames } from '../../src/contract/mock-life.ts'
import { batteryVendors, chargerVendors, hvacVendors, inverterVendors, meterVendors, vehicleVendors } from '../../src/contract/vendors.ts'
import { battery } from '../../src/devices/battery/index.ts'
import { charger } from '../../src/devices/charger/index.ts'
import { type Physical } from '../../src/devices/device.ts'
import { advanceHome, type Member } from '../../src/devices/home.ts'
import { houseLoadKw } from '../../src/devices/house.ts'
import { hvac } from '../../src/devices/hvac/index.ts'
import { modelOf } from '../../src/devices/index.ts'
import { inverter } from '../../src/devices/inverter/index.ts'
import { meter } from '../../src/devices/meter/index.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { drive, vehicle, type Journey, type VehicleState } from '../../src/devices/vehicle/index.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour, minute } from '../../src/lib/time.ts'
import { reaches } from './cars.ts'

const cities = [[59.91, 10.75], [52.52, 13.4], [40.42, -3.7], [37.77, -122.42], [-33.87, 151.21], [27.72, 85.32], [69.65, 18.96]] as const

/** One watt-hour. */
const wattHour = 1e-3

/** A home in which anything is and anybody may live: up to three cars, sun, battery, heat and a meter. */
function anyHome (random: Random): { place: Place, start: number, members: Member[] } {
  const [latitude, longitude] = random.pick(cities)
  const life = { name: random.pick(lifeNames), drivers: [{}, { plugsIn: 'always' as const, chargesAtWork: 0.5 }, { commuteKm: 120, longTripsPerYear: 40 }] }
  const place = { ...placeAt({ latitude, longitude, seed: random.integer(0, 1000) }), life }
  const start = Date.UTC(2026, 0, 1) + random.integer(0, 365 * day)
  const box = charger.make(random, random.pick(chargerVendors), start, place)
  const cars = Array.from({ length: random.integer(1, 3) }, (_, index): VehicleState => {
    const made = vehicle.make(random, random.pick(vehicleVendors), start, place)
    const told = vehicle.change(made, { batteryLevel: random.integer(0, 100), ...(random.next() < 0.5 ? { isPluggedIn: true } : {}), ...(random.next() < 0.1 ? { fastChargePower: 50, isPluggedIn: true } : {}) }, { isNew: true })
    return { ...told, driver: told.driver && { ...told.driver, index, charger: index === 0 ? { deviceId: 'box', limitKw: 7.4, isFree: random.next() < 0.9 } : null } }
  })
  const states: Array<[Parameters<typeof modelOf>[0], Physical]> = [
    ...cars.map((car): [Parameters<typeof modelOf>[0], Physical] => ['vehicle', car]),
    ['charger', box],
    ['inverter', inverter.make(random, random.pick(inverterVendors), start, place)],
    ['battery', battery.make(random, random.pick(batteryVendors), start, place)],
    ['hvac', hvac.make(random, random.pick(hvacVendors), start, place)],
    ['meter', meter.make(random, random.pick(meterVendors), start, place)]
  ]
  return { place, start, members: states.map(([kind, state]) => ({ model: modelOf(kind), state })) }
}

const isCar = (state: Physical): state is VehicleState => 'driver' in state

/** What a car used of its battery on the road in a stretch of time: a plug-in hybrid goes on without once that is empty. */
function used ({ driver }: VehicleState, from: number, to: number): number {
  const trip = driver?.trip
  if (trip == null || trip.isStopped || trip.until === trip.leg.at) return 0
  const holds = (at: number): number => Math.max(0, trip.leg.energyKwh - trip.kwhPerKm * trip.km * (trip.untilShare - trip.leg.share) * (at - trip.leg.at) / (trip.until - trip.leg.at))
  return holds(from) - holds(to)
}

t.test('energy adds up in a thousand homes with lives: in each interval, losses, roads and standing included', async t => {
  const seen = new Set<string>()
  let [worst, worstCar] = [0, 0]
  for (let seed = 0; seed < 1000; seed++) {
    const { place, start, members } = anyHome(new Random(seed))
    const end = start + day * (seed % 125 === 0 ? 9 : 1)
    const balance = members.map(() => ({ reached: 0, used: 0, drained: 0 }))
    let stretch = { at: NaN, kw: 0, grid: NaN }
    const ends = advanceHome(members, place, end, (i, state, from, to, kw, awayKw) => {
      if (stretch.at !== from) stretch = { at: from, kw: houseLoadKw(place, from), grid: NaN }
      if (members[i]?.model.kind === 'meter') {
        worst = Math.max(worst, Math.abs(kw - stretch.kw) * (to - from) / hour)
        return
      }
      stretch.kw += kw
      const sums = balance[i]
      if (!isCar(state) || sums === undefined) return
      const hours = (to - from) / hour
      if (kw > 0 && awayKw > 0) t.fail(`seed ${seed}: a car draws at home and elsewhere`)
      if (kw + awayKw > 0) seen.add(`${awayKw > 0 ? 'away' : 'home'} ${state.fastChargeKw === null ? 'AC' : 'DC'}`)
      sums.reached += reaches(state, kw + awayKw) * hours
      sums.used += used(state, from, to)
      if (state.driver?.trip != null) seen.add(state.driver.trip.purpose)
      const stands = !['PLUGGED_IN:CHARGING', 'PLUGGED_IN:COMPLETE', 'PLUGGED_IN:INITIALIZING'].includes(state.power) && (state.driver?.trip ?? null) === null
      if (stands) sums.drained += Math.min(state.energyKwh, (state.driver?.drainKw ?? 0) * hours)
    })
    for (const [i, { state }] of members.entries()) {
      const [after, sums] = [ends[i], balance[i]]
      if (!isCar(state) || after === undefined || !isCar(after) || sums === undefined) continue
      const off = after.energyKwh - state.energyKwh - sums.reached + sums.used + sums.drained
      worstCar = Math.max(worstCar, Math.abs(off))
      if (Math.abs(off) > wattHour) t.fail(`seed ${seed}: a car is off by ${off} kWh: ${JSON.stringify(sums)}`)
      if (after.energyKwh < 0 || after.energyKwh > after.batteryCapacityKwh + 1e-9) t.fail(`seed ${seed}: ${after.energyKwh} kWh of ${after.batteryCapacityKwh}`)
    }
  }
  t.ok(worst < wattHour, `what the meter reads is off by ${worst} kWh at most in any interval`)
  t.ok(worstCar < wattHour, `what a battery holds is off by ${worstCar} kWh at most`)
  for (const what of ['home AC', 'away AC', 'away DC', 'work', 'errand', 'leisure', 'long', 'home']) t.ok(seen.has(what), what)
})

/** Where two values differ by more than rounding of floating-point numbers; undefined where nowhere. */
function difference (a: unknown, b: unknown, path = ''): string | undefined {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(b)) || (a > 1e12 && Math.abs(a - b) <= 1) ? undefined : `${path}: ${a} and ${b}`
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? undefined : `${path}: ${String(a)} and ${String(b)}`
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = difference((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

t.test('however a month is cut, the same trips, sessions and states', async t => {
  for (let seed = 0; seed < 24; seed++) {
    const { place, start, members } = anyHome(new Random(seed))
    const cars = members.filter(({ state }) => isCar(state))
    const end = start + 30 * day
    const live = (cut: (random: Random) => number): { states: Physical[], drawn: number[], trips: Journey[] } => {
      const random = new Random(seed + 1)
      const drawn = cars.map(() => 0)
      let now = cars
      for (let at = start; at < end;) {
        at = Math.min(end, at + cut(random))
        const states = advanceHome(now, place, at, (i, _, from, to, kw, awayKw) => { drawn[i] = (drawn[i] ?? 0) + (kw + awayKw) * (to - from) / hour })
        now = now.map(({ model }, i) => ({ model, state: states[i] as Physical }))
      }
      const trips: Journey[] = []
      const [first] = cars
      let car = first !== undefined && isCar(first.state) ? first.state : undefined
      for (let at = start; at < end && car !== undefined;) {
        at = Math.min(end, at + cut(random))
        car = drive(car, at, journey => trips.push(journey))
      }
      return { states: now.map(({ state }) => state), drawn, trips }
    }
    const whole = live(() => 30 * day)
    t.equal(difference(live(() => day), whole), undefined, `seed ${seed} by days: ${whole.trips.length} trips, ${whole.drawn.join()} kWh`)
    t.equal(difference(live(random => random.integer(1, 5 * hour)), whole), undefined, `seed ${seed} by chance`)
  }
})

t.test('a trip: unplugged, along the way, counted, charged on the road and back', async t => {
  const home = { ...placeAt({ latitude: 52.52, longitude: 13.405, seed: 1 }), life: { name: 'commuter' as const, drivers: [{ workdays: [], errandsPerWeek: 0, weekendShare: 0, longTripsPerYear: 0, plugsIn: 'always' as const, chargesFrom: null }], holidayWeeks: 0 } }
  const start = Date.UTC(2026, 0, 12, 7)
  const made = vehicle.change(vehicle.make(new Random(1), 'TESLA', start, home, 'Model 3 Long Range'), { batteryLevel: 80, isPluggedIn: true }, { isNew: true })
  const hamburg = { latitude: 53.5511, longitude: 9.9937 }
  const sent: VehicleState = { ...made, driver: made.driver && { ...made.driver, errands: [{ at: start + hour, to: hamburg, stayMs: 2 * hour, plugsIn: false }] } }
  const trips: Journey[] = []
  const back = drive(sent, start + 20 * hour, journey => trips.push(journey))
  const [there, home2] = trips
  t.equal(trips.length, 2)
  t.match(there, { purpose: 'errand', departedAt: start + hour })
  t.ok(Math.abs((there?.km ?? 0) - 255 * 1.3) < 5, `${there?.km} km by road, 255 as the crow flies`)
  t.ok((there?.kwh ?? 0) / (there?.km ?? 1) * 100 > 17 && (there?.kwh ?? 0) / (there?.km ?? 1) * 100 < 30, `${(there?.kwh ?? 0) / (there?.km ?? 1) * 100} kWh/100 km on a winter motorway`)
  t.ok((there?.chargedKwh ?? 0) + (home2?.chargedKwh ?? 0) > 30, 'a battery of 75 kWh does not last for 660 km in winter')
  const half = drive(sent, start + hour + ((there?.arrivedAt ?? 0) - start - hour) / 3)
  t.equal(half.power, 'UNPLUGGED')
  t.ok(half.place.latitude > 52.6 && half.place.latitude < 53.4, 'on its way')
  t.equal(half.driver?.isAway, true)
  t.match(drive(sent, (home2?.arrivedAt ?? 0) + minute), { power: 'PLUGGED_IN:CHARGING', place: { latitude: home.latitude, longitude: home.longitude } }, 'plugged in by its owner, it charges by itself')
  t.ok(Math.abs(back.odometerKm - made.odometerKm - (there?.km ?? 0) - (home2?.km ?? 0)) < 1e-6, 'the counter says how far')
  t.equal(drive(sent, start + hour + minute).driver?.trip?.purpose, 'errand')
})
