import t from 'tap'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const plugged = { isPluggedIn: true, isCharging: false, batteryLevel: 40 }
const visit = { language: 'en-US', redirectUri: 'https://example.com/back' }

async function account (server: Server, vendor: string, userId: string, cars = 1): Promise<Body> {
  return (await server.mock('POST', '/accounts', { vendor, userId, devices: Array.from({ length: cars }, () => ({ type: 'vehicle', state: plugged })) })).body
}

async function eventsOf (server: Server, hooks: { events: () => Body[] }): Promise<string[]> {
  await server.mock('POST', '/deliveries/drain')
  return hooks.events().map(event => `${event.event} ${event.vehicle?.id ?? event.vendorAction?.failureReason?.type ?? ''}`.trim())
}

async function idsOf (server: Server, userId: string): Promise<string[]> {
  return (await server.call('GET', `/users/${userId}/vehicles`)).body.data.map((each: Body) => each.id)
}

t.test('disconnecting a vendor takes its assets and nothing else, and ends what is pending on them', async t => {
  const server = await build(t)
  const tesla = await account(server, 'TESLA', 'ann', 2)
  const bmw = await account(server, 'BMW', 'ann')
  const ofBob = await account(server, 'TESLA', 'bob')
  const [first, second] = tesla.devices.map((device: Body) => device.id)
  const action = (await server.call('POST', `/vehicles/${first}/charging`, { action: 'START' })).body.id
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const last = await server.vehicle(second)
  t.equal((await server.call('DELETE', '/users/ann/vendors/TESLA')).status, 204)
  t.same(await eventsOf(server, hooks), ['user:vendor-action:updated NOT_FOUND', `user:vehicle:deleted ${first}`, `user:vehicle:deleted ${second}`])
  t.same(hooks.events().at(-1)?.vehicle, last, 'the last that was known of it')
  t.match((await server.call('GET', `/vehicles/actions/${action}`)).body, { state: 'FAILED', failureReason: { type: 'NOT_FOUND' } })
  t.same(await idsOf(server, 'ann'), [bmw.devices[0].id])
  t.same(await idsOf(server, 'bob'), [ofBob.devices[0].id])
  t.same((await server.call('GET', '/users/ann')).body.linkedVendors, [{ vendor: 'BMW', vendorType: 'vehicle', isValid: true }])
  await server.mock('POST', `/accounts/${tesla.id}/devices`, { type: 'vehicle' })
  t.equal((await idsOf(server, 'ann')).length, 1, 'what the account gets later is no longer the user\'s')
})

t.test('disconnecting a vendor type takes the assets of that type', async t => {
  const server = await build(t)
  await account(server, 'TESLA', 'ann')
  t.equal((await server.call('DELETE', '/users/ann/vendors/TESLA/vehicle')).status, 204)
  t.same(await idsOf(server, 'ann'), [])
  t.same((await server.call('GET', '/users/ann')).body.linkedVendors, [])
  t.equal((await server.call('GET', '/users/ann')).status, 200, 'the user stays')
})

t.test('a user with two accounts of one vendor and several kinds loses one kind of both, and nothing else', async t => {
  const server = await build(t)
  const kinds = ['vehicle', 'battery', 'inverter', 'meter']
  const paths: Record<string, string> = { vehicle: 'vehicles', battery: 'batteries', inverter: 'inverters', meter: 'meters' }
  const open = async (...types: string[]): Promise<Array<{ id: string, type: string }>> =>
    (await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'ann', devices: types.map(type => ({ type })) })).body.devices
  const devices = [...await open(...kinds), ...await open('battery', 'vehicle', 'battery')]
  const ofKind = (type: string): string[] => devices.filter(device => device.type === type).map(device => device.id)
  const [first, second, third] = ofKind('battery')
  const action = (await server.call('POST', `/batteries/${second}/operation-mode`, { operationMode: 'IMPORT_FOCUS' })).body.id
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const views = async (): Promise<Body[]> => await Promise.all(kinds.filter(kind => kind !== 'battery').map(async kind => (await server.call('GET', `/users/ann/${paths[kind]}`)).body.data))
  const before = await views()

  t.equal((await server.call('DELETE', '/users/ann/vendors/TESLA/battery')).status, 204)
  await server.mock('POST', '/deliveries/drain')
  t.same(hooks.events().map(event => [event.event, event.battery?.id ?? event.vendorAction?.id]), [
    ['user:battery:deleted', first], ['user:vendor-action:updated', action], ['user:battery:deleted', second], ['user:battery:deleted', third], ['user:hem-system:updated', undefined]
  ])
  t.match((await server.call('GET', `/batteries/actions/${action}`)).body, { state: 'FAILED', failureReason: { type: 'NOT_FOUND' } })
  t.same((await server.call('GET', '/users/ann/batteries')).body.data, [])
  for (const id of ofKind('battery')) t.equal((await server.call('GET', `/batteries/${id}`)).status, 404)
  t.same(await views(), before, 'the other kinds of both accounts are as they were')
  t.same((await server.call('GET', '/users/ann')).body.linkedVendors.map((each: Body) => each.vendorType).sort(), ['inverter', 'meter', 'vehicle'])

  t.equal((await server.call('DELETE', '/users/ann/vendors/TESLA')).status, 204)
  await server.mock('POST', '/deliveries/drain')
  t.same(hooks.events().slice(5).map(event => event.event).sort(), ['user:hem-system:deleted', 'user:inverter:deleted', 'user:meter:deleted', 'user:vehicle:deleted', 'user:vehicle:deleted'])
  t.same((await server.call('GET', '/users/ann')).body, { id: 'ann', linkedVendors: [] })
})

t.test('what is not linked cannot be disconnected, and what is no vendor is a 400', async t => {
  const server = await build(t)
  await account(server, 'TESLA', 'ann')
  t.match(await server.call('DELETE', '/users/nobody/vendors/TESLA'), { status: 404, body: { title: 'User does not exist' } })
  t.match(await server.call('DELETE', '/users/ann/vendors/BMW'), { status: 404, body: { detail: /BMW among those that user ann has linked/ } })
  t.match(await server.call('DELETE', '/users/ann/vendors/TESLA/charger'), { status: 404 })
  t.match(await server.call('DELETE', '/users/ann/vendors/LADA'), { status: 400, body: { issues: [{ path: ['vendor'] }] } })
  t.match(await server.call('DELETE', '/users/ann/vendors/TESLA/boat'), { status: 400, body: { issues: [{ path: ['vendorType'] }] } })
  t.equal((await idsOf(server, 'ann')).length, 1)
})

t.test('a deauthorized user stays, its assets are announced as deleted, and linking again gives them back under their ids', async t => {
  const server = await build(t)
  const kia = await account(server, 'KIA', 'ann', 2)
  const [car] = kia.devices.map((device: Body) => device.id)
  const before = await idsOf(server, 'ann')
  const stale = (await server.call('POST', '/users/ann/link', { ...visit, scopes: ['vehicle:read:data'] })).body
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:deleted', 'user:vehicle:discovered'] })
  t.equal((await server.call('DELETE', '/users/ann/authorization')).status, 204)
  t.same(await eventsOf(server, hooks), before.toReversed().map(id => `user:vehicle:deleted ${id}`))
  t.same((await server.call('GET', '/users/ann')).body, { id: 'ann', linkedVendors: [] })
  t.equal((await server.call('GET', `/vehicles/${car}`)).status, 404)
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: stale.linkToken })).status, 404, 'sessions from before are gone')
  await server.advance('PT1H')

  const link = (await server.call('POST', '/users/ann/link', { ...visit, scopes: ['vehicle:read:data', 'vehicle:control:charging'] })).body
  await server.mock('POST', '/link-sessions/complete', { linkToken: link.linkToken, username: kia.username, password: kia.password })
  t.same(await idsOf(server, 'ann'), before)
  t.equal((await eventsOf(server, hooks)).filter(name => name.startsWith('user:vehicle:discovered')).length, 2)
  t.equal((await server.call('DELETE', '/users/nobody/authorization')).status, 404)
})

t.test('an asset is linked again through its own account, with the scopes it had, after its credentials broke', async t => {
  const server = await build(t)
  const kia = await account(server, 'KIA', 'ann')
  const other = await account(server, 'KIA', 'bob')
  const [car] = await idsOf(server, 'ann')
  t.match(await server.call('POST', `/assets/${car}/relink`, visit), { status: 400, body: { title: 'Asset already linked' } })
  t.match(await server.call('POST', '/assets/nothing/relink', visit), { status: 400, body: { title: 'Asset not found', detail: 'Could not find asset nothing' } })
  t.match(await server.call('POST', `/assets/${car}/relink`, { ...visit, scopes: ['vehicle:read:data'] }), { status: 400, body: { issues: [{ path: ['scopes'] }] } })

  await server.mock('POST', `/accounts/${kia.id}/invalidate`)
  const relink = await server.call('POST', `/assets/${car}/relink`, visit)
  t.same(Object.keys(relink.body), ['linkUrl', 'linkToken'])
  const wrong = await server.mock('POST', '/link-sessions/complete', { linkToken: relink.body.linkToken, username: other.username, password: other.password })
  t.match(wrong, { status: 400, body: { detail: /not the one that is linked again/ } })
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: relink.body.linkToken, vendor: 'KIA' })).status, 400)
  const done = await server.mock('POST', '/link-sessions/complete', { linkToken: relink.body.linkToken })
  t.same(done.body, { redirectUrl: visit.redirectUri })
  t.same(await idsOf(server, 'ann'), [car])
  t.same((await server.call('GET', '/users/ann')).body.linkedVendors, [{ vendor: 'KIA', vendorType: 'vehicle', isValid: true }])
  t.same((await server.vehicle(String(car))).scopes.toSorted(), ['vehicle:control:charging', 'vehicle:read:data', 'vehicle:read:location'])
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: relink.body.linkToken })).status, 410)
})

t.test('a deauthorized asset can be linked again as well, in Link UI without choosing a brand', async t => {
  const server = await build(t)
  await account(server, 'KIA', 'ann')
  const [car] = await idsOf(server, 'ann')
  await server.call('DELETE', '/users/ann/authorization')
  const { linkUrl } = (await server.call('POST', `/assets/${car}/relink`, visit)).body
  const path = new URL(linkUrl).pathname
  await server.inject('POST', path, 'answer=start', { 'content-type': 'application/x-www-form-urlencoded' })
  t.match((await server.inject('GET', `${path}/review`, undefined, {})).text, /Kia/)
  t.not((await server.inject('GET', `${path}/brand`, undefined, {})).status, 200)
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: Buffer.from(JSON.stringify({ linkUrl })).toString('base64') })).status, 200)
  t.same(await idsOf(server, 'ann'), [car])
})
