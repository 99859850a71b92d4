import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import t, { type Test } from 'tap'
import { Random } from '../../src/lib/random.ts'
import { fileFormat } from '../../src/contract/mock-journal.ts'
import { mostSnapshots } from '../../src/world/snapshots.ts'
import { build, type Answer, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret, type Received } from '../helpers/receiver.ts'

/** A server in which much is under way, and a receiver that fails now and then. */
async function lively (t: Test) {
  const server = await build(t, { fixture: 'home', timing: 'realistic' })
  const hooks = await receiver(t)
  let count = 0
  hooks.behaviour = response => { response.writeHead(++count % 4 === 0 ? 500 : 200).end() }
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const cars: string[] = (await server.call('GET', '/vehicles')).body.data.map((car: Body) => car.id)
  await server.advance('PT25M')
  return { server, hooks, cars, again: () => { count = 0 } }
}

/** What is worked out from rows, and kept in memory between calls. */
const statistics = ['vehicle', 'charger', 'hvac'].map(type => `/users/household/statistics/charging?type=${type}&startDate=2026-01-01T00:00:00Z&resolution=QUARTER_HOUR`)

/** Calls that draw chance, set timers and announce events. Answers all that came of them. */
async function story (server: Server, cars: readonly string[], received: Received[], world = 'default', client: string[] = []): Promise<string[]> {
  const texts: string[] = []
  const headers = { authorization: `Bearer ${await server.token(...client)}` }
  const keep = (answer: Answer): void => { texts.push(`${answer.status} ${answer.text.replace(/"link(Url|Token)":"[^"]*"/g, '"link"')}`) }
  const mock = async (method: 'GET' | 'POST', url: string, body?: unknown): Promise<void> => { keep(await server.mock(method, url, body, { 'x-mock-world': world })) }
  const from = received.length
  for (const car of cars) keep(await server.call('POST', `/vehicles/${car}/charging`, { action: 'STOP' }, headers))
  await mock('POST', '/accounts', { vendor: 'AUDI', userId: 'cleo', devices: [{ type: 'vehicle' }] })
  await mock('POST', '/clock/advance', { by: 'PT40M' })
  keep(await server.call('POST', '/users/dora/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' }, headers))
  for (const car of cars) keep(await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' }, headers))
  await mock('POST', '/clock/advance', { by: 'PT11M' })
  for (const url of ['/vehicles', '/hvacs', '/hem-systems', '/users', '/webhooks', '/users/household/schedules', ...statistics]) keep(await server.call('GET', url, undefined, headers))
  for (const car of cars) keep(await server.call('GET', `/vehicles/${car}/smart-charging-status`, undefined, headers))
  await mock('POST', '/deliveries/drain')
  for (const url of ['/faults', '/devices', '/timeline?limit=1000', '/deliveries?limit=1000', '/clock']) await mock('GET', url)
  texts.push(...received.slice(from).map(({ headers, body }) => `${headers['x-enode-delivery']} ${headers['x-enode-signature']} ${body}`))
  // A receiver says when it answered.
  return texts.map(text => text.replaceAll(/date: [^"]*/g, 'date'))
}

function same (t: Test, found: string[], wanted: string[], says: string): void {
  const at = wanted.findIndex((text, i) => text !== found[i])
  const place = at === -1 ? 0 : [...wanted[at] ?? ''].findIndex((letter, i) => letter !== found[at]?.[i])
  t.equal(at, -1, `${says}: text ${at} differs\n${wanted[at]?.slice(Math.max(0, place - 100), place + 200)}\n${found[at]?.slice(Math.max(0, place - 100), place + 200)}`)
  t.equal(found.length, wanted.length, says)
}

t.test('what happens after a restore has the same bytes as the first time', async t => {
  const { server, hooks, cars, again } = await lively(t)
  // Pending: a delivery that waits for its retry, one that a fault keeps back, an action, and faults with something left.
  await server.mock('POST', '/faults', { on: { method: 'GET', path: '/users' }, effect: { status: 503 }, times: 2 })
  await server.mock('POST', '/faults', { on: { event: 'user:vehicle:updated' }, effect: { delay: 'PT3M' }, times: 1 })
  await server.mock('POST', '/faults', { on: { kind: 'START' }, effect: { outcome: { state: 'FAILED' } }, times: 1, after: 1 })
  hooks.behaviour = 500
  await server.mock('PATCH', `/devices/${cars[0]}`, { state: { batteryLevel: 12 } })
  await server.mock('PATCH', `/devices/${cars[0]}`, { state: { batteryLevel: 13 } })
  await server.call('POST', `/vehicles/${cars[1]}/max-current`, { maxCurrent: 9 })
  await server.mock('POST', '/deliveries/drain')
  t.ok((await server.mock('GET', '/deliveries?state=PENDING')).text.includes('"nextAttemptAt":"'))
  hooks.behaviour = response => { response.writeHead(200).end() }
  again()

  const saved = await server.mock('POST', '/snapshots', { name: 'before' })
  t.match(saved, { status: 200, body: { name: 'before', now: '2026-01-01T00:25:00.000Z', bytes: Number } })
  const first = await story(server, cars, hooks.received)
  t.ok(first.length > 20, `${first.length} texts`)
  t.ok(first.some(text => text.startsWith('503')), 'a fault of the snapshot acts')

  t.test('in the same world, time and again', async t => {
    for (let i = 0; i < 2; i++) {
      t.equal((await server.mock('POST', '/snapshots/before/restore')).status, 204)
      same(t, await story(server, cars, hooks.received), first, `round ${i}`)
    }
    await server.mock('POST', '/snapshots/before/restore', {})
    const later = await server.token()
    await server.mock('POST', '/snapshots/before/restore', {})
    t.equal((await server.call('GET', '/vehicles', undefined, { authorization: `Bearer ${later}` })).status, 200, 'a token that was given out meanwhile goes on working')
    t.equal(await server.token(), later, 'the random stream gives it out again')
  })

  t.test('in a new world, which is one of its own', async t => {
    const made = (await server.mock('POST', '/snapshots/before/restore', { into: 'copy' })).body
    t.match(made, { name: 'copy', clientId: /^[0-9a-f-]{36}$/, clientSecret: /^[0-9a-f]{40}$/ })
    const before = (await server.mock('GET', '/clock')).body
    same(t, await story(server, cars, hooks.received, 'copy', [made.clientId, made.clientSecret]), first, 'copy')
    t.same((await server.mock('GET', '/clock')).body, before, 'the other stands where it stood')
    t.same((await server.mock('GET', '/snapshots', undefined, { 'x-mock-world': 'copy' })).body, [])
    await server.mock('POST', '/reset', undefined, { 'x-mock-world': 'copy' })
    t.match((await server.mock('GET', '/info', undefined, { 'x-mock-world': 'copy' })).body, { seed: 7, fixture: 'home', clientId: made.clientId, clock: { now: '2026-01-01T00:00:00.000Z' } }, 'a reset goes to the start of the snapshot\'s world')
    const taken = await server.mock('POST', '/snapshots/before/restore', { into: 'copy' })
    t.match(taken, { status: 409, body: { detail: /already a world named copy/ } })
  })

  t.test('on another server, by way of a file', async t => {
    const file = await server.mock('GET', '/snapshots/before/file')
    t.match(file.body, { format: fileFormat, version: String, name: 'before', now: '2026-01-01T00:25:00.000Z', mode: 'frozen', speed: 1 })
    t.match(file.headers['content-disposition'], 'attachment; filename="before.mock-enode.json"')
    const other = await build(t, { seed: 99, timing: 'quick' })
    t.equal((await other.call('GET', '/vehicles')).body.data.length, 0)
    t.match(await other.mock('POST', '/snapshots/file', file.text), { status: 200, body: { name: 'before' } })
    t.equal((await other.mock('POST', '/snapshots/before/restore')).status, 204)
    same(t, await story(other, cars, hooks.received), first, 'another server')
    t.same((await other.mock('GET', '/snapshots/before/file')).body.database, file.body.database, 'the file goes round unchanged')
  })

  t.test('with the clock as it ran', async t => {
    await server.mock('PUT', '/clock', { mode: 'running', speed: 5 })
    await server.mock('POST', '/snapshots', { name: 'running' })
    await server.mock('PUT', '/clock', { mode: 'frozen' })
    await server.mock('POST', '/snapshots/running/restore')
    t.match((await server.mock('GET', '/clock')).body, { mode: 'running', speed: 5 })
    await server.mock('POST', '/snapshots/before/restore')
    t.match((await server.mock('GET', '/clock')).body, { mode: 'frozen', speed: 1 })
  })
})

t.test('what was worked out from a past that a restore or a reset took back is forgotten', async t => {
  const server = await build(t, { fixture: 'home' })
  const { id } = (await server.call('GET', '/chargers')).body.data[0]
  const [inverter] = (await server.call('GET', '/inverters')).body.data
  const ask = async (): Promise<string[]> => await Promise.all([
    ...[...statistics, `/inverters/${inverter.id}/statistics?year=2026&month=1&day=1`].map(async url => (await server.call('GET', url)).text),
    server.mock('GET', `/devices/${id}/day`).then(answer => answer.text)
  ])
  const begun = await ask()
  await server.advance('PT2H')
  const saved = await ask()
  await server.mock('POST', '/snapshots', { name: 'here' })
  // From here the charger gives nothing.
  await server.mock('PATCH', `/devices/${id}`, { state: { isPluggedIn: false } })
  await server.advance('PT2H')
  const otherwise = await ask()
  t.notSame(otherwise, saved)
  await server.mock('POST', '/snapshots/here/restore')
  t.same(await ask(), saved)
  await server.advance('PT2H')
  const later = await ask()
  t.notSame(later, otherwise)
  await server.mock('POST', '/reset')
  t.same(await ask(), begun)
})

t.test('a large world is as it was after a reset, and after another', async t => {
  const server = await build(t)
  const fleet = (await server.mock('POST', '/worlds', { name: 'fleet', fixture: { accounts: [{ vendor: 'KIA', userId: 'fleet', devices: Array.from({ length: 1000 }, () => ({ type: 'vehicle' })) }] } })).body
  t.equal(fleet.name, 'fleet')
  const world = { 'x-mock-world': 'fleet' }
  const cars = (await server.mock('GET', '/devices', undefined, world)).text
  for (let i = 0; i < 2; i++) t.equal((await server.mock('POST', '/reset', undefined, world)).status, 204)
  t.equal((await server.mock('GET', '/devices', undefined, world)).text, cars)
})

t.test('snapshots are listed, replaced, deleted and limited, each world has its own', async t => {
  const server = await build(t)
  await server.mock('POST', '/worlds', { name: 'other' })
  for (const name of ['a', 'b', 'a']) t.equal((await server.mock('POST', '/snapshots', { name })).status, 200)
  t.same((await server.mock('GET', '/snapshots')).body.map((each: Body) => each.name), ['a', 'b'])
  t.same((await server.mock('GET', '/snapshots', undefined, { 'x-mock-world': 'other' })).body, [])
  t.equal((await server.mock('POST', '/snapshots/a/restore', undefined, { 'x-mock-world': 'other' })).status, 404)
  t.equal((await server.mock('DELETE', '/snapshots/a')).status, 204)
  for (const [method, url] of [['DELETE', '/snapshots/a'], ['POST', '/snapshots/a/restore'], ['GET', '/snapshots/a/file']] as const) {
    t.match(await server.mock(method, url), { status: 404, body: { detail: 'Could not find snapshot a' } })
  }
  t.match(await server.mock('POST', '/snapshots', { name: 'no spaces' }), { status: 400, body: { detail: /^"name" must be 1 to 64 letters/ } })
  t.match(await server.mock('POST', '/snapshots/b/restore', { into: 'no spaces' }), { status: 400, body: { detail: /^"into" must be 1 to 64 letters/ } })
  t.match(await server.mock('POST', '/snapshots/b/restore', { onto: 'x' }), { status: 400, body: { detail: '"onto" is not allowed' } })
  for (let i = 1; i < mostSnapshots; i++) await server.mock('POST', '/snapshots', { name: `n${i}` })
  t.match(await server.mock('POST', '/snapshots', { name: 'more' }), { status: 400, body: { detail: /already 50 snapshots/ } })
})

t.test('a file that is newer, damaged or none of ours is refused, and changes nothing', async t => {
  const server = await build(t, { fixture: 'demo' })
  await server.mock('POST', '/snapshots', { name: 'good' })
  const { body: file } = await server.mock('GET', '/snapshots/good/file')
  const before = (await server.call('GET', '/vehicles')).text
  const upload = async (change: Body): Promise<Answer> => await server.mock('POST', '/snapshots/file', { ...file, name: 'bad', ...change })
  t.match(await upload({ format: fileFormat + 1, version: '9.9.9' }), { status: 400, body: { detail: /^"format" of this snapshot is 2, written by mock-enode 9\.9\.9; this mock-enode, \d+\.\d+\.\d+, reads formats from 1 to 1$/, issues: [{ path: ['format'] }] } })
  t.match(await upload({ format: 0 }), { status: 400, body: { detail: /reads formats from 1 to 1/ } })
  for (const database of ['', 'garbage', Buffer.from('not gzipped').toString('base64')]) t.match(await upload({ database }), { status: 400, body: { issues: [{ path: ['database'] }] } })
  t.match(await upload({ database: undefined }), { status: 400, body: { detail: '"database" is required' } })
  t.same((await server.mock('GET', '/snapshots')).body.length, 1)

  const packed = (bytes: Buffer): string => gzipSync(bytes).toString('base64')
  const edited = (sql: string): string => {
    const db = new Database(gunzipSync(Buffer.from(file.database, 'base64')))
    db.exec(sql)
    return packed(db.serialize())
  }
  const whole = gunzipSync(Buffer.from(file.database, 'base64'))
  const cases: Array<[string, RegExp]> = [
    [packed(Buffer.from('no database at all')), /holds no database of mock-enode/],
    [packed(whole.subarray(0, whole.length / 2)), /damaged|holds no database of mock-enode/],
    [edited('pragma user_version = 999'), /^the snapshot cannot be read: the database has version 999, this mock-enode knows versions up to \d+$/],
    [edited('drop table vehicles'.replace('vehicles', 'timers')), /holds no database of mock-enode: no such table: timers/],
    [edited('delete from world'), /^the snapshot holds no world$/]
  ]
  for (const [database, detail] of cases) {
    t.equal((await upload({ database })).status, 200)
    t.match(await server.mock('POST', '/snapshots/bad/restore'), { status: 400, body: { detail } })
    t.match(await server.mock('POST', '/snapshots/bad/restore', { into: 'new' }), { status: 400, body: { detail } })
    t.equal((await server.call('GET', '/vehicles')).text, before)
  }
  t.same(server.worlds.list().map(world => world.name), ['default'], 'a world that could not be filled is gone')
})

t.test('ten workers at one server, each with a world and a clock of its own, see nothing of each other', async t => {
  const server = await build(t, { timing: 'realistic' })
  const worker = async (n: number): Promise<string[]> => {
    const name = `worker-${n}`
    const random = new Random(n)
    const made = (await server.mock('POST', '/worlds', { name, seed: 5, now: `20${30 + n}-01-01T00:00:00Z` })).body
    const world = { 'x-mock-world': name }
    const own = { authorization: `Bearer ${await server.token(made.clientId, made.clientSecret)}` }
    const hooks = await receiver(t)
    await server.call('POST', '/webhooks', { url: hooks.url, secret }, own)
    const cars: string[] = []
    let elapsed = 0
    for (let step = 0; step < 25; step++) {
      const userId = `user-${n}-${step}`
      switch (random.integer(0, 3)) {
        case 0: cars.push((await server.mock('POST', '/accounts', { vendor: 'TESLA', userId, devices: [{ type: 'vehicle', state: { isPluggedIn: true, isCharging: false, batteryLevel: n } }] }, world)).body.devices[0].id); break
        case 1: if (cars.length > 0) await server.call('POST', `/vehicles/${random.pick(cars)}/charging`, { action: 'START' }, own); break
        case 2: await server.mock('POST', '/faults', { on: { path: '/users' }, effect: { status: 400 + n }, times: 1 }, world); break
        default: {
          const minutes = random.integer(1, 4)
          elapsed += minutes
          await server.mock('POST', '/clock/advance', { by: `PT${minutes}M` }, world)
        }
      }
      t.ok([200, 400 + n].includes((await server.call('GET', '/users', undefined, own)).status))
    }
    t.equal((await server.mock('GET', '/clock', undefined, world)).body.now, new Date(Date.UTC(2030 + n, 0, 1, 0, elapsed)).toISOString())
    await server.mock('DELETE', '/faults', undefined, world)
    await server.mock('POST', '/deliveries/drain', undefined, world)
    const seen = [
      (await server.call('GET', '/vehicles?pageSize=100', undefined, own)).body.data.map((car: Body) => car.userId),
      (await server.call('GET', '/users?pageSize=100', undefined, own)).body.data.map((user: Body) => user.id),
      hooks.events().flatMap(event => event.user === undefined ? [] : [event.user.id]),
      (await server.mock('GET', '/timeline?limit=1000', undefined, world)).body.flatMap((entry: Body) => entry.userId ?? [])
    ].flat() as string[]
    t.ok(seen.length > 10)
    t.same(seen.filter(id => !id.startsWith(`user-${n}-`)), [], `${name} sees its own alone`)
    t.ok((await server.mock('GET', '/requests?limit=1000', undefined, world)).body.length > 25)
    return seen
  }
  const all = await Promise.all(Array.from({ length: 10 }, async (_, n) => await worker(n)))
  t.equal(new Set(all.map(String)).size, 10)
  t.same((await server.mock('GET', '/requests')).body.filter((each: Body) => each.path !== '/oauth2/token'), [])
  t.equal((await server.mock('GET', '/clock')).body.now, '2026-01-01T00:00:00.000Z')
})

t.test('a world on disk goes back to its snapshots and to its start as any other', async t => {
  const car = { type: 'vehicle' as const }
  // More devices than a reset makes anew: it copies them.
  const fixture = join(t.testdir({ 'fixture.json': JSON.stringify({ accounts: [{ vendor: 'TESLA', userId: 'ada', devices: Array.from({ length: 101 }, () => car) }] }) }), 'fixture.json')
  const server = await build(t, { fixture, data: join(t.testdirName, 'data') })
  const count = (): number => server.worlds.default.store.read(tx => tx.devices.list().length)
  const saved = await server.mock('POST', '/snapshots', { name: 'before' })
  t.equal(saved.status, 200, saved.text)
  await server.car()
  t.equal(count(), 102)
  const restored = await server.mock('POST', '/snapshots/before/restore')
  t.equal(restored.status, 204, restored.text)
  t.equal(count(), 101)
  await server.car()
  const reset = await server.mock('POST', '/reset')
  t.equal(reset.status, 204, reset.text)
  t.equal(count(), 101)
})
