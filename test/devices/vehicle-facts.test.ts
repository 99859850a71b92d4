import t from 'tap'
import { vendorNames } from '../../src/contract/vendor-names.ts'
import { vehicleVendors } from '../../src/contract/vendors.ts'
import { vehicle, type VehicleState } from '../../src/devices/vehicle/index.ts'
import { powerStates, type PowerState } from '../../src/devices/device.ts'
import { Problem } from '../../src/lib/problem.ts'
import { minute } from '../../src/lib/time.ts'
import { car, oslo, see, start } from './cars.ts'

t.test('a change sets what it names and what follows from it', async t => {
  const full = { power: 'PLUGGED_IN:COMPLETE', energyKwh: 80 } as const
  const charging = { power: 'PLUGGED_IN:CHARGING' } as const
  const away = { power: 'UNPLUGGED' } as const
  const atBox = { charger: { deviceId: 'c1', limitKw: Infinity } }
  const plugged = (power: PowerState, more: Partial<VehicleState> = {}): Partial<VehicleState> => ({ power, unpluggedAt: null, ...more })
  const table: Array<[Partial<VehicleState>, Record<string, unknown>, Partial<VehicleState>]> = [
    [{}, {}, {}],
    [{}, { batteryLevel: 42.5 }, { energyKwh: 42.5 }],
    [{}, { batteryCapacity: 60 }, { batteryCapacityKwh: 60, energyKwh: 30, fullRangeKm: 240 }],
    [{}, { batteryCapacity: 60, batteryLevel: 10 }, { batteryCapacityKwh: 60, energyKwh: 6, fullRangeKm: 240 }],
    [{}, { chargeLimit: 90, maxCurrent: 32, odometer: 20000.5 }, { chargeLimitPercent: 90, maxCurrentA: 32, odometerKm: 20000.5 }],
    [{}, { odometer: 12345 }, { odometerKm: 12345 }],
    [away, { latitude: -33.9, longitude: 18.4 }, { place: { latitude: -33.9, longitude: 18.4, timezone: 'Africa/Johannesburg', seed: 1 } }],
    [{}, { vin: 'V', brand: 'Kia', model: 'M', year: 1999, displayName: 'D' }, { vin: 'V', brand: 'Kia', model: 'M', year: 1999, displayName: 'D' }],
    [{ vin: '5YJ3E1EA4MF000001', year: 2021 }, { year: 2024 }, { vin: '5YJ3E1EA5RF000001', year: 2024 }],
    [{ vin: 'mine' }, { year: 2025 }, { vin: 'mine', year: 2025 }],
    [{ displayName: 'D' }, { displayName: null }, { displayName: null }],
    [away, { isPluggedIn: true }, plugged('PLUGGED_IN:CHARGING')],
    [away, { isPluggedIn: true, isCharging: false }, plugged('PLUGGED_IN:STOPPED')],
    [away, { pluggedInChargerId: 'c1' }, plugged('PLUGGED_IN:CHARGING', atBox)],
    [away, { pluggedInChargerId: 'c1', isCharging: false }, plugged('PLUGGED_IN:STOPPED', atBox)],
    [away, { pluggedInChargerId: 'c1', batteryLevel: 90 }, plugged('PLUGGED_IN:COMPLETE', { ...atBox, energyKwh: 90 })],
    [away, { pluggedInChargerId: null }, {}],
    [{}, { isPluggedIn: true }, {}],
    [{}, { pluggedInChargerId: 'c1' }, { power: 'PLUGGED_IN:CHARGING', ...atBox }],
    [atBox, { pluggedInChargerId: 'c1' }, atBox],
    [atBox, { pluggedInChargerId: null }, { power: 'PLUGGED_IN:CHARGING', charger: null }],
    [{ power: 'PLUGGED_IN:FAULT' }, { pluggedInChargerId: 'c1' }, atBox],
    [away, { fastChargePower: 150 }, plugged('PLUGGED_IN:CHARGING', { fastChargeKw: 150 })],
    [away, { fastChargePower: null }, {}],
    [{ fastChargeKw: 150 }, { fastChargePower: 50 }, { fastChargeKw: 50 }],
    [{ fastChargeKw: 150 }, { fastChargePower: null }, { power: 'PLUGGED_IN:CHARGING', fastChargeKw: null }],
    [{ fastChargeKw: 150 }, { pluggedInChargerId: 'c1' }, { power: 'PLUGGED_IN:CHARGING', fastChargeKw: null, ...atBox }],
    [atBox, { fastChargePower: null }, atBox],
    [atBox, { fastChargePower: 150, isCharging: false }, { charger: null, fastChargeKw: 150 }],
    [away, { isPluggedIn: true, batteryLevel: 80 }, plugged('PLUGGED_IN:COMPLETE', { energyKwh: 80 })],
    [away, { isPluggedIn: true, isCharging: true }, plugged('PLUGGED_IN:CHARGING')],
    [away, { batteryLevel: 95 }, { energyKwh: 95 }],
    [away, { isPluggedIn: false, isCharging: false }, {}],
    [charging, { isPluggedIn: false }, { power: 'UNPLUGGED', unpluggedAt: start }],
    [charging, { isPluggedIn: true }, {}],
    [charging, { isCharging: false }, { power: 'PLUGGED_IN:STOPPED' }],
    [charging, { batteryLevel: 80 }, { power: 'PLUGGED_IN:COMPLETE', energyKwh: 80 }],
    [charging, { chargeLimit: 50 }, { power: 'PLUGGED_IN:COMPLETE', chargeLimitPercent: 50 }],
    [{}, { isCharging: true }, { power: 'PLUGGED_IN:CHARGING' }],
    [{}, { batteryLevel: 80 }, { power: 'PLUGGED_IN:COMPLETE', energyKwh: 80 }],
    [full, { chargeLimit: 90 }, { power: 'PLUGGED_IN:CHARGING', chargeLimitPercent: 90 }],
    [full, { batteryLevel: 79 }, { power: 'PLUGGED_IN:CHARGING', energyKwh: 79 }],
    [full, { chargeLimit: 90, isCharging: false }, { power: 'PLUGGED_IN:STOPPED', chargeLimitPercent: 90 }],
    [full, { isCharging: false }, {}],
    [{}, { chargeLimit: 90 }, { chargeLimitPercent: 90 }],
    [full, { batteryCapacity: 50 }, { batteryCapacityKwh: 50, energyKwh: 40, fullRangeKm: 200 }],
    [full, { displayName: 'D' }, { displayName: 'D' }],
    [full, { isCharging: true, batteryLevel: 70 }, { power: 'PLUGGED_IN:CHARGING', energyKwh: 70 }],
    [{ power: 'PLUGGED_IN:DISCHARGING' }, { batteryLevel: 0 }, { power: 'PLUGGED_IN:STOPPED', energyKwh: 0 }],
    [{ power: 'PLUGGED_IN:DISCHARGING' }, { isCharging: false }, {}],
    [{ power: 'PLUGGED_IN:FAULT' }, { batteryLevel: 90 }, { energyKwh: 90 }],
    [{ power: 'PLUGGED_IN:INITIALIZING', powerFrom: start + 5 }, { isCharging: false }, { power: 'PLUGGED_IN:STOPPED', powerFrom: null }],
    [away, { powerDeliveryState: 'PLUGGED_IN:INITIALIZING' }, plugged('PLUGGED_IN:INITIALIZING', { powerFrom: start + 30_000 })],
    [away, { powerDeliveryState: 'PLUGGED_IN:COMPLETE', batteryLevel: 80 }, plugged('PLUGGED_IN:COMPLETE', { energyKwh: 80 })],
    [charging, { powerDeliveryState: 'PLUGGED_IN:NO_POWER', isPluggedIn: true, isCharging: false }, { power: 'PLUGGED_IN:NO_POWER' }],
    [{ energyKwh: 80 }, { powerDeliveryState: 'PLUGGED_IN:STOPPED' }, {}]
  ]
  for (const [facts, changes, expected] of table) {
    t.same(vehicle.change(car(facts), changes), { ...car(facts), ...expected }, JSON.stringify([facts, changes]))
  }
  for (const [facts, changes] of [[away, { isPluggedIn: true }], [full, { chargeLimit: 90 }]] as const) {
    t.match(vehicle.change(car(facts), changes, { rampMs: 8000 }), { power: 'PLUGGED_IN:INITIALIZING', powerFrom: start + 8000 }, 'as a car that is told to start')
  }
})

t.test('a change that cannot be is refused with all that is wrong with it', async t => {
  const states = powerStates.join(', ')
  const keys = 'batteryLevel, batteryCapacity, chargeLimit, isPluggedIn, isCharging, powerDeliveryState, maxCurrent, chargeEfficiency, odometer, latitude, longitude, vin, brand, model, year, displayName, pluggedInChargerId, fastChargePower'
  const text = 'must be a text of 1 to 100 characters'
  const brands = vehicleVendors.map(vendor => vendorNames[vendor]).join(', ')
  const full = 'the battery level is 80 and the charge limit 80'
  const away = `cannot be away from the cable that the vehicle is plugged in with, at ${oslo.latitude}, ${oslo.longitude}: set "isPluggedIn" to false as well`
  const table: Array<[Partial<VehicleState>, Record<string, unknown>, Record<string, string>]> = [
    [{}, { batteryLevel: 100.1 }, { batteryLevel: 'must be a number from 0 to 100' }],
    [{}, { batteryLevel: '50' }, { batteryLevel: 'must be a number from 0 to 100' }],
    [{}, { batteryLevel: null }, { batteryLevel: 'must be a number from 0 to 100' }],
    [{}, { batteryLevel: NaN }, { batteryLevel: 'must be a number from 0 to 100' }],
    [{}, { batteryCapacity: 0, odometer: -1 }, { batteryCapacity: 'must be a number from 1 to 500', odometer: 'must be a number from 0 to 10000000' }],
    [{}, { odometer: Infinity }, { odometer: 'must be a number from 0 to 10000000' }],
    [{}, { chargeLimit: 80.5 }, { chargeLimit: 'must be a whole number from 1 to 100' }],
    [{}, { maxCurrent: 33 }, { maxCurrent: 'must be a number from 1 to 32' }],
    [{}, { latitude: 91, longitude: -181 }, { latitude: 'must be a number from -90 to 90', longitude: 'must be a number from -180 to 180' }],
    [{}, { isPluggedIn: 1, isCharging: null }, { isPluggedIn: 'must be true or false', isCharging: 'must be true or false' }],
    [{}, { powerDeliveryState: 'UNKNOWN' }, { powerDeliveryState: `must be one of ${states}` }],
    [{}, { vin: '', model: 5 }, { vin: text, model: text }],
    [{}, { brand: 'Mercedes-Benz' }, { brand: `must be one of ${brands}` }],
    [{}, { brand: null }, { brand: `must be one of ${brands}` }],
    [{}, { year: 2022.5, displayName: '' }, { year: 'must be a whole number from 1990 to 2100', displayName: 'must be null or a text of 1 to 100 characters' }],
    [{}, { soc: 5, constructor: 1 }, { soc: `cannot be set, these can: ${keys}`, constructor: `cannot be set, these can: ${keys}` }],
    [{}, { range: 5 }, { range: 'follows from the level and the capacity of the battery, set "batteryLevel" or "batteryCapacity"' }],
    [{}, { chargeRate: 5 }, { chargeRate: 'follows from the current, the hardware and the level, set "maxCurrent", "fastChargePower" or "batteryLevel"' }],
    [{}, { chargeTimeRemaining: 5 }, { chargeTimeRemaining: 'follows from the level, the charge limit and the charge rate, set "batteryLevel", "chargeLimit" or "maxCurrent"' }],
    [{}, { isFullyCharged: true }, { isFullyCharged: 'follows from the level and the charge limit, set "batteryLevel" or "chargeLimit"' }],
    [{}, { isCharging: true, isPluggedIn: false }, { isCharging: 'cannot be true when "state.isPluggedIn" is false' }],
    [{ power: 'UNPLUGGED' }, { isCharging: true }, { isCharging: 'cannot be true for an unplugged vehicle, set "isPluggedIn" to true as well' }],
    [{}, { fastChargePower: 150, isPluggedIn: false }, { fastChargePower: 'cannot be set when nothing shall be plugged in' }],
    [{}, { latitude: 60, longitude: 11 }, { latitude: away, longitude: away }],
    [{}, { latitude: 60, isPluggedIn: true, isCharging: true }, { latitude: away }],
    [{}, { odometer: 12344.9 }, { odometer: 'cannot fall: it counts up, and stands at 12345' }],
    [{}, { year: 2028 }, { year: 'cannot be later than 2027, which has not come yet' }],
    [{}, { fastChargePower: 0 }, { fastChargePower: 'must be null or a number from 1 to 1000' }],
    [{}, { fastChargePower: 150, pluggedInChargerId: 'c1' }, { fastChargePower: 'cannot be set with "pluggedInChargerId": the chargers of this world give AC' }],
    [{}, { powerDeliveryState: 'PLUGGED_IN:CHARGING', isPluggedIn: false }, { isPluggedIn: 'cannot be false when "state.powerDeliveryState" is PLUGGED_IN:CHARGING' }],
    [{}, { powerDeliveryState: 'UNPLUGGED', isPluggedIn: true, isCharging: true }, {
      isPluggedIn: 'cannot be true when "state.powerDeliveryState" is UNPLUGGED',
      isCharging: 'cannot be true when "state.powerDeliveryState" is UNPLUGGED'
    }],
    [{}, { isCharging: true, batteryLevel: 80 }, { isCharging: `cannot be true at the charge limit: ${full}` }],
    [{ energyKwh: 80 }, { powerDeliveryState: 'PLUGGED_IN:CHARGING' }, { powerDeliveryState: `cannot be PLUGGED_IN:CHARGING at the charge limit: ${full}` }],
    [{ energyKwh: 80 }, { powerDeliveryState: 'PLUGGED_IN:INITIALIZING' }, { powerDeliveryState: `cannot be PLUGGED_IN:INITIALIZING at the charge limit: ${full}` }],
    [{}, { powerDeliveryState: 'PLUGGED_IN:COMPLETE' }, { powerDeliveryState: 'cannot be PLUGGED_IN:COMPLETE below the charge limit: the battery level is 50 and the charge limit 80' }],
    [{}, { powerDeliveryState: 'PLUGGED_IN:DISCHARGING', batteryLevel: 0 }, { powerDeliveryState: 'cannot be PLUGGED_IN:DISCHARGING with an empty battery' }],
    [{ energyKwh: 80 }, { isCharging: true, batteryLevel: 'low' }, { batteryLevel: 'must be a number from 0 to 100' }],
    [{}, { odometer: null, isCharging: true, isPluggedIn: false, foo: 1, year: 2020 }, {
      odometer: 'must be a number from 0 to 10000000',
      foo: `cannot be set, these can: ${keys}`,
      isCharging: 'cannot be true when "state.isPluggedIn" is false'
    }]
  ]
  for (const [facts, changes, says] of table) {
    const issues = Object.entries(says).map(([key, words]) => ({ message: `"state.${key}" ${words}`, path: ['state', key], type: 'custom' }))
    const before = Object.freeze(car(facts))
    try {
      vehicle.change(before, changes)
      t.fail(`accepted ${JSON.stringify([facts, changes])}`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      t.equal(error.status, 400)
      t.same(error.issues, issues, JSON.stringify([facts, changes]))
    }
  }
})

t.test('force sets what a state can hold, and nothing else', async t => {
  const set = (changes: Record<string, unknown>, force = true): VehicleState => vehicle.change(car(), changes, { force })
  t.match(set({ latitude: 60 }), { power: 'PLUGGED_IN:STOPPED', place: { latitude: 60 } })
  t.match(set({ odometer: 5 }), { odometerKm: 5 })
  t.match(set({ year: 2100 }), { year: 2100 })
  const complete = set({ powerDeliveryState: 'PLUGGED_IN:COMPLETE' })
  t.match(vehicle.advance(complete, start + minute), { power: 'PLUGGED_IN:COMPLETE', energyKwh: 50 }, 'and it stays so')
  for (const changes of [{ batteryLevel: 101 }, { isCharging: true, isPluggedIn: false }, { isCharging: true, batteryLevel: 80 }, { powerDeliveryState: 'UNPLUGGED', isPluggedIn: true }, { foo: 1 }]) {
    t.throws(() => set(changes), { message: /"state\./ }, JSON.stringify(changes))
  }
  for (const changes of [{ isPluggedIn: false, latitude: 60 }, { powerDeliveryState: 'UNPLUGGED', latitude: 60 }, { latitude: 60, fastChargePower: 100 }, { latitude: oslo.latitude + 0.001 }]) {
    t.match(set(changes, false), { place: { latitude: changes.latitude } }, `${JSON.stringify(changes)} can be`)
  }
  t.match(vehicle.change(car(), { odometer: 5 }, { isNew: true }), { odometerKm: 5 }, 'a new car has driven as far as it is said to')
})

t.test('the API shows a car rounded, in the documented order', async t => {
  const resting = see(car({ displayName: 'Ann\'s ID.4', batteryCapacityKwh: 70.789, energyKwh: 70.789 * 0.65999 }))
  const at = '2026-06-01T12:00:00.000Z'
  const on = { isCapable: true, interventionIds: [] }
  t.equal(JSON.stringify(resting), JSON.stringify({
    id: 'a1',
    userId: 'u1',
    vendor: 'TESLA',
    lastSeen: at,
    isReachable: true,
    information: { vin: 'WVWZZZE1ZMP000001', brand: 'Volkswagen', model: 'ID.4 Pro', year: 2022, displayName: 'Ann\'s ID.4', imageUrl: '/assets/vehicle-suv-red.png' },
    chargeState: {
      batteryLevel: 65,
      range: 264,
      isPluggedIn: true,
      isCharging: false,
      isFullyCharged: false,
      batteryCapacity: 70.79,
      chargeLimit: 80,
      chargeRate: null,
      chargeTimeRemaining: null,
      lastUpdated: at,
      maxCurrent: 16,
      powerDeliveryState: 'PLUGGED_IN:STOPPED',
      pluggedInChargerId: null
    },
    smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 },
    odometer: { distance: 12345, lastUpdated: at },
    capabilities: { information: on, chargeState: on, location: on, odometer: on, setMaxCurrent: on, startCharging: on, stopCharging: on, smartCharging: on },
    scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'],
    location: { longitude: 10.75221, latitude: 59.91391, lastUpdated: at, id: '8d90101b-3f2f-462a-bbb4-1ed320d33bbe' }
  }))
  const charging = car({ power: 'PLUGGED_IN:CHARGING', onboardChargerKw: 22, energyKwh: 79.999 })
  t.match(see(charging).chargeState, { batteryLevel: 79, isCharging: true, isFullyCharged: false, chargeRate: 11, chargeTimeRemaining: 1 })
  t.match(see(vehicle.advance(charging, start + minute)).chargeState, { batteryLevel: 80, isCharging: false, isFullyCharged: true, chargeRate: null, chargeTimeRemaining: null, powerDeliveryState: 'PLUGGED_IN:COMPLETE' })
  t.match(see(car({ power: 'UNPLUGGED' })).chargeState, { isPluggedIn: false, isCharging: false })
  t.match(see(car({ power: 'PLUGGED_IN:INITIALIZING' })).chargeState, { isPluggedIn: true, isCharging: false, chargeRate: null })
  t.equal(see(car({ energyKwh: 99.999 })).chargeState.batteryLevel, 99)
  const levels = Array.from({ length: 101 }, (_, percent) => percent)
  const shown = levels.map(batteryLevel => see(vehicle.change(car({ batteryCapacityKwh: 70.79 }), { batteryLevel })).chargeState.batteryLevel)
  t.same(shown, levels, 'a level that was set is shown as it was set')
})

t.test('scopes and overrides take capabilities and the position away', async t => {
  const ids = (view: ReturnType<typeof see>): string[] => Object.entries(view.capabilities).filter(([, { isCapable }]) => isCapable).map(([name]) => name)
  t.same(vehicle.capabilities, Object.keys(see(car()).capabilities))
  const reads = ['information', 'chargeState', 'odometer']
  t.same(ids(see(car(), { vendor: 'KIA' })), ['information', 'chargeState', 'location', 'odometer', 'startCharging', 'stopCharging', 'smartCharging'], 'only a Tesla takes a max current')
  t.same(ids(see(car(), { scopes: ['vehicle:read:data'] })), reads)
  const hidden = see(car(), { scopes: ['vehicle:read:data', 'vehicle:control:charging'] })
  t.same(hidden.location, { longitude: null, latitude: null, lastUpdated: null, id: null })
  t.same(hidden.capabilities.location, { isCapable: false, interventionIds: [] })
  t.same(hidden.scopes, ['vehicle:read:data', 'vehicle:control:charging'])

  const overrides = { stopCharging: { isCapable: false, interventionIds: ['i1'] }, smartCharging: { isCapable: true, interventionIds: [] }, setMaxCurrent: { isCapable: false, interventionIds: ['i2'] } }
  const overridden = see(car(), { vendor: 'KIA' }, overrides).capabilities
  t.same(overridden.stopCharging, overrides.stopCharging)
  t.same(overridden.setMaxCurrent, overrides.setMaxCurrent, 'an override may say what would help')
  t.same(overridden.smartCharging, { isCapable: false, interventionIds: ['i1'] }, 'smart charging needs what is missing, and an override does not give a capability')
  t.same(see(car(), { scopes: [] }, overrides).capabilities.stopCharging, { isCapable: false, interventionIds: [] }, 'no intervention helps against a missing scope')
})

t.test('at discovery only the information about the car is known', async t => {
  const seen = see(car({ power: 'PLUGGED_IN:CHARGING' }))
  const found = vehicle.discovered(seen)
  const { id, userId, vendor, lastSeen, information, capabilities, scopes } = seen
  t.same(Object.keys(found), Object.keys(seen), 'in the same order')
  t.same(Object.keys(found.chargeState), Object.keys(seen.chargeState))
  t.same(Object.keys(found.location), Object.keys(seen.location))
  const nothing = (part: object): object => Object.fromEntries(Object.keys(part).map(key => [key, null]))
  t.same(found, {
    id,
    userId,
    vendor,
    lastSeen,
    isReachable: null,
    information,
    chargeState: { ...nothing(seen.chargeState), powerDeliveryState: 'UNKNOWN' },
    smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 },
    odometer: nothing(seen.odometer),
    capabilities,
    scopes,
    location: nothing(seen.location)
  })
})
