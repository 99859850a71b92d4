import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { vehicleVendors } from '../../../src/contract/vendors.ts'
import { build, type Answer, type Body } from '../../helpers/build.ts'
import { expectedValues, valuesIn } from '../../helpers/enums.ts'
import { operationsOf, Oracle, queryOf, storedDocument, urlOf, type Document, type Method, type Schema } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'
import { listeners } from '../../helpers/strict-responses.ts'

const document = storedDocument as Document & { webhooks: Record<string, Record<string, Schema>> }
const oracle = new Oracle(document)
const reads = operationsOf(document).filter(({ method, statuses }) => method === 'GET' && !statuses.includes(501))

const pending = 'a command answers while its action is pending'
const onlyInformation = 'only `information` is known of an asset that has just been discovered'

/** Values of the contract that nothing can bring about: where they stand, which they are, and why. */
const excuses: Array<[where: RegExp, value: RegExp, why: string]> = [
  ...['vehicle', 'charger', 'hvac', 'inverter', 'batter', 'meter'].map((kind): typeof excuses[number] =>
    [new RegExp(`(/|^user:)${kind}.*scopes\\[\\]$`), new RegExp(`^"(?!${kind})`), 'an asset shows only the scopes of its own type']),
  [/^POST \/\w+\/\{\w+Id\}\/[\w-]+ 200 state$/, /^"(?!PENDING)/, pending],
  [/^POST \/\w+\/\{\w+Id\}\/[\w-]+ 200 failureReason\.type$/, /^"/, pending],
  [/cancel 200 state$/, /^"(?!CANCELLED)/, 'what was cancelled is CANCELLED'],
  [/cancel 200 failureReason\.type$/, /^"(?!REQUESTED_CANCELLATION)/, 'what was cancelled was cancelled by request'],
  [/cancel 409 state$/, /PENDING/, 'a pending action can be cancelled'],
  [/^user:vendor-action:updated vendorAction\.state$/, /PENDING/, 'an action is told of when it ends'],
  [/^\w+ \/vehicles\/.* targetType$/, /charger/, 'it belongs to a vehicle'],
  [/^\w+ \/chargers\/.* targetType$/, /vehicle/, 'it belongs to a charger'],
  [/smartOverride\.targetType$/, /charger/, 'only a vehicle can be overridden'],
  [/smart-override 200 vendor$/, new RegExp(`^"(?!(${vehicleVendors.join('|')})")`), 'only a vehicle can be overridden'],
  [/^GET \/(health\/\w+|integrations) 200 \[\]\.status$/, /^"(?!READY)/, 'the reference says that it is always READY, see `linkingStatus`'],
  [/information\.brand$/, /^null$/, 'every car here knows its brand'],
  [/^user:\w+:discovered .*(powerDeliveryState|thermostatState\.mode)$/, /^"(?!UNKNOWN)/, onlyInformation],
  [/^user:\w+:discovered .*(holdType|capableModes\[\]|chargeState\.status|operationMode)$/, /^"/, onlyInformation],
  [/timeseries\.\w+\.sampling\.resolution$/, /PT10M|PT30M|PT1H/, 'the systems of this world are told of in 5 or 15 minutes, or in days'],
  [/timeseries\.(?!batteryLevel)\w+\.unit(Type)?$/, /%|SoC/, 'only a level is told in percent'],
  [/timeseries\.batteryLevel\.unit(Type)?$/, /kW|Power|Energy/, 'a level is told in percent'],
  [/timeseries\.batteryLevel\.sampling\.resolution$/, /P1D/, 'a level is told only of a day'],
  [/(\/batteries|^user:battery:(updated|deleted)).*(chargeState\.status|operationMode)$/, /^null$/, 'a battery is looked at as soon as it was discovered']
]

/** What is asked for where a query takes it: all, and of the day of the test. */
const asked: Record<string, string> = { pageSize: '100', year: '2026', month: '1', day: '14', interval: '2026-01-14', startDate: '2026-01-14T00:00:00Z' }

/** What is asked for besides, where other questions get other answers: a whole month, and one that is over. */
const askedToo: Record<string, Array<Record<string, string>>> = {
  '/inverters/{inverterId}/statistics': [{ year: '2026', month: '1' }, { year: '2025', month: '12' }, { year: '2026', month: '1', day: '13' }],
  '/hem-systems/{hemSystemId}/statistics': [{ interval: '2026-01' }]
}

/** The world of edge-cases with a receiver that hears everything from the start, and what was answered and sent. */
async function edgeCases (t: Test) {
  const seen = new Set<string>()
  const listen = (operation: string, status: number, body: unknown): void => { for (const each of valuesIn(body, `${operation} ${status}`)) seen.add(each) }
  listeners.add(listen)
  t.teardown(() => { listeners.delete(listen) })
  const hook = await receiver(t)
  const fixture = JSON.parse(readFileSync(new URL('../../../fixtures/edge-cases.json', import.meta.url), 'utf8')) as Body
  const file = join(t.testdir(), 'edge-cases.json')
  writeFileSync(file, JSON.stringify({ ...fixture, webhooks: [{ url: hook.url, secret }] }))
  // A Wednesday in winter, 9 in the morning in Oslo: the market's prices of the next day are not published yet.
  const server = await build(t, { fixture: file, now: '2026-01-14T08:00:00Z' })

  const done = async (answer: Promise<Answer>): Promise<Body> => {
    const { status, text, body } = await answer
    if (status >= 400 && status !== 409) throw new Error(text)
    return body
  }
  const call = async (method: Method, url: string, body?: unknown): Promise<Body> => await done(server.call(method, url, body))
  const mock = async (method: Method, url: string, body?: unknown): Promise<Body> => await done(server.mock(method, url, body))

  /** Ids by the name of the path parameter that takes them. */
  const ids: Record<string, string[]> = { smartChargingPlanId: ['latest'], tariffId: Object.keys(fixture.tariffs) }
  const read = async (path: string): Promise<void> => {
    const operation = reads.find(each => each.path === path)
    if (operation === undefined) return
    const query = { ...queryOf(operation, oracle), ...Object.fromEntries(operation.parameters.filter(({ name }) => name in asked).map(({ name }) => [name, asked[name] ?? ''])) }
    const queries = [query, ...askedToo[path] ?? []]
    const [parameter] = operation.parameters.filter(each => each.in === 'path').map(({ name }) => name)
    for (const [id, query] of (parameter === undefined ? [''] : ids[parameter] ?? []).flatMap(id => queries.map(query => [id, query] as const))) {
      const answer = await server.call('GET', urlOf(path, { smartChargingPlanId: 'latest', [String(parameter)]: id }, new URLSearchParams(query).toString()))
      const list = answer.body.data ?? answer.body
      const [, kind] = /^\/(?:users\/\{userId\}\/)?([\w-]+?)s$/.exec(path) ?? []
      if (kind === undefined || !Array.isArray(list)) continue
      const name = `${kind.replace(/ie$/, 'y').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`
      ids[name] = [...new Set([...ids[name] ?? [], ...list.map(each => String(each.id))])]
    }
  }
  return {
    server,
    hook,
    call,
    mock,
    ids,
    advance: server.advance,
    /** Reads everything that can be read: lists first, which say what else there is. */
    readAll: async (): Promise<void> => { for (const { path } of [...reads].sort((a, b) => a.path.split('{').length - b.path.split('{').length)) await read(path) },
    /** Reads what time changes of those who stay to the end: how vehicles and chargers are controlled, and statistics. */
    readControl: async (): Promise<void> => { for (const { path } of reads) if (/smart-charging|schedules\/.*status|statistics/.test(path)) await read(path) },
    /** Devices of a user, by the owner's name for them. */
    cars: async (userId: string): Promise<Record<string, string>> => Object.fromEntries((await call('GET', `/users/${userId}/vehicles`)).data.map((car: Body) => [car.information.displayName, car.id])),
    tell: async (id: string | undefined, change: Body): Promise<void> => { await mock('PATCH', `/devices/${id}`, change) },
    /** All that occurred so far. */
    occurred: (): Set<string> => {
      for (const event of hook.events()) for (const each of valuesIn(event, String(event.event))) seen.add(each)
      return seen
    }
  }
}

type World = Awaited<ReturnType<typeof edgeCases>>

/** Actions of every kind end in every way. */
async function command ({ call, mock }: World): Promise<void> {
  const find = async (section: string, pick: (asset: Body) => boolean): Promise<string> => String((await call('GET', `/${section}?pageSize=100`)).data.find(pick)?.id)
  const [car, box] = [await find('vehicles', each => each.userId === 'cable'), await find('chargers', each => each.userId === 'cable')]
  const tesla = await find('vehicles', each => each.userId === 'every-state' && each.chargeState.powerDeliveryState === 'PLUGGED_IN:STOPPED')
  const unit = await find('hvacs', each => each.userId === 'every-hvac' && each.vendor === 'MITSUBISHI')
  const battery = await find('batteries', each => each.userId.startsWith('site-') && each.vendor === 'HUAWEI')
  const holds = [{ mode: 'OFF' }, { mode: 'HEAT', heatSetpoint: 20 }, { mode: 'COOL', coolSetpoint: 25 }, { mode: 'AUTO', heatSetpoint: 19, coolSetpoint: 26 }]
  const commands: Array<[section: string, id: string, name: string, bodies: unknown[]]> = [
    ['vehicles', car, 'charging', [{ action: 'STOP' }, { action: 'START' }]],
    ['vehicles', tesla, 'max-current', [{ maxCurrent: 9 }]],
    ['chargers', box, 'charging', [{ action: 'STOP' }, { action: 'START' }]],
    ['chargers', box, 'max-current', [{ maxCurrent: 9 }]],
    ['chargers', box, 'charge-rate-limit', [{ chargeRateLimit: 5 }]],
    ['hvacs', unit, 'permanent-hold', holds],
    ['hvacs', unit, 'follow-schedule', [undefined]],
    ['batteries', battery, 'operation-mode', ['IDLE', 'IMPORT_FOCUS', 'EXPORT_FOCUS', 'TIME_OF_USE', 'SELF_RELIANCE'].map(operationMode => ({ operationMode }))]
  ]
  const reasons = ['NO_RESPONSE', 'FAILED_PRECONDITION', 'CONFLICT', 'NOT_FOUND', 'UNNECESSARY', 'REQUESTED_CANCELLATION']
  for (const [section, id, name, bodies] of commands) {
    for (const body of bodies) {
      const start = async (): Promise<string> => (await call('POST', `/${section}/${id}/${name}`, body)).id
      const cancelled = await start()
      await call('POST', `/${section}/actions/${cancelled}/cancel`)
      for (const outcome of [...reasons.map(type => ({ state: 'FAILED', failureReason: { type, detail: 'as the test wants it' } })), { state: 'CONFIRMED' }]) {
        const action = await start()
        await call('GET', `/${section}/actions/${action}`)
        await mock('POST', `/actions/${action}/resolve`, outcome)
        for (const each of [action, cancelled]) {
          await call('GET', `/${section}/actions/${each}`)
          await call('POST', `/${section}/actions/${each}/cancel`)
        }
      }
    }
  }
}

/** Everything else that answers with more than a read does. */
async function change ({ call, ids, hook }: World): Promise<void> {
  for (const id of ids.chargerId ?? []) await call('PUT', `/chargers/${id}`, { locationId: null })
  for (const id of ids.hvacId ?? []) await call('PUT', `/hvacs/${id}`, { locationId: null })
  const [car, box] = await Promise.all(['vehicles', 'chargers'].map(async section => (await call('GET', `/users/cable/${section}`)).data[0].id))
  for (const [targetId, targetType] of [[car, 'vehicle'], [box, 'charger']]) {
    const schedule = { targetId, targetType, locationId: null, isEnabled: false, defaultShouldCharge: false, rules: [] }
    const { id } = await call('POST', '/users/cable/schedules', schedule)
    await call('PUT', `/schedules/${id}`, schedule)
  }
  const events = oracle.resolve(document.paths['/webhooks']?.post?.requestBody.content['application/json'].schema).properties.events.items
  const all = oracle.resolve(events).enum as string[]
  const deaf = await call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret, events: all, apiVersion: '2024-10-01' })
  await call('PATCH', `/webhooks/${deaf.id}`, { events: all })
  for (const path of ['/webhooks', `/webhooks/${deaf.id}`]) await call('GET', path)
  await call('POST', `/webhooks/${deaf.id}/test`)
  await call('DELETE', `/webhooks/${deaf.id}`)
  const { id } = await call('POST', '/webhooks', { url: `${hook.url}?2`, secret })
  await call('PATCH', `/webhooks/${id}`, { events: ['*'] })
  await call('POST', `/webhooks/${id}/test`)
  await call('DELETE', `/webhooks/${id}`)
}

/** Every vendor's credentials stop working, and its assets go: with the last that was seen of them. */
async function leave ({ call, mock, ids }: World): Promise<void> {
  for (const { id, userIds } of await mock('GET', '/accounts') as unknown as Body[]) {
    if (/^(every|site)-/.test(String(userIds[0]))) await mock('POST', `/accounts/${id}/invalidate`)
  }
  const users = (ids.userId ?? []).filter(id => !['smart-charging', 'schedules', 'stays'].includes(id))
  for (const id of users) await call('DELETE', `/users/${id}`)
  await call('GET', '/vehicles')
}

t.test('in edge-cases, every enumerated value of every answer and event of the contract occurs', async t => {
  const world = await edgeCases(t)
  const { call, mock, advance, readAll, readControl, tell } = world
  for (const types of [['battery', 'meter'], ['inverter', 'meter'], ['inverter', 'battery']]) {
    await mock('POST', '/accounts', { vendor: 'SOLIS', userId: `without ${types.join(' and ')}`, devices: types.map(type => ({ type })) })
  }
  // Of what flows through a home nothing is known before the first minutes are over.
  for (const vendor of ['HUAWEI', 'SMA']) await mock('POST', '/accounts', { vendor, userId: 'stays', devices: ['inverter', 'battery', 'meter'].map(type => ({ type })) })
  await readAll()
  await change(world)
  await command(world)
  const smart = await world.cars('smart-charging')
  const scheduled = await world.cars('schedules')
  const policy = async (name: string, changes: Body): Promise<void> => { await call('PUT', `/vehicles/${smart[name]}/smart-charging-policy`, changes) }
  const disobeys = async (name: string, kind: string): Promise<void> => {
    const outcome = { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'No signal.' } }
    await mock('POST', '/faults', { on: { assetId: smart[name], kind }, effect: { outcome } })
  }

  // Plans stop their cars; who cannot wait overrides them.
  await tell(smart['does not stop'], { isReachable: false })
  await advance('PT3S')
  await readControl()
  const everyCar = (await call('GET', '/users/every-vehicle/vehicles?pageSize=100')).data.map((car: Body) => car.id) as string[]
  const impatient = [...everyCar, smart['is overridden'], scheduled['is overridden']]
  for (const id of impatient) await call('POST', `/vehicles/${id}/smart-override`)
  await readControl()
  for (const id of everyCar) await call('DELETE', `/vehicles/${id}/smart-override`)
  await leave(world)

  // Plans end early.
  await tell(smart['is unplugged'], { state: { isPluggedIn: false } })
  await tell(smart['is driven away'], { state: { latitude: 59.5, longitude: 10.1 }, force: true })
  await policy('is switched off', { isEnabled: false })
  await policy('gets another deadline', { deadline: '19:00' })
  await readControl()
  await advance('PT1M')
  await readControl()
  // It can be reached again, and still does not obey.
  await disobeys('does not stop', 'STOP')
  await tell(smart['does not stop'], { isReachable: true })
  await advance('PT20M')
  await readControl()

  // At noon energy gets cheap, and plans start their cars.
  await disobeys('does not start', 'START')
  await world.mock('POST', '/clock/advance', { to: '2026-01-14T11:00:01Z' })
  await readControl()
  await advance('PT5S')
  await readControl()
  for (const name of ['is interrupted', 'finishes late']) await tell(smart[name], { state: { isCharging: false } })
  await advance('PT1M')
  await readControl()
  await advance('PT4H')
  await readControl()
  await tell(smart['finishes late'], { state: { isCharging: true } })
  await world.mock('POST', '/clock/advance', { to: '2026-01-14T18:05:00Z' })
  await readControl()

  const occurred = world.occurred()
  const expected = [...expectedValues(document)]
  t.ok(expected.length > 3000, `${expected.length} values`)
  t.same(expected.filter(each => !occurred.has(each) && !excuses.some(excuse => excusedBy(excuse, each))), [], 'documented, but seen nowhere')
  for (const excuse of excuses) {
    const [where, value, why] = excuse
    const excused = expected.filter(each => excusedBy(excuse, each))
    t.ok(excused.length > 0, `${where} ${value} is of use`)
    t.same(excused.filter(each => occurred.has(each)), [], `seen, although ${why}: take the excuse away`)
  }
})

function excusedBy ([where, value]: typeof excuses[number], occurrence: string): boolean {
  const end = occurrence.lastIndexOf(' ')
  return where.test(occurrence.slice(0, end)) && value.test(occurrence.slice(end + 1))
}
