import t, { type Test } from 'tap'
import { controlDocument } from '../../../src/mock-api/openapi.ts'
import { announce } from '../../../src/domain/tell/events.ts'
import { sweepEvery } from '../../../src/store/database.ts'
import { mostEnded } from '../../../src/store/deliveries.ts'
import { build, start, type Answer, type Body, type Server } from '../../helpers/build.ts'
import { operationsOf, storedDocument, unknownId, type Document } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const plugged = { isPluggedIn: true, isCharging: false, batteryLevel: 30, chargeLimit: 80 }

async function fault (server: Server, on: Body, effect: Body, rest: Body = {}): Promise<Body> {
  const answer = await server.mock('POST', '/faults', { on, effect, ...rest })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}

const left = async (server: Server): Promise<Body[]> => (await server.mock('GET', '/faults')).body as unknown as Body[]

/** Every error of the reference's list, with what else it brings, and the problem's slug and title. */
const errors: Array<[name: string, status: number, slug: string, title: string]> = [
  ['Bad Request', 400, 'bad-request', 'Bad Request'],
  ['Unauthorized', 401, 'unauthorized', 'Unauthorized'],
  ['Forbidden', 403, 'forbidden', 'Forbidden'],
  ['Not Found', 404, 'not-found', 'Not Found'],
  ['Method Not Allowed, of a vendor that is not available', 405, 'method-not-allowed', 'Method Not Allowed'],
  ['Request Timeout', 408, 'timeout', 'Timeout'],
  ['Conflict', 409, 'conflict', 'Conflict'],
  ['Enode Controlled Entity', 422, 'enode-controlled-entity', 'Enode Controlled Entity'],
  ['Failed Dependency', 424, 'failed-dependency', 'Failed Dependency'],
  ['Too Many Requests', 429, 'too-many-requests', 'Too Many Requests'],
  ['Server Error', 500, 'server-error', 'Server Error'],
  ['Service Unavailable', 503, 'service-unavailable', 'Service Unavailable']
]

t.test('each documented error comes of a fault, by name', async t => {
  const server = await build(t)
  const car = await server.car({ state: plugged })
  for (const [name, status, slug, title] of errors) {
    t.test(name, async t => {
      const { id } = await fault(server, { method: 'POST', path: '/vehicles/{vehicleId}/charging' }, { status }, { times: 1 })
      const answer = await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' }, { authorization: `Bearer ${await server.token()}` })
      t.equal(answer.status, status, answer.text)
      t.match(answer.body, { type: `https://developers.enode.com/api/problems/${slug}`, title })
      t.same(Object.keys(answer.body), ['type', 'title', 'detail'])
      t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
      t.equal(answer.headers['enode-version'], '2024-10-01')
      t.equal(answer.headers['x-mock-fault'], id)
      t.equal(answer.headers['retry-after'], [429, 503].includes(status) ? '60' : undefined)
      t.same(await left(server), [], 'it is used up')
    })
  }
  t.test('nothing was carried out', async t => {
    t.equal((await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).body.state, 'PENDING')
    t.equal((await server.mock('GET', '/timeline')).body.filter((entry: Body) => entry.kind === 'action-requested').length, 1)
  })
  t.test('Connections limit reached.', async t => {
    await fault(server, { path: '/users/{userId}/link' }, { status: 403 }, { times: 1 })
    const link = { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' }
    const refused = await server.call('POST', '/users/anna/link', link)
    t.match(refused, { status: 403, body: { title: 'Connections limit reached.', detail: 'Unable to create more connections for ClientID: mock-client' } })
    t.equal((await server.call('POST', '/users/anna/link', link)).status, 200)
  })
  t.test('Entity Not Found and Validation Error, whose status the reference does not say', async t => {
    for (const [status, title, slug] of [[404, 'Entity Not Found', 'entity-not-found'], [500, 'Validation Error', 'validation-error']] as const) {
      const problem = { title, type: `https://developers.enode.com/api/problems/${slug}` }
      await fault(server, { path: '/vehicles/{vehicleId}' }, { status, problem }, { times: 1 })
      t.match(await server.call('GET', `/vehicles/${car}`), { status, body: { ...problem, detail: String } })
    }
  })
  t.test('linking statuses of every kind, in the health of its vendors and for who links', async t => {
    for (const [kinds, vendor, vendorType] of [
      ['vehicles', 'BMW', 'vehicle'], ['chargers', 'EASEE', 'charger'], ['hvacs', 'DAIKIN', 'hvac'],
      ['batteries', 'ENPHASE', 'battery'], ['inverters', 'ENPHASE', 'inverter'], ['meters', 'ENPHASE', 'meter']
    ]) {
      for (const linkingStatus of ['ELEVATED_ERROR_RATE', 'OUTAGE']) {
        const { id } = await fault(server, { vendor, vendorType }, { linkingStatus })
        const health = (await server.call('GET', `/health/${kinds}`)).body as unknown as Body[]
        t.match(health.find(each => each.vendor === vendor), { linkingStatus, status: 'READY' }, `${vendor} ${vendorType} ${linkingStatus}`)
        const { linkToken } = (await server.call('POST', '/users/berta/link', { vendor, vendorType, scopes: [`${vendorType}:read:data`], language: 'en-US', redirectUri: 'https://example.com' })).body
        t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken, devices: [{ type: vendorType }] })).status, linkingStatus === 'OUTAGE' ? 503 : 200)
        await server.mock('DELETE', `/faults/${id}`)
      }
    }
  })
  t.test('user:credentials:invalidated, which needs no fault, since an account can lose its credentials', async t => {
    const hooks = await receiver(t)
    await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:credentials:invalidated'] })
    const account = (await server.mock('POST', '/accounts', { vendor: 'BMW', userId: 'clara', devices: [{ type: 'vehicle' }] })).body
    t.equal((await server.mock('POST', `/accounts/${account.id}/invalidate`)).status, 200)
    await server.mock('POST', '/deliveries/drain')
    t.match(hooks.events(), [{ event: 'user:credentials:invalidated', user: { id: 'clara' }, vendor: 'BMW' }])
  })
  t.test('HEM System Statistics Not Available, and Vendor Temporarily Unavailable', async t => {
    const statistics = async (): Promise<Answer> => await server.call('GET', `/hem-systems/${unknownId}/statistics?interval=2026-01-01`)
    for (const [status, slug, title] of [[422, 'hem-system-statistics-not-available', 'HEM System Statistics Not Available'], [503, 'vendor-temporarily-unavailable', 'Vendor Temporarily Unavailable']] as const) {
      await fault(server, { path: '/hem-systems/{hemSystemId}/statistics' }, { status, ...(status === 503 ? { headers: { 'Retry-After': '7' } } : {}) }, { times: 1 })
      t.match(await statistics(), { status, headers: status === 503 ? { 'retry-after': '7' } : {}, body: { type: new RegExp(`/${slug}$`), title } })
    }
  })
  t.test('a token that is refused, in OAuth\'s own words', async t => {
    for (const [status, error] of [[400, 'invalid_request'], [401, 'invalid_client'], [500, 'server_error'], [503, 'temporarily_unavailable']] as const) {
      await fault(server, { path: '/oauth2/token' }, { status }, { times: 1 })
      const answer = await server.inject('POST', '/oauth2/token', 'grant_type=client_credentials&client_id=mock-client&client_secret=mock-secret', { 'content-type': 'application/x-www-form-urlencoded' })
      t.match(answer, { status, body: { error, error_description: /fault/ } })
    }
    t.equal((await server.token()).length, 64)
  })
  t.test('any other, with a problem and headers of one\'s own', async t => {
    await fault(server, {}, { status: 418, headers: { 'X-Reason': 'tea' }, problem: { title: 'I am a teapot', extra: [1] } }, { times: 1 })
    t.match(await server.call('GET', '/users'), { status: 418, headers: { 'x-reason': 'tea' }, body: { title: 'I am a teapot', detail: String, extra: [1] } })
  })
})

t.test('every operation of the documented API, and of its token endpoint, can be made to fail', async t => {
  const server = await build(t)
  for (const { method, path } of operationsOf(storedDocument)) {
    const answer = await server.mock('POST', '/faults', { on: { method, path }, effect: { status: 503 } })
    t.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
  }
  t.equal((await left(server)).length, operationsOf(storedDocument).length)
})

t.test('faults on requests', async t => {
  const server = await build(t)
  const car = await server.car({ state: plugged })
  const get = async (): Promise<number> => (await server.call('GET', `/vehicles/${car}`)).status

  t.test('act in their order and count down, and what one has hit does not count for the next', async t => {
    await fault(server, { path: '/vehicles/{vehicleId}' }, { status: 429 }, { after: 1, times: 2 })
    await fault(server, { method: 'GET' }, { status: 503 }, { times: 2 })
    t.match(await left(server), [{ timesLeft: 2, afterLeft: 1 }, { timesLeft: 2, afterLeft: 0 }])
    t.equal(await get(), 503, 'the first lets one pass, so the second has it')
    t.match(await left(server), [{ timesLeft: 2, afterLeft: 0 }, { timesLeft: 1, afterLeft: 0 }])
    t.same([await get(), await get(), await get(), await get()], [429, 429, 503, 200])
    t.same(await left(server), [])
  })

  t.test('leave alone what is not theirs: other methods and paths, malformed requests, the control API, other worlds', async t => {
    const made = (await server.mock('POST', '/worlds', { name: 'other' })).body
    const other = { authorization: `Bearer ${await server.token(made.clientId, made.clientSecret)}` }
    await fault(server, { method: 'GET', path: '/users' }, { status: 500 })
    t.equal(await get(), 200)
    t.equal((await server.call('GET', '/users/user-1')).status, 200)
    t.equal((await server.call('GET', '/users?pageSize=0')).status, 400)
    t.equal((await server.call('GET', '/users', undefined, { authorization: 'Bearer nothing' })).status, 401)
    t.equal((await server.call('GET', '/users', undefined, other)).status, 200)
    t.equal((await server.mock('GET', '/info')).status, 200)
    t.equal((await server.call('GET', '/users')).status, 500)
    await server.mock('DELETE', '/faults')
    t.equal((await server.call('GET', '/users')).status, 200)
  })

  t.test('that pick an answer let the operation happen and take its answer away', async t => {
    await fault(server, { path: '/vehicles/{vehicleId}/charging', status: 200 }, { status: 503 }, { times: 1 })
    const lost = await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })
    t.match(lost, { status: 503, body: { title: 'Service Unavailable' } })
    const again = await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })
    t.equal(again.status, 200)
    t.equal((await server.mock('GET', `/timeline?subject=${again.body.id}`)).body.filter((entry: Body) => entry.kind === 'action-requested').length, 1, 'the second joined the action of the first')
    await fault(server, { path: '/vehicles/{vehicleId}', status: 404 }, { status: 500 }, { times: 1 })
    t.equal(await get(), 200)
    t.equal((await server.call('GET', '/vehicles/nothing')).status, 500)
  })
})

t.test('requests are delayed in real time, and connections closed', async t => {
  const server = await build(t)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as { port: number }
  const headers = { authorization: `Bearer ${await server.token()}` }
  const get = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/users`, { headers })).status
  await fault(server, { path: '/users' }, { delay: 'PT0.3S' }, { times: 1 })
  const began = performance.now()
  t.equal(await get(), 200)
  t.ok(performance.now() - began >= 295, `${performance.now() - began} ms`)
  t.equal((await server.mock('GET', '/clock')).body.now, start)
  await fault(server, { path: '/users' }, { disconnect: true }, { times: 1 })
  await t.rejects(get(), /fetch failed/)
  await fault(server, { path: '/users', status: 200 }, { disconnect: true }, { times: 1 })
  await t.rejects(get(), /fetch failed/)
  t.equal(await get(), 200)
  t.match((await server.mock('GET', '/requests?path=/users')).body.map((each: Body) => each.response.status), [200, null, null, 200])
  await fault(server, { path: '/users' }, { delay: 'PT5M' })
  const waiting = get()
  await new Promise(resolve => setTimeout(resolve, 50))
  const [closed] = await Promise.allSettled([server.app.close(), waiting])
  t.equal(closed.status, 'fulfilled', 'a request that is kept waiting keeps no server from ending')
})

/** Every way in which an action can end, by name. */
const endings: Array<[state: string, type: string | null]> = [
  ['CONFIRMED', null],
  ...['NO_RESPONSE', 'FAILED_PRECONDITION', 'CONFLICT', 'NOT_FOUND', 'UNNECESSARY', 'REQUESTED_CANCELLATION'].flatMap((type): Array<[string, string]> => [['FAILED', type], ['CANCELLED', type]])
]

t.test('faults on actions', async t => {
  const server = await build(t)
  const run = async (car: string, body: Body = { action: 'START' }, path = 'charging'): Promise<Body> => {
    const asked = await server.call('POST', `/vehicles/${car}/${path}`, body)
    t.equal(asked.body.state, 'PENDING', asked.text)
    await server.advance('PT30S')
    return (await server.call('GET', `/vehicles/actions/${asked.body.id}`)).body
  }
  for (const [state, type] of endings) {
    t.test(`${state}${type === null ? '' : ` with ${type}`}`, async t => {
      const car = await server.car({ state: plugged })
      const failureReason = type === null ? null : { type, detail: 'As a test wants it.' }
      await fault(server, { assetId: car, kind: 'START' }, { outcome: { state, ...(failureReason === null ? {} : { failureReason }) } }, { times: 1 })
      const action = await run(car)
      t.match(action, { state, completedAt: String })
      t.same(action.failureReason, failureReason)
      t.equal((await server.vehicle(car)).chargeState.isCharging, state === 'CONFIRMED')
    })
  }

  t.test('hit the next that fits by vendor, type and kind, and no other', async t => {
    const [tesla, bmw] = [await server.car({ state: plugged }), await server.car({ vendor: 'BMW', state: plugged })]
    await fault(server, { vendor: 'TESLA', vendorType: 'vehicle', kind: 'max-current' }, { outcome: { state: 'FAILED' } }, { times: 1 })
    t.equal((await run(bmw)).state, 'CONFIRMED')
    t.equal((await run(tesla)).state, 'CONFIRMED')
    t.match(await run(tesla, { maxCurrent: 10 }, 'max-current'), { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'The device remained unreachable.' } })
    t.equal((await run(tesla, { maxCurrent: 10 }, 'max-current')).state, 'CONFIRMED')
  })

  t.test('delay them in simulated time; one that comes too late times out', async t => {
    const car = await server.car({ state: plugged })
    await fault(server, { assetId: car }, { delay: 'PT40S' }, { times: 1 })
    t.equal((await run(car)).state, 'PENDING')
    await server.advance('PT15S')
    t.equal((await server.vehicle(car)).chargeState.isCharging, true)
    await fault(server, { assetId: car }, { delay: 'PT1H' }, { times: 1 })
    await run(car, { action: 'STOP' })
    await server.advance('PT31S')
    t.equal((await server.mock('GET', `/timeline?subject=${car}`)).body.at(-1).says, 'FAILED, NO_RESPONSE: The device did not reach the desired state in time.')
  })

  t.test('that would confirm what the device cannot do change nothing', async t => {
    const car = await server.car({ state: plugged })
    await fault(server, { assetId: car }, { outcome: { state: 'CONFIRMED' } })
    const { id } = (await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).body
    await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: false }, observe: false })
    await server.advance('PT10S')
    t.match((await server.call('GET', `/vehicles/actions/${id}`)).body, { state: 'CANCELLED', failureReason: { type: 'FAILED_PRECONDITION' } })
  })
})

t.test('faults hit what a schedule or smart charging asks for too, and the timeline names which it was', async t => {
  const server = await build(t)
  const home = { latitude: 59.91, longitude: 10.75 }
  const car = await server.car({ state: { ...plugged, ...home } })
  const locationId = (await server.call('POST', '/users/user-1/locations', { name: 'Home', ...home, timezoneName: 'Europe/Oslo' })).body.id
  /** Each action on the car, as `START: FAILED`, the oldest first, and the chain of causes of the last one. */
  const actions = async (): Promise<{ all: string[], last: Body[] }> => {
    const all = (await server.mock('GET', `/actions?assetId=${car}`)).body as unknown as Body[]
    const asked = (await server.mock('GET', `/timeline?subject=${all[0]?.id}`)).body.find((entry: Body) => entry.kind === 'action-requested')
    return { all: all.map(({ kind, state }) => `${kind}: ${state}`).reverse(), last: asked.causes }
  }

  t.test('a schedule', async t => {
    await fault(server, { assetId: car, kind: 'START' }, { outcome: { state: 'FAILED' } }, { times: 1 })
    const schedule = (await server.call('POST', '/users/user-1/schedules', { targetId: car, targetType: 'vehicle', locationId, isEnabled: true, defaultShouldCharge: true, rules: [] })).body.id
    t.match(await actions(), { all: ['START: PENDING'], last: [{ kind: 'schedule', says: `schedule ${schedule} wants START` }, { kind: 'request', says: 'POST /users/user-1/schedules' }] })
    await server.advance('PT10S')
    t.same((await actions()).all, ['START: FAILED'])
    t.match((await server.call('GET', `/schedules/${schedule}/status`)).body, { state: 'MISALIGNED' })
    // It tries again, and what it no longer wants is withdrawn in its name.
    await server.advance('PT1H')
    t.match(await actions(), { all: ['START: FAILED', 'START: CONFIRMED'], last: [{ kind: 'schedule', says: `schedule ${schedule} wants START` }] })
    await fault(server, { assetId: car }, { delay: 'PT30S' }, { times: 1 })
    await server.call('PUT', `/schedules/${schedule}`, { defaultShouldCharge: false })
    await server.call('DELETE', `/schedules/${schedule}`)
    const settled = (await server.mock('GET', `/timeline?subject=${car}`)).body.findLast((entry: Body) => entry.kind === 'action-settled')
    t.match(settled, { says: /^CANCELLED, REQUESTED_CANCELLATION/, causes: [{ kind: 'schedule', says: `schedule ${schedule} wants STOP no longer` }, { kind: 'request', says: `DELETE /schedules/${schedule}` }] })
  })

  t.test('a smart charging policy', async t => {
    await fault(server, { vendor: 'TESLA', kind: 'STOP' }, { outcome: { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'As a test wants it.' } } }, { times: 1 })
    // It is past two in Oslo, so there is nearly a day for a cheaper hour.
    const put = await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: true, deadline: '01:30' })
    t.equal(put.status, 200, put.text)
    t.match(await actions(), { all: ['START: FAILED', 'START: CONFIRMED', 'STOP: CANCELLED', 'STOP: PENDING'], last: [{ kind: 'smart-charging', says: `the smart charging policy of vehicle ${car} wants STOP` }, { kind: 'request' }] })
    await server.advance('PT10S')
    t.match((await server.call('GET', `/vehicles/${car}/smart-charging-status`)).body.state, 'PLAN:EXECUTING:STOP_FAILED')
    await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: false })
  })
})

t.test('polls that do not reach a device show it as unreachable, until they do again', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const [car, other] = [await server.car({ state: { ...plugged, isCharging: true } }), await server.car({ vendor: 'BMW', state: plugged })]
  await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated'] })
  await fault(server, { vendor: 'TESLA' }, { unreachable: true }, { times: 3 })
  const before = await server.vehicle(car)
  await server.advance('PT6M')
  t.same(await server.vehicle(car), { ...before, isReachable: false }, 'the last values stay')
  t.match(hooks.events(), [{ vehicle: { id: car, isReachable: false }, updatedFields: ['isReachable'] }])
  t.equal((await server.vehicle(other)).isReachable, true)
  await server.advance('PT10M')
  t.same(await left(server), [])
  t.match(await server.vehicle(car), { isReachable: true, chargeState: { isCharging: true } })
  t.equal((await server.mock('GET', `/timeline?subject=${car}`)).body.filter((entry: Body) => entry.kind === 'fault').length, 1, 'told once')
})

t.test('faults on deliveries', async t => {
  const server = await build(t)
  const [first, second] = [await receiver(t), await receiver(t)]
  const webhook = (await server.call('POST', '/webhooks', { url: first.url, secret, events: ['user:vehicle:updated', 'user:vehicle:deleted'] })).body.id
  await server.call('POST', '/webhooks', { url: second.url, secret, events: ['user:vehicle:updated'] })
  const car = await server.car({ state: { batteryLevel: 1 } })
  await server.mock('POST', '/deliveries/drain')
  const level = async (batteryLevel: number): Promise<void> => {
    await server.mock('PATCH', `/devices/${car}`, { state: { batteryLevel } })
    await server.mock('POST', '/deliveries/drain')
  }
  const levels = (hooks: { events: () => Body[] }): number[] => hooks.events().map(event => event.vehicle.chargeState.batteryLevel)
  const fresh = (): void => { for (const hooks of [first, second]) hooks.received.length = 0 }

  t.test('drop one, which is never sent', async t => {
    fresh()
    await fault(server, { webhookId: webhook }, { drop: true }, { times: 1 })
    await level(2)
    await level(3)
    await server.advance('PT10M')
    t.same([levels(first), levels(second)], [[3], [2, 3]])
    const [, dropped] = (await server.mock('GET', `/deliveries?webhookId=${webhook}`)).body as unknown as Body[]
    t.match(dropped, { state: 'GIVEN_UP', attempts: [] })
    t.match((await server.call('GET', `/webhooks/${webhook}`)).body, { isActive: true })
    t.match((await server.mock('GET', `/timeline?subject=${dropped?.id}`)).body, [{ kind: 'fault', says: /"drop":true/, causes: [] }])
  })

  t.test('duplicate one: the same id and bytes come twice', async t => {
    fresh()
    await fault(server, { webhookId: webhook, event: 'user:vehicle:updated' }, { duplicate: true }, { times: 1 })
    await level(4)
    await level(5)
    t.same(levels(first), [4, 4, 5])
    const [one, two] = first.received
    t.equal(one?.headers['x-enode-delivery'], two?.headers['x-enode-delivery'])
    t.equal(one?.body, two?.body)
    t.ok(two?.isSigned)
    t.match((await server.mock('GET', `/deliveries/${one?.headers['x-enode-delivery']}`)).body, { state: 'DELIVERED', attempts: { length: 2 } })
  })

  t.test('reorder: the next one goes first', async t => {
    fresh()
    await fault(server, { webhookId: webhook }, { reorder: true }, { times: 1 })
    await level(6)
    t.same([levels(first), levels(second)], [[], [6]])
    await level(7)
    t.same(levels(first), [7, 6])
    await fault(server, { webhookId: webhook }, { reorder: true }, { times: 1 })
    await level(8)
    await server.advance('PT59S')
    t.same(levels(first), [7, 6])
    await server.advance('PT1S')
    t.same(levels(first), [7, 6, 8], 'where none comes it goes after a minute')
  })

  t.test('delay one in simulated time, while later ones go out', async t => {
    fresh()
    await fault(server, { webhookId: webhook }, { delay: 'PT2M' }, { times: 1 })
    await level(9)
    await level(10)
    t.same(levels(first), [10])
    await server.advance('PT2M')
    t.same(levels(first), [10, 9])
  })

  t.test('hit what carries an event, and not what is sent on demand', async t => {
    fresh()
    await fault(server, { event: 'user:vehicle:deleted' }, { drop: true })
    await level(11)
    t.equal((await server.call('POST', `/webhooks/${webhook}/test`)).body.status, 'SUCCESS')
    await server.call('DELETE', '/users/user-1')
    await server.mock('POST', '/deliveries/drain')
    t.same(first.events().map(each => each.event), ['user:vehicle:updated', 'enode:webhook:test'])
  })
})

t.test('what cannot be is refused with the reason', async t => {
  const server = await build(t)
  const status = { status: 503 }
  const cases: Array<[unknown, RegExp, Array<string | number>]> = [
    [{}, /^"on" is required\. "effect" is required$/, ['on']],
    [{ on: {}, effect: {} }, /^"effect" must be one of status, delay, disconnect, outcome, undo, unreachable, stale, misreport, missing, late, drop, duplicate, reorder, linkingStatus$/, ['effect']],
    [{ on: {}, effect: { drop: true, duplicate: true } }, /^"effect" must be one of/, ['effect']],
    [{ on: {}, effect: { drop: true, headers: {} } }, /^"effect\.headers" goes only with "status"$/, ['effect', 'headers']],
    [{ on: {}, effect: { drop: false } }, /^"effect\.drop" must be true$/, ['effect', 'drop']],
    [{ on: { assetId: 'a' }, effect: status }, /^"on\.assetId" does not go with the effect "status", which hits requests by method, path, status$/, ['on', 'assetId']],
    [{ on: { path: '/vehicles', vendor: 'BMW' }, effect: status }, /^"on\.vendor" does not go with the effect "status"/, ['on', 'vendor']],
    [{ on: { method: 'GET' }, effect: { unreachable: true } }, /^"on\.method" does not go with the effect "unreachable", which hits polls by/, ['on', 'method']],
    [{ on: { kind: 'START' }, effect: { unreachable: true } }, /^"on\.kind" does not go with/, ['on', 'kind']],
    [{ on: { webhookId: 'a' }, effect: { outcome: { state: 'FAILED' } } }, /^"on\.webhookId" does not go with the effect "outcome", which hits actions/, ['on', 'webhookId']],
    [{ on: {}, effect: { delay: 'PT1S' } }, /^"on" must say what "delay" is for: it hits requests by .*; or actions by .*; or deliveries by/, ['on']],
    [{ on: { event: 'user:vehicle:updated', assetId: 'a' }, effect: { delay: 'PT1S' } }, /does not go with the effect "delay"/, ['on', 'event']],
    [{ on: { path: '/users' }, effect: { delay: 'soon' } }, /^"effect\.delay" must be an ISO 8601 duration above zero/, ['effect', 'delay']],
    [{ on: { path: '/users' }, effect: { delay: '-PT5S' } }, /above zero/, ['effect', 'delay']],
    [{ on: { path: '/users' }, effect: { delay: 'PT6M' } }, /at most PT5M$/, ['effect', 'delay']],
    [{ on: { path: '/vehicles/123' }, effect: status }, /^"on\.path" must be a path as the documents write it, such as \/vehicles\/\{vehicleId\}, not \/vehicles\/123: GET \/docs lists them$/, ['on', 'path']],
    [{ on: { path: '/vehicles/{id}' }, effect: status }, /must be a path as the documents write it/, ['on', 'path']],
    [{ on: { path: '/vehicles/:vehicleId' }, effect: status }, /must be a path as the documents write it/, ['on', 'path']],
    [{ on: { path: '/_mock/info' }, effect: status }, /must be a path as the documents write it/, ['on', 'path']],
    [{ on: { path: '/vehicles', method: 'DELETE' }, effect: status }, /^"on\.path" \/vehicles answers GET, not DELETE$/, ['on', 'method']],
    [{ on: {}, effect: { status: 200 } }, /^"effect\.status" must be greater than or equal to 400$/, ['effect', 'status']],
    [{ on: {}, effect: { status: 503, headers: { 'x-a': 'b\nc' } } }, /^"effect\.headers\.x-a" must be a text of printable ASCII characters/, ['effect', 'headers', 'x-a']],
    [{ on: {}, effect: status, times: 0 }, /^"times" must be greater than or equal to 1$/, ['times']],
    [{ on: { vendor: 'NOKIA' }, effect: { unreachable: true } }, /^"on\.vendor" must be one of/, ['on', 'vendor']],
    [{ on: { vendor: 'BMW', vendorType: 'battery' }, effect: { unreachable: true } }, /^"on\.vendorType" battery is none that BMW makes$/, ['on', 'vendorType']],
    [{ on: {}, effect: { linkingStatus: 'OUTAGE' } }, /^"on\.vendor" is required with "linkingStatus"$/, ['on', 'vendor']],
    [{ on: { vendor: 'BMW' }, effect: { linkingStatus: 'OUTAGE' }, times: 1 }, /^"times" and "after" count hits, and "linkingStatus" is a state/, ['times']],
    [{ on: { vendor: 'BMW' }, effect: { linkingStatus: 'DOWN' } }, /^"effect\.linkingStatus" must be one of \[READY, ELEVATED_ERROR_RATE, OUTAGE\]$/, ['effect', 'linkingStatus']],
    [{ on: {}, effect: { outcome: { state: 'CONFIRMED', failureReason: { type: 'CONFLICT', detail: '' } } } }, /does not go with CONFIRMED$/, ['effect', 'outcome', 'failureReason']],
    [{ on: { color: 'red' }, effect: status }, /^"on\.color" is not allowed$/, ['on', 'color']]
  ]
  for (const [wish, detail, path] of cases) refused(t, await server.mock('POST', '/faults', wish), detail, path)
  t.same(await left(server), [])
  const document = await controlDocument('0') as unknown as Document
  for (const name of ['FaultWish', 'FaultTarget', 'FaultEffect', 'FaultView']) t.ok(document.components.schemas[name]?.description?.length > 30, name)
})

function refused (t: Test, answer: Answer, detail: RegExp, path: Array<string | number>): void {
  t.equal(answer.status, 400, answer.text)
  t.match(answer.body.detail, detail)
  t.ok(answer.body.issues?.some((issue: Body) => JSON.stringify(issue.path) === JSON.stringify(path)), `an issue at ${path.join('.')}: ${answer.text}`)
}

t.test('deliveries that are dropped are kept like others that ended, and no more of them', async t => {
  const server = await build(t)
  await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret, events: ['user:vehicle:updated'] })
  await fault(server, {}, { drop: true })
  const object: ['vehicle', string] = ['vehicle', (await server.call('GET', `/vehicles/${await server.car({ state: plugged })}`)).text]
  for (let i = 0; i < mostEnded + 2 * sweepEvery; i++) server.worlds.default.store.write(tx => { announce(tx, { event: 'user:vehicle:updated', userId: 'user-1', object, updatedFields: ['lastSeen'] }) })
  const count = server.worlds.default.store.read(tx => tx.deliveries.list(undefined, undefined, 10_000).length)
  t.ok(count >= mostEnded && count <= mostEnded + sweepEvery, `${count} of them`)
})

t.test('headers that frame a message are refused', async t => {
  const server = await build(t)
  for (const name of ['content-length', 'Transfer-Encoding', 'Trailer', 'content-type']) {
    t.match(await server.mock('POST', '/faults', { on: { method: 'GET' }, effect: { status: 503, headers: { [name]: '5' } } }), { status: 400, body: { issues: [{ path: ['effect', 'headers', name] }] } }, name)
  }
})
