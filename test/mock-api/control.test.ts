import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { components } from '../../src/contract/index.ts'
import { Fixture, mockComponents } from '../../src/contract/mock.ts'
import { mostFaults } from '../../src/domain/faults/faults.ts'
import { Validation } from '../../src/lib/validation.ts'
import { fixtureNames, loadFixture } from '../../src/world/fixtures.ts'
import { mostWorlds } from '../../src/world/worlds.ts'
import { build, start, type Answer, type Body } from '../helpers/build.ts'
import { operationsOf, storedDocument, unknownId, type Document } from '../helpers/openapi.ts'

/** The intervention that gives a Tesla its charging commands. */
const virtualKey = '3b2891a9-5dcf-4691-b850-b5ea36b57c2e'

/** The answer is a problem of this status whose detail fits. */
function refused (t: Test, answer: Answer, status: number, detail: RegExp, path?: Array<string | number>): void {
  t.equal(answer.status, status, answer.text)
  t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
  t.match(answer.body.detail, detail)
  if (path !== undefined) t.ok(answer.body.issues?.some((issue: Body) => JSON.stringify(issue.path) === JSON.stringify(path)), `an issue at ${path.join('.')}: ${answer.text}`)
}

t.test('the control API keeps others out', async t => {
  const server = await build(t, { controlToken: 'let-me-in' })
  const world = { 'x-mock-world': 'default' }
  const token = { authorization: 'Bearer let-me-in' }

  t.test('who does not have its token', async t => {
    const server = await build(t, { controlToken: 'let-me-in' })
    for (const headers of [{}, { authorization: 'Bearer let-me-i' }, { authorization: 'Basic let-me-in' }, { authorization: `Bearer ${await server.token()}` }]) {
      refused(t, await server.inject('GET', '/_mock/info', undefined, headers), 401, /^Unauthorized for resource$/)
      refused(t, await server.inject('POST', '/_mock/reset', undefined, { ...headers, ...world }), 401, /./)
    }
    t.equal((await server.inject('GET', '/_mock/info', undefined, token)).status, 200)
    t.equal((await server.inject('POST', '/_mock/reset', undefined, { ...token, ...world })).status, 204)
    const health = await server.inject('GET', '/_mock/health', undefined, {})
    t.same(Object.keys(health.body), ['status', 'version', 'uptimeSeconds'], 'health needs no token')
    t.equal(health.body.status, 'ok')
    t.equal((await server.inject('GET', '/vehicles', undefined, token)).status, 401, 'the token is none of the documented API')
  })
  refused(t, await server.inject('GET', '/_mock/info', undefined, { authorization: 'Bearer let me in' }), 401, /./)

  t.test('a page in a browser, which cannot send JSON or X-Mock-World without asking', async t => {
    const server = await build(t)
    const post = async (headers: Record<string, string>, payload?: string): Promise<number> => (await server.app.inject({
      method: 'POST', url: '/_mock/reset', headers: { host: 'localhost', ...headers }, ...(payload === undefined ? {} : { payload })
    })).statusCode
    refused(t, await server.inject('POST', '/_mock/reset', undefined, {}), 400, /"content-type: application\/json".*"X-Mock-World: default"/)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain; application/json', '']) t.equal(await post({ 'content-type': type }, '{}'), 400, type)
    t.equal(await post({ ...world, 'content-type': 'text/plain' }), 400, 'a content type counts also without a body')
    t.equal(await post(world, '{}'), 400, 'a body needs its type')
    t.equal(await post({ 'content-type': 'application/json; charset=utf-8' }, '{}'), 204)
    t.equal(await post({ 'content-type': 'application/json' }), 204)
    t.equal(await post(world), 204)
    t.equal((await server.inject('GET', '/_mock/info', undefined, {})).status, 200, 'reading needs neither')
  })

  t.test('a name that somebody else let point to this machine', async t => {
    const local = await build(t)
    for (const host of ['example.com', 'localhost.example.com', '127.0.0.1.nip.io:3663', '192.168.1.1', 'a@localhost@example.com']) {
      refused(t, await local.inject('GET', '/_mock/info', undefined, { host }), 403, /^The Host header names /)
      refused(t, await local.inject('POST', '/_mock/reset', undefined, { host, ...world }), 403, /address it as localhost or 127\.0\.0\.1$/)
    }
    for (const host of ['localhost', 'LOCALHOST:80', '127.0.0.1:3663', '127.1.2.3', '[::1]:3663']) t.equal((await local.inject('GET', '/_mock/info', undefined, { host })).status, 200, host)
    const open = await build(t, { host: '0.0.0.0' })
    t.equal((await open.inject('GET', '/_mock/info', undefined, { host: 'mock:3663' })).status, 200, 'in a container the name is that of the service')
  })
})

t.test('info tells what runs here, and no secret', async t => {
  const server = await build(t, { clientSecret: 'a-secret-of-mine', controlToken: 'another-secret', fixture: 'demo', timing: 'realistic', seed: 12 })
  const token = { authorization: 'Bearer another-secret' }
  await server.mock('POST', '/worlds', { name: 'second' }, token)
  const info = await server.mock('GET', '/info', undefined, token)
  t.match(info.body, {
    version: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
    apiVersion: '2024-10-01',
    world: 'default',
    clientId: 'mock-client',
    seed: 12,
    fixture: 'demo',
    timing: 'realistic',
    clock: { now: start, mode: 'frozen', speed: 1 },
    worlds: ['default', 'second']
  })
  t.notMatch(info.text, /secret/i)
  t.notMatch((await server.mock('GET', '/worlds', undefined, token)).text, /secret/i)
})

t.test('worlds', async t => {
  const server = await build(t)

  t.test('are made with credentials of their own, and go again', async t => {
    const made = await server.mock('POST', '/worlds', { name: 'a', seed: 5, now: '2030-06-01T12:00:00+02:00', clock: 'running', speed: 0.001, fixture: 'demo' })
    t.equal(made.status, 200, made.text)
    t.same(Object.keys(made.body), ['name', 'clientId', 'clientSecret'])
    t.match(made.body, { name: 'a', clientId: /^[0-9a-f-]{36}$/, clientSecret: /^[0-9a-f]{40}$/ })
    t.equal((await server.mock('POST', '/worlds', {})).body.name, 'world-1')
    t.equal((await server.mock('POST', '/worlds', {})).body.name, 'world-2')
    const listed = (await server.mock('GET', '/worlds')).body
    t.match(listed, [
      { name: 'default', seed: 7, fixture: 'empty', clientId: 'mock-client' },
      { name: 'a', seed: 5, fixture: 'demo', clientId: made.body.clientId, clock: { mode: 'running', speed: 0.001, now: /^2030-06-01T10:00:00/ } },
      { name: 'world-1', seed: 7, fixture: 'empty', clock: { now: start, mode: 'frozen' } },
      { name: 'world-2' }
    ])
    t.equal(new Set(listed.map((world: Body) => world.clientId)).size, 4)
    t.equal((await server.mock('GET', '/info', undefined, { 'x-mock-world': 'a' })).body.world, 'a')
    for (const name of ['a', 'world-1', 'world-2']) t.equal((await server.mock('DELETE', `/worlds/${name}`)).status, 204)
    refused(t, await server.mock('DELETE', '/worlds/a'), 404, /^Could not find world a$/)
    refused(t, await server.mock('GET', '/info', undefined, { 'x-mock-world': 'a' }), 404, /^Could not find world a$/)
    const again = await server.mock('POST', '/worlds', { name: 'a' })
    t.equal(again.status, 200, 'the name is free again')
    await server.mock('DELETE', '/worlds/a')
  })

  t.test('are refused when they cannot be', async t => {
    await server.mock('POST', '/worlds', { name: 'taken' })
    refused(t, await server.mock('POST', '/worlds', { name: 'taken' }), 409, /^There is already a world named taken/)
    refused(t, await server.mock('POST', '/worlds', { name: 'default' }), 409, /default/)
    refused(t, await server.mock('DELETE', '/worlds/default'), 400, /^the default world cannot be deleted/)
    const cases: Array<[Body, RegExp, string]> = [
      [{ name: 'with space' }, /^"name" must be 1 to 64 letters, digits, points, _ and -$/, 'name'],
      [{ name: 'x'.repeat(65) }, /^"name" must be 1 to 64 letters, digits, points, _ and -$/, 'name'],
      [{ seed: -1 }, /^"seed" must be greater than or equal to 0$/, 'seed'],
      [{ seed: 1.5 }, /^"seed" must be an integer$/, 'seed'],
      [{ now: 'yesterday' }, /^"now" must be a valid ISO 8601/, 'now'],
      [{ now: '9001-01-01T00:00:00Z' }, /^"now" must be an ISO 8601 time.*1971 to 8999/, 'now'],
      [{ now: '1970-01-01T00:00:00Z' }, /^"now" must be/, 'now'],
      [{ clock: 'stopped' }, /^"clock" must be one of \[running, frozen\]$/, 'clock'],
      [{ speed: 0 }, /^"speed" must be greater than 0$/, 'speed'],
      [{ clientId: 'mine' }, /^"clientId" is not allowed$/, 'clientId']
    ]
    for (const [wish, detail, at] of cases) refused(t, await server.mock('POST', '/worlds', wish), 400, detail, [at])
    t.same(server.worlds.list().map(world => world.name), ['default', 'taken'])
  })

  t.test('share nothing: no documented operation reaches from one into another', async t => {
    const account = async (vendor: string, ...types: string[]): Promise<string[]> =>
      (await server.mock('POST', '/accounts', { vendor, userId: 'anna', devices: types.map(type => ({ type })) })).body.devices.map((device: Body) => device.id)
    const [car, box, battery, inverter, meter] = await account('TESLA', 'vehicle', 'charger', 'battery', 'inverter', 'meter')
    const [unit] = await account('MITSUBISHI', 'hvac')
    const order = async (path: string, body: Body): Promise<string> => (await server.call('POST', path, body)).body.id
    const action = await order(`/vehicles/${car}/charging`, { action: 'START' })
    /** An action belongs to its kind. */
    const actions: Record<string, string> = {
      vehicles: action,
      chargers: await order(`/chargers/${box}/max-current`, { maxCurrent: 8 }),
      hvacs: await order(`/hvacs/${unit}/permanent-hold`, { mode: 'OFF' }),
      batteries: await order(`/batteries/${battery}/operation-mode`, { operationMode: 'IMPORT_FOCUS' })
    }
    const location = await order('/users/anna/locations', { name: 'Home', latitude: 1, longitude: 2, timezoneName: 'UTC' })
    await server.call('PUT', '/tariffs/cheap', [{ name: 'low', cost: '0.1' }])
    const schedule = await order('/users/anna/schedules', { targetId: box, targetType: 'charger', locationId: null, isEnabled: false, defaultShouldCharge: false, rules: [] })
    const oslo = { latitude: 59.9, longitude: 10.7 }
    await order('/users/anna/locations', { name: 'Oslo', ...oslo, timezoneName: 'Europe/Oslo' })
    await server.mock('PATCH', `/devices/${car}`, { state: { ...oslo, isPluggedIn: true, isCharging: true, batteryLevel: 20, chargeLimit: 90 } })
    t.equal((await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' })).status, 200)
    const webhook = (await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/secret-place', secret: 'secret of a test', events: ['enode:webhook:test'] })).body.id
    const system = (await server.call('GET', '/users/anna/hem-systems')).body.data[0].id
    /** What an operation cannot do without. */
    const queries: Record<string, string> = { '/inverters/{inverterId}/statistics': '?year=2025&month=7', '/hem-systems/{hemSystemId}/statistics': '?interval=2025-12' }
    for (const path of ['charging', 'charging/sessions']) queries[`/users/{userId}/statistics/${path}`] = '?type=vehicle&startDate=2026-01-01T00:00:00Z'
    const ids: Record<string, string | undefined> = {
      userId: 'anna', vehicleId: car, chargerId: box, hvacId: unit, batteryId: battery, inverterId: inverter, meterId: meter, locationId: location, tariffId: 'cheap', scheduleId: schedule, hemSystemId: system, smartChargingPlanId: 'latest', webhookId: webhook
    }
    const other = await server.mock('POST', '/worlds', { name: 'stranger' })
    const authorization = `Bearer ${await server.token(other.body.clientId, other.body.clientSecret)}`
    const urlOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'actionId' ? actions[path.split('/')[1] ?? ''] : ids[name]) ?? unknownId)
    const mine = async (): Promise<string> => JSON.stringify(await Promise.all(['/vehicles', '/users', '/webhooks', `/vehicles/actions/${action}`].map(async url => (await server.call('GET', url)).body)))
    const before = await mine()
    let looked = 0
    for (const { method, path } of operationsOf(storedDocument)) {
      // What every client is told alike belongs to no world.
      if (method !== 'GET' || /^\/(health|integrations|interventions)/.test(path)) continue
      looked++
      const here = await server.call('GET', `${urlOf(path)}${queries[path] ?? ''}`)
      const there = await server.call('GET', `${urlOf(path)}${queries[path] ?? ''}`, undefined, { authorization })
      t.equal(here.status, 200, `${path} here: ${here.text}`)
      t.ok(there.status === 404 || (there.status === 200 && (there.body.data ?? there.body).length === 0), `${path} there: ${there.text}`)
    }
    t.ok(looked >= 30, `${looked} operations`)
    for (const [method, path, body] of [
      ['DELETE', '/users/{userId}'], ['DELETE', '/users/{userId}/authorization'], ['DELETE', '/users/{userId}/vendors/TESLA'], ['POST', '/vehicles/{vehicleId}/charging', { action: 'STOP' }], ['POST', '/vehicles/actions/{actionId}/cancel'],
      ['POST', '/vehicles/{vehicleId}/refresh-hint'], ['PATCH', '/webhooks/{webhookId}', { events: ['*'] }], ['DELETE', '/webhooks/{webhookId}'], ['POST', '/webhooks/{webhookId}/test']
    ] as const) t.equal((await server.call(method, urlOf(path), body, { authorization })).status, 404, `${method} ${path}`)
    const stranger = { 'x-mock-world': 'stranger' }
    for (const path of ['/accounts', '/devices', '/deliveries']) t.same((await server.mock('GET', path, undefined, stranger)).body, [], path)
    t.equal((await server.mock('PATCH', `/devices/${car}`, { state: { batteryLevel: 1 } }, stranger)).status, 404)
    t.equal((await server.mock('POST', `/actions/${action}/resolve`, { state: 'FAILED' }, stranger)).status, 404)
    await server.mock('POST', '/clock/advance', { by: 'P1D' }, stranger)
    await server.mock('POST', '/reset', undefined, stranger)
    t.equal(await mine(), before)
    t.equal((await server.mock('GET', '/clock')).body.now, start)
  })

  t.test('are at most a thousand', async t => {
    const crowded = await build(t)
    while (crowded.worlds.list().length < mostWorlds) crowded.worlds.create({})
    refused(t, await crowded.mock('POST', '/worlds', {}), 400, /^there are already 1000 worlds: delete some$/)
    await crowded.mock('DELETE', '/worlds/world-500')
    t.equal((await crowded.mock('POST', '/worlds', { name: 'one-more' })).status, 200)
  })
})

t.test('a reset takes the world back to its start', async t => {
  const server = await build(t, { fixture: 'demo' })
  const authorization = `Bearer ${await server.token()}`
  const live = async (): Promise<string[]> => {
    const vehicles = (await server.call('GET', '/vehicles')).text
    const made = await server.mock('POST', '/accounts', { vendor: 'KIA', userId: 'carl', devices: [{ type: 'vehicle' }] })
    const webhook = await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret: 'secret of a test', events: ['enode:webhook:test'] })
    const link = await server.call('POST', '/users/dora/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
    await server.advance('PT2H')
    return [vehicles, made.text, webhook.text, link.text, (await server.call('GET', '/vehicles')).text]
  }
  // Fetched anew each time, since a token is drawn from the same stream as the ids.
  const first = await live()
  await server.mock('PUT', '/clock', { mode: 'running', speed: 3 })
  t.equal((await server.mock('POST', '/reset')).status, 204)
  t.match((await server.mock('GET', '/clock')).body, { now: start, mode: 'frozen', speed: 1 })
  t.equal((await server.inject('GET', '/vehicles', undefined, { authorization })).status, 401, 'tokens end')
  t.same((await server.mock('GET', '/deliveries')).body, [])
  t.equal((await server.token()), authorization.slice('Bearer '.length), 'the same seed gives the same again')
  t.same(await live(), first)
  t.same((await server.mock('GET', '/worlds')).body.map((world: Body) => world.seed), [7])
})

t.test('the clock', async t => {
  const server = await build(t)
  const now = async (): Promise<string> => (await server.mock('GET', '/clock')).body.now
  const still = { goal: null, waitsFor: [], next: null }

  t.test('is read and moved', async t => {
    t.same((await server.mock('GET', '/clock')).body, { now: start, mode: 'frozen', speed: 1, ...still })
    t.same((await server.mock('POST', '/clock/advance', { by: 'PT1H30M' })).body, { now: '2026-01-01T01:30:00.000Z', timers: 0, deliveries: 0 })
    t.equal((await server.mock('POST', '/clock/advance', { to: '2026-01-01T04:00:00+02:00' })).body.now, '2026-01-01T02:00:00.000Z')
    t.equal((await server.mock('POST', '/clock/advance', { by: 'PT0S' })).body.now, '2026-01-01T02:00:00.000Z')
    t.equal((await server.mock('POST', '/clock/advance', { by: 'P1M' })).body.now, '2026-02-01T02:00:00.000Z')
    t.same((await server.mock('PUT', '/clock', { now: '2026-03-01T00:00:00.000Z', speed: 60 })).body, { now: '2026-03-01T00:00:00.000Z', mode: 'frozen', speed: 60, ...still })
    t.same((await server.mock('PUT', '/clock', {})).body, { now: '2026-03-01T00:00:00.000Z', mode: 'frozen', speed: 60, ...still })
  })

  t.test('runs when told to, and stops', async t => {
    await server.mock('PUT', '/clock', { mode: 'running', speed: 1e6 })
    const before = Date.parse(await now())
    await new Promise(resolve => setTimeout(resolve, 20))
    t.ok(Date.parse(await now()) - before >= 5000 * 1000, 'a million times as fast')
    await server.mock('PUT', '/clock', { mode: 'frozen', speed: 1 })
    const frozen = await now()
    await new Promise(resolve => setTimeout(resolve, 5))
    t.equal(await now(), frozen)
    await server.mock('POST', '/reset')
  })

  t.test('says why it does not move', async t => {
    const oneOf = /^give either "by", an ISO 8601 duration such as PT30M, or "to", an ISO 8601 time$/
    const cases: Array<[Body, RegExp]> = [
      [{}, oneOf],
      [{ by: 'PT1H', to: '2026-01-02T00:00:00Z' }, oneOf],
      [{ by: '1 hour' }, /^"by" must be an ISO 8601 duration/],
      [{ by: '' }, /^"by" must be an ISO 8601 duration/],
      [{ by: 'P8000Y' }, /^"by" must .*9000/],
      [{ by: 'P1Y'.repeat(1000) }, /^"by" must be an ISO 8601 duration/],
      [{ by: 3600 }, /^"by" must be a string$/],
      [{ by: '-PT1S' }, /^time never goes back: it is 2026-01-01T00:00:00.000Z, asked for was 2025-12-31T23:59:59.000Z$/],
      [{ to: '2025-12-31T23:59:59Z' }, /^time never goes back/],
      [{ to: 'tomorrow' }, /^"to" must be an ISO 8601 time with an offset/],
      [{ to: '2026-01-02' }, /^"to" must be an ISO 8601 time with an offset/],
      [{ to: '2026-01-02T00:00:00' }, /^"to" must be an ISO 8601 time with an offset/],
      [{ to: '9000-01-01T00:00:00.001Z' }, /^"to" must be .* from 1971 to 8999/],
      [{ to: '+010000-01-01T00:00:00Z' }, /^"to" must be .* from 1971 to 8999/],
      [{ until: '2026-01-02T00:00:00Z' }, /^"until" is not allowed$/]
    ]
    for (const [body, detail] of cases) refused(t, await server.mock('POST', '/clock/advance', body), 400, detail)
    refused(t, await server.mock('PUT', '/clock', { now: '2025-01-01T00:00:00Z' }), 400, /^time never goes back/)
    refused(t, await server.mock('PUT', '/clock', { now: '9999-01-01T00:00:00Z' }), 400, /^"now" must be/, ['now'])
    refused(t, await server.mock('PUT', '/clock', { now: 'noon' }), 400, /^"now" must be/, ['now'])
    refused(t, await server.mock('PUT', '/clock', { mode: 'paused' }), 400, /^"mode" must be one of \[running, frozen\]$/, ['mode'])
    refused(t, await server.mock('PUT', '/clock', { speed: 0 }), 400, /^"speed" must be greater than 0$/, ['speed'])
    refused(t, await server.mock('PUT', '/clock', { speed: 1e7 }), 400, /^"speed" must be less than or equal to 1000000$/, ['speed'])
    t.same((await server.mock('GET', '/clock')).body, { now: start, mode: 'frozen', speed: 1, ...still })
  })
})

t.test('accounts', async t => {
  const server = await build(t)

  t.test('are made, looked at, invalidated and deleted', async t => {
    const waiting = await server.mock('POST', '/accounts', { vendor: 'BMW', username: 'me@example.com', password: 'p', devices: [{ type: 'vehicle', displayName: 'Blitz', state: { batteryLevel: 12 } }] })
    t.match(waiting.body, { vendor: 'BMW', username: 'me@example.com', password: 'p', isValid: true, userIds: [], devices: [{ type: 'vehicle' }] })
    t.same((await server.call('GET', '/vehicles')).body.data, [], 'without a user it waits')
    for (const wish of [{ model: 'i4 eDrive40' }, { state: { model: 'i4 eDrive40' } }]) {
      const { body } = await server.mock('POST', '/accounts', { vendor: 'BMW', devices: [{ type: 'vehicle', ...wish }] })
      t.match((await server.mock('GET', `/devices/${body.devices[0].id}`)).body.state, { model: 'i4 eDrive40', batteryCapacityKwh: 80.7 }, 'a model by name, wherever it is named')
      await server.mock('DELETE', `/accounts/${body.id}`)
    }
    const linked = await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'anna', devices: [{ type: 'vehicle' }, { type: 'vehicle' }] })
    t.match(linked.body, { username: /^[0-9a-f]{8}@sandbox\.enode\.com$/, password: /^[0-9a-f]{8}$/, userIds: ['anna'] })
    t.same((await server.mock('GET', '/accounts')).body, [waiting.body, linked.body])
    t.equal((await server.call('GET', '/users/anna/vehicles')).body.data.length, 2)

    const more = await server.mock('POST', `/accounts/${linked.body.id}/devices`, { type: 'vehicle', model: 'Model Y' })
    t.equal((await server.vehicle(more.body.id)).information.model, 'Model Y')
    const broken = await server.mock('POST', `/accounts/${linked.body.id}/invalidate`)
    t.equal(broken.body.isValid, false)
    t.same((await server.mock('POST', `/accounts/${linked.body.id}/invalidate`)).body, broken.body, 'twice is once')
    t.equal((await server.mock('DELETE', `/accounts/${linked.body.id}`)).status, 204)
    t.same((await server.call('GET', '/users/anna/vehicles')).body.data, [])
    t.same((await server.call('GET', '/users/anna')).body.linkedVendors, [])
    t.same((await server.mock('GET', '/accounts')).body, [waiting.body])
  })

  t.test('are refused with the place of what is wrong', async t => {
    const good = { vendor: 'TESLA', userId: 'bert', devices: [{ type: 'vehicle' }] }
    const device = (wish: Body): Body => ({ ...good, devices: [{ type: 'vehicle' }, { type: 'vehicle', ...wish }] })
    const cases: Array<[Body, RegExp, Array<string | number>]> = [
      [{ devices: [] }, /^"vendor" is required$/, ['vendor']],
      [{ ...good, vendor: 'Tesla' }, /^"vendor" must be one of/, ['vendor']],
      [{ ...good, username: 'me@example.com' }, /^"username" me@example.com is taken/, ['username']],
      [{ ...good, userId: '' }, /^"userId" must have at least 1 characters?$/, ['userId']],
      [{ ...good, scopes: ['vehicle'] }, /^"scopes\[0\]" must be one of/, ['scopes', 0]],
      [{ ...good, vendor: 'EASEE' }, /^EASEE makes no vehicle: use one of ACURA, /, ['devices', 0, 'type']],
      [device({ type: 'bicycle' }), /^"devices\[1\]\.type" must be one of/, ['devices', 1, 'type']],
      [device({ colour: 'red' }), /^"devices\[1\]\.colour" is not allowed$/, ['devices', 1, 'colour']],
      [device({ state: { batteryLevel: 101 } }), /"state\.batteryLevel" must be a number from 0 to 100/, ['devices', 1, 'state', 'batteryLevel']],
      [device({ state: { wings: 2 } }), /"state\.wings" cannot be set/, ['devices', 1, 'state', 'wings']],
      [device({ state: { isCharging: true, isPluggedIn: false } }), /"state\.isCharging" cannot be true/, ['devices', 1, 'state', 'isCharging']],
      [device({ capabilities: { fly: false } }), /"capabilities\.fly" is no capability of a vehicle/, ['devices', 1, 'capabilities', 'fly']]
    ]
    for (const [wish, detail, path] of cases) refused(t, await server.mock('POST', '/accounts', wish), 400, detail, path)
    t.equal((await server.mock('GET', '/accounts')).body.length, 1, 'a refused account leaves nothing behind')
    t.equal((await server.call('GET', '/users/bert')).status, 404)

    const account = (await server.mock('GET', '/accounts')).body[0]
    refused(t, await server.mock('POST', `/accounts/${account.id}/devices`, { type: 'vehicle', state: { batteryLevel: -1 } }), 400, /batteryLevel/, ['state', 'batteryLevel'])
    refused(t, await server.mock('POST', `/accounts/${account.id}/devices`, {}), 400, /^"type" is required$/, ['type'])
    for (const [method, path] of [['DELETE', ''], ['POST', '/invalidate']] as const) refused(t, await server.mock(method, `/accounts/nothing${path}`), 404, /^Could not find account nothing$/)
    refused(t, await server.mock('POST', '/accounts/nothing/devices', { type: 'vehicle' }), 404, /^Could not find account nothing$/)
  })
})

t.test('devices', async t => {
  const server = await build(t)
  const car = await server.car({ state: { batteryLevel: 40, chargeLimit: 80, isPluggedIn: false } })

  t.test('show the physical truth and what the API makes of it', async t => {
    const truth = (await server.mock('GET', `/devices/${car}`)).body
    t.same(Object.keys(truth), ['id', 'type', 'vendor', 'accountId', 'userId', 'state', 'capabilities', 'isReachable', 'observed'])
    t.match(truth, { id: car, type: 'vehicle', vendor: 'TESLA', userId: 'user-1', isReachable: true })
    t.same(truth.observed, await server.vehicle(car))
    t.same((await server.mock('GET', '/devices')).body, [truth])
    const waiting = await server.mock('POST', '/accounts', { vendor: 'BMW', devices: [{ type: 'vehicle' }] })
    t.match((await server.mock('GET', `/devices/${waiting.body.devices[0].id}`)).body, { userId: null, observed: null })
    await server.mock('DELETE', `/accounts/${waiting.body.id}`)
  })

  t.test('change, and are observed at once unless that is not wanted', async t => {
    const changed = await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: true, isCharging: false, batteryLevel: 50 } })
    t.match(changed.body.observed.chargeState, { batteryLevel: 50, isPluggedIn: true, powerDeliveryState: 'PLUGGED_IN:STOPPED' })
    const unseen = await server.mock('PATCH', `/devices/${car}`, { state: { batteryLevel: 60 }, observe: false })
    t.equal(unseen.body.observed.chargeState.batteryLevel, 50)
    t.equal((await server.vehicle(car)).chargeState.batteryLevel, 50)
    await server.advance('PT30M')
    t.equal((await server.vehicle(car)).chargeState.batteryLevel, 60, 'the next poll sees it')
    t.equal((await server.mock('PATCH', `/devices/${car}`, { isReachable: false })).body.isReachable, false)
    t.equal((await server.vehicle(car)).isReachable, false)
    await server.mock('PATCH', `/devices/${car}`, { isReachable: true, capabilities: { startCharging: { isCapable: false, interventionIds: [virtualKey] } } })
    t.same((await server.vehicle(car)).capabilities.startCharging, { isCapable: false, interventionIds: [virtualKey] })
    await server.mock('PATCH', `/devices/${car}`, { capabilities: { startCharging: true } })
    t.equal((await server.vehicle(car)).capabilities.startCharging.isCapable, true)
    t.equal((await server.mock('PATCH', `/devices/${car}`, {})).status, 200)
  })

  t.test('refuse what cannot be, all or nothing', async t => {
    const before = (await server.mock('GET', `/devices/${car}`)).body
    const cases: Array<[Body, RegExp, Array<string | number>]> = [
      [{ state: { batteryLevel: 70, colour: 'red' } }, /"state\.colour" cannot be set, these can: batteryLevel, /, ['state', 'colour']],
      [{ state: { range: 100 } }, /"state\.range" follows from .*set "batteryLevel"/, ['state', 'range']],
      [{ state: { isFullyCharged: true } }, /"state\.isFullyCharged" follows from/, ['state', 'isFullyCharged']],
      [{ state: { batteryLevel: '70' } }, /"state\.batteryLevel" must be a number from 0 to 100/, ['state', 'batteryLevel']],
      [{ state: { isPluggedIn: null } }, /"state\.isPluggedIn" must be true or false/, ['state', 'isPluggedIn']],
      [{ state: { powerDeliveryState: 'FLYING' } }, /"state\.powerDeliveryState" must be one of/, ['state', 'powerDeliveryState']],
      [{ state: { isPluggedIn: false, powerDeliveryState: 'PLUGGED_IN:CHARGING' } }, /"state\.isPluggedIn" cannot be false when/, ['state', 'isPluggedIn']],
      [{ state: { batteryLevel: 90, isCharging: true } }, /"state\.isCharging" cannot be true at the charge limit/, ['state', 'isCharging']],
      [{ state: { latitude: 91 }, isReachable: false }, /"state\.latitude" must be a number from -90 to 90/, ['state', 'latitude']],
      [{ state: { batteryLevel: 70 }, capabilities: { fly: false } }, /"capabilities\.fly" is no capability of a vehicle: use one of/, ['capabilities', 'fly']],
      [{ capabilities: { startCharging: 'no' } }, /"capabilities\.startCharging"/, ['capabilities', 'startCharging']],
      [{ isReachable: 'yes' }, /^"isReachable" must be a boolean$/, ['isReachable']],
      [{ vendor: 'BMW' }, /^"vendor" is not allowed$/, ['vendor']]
    ]
    for (const [change, detail, path] of cases) refused(t, await server.mock('PATCH', `/devices/${car}`, change), 400, detail, path)
    t.same((await server.mock('GET', `/devices/${car}`)).body, before)
    for (const method of ['GET', 'DELETE'] as const) refused(t, await server.mock(method, '/devices/nothing'), 404, /^Could not find device nothing$/)
    refused(t, await server.mock('PATCH', '/devices/nothing', {}), 404, /^Could not find device nothing$/)
  })

  t.test('refuse what their past or their cable rules out, each kind its own, and take it when it is forced', async t => {
    const spot = { latitude: 59.9, longitude: 10.7 }
    const elsewhere = { latitude: 48.2, longitude: 16.4 }
    const make = async (vendor: string, type: string, state: Body): Promise<string> => {
      const answer = await server.mock('POST', '/accounts', { vendor, userId: 'user-9', devices: [{ type, state: { ...spot, ...state } }] })
      t.equal(answer.status, 200, answer.text)
      return answer.body.devices[0].id
    }
    const driven = await make('KIA', 'vehicle', { odometer: 20_000, batteryLevel: 50, chargeLimit: 80 })
    const box = await make('EASEE', 'charger', { pluggedInVehicleId: driven })
    const guest = await make('EASEE', 'charger', { isPluggedIn: true })
    const panels = await make('HUAWEI', 'inverter', { totalLifetimeProduction: 5000, ratedPower: 5, installationDate: '2025-01-01T00:00:00Z' })
    const cases: Array<[string, Body, RegExp, string]> = [
      [driven, { odometer: 19_999 }, /cannot fall: it counts up, and stands at 20000/, 'odometer'],
      [driven, elsewhere, /cannot be away from the cable that the vehicle is plugged in with/, 'latitude'],
      [driven, { longitude: 11 }, /set "isPluggedIn" to false as well/, 'longitude'],
      [driven, { year: 2099 }, /cannot be later than 2027/, 'year'],
      [driven, { powerDeliveryState: 'PLUGGED_IN:COMPLETE' }, /cannot be PLUGGED_IN:COMPLETE below the charge limit/, 'powerDeliveryState'],
      [box, elsewhere, /cannot be away from the cable that the charger is plugged in with/, 'latitude'],
      [guest, { year: 2099 }, /cannot be later than 2027/, 'year'],
      [guest, elsewhere, /cannot be away from the cable/, 'latitude'],
      [panels, { totalLifetimeProduction: 4999 }, /cannot fall: it counts up, and stands at 5000/, 'totalLifetimeProduction'],
      [panels, { totalLifetimeProduction: 900_000 }, /cannot be 900000: since it was installed on 2025-01-01T00:00:00.000Z, an inverter of 5 kW has given 43\d\d\d kWh at most/, 'totalLifetimeProduction'],
      [panels, { installationDate: '2025-12-31T00:00:00Z' }, /cannot be 2025-12-31T00:00:00Z: since it was installed .* and it has given 5\d\d\d kWh/, 'installationDate']
    ]
    for (const [id, state, detail, key] of cases) {
      const before = (await server.mock('GET', `/devices/${id}`)).body
      refused(t, await server.mock('PATCH', `/devices/${id}`, { state }), 400, detail, ['state', key])
      t.same((await server.mock('GET', `/devices/${id}`)).body, before)
    }
    for (const [id, state] of cases) {
      const forced = await server.mock('PATCH', `/devices/${id}`, { state, force: true })
      t.equal(forced.status, 200, `${JSON.stringify(state)}: ${forced.text}`)
    }
    t.match((await server.mock('GET', `/devices/${driven}`)).body.state, { odometerKm: 19_999, year: 2099, charger: { deviceId: box } })
    t.equal((await server.mock('PATCH', `/devices/${driven}`, { state: { batteryLevel: 60 } })).status, 200, 'what was forced apart goes on')
    refused(t, await server.mock('PATCH', `/devices/${driven}`, { state: { isCharging: true, isPluggedIn: false }, force: true }), 400, /"state\.isCharging" cannot be true/, ['state', 'isCharging'])
    for (const id of [driven, guest]) t.equal((await server.mock('PATCH', `/devices/${id}`, { state: { ...elsewhere, isPluggedIn: false } })).status, 200, 'without a cable it goes anywhere')
    t.equal((await server.mock('PATCH', `/devices/${driven}`, { state: { odometer: 30_000 } })).status, 200)
    for (const each of (await server.mock('GET', '/accounts')).body.filter(({ userIds }: Body) => userIds.includes('user-9'))) await server.mock('DELETE', `/accounts/${each.id}`)
  })

  t.test('disappear', async t => {
    t.equal((await server.mock('DELETE', `/devices/${car}`)).status, 204)
    t.equal((await server.call('GET', `/vehicles/${car}`)).status, 404)
    t.same((await server.mock('GET', '/devices')).body, [])
    t.same((await server.mock('GET', '/accounts')).body[0].devices, [])
  })
})

t.test('a link session is completed without a browser', async t => {
  const server = await build(t)
  await server.mock('POST', '/accounts', { vendor: 'BMW', username: 'me', password: 'right', devices: [{ type: 'vehicle' }, { type: 'vehicle' }] })
  const linkToken = async (body: Body = {}, user = 'anna'): Promise<string> =>
    String((await server.call('POST', `/users/${user}/link`, { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com/back', ...body })).body.linkToken)
  const complete = async (body: Body, headers: Record<string, string> = {}): Promise<Answer> => await server.mock('POST', '/link-sessions/complete', body, headers)

  t.test('with an account that exists, or with one made on the spot', async t => {
    t.same((await complete({ linkToken: await linkToken(), username: 'me', password: 'right' })).body, { redirectUrl: 'https://example.com/back' })
    t.equal((await server.call('GET', '/users/anna/vehicles')).body.data.length, 2, 'every vehicle of the account')
    t.equal((await complete({ linkToken: await linkToken({ vendor: 'KIA' }, 'bert') })).status, 200)
    t.same((await server.call('GET', '/users/bert')).body.linkedVendors, [{ vendor: 'KIA', vendorType: 'vehicle', isValid: true }])
    t.equal((await complete({ linkToken: await linkToken({}, 'carl'), vendor: 'FORD', devices: [{ type: 'vehicle', state: { batteryLevel: 33 } }] })).status, 200)
    const [car] = (await server.call('GET', '/users/carl/vehicles')).body.data
    t.match(car, { vendor: 'FORD', chargeState: { batteryLevel: 33 }, scopes: ['vehicle:read:data'] })
  })

  t.test('but not when something does not fit, and then the session can still be used', async t => {
    const open = await linkToken({ vendor: 'BMW' }, 'dora')
    const cases: Array<[number, Body, RegExp, Array<string | number>?]> = [
      [400, {}, /^"linkToken" is required$/, ['linkToken']],
      [400, { linkToken: 'garbage' }, /^"linkToken" must be the linkToken that POST/, ['linkToken']],
      [400, { linkToken: Buffer.from('{"linkUrl":5}').toString('base64') }, /^"linkToken" must be/, ['linkToken']],
      [400, { linkToken: Buffer.from('null').toString('base64') }, /^"linkToken" must be/, ['linkToken']],
      [404, { linkToken: Buffer.from(JSON.stringify({ linkUrl: `http://x/link/${Buffer.from(`${unknownId}@mock-client:${'0'.repeat(64)}`).toString('base64url')}` })).toString('base64') }, new RegExp(`^Could not find link session ${unknownId}$`)],
      [400, { linkToken: open, username: 'me', password: 'wrong' }, /^"username" and "password" are not those of a virtual account/],
      [400, { linkToken: open, username: 'me' }, /^"username" and "password" are not/],
      [400, { linkToken: open, username: 'me', password: 'right', vendor: 'BMW' }, /give one or the other$/],
      [400, { linkToken: open, password: 'right' }, /^"username" is required with "password"$/, ['username']],
      [400, { linkToken: open, vendor: 'TESLA' }, /^"vendor" must be one of BMW$/, ['vendor']],
      [400, { linkToken: open, devices: [{ type: 'vehicle', state: { batteryLevel: 200 } }] }, /batteryLevel/, ['devices', 0, 'state', 'batteryLevel']],
      [400, { linkToken: open, devices: [] }, /^"devices" must have at least 1 items?$/, ['devices']]
    ]
    for (const [status, body, detail, path] of cases) refused(t, await complete(body), status, detail, path)
    refused(t, await complete({ linkToken: await linkToken({ vendor: 'KIA' }), username: 'me', password: 'right' }), 400, /^the account is one of BMW, the session links KIA$/)
    await server.mock('POST', '/worlds', { name: 'other' })
    refused(t, await complete({ linkToken: open }, { 'x-mock-world': 'other' }), 404, /^Could not find link session/)
    t.same((await server.call('GET', '/users/dora')).body.linkedVendors, [])
    t.equal((await complete({ linkToken: open })).status, 200)
    refused(t, await complete({ linkToken: open }), 410, /already used/)
  })
})

t.test('faults', async t => {
  const server = await build(t)
  const status = async (): Promise<string> => ((await server.call('GET', '/health/vehicles')).body as unknown as Body[]).find(each => each.vendor === 'BMW')?.linkingStatus
  const outage = { on: { vendor: 'BMW', vendorType: 'vehicle' }, effect: { linkingStatus: 'OUTAGE' } }

  t.test('are made, listed in their order and taken back, and end with a reset', async t => {
    const first = await server.mock('POST', '/faults', outage)
    t.match(first, { status: 200, body: { id: /^[0-9a-f-]{36}$/, ...outage } })
    const second = await server.mock('POST', '/faults', { on: { vendor: 'BMW' }, effect: { linkingStatus: 'ELEVATED_ERROR_RATE' } })
    t.same((await server.mock('GET', '/faults')).body, [first.body, second.body])
    t.equal(await status(), 'ELEVATED_ERROR_RATE')
    t.equal((await server.mock('DELETE', `/faults/${second.body.id}`)).status, 204)
    t.equal(await status(), 'OUTAGE')
    refused(t, await server.mock('DELETE', `/faults/${second.body.id}`), 404, /^Could not find fault /)
    t.equal((await server.mock('DELETE', '/faults')).status, 204)
    t.same((await server.mock('GET', '/faults')).body, [])
    t.equal((await server.mock('DELETE', '/faults')).status, 204, 'none to delete is no mistake')
    await server.mock('POST', '/faults', outage)
    await server.mock('POST', '/worlds', { name: 'well' })
    t.same((await server.mock('GET', '/faults', undefined, { 'x-mock-world': 'well' })).body, [], 'they are those of one world')
    await server.mock('POST', '/reset')
    t.same((await server.mock('GET', '/faults')).body, [])
    t.equal(await status(), 'READY')
  })

  t.test('are at most a thousand', async t => {
    server.worlds.default.store.write(tx => {
      for (let i = 0; i < mostFaults; i++) tx.faults.insert({ id: String(i), matches: JSON.stringify(outage.on), effect: JSON.stringify(outage.effect), times: null, after: 0 })
    })
    refused(t, await server.mock('POST', '/faults', outage), 400, /^there are already 1000 faults: delete some$/)
    await server.mock('DELETE', '/faults')
    t.equal(await status(), 'READY')
  })

  t.test('change nothing that is made later', async t => {
    const carAfter = async (faults: number): Promise<Body> => {
      const other = await build(t)
      for (let i = 0; i < faults; i++) await other.mock('POST', '/faults', outage)
      return await other.vehicle(await other.car({ vendor: 'AUDI' }))
    }
    t.same(await carAfter(2), await carAfter(0))
  })

  t.test('of a vendor with an outage keep a link session from being completed', async t => {
    const { body: { id } } = await server.mock('POST', '/faults', outage)
    const started = await server.call('POST', '/users/anna/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com/', vendor: 'BMW' })
    t.equal(started.status, 200)
    const complete = async (): Promise<Answer> => await server.mock('POST', '/link-sessions/complete', { linkToken: started.body.linkToken })
    const answer = await complete()
    refused(t, answer, 503, /^BMW cannot be linked: its linkingStatus is OUTAGE/)
    t.match(answer.body, { type: 'https://developers.enode.com/api/problems/vendor-temporarily-unavailable', title: 'Vendor Temporarily Unavailable' })
    t.same([(await server.mock('GET', '/accounts')).body, (await server.call('GET', '/users/anna')).body.linkedVendors], [[], []], 'nothing was made')
    await server.mock('DELETE', `/faults/${id}`)
    await server.mock('POST', '/faults', { ...outage, effect: { linkingStatus: 'ELEVATED_ERROR_RATE' } })
    t.equal((await complete()).status, 200, 'with elevated errors it works, and so does the same session')
  })
})

t.test('an action is ended as a test wants it', async t => {
  const server = await build(t)
  const started = async (): Promise<{ car: string, action: string }> => {
    const car = await server.car({ state: { isPluggedIn: true, isCharging: false, batteryLevel: 30, chargeLimit: 80 } })
    return { car, action: (await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).body.id }
  }
  const resolve = async (action: string, body: Body): Promise<Answer> => await server.mock('POST', `/actions/${action}/resolve`, body)

  const confirmed = await started()
  t.match((await resolve(confirmed.action, { state: 'CONFIRMED' })).body, { id: confirmed.action, state: 'CONFIRMED', completedAt: start, failureReason: null })
  t.equal((await server.vehicle(confirmed.car)).chargeState.isCharging, true, 'the device obeys')
  refused(t, await resolve(confirmed.action, { state: 'FAILED' }), 409, /is CONFIRMED and can no longer be resolved$/)

  const failed = await started()
  t.match((await resolve(failed.action, { state: 'FAILED' })).body, { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'The device remained unreachable.' } })
  t.equal((await server.vehicle(failed.car)).chargeState.isCharging, false)
  const cancelled = await started()
  t.match((await resolve(cancelled.action, { state: 'CANCELLED' })).body, { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } })
  const reasoned = await started()
  const failureReason = { type: 'CONFLICT', detail: 'Somebody was faster.' }
  t.same((await resolve(reasoned.action, { state: 'FAILED', failureReason })).body.failureReason, failureReason)
  t.same((await server.call('GET', `/vehicles/actions/${reasoned.action}`)).body.failureReason, failureReason)
  await server.advance('PT2H')
  t.equal((await server.call('GET', `/vehicles/actions/${failed.action}`)).body.state, 'FAILED', 'it stays ended')

  const open = await started()
  refused(t, await resolve(open.action, { state: 'CONFIRMED', failureReason }), 400, /^a CONFIRMED action has no "failureReason"$/)
  refused(t, await resolve(open.action, { state: 'PENDING' }), 400, /^"state" must be one of \[CONFIRMED, FAILED, CANCELLED\]$/, ['state'])
  refused(t, await resolve(open.action, {}), 400, /^"state" is required$/, ['state'])
  refused(t, await resolve(open.action, { state: 'FAILED', failureReason: { type: 'BORED', detail: '' } }), 400, /^"failureReason\.type" must be one of/, ['failureReason', 'type'])
  refused(t, await resolve(unknownId, { state: 'FAILED' }), 404, new RegExp(`^Could not find action ${unknownId}$`))
  refused(t, await resolve('no-uuid', { state: 'FAILED' }), 404, /^Could not find action no-uuid$/)
  await server.mock('PATCH', `/devices/${open.car}`, { state: { isPluggedIn: false }, observe: false })
  refused(t, await resolve(open.action, { state: 'CONFIRMED' }), 400, /^the action cannot be confirmed: change the device first.* The asset was unplugged/)
  t.equal((await server.call('GET', `/vehicles/actions/${open.action}`)).body.state, 'PENDING')
})

t.test('fixtures', async t => {
  t.test('that come with mock-enode fit their schema and make a world', async t => {
    const check = new Validation([...components, ...mockComponents]).strict(Fixture)
    const server = await build(t)
    for (const name of fixtureNames) {
      t.same(check(await loadFixture(name)), [], name)
      t.equal((await server.mock('POST', '/worlds', { name, fixture: name })).status, 200, name)
    }
    t.equal((await server.mock('GET', '/devices', undefined, { 'x-mock-world': 'demo' })).body.length, 11)
  })

  t.test('are sent along with a world', async t => {
    const server = await build(t)
    const fixture = {
      description: 'all that there is',
      users: ['anna'],
      accounts: [{ vendor: 'TESLA', userId: 'bert', devices: [{ type: 'vehicle', state: { batteryLevel: 21 } }] }],
      webhooks: [{ url: 'http://127.0.0.1:9/', secret: 'secret of a test', events: ['enode:webhook:test'] }]
    }
    const made = (await server.mock('POST', '/worlds', { name: 'mine', fixture })).body
    const authorization = `Bearer ${await server.token(made.clientId, made.clientSecret)}`
    t.same((await server.call('GET', '/users', undefined, { authorization })).body.data.map((user: Body) => user.id), ['bert', 'anna'])
    t.equal((await server.call('GET', '/vehicles', undefined, { authorization })).body.data[0].chargeState.batteryLevel, 21)
    t.equal((await server.call('GET', '/webhooks', undefined, { authorization })).body.data.length, 1)
    t.equal((await server.mock('GET', '/info', undefined, { 'x-mock-world': 'mine' })).body.fixture, 'sent with the request')
  })

  t.test('are refused with the place of what is wrong', async t => {
    const server = await build(t)
    const cases: Array<[unknown, RegExp, Array<string | number>]> = [
      [{ users: 5 }, /"fixture\.users" must be an array/, ['fixture', 'users']],
      [{ people: [] }, /"fixture\.people" is not allowed/, ['fixture', 'people']],
      [{ connectionLimit: -1 }, /"fixture\.connectionLimit" must be greater than or equal to 0/, ['fixture', 'connectionLimit']],
      [{ accounts: [{ vendor: 'TESLA', devices: [{ type: 'bicycle' }] }] }, /"fixture\.accounts\[0\]\.devices\[0\]\.type" must be one of/, ['fixture', 'accounts', 0, 'devices', 0, 'type']],
      [{ webhooks: [{ url: 'http://127.0.0.1:9/' }] }, /"fixture\.webhooks\[0\]\.secret" is required/, ['fixture', 'webhooks', 0, 'secret']]
    ]
    for (const [fixture, detail, path] of cases) refused(t, await server.mock('POST', '/worlds', { fixture }), 400, detail, path)
    refused(t, await server.mock('POST', '/worlds', { fixture: { accounts: [{ vendor: 'EASEE', devices: [{ type: 'vehicle' }] }] } }), 400, /EASEE makes no vehicle/)
    refused(t, await server.mock('POST', '/worlds', { fixture: { accounts: [{ vendor: 'TESLA', devices: [{ type: 'vehicle', state: { wings: 2 } }] }] } }), 400, /"state\.wings" cannot be set/)
    refused(t, await server.mock('POST', '/worlds', { fixture: 'nothing' }), 400, /^there is no fixture nothing: use one of demo, empty/)
    for (const fixture of ['../package', '/etc/passwd', 'demo.json']) t.equal((await server.mock('POST', '/worlds', { fixture })).status, 400, `${fixture}: no file of the machine is read`)
    t.same(server.worlds.list().map(world => world.name), ['default'])
  })

  t.test('in files of one\'s own say in one line which file is wrong and where', async t => {
    const folder = t.testdir()
    const write = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    t.same(await loadFixture(write('good.json', '{"users":["anna"]}')), { users: ['anna'] })
    await t.rejects(loadFixture(join(folder, 'missing.json')), { message: /^fixture .*missing\.json: neither one of demo, empty, home, street, fleet, edge-cases nor a file that can be read$/ })
    await t.rejects(loadFixture(write('broken.json', '{"users":')), { message: /^fixture .*broken\.json: not JSON: / })
    await t.rejects(loadFixture(write('wrong.json', '{"users":[5],"x":1}')), { message: /^fixture .*wrong\.json: .*at users\.0: "users\[0\]" must be an object/ })
    await t.rejects(loadFixture(write('list.json', '[]')), { message: /at the top: The body must be an object/ })
    await t.rejects(build(t, { fixture: join(folder, 'wrong.json') }), { message: /wrong\.json/ })
  })
})

t.test('the documents', async t => {
  const server = await build(t)
  const get = async (url: string): Promise<Answer> => await server.inject('GET', url, undefined, {})

  t.test('of the documented API are served as they stand in the repository', async t => {
    const { servers, ...served } = (await get('/docs/json')).body
    const { servers: _, ...stored } = storedDocument
    t.same(served, stored)
    t.same(servers, [{ url: '/' }], 'Swagger UI tries out where it was loaded from')
  })

  t.test('are shown by Swagger UI', async t => {
    for (const url of ['/docs/', '/_mock/docs/']) {
      const page = await get(url)
      t.equal(page.status, 200)
      t.match(page.headers['content-type'], /^text\/html/)
      t.match(page.text, /swagger-ui/)
    }
    for (const url of ['/docs', '/_mock/docs']) t.ok([200, 302].includes((await get(url)).status), url)
    t.match((await get('/')).text, /href="docs".*href="_mock\/docs"/s)
  })

  t.test('of the control API name every operation and every schema', async t => {
    const document = (await get('/_mock/docs/json')).body as unknown as Document
    const operations = operationsOf(document).map(({ method, path }) => `${method} ${path}`).sort()
    t.same(operations, [
      'GET /_mock/info', 'POST /_mock/reset', 'POST /_mock/tokens/expire',
      'GET /_mock/worlds', 'POST /_mock/worlds', 'DELETE /_mock/worlds/{name}',
      'GET /_mock/clock', 'PUT /_mock/clock', 'POST /_mock/clock/advance',
      'GET /_mock/accounts', 'POST /_mock/accounts', 'DELETE /_mock/accounts/{accountId}', 'POST /_mock/accounts/{accountId}/devices', 'POST /_mock/accounts/{accountId}/invalidate',
      'POST /_mock/link-sessions/complete',
      'GET /_mock/devices', 'GET /_mock/devices/{id}', 'PATCH /_mock/devices/{id}', 'DELETE /_mock/devices/{id}',
      'GET /_mock/devices/{id}/day',
      'GET /_mock/devices/{id}/life', 'PUT /_mock/devices/{id}/life', 'GET /_mock/devices/{id}/trips', 'POST /_mock/devices/{id}/trips', 'POST /_mock/devices/{id}/resume',
      'GET /_mock/actions', 'POST /_mock/actions/{id}/resolve',
      'POST /_mock/events', 'GET /_mock/timeline', 'GET /_mock/stream',
      'GET /_mock/requests', 'DELETE /_mock/requests', 'POST /_mock/requests/count', 'POST /_mock/requests/matching',
      'GET /_mock/snapshots', 'POST /_mock/snapshots', 'DELETE /_mock/snapshots/{name}', 'POST /_mock/snapshots/{name}/restore',
      'GET /_mock/snapshots/{name}/file', 'POST /_mock/snapshots/file',
      'GET /_mock/log', 'DELETE /_mock/log', 'POST /_mock/replay',
      'GET /_mock/faults', 'POST /_mock/faults', 'DELETE /_mock/faults', 'DELETE /_mock/faults/{id}',
      'GET /_mock/deliveries', 'GET /_mock/deliveries/{id}', 'POST /_mock/deliveries/{id}/resend', 'POST /_mock/deliveries/drain'
    ].sort())
    const ids = operationsOf(document).map(each => each.operationId)
    t.equal(new Set(ids).size, ids.length)
    const names = Object.keys(document.components.schemas)
    t.same(names.filter(name => /^def-/.test(name)), [])
    const referred = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(match => match[1] ?? '')
    t.same(referred.filter(name => !names.includes(name)), [])
    t.ok(Object.values(document.paths).flatMap(path => Object.values(path)).every(operation => JSON.stringify(operation.parameters).includes('#/components/parameters/world')))
  })
})
