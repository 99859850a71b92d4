import t from 'tap'
import { Random } from '../src/lib/random.ts'
import { build, type Body } from './helpers/build.ts'
import { operationsOf, Oracle, pathOf, queryOf, storedDocument, unknownId, urlOf, type Method, type Operation } from './helpers/openapi.ts'
import { receiver, secret } from './helpers/receiver.ts'
import { answered } from './helpers/strict-responses.ts'

/** Documented statuses that nothing in this version of the API can bring about. */
const never: Record<string, string> = {
  'POST /hvacs/{hvacId}/permanent-hold 422': 'a schedule of this version controls vehicles and chargers only',
  'POST /hvacs/{hvacId}/follow-schedule 422': 'a schedule of this version controls vehicles and chargers only'
}

const operations = operationsOf(storedDocument)
const nameOf = ({ method, path }: Operation): string => `${method} ${path}`

const expected = operations.flatMap(operation => operation.statuses.map(status => `${nameOf(operation)} ${status}`))

t.test('every documented status of every operation is reached', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const random = new Random(3)
  const oracle = new Oracle(storedDocument)

  // 401 and 400 come about in one way everywhere.
  for (const operation of operations) {
    const url = urlOf(operation.path, pathOf(operation, oracle), new URLSearchParams(queryOf(operation, oracle)).toString())
    const body = operation.body === undefined ? undefined : oracle.sample(operation.body)
    t.equal((await server.inject(operation.method, url, body, {})).status, 401, nameOf(operation))
    const malformed = operation.body === undefined ? undefined : oracle.broken(operation.body, random).text
    const wrong = malformed === undefined ? await server.call(operation.method, url, undefined, { 'enode-version': '2023-08-01' }) : await server.call(operation.method, url, malformed)
    t.equal(wrong.status, 400, nameOf(operation))
  }

  // The rest each in its own way: what is there, what is not, and what is not allowed.
  const link = { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' }
  const car = await server.car()
  const limited = await server.mock('POST', '/worlds', { fixture: { connectionLimit: 0 } })
  const limitedToken = { authorization: `Bearer ${await server.token(limited.body.clientId, limited.body.clientSecret)}` }
  const visit = { language: 'en-US', redirectUri: 'https://example.com' }
  const device = async (vendor: string, type: string, more: Body = {}): Promise<string> =>
    String((await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices: [{ type }], ...more })).body.devices[0].id)
  const place = { name: 'Home', latitude: 1, longitude: 2, timezoneName: 'UTC' }
  const location = (await server.call('POST', '/users/user-1/locations', { ...place, latitude: 5 })).body.id
  const box = String((await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { isPluggedIn: true, isCharging: false } }] })).body.devices[0].id)
  const unit = await device('MITSUBISHI', 'hvac')
  const home = { latitude: 59.9, longitude: 10.7 }
  const controlled = await server.car({ state: { ...home, isPluggedIn: true, isCharging: false, batteryLevel: 30, chargeLimit: 80 } })
  const oslo = (await server.call('POST', '/users/user-1/locations', { name: 'Oslo', ...home, timezoneName: 'Europe/Oslo' })).body.id
  const schedule = { targetId: controlled, targetType: 'vehicle', locationId: oslo, isEnabled: true, defaultShouldCharge: false, rules: [] }
  const plan = (await server.call('POST', '/users/user-1/schedules', schedule)).body.id
  const planned = await server.car({ state: { ...home, isPluggedIn: true, isCharging: true, batteryLevel: 30, chargeLimit: 80 } })
  const policy = { isEnabled: true, deadline: '07:00', minimumChargeLimit: 0 }
  const sunny = (await server.mock('POST', '/accounts', { vendor: 'HUAWEI', userId: 'user-hem', devices: [{ type: 'inverter' }, { type: 'battery' }, { type: 'meter' }] })).body
  const [inverter] = sunny.devices.map((each: Body) => each.id)
  const system = (await server.call('GET', '/users/user-hem/hem-systems')).body.data[0].id
  const broken = (await server.mock('POST', '/accounts', { vendor: 'KIA', userId: 'user-broken', devices: [{ type: 'vehicle' }] })).body
  await server.mock('POST', `/accounts/${broken.id}/invalidate`)
  const webhook = (await server.call('POST', '/webhooks', { url: hooks.url, secret })).body.id
  /** What every kind of asset has in common. */
  const common = (path: string, id: string): typeof steps => [
    [200, 'GET', `/${path}`],
    [200, 'GET', `/users/user-1/${path}`],
    [200, 'GET', `/${path}/${id}`],
    [404, 'GET', `/${path}/${unknownId}`],
    [204, 'POST', `/${path}/${id}/refresh-hint`],
    [404, 'POST', `/${path}/${unknownId}/refresh-hint`]
  ]
  /** What every command has in common: a device that takes it, one that does not, and none; and the action that comes of it. */
  const command = async (path: string, vendor: string, type: string, name: string, body?: Body): Promise<typeof steps> => {
    const mute = await device(vendor, type, { userId: 'user-2', scopes: [`${type}:read:data`] })
    const { id: action } = (await server.call('POST', `/${path}/${await device(vendor, type)}/${name}`, body)).body
    return [
      [200, 'GET', `/${path}/actions/${action}`],
      [404, 'GET', `/${path}/actions/${unknownId}`],
      [200, 'POST', `/${path}/actions/${action}/cancel`],
      [409, 'POST', `/${path}/actions/${action}/cancel`],
      [404, 'POST', `/${path}/actions/${unknownId}/cancel`],
      [403, 'POST', `/${path}/${mute}/${name}`, body],
      [404, 'POST', `/${path}/${unknownId}/${name}`, body]
    ]
  }
  const steps: Array<[status: number, method: Method, url: string, body?: Body | undefined, headers?: Record<string, string>]> = [
    ...common('vehicles', car),
    ...common('chargers', box),
    ...common('hvacs', unit),
    ...common('batteries', await device('HUAWEI', 'battery')),
    ...common('inverters', await device('FRONIUS', 'inverter')),
    ...common('meters', await device('SMA', 'meter')),
    ...await command('vehicles', 'TESLA', 'vehicle', 'charging', { action: 'START' }),
    ...await command('vehicles', 'TESLA', 'vehicle', 'max-current', { maxCurrent: 10 }),
    ...await command('chargers', 'EASEE', 'charger', 'charging', { action: 'START' }),
    ...await command('chargers', 'EASEE', 'charger', 'max-current', { maxCurrent: 10 }),
    ...await command('chargers', 'EASEE', 'charger', 'charge-rate-limit', { chargeRateLimit: 7 }),
    ...await command('hvacs', 'MITSUBISHI', 'hvac', 'permanent-hold', { mode: 'OFF' }),
    ...await command('hvacs', 'MITSUBISHI', 'hvac', 'follow-schedule'),
    ...await command('batteries', 'HUAWEI', 'battery', 'operation-mode', { operationMode: 'IDLE' }),
    [200, 'PUT', `/chargers/${box}`, { locationId: location }],
    [404, 'PUT', `/chargers/${box}`, { locationId: unknownId }],
    [200, 'PUT', `/hvacs/${unit}`, { locationId: location }],
    [404, 'PUT', `/hvacs/${unit}`, { locationId: unknownId }],
    [200, 'GET', '/users/user-1/statistics/charging?type=vehicle&startDate=2026-01-01T00:00:00Z'],
    [404, 'GET', `/users/user-1/statistics/charging?type=vehicle&startDate=2026-01-01T00:00:00Z&id=${unknownId}`],
    [200, 'GET', '/users/user-1/statistics/charging/sessions?type=vehicle&startDate=2026-01-01T00:00:00Z'],
    [404, 'GET', `/users/user-1/statistics/charging/sessions?type=vehicle&startDate=2026-01-01T00:00:00Z&id=${unknownId}`],
    [200, 'GET', `/inverters/${inverter}/statistics?year=2025&month=7`],
    [202, 'GET', `/inverters/${inverter}/statistics?year=2026&month=1`],
    [404, 'GET', `/inverters/${unknownId}/statistics?year=2026&month=1`],
    [200, 'GET', '/hem-systems'],
    [200, 'GET', '/users/user-hem/hem-systems'],
    [200, 'GET', `/hem-systems/${system}`],
    [404, 'GET', `/hem-systems/${unknownId}`],
    [200, 'GET', `/hem-systems/${system}/statistics?interval=2025-12`],
    [404, 'GET', `/hem-systems/${unknownId}/statistics?interval=2025-12`],
    [200, 'GET', '/interventions'],
    [200, 'GET', '/interventions/3b2891a9-5dcf-4691-b850-b5ea36b57c2e'],
    [404, 'GET', `/interventions/${unknownId}`],
    [200, 'POST', '/users/user-1/locations', place],
    [404, 'POST', '/users/nobody/locations', place],
    [200, 'GET', '/locations'],
    [200, 'GET', '/users/user-1/locations'],
    [200, 'GET', `/locations/${location}`],
    [404, 'GET', `/locations/${unknownId}`],
    [200, 'PUT', `/locations/${location}`, { name: 'Cabin' }],
    [404, 'PUT', `/locations/${unknownId}`, { name: 'Cabin' }],
    [204, 'PUT', '/tariffs/t1', [{ name: 'low', cost: '0.1' }]],
    [200, 'GET', '/tariffs/t1'],
    [404, 'GET', '/tariffs/t2'],
    [204, 'PUT', `/locations/${location}/tariff`, { tariffId: 't1', tariffIntervals: [] }],
    [404, 'PUT', `/locations/${location}/tariff`, { tariffId: 't2', tariffIntervals: [] }],
    [200, 'GET', `/locations/${location}/tariff`],
    [404, 'GET', `/locations/${unknownId}/tariff`],
    [200, 'DELETE', `/locations/${location}`],
    [404, 'DELETE', `/locations/${location}`],
    [200, 'GET', '/users/user-1/schedules'],
    [404, 'POST', '/users/nobody/schedules', schedule],
    [200, 'GET', `/schedules/${plan}`],
    [404, 'GET', `/schedules/${unknownId}`],
    [200, 'GET', `/schedules/${plan}/status`],
    [404, 'GET', `/schedules/${unknownId}/status`],
    [404, 'PUT', `/schedules/${unknownId}`, {}],
    [422, 'POST', `/vehicles/${controlled}/charging`, { action: 'START' }],
    [200, 'PUT', `/schedules/${plan}`, { ...schedule, targetId: box, targetType: 'charger', locationId: null }],
    [422, 'POST', `/chargers/${box}/charging`, { action: 'START' }],
    [204, 'DELETE', `/schedules/${plan}`],
    [404, 'DELETE', `/schedules/${plan}`],
    [200, 'GET', `/vehicles/${planned}/smart-charging-policy`],
    [404, 'GET', '/vehicles/nothing/smart-charging-policy'],
    [404, 'GET', `/vehicles/${planned}/smart-charging-plans/latest`],
    [200, 'PUT', `/vehicles/${planned}/smart-charging-policy`, policy],
    [404, 'PUT', '/vehicles/nothing/smart-charging-policy', policy],
    [200, 'GET', `/vehicles/${planned}/smart-charging-plans/latest`],
    [200, 'GET', `/vehicles/${planned}/smart-charging-status`],
    [404, 'GET', '/vehicles/nothing/smart-charging-status'],
    [200, 'POST', `/vehicles/${planned}/smart-override`],
    [403, 'POST', `/vehicles/${await device('TESLA', 'vehicle', { userId: 'user-2', scopes: ['vehicle:read:data'] })}/smart-override`],
    [404, 'POST', '/vehicles/nothing/smart-override'],
    [200, 'DELETE', `/vehicles/${planned}/smart-override`],
    [404, 'DELETE', `/vehicles/${planned}/smart-override`],
    [200, 'POST', '/users/user-3/link', link],
    [403, 'POST', '/users/user-3/link', link, limitedToken],
    [200, 'GET', '/users'],
    [200, 'GET', '/users/user-3'],
    [404, 'GET', '/users/nobody'],
    [204, 'DELETE', '/users/user-3'],
    [404, 'DELETE', '/users/user-3'],
    [200, 'GET', '/webhooks'],
    [200, 'GET', `/webhooks/${webhook}`],
    [404, 'GET', `/webhooks/${unknownId}`],
    [200, 'PATCH', `/webhooks/${webhook}`, { events: ['*'] }],
    [404, 'PATCH', `/webhooks/${unknownId}`, { events: ['*'] }],
    [200, 'POST', `/webhooks/${webhook}/test`],
    [404, 'POST', `/webhooks/${unknownId}/test`],
    [200, 'POST', `/assets/${broken.devices[0].id}/relink`, visit],
    [204, 'DELETE', '/users/user-broken/vendors/KIA/vehicle'],
    [404, 'DELETE', '/users/user-broken/vendors/KIA/vehicle'],
    [204, 'DELETE', '/users/user-2/vendors/TESLA'],
    [404, 'DELETE', '/users/user-2/vendors/TESLA'],
    [204, 'DELETE', '/users/user-2/authorization'],
    [404, 'DELETE', '/users/nobody/authorization'],
    [204, 'DELETE', `/webhooks/${webhook}`],
    [404, 'DELETE', `/webhooks/${webhook}`],
    [200, 'GET', '/integrations'],
    ...['vehicles', 'chargers', 'hvacs', 'inverters', 'batteries', 'meters'].map((kind): [number, Method, string] => [200, 'GET', `/health/${kind}`]),
    [204, 'GET', '/health/ready']
  ]
  for (const [status, method, url, body, headers] of steps) {
    const answer = await server.call(method, url, body, headers)
    t.equal(answer.status, status, `${method} ${url}: ${answer.text}`)
  }
  const statistics = async (): Promise<number> => (await server.call('GET', `/hem-systems/${system}/statistics?interval=2025-12`)).status
  const outage = (await server.mock('POST', '/faults', { on: { vendor: 'HUAWEI' }, effect: { linkingStatus: 'OUTAGE' } })).body.id
  t.equal(await statistics(), 503)
  await server.mock('DELETE', `/faults/${outage}`)
  await server.mock('POST', `/accounts/${sunny.id}/invalidate`)
  t.equal(await statistics(), 422)
  await server.worlds.interrupt()
  t.equal((await server.call('GET', '/health/ready')).status, 503)

  const excused = Object.keys(never)
  const reached = [...answered].filter(each => !/ \/_mock\//.test(each))
  t.same(expected.filter(each => !answered.has(each) && !excused.includes(each)), [], 'documented, but reached by nothing')
  t.same(reached.filter(each => !expected.includes(each)), [], 'reached, but not documented')
  t.ok(expected.length > 280, `${expected.length} statuses of ${operations.length} operations`)
})

t.test('what nothing can bring about is documented, and not reached all the same', async t => {
  for (const [status, why] of Object.entries(never)) {
    t.ok(expected.includes(status), `${status} is documented`)
    t.notOk(answered.has(status), `${status} is reached although ${why}: take the excuse away`)
  }
})
