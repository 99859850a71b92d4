import t from 'tap'
import { batteryModes } from '../../src/contract/battery.ts'
import { batteryVendors, inverterVendors, meterVendors } from '../../src/contract/vendors.ts'
import { build, type Body, type Server } from '../helpers/build.ts'
import { unknownId } from '../helpers/openapi.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const oslo = { latitude: 59.9139, longitude: 10.7522 }
const plurals = { battery: 'batteries', inverter: 'inverters', meter: 'meters' } as const
type Kind = keyof typeof plurals

/** A linked device in Oslo, of a vendor who makes every kind and every mode unless told otherwise; answers its id. */
async function make (server: Server, type: Kind, state: Body = {}, { vendor = 'HUAWEI', userId = 'user-1', scopes, ...rest }: Body = {}): Promise<string> {
  const answer = await server.mock('POST', '/accounts', { vendor, userId, scopes, devices: [{ type, state: { ...oslo, ...state }, ...rest }] })
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.devices[0].id)
}

const get = async (server: Server, kind: Kind, id: string): Promise<Body> => (await server.call('GET', `/${plurals[kind]}/${id}`)).body
const command = async (server: Server, id: string, operationMode: string): Promise<{ status: number, body: Body }> => await server.call('POST', `/batteries/${id}/operation-mode`, { operationMode })
const action = async (server: Server, id: string): Promise<Body> => (await server.call('GET', `/batteries/actions/${id}`)).body
const patch = async (server: Server, id: string, body: Body): Promise<void> => {
  const answer = await server.mock('PATCH', `/devices/${id}`, body)
  t.equal(answer.status, 200, answer.text)
}

t.test('each vendor\'s devices are linked, listed and shown', async t => {
  const server = await build(t)
  for (const [kind, vendors] of [['battery', batteryVendors], ['inverter', inverterVendors], ['meter', meterVendors]] as const) {
    for (const vendor of vendors) {
      await server.mock('POST', '/accounts', { vendor, userId: `owner of ${vendor}`, devices: [{ type: kind }] })
      const { data } = (await server.call('GET', `/users/${encodeURIComponent(`owner of ${vendor}`)}/${plurals[kind]}`)).body
      t.match(data, [{ vendor, isReachable: true, hemSystemId: null, information: { brand: String, model: String, siteName: String } }])
      t.match((await server.call('GET', `/${plurals[kind]}/${data[0].id}`)).body, { id: data[0].id, vendor })
    }
    const { body } = await server.call('GET', `/${plurals[kind]}?pageSize=50`)
    t.same(body.data.map((each: Body) => each.vendor), vendors.toReversed(), 'newest first')
    t.equal((await server.call('GET', `/${plurals[kind]}/${unknownId}`)).status, 404)
    t.equal((await server.call('POST', `/${plurals[kind]}/${unknownId}/refresh-hint`)).status, 404)
  }
})

t.test('a battery is linked, told what to do and unlinked, and its webhook hears of each step', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['*'] })
  const id = await make(server, 'battery', { batteryLevel: 50.5, batteryCapacity: 10, dischargeLimit: 10, maxChargeRate: 4, siteName: 'Hytte', installationDate: '2024-02-01T00:00:00Z' })
  await server.advance('PT1S')
  const seen = (name: string): Body[] => hook.events().filter(event => event.event === name)
  const empty = { status: null, batteryCapacity: null, batteryLevel: null, chargeRate: null, dischargeLimit: null, lastUpdated: null }
  const nowhere = { id: null, longitude: null, latitude: null, lastUpdated: null }
  const [discovered] = seen('user:battery:discovered')
  t.match(discovered?.battery, { id, vendor: 'HUAWEI', information: { siteName: 'Hytte', installationDate: '2024-02-01T00:00:00.000Z' }, capabilities: { idle: { isCapable: true } } })
  t.same([discovered?.battery.chargeState, discovered?.battery.config, discovered?.battery.location], [empty, { operationMode: null, lastUpdated: null }, nowhere])
  const [first] = seen('user:battery:updated')
  t.match(first?.battery, { chargeState: { status: 'DISCHARGING', batteryCapacity: 10, batteryLevel: 50, dischargeLimit: 10 }, config: { operationMode: 'SELF_RELIANCE' }, location: { ...oslo, id: null } })
  t.ok(first?.battery.chargeState.chargeRate < 0, 'at night it covers the house')
  t.same(first?.updatedFields, [
    ...['status', 'batteryCapacity', 'batteryLevel', 'chargeRate', 'dischargeLimit', 'lastUpdated'].map(name => `chargeState.${name}`),
    'config.operationMode', 'config.lastUpdated', 'location.longitude', 'location.latitude', 'location.lastUpdated'
  ])

  const asked = await command(server, id, 'IMPORT_FOCUS')
  t.match(asked, { status: 200, body: { state: 'PENDING', targetType: 'battery', targetId: id, targetState: { operationMode: 'IMPORT_FOCUS' }, completedAt: null, failureReason: null } })
  t.equal((await get(server, 'battery', id)).config.operationMode, 'SELF_RELIANCE', 'nothing is seen before the battery obeys')
  await server.advance('PT3S')
  t.match(await action(server, asked.body.id), { state: 'CONFIRMED', failureReason: null })
  t.match(await get(server, 'battery', id), { config: { operationMode: 'IMPORT_FOCUS' }, chargeState: { status: 'CHARGING', chargeRate: 4 } })
  t.same(seen('user:battery:updated').at(-1)?.updatedFields, ['lastSeen', 'chargeState.status', 'chargeState.chargeRate', 'chargeState.lastUpdated', 'config.operationMode', 'config.lastUpdated'])
  t.match(seen('user:vendor-action:updated'), [{ vendorAction: { id: asked.body.id, state: 'CONFIRMED' }, updatedFields: ['updatedAt', 'completedAt', 'state'] }])

  await server.advance('PT30M')
  const charged = await get(server, 'battery', id)
  t.equal(charged.chargeState.batteryLevel, 68, 'of 2 kWh drawn it stores nine tenths')
  await server.advance('PT3H')
  t.match((await get(server, 'battery', id)).chargeState, { status: 'IDLE', batteryLevel: 100, chargeRate: 0 })
  const done = await command(server, id, 'EXPORT_FOCUS')
  await server.advance('P1D')
  t.equal((await action(server, done.body.id)).state, 'CONFIRMED')
  t.match((await get(server, 'battery', id)).chargeState, { status: 'IDLE', batteryLevel: 10, chargeRate: 0 }, 'it keeps its reserve')

  t.equal((await server.call('POST', `/batteries/${id}/refresh-hint`)).status, 204)
  t.equal((await server.call('DELETE', '/users/user-1')).status, 204)
  await server.advance('PT1S')
  t.match(seen('user:battery:deleted'), [{ battery: { id, chargeState: { batteryLevel: 10 } } }])
  t.equal((await server.call('GET', `/batteries/${id}`)).status, 404)
})

t.test('what a battery cannot do is refused', async t => {
  const server = await build(t)
  const id = await make(server, 'battery')
  const refused = async (mode: string, detail: RegExp, battery = id): Promise<void> => { t.match(await command(server, battery, mode), { status: 400, body: { detail } }) }
  await refused('UNKNOWN', /operationMode/)
  await refused('SELF_RELIANCE', /^The asset is already at the current setting\.$/)
  const tesla = await make(server, 'battery', {}, { vendor: 'TESLA' })
  t.same((await get(server, 'battery', tesla)).capabilities.idle, { isCapable: false, interventionIds: [] })
  await refused('IDLE', /^The asset is not able to do this: its capability idle is false\.$/, tesla)
  const [{ id: intervention }] = (await server.call('GET', '/interventions?vendor=HUAWEI&vendorType=battery')).body as unknown as [Body]
  await patch(server, id, { capabilities: Object.fromEntries(['exportFocus', 'importFocus', 'timeOfUse', 'selfReliance', 'idle'].map(name => [name, { isCapable: false, interventionIds: [intervention] }])) })
  for (const mode of batteryModes) await refused(mode, new RegExp(`capability \\w+ is false, unless the user carries out the intervention ${intervention}\\.$`))
  await patch(server, id, { capabilities: { idle: true }, state: { status: 'FAULT' } })
  t.match((await get(server, 'battery', id)).chargeState, { status: 'FAULT', chargeRate: 0 })
  await refused('IDLE', /malfunction/)
  await patch(server, id, { state: { status: 'IDLE', operationMode: 'UNKNOWN' } })
  t.equal((await get(server, 'battery', id)).config.operationMode, 'UNKNOWN')
  t.equal((await command(server, id, 'IDLE')).status, 200, 'it can be brought out of an unknown mode')
  t.equal((await command(server, unknownId, 'IDLE')).status, 404)
  const mute = await make(server, 'battery', {}, { userId: 'user-2', scopes: ['battery:read:data'] })
  t.match(await command(server, mute, 'IDLE'), { status: 403, body: { detail: /has not granted "battery:control:operation_mode"/ } })
  t.ok(Object.values((await get(server, 'battery', mute)).capabilities).every(each => !(each as Body).isCapable))
})

t.test('an action on a battery ends for every documented reason', async t => {
  const server = await build(t)
  const id = await make(server, 'battery')
  const ends = async (actionId: string, state: string, type: string, detail: RegExp): Promise<void> => { t.match(await action(server, actionId), { state, failureReason: { type, detail } }, type) }

  const first = (await command(server, id, 'IDLE')).body.id
  const second = (await command(server, id, 'IDLE')).body.id
  t.not(second, first, 'also an equal command is a new action')
  await ends(first, 'CANCELLED', 'CONFLICT', /newer action/)
  t.match(await server.call('POST', `/batteries/actions/${second}/cancel`), { status: 200, body: { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } } })
  t.match(await server.call('POST', `/batteries/actions/${second}/cancel`), { status: 409, body: { id: second, state: 'CANCELLED' } })
  t.equal((await server.call('POST', `/batteries/actions/${unknownId}/cancel`)).status, 404)
  t.equal((await server.call('GET', `/batteries/actions/${unknownId}`)).status, 404)

  await patch(server, id, { state: { operationMode: 'IDLE' }, observe: false })
  const needless = (await command(server, id, 'IDLE')).body.id
  await server.advance('PT3S')
  await ends(needless, 'CANCELLED', 'UNNECESSARY', /already/)

  const broken = (await command(server, id, 'EXPORT_FOCUS')).body.id
  await patch(server, id, { state: { status: 'FAULT' }, observe: false })
  await server.advance('PT3S')
  await ends(broken, 'CANCELLED', 'FAILED_PRECONDITION', /malfunction/)
  await patch(server, id, { state: { status: 'IDLE' } })

  await patch(server, id, { isReachable: false })
  const unheard = (await command(server, id, 'EXPORT_FOCUS')).body.id
  await server.advance('PT2M')
  await ends(unheard, 'FAILED', 'NO_RESPONSE', /remained unreachable/)
  const orphan = (await command(server, id, 'EXPORT_FOCUS')).body.id
  await server.call('DELETE', '/users/user-1/authorization')
  await ends(orphan, 'FAILED', 'NOT_FOUND', /deleted/)
})

t.test('an inverter follows the sun, and its counter only grows', async t => {
  const server = await build(t, { now: '2026-06-20T20:00:00Z' })
  const id = await make(server, 'inverter', { peakPower: 6, ratedPower: 5, azimuth: 180, tilt: 30, totalLifetimeProduction: 1000, sn: 'SN1' })
  let before = 1000
  let most = 0
  for (let hours = 0; hours < 26; hours++) {
    const { productionState: state, timezone, information } = await get(server, 'inverter', id)
    t.match([timezone, information.sn], ['Europe/Oslo', 'SN1'])
    t.equal(state.isProducing, state.productionRate > 0)
    t.ok(state.totalLifetimeProduction >= before && state.productionRate <= 5)
    if (hours === 3) t.match(state, { productionRate: 0, isProducing: false, totalLifetimeProduction: 1000 }, 'at night')
    before = state.totalLifetimeProduction
    most = Math.max(most, state.productionRate)
    await server.advance('PT1H')
  }
  t.ok(most > 0.5 && before > 1005, `${most} kW at most, ${before - 1000} kWh`)
})

t.test('without the scope for it no position is shown, and energy flows all the same', async t => {
  const server = await build(t)
  for (const kind of ['battery', 'inverter', 'meter'] as const) {
    const id = await make(server, kind, {}, { scopes: [`${kind}:read:data`] })
    const view = await get(server, kind, id)
    t.same(view.location, { id: null, longitude: null, latitude: null, lastUpdated: null })
    t.same(view.scopes, [`${kind}:read:data`])
  }
  const [meter] = (await server.call('GET', '/meters')).body.data
  t.equal(meter.energyState.power, 0, 'the battery covers the house')
})

t.test('what follows from other facts or cannot be is refused', async t => {
  const server = await build(t)
  const ids = { battery: await make(server, 'battery', {}, { vendor: 'TESLA' }), inverter: await make(server, 'inverter'), meter: await make(server, 'meter') }
  const cases: Array<[Kind, Body, RegExp]> = [
    ['battery', { batteryLevel: 101 }, /must be a number from 0 to 100/], ['battery', { operationMode: 'IDLE' }, /must be one of IMPORT_FOCUS, EXPORT_FOCUS, TIME_OF_USE, SELF_RELIANCE, UNKNOWN/],
    ['battery', { status: 'CHARGING' }, /must be FAULT, or IDLE once that is mended/], ['battery', { chargeRate: 2 }, /follows from the mode/],
    ['inverter', { productionRate: 2 }, /follows from the sun/], ['inverter', { isProducing: true }, /follows from the sun/], ['inverter', { timezone: 'UTC' }, /follows from the place/],
    ['inverter', { installationDate: '2100-01-01T00:00:00Z' }, /up to now/], ['inverter', { installationDate: 'yesterday' }, /must be an ISO 8601 timestamp/],
    ['meter', { power: 2 }, /follows from everything that stands at the home/], ['meter', { displayName: 'x' }, /set "siteName"/], ['meter', { batteryLevel: 2 }, /cannot be set, these can: siteName/]
  ]
  for (const [kind, state, detail] of cases) t.match(await server.mock('PATCH', `/devices/${ids[kind]}`, { state }), { status: 400, body: { detail } }, JSON.stringify(state))
})

t.test('after a week without a word nobody knows what flows', async t => {
  const server = await build(t)
  const ids: Array<[Kind, string]> = []
  for (const kind of ['battery', 'inverter', 'meter'] as const) ids.push([kind, await make(server, kind)])
  for (const [, id] of ids) await patch(server, id, { isReachable: false })
  await server.advance('P6D')
  for (const [kind, id] of ids) t.match(await get(server, kind, id), { isReachable: false, lastSeen: '2026-01-01T00:00:00.000Z' })
  t.match((await get(server, 'battery', ids[0]?.[1] ?? '')).chargeState, { status: 'DISCHARGING' })
  await server.advance('P2D')
  const [battery, inverter, meter] = await Promise.all(ids.map(async ([kind, id]) => await get(server, kind, id)))
  t.match(battery?.chargeState, { status: 'UNKNOWN', chargeRate: null, batteryLevel: Number })
  t.match(inverter?.productionState, { productionRate: null, isProducing: null, totalLifetimeProduction: Number })
  t.match(meter?.energyState, { power: null })
})

t.test('one account can hold a car, a battery, an inverter and a meter, and what leaves the home leaves its meter', async t => {
  const server = await build(t)
  const { body } = await server.mock('POST', '/accounts', {
    vendor: 'TESLA',
    userId: 'user-1',
    devices: [{ type: 'meter' }, { type: 'vehicle', state: { batteryLevel: 20, batteryCapacity: 100, isPluggedIn: true, isCharging: true } }, { type: 'battery', state: { batteryLevel: 90 } }, { type: 'inverter' }]
  })
  const [meter, car, battery, inverter] = body.devices.map((device: Body) => String(device.id)) as [string, string, string, string]
  const look = async (): Promise<{ meter: number, car: number, others: number }> => {
    await patch(server, meter, {})
    const truth = async (id: string): Promise<Body> => (await server.mock('GET', `/devices/${id}`)).body.state
    const production = (await server.mock('PATCH', `/devices/${inverter}`, {})).body.observed.productionState.productionRate
    return { meter: (await get(server, 'meter', meter)).energyState.power, car: Number((await server.vehicle(car)).chargeState.chargeRate), others: (await truth(battery)).flowKw - production }
  }
  const sites = new Set([await get(server, 'battery', battery), await get(server, 'inverter', inverter), await get(server, 'meter', meter)].map(view => view.information.installationDate))
  t.equal(sites.size, 1, 'what stands together was installed together')
  for (let hours = 0; hours < 4; hours++) {
    const now = await look()
    t.ok(now.car > 5 && now.meter - now.car - now.others > 0.2 && now.meter - now.car - now.others < 5, `the rest is the house: ${JSON.stringify(now)}`)
    await server.advance('PT1H')
  }
  const home = await look()
  await patch(server, car, { state: { latitude: 10, longitude: 10 }, force: true })
  const away = await look()
  t.ok(away.meter <= home.meter - 5 && away.car > 5, `a car that charges elsewhere does not count: ${JSON.stringify([home, away])}`)
  t.equal((await server.mock('DELETE', `/devices/${battery}`)).status, 204)
  t.equal((await server.call('GET', `/batteries/${battery}`)).status, 404)
})

t.test('a car that a user links joins the home from then on, whatever it did before', async t => {
  const server = await build(t)
  const battery = await make(server, 'battery', { batteryLevel: 90, batteryCapacity: 50, maxDischargeRate: 20 })
  const waiting = { vendor: 'VOLKSWAGEN', username: 'me', password: 'me', devices: [{ type: 'vehicle', state: { ...oslo, batteryLevel: 10, batteryCapacity: 100, isPluggedIn: true, isCharging: true } }] }
  t.equal((await server.mock('POST', '/accounts', waiting)).status, 200)
  const energy = async (): Promise<number> => (await server.mock('GET', `/devices/${battery}`)).body.state.energyKwh
  await server.advance('PT12M')
  const before = await energy()
  const link = await server.call('POST', '/users/user-1/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: 'me', password: 'me' })).status, 200)
  t.equal(await energy(), before, 'linking changes nothing of the past')
  await server.advance('PT30M')
  t.ok(before - await energy() > 3, 'now the battery covers the car too')
})

t.test('what happens to the devices of a home changes nothing of its past', async t => {
  const charging = { batteryLevel: 10, batteryCapacity: 100, isPluggedIn: true, isCharging: true }
  const cases: Array<[says: string, happens: (server: Server, car: string, battery: string) => Promise<{ status: number }>]> = [
    ['a car stops', async (server, car) => await server.mock('PATCH', `/devices/${car}`, { state: { isCharging: false }, observe: false })],
    ['a car leaves', async (server, car) => await server.mock('PATCH', `/devices/${car}`, { state: { latitude: 1 }, force: true, observe: false })],
    ['a car vanishes', async (server, car) => await server.mock('DELETE', `/devices/${car}`)],
    ['a car is unlinked', async server => await server.call('DELETE', '/users/user-1/vendors/VOLKSWAGEN')],
    ['a charger appears', async server => await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { ...oslo, isPluggedIn: true, isCharging: true } }] })],
    ['the battery changes its mode', async (server, _, battery) => await server.mock('PATCH', `/devices/${battery}`, { state: { operationMode: 'IDLE' } })],
    ['the user leaves', async server => await server.call('DELETE', '/users/user-1/authorization')]
  ]
  for (const [says, happens] of cases) {
    const server = await build(t)
    const battery = await make(server, 'battery', { batteryLevel: 90, batteryCapacity: 50, maxDischargeRate: 20 })
    const car = await server.car({ vendor: 'VOLKSWAGEN', state: { ...oslo, ...charging } })
    const energy = async (): Promise<number> => (await server.mock('GET', `/devices/${battery}`)).body.state.energyKwh
    await server.advance('PT13M')
    const before = await energy()
    t.ok(before < 44, `${says}: the battery gave to the car`)
    t.ok((await happens(server, car, battery)).status < 300, says)
    t.ok(Math.abs(await energy() - before) < 1e-9, `${says}: the battery holds what it held`)
  }
})

t.test('a meter sees at once what a charger lets its car draw', async t => {
  const server = await build(t, { timing: 'realistic' })
  const meter = await make(server, 'meter')
  const car = await server.car({ vendor: 'VOLKSWAGEN', state: { ...oslo, batteryLevel: 10, batteryCapacity: 100, maxCurrent: 16 } })
  const { body } = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { ...oslo, pluggedInVehicleId: car } }] })
  const box = String(body.devices[0].id)
  /** What the meter reads beyond the house, in the same 5 minutes as `idle` did. */
  const read = async (): Promise<number> => {
    await patch(server, meter, {})
    return (await get(server, 'meter', meter)).energyState.power
  }
  const idle = await read()
  await server.mock('PATCH', `/devices/${box}`, { state: { isCharging: true } })
  t.equal(Math.round((await read() - idle) * 10) / 10, (await server.vehicle(car)).chargeState.chargeRate)
  const limited = await server.call('POST', `/chargers/${box}/max-current`, { maxCurrent: 6 })
  await server.mock('POST', `/actions/${limited.body.id}/resolve`, { state: 'CONFIRMED' })
  t.equal(Math.round((await read() - idle) * 100) / 100, 4.14)
  await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: false } })
  t.equal(await read(), idle)
})
