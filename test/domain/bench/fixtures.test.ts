import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { vendorsByType } from '../../../src/contract/vendors.ts'
import { fixtureNames } from '../../../src/world/fixtures.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

/** A world of a fixture, and a client of it. */
async function world (server: Server, fixture: unknown) {
  const made = (await server.mock('POST', '/worlds', { fixture })).body
  if (made.name === undefined) throw new Error(JSON.stringify(made))
  let authorization = ''
  const get = async (url: string): Promise<Body> => {
    const answer = await server.call('GET', url, undefined, { authorization })
    if (answer.status !== 401) return answer.body
    authorization = `Bearer ${await server.token(made.clientId, made.clientSecret)}`
    return await get(url)
  }
  return { name: String(made.name), get, mock: async (method: 'GET' | 'POST', url: string, body?: unknown) => await server.mock(method, url, body, { 'x-mock-world': made.name }) }
}

const kinds = ['vehicles', 'chargers', 'hvacs', 'inverters', 'batteries', 'meters']

t.test('every fixture makes a world by its name, and a reset makes the same again', async t => {
  const server = await build(t)
  for (const name of fixtureNames) {
    const { get, mock } = await world(server, name)
    const all = async (): Promise<unknown> => await Promise.all(['/users', '/locations', '/webhooks', '/integrations', ...kinds.map(kind => `/${kind}?pageSize=100`)].map(get))
    const before = await all()
    await mock('POST', '/clock/advance', { by: 'PT1M' })
    t.equal((await mock('POST', '/reset')).status, 204)
    t.same(await all(), before, name)
  }
})

t.test('the demo has the cars of the README, and a home', async t => {
  const server = await build(t, { fixture: 'demo' })
  const sizes = await Promise.all(kinds.map(async kind => (await server.call('GET', `/${kind}`)).body.data.length as number))
  t.same(sizes, [5, 1, 1, 1, 1, 1])
  const { data: [, location] } = (await server.call('GET', '/users/user-madrid/locations')).body
  t.match(location, { name: 'Home', timezoneName: 'Europe/Madrid' }, 'the timezone follows from the place')
  for (const kind of kinds.slice(1)) t.equal((await server.call('GET', `/users/user-madrid/${kind}`)).body.data[0].location.id, location.id, kind)
  await server.advance('P1D')
  t.same((await server.mock('GET', '/actions')).body, [], 'nothing acts of itself: what a first session shows is its own doing')
  t.same((await server.mock('GET', '/deliveries')).body, [], 'and its webhooks rest')
})

t.test('the home is whole from its first moment on: energy adds up, a plan and a schedule are at work, a car is on the cable', async t => {
  const server = await build(t, { fixture: 'home', now: '2026-06-10T17:00:00Z' })
  const of = async (kind: string): Promise<Body[]> => (await server.call('GET', `/users/household/${kind}`)).body.data
  const [kim, robin] = await of('vehicles')
  const [[box], [heater, pump], [inverter], [battery], [meter]] = await Promise.all(kinds.slice(1).map(of)) as [[Body], [Body, Body], [Body], [Body], [Body]]
  t.same([robin?.chargeState.pluggedInChargerId, box.chargeState.pluggedInVehicleId], [box.id, robin?.id])
  t.match(box.chargeState, { isCharging: true, powerDeliveryState: 'PLUGGED_IN:CHARGING', chargeRate: robin?.chargeState.chargeRate })
  const drawn = robin?.chargeState.chargeRate + battery.chargeState.chargeRate + (pump?.consumptionRate ?? 0) - inverter.productionState.productionRate
  t.ok(meter.energyState.power >= drawn - 0.1, `the meter reads ${meter.energyState.power} kW, of which all that is known draws ${drawn}`)
  t.ok(meter.energyState.power > 5, 'it has seen the car')
  t.not(heater.location.id, pump.location.id, 'one stands in the cabin')
  t.same([robin, kim, box, pump, inverter, battery, meter].map(each => each?.location.id === pump.location.id), Array(7).fill(true), 'the rest is at home')
  t.equal((await server.call('GET', `/vehicles/${robin?.id}/smart-charging-status`)).body.state, 'PLAN:EXECUTING:STOPPING')
  const [schedule] = await of('schedules')
  t.match(schedule, { targetId: kim?.id, locationId: pump.location.id })
  t.equal((await server.call('GET', `/schedules/${schedule?.id}/status`)).body.state, 'ALIGNED')
  t.equal((await server.call('GET', `/locations/${pump.location.id}/tariff`)).body.length, 21)
  await server.advance('PT14H')
  const [after, full] = await of('vehicles')
  t.equal(full?.chargeState.batteryLevel, 80, 'smart charging has filled the one')
  t.equal(after?.chargeState.batteryLevel, 80, 'the schedule the other')
  await server.advance('P3D')
  const driven = (await of('vehicles')).map((each, i) => each.odometer.distance - [kim, robin][i]?.odometer.distance)
  t.ok(driven.every(km => km > 5), `and they live: ${driven.join(' and ')} km in three days`)
  for (const { id } of [kim, robin] as Body[]) t.equal((await server.mock('GET', `/devices/${id}/trips`)).body.isHeld, false, 'also the car that the fixture plugged in')
})

t.test('every asset says its brand out of the closed list of its kind, and spells it as Enode does', async t => {
  const server = await build(t, { fixture: 'edge-cases' })
  const brands = new Map<string, string>()
  for (const [kind, name] of Object.entries({ vehicles: 'vehicle', chargers: 'charger', hvacs: 'hvac', inverters: 'inverter', batteries: 'battery', meters: 'meter' })) {
    const { data } = (await server.call('GET', `/${kind}?pageSize=1000`)).body
    for (const { vendor, information } of data as Body[]) brands.set(`${name} ${String(vendor)}`, information.brand)
    const wrong = await server.mock('PATCH', `/devices/${data[0].id}`, { state: { brand: 'Of my own' } })
    t.match(wrong, { status: 400, body: { detail: /"state\.brand" must be one of [A-Z]\w+, / } }, kind)
  }
  const spelt: Record<string, string> = {
    'vehicle MERCEDES': 'Mercedes',
    'vehicle DS': 'DS',
    'vehicle CUPRA': 'Cupra',
    'hvac ADAX': 'ADAX',
    'hvac TADO': 'Tado',
    'hvac ECOBEE': 'Ecobee',
    'hvac HONEYWELL': 'Honeywell TCC',
    'hvac DAIKIN': 'DAIKIN',
    'hvac NEST': 'Nest',
    'inverter CSISolar': 'CSISolar',
    'inverter FOXESS': 'FOXESS',
    'battery FOXESS': 'FOXESS',
    'meter FOXESS': 'FOXESS',
    'inverter SOLARK': 'SolArk',
    'inverter SOLAX': 'Solax',
    'battery SOLAX': 'Solax',
    'inverter SOFAR': 'Sofar',
    'inverter SUNSYNK': 'SUNSYNK',
    'battery HUAWEI': 'Huawei',
    'inverter HUAWEI': 'Huawei'
  }
  t.same(Object.fromEntries(Object.keys(spelt).map(key => [key, brands.get(key)])), spelt)
  t.equal(brands.size, Object.values(vendorsByType).flat().length, 'of every vendor')
})

t.test('a car of a fixture is as old as its year, and its VIN tells it', async t => {
  const server = await build(t)
  const { get } = await world(server, { accounts: [2016, 2024, 2026].map(year => ({ vendor: 'TESLA', userId: `${year}`, devices: [{ type: 'vehicle', model: 'Model S', state: { year } }] })) })
  for (const [year, letter, least, most] of [[2016, 'G', 72_000, 200_031], [2024, 'R', 8_000, 40_131], [2026, 'T', 0, 31]] as const) {
    const [{ information, odometer }] = (await get(`/users/${year}/vehicles`)).data
    t.match(information, { year, vin: new RegExp(`^.{9}${letter}.{7}$`) })
    t.ok(odometer.distance >= least && odometer.distance <= most, `${odometer.distance} km of ${year}`)
  }
})

t.test('the fleet is a small file that makes thousands of cars', async t => {
  t.ok(readFileSync(new URL('../../../fixtures/fleet.json', import.meta.url)).length < 3000)
  const server = await build(t, { fixture: 'fleet' })
  const cars = (await server.mock('GET', '/devices')).body as unknown as Body[]
  t.equal(cars.length, 2000)
  t.equal(new Set(cars.map(car => car.userId)).size, 1320)
  t.equal(new Set(cars.map(car => car.vendor)).size, 10)
  t.ok(new Set(cars.map(car => car.state.vin)).size > 1990, 'no two are alike')
  t.match((await server.call('GET', '/users/tesla-driver-400/vehicles')).body.data, [{ vendor: 'TESLA', chargeState: { isCharging: true } }])
  t.equal((await server.call('GET', '/users/company-20/vehicles')).body.data.length, 35)
})

t.test('the example of docs/fixtures.md makes what it says', async t => {
  const hook = await receiver(t)
  const guide = readFileSync(new URL('../../../docs/fixtures.md', import.meta.url), 'utf8')
  const example = (/^```json\n(.*?)^```/ms.exec(guide)?.[1] ?? '').replace('http://127.0.0.1:4000/', hook.url).replace('a secret of mine', secret)
  const file = join(t.testdir(), 'mine.json')
  writeFileSync(file, example)
  const server = await build(t, { fixture: file })
  const of = async (user: string, kind: string): Promise<Body[]> => (await server.call('GET', `/users/${user}/${kind}`)).body.data
  const [cabin, box, car] = await Promise.all(['locations', 'chargers', 'vehicles'].map(async kind => (await of('anna', kind))[0]))
  t.match([box?.location.id, car?.location.id], [cabin?.id, cabin?.id])
  t.equal(box?.chargeState.pluggedInVehicleId, car?.id)
  t.equal((await server.call('GET', `/vehicles/${car?.id}/smart-charging-plans/latest`)).body.locationId, cabin?.id)
  t.equal((await server.call('GET', `/locations/${cabin?.id}/tariff`)).body[0].tariffName, 'low')
  t.equal((await of('driver-50', 'vehicles')).length, 2)
  t.match((await of('bert', 'vehicles')).find(each => each.vendor === 'BMW'), { isReachable: false, lastSeen: '2025-12-24T00:00:00.000Z', chargeState: { isPluggedIn: null, powerDeliveryState: 'UNKNOWN', lastUpdated: '2025-12-24T00:00:00.000Z' } })
  const { linkedVendors } = (await server.call('GET', '/users/bert')).body
  t.same(Object.fromEntries(linkedVendors.map((each: Body) => [each.vendor, each.isValid])), { BMW: true, AUDI: false })
  t.match((await server.call('GET', '/health/vehicles')).body.find((each: Body) => each.vendor === 'FORD'), { linkingStatus: 'OUTAGE' })
  const waiting = (await server.mock('GET', '/accounts')).body.find((each: Body) => each.userIds.length === 0)
  t.match(waiting, { username: 'carla@example.com', password: 'secret' })
  await server.advance('PT0S')
  const events = hook.events().map(({ event }) => String(event))
  t.equal(events.filter(event => event === 'user:vehicle:discovered').length, 104, 'the webhook hears of everything')
  t.equal(events.filter(event => event === 'user:credentials:invalidated').length, 1)
  const { body: { given, figures } } = await server.mock('GET', `/devices/${(await of('dora', 'vehicles'))[0]?.id}/life`)
  t.same([given, figures.drivers[0].commuteKm], [{ name: 'commuter', drivers: [{ commuteKm: 35 }] }, 35])
  t.match((await server.mock('GET', `/devices/${car?.id}/life`)).body, { given: { name: 'holiday-home' } }, 'whoever stands at the cabin lives as it does')
  const names = [...guide.matchAll(/^\| `([\w-]+)` \|/gm)].map(match => match[1])
  t.same(names.toSorted(), [...fixtureNames].sort(), 'its table names every fixture')
})

t.test('what is repeated by user refers to its own', async t => {
  const server = await build(t)
  const { get } = await world(server, {
    users: [{ id: 'house-{n}', count: 3, locations: [{ name: 'Home', latitude: 52, longitude: 5 }] }],
    accounts: [
      { vendor: 'TESLA', userId: 'house-{n}', count: 3, username: '{n}@example.com', devices: [{ type: 'vehicle', location: 'Home', pluggedInto: 'box' }] },
      { vendor: 'ZAPTEC', userId: 'house-{n}', count: 3, devices: [{ type: 'charger', name: 'box', location: 'Home' }] }
    ]
  })
  for (const user of ['house-1', 'house-2', 'house-3']) {
    const [car, box, home] = await Promise.all(['vehicles', 'chargers', 'locations'].map(async kind => (await get(`/users/${user}/${kind}`)).data[0]))
    t.same([car.chargeState.pluggedInChargerId, box.chargeState.pluggedInVehicleId, car.location.id, box.location.id], [box.id, car.id, home.id, home.id], user)
  }
})

t.test('a vehicle of a fixture charges once it is plugged in, unless its state says otherwise', async t => {
  const server = await build(t)
  const states: Array<[Body, string]> = [
    [{}, 'PLUGGED_IN:CHARGING'], [{ isPluggedIn: true }, 'PLUGGED_IN:CHARGING'], [{ isCharging: false }, 'PLUGGED_IN:STOPPED'],
    [{ isPluggedIn: true, isCharging: false }, 'PLUGGED_IN:STOPPED'], [{ powerDeliveryState: 'PLUGGED_IN:FAULT' }, 'PLUGGED_IN:FAULT'], [{ batteryLevel: 80 }, 'PLUGGED_IN:COMPLETE']
  ]
  const spot = { latitude: 52, longitude: 5 }
  for (const [state, power] of states) {
    const { get } = await world(server, {
      accounts: [
        { vendor: 'TESLA', userId: 'anna', devices: [{ type: 'vehicle', pluggedInto: 'box', state: { batteryLevel: 40, chargeLimit: 80, ...spot, ...state } }] },
        { vendor: 'ZAPTEC', userId: 'anna', devices: [{ type: 'charger', name: 'box', state: spot }] }
      ]
    })
    const [car, box] = await Promise.all(['vehicles', 'chargers'].map(async kind => (await get(`/users/anna/${kind}`)).data[0].chargeState.powerDeliveryState))
    t.same([car, box], [power, power === 'PLUGGED_IN:COMPLETE' ? 'PLUGGED_IN:STOPPED' : power], JSON.stringify(state))
  }
})

t.test('an account can be broken from the start, whether or not it holds a device', async t => {
  const server = await build(t)
  const { mock } = await world(server, { accounts: [{ vendor: 'BMW', userId: 'anna', isValid: false, devices: [] }, { vendor: 'KIA', userId: 'anna', isValid: false, count: 2, devices: [{ type: 'vehicle' }] }] })
  t.same((await mock('GET', '/accounts')).body.map((each: Body) => each.isValid), [false, false, false])
})

t.test('silence of a week makes unknown what a device was doing, of less it only is out of reach', async t => {
  const server = await build(t)
  const device = (vendor: string, type: string, silentFor: string): Body => ({ vendor, userId: silentFor, devices: [{ type, silentFor }] })
  const made = [['TESLA', 'vehicle'], ['ZAPTEC', 'charger'], ['MITSUBISHI', 'hvac'], ['HUAWEI', 'battery'], ['HUAWEI', 'inverter'], ['HUAWEI', 'meter']] as const
  const { get } = await world(server, { accounts: ['P6D', 'P8D'].flatMap(ago => made.map(([vendor, type]) => device(vendor, type, ago))) })
  for (const [user, isKnown] of [['P6D', true], ['P8D', false]] as const) {
    const [vehicle, charger, hvac, inverter, battery, meter] = await Promise.all(kinds.map(async kind => (await get(`/users/${user}/${kind}`)).data[0])) as Array<Body>
    for (const each of [vehicle, charger, hvac, inverter, battery, meter]) t.match(each, { isReachable: false, lastSeen: user === 'P6D' ? '2025-12-26T00:00:00.000Z' : '2025-12-24T00:00:00.000Z' })
    const unknown = [vehicle?.chargeState.powerDeliveryState, charger?.chargeState.powerDeliveryState, hvac?.thermostatState.mode, battery?.chargeState.status].map(value => value === 'UNKNOWN')
    t.same([...unknown, inverter?.productionState.productionRate === null, meter?.energyState.power === null], Array(6).fill(!isKnown), user)
  }
})

t.test('a fixture that cannot be is refused with the path to what is wrong and what to do, and makes nothing', async t => {
  const server = await build(t)
  const location = { name: 'Home', latitude: 52, longitude: 5 }
  const users = [{ id: 'anna', locations: [location] }]
  const car = (device: Body, more: Body = {}): Body => ({ users, accounts: [{ vendor: 'TESLA', userId: 'anna', ...more, devices: [{ type: 'vehicle', ...device }] }] })
  const at = ['fixture', 'accounts', 0, 'devices', 0]
  const schedule = { location: 'Home', isEnabled: true, defaultShouldCharge: true, rules: [] }
  const cases: Array<[fixture: Body, path: Array<string | number>, message: RegExp]> = [
    [{ users: [{ id: 'anna', locations: [{ ...location, timezoneName: 'Mars/Olympus' }] }] }, ['fixture', 'users', 0, 'locations', 0, 'timezoneName'], /must be the name of a timezone/],
    [{ users: [{ id: 'anna', locations: [location, { ...location, name: 'Next door' }] }] }, ['fixture', 'users', 0, 'locations', 1], /at least 200 m apart/],
    [{ users: [{ id: 'anna', locations: [location, { ...location, latitude: 53 }] }] }, ['fixture', 'users', 0, 'locations', 1, 'name'], /another location of user anna: choose another/],
    [{ users: [{ id: 'anna', locations: [{ ...location, tariff: { tariffId: 'none', tariffIntervals: [] } }] }] }, ['fixture', 'users', 0, 'locations', 0, 'tariff'], /Could not find tariff none/],
    [{ users: [{ id: 'anna', count: 2 }] }, ['fixture', 'users', 0, 'id'], /must contain \{n\}/],
    [{ tariffs: { t: [{ name: 'a', cost: '1' }, { name: 'a', cost: '2' }] } }, ['fixture', 'tariffs', 't', 1, 'name'], /is the name of another rate/],
    [{ tariffs: { 'not allowed': [] } }, ['fixture', 'tariffs', 'not allowed'], /is not allowed/],
    [{ faults: [{ on: { vendor: 'EASEE', vendorType: 'vehicle' }, effect: { linkingStatus: 'OUTAGE' } }] }, ['fixture', 'faults', 0, 'on', 'vendorType'], /is none that EASEE makes/],
    [{ webhooks: [{ url: 'http://127.0.0.1:9/', secret }, { url: 'http://127.0.0.1:9/', secret }] }, ['fixture', 'webhooks', 1], /already exists for this url/],
    [car({ location: 'Cabin' }), [...at, 'location'], /"location" Cabin is no location of user anna: use one of Home$/],
    [car({ location: 'Home' }, { userId: 'bert' }), [...at, 'location'], /tell of it under "users"/],
    [car({ location: 'Home' }, { userId: undefined }), [...at, 'location'], /give the account a "userId"/],
    [car({ location: 'Home', state: { longitude: 5 } }), [...at, 'state', 'longitude'], /take one away/],
    [car({ state: { batteryLevel: 101 } }), [...at, 'state', 'batteryLevel'], /must be a number from 0 to 100/],
    [car({ capabilities: { fly: false } }), [...at, 'capabilities', 'fly'], /is no capability of a vehicle/],
    [car({ pluggedInto: 'box' }), [...at, 'pluggedInto'], /must be the "name" of a charger of the same user/],
    [car({ schedules: [{ ...schedule, location: 'Cabin' }] }), [...at, 'schedules', 0, 'location'], /use one of Home/],
    [car({ schedules: [schedule] }, { userId: undefined }), [...at, 'schedules'], /needs a user/],
    [car({ smartChargingPolicy: { isEnabled: true } }), [...at, 'smartChargingPolicy'], /without a deadline/],
    [car({ smartChargingPolicy: { isOn: true } }), [...at, 'smartChargingPolicy', 'isOn'], /is not allowed/],
    [car({ silentFor: 'a week' }), [...at, 'silentFor'], /ISO 8601 duration/],
    [car({ silentFor: '-P8D' }), [...at, 'silentFor'], /ISO 8601 duration/],
    [car({ name: 'mine', count: 2 }), [...at, 'name'], /give no "count" to what has a name/],
    [car({ count: 0 }), [...at, 'count'], /greater than or equal to 1/],
    [car({}, { username: 'anna@example.com', count: 2 }), ['fixture', 'accounts', 0, 'username'], /is taken by another account/],
    [car({}, { scopes: ['charger:read:data'] }), ['fixture', 'accounts', 0, 'scopes'], /must contain "vehicle:read:data"/],
    [car({ count: 10_000 }, { count: 10_000 }), ['fixture', 'accounts'], /has 100000000 devices, and 20000 are possible: lower a "count"/],
    [{ users, accounts: [{ vendor: 'MITSUBISHI', userId: 'anna', devices: [{ type: 'hvac', schedules: [schedule] }] }] }, [...at, 'schedules'], /belongs to a vehicle or a charger and not to a hvac/],
    [{ users, accounts: [{ vendor: 'ZAPTEC', userId: 'anna', devices: [{ type: 'charger', smartChargingPolicy: {} }] }] }, [...at, 'smartChargingPolicy'], /belongs to a vehicle/],
    [{ users, accounts: [{ vendor: 'ZAPTEC', userId: 'anna', devices: [{ type: 'charger', pluggedInto: 'box' }] }] }, [...at, 'pluggedInto'], /belongs to a vehicle/]
  ]
  for (const [fixture, path, message] of cases) {
    const { status, body } = await server.mock('POST', '/worlds', { fixture })
    const issue = body.issues?.find((each: Body) => message.test(each.message))
    t.same([status, issue?.path], [400, path], `${message}: ${JSON.stringify(body)}`)
  }
  t.same(server.worlds.list().map(({ name }) => name), ['default'])
  const file = join(t.testdir(), 'wrong.json')
  writeFileSync(file, JSON.stringify(car({ location: 'Cabin' })))
  await t.rejects(build(t, { fixture: file }), { name: 'ConfigError', message: /^fixture .*wrong\.json: at accounts\.0\.devices\.0\.location: "location" Cabin is no location of user anna: use one of Home$/ })
})
