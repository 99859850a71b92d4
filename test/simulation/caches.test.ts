import t, { type Test } from 'tap'
import { Random } from '../../src/lib/random.ts'
import { build, start, type Body, type Server } from '../helpers/build.ts'
import { many } from '../helpers/many.ts'
import { receiver, secret } from '../helpers/receiver.ts'

/** Seeds of the suite; `SEEDS=1-100 npx tap --timeout=3000 test/simulation/caches.test.ts` walks more. */
const [first = 1, last = 3] = (process.env.SEEDS ?? '1-2').split('-').map(Number)

const lists = ['vehicles', 'chargers', 'hvacs', 'batteries', 'inverters', 'meters', 'hem-systems'] as const
const paths: Record<string, string> = { vehicle: 'vehicles', charger: 'chargers', hvac: 'hvacs', battery: 'batteries', inverter: 'inverters', meter: 'meters' }
const users = ['ada', 'bo']

/** A world by its name, and a token of its client. */
interface Asked { world: string, token: string }

async function ask (server: Server, { world, token }: Asked, url: string): Promise<string> {
  return (await server.inject('GET', url, undefined, url.startsWith('/_mock') ? { 'x-mock-world': world } : { authorization: `Bearer ${token}` })).text
}

/** Where every answer is that something is remembered for. */
async function places (server: Server, asked: Asked, today: string): Promise<string[]> {
  const idsOf = async (list: string): Promise<string[]> => (JSON.parse(await ask(server, asked, `/${list}?pageSize=200`)).data as Body[]).map(({ id }) => String(id))
  const urls = ['/_mock/devices', '/_mock/faults', '/users', '/health/vehicles', '/health/inverters', ...users.map(user => `/users/${user}`)]
  for (const list of lists) {
    const ids = await idsOf(list)
    urls.push(`/${list}?pageSize=200`, `/${list}?pageSize=2`, ...users.map(user => `/users/${user}/${list}`), ...ids.map(id => `/${list}/${id}`))
    if (list === 'hem-systems') for (const id of ids) urls.push(...['2026-01', '2026-01-01', today].map(interval => `/${list}/${id}/statistics?interval=${interval}`))
    if (list === 'inverters') for (const id of ids) urls.push(...['', '&day=1', `&day=${Number(today.slice(8))}`].map(day => `/${list}/${id}/statistics?year=2026&month=${Number(today.slice(5, 7))}${day}`), `/${list}/${id}/statistics?year=2025&month=12`)
    if (list === 'vehicles') for (const id of ids) urls.push(`/${list}/${id}/smart-charging-status`)
  }
  for (const user of users) {
    for (const type of ['vehicle', 'charger', 'hvac']) {
      const query = `type=${type}&startDate=${start}`
      urls.push(`/users/${user}/statistics/charging?${query}`, `/users/${user}/statistics/charging?${query}&resolution=HOUR`, `/users/${user}/statistics/charging/sessions?${query}`)
    }
  }
  for (const { id } of JSON.parse(await ask(server, asked, '/_mock/devices')) as Body[]) urls.push(`/_mock/devices/${id}`, `/_mock/devices/${id}/day`)
  return urls
}

/** Rows as tables tell them, which remember some, by what is asked. */
function rowsOf (server: Server, world: string): Map<string, unknown> {
  return server.worlds.byName(world).store.read(tx => {
    const rows = new Map<string, unknown>([['the next timer', tx.timers.next()]])
    const put = (what: string, row: unknown): void => { rows.set(what, row) }
    for (const user of users) put(`locations of ${user}`, tx.locations.ofUser(user))
    for (const { id, device_id: deviceId, user_id: userId, hem_system_id: systemId } of users.flatMap(user => tx.assets.ofUser(user))) {
      const own = tx.assets.get(id)
      put(`asset ${id}`, [own, tx.assets.ofDevice(deviceId), tx.assets.ofDeviceAndUser(deviceId, userId), tx.devices.get(deviceId), tx.actions.pendingOf(id)])
      put(`system of ${id}`, systemId !== null && [tx.hemSystems.get(systemId), tx.assets.ofSystem(systemId)])
      put(`account of ${id}`, tx.accounts.get(tx.devices.get(deviceId)?.account_id ?? ''))
      const policy = tx.smartCharging.get(id)
      put(`control of ${id}`, [policy, tx.smartPlans.get(policy?.plan_id ?? ''), tx.smartPlans.isExecuting(id), tx.smartOverrides.latestOf(id), tx.schedules.ofAsset(id)])
      put(`timers of ${id}`, (['asset.poll', 'asset.turn', 'asset.outdated', 'vehicle.arrival', 'smart-charging.look', 'inverter.day'] as const).map(kind => tx.timers.get(kind, id)))
    }
    return rows
  })
}

for (let seed = first; seed <= last; seed++) {
  t.test(`whatever is remembered, a world just restored from a snapshot answers the same, with seed ${seed}`, async t => { await walk(t, seed) })
}

async function walk (t: Test, seed: number): Promise<void> {
  const random = new Random(seed)
  const server = await build(t, { seed, timing: seed % 2 === 0 ? 'realistic' : 'quick' })
  const asked = { world: 'default', token: await server.token() }
  const hooks = await receiver(t)
  const home = { latitude: 59.91, longitude: 10.75 }
  const spot = (): Body => random.next() < 0.8 ? home : { latitude: 48.1, longitude: 11.6 }
  const accounts: string[] = []
  const devices: Array<{ id: string, kind: string }> = []
  const link = async (vendor: string, ...of: Array<[string, Body?]>): Promise<void> => {
    const answer = await server.mock('POST', '/accounts', { vendor, userId: random.pick(users), devices: of.map(([type, state]) => ({ type, state: { ...spot(), ...state } })) })
    t.equal(answer.status, 200, answer.text)
    accounts.push(answer.body.id)
    for (const { id, type } of answer.body.devices) devices.push({ id, kind: type })
  }
  await link('HUAWEI', ['battery'], ['inverter'], ['meter'])
  await link('TESLA', ['vehicle', { isPluggedIn: true, batteryLevel: 20, isCharging: true }])
  await link('MITSUBISHI', ['hvac'])
  await link('EASEE', ['charger'])
  const locations: string[] = []
  for (const user of users) locations.push(String((await server.call('POST', `/users/${user}/locations`, { name: 'home', timezoneName: 'Europe/Oslo', ...home })).body.id))
  const some = (...kinds: string[]): { id: string, kind: string } => random.pick(devices.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)))
  const patch = async (id: string, body: Body): Promise<unknown> => await server.mock('PATCH', `/devices/${id}`, { ...body, observe: random.next() < 0.5 })
  const seldom = async (move: () => Promise<unknown>): Promise<unknown> => random.next() < 0.3 && await move()

  const moves: Array<() => Promise<unknown>> = [
    async () => { await link(random.pick(['TESLA', 'KIA']), ['vehicle', { isPluggedIn: random.next() < 0.5, batteryLevel: random.integer(5, 80) }]) },
    async () => { await link(random.pick(['HUAWEI', 'SOLAX']), ['battery'], ['inverter']) },
    async () => await server.mock('POST', `/accounts/${random.pick(accounts)}/devices`, { type: random.pick(['inverter', 'vehicle']), state: spot() }),
    async () => await server.call('POST', `/vehicles/${some('vehicle').id}/charging`, { action: random.pick(['START', 'STOP']) }),
    async () => await server.call('POST', `/batteries/${some('battery').id}/operation-mode`, { operationMode: random.pick(['SELF_RELIANCE', 'IMPORT_FOCUS', 'EXPORT_FOCUS', 'IDLE']) }),
    async () => await server.call('POST', `/hvacs/${some('hvac').id}/permanent-hold`, random.pick([{ mode: 'OFF' }, { mode: 'HEAT', heatSetpoint: random.integer(15, 25) }])),
    async () => await patch(some('vehicle').id, { state: { batteryLevel: random.integer(0, 100), isPluggedIn: random.next() < 0.6 } }),
    async () => await patch(some('battery').id, { state: { batteryLevel: random.integer(0, 100) } }),
    async () => await patch(some('inverter').id, { state: { peakPower: random.integer(3, 12) } }),
    async () => await patch(some().id, { state: spot() }),
    async () => await patch(some().id, { isReachable: random.next() < 0.5 }),
    async () => await patch(some('vehicle').id, { state: { pluggedInChargerId: random.next() < 0.7 ? some('charger').id : null } }),
    async () => {
      const { id, kind } = some()
      return await server.call('POST', `/${paths[kind]}/${id}/refresh-hint`)
    },
    async () => await server.call('PUT', `/vehicles/${some('vehicle').id}/smart-charging-policy`, { isEnabled: random.next() < 0.6, deadline: '07:00' }),
    async () => {
      await server.call('PUT', '/tariffs/t', ['day', 'night'].map(name => ({ name, cost: String(random.integer(1, 30) / 10) })))
      return await server.call('PUT', `/locations/${random.pick(locations)}/tariff`, { tariffId: 't', tariffIntervals: [{ name: 'day', from: '06:00', to: '22:00' }, { name: 'night', from: '22:00', to: '06:00' }] })
    },
    async () => await seldom(async () => await server.call('DELETE', `/locations/${random.pick(locations)}`)),
    async () => await seldom(async () => await server.call('POST', '/webhooks', { url: `${hooks.url}/${random.integer(1, 1000)}`, secret, events: random.pick([['*'], ['user:vehicle:updated']]) })),
    async () => await seldom(async () => {
      for (const { id } of (await server.call('GET', '/webhooks')).body.data) await server.call('DELETE', `/webhooks/${id}`)
    }),
    async () => await server.mock('POST', '/faults', random.pick([
      { on: { vendorType: random.pick(['vehicle', 'meter']) }, effect: { unreachable: true }, times: random.integer(1, 5) },
      { on: { vendor: random.pick(['TESLA', 'HUAWEI']) }, effect: { linkingStatus: 'OUTAGE' } }
    ])),
    async () => await server.mock('DELETE', '/faults'),
    async () => await seldom(async () => await server.mock('POST', `/accounts/${random.pick(accounts)}/invalidate`)),
    async () => await seldom(async () => await server.mock('DELETE', `/devices/${some().id}`)),
    async () => await seldom(async () => await server.call('DELETE', `/users/${random.pick(users)}/authorization`)),
    async () => await seldom(async () => await server.mock('POST', '/snapshots/twin/restore')),
    // What is refused in the middle is undone.
    async () => await server.mock('POST', '/accounts', { vendor: 'HUAWEI', userId: 'ada', devices: [{ type: 'inverter', state: home }, { type: 'vehicle' }] })
  ]

  const each = many(t)
  const compare = async (urls: string[], says: string): Promise<void> => {
    const { name, clientId, clientSecret } = (await server.mock('POST', '/snapshots/twin/restore', { into: 'twin' })).body
    const twin = { world: String(name), token: await server.token(clientId, clientSecret) }
    for (const url of urls) each.equal(await ask(server, asked, url), await ask(server, twin, url), `${says}, ${url}`)
    for (const [what, rows] of rowsOf(server, name)) each.same(rowsOf(server, 'default').get(what), rows, `${says}, ${what}`)
    await server.mock('DELETE', '/worlds/twin')
  }
  let urls: string[] = []
  for (let i = 0; i < 20; i++) {
    await random.pick(moves)()
    await server.advance(random.pick(['PT0S', 'PT1S', 'PT7M', 'PT1H', 'PT9H']))
    const now = String((await server.mock('GET', '/clock')).body.now)
    urls = await places(server, asked, now.slice(0, 10))
    // Some have been asked for before the next change, and some have not.
    for (const url of urls) if (random.next() < 0.3) await ask(server, asked, url)
    if (i % 4 < 3) continue
    await server.mock('POST', '/snapshots', { name: 'twin' })
    await compare(urls, `step ${i}`)
  }
  await server.mock('PATCH', `/devices/${some().id}`, { state: home })
  await server.advance('PT9H')
  for (const url of urls) await ask(server, asked, url)
  await server.mock('POST', '/snapshots/twin/restore')
  await compare(urls, 'once it went back to a snapshot')
  each.done()
}
