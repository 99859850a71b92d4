import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import t from 'tap'
import { main } from '../helpers/program.ts'
import { receiver, secret } from '../helpers/receiver.ts'
import { startMock } from '../../src/index.ts'

async function serve (data: string, ...flags: string[]): Promise<{ child: ChildProcess, url: string }> {
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data, '--fixture', 'empty', '--log-level', 'silent', ...flags])
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => { process.stderr.write(chunk) })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /listens on (\S+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', code => { reject(new Error(`exit ${code}: ${output}`)) })
  })
  return { child, url }
}

async function client (url: string) {
  const response = await fetch(`${url}/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'mock-client', client_secret: 'mock-secret' }) })
  const { access_token: token } = await response.json() as { access_token: string }
  return async (method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'x-mock-world': 'default', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    return { status: answer.status, body: await answer.json() }
  }
}

t.test('kill -9 under a load of commands loses nothing that was answered: actions go on and every event arrives', async t => {
  const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
  t.teardown(async () => { await rm(data, { recursive: true }) })
  const hooks = await receiver(t)
  const first = await serve(data)
  const call = await client(first.url)
  await call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vendor-action:updated'] })
  const account = await call('POST', '/_mock/accounts', { vendor: 'TESLA', userId: 'fleet', devices: Array.from({ length: 60 }, () => ({ type: 'vehicle', state: { isPluggedIn: true, isCharging: false } })) })
  const cars: string[] = account.body.devices.map((device: { id: string }) => device.id)
  const answered = new Map<string, string>()
  const killed = new AbortController()
  const load = cars.map(async car => {
    for (let i = 0; !killed.signal.aborted; i++) {
      try {
        const { status, body } = await call('POST', `/vehicles/${car}/charging`, { action: i % 2 === 0 ? 'START' : 'STOP' })
        if (status === 200) answered.set(body.id, car)
      } catch {
        return
      }
    }
  })
  for (const began = performance.now(); answered.size < 150 && performance.now() - began < 20_000;) await new Promise(resolve => setTimeout(resolve, 20))
  first.child.kill('SIGKILL')
  await new Promise(resolve => first.child.once('exit', resolve))
  killed.abort()
  await Promise.all(load)
  t.ok(answered.size > 100, `${answered.size} actions were answered`)

  const second = await serve(data)
  t.teardown(() => { second.child.kill('SIGKILL') })
  const again = await client(second.url)
  await again('POST', '/_mock/clock/advance', { by: 'PT3M' })
  const ids = [...answered.keys()]
  const actions = await Promise.all(ids.map(async id => (await again('GET', `/vehicles/actions/${id}`)).body))
  t.same(actions.filter(action => !ids.includes(action.id)), [], 'every answered action is there')
  t.same(actions.filter(action => action.state === 'PENDING'), [], 'those that were pending went on')
  await again('POST', '/_mock/deliveries/drain')
  const announced = new Set(hooks.events().map(event => event.vendorAction.id))
  t.same(ids.filter(id => !announced.has(id)), [], 'every action\'s end was announced')
  t.ok(hooks.received.every(each => each.isSigned))
})

t.test('kill -9 changes nothing in the past: all statistics answer as before', async t => {
  const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
  t.teardown(async () => { await rm(data, { recursive: true }) })
  const flags = ['--clock', 'frozen', '--now', '2026-03-28T00:00:00Z']
  const first = await serve(data, ...flags)
  let call = await client(first.url)
  const spot = { latitude: 59.91, longitude: 10.75 }
  const account = async (vendor: string, ...types: string[]): Promise<string[]> =>
    (await call('POST', '/_mock/accounts', { vendor, userId: 'user-1', devices: types.map(type => ({ type, state: spot })) })).body.devices.map((device: { id: string }) => device.id)
  const [inverter] = await account('HUAWEI', 'inverter', 'battery', 'meter')
  const [car] = await account('VOLKSWAGEN', 'vehicle')
  await account('DAIKIN', 'hvac')
  await call('POST', '/users/user-1/locations', { name: 'Home', ...spot, timezoneName: 'Europe/Oslo' })
  await call('PATCH', `/_mock/devices/${car}`, { state: { isPluggedIn: true, isCharging: true, batteryLevel: 20 } })
  // Into an interval, with nothing that would make the server store what flowed since.
  await call('POST', '/_mock/clock/advance', { by: 'PT55H7M13S' })
  const ask = async (url: string): Promise<any[]> => {
    call = await client(url)
    const { body: { data: [system] } } = await call('GET', '/hem-systems')
    const since = 'startDate=2026-03-28T00:00:00Z'
    const paths = ['?month=3', '?month=3&day=29'].map(query => `/inverters/${inverter}/statistics${query}&year=2026`)
      .concat(['2026-03', '2026-03-29', '2026-03-30'].map(interval => `/hem-systems/${system.id}/statistics?interval=${interval}`))
      .concat(['vehicle', 'hvac'].flatMap(type => [`?${since}&resolution=QUARTER_HOUR`, `?${since}`, `/sessions?${since}`].map(query => `/users/user-1/statistics/charging${query}&type=${type}`)))
    return await Promise.all(paths.map(async path => ({ path, ...await call('GET', path) })))
  }
  const before = await ask(first.url)
  t.same(before.filter(({ status, body }) => status > 202 || JSON.stringify(body).length < 200), [], 'there is a past')
  first.child.kill('SIGKILL')
  await new Promise(resolve => first.child.once('exit', resolve))
  const second = await serve(data, ...flags)
  t.teardown(() => { second.child.kill('SIGKILL') })
  t.same(await ask(second.url), before)
})

t.test('time stands still while the process is down, and a token still works afterwards', async t => {
  const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
  t.teardown(async () => { await rm(data, { recursive: true }) })
  const options = { port: 0, data, clock: 'frozen', now: '2026-01-01T00:00:00Z', fixture: 'demo' } as const
  const one = await startMock(options)
  const token = async (): Promise<string> => {
    const response = await fetch(one.tokenUrl, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'mock-client', client_secret: 'mock-secret' }) })
    return (await response.json() as { access_token: string }).access_token
  }
  const ended = await token()
  await fetch(`${one.url}/_mock/tokens/expire`, { method: 'POST', headers: { 'x-mock-world': 'default' } })
  const kept = await token()
  const call = await client(one.url)
  await one.clock.advance('PT9M59S')
  await one.clock.advance('PT1S')
  const { body: before } = await call('GET', '/vehicles')
  await one.close()
  const two = await startMock({ ...options, now: '2030-01-01T00:00:00Z', seed: 99 })
  t.teardown(async () => { await two.close() })
  t.equal(two.clock.now(), '2026-01-01T00:10:00.000Z')
  t.match({ seed: two.seed, fixture: two.fixture }, { seed: one.seed, fixture: 'demo' })
  await t.rejects(startMock(options), /in use by another mock-enode/)
  const { body: after } = await (await client(two.url))('GET', '/vehicles')
  t.same(JSON.parse(JSON.stringify(after).replaceAll(two.url, one.url)), before)
  const statusOf = async (token: string): Promise<number> => (await fetch(`${two.url}/vehicles`, { headers: { authorization: `Bearer ${token}` } })).status
  t.same([await statusOf(kept), await statusOf(ended)], [200, 401])
})

t.test('a process that ends while the clock is moved on polls soon after its next start', async t => {
  const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
  t.teardown(async () => { await rm(data, { recursive: true }) })
  const options = { port: 0, data, clock: 'frozen', now: '2026-01-01T00:00:00Z', fixture: 'empty' } as const
  const one = await startMock(options)
  const call = await client(one.url)
  const { body: { devices: [{ id }] } } = await call('POST', '/_mock/accounts', { vendor: 'TESLA', userId: 'ann', devices: [{ type: 'vehicle', state: { isPluggedIn: true, isCharging: false } }] })
  const moved = one.clock.advance('P1000000D')
  const interrupted = t.rejects(moved, /gone|clock stopped/)
  await new Promise(resolve => setTimeout(resolve, 300))
  await one.close()
  await interrupted
  const two = await startMock(options)
  t.teardown(async () => { await two.close() })
  const stopped = two.clock.now()
  t.ok(stopped > '2026-01-02' && stopped < '4700', stopped)
  await two.clock.advance('PT20M')
  const { body: { lastSeen } } = await (await client(two.url))('GET', `/vehicles/${id}`)
  t.ok(lastSeen > stopped, lastSeen)
})

t.test('a database of a newer version is refused with a sentence that says so', async t => {
  const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
  t.teardown(async () => { await rm(data, { recursive: true }) })
  const one = await startMock({ port: 0, data, fixture: 'empty' })
  await one.close()
  const db = new Database(join(data, 'mock-enode.sqlite'))
  db.pragma('user_version = 999')
  db.close()
  await t.rejects(startMock({ port: 0, data }), /version 999.*newer mock-enode/)
  const half = join(data, 'half')
  const fixture = join(data, 'fixture.json')
  await writeFile(fixture, JSON.stringify({ users: ['a'], accounts: [{ vendor: 'TESLA', devices: [{ type: 'vehicle', state: { batteryLevel: 101 } }] }] }))
  await t.rejects(startMock({ port: 0, data: half, fixture }), { name: 'ConfigError', message: /at accounts\.0\.devices\.0\.state\.batteryLevel: .*100/ })
  const whole = await startMock({ port: 0, data: half, fixture: 'demo' })
  t.equal(whole.fixture, 'demo', 'a fixture that fails leaves nothing behind')
  await whole.close()
  await t.rejects(startMock({ port: 0, fixture: 'nowhere' }), /neither one of demo, empty/)
  await t.rejects(startMock({ port: -1 }), { name: 'ConfigError', message: /option port must be/ })
})

t.test('kill -9 in the middle of a drive: the life goes on as if nothing had been', async t => {
  const flags = ['--clock', 'frozen', '--now', '2026-01-05T00:00:00Z', '--seed', '5']
  const live = async (isKilled: boolean): Promise<string> => {
    const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
    t.teardown(async () => { await rm(data, { recursive: true }) })
    let server = await serve(data, ...flags)
    t.teardown(() => { server.child.kill('SIGKILL') })
    let call = await client(server.url)
    const account = await call('POST', '/_mock/accounts', {
      vendor: 'TESLA', userId: 'user-1', life: 'long-distance', devices: [{ type: 'vehicle', state: { latitude: 48.2, longitude: 16.37 } }, { type: 'charger' }, { type: 'meter' }]
    })
    const [car, , meter] = account.body.devices.map((device: { id: string }) => device.id)
    await call('POST', '/users/user-1/locations', { name: 'Home', latitude: 48.2, longitude: 16.37, timezoneName: 'Europe/Vienna' })
    await call('POST', '/_mock/clock/advance', { by: 'P3D' })
    await call('POST', `/_mock/devices/${car}/trips`, { km: 700, bearing: 270, stay: 'PT5H' })
    await call('POST', '/_mock/clock/advance', { by: 'PT4H' })
    const { trips } = (await call('GET', `/_mock/devices/${car}/trips`)).body
    t.equal(trips.at(-1).arrivedAt, null, 'it is on its way')
    if (isKilled) {
      server.child.kill('SIGKILL')
      await new Promise(resolve => server.child.once('exit', resolve))
      server = await serve(data, ...flags)
      call = await client(server.url)
    }
    await call('POST', '/_mock/clock/advance', { by: 'P9D' })
    const paths = [`/_mock/devices/${car}/trips?from=2026-01-01T00:00:00Z`, `/_mock/devices/${car}`, `/_mock/devices/${meter}/day`, '/users/user-1/statistics/charging/sessions?type=vehicle&startDate=2026-01-01T00:00:00Z']
    return JSON.stringify(await Promise.all(paths.map(async path => (await call('GET', path)).body))).replaceAll(server.url, '')
  }
  const whole = await live(false)
  t.ok(whole.includes('"purpose":"errand"'))
  t.equal(await live(true), whole)
})
