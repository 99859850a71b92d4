import t, { type Test } from 'tap'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const charging = { isPluggedIn: true, isCharging: true, batteryLevel: 20, chargeLimit: 80 }

/** A followed asset of a kind, what was told of it since it was last asked, and the view that is shown. */
async function followed (t: Test, type: string, vendor: string, state: Body = {}) {
  const server = await build(t)
  const hooks = await receiver(t)
  const path = type === 'battery' ? 'batteries' : `${type}s`
  const { body: { devices: [{ id }] } } = await server.mock('POST', '/accounts', { vendor, userId: 'anna', devices: [{ type, state }] })
  await server.call('POST', '/webhooks', { url: hooks.url, secret, events: [`user:${type}:updated`] })
  await server.advance('PT40M')
  return {
    server,
    id: String(id),
    fault: async (effect: Body, rest: Body = { times: 1 }): Promise<void> => {
      await server.mock('POST', '/deliveries/drain')
      const answer = await server.mock('POST', '/faults', { on: { assetId: id }, effect, ...rest })
      t.equal(answer.status, 200, answer.text)
      hooks.received.length = 0
    },
    view: async (): Promise<Body> => (await server.call('GET', `/${path}/${id}`)).body,
    told: async (): Promise<Body[]> => {
      await server.mock('POST', '/deliveries/drain')
      const events = hooks.events().filter(({ event }) => event === `user:${type}:updated`)
      hooks.received.length = 0
      return events
    },
    notes: async (): Promise<number> => (await server.mock('GET', `/timeline?subject=${id}`)).body.filter((entry: Body) => entry.kind === 'fault').length,
    poll: async (): Promise<void> => { await server.advance('PT1M') }
  }
}

t.test('a stale poll shows what was last seen, and the next one what is so', async t => {
  const h = await followed(t, 'vehicle', 'PORSCHE', charging)
  const before = await h.view()
  await h.fault({ stale: true }, { times: 2 })
  await h.server.advance('PT2M')
  t.same(await h.view(), before)
  t.same([await h.told(), await h.notes()], [[], 2])
  await h.poll()
  const after = await h.view()
  t.ok(after.lastSeen > before.lastSeen && after.chargeState.batteryLevel > before.chargeState.batteryLevel)
  t.same((await h.told()).map(({ updatedFields }) => updatedFields.includes('lastSeen')), [true])
})

t.test('stale polls for more than a week leave unknown what the reference says is unknown then', async t => {
  const h = await followed(t, 'vehicle', 'PORSCHE', charging)
  const before = await h.view()
  await h.fault({ stale: true }, {})
  await h.server.advance('P8D')
  t.same(await h.view(), { ...before, chargeState: { ...before.chargeState, isPluggedIn: null, isCharging: null, isFullyCharged: null, chargeRate: null, chargeTimeRemaining: null, powerDeliveryState: 'UNKNOWN', pluggedInChargerId: null } })
  t.equal((await h.told()).length, 1)
  t.equal(await h.notes(), 1, 'one without end is told once')
  await h.server.mock('DELETE', '/faults')
  await h.server.advance('PT20M')
  t.match(await h.view(), { chargeState: { powerDeliveryState: 'PLUGGED_IN:COMPLETE' } })
})

for (const [type, vendor, misreport, view] of [
  ['vehicle', 'PORSCHE', { 'chargeState.isPluggedIn': false, 'chargeState.powerDeliveryState': 'UNPLUGGED' }, { chargeState: { isPluggedIn: false, powerDeliveryState: 'UNPLUGGED' } }],
  ['charger', 'ZAPTEC', { 'chargeState.maxCurrent': 7 }, { chargeState: { maxCurrent: 7 } }],
  ['hvac', 'TADO', { 'temperatureState.currentTemperature': 4.5, consumptionRate: 3 }, { temperatureState: { currentTemperature: 4.5 }, consumptionRate: 3 }],
  ['meter', 'SMA', { 'energyState.power': null }, { energyState: { power: null } }]
] as const) {
  t.test(`a poll misreports a ${type} once, with an event on the way there and one back`, async t => {
    const h = await followed(t, type, vendor, type === 'vehicle' ? charging : {})
    await h.fault({ misreport })
    await h.server.advance('PT1H')
    const events = await h.told()
    const i = events.findIndex(event => Object.keys(misreport).every(field => event.updatedFields.includes(field)))
    t.match(events[i]?.[type], view)
    const back = events.slice(i + 1).find(event => Object.keys(misreport).every(field => event.updatedFields.includes(field)))
    t.notMatch(back?.[type], view)
    t.notMatch(await h.view(), view)
    t.equal(await h.notes(), 1)
  })
}

for (const [type, vendor, missing, gone] of [
  ['vehicle', 'PORSCHE', ['odometer', 'location'], { odometer: { distance: null, lastUpdated: null }, location: { latitude: null, longitude: null, lastUpdated: null, id: null } }],
  ['inverter', 'SMA', ['productionState'], { productionState: { productionRate: null, isProducing: null, totalLifetimeProduction: null, lastUpdated: null } }],
  ['battery', 'HUAWEI', ['config'], { config: { operationMode: null, lastUpdated: null } }]
] as const) {
  t.test(`parts of a ${type} are missing as at discovery, and back at the next poll`, async t => {
    const h = await followed(t, type, vendor)
    const before = await h.view()
    await h.fault({ missing })
    await h.server.advance(type === 'vehicle' ? 'PT20M' : 'PT5M')
    t.match(await h.view(), gone)
    const fields = ((await h.told())[0]?.updatedFields ?? []) as string[]
    t.ok(missing.every(part => fields.some(field => field.startsWith(`${part}.`))), fields.join(' '))
    t.notOk(fields.some(field => field.startsWith('information')))
    await h.server.advance('PT1H')
    for (const part of missing) t.same(Object.keys((await h.view())[part]), Object.keys(before[part]))
    t.notMatch(await h.view(), gone)
  })
}

t.test('a position that is missing takes a car out of its location, and brings it back', async t => {
  const h = await followed(t, 'vehicle', 'PORSCHE', { latitude: 59.91, longitude: 10.75 })
  const { body: { id } } = await h.server.call('POST', '/users/anna/locations', { name: 'Home', latitude: 59.91, longitude: 10.75, timezoneName: 'Europe/Oslo' })
  await h.fault({ missing: ['location'] })
  await h.server.advance('PT20M')
  t.equal((await h.view()).location.id, null)
  await h.server.advance('PT20M')
  t.equal((await h.view()).location.id, id)
  t.same((await h.told()).map(({ vehicle }) => vehicle.location.id), [null, id])
})

t.test('a late poll shows a device as it was, and what is measured says when', async t => {
  const h = await followed(t, 'vehicle', 'PORSCHE', charging)
  const levels: Body[] = []
  for (let i = 0; i < 30; i++) {
    await h.poll()
    levels.push((await h.view()).chargeState)
  }
  await h.fault({ late: 'PT10M' })
  await h.poll()
  const late = await h.view()
  t.equal(late.lastSeen, '2026-01-01T01:11:00.000Z')
  t.same(late.chargeState, levels[20], 'the view of 01:01')
  t.ok((await h.told())[0]?.updatedFields.includes('chargeState.lastUpdated'))
  await h.poll()
  t.equal((await h.view()).chargeState.lastUpdated, '2026-01-01T01:12:00.000Z')
  // What was changed from outside later than that is seen as it was changed.
  await h.server.mock('PATCH', `/devices/${h.id}`, { state: { batteryLevel: 70 } })
  await h.fault({ late: 'PT10M' })
  await h.poll()
  t.match(await h.view(), { chargeState: { batteryLevel: 70, lastUpdated: '2026-01-01T01:12:00.000Z' } })
})

t.test('a late poll of a battery goes back past what its home has lived through', async t => {
  const h = await followed(t, 'battery', 'HUAWEI', { operationMode: 'IMPORT_FOCUS', batteryLevel: 10 })
  const before = await h.view()
  await h.server.advance('PT30M')
  t.not((await h.view()).chargeState.batteryLevel, before.chargeState.batteryLevel)
  await h.fault({ late: 'PT35M' })
  await h.server.advance('PT5M')
  t.same((await h.view()).chargeState, before.chargeState)
})

t.test('what a fault wants to be shown must be such as every asset that it may hit can show', async t => {
  const server = await build(t)
  const car = await server.car()
  const refused = async (on: Body, effect: Body, says: RegExp): Promise<void> => {
    t.match(await server.mock('POST', '/faults', { on, effect }), { status: 400, body: { detail: says } }, JSON.stringify(effect))
  }
  const vehicle = { vendorType: 'vehicle' }
  await refused({ assetId: car }, { misreport: { 'chargeState.isPluggedIn': 'no' } }, /"effect.misreport.chargeState.isPluggedIn" must be a boolean or null, of a vehicle/)
  await refused(vehicle, { misreport: { 'chargeState.powerDeliveryState': 'PULLED' } }, /must be one of \[UNKNOWN, UNPLUGGED/)
  await refused(vehicle, { misreport: { 'location.latitude': 91 } }, /must be less than or equal to 90/)
  await refused(vehicle, { misreport: { 'chargeState.level': 3 } }, /is nothing that a vehicle reports: it can be information.vin/)
  await refused(vehicle, { misreport: { chargeState: null } }, /is nothing that a vehicle reports/)
  for (const own of ['id', 'lastSeen', 'scopes', 'capabilities.startCharging.isCapable', 'location.id', 'chargeState.lastUpdated']) await refused(vehicle, { misreport: { [own]: 'x' } }, /is nothing that a vehicle reports/)
  await refused({}, { misreport: { 'chargeState.isPluggedIn': false } }, /is nothing that a hvac reports.*name one kind with "on.vendorType"/)
  await refused({ vendor: 'TESLA' }, { misreport: { 'chargeState.isPluggedIn': false } }, /is nothing that a (inverter|battery|meter) reports/)
  await refused(vehicle, { missing: ['information'] }, /"effect.missing" can be chargeState, odometer, location of a vehicle, not information/)
  await refused({}, { missing: ['odometer'] }, /"effect.missing" can be chargeState of a charger, not odometer; name one kind/)
  await refused(vehicle, { missing: [] }, /must have at least 1 item/)
  await refused(vehicle, { misreport: {} }, /effect.misreport/)
  await refused(vehicle, { late: 'soon' }, /"effect.late" must be an ISO 8601 duration/)
  await refused(vehicle, { undo: 'PT0S' }, /"effect.undo" must be an ISO 8601 duration/)
  await refused(vehicle, { stale: true, late: 'PT1M' }, /"effect" must be one of/)
  await refused({ kind: 'START' }, { stale: true }, /"on.kind" does not go with the effect "stale"/)
  t.equal((await server.mock('POST', '/faults', { on: { vendor: 'BMW' }, effect: { misreport: { 'chargeState.batteryLevel': 3 } } })).status, 200, 'a vendor of one kind says which')
  t.equal((await server.mock('GET', '/faults')).body.length, 1)
})

t.test('a command that is undone is confirmed first', async t => {
  for (const [type, vendor, state, path, body, field] of [
    ['vehicle', 'PORSCHE', { ...charging, isCharging: false }, 'charging', { action: 'START' }, 'chargeState.powerDeliveryState'],
    ['vehicle', 'PORSCHE', charging, 'charging', { action: 'STOP' }, 'chargeState.powerDeliveryState'],
    ['vehicle', 'TESLA', { ...charging, maxCurrent: 16 }, 'max-current', { maxCurrent: 10 }, 'chargeState.maxCurrent'],
    ['hvac', 'TADO', {}, 'permanent-hold', { mode: 'OFF' }, 'thermostatState.mode'],
    ['battery', 'HUAWEI', { operationMode: 'SELF_RELIANCE' }, 'operation-mode', { operationMode: 'IDLE' }, 'config.operationMode']
  ] as const) {
    const h = await followed(t, type, vendor, state)
    const shown = async (): Promise<unknown> => field.split('.').reduce<Body | undefined>((part, key) => part?.[key] as Body, await h.view())
    const before = await shown()
    await h.fault({ undo: 'PT2M' })
    const paths = { vehicle: 'vehicles', hvac: 'hvacs', battery: 'batteries' } as const
    const { body: action, text } = await h.server.call('POST', `/${paths[type]}/${h.id}/${path}`, body)
    t.equal(action.state, 'PENDING', text)
    await h.server.advance('PT10S')
    t.equal((await h.server.call('GET', `/${paths[type]}/actions/${action.id}`)).body.state, 'CONFIRMED')
    const obeyed = await shown()
    t.not(obeyed, before, `${vendor} ${path}`)
    await h.server.advance('PT1M50S')
    t.equal(await shown(), obeyed, 'not before two minutes have passed')
    await h.server.advance('PT21M')
    t.equal(await shown(), before)
    t.equal((await h.server.call('GET', `/${paths[type]}/actions/${action.id}`)).body.state, 'CONFIRMED')
    t.equal((await h.told()).filter(({ updatedFields }) => updatedFields.includes(field)).length, 2, 'there and back')
    t.match((await h.server.mock('GET', `/timeline?subject=${action.id}`)).body.at(-1), { says: 'the device went back to what it was' })
  }
})

t.test('a command that something else came after is not undone', async t => {
  const h = await followed(t, 'vehicle', 'PORSCHE', { ...charging, isCharging: false })
  await h.fault({ undo: 'PT2M' })
  await h.server.call('POST', `/vehicles/${h.id}/charging`, { action: 'START' })
  await h.server.advance('PT10S')
  await h.server.mock('PATCH', `/devices/${h.id}`, { state: { isPluggedIn: false } })
  await h.server.advance('PT30M')
  t.match(await h.view(), { chargeState: { powerDeliveryState: 'UNPLUGGED' } })
})

t.test('a schedule starts a car again whose start was undone', async t => {
  const server: Server = await build(t)
  const home = { latitude: 59.91, longitude: 10.75 }
  const car = await server.car({ vendor: 'PORSCHE', state: { ...charging, isCharging: false, ...home } })
  const locationId = (await server.call('POST', '/users/user-1/locations', { name: 'Home', ...home, timezoneName: 'Europe/Oslo' })).body.id
  await server.mock('POST', '/faults', { on: { kind: 'START' }, effect: { undo: 'PT2M' }, times: 1 })
  await server.call('POST', '/users/user-1/schedules', { targetId: car, targetType: 'vehicle', locationId, isEnabled: true, defaultShouldCharge: true, rules: [] })
  await server.advance('PT1H')
  t.same((await server.mock('GET', `/actions?assetId=${car}`)).body.map(({ kind, state }: Body) => `${kind} ${state}`), ['START CONFIRMED', 'START CONFIRMED'])
  t.equal((await server.vehicle(car)).chargeState.isCharging, true)
})
