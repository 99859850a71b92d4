import t from 'tap'
import { components } from '../../src/contract/index.ts'
import { HVAC } from '../../src/contract/hvac.ts'
import { Ref } from '../../src/contract/ref.ts'
import { hvacVendors, type Vendor } from '../../src/contract/vendors.ts'
import { type Command } from '../../src/devices/command.ts'
import { type Linked } from '../../src/devices/device.ts'
import { catalogue } from '../../src/devices/hvac/catalogue.ts'
import { hvac, type HvacState } from '../../src/devices/hvac/index.ts'
import { misfits } from '../../src/devices/hvac/limits.ts'
import { airRatio, coolingRatio, waterRatio } from '../../src/devices/hvac/model.ts'
import { type ThermostatSetting } from '../../src/devices/hvac/state.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { bucket, outdoorC } from '../../src/devices/weather.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour, minute } from '../../src/lib/time.ts'
import { Validation } from '../../src/lib/validation.ts'
import { many } from '../helpers/many.ts'

const oslo = placeAt({ latitude: 59.9139, longitude: 10.7522, seed: 1 })
const austin = placeAt({ latitude: 30.2672, longitude: -97.7431, seed: 1 })
const winter = Date.parse('2026-01-12T12:00:00Z')
const summer = Date.parse('2026-07-13T12:00:00Z')

const linked: Linked = { id: 'h1', userId: 'u1', vendor: 'MITSUBISHI', scopes: ['hvac:read:data', 'hvac:control:mode', 'vehicle:read:data'], locationId: null, pluggedInto: null, hemSystemId: null, smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 } }
const see = (unit: HvacState, link: Partial<Linked> = {}): HVAC => hvac.view(unit, { ...linked, ...link }, {})

const make = (vendor: Vendor, at: number, place: Place, model?: string, seed = 3): HvacState => hvac.make(new Random(seed), vendor, at, place, model)
const hold = (held: Partial<ThermostatSetting> & { mode: ThermostatSetting['mode'] }): Command => ({ type: 'permanent-hold', hold: held } as Command)

/** Any unit anywhere in any season, told to do anything that it can. */
function anyUnit (random: Random): HvacState {
  const place = placeAt({ latitude: random.between(-45, 65), longitude: random.between(-180, 180), seed: random.uint32() })
  const made = hvac.make(random, random.pick(hvacVendors), winter + random.integer(0, 365) * day + random.integer(0, day), place)
  const { limits, schedule, temperatureC } = made
  const mode = random.pick(limits.capableModes ?? [])
  return hvac.change(made, {
    currentTemperature: temperatureC + random.between(-3, 3),
    ...(random.next() < 0.4 && schedule !== null ? { holdType: 'SCHEDULED' } : { mode, holdType: 'PERMANENT' })
  })
}

t.test('every vendor makes every model of its own plausible, at home and abroad, and its view fits the contract', async t => {
  const each = many(t)
  const check = new Validation(components).strict(Ref(HVAC))
  for (const vendor of hvacVendors) {
    for (const [name] of catalogue[vendor].models) {
      for (let seed = 0; seed < 6; seed++) {
        const unit = make(vendor, seed % 3 === 0 ? summer : winter, seed % 2 === 0 ? oslo : austin, name, seed)
        each.same(make(vendor, unit.at, unit.place, name, seed), unit, 'the same stream gives the same unit')
        const shown = see(unit, { vendor })
        each.same([check(shown), check(hvac.discovered(shown)), check(hvac.outdated?.(shown))], [[], [], []], `${vendor} ${name}`)
        const { schedule, held, limits } = unit
        for (const target of [schedule?.comfort, schedule?.setback, held]) if (target) each.same(misfits(limits, target), [], `${vendor} ${name} ${JSON.stringify(target)}`)
        each.ok(held !== null || schedule !== null, name)
        each.equal(shown.capabilities.setFollowSchedule.isCapable, schedule !== null, name)
        each.ok(unit.temperatureC > 15 && unit.temperatureC < 36, `${vendor} ${name}: ${unit.temperatureC} °C`)
        const { capableModes, heatSetpointRange, coolSetpointRange, setpointDifferenceRange } = limits
        each.same([capableModes?.includes('HEAT'), capableModes?.includes('COOL'), capableModes?.includes('AUTO')],
          [heatSetpointRange !== null, coolSetpointRange !== null, setpointDifferenceRange !== null], `${vendor} ${name} has a range for what it can do`)
        each.ok({ HEATING: coolSetpointRange === null, COOLING: heatSetpointRange === null, HEAT_PUMP: setpointDifferenceRange !== null, AGGREGATOR: true }[unit.category], name)
      }
    }
  }
  each.done()
  const named = make('MILL', winter, oslo, 'Prototype')
  t.match(named, { brand: 'Mill', model: 'Prototype', heatingKw: 1 }, 'an unknown model has the hardware of the first')
  t.throws(() => make('ACURA', winter, oslo), { message: 'ACURA is no vendor of HVAC units' })
})

t.test('looking at a unit in between changes nothing about what becomes of it', async t => {
  const each = many(t)
  const active = { yes: 0, no: 0 }
  for (let seed = 0; seed < 400; seed++) {
    const random = new Random(seed)
    const before = anyUnit(random)
    const to = before.at + random.integer(0, 2 * day)
    const between = random.integer(before.at, to)
    const direct = hvac.advance(before, to)
    const split = hvac.advance(hvac.advance(before, between), to)
    each.ok(Math.abs(direct.temperatureC - split.temperatureC) < 1e-9, `seed ${seed}`)
    each.same({ ...split, temperatureC: 0 }, { ...direct, temperatureC: 0 }, `seed ${seed}`)
    active[direct.activity === null ? 'no' : 'yes']++
  }
  each.done()
  t.ok(active.yes > 15 && active.no > 100, `some were active in the end and some were not: ${JSON.stringify(active)}`)
  const unit = make('MILL', winter, oslo)
  t.equal(hvac.advance(unit, unit.at - 1), unit, 'the past changes nothing')
})

t.test('the temperature moves only towards the surroundings or the setpoints, and power flows only while active', async t => {
  let turns = 0
  for (let seed = 0; seed < 60; seed++) {
    let now = anyUnit(new Random(seed))
    const wrong: unknown[] = []
    for (let step = 0; step < 288; step++) {
      const powerKw = hvac.flow?.powerKw(now) ?? NaN
      const outdoor = outdoorC(now.place, now.at)
      const within = hvac.advance(now, now.at + bucket - now.at % bucket - 1)
      const next = hvac.advance(now, now.at + bucket)
      const later = outdoorC(next.place, next.at)
      const [before, after] = [see(now).thermostatState, see(next).thermostatState]
      const highest = Math.max(now.temperatureC, outdoor + 3, later + 3, 19, before.heatSetpoint ?? -Infinity, after.heatSetpoint ?? -Infinity) + 0.5
      const lowest = Math.min(now.temperatureC, outdoor, later, before.coolSetpoint ?? Infinity, after.coolSetpoint ?? Infinity) - 0.5
      if (now.activity === null ? powerKw !== 0 : powerKw <= 0 || powerKw > 10) wrong.push([step, powerKw, now.activity])
      if (within.activity !== now.activity || hvac.flow?.powerKw(within) !== powerKw || hvac.flow?.until(now) !== within.at + 1) wrong.push([step, 'changes within a bucket'])
      if (next.temperatureC > highest || next.temperatureC < lowest) wrong.push([step, now.temperatureC, next.temperatureC, outdoor])
      if (now.activity !== null && next.activity !== null && next.activity !== now.activity) wrong.push([step, 'turns at once'])
      if (next.activity !== now.activity) turns++
      now = next
    }
    t.same(wrong, [], `seed ${seed}`)
    t.ok(now.temperatureC > -25 && now.temperatureC < 50, `seed ${seed}: ${now.temperatureC} °C`)
  }
  t.ok(turns > 200, `the units started and stopped, ${turns} times`)
})

t.test('a thermostat heats in winter, cools in summer, keeps its setpoints, and lets go when it is off', async t => {
  const table: Array<[command: Command, at: number, place: Place, from: number, activity: HvacState['activity']]> = [
    [hold({ mode: 'HEAT', heatSetpoint: 21 }), winter, oslo, 20, 'HEATING'],
    [hold({ mode: 'HEAT', heatSetpoint: 21 }), winter, oslo, 20.7, null],
    [hold({ mode: 'HEAT', heatSetpoint: 21 }), summer, austin, 26, null],
    [hold({ mode: 'COOL', coolSetpoint: 24 }), summer, austin, 26, 'COOLING'],
    [hold({ mode: 'COOL', coolSetpoint: 24 }), summer, austin, 24.3, null],
    [hold({ mode: 'COOL', coolSetpoint: 24 }), winter, oslo, 18, null],
    [hold({ mode: 'AUTO', heatSetpoint: 21, coolSetpoint: 24 }), winter, oslo, 20, 'HEATING'],
    [hold({ mode: 'AUTO', heatSetpoint: 21, coolSetpoint: 24 }), summer, austin, 26, 'COOLING'],
    [hold({ mode: 'AUTO', heatSetpoint: 21, coolSetpoint: 24 }), summer, austin, 22, null],
    [hold({ mode: 'OFF' }), winter, oslo, 20, null]
  ]
  for (const [command, at, place, from, activity] of table) {
    const made = hvac.change(make('MITSUBISHI', at, place, 'MSZ-LN35VG'), { currentTemperature: from, mode: 'OFF' })
    const told = hvac.obey(made, command, 0)
    t.equal(told.activity, activity, JSON.stringify(command))
    t.ok(hvac.isDone(told, command) && hvac.obstacle(made, command) === null)
    t.same(hvac.obey(told, command, 0), told, 'obeying twice is obeying once')
    const [soon, idle] = [hvac.advance(told, at + 20 * minute), hvac.advance(made, at + 20 * minute)]
    const difference = soon.temperatureC - idle.temperatureC
    t.ok(activity === 'HEATING' ? difference > 0.1 : activity === 'COOLING' ? difference < -0.1 : difference === 0, `${JSON.stringify(command)} makes ${difference}`)
    t.equal(hvac.pace(told), activity !== null ? 'active' : command.type === 'permanent-hold' && command.hold.mode === 'OFF' ? 'asleep' : 'idle')
  }
  const heated = hvac.advance(hvac.obey(make('MITSUBISHI', winter, oslo), hold({ mode: 'HEAT', heatSetpoint: 22 }), 0), winter + 2 * day)
  for (let now = heated; now.at < winter + 3 * day; now = hvac.advance(now, now.at + bucket)) t.ok(now.temperatureC > 20.9 && now.temperatureC < 22.5, `held at ${now.temperatureC}`)
  const off = hvac.advance(hvac.obey(heated, hold({ mode: 'OFF' }), 0), winter + 12 * day)
  t.ok(Math.abs(off.temperatureC - outdoorC(oslo, off.at) - 3) < 6, `off for ten days it is ${off.temperatureC} inside and ${outdoorC(oslo, off.at)} outside`)
  const onlyCools = hvac.advance(make('SENSIBO', winter, oslo, 'Air PRO'), winter + 12 * day)
  t.ok(onlyCools.temperatureC > 18.9 && onlyCools.activity === null, 'something else heats a home whose unit only cools')
})

t.test('a day makes the temperature follow the weather outdoors', async t => {
  const off = hvac.advance(hvac.change(make('MILL', summer, oslo), { mode: 'OFF' }), summer + 5 * day)
  const hours = Array.from({ length: 24 }, (_, i) => hvac.advance(off, off.at + i * hour).temperatureC)
  t.ok(Math.max(...hours) - Math.min(...hours) > 0.3 && Math.max(...hours) - Math.min(...hours) < 10, hours.join(' '))
})

t.test('a heat pump gives less heat for its electricity in the cold, and a cooler takes away less in the heat', async t => {
  const hundredths = (ratio: number): number => Math.round(ratio * 100) / 100
  t.same([-30, -15, -7, -2.5, 2, 7, 12, 30].map(outdoor => hundredths(waterRatio(outdoor, 35))), [2.2, 2.2, 2.7, 3.1, 3.5, 4.5, 5.3, 5.3], 'the points that are published for 35 °C')
  t.same([2, 7].map(outdoor => hundredths(waterRatio(outdoor, 45))), [2.8, 3.6], 'hotter water takes more')
  t.same([-7, 7].map(outdoor => hundredths(airRatio(outdoor))), [2.61, 4.15], 'air is easier to warm')
  t.same([-10, 0, 35, 45, 60].map(outdoor => hundredths(coolingRatio(outdoor))), [6, 6, 3.2, 2.4, 2])
  const kw = (vendor: Vendor, model: string, mode: 'HEAT' | 'COOL', at: number, place: Place): number => {
    const unit = hvac.change(make(vendor, at, place, model), { currentTemperature: mode === 'HEAT' ? 15 : 30, mode })
    t.equal(see(unit).consumptionRate, unit.reportsPower ? Math.round((hvac.flow?.powerKw(unit) ?? 0) * 100) / 100 : null)
    return hvac.flow?.powerKw(unit) ?? NaN
  }
  t.equal(kw('MILL', 'Panel Heater Gen 3 1000 W', 'HEAT', winter, oslo), 1)
  t.equal(kw('TADO', 'Smart Thermostat X', 'HEAT', winter, oslo), 12 * 0.03, 'fuel is burnt outside the electricity of the home')
  t.equal(kw('NIBE', 'S1255-12', 'HEAT', winter, oslo), 12 / 3.7, 'the ground is as warm in winter')
  t.ok(kw('DAIKIN', 'Perfera FTXM35A', 'HEAT', winter, oslo) > kw('DAIKIN', 'Perfera FTXM35A', 'HEAT', winter, austin))
  t.ok(kw('DAIKIN', 'Perfera FTXM35A', 'COOL', summer, austin) > kw('DAIKIN', 'Perfera FTXM35A', 'COOL', winter, austin))
})

t.test('the schedule of the device rules by the local clock, also on the days when it is changed', async t => {
  const comfort: ThermostatSetting = { mode: 'HEAT', heatSetpoint: 21, coolSetpoint: null }
  const unit: HvacState = {
    ...make('MILL', winter, oslo),
    held: null,
    schedule: { comfort, setback: { ...comfort, heatSetpoint: 17 }, workday: { from: 390, to: 1320 }, weekend: { from: 480, to: 1380 } }
  }
  const at = (time: string, of = unit): number | null => see(hvac.advance({ ...of, at: Date.parse(time) - 3 * minute }, Date.parse(time))).thermostatState.heatSetpoint
  const table: Array<[time: string, heatSetpoint: number, why: string]> = [
    ['2026-01-12T06:29:59+01:00', 17, 'Monday night'],
    ['2026-01-12T06:30:00+01:00', 21, 'Monday morning'],
    ['2026-01-12T21:59:59+01:00', 21, 'Monday evening'],
    ['2026-01-12T22:00:00+01:00', 17, 'Monday night'],
    ['2026-01-17T07:59:59+01:00', 17, 'Saturday is a weekend'],
    ['2026-01-17T08:00:00+01:00', 21, 'Saturday'],
    ['2026-01-18T22:59:59+01:00', 21, 'Sunday'],
    ['2026-01-19T00:00:00+01:00', 17, 'Monday'],
    // 29 March 2026: 02:00+01:00 is 03:00+02:00; 25 October 2026: 03:00+02:00 is 02:00+01:00. Both are Sundays.
    ['2026-03-29T05:59:59Z', 17, 'the clock went forward'],
    ['2026-03-29T06:00:00Z', 21, '08:00 in summer time'],
    ['2026-10-25T06:59:59Z', 17, 'the clock went back'],
    ['2026-10-25T07:00:00Z', 21, '08:00 in winter time'],
    ['2026-10-26T05:30:00Z', 21, 'Monday 06:30 in winter time']
  ]
  for (const [time, heatSetpoint, why] of table) t.equal(at(time), heatSetpoint, `${time}: ${why}`)
  t.equal(at('2026-01-12T12:30:00Z', { ...unit, place: austin }), 21, '06:30 in Austin')
  t.equal(at('2026-01-12T12:29:00Z', { ...unit, place: austin }), 17)

  const days: Array<[number, number]> = [[Date.parse('2026-03-28T23:00:00Z'), 23], [Date.parse('2026-10-24T22:00:00Z'), 25]]
  for (const [midnight, length] of days) {
    const comfortable = Array.from({ length: length * 12 }, (_, i) => at(new Date(midnight + i * bucket).toISOString())).filter(setpoint => setpoint === 21)
    t.equal(comfortable.length, 15 * 12, `a Sunday of ${length} hours has as much comfort as any`)
  }
  const evening = hvac.advance(hvac.change({ ...unit, at: Date.parse('2026-01-12T20:00:00Z') }, { currentTemperature: 20 }), Date.parse('2026-01-12T21:00:00Z') - 1)
  t.equal(evening.activity, 'HEATING')
  t.equal(hvac.advance(evening, evening.at + 1).activity, null, 'it stops when the setback begins')
})

t.test('a hold keeps the setpoint that its mode does not use, and only what fits is done', async t => {
  const unit = hvac.change(make('DAIKIN', winter, oslo, 'Emura FTXJ20'), { mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 25 })
  t.match(see(hvac.obey(unit, hold({ mode: 'HEAT', heatSetpoint: 22 }), 0)).thermostatState, { mode: 'HEAT', heatSetpoint: 22, coolSetpoint: 25, holdType: 'PERMANENT' })
  t.notOk(hvac.isDone(unit, hold({ mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 26 })))
  t.notOk(hvac.isDone(unit, hold({ mode: 'OFF' })))
  t.notOk(hvac.isDone(unit, { type: 'follow-schedule' }))
  const table: Array<[limits: Partial<HvacState['limits']>, target: Partial<ThermostatSetting> & { mode: ThermostatSetting['mode'] }, says: string[]]> = [
    [{}, { mode: 'HEAT', heatSetpoint: 10 }, []],
    [{}, { mode: 'HEAT', heatSetpoint: 9.9 }, ['"heatSetpoint" must be from 10 to 30 °C, not 9.9 °C']],
    [{}, { mode: 'COOL', coolSetpoint: 32.1 }, ['"coolSetpoint" must be from 18 to 32 °C, not 32.1 °C']],
    [{}, { mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 20 }, []],
    [{}, { mode: 'AUTO', heatSetpoint: 10.1, coolSetpoint: 25.1 }, []],
    [{}, { mode: 'AUTO', heatSetpoint: 21, coolSetpoint: 20 }, ['"coolSetpoint" must be 0 to 15 °C above "heatSetpoint" in AUTO, not -1 °C']],
    [{}, { mode: 'AUTO', heatSetpoint: 5, coolSetpoint: 33 }, [
      '"heatSetpoint" must be from 10 to 30 °C, not 5 °C', '"coolSetpoint" must be from 18 to 32 °C, not 33 °C', '"coolSetpoint" must be 0 to 15 °C above "heatSetpoint" in AUTO, not 28 °C'
    ]],
    [{ capableModes: ['OFF', 'HEAT'] }, { mode: 'AUTO', heatSetpoint: 5, coolSetpoint: 33 }, ['"mode" must be one of OFF, HEAT, not AUTO']],
    [{ capableModes: null, heatSetpointRange: null }, { mode: 'HEAT', heatSetpoint: 99 }, []],
    [{ heatSetpointRange: { min: null, max: 20 } }, { mode: 'HEAT', heatSetpoint: 21 }, ['"heatSetpoint" must be from any to 20 °C, not 21 °C']]
  ]
  for (const [limits, target, says] of table) t.same(misfits({ ...unit.limits, ...limits }, target).map(({ key, says }) => `"${key}" ${says}`), says)
})

t.test('facts are set by the names of the API, and what cannot be is refused', async t => {
  const unit = make('DAIKIN', winter, oslo, 'Emura FTXJ20')
  const heater = make('MILL', winter, oslo)
  const plain = make('SENSIBO', winter, oslo, 'Sky')
  const set = hvac.change(unit, { currentTemperature: 17.26, mode: 'HEAT', heatSetpoint: 19, displayName: null, groupName: null, brand: 'Nest', model: null, latitude: 30.2, longitude: -97.7, heatSetpointRange: { min: 12, max: 28 } })
  t.match(see(set), {
    information: { brand: 'Nest', model: null, displayName: 'Nest heat pump', groupName: null, category: 'HEAT_PUMP' },
    temperatureState: { currentTemperature: 17.3, isActive: true },
    thermostatState: { mode: 'HEAT', heatSetpoint: 19, holdType: 'PERMANENT' },
    capabilities: { heatSetpointRange: { min: 12, max: 28 } }
  })
  t.equal(set.place.timezone, 'America/Chicago')
  t.equal(see(hvac.change(unit, { displayName: null })).information.displayName, 'DAIKIN Emura FTXJ20')
  t.equal(see(hvac.change(unit, { displayName: 'Mine' })).information.displayName, 'Mine')
  t.match(see(hvac.change(set, { holdType: 'SCHEDULED' })).thermostatState, { mode: 'AUTO', holdType: 'SCHEDULED' })
  const night = hvac.change({ ...unit, at: Date.parse('2026-01-12T01:00:00Z'), held: null }, { holdType: 'PERMANENT' })
  t.same(night.held, unit.schedule?.setback, 'a hold without more keeps what the schedule says at the moment')

  const refused: Array<[HvacState, Record<string, unknown>, RegExp]> = [
    [unit, { mode: 'UNKNOWN' }, /"state.mode" must be one of OFF, AUTO, COOL, HEAT/],
    [heater, { mode: 'COOL' }, /"state.mode" must be one of OFF, HEAT/],
    [heater, { coolSetpoint: 20 }, /"state.coolSetpoint" cannot be set: the unit does not cool/],
    [heater, { setpointDifferenceRange: { min: 1, max: 2 } }, /cannot be set: the unit has no mode AUTO/],
    [unit, { heatSetpoint: 40 }, /"state.heatSetpoint" must be from 10 to 30 °C, not 40 °C/],
    [unit, { mode: 'AUTO', heatSetpoint: 25, coolSetpoint: 20 }, /"state.coolSetpoint" must be 0 to 15 °C above/],
    [unit, { heatSetpointRange: { min: 5, max: 12 } }, /"state.heatSetpoint" must be from 5 to 12 °C, not .* as the schedule of the unit has it/],
    [unit, { heatSetpointRange: { min: 20, max: 12 } }, /"state.heatSetpointRange" must be \{"min", "max"\} with two numbers from -50 to 60, the lower first/],
    [unit, { heatSetpointRange: { min: 20 } }, /"state.heatSetpointRange" must be/],
    [unit, { heatSetpointRange: null }, /"state.heatSetpointRange" must be/],
    [plain, { holdType: 'SCHEDULED' }, /"state.holdType" cannot be SCHEDULED: the unit has no schedule of its own/],
    [unit, { holdType: 'SCHEDULED', mode: 'OFF' }, /"state.mode" cannot be set when "state.holdType" is SCHEDULED/],
    [unit, { isActive: true }, /"state.isActive" follows from the temperature/],
    [unit, { consumptionRate: 1 }, /"state.consumptionRate" follows from/],
    [unit, { category: 'HEATING', capableModes: [] }, /"state.category" follows from the hardware.*"state.capableModes" follows/],
    [unit, { batteryLevel: 5 }, /"state.batteryLevel" cannot be set, these can: currentTemperature, mode/],
    [unit, { currentTemperature: 99 }, /"state.currentTemperature" must be a number from -50 to 60/]
  ]
  for (const [of, state, message] of refused) t.throws(() => hvac.change(of, state), { message }, JSON.stringify(state))
})
