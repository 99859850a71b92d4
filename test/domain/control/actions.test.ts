import t from 'tap'
import { requestAction } from '../../../src/domain/control/actions.ts'
import { findAsset } from '../../../src/domain/sight/find.ts'
import { mostActions } from '../../../src/store/actions.ts'
import { sweepEvery } from '../../../src/store/database.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const plugged = { isPluggedIn: true, isCharging: false, batteryLevel: 40, chargeLimit: 80 }

async function start (server: Server, car: string, action = 'START'): Promise<Body> {
  const answer = await server.call('POST', `/vehicles/${car}/charging`, { action })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}

async function actionOf (server: Server, id: string): Promise<Body> {
  return (await server.call('GET', `/vehicles/actions/${id}`)).body
}

t.test('an action is PENDING until the vendor answers, then CONFIRMED together with the view', async t => {
  const server = await build(t)
  const car = await server.car({ state: plugged })
  const action = await start(server, car)
  t.match(action, { state: 'PENDING', kind: 'START', targetId: car, targetType: 'vehicle', userId: 'user-1', completedAt: null, failureReason: null })
  t.same(Object.keys(action), ['id', 'userId', 'createdAt', 'updatedAt', 'completedAt', 'state', 'targetId', 'targetType', 'kind', 'failureReason'])
  await server.advance('PT1.999S')
  t.equal((await actionOf(server, action.id)).state, 'PENDING')
  t.equal((await server.vehicle(car)).chargeState.isCharging, false)
  await server.advance('PT0.001S')
  t.match(await actionOf(server, action.id), { state: 'CONFIRMED', completedAt: '2026-01-01T00:00:02.000Z', updatedAt: '2026-01-01T00:00:02.000Z', failureReason: null })
  t.match((await server.vehicle(car)).chargeState, { isCharging: true, powerDeliveryState: 'PLUGGED_IN:CHARGING' })
})

t.test('STOP ends charging, and the rate and the time remaining become null', async t => {
  const server = await build(t)
  const car = await server.car({ state: { ...plugged, isCharging: true } })
  const { id } = await start(server, car, 'STOP')
  await server.advance('PT2S')
  t.equal((await actionOf(server, id)).state, 'CONFIRMED')
  t.match((await server.vehicle(car)).chargeState, { isCharging: false, powerDeliveryState: 'PLUGGED_IN:STOPPED', chargeRate: null, chargeTimeRemaining: null })
})

t.test('an equal pending charging action is joined, a different one is cancelled with CONFLICT', async t => {
  const server = await build(t)
  const car = await server.car({ state: plugged })
  const first = await start(server, car)
  t.equal((await start(server, car)).id, first.id)
  const second = await start(server, car, 'STOP')
  t.not(second.id, first.id)
  t.match(await actionOf(server, first.id), { state: 'CANCELLED', failureReason: { type: 'CONFLICT' } })
  await server.advance('PT2S')
  t.equal((await actionOf(server, second.id)).state, 'CONFIRMED')
})

t.test('max current of a Tesla is set, and an equal one that is pending is replaced and not joined', async t => {
  const server = await build(t)
  const car = await server.car({ state: { ...plugged, isCharging: true, maxCurrent: 16 } })
  const before = (await server.vehicle(car)).chargeState.chargeRate ?? 0
  const first = (await server.call('POST', `/vehicles/${car}/max-current`, { maxCurrent: 8 })).body
  t.match(first, { state: 'PENDING', targetState: { maxCurrent: 8 } })
  const second = (await server.call('POST', `/vehicles/${car}/max-current`, { maxCurrent: 8 })).body
  t.not(first.id, second.id)
  t.match(await actionOf(server, first.id), { state: 'CANCELLED', failureReason: { type: 'CONFLICT' } })
  await server.advance('PT2S')
  const after = (await server.vehicle(car)).chargeState
  t.equal(after.maxCurrent, 8)
  t.ok((after.chargeRate ?? 0) < before)
  const refused = await server.call('POST', `/vehicles/${await server.car({ vendor: 'BMW' })}/max-current`, { maxCurrent: 8 })
  t.equal(refused.status, 400)
})

t.test('what is known to fail is a 400 at once and makes no action', async t => {
  const server = await build(t)
  const cases: Array<[string, Body, Body, RegExp]> = [
    ['START while charging', { state: { ...plugged, isCharging: true } }, { action: 'START' }, /already/i],
    ['STOP while stopped', { state: plugged }, { action: 'STOP' }, /already|not charging/i],
    ['START when fully charged', { state: { isPluggedIn: true, batteryLevel: 80, chargeLimit: 80 } }, { action: 'START' }, /charge/i],
    ['START without power', { state: { ...plugged, powerDeliveryState: 'PLUGGED_IN:NO_POWER' } }, { action: 'START' }, /power/i],
    ['START with a fault', { state: { ...plugged, powerDeliveryState: 'PLUGGED_IN:FAULT' } }, { action: 'START' }, /malfunction/],
    ['START of a car that cannot', { devices: [{ type: 'vehicle', state: plugged, capabilities: { startCharging: false } }] }, { action: 'START' }, /startCharging/]
  ]
  for (const [name, wish, body, detail] of cases) {
    const car = await server.car(wish)
    const answer = await server.call('POST', `/vehicles/${car}/charging`, body)
    t.equal(answer.status, 400, name)
    t.match(answer.body.detail, detail, name)
  }
})

t.test('a user who did not grant control gets a 403 that names the scope, and nothing happens', async t => {
  const server = await build(t)
  const car = await server.car({ scopes: ['vehicle:read:data'], state: plugged })
  const answer = await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })
  t.equal(answer.status, 403)
  t.match(answer.body.detail, /vehicle:control:charging/)
  const view = await server.vehicle(car)
  t.match(view.capabilities.startCharging, { isCapable: false, interventionIds: [] })
  t.match(view.location, { latitude: null, longitude: null })
})

t.test('every way for an action to fail is reached from outside', async t => {
  const server = await build(t)
  await t.test('FAILED_PRECONDITION: unplugged while pending', async t => {
    const car = await server.car({ state: plugged })
    const { id } = await start(server, car)
    await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: false } })
    t.match(await actionOf(server, id), { state: 'CANCELLED', failureReason: { type: 'FAILED_PRECONDITION', detail: 'The asset was unplugged before the action could be completed' } })
  })
  await t.test('FAILED_PRECONDITION: never plugged in', async t => {
    const { id } = await start(server, await server.car())
    await server.advance('PT2S')
    t.match(await actionOf(server, id), { state: 'CANCELLED', failureReason: { type: 'FAILED_PRECONDITION', detail: 'The asset was unplugged before the action could be completed' } })
  })
  await t.test('NO_RESPONSE: unreachable until the time-out', async t => {
    const car = await server.car({ state: plugged })
    await server.mock('PATCH', `/devices/${car}`, { isReachable: false })
    const { id } = await start(server, car)
    await server.advance('PT59S')
    t.equal((await actionOf(server, id)).state, 'PENDING')
    await server.advance('PT1S')
    t.match(await actionOf(server, id), { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'The device remained unreachable.' } })
  })
  await t.test('a device that can be reached again in time still obeys', async t => {
    const car = await server.car({ state: plugged })
    await server.mock('PATCH', `/devices/${car}`, { isReachable: false })
    const { id } = await start(server, car)
    await server.advance('PT30S')
    await server.mock('PATCH', `/devices/${car}`, { isReachable: true })
    await server.advance('PT10S')
    t.equal((await actionOf(server, id)).state, 'CONFIRMED')
  })
  await t.test('NOT_FOUND: the device disappears', async t => {
    const car = await server.car({ state: plugged })
    const { id } = await start(server, car)
    await server.mock('DELETE', `/devices/${car}`)
    t.match(await actionOf(server, id), { state: 'FAILED', failureReason: { type: 'NOT_FOUND' } })
    t.equal((await server.call('GET', `/vehicles/${car}`)).status, 404)
  })
  await t.test('UNNECESSARY: it was already so when Enode came to it', async t => {
    const car = await server.car({ state: plugged })
    await server.mock('PATCH', `/devices/${car}`, { state: { isCharging: true }, observe: false })
    const { id } = await start(server, car)
    await server.advance('PT2S')
    t.match(await actionOf(server, id), { state: 'CANCELLED', failureReason: { type: 'UNNECESSARY' } })
  })
  await t.test('REQUESTED_CANCELLATION: cancelled by its owner, once; a settled action is a 409 that shows it', async t => {
    const car = await server.car({ state: plugged })
    const { id } = await start(server, car)
    const cancelled = await server.call('POST', `/vehicles/actions/${id}/cancel`)
    t.equal(cancelled.status, 200)
    t.match(cancelled.body, { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } })
    const again = await server.call('POST', `/vehicles/actions/${id}/cancel`)
    t.equal(again.status, 409)
    t.same(again.body, cancelled.body)
    await server.advance('PT5M')
    t.equal((await server.vehicle(car)).chargeState.isCharging, false)
  })
})

t.test('an action keeps its end: what comes later changes nothing', async t => {
  const server = await build(t)
  const car = await server.car({ state: plugged })
  const { id } = await start(server, car)
  await server.advance('PT2S')
  const settled = await actionOf(server, id)
  await start(server, car, 'STOP')
  await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: false } })
  await server.advance('PT1H')
  t.same(await actionOf(server, id), settled)
})

t.test('realistic timing takes about 20 s, shows INITIALIZING, and times out after 30 min', async t => {
  const server = await build(t, { timing: 'realistic', seed: 3 })
  const car = await server.car({ state: plugged })
  const { id } = await start(server, car)
  await server.advance('PT13S')
  t.equal((await actionOf(server, id)).state, 'PENDING')
  const seen = new Set<string>()
  for (let i = 0; i < 400 && (await actionOf(server, id)).state === 'PENDING'; i++) {
    await server.advance('PT1S')
    seen.add((await server.vehicle(car)).chargeState.powerDeliveryState)
  }
  t.equal((await actionOf(server, id)).state, 'CONFIRMED')
  t.ok(seen.has('PLUGGED_IN:INITIALIZING') && seen.has('PLUGGED_IN:CHARGING'), [...seen].join())
  const other = await server.car({ state: plugged })
  await server.mock('PATCH', `/devices/${other}`, { isReachable: false })
  const slow = await start(server, other)
  await server.advance('PT29M59S')
  t.equal((await actionOf(server, slow.id)).state, 'PENDING')
  await server.advance('PT1S')
  t.equal((await actionOf(server, slow.id)).state, 'FAILED')
})

t.test('polls follow the state, a refresh hint brings one forward, and an unreachable car keeps its last view', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated'] })
  const car = await server.car({ state: plugged })
  await server.mock('PATCH', `/devices/${car}`, { state: { batteryLevel: 50 }, observe: false })
  t.equal((await server.vehicle(car)).chargeState.batteryLevel, 40)
  t.equal((await server.call('POST', `/vehicles/${car}/refresh-hint`)).status, 204)
  await server.advance('PT1S')
  t.equal((await server.vehicle(car)).chargeState.batteryLevel, 50)
  await server.mock('PATCH', `/devices/${car}`, { state: { batteryLevel: 60 }, observe: false })
  await server.advance('PT4M59S')
  t.equal((await server.vehicle(car)).chargeState.batteryLevel, 50)
  await server.advance('PT1S')
  t.equal((await server.vehicle(car)).chargeState.batteryLevel, 60)

  await server.mock('PATCH', `/devices/${car}`, { isReachable: false, state: { batteryLevel: 70 } })
  const lost = await server.vehicle(car)
  t.match(lost, { isReachable: false, lastSeen: '2026-01-01T00:05:01.000Z', chargeState: { batteryLevel: 60 } })
  await server.advance('PT2H')
  t.same(await server.vehicle(car), lost)
  await server.mock('PATCH', `/devices/${car}`, { isReachable: true })
  t.match(await server.vehicle(car), { isReachable: true, lastSeen: '2026-01-01T02:05:01.000Z', chargeState: { batteryLevel: 70 } })
  await server.mock('POST', '/deliveries/drain')
  const events = hooks.events()
  t.same(events.find(event => event.vehicle.isReachable === false)?.updatedFields, ['isReachable'])
  t.same(events.at(-1)?.updatedFields, ['lastSeen', 'isReachable', 'chargeState.batteryLevel', 'chargeState.range', 'chargeState.lastUpdated'])
})

t.test('nothing is announced while nothing changes, though lastSeen moves on', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const car = await server.car()
  await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated'] })
  await server.advance('PT6H')
  t.same(hooks.events().filter(event => event.event !== 'system:heartbeat'), [])
  t.ok((await server.vehicle(car)).lastSeen > '2026-01-01T05:39')
})

t.test('of the polls in a long move of the clock that nobody would hear of only the last happens, and shows the same', async t => {
  const run = async (follow: (server: Server, car: string) => Promise<unknown>): Promise<{ timers: number, shown: object }> => {
    const server = await build(t)
    const car = await server.car({ state: { ...plugged, isCharging: true } })
    await follow(server, car)
    const { timers } = (await server.mock('POST', '/clock/advance', { by: 'P2D' })).body
    const { chargeState: { lastUpdated, ...chargeState }, lastSeen } = await server.vehicle(car)
    t.ok(lastSeen > '2026-01-02T23:39', `seen ${lastSeen}, and not in the future`)
    await server.advance('PT20M')
    t.ok((await server.vehicle(car)).lastSeen > lastSeen, 'polls go on')
    return { timers: Number(timers), shown: chargeState }
  }
  const hooks = await receiver(t)
  const listen = (event: string) => async (server: Server): Promise<unknown> => await server.call('POST', '/webhooks', { url: hooks.url, secret, events: [event] })
  const unheard = await run(async () => {})
  t.ok(unheard.timers < 10, `${unheard.timers} timers`)
  t.same(await run(listen('user:charger:updated')), { ...unheard, timers: unheard.timers + 48 }, 'also with a webhook for something else, but for its heartbeats')
  const followed = {
    webhook: await run(listen('user:vehicle:updated')),
    schedule: await run(async (server, car) => await server.call('POST', '/users/user-1/schedules', { targetType: 'vehicle', targetId: car, locationId: null, isEnabled: true, defaultShouldCharge: true, rules: [] }))
  }
  for (const [by, { timers, shown }] of Object.entries(followed)) {
    // A schedule answers to what changes by leaps, a webhook to each look that shows anything new.
    t.ok(by === 'webhook' ? timers > 144 : timers < 10, `${timers} timers with a ${by}`)
    t.same(shown, unheard.shown, by)
  }
})

t.test('each updated event names exactly the fields in which it differs from the event before it', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const car = await server.car({ state: plugged })
  await start(server, car)
  await server.advance('PT30M')
  const leaves = (value: any, path = ''): Record<string, string> => typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.assign({}, ...Object.entries(value).map(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`)))
    : { [path]: JSON.stringify(value) }
  let before: Record<string, string> = {}
  let compared = 0
  for (const event of hooks.events().filter(each => each.vehicle?.id === car)) {
    const after = leaves(event.vehicle)
    if (event.event === 'user:vehicle:updated') {
      // A poll that changes nothing but lastSeen is not announced, so lastSeen alone may differ by more than one poll.
      t.same(event.updatedFields, Object.keys(after).filter(path => after[path] !== before[path]))
      compared++
    }
    before = after
  }
  t.ok(compared > 10)
})

t.test('invalid credentials stop updates and are announced; linking again heals them with the same id', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const account = (await server.mock('POST', '/accounts', { vendor: 'KIA', userId: 'ben', devices: [{ type: 'vehicle', state: plugged }] })).body
  const car = account.devices[0].id
  await server.mock('POST', `/accounts/${account.id}/invalidate`)
  t.same((await server.call('GET', '/users/ben')).body.linkedVendors, [{ vendor: 'KIA', vendorType: 'vehicle', isValid: false }])
  await server.mock('PATCH', `/devices/${car}`, { state: { batteryLevel: 77 } })
  await server.advance('PT1H')
  t.equal((await server.vehicle(car)).chargeState.batteryLevel, 40)
  const invalidated = hooks.events().filter(event => event.event === 'user:credentials:invalidated')
  t.same(invalidated, [{ createdAt: '2026-01-01T00:00:00.000Z', version: '2024-10-01', event: 'user:credentials:invalidated', user: { id: 'ben' }, vendor: 'KIA' }])
  const link = await server.call('POST', '/users/ben/link', { scopes: ['vehicle:read:data'], vendor: 'KIA', language: 'browser', redirectUri: 'https://example.com' })
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: account.username, password: account.password })).status, 200)
  t.same((await server.call('GET', '/users/ben')).body.linkedVendors, [{ vendor: 'KIA', vendorType: 'vehicle', isValid: true }])
  t.match(await server.vehicle(car), { id: car, chargeState: { batteryLevel: 77 }, scopes: ['vehicle:read:data'] })
})

t.test('two users of one account see one car through two assets', async t => {
  const server = await build(t)
  const account = (await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'ann', devices: [{ type: 'vehicle', state: plugged }] })).body
  const link = await server.call('POST', '/users/bob/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
  await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: account.username, password: account.password })
  const [ofBob] = (await server.call('GET', '/users/bob/vehicles')).body.data
  const [ofAnn] = (await server.call('GET', '/users/ann/vehicles')).body.data
  t.not(ofBob.id, ofAnn.id)
  t.equal(ofBob.information.vin, ofAnn.information.vin)
  await start(server, ofAnn.id)
  await server.advance('PT2S')
  t.equal((await server.vehicle(ofBob.id)).chargeState.isCharging, true)
  t.equal((await server.mock('GET', `/devices/${ofBob.id}`)).body.id, ofAnn.id)
  t.equal((await server.call('DELETE', '/users/ann')).status, 204)
  t.equal((await server.call('GET', `/vehicles/${ofAnn.id}`)).status, 404)
  t.equal((await server.call('GET', `/vehicles/${ofBob.id}`)).status, 200)
})

t.test('old settled actions are forgotten so that memory does not grow, pending ones never', async t => {
  const server = await build(t)
  const waiting = await server.car({ state: plugged })
  await server.mock('PATCH', `/devices/${waiting}`, { isReachable: false })
  const oldest = await start(server, waiting)
  const busy = await server.car({ state: plugged })
  const first = await start(server, busy)
  server.worlds.default.store.write(tx => {
    const asset = findAsset(tx, 'vehicle', busy)
    for (let i = 0; i < mostActions + sweepEvery; i++) requestAction(tx, asset, { type: 'max-current', maxCurrent: 10 })
  })
  t.equal((await server.call('GET', `/vehicles/actions/${first.id}`)).status, 404)
  t.equal((await actionOf(server, oldest.id)).state, 'PENDING')
  await server.advance('PT1M')
  t.equal((await actionOf(server, oldest.id)).state, 'FAILED')
})

t.test('when one user heals an account, the other user who linked it sees updates again', async t => {
  const server = await build(t)
  const account = (await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'ann', devices: [{ type: 'vehicle', state: plugged }] })).body
  const sign = async (user: string): Promise<void> => {
    const link = await server.call('POST', `/users/${user}/link`, { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
    await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: account.username, password: account.password })
  }
  await sign('bob')
  await server.mock('POST', `/accounts/${account.id}/invalidate`)
  await server.advance('PT1H')
  await sign('ann')
  await server.advance('PT1H')
  const [ofBob] = (await server.call('GET', '/users/bob/vehicles')).body.data
  t.ok(ofBob.lastSeen > '2026-01-01T01:50', ofBob.lastSeen)
})

t.test('an account without a device of the asked types cannot be linked, and the session can be used all the same', async t => {
  const server = await build(t)
  const account = (await server.mock('POST', '/accounts', { vendor: 'TESLA', devices: [{ type: 'vehicle' }] })).body
  const link = await server.call('POST', '/users/dan/link', { scopes: ['charger:read:data'], vendor: 'TESLA', language: 'en-US', redirectUri: 'https://example.com' })
  const refused = await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: account.username, password: account.password })
  t.match(refused, { status: 400, body: { detail: /holds no charger/ } })
  t.same((await server.call('GET', '/users/dan')).body.linkedVendors, [])
})

t.test('a linked account that has lost its last device is still a linked vendor', async t => {
  const server = await build(t)
  const account = (await server.mock('POST', '/accounts', { vendor: 'BMW', userId: 'eve', devices: [{ type: 'vehicle' }] })).body
  await server.mock('DELETE', `/devices/${account.devices[0].id}`)
  await server.mock('POST', `/accounts/${account.id}/invalidate`)
  t.same((await server.call('GET', '/users/eve')).body.linkedVendors, [{ vendor: 'BMW', vendorType: 'vehicle', isValid: false }])
})

t.test('fewer scopes take effect by relinking also while the car cannot be reached', async t => {
  const server = await build(t)
  const account = (await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'ann', devices: [{ type: 'vehicle', state: plugged }] })).body
  const car = account.devices[0].id
  await server.mock('PATCH', `/devices/${car}`, { isReachable: false, state: { batteryLevel: 70 } })
  const link = await server.call('POST', '/users/ann/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
  await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username: account.username, password: account.password })
  t.match(await server.vehicle(car), { scopes: ['vehicle:read:data'], location: { latitude: null }, capabilities: { startCharging: { isCapable: false } }, chargeState: { batteryLevel: 40 } })
})
