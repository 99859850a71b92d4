import t from 'tap'
import { type Body } from '../../../helpers/build.ts'
import { oslo, austin, home, type Home, on, nightIsCheap, stopped, reached } from './home.ts'

/** An intervention of VOLKSWAGEN. */
const subscription = 'e8d1b66d-9e41-4a1e-8cab-d9f6da40adb9'

t.test('the policy: off at first, put in parts, shown by the vehicle and told, and the one body in which unknown keys do no harm', async t => {
  const h = await home(t)
  const get = async (): Promise<Body> => (await h.server.call('GET', `${h.path}/smart-charging-policy`)).body
  const off = { isEnabled: false, deadline: null, minimumChargeLimit: 0 }
  t.same(await get(), off)
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, off)
  t.same((await h.put({ deadline: '06:30', unknown: 1 })).body, { ...off, deadline: '06:30' })
  t.same((await h.put({ isEnabled: true, minimumChargeLimit: 40 })).body, { isEnabled: true, deadline: '06:30', minimumChargeLimit: 40 })
  t.same(await get(), { isEnabled: true, deadline: '06:30', minimumChargeLimit: 40 })
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, await get())
  await h.put({})
  await h.server.advance('PT0S')
  const changes = h.hooks.events().filter(each => each.event === 'user:vehicle:updated').map(each => each.updatedFields)
  t.same(changes.slice(-2), [['smartChargingPolicy.deadline'], ['smartChargingPolicy.isEnabled', 'smartChargingPolicy.minimumChargeLimit']], 'and nothing where nothing changed')
  await h.server.advance('PT1H')
  t.equal((await h.server.vehicle(h.id)).smartChargingPolicy.isEnabled, true, 'a look at the car does not forget it')
  for (const wrong of [{ deadline: '7:00' }, { deadline: '24:01' }, { deadline: null }, { minimumChargeLimit: 101 }, { minimumChargeLimit: -1 }, { isEnabled: 'yes' }]) {
    t.equal((await h.put(wrong)).status, 400, JSON.stringify(wrong))
  }
  t.match((await h.server.call('GET', '/vehicles/nothing/smart-charging-policy')).status, 404)
  t.match((await h.server.call('PUT', '/vehicles/nothing/smart-charging-policy', on)).status, 404)
})

t.test('smart charging is refused with the reason, and nothing changes', async t => {
  const refuses = async (h: Home, policy: Body, detail: RegExp): Promise<void> => {
    const before = (await h.server.call('GET', `${h.path}/smart-charging-policy`)).text
    t.match(await h.put(policy), { status: 400, body: { title: 'Cannot activate smart charging', detail } })
    t.equal((await h.server.call('GET', `${h.path}/smart-charging-policy`)).text, before)
  }
  const h = await home(t)
  await refuses(h, { isEnabled: true }, /deadline/)
  await refuses(h, { ...on, minimumChargeLimit: 81 }, /81 exceeds the charge limit of the vehicle, which is 80/)
  await refuses(h, { minimumChargeLimit: 81 }, /exceeds/)
  await h.patch({}, { capabilities: { stopCharging: { isCapable: false, interventionIds: [subscription] } } })
  await refuses(h, on, new RegExp(`capability smartCharging is false, unless the user carries out the intervention ${subscription}`))
  await h.patch({}, { capabilities: { stopCharging: true } })
  await h.server.call('DELETE', `/locations/${h.location}`)
  await refuses(h, on, /no location/)

  const nowhere = await home(t, { place: austin, timezoneName: 'America/Chicago' })
  await refuses(nowhere, on, /market prices or a tariff/)
  await nowhere.charge(nightIsCheap)
  t.equal((await nowhere.put(on)).status, 200, 'with a tariff it can')

  const mercedes = await home(t, { vendor: 'MERCEDES' })
  await refuses(mercedes, { ...on, minimumChargeLimit: 49 }, /49 is below 50, which is the least for a MERCEDES/)
  t.equal((await mercedes.put({ ...on, minimumChargeLimit: 50 })).status, 200)
  t.equal((await mercedes.put({ isEnabled: false })).status, 200)
})

t.test('smart charging needs the control scope, and only one user of a car can have it', async t => {
  const h = await home(t, { policy: on })
  const device = (await h.server.mock('GET', `/devices/${h.id}`)).body
  const account = (await h.server.mock('GET', '/accounts')).body.find((each: Body) => each.id === device.accountId)
  const link = async (userId: string, scopes: string[]): Promise<string> => {
    const session = await h.server.call('POST', `/users/${userId}/link`, { scopes, language: 'en-US', redirectUri: 'https://example.com' })
    t.equal((await h.server.mock('POST', '/link-sessions/complete', { linkToken: session.body.linkToken, username: account.username, password: account.password })).status, 200)
    await h.server.call('POST', `/users/${userId}/locations`, { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' })
    return (await h.server.call('GET', `/users/${userId}/vehicles`)).body.data[0].id
  }
  const all = ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging']
  const reader = await link('reader', ['vehicle:read:data', 'vehicle:read:location'])
  t.match(await h.server.call('PUT', `/vehicles/${reader}/smart-charging-policy`, on), { status: 400, body: { detail: /has not granted "vehicle:control:charging"/ } })
  const second = await link('second', all)
  t.match(await h.server.call('PUT', `/vehicles/${second}/smart-charging-policy`, on), {
    status: 400, body: { title: 'Cannot activate smart charging', detail: 'Another user already has smart charging enabled for this vehicle' }
  })
  await h.put({ isEnabled: false })
  t.equal((await h.server.call('PUT', `/vehicles/${second}/smart-charging-policy`, on)).status, 200)
  t.equal((await h.put({ isEnabled: true })).status, 400)

  // Who leaves makes room, and finds it taken on coming back.
  const isEnabled = async (userId: string): Promise<boolean> => (await h.server.call('GET', `/users/${userId}/vehicles`)).body.data[0].smartChargingPolicy.isEnabled
  await h.server.call('DELETE', '/users/second/authorization')
  t.equal((await h.put({ isEnabled: true })).status, 200)
  await link('second', all)
  t.same([await isEnabled('user-1'), await isEnabled('second')], [true, false])
  t.equal((await h.server.call('GET', `/vehicles/${second}/smart-charging-status`)).body.state, 'DISABLED')
  await h.server.call('DELETE', '/users/user-1/authorization')
  await link('user-1', all)
  t.equal(await isEnabled('user-1'), true, 'where nobody has taken it, it is as it was')
})

t.test('a vehicle can charge smartly when it has all that this takes, and what brings the missing back is named', async t => {
  const h = await home(t, { policy: on })
  const capability = async (): Promise<Body> => (await h.server.vehicle(h.id)).capabilities.smartCharging
  t.same(await capability(), { isCapable: true, interventionIds: [] })
  for (const name of ['chargeState', 'location', 'startCharging', 'stopCharging', 'smartCharging']) {
    await h.patch({}, { capabilities: { [name]: { isCapable: false, interventionIds: [subscription] } } })
    t.same(await capability(), { isCapable: false, interventionIds: [subscription] }, name)
    t.equal(await h.state(), 'UNKNOWN')
    await h.patch({}, { capabilities: { [name]: true } })
    t.equal(await h.state(), 'CONSIDERING')
  }
  await h.patch({}, { capabilities: { setMaxCurrent: false, odometer: false } })
  t.equal((await capability()).isCapable, true, 'the others do not matter')
})

t.test('switched off, smart charging hands the car over as it stands, takes back what it asked for, and is DISABLED soon', async t => {
  const h = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  await h.put({ isEnabled: false })
  t.equal(await h.state(), 'PLAN:ENDED:DISABLED')
  await h.server.advance('PT1M')
  t.match(await h.status(), { state: 'DISABLED', plan: null })
  t.equal((await h.server.vehicle(h.id)).chargeState.isCharging, true)
  const [action] = h.hooks.events().filter(each => each.event === 'user:vendor-action:updated')
  t.match(action?.vendorAction, { kind: 'STOP', state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } })
  const away = await stopped(t)
  await away.put({ isEnabled: false })
  await away.server.advance('PT12H')
  t.equal((await away.server.vehicle(away.id)).chargeState.isCharging, false)
  t.equal((await away.server.call('POST', `${away.path}/charging`, { action: 'START' })).status, 200)
})

t.test('a user who leaves ends the plan; linked again, the policy is as it was; unlinked for good, nothing is left', async t => {
  const h = await stopped(t)
  const scopes = ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging']
  const { accountId } = (await h.server.mock('GET', `/devices/${h.id}`)).body
  const account = (await h.server.mock('GET', '/accounts')).body.find((each: Body) => each.id === accountId)
  await h.server.call('DELETE', '/users/user-1/authorization')
  t.match((await h.told()).at(-1)?.smartChargingStatus, { state: 'PLAN:ENDED:FAILED', plan: { failureCondition: 'UNKNOWN' } })
  t.equal((await h.server.call('GET', `${h.path}/smart-charging-status`)).status, 404)
  const link = async (): Promise<void> => {
    const session = await h.server.call('POST', '/users/user-1/link', { scopes, language: 'en-US', redirectUri: 'https://example.com' })
    t.equal((await h.server.mock('POST', '/link-sessions/complete', { linkToken: session.body.linkToken, username: account.username, password: account.password })).status, 200)
  }
  await link()
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, { isEnabled: true, deadline: '07:00', minimumChargeLimit: 0 })
  await h.server.advance('PT1M')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED', 'the car that stands still gets a new plan')
  await h.server.call('DELETE', '/users/user-1')
  await link()
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, { isEnabled: false, deadline: null, minimumChargeLimit: 0 })
  t.equal(await h.state(), 'DISABLED')
  t.equal((await h.server.call('GET', `${h.path}/smart-charging-plans/latest`)).status, 404)
})
