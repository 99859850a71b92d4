import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { build } from './helpers/build.ts'
import { receiver, secret } from './helpers/receiver.ts'

const run = promisify(execFile)
const story = fileURLToPath(new URL('helpers/same-bytes.ts', import.meta.url))

async function bytesOf (seed: number): Promise<string> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', story, String(seed)], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

t.test('the same seed, start and calls give the same bytes in two processes, webhook bodies included', async t => {
  const [one, two, other] = await Promise.all([bytesOf(11), bytesOf(11), bytesOf(12)])
  const lines = one.split('\n')
  t.ok(lines.filter(line => line.startsWith('webhook')).length > 20)
  const differing = two.split('\n').findIndex((line, i) => line !== lines[i])
  t.equal(differing, -1, `line ${differing}: ${String(lines[differing]).slice(0, 300)}`)
  t.equal(one.length, two.length)
  t.not(one, other, 'another seed gives another world')
})

t.test('a world that is reset repeats itself byte for byte', async t => {
  const server = await build(t, { fixture: 'demo' })
  const once = async (): Promise<string[]> => {
    const texts = [(await server.call('GET', '/vehicles')).text]
    await server.car({ vendor: 'AUDI' })
    await server.advance('PT5H')
    texts.push((await server.call('GET', '/vehicles')).text, (await server.mock('GET', '/accounts')).text)
    return texts
  }
  const first = await once()
  t.equal((await server.mock('POST', '/reset')).status, 204)
  t.same(await once(), first)
})

t.test('how far one advances at a time makes no difference', async t => {
  const hooks = await receiver(t)
  for (const isFollowed of [true, false]) {
    const views: string[] = []
    for (const [steps, by] of [[1, 'PT4H'], [8, 'PT30M'], [240, 'PT1M']] as const) {
      const server = await build(t, { fixture: 'demo', timing: 'realistic' })
      if (isFollowed) await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated'] })
      const { data: [car] } = (await server.call('GET', '/vehicles')).body
      await server.call('POST', `/vehicles/${car.id}/charging`, { action: 'STOP' })
      for (let i = 0; i < steps; i++) await server.advance(by)
      const { text } = await server.call('GET', '/vehicles')
      // Of what nobody follows, only the last look of a move is taken, at another moment.
      views.push(isFollowed ? text : text.replaceAll(/"(lastSeen|lastUpdated)":"[^"]+"/g, ''))
    }
    t.equal(views[1], views[0])
    t.equal(views[2], views[0])
  }
})

t.test('a running clock moves by itself, at its speed, and carries out what is due', async t => {
  const server = await build(t, { clock: 'running', speed: 600 })
  const car = await server.car({ state: { isPluggedIn: true, isCharging: false, batteryLevel: 40 } })
  const { id } = (await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).body
  const began = performance.now()
  while ((await server.call('GET', `/vehicles/actions/${id}`)).body.state === 'PENDING' && performance.now() - began < 5000) {
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  t.equal((await server.call('GET', `/vehicles/actions/${id}`)).body.state, 'CONFIRMED')
  const { now, mode, speed } = (await server.mock('GET', '/clock')).body
  t.match({ mode, speed }, { mode: 'running', speed: 600 })
  t.ok(Date.parse(now) > Date.parse('2026-01-01T00:00:02Z'))
  await server.mock('PUT', '/clock', { mode: 'frozen' })
  const frozen = (await server.mock('GET', '/clock')).body.now
  await new Promise(resolve => setTimeout(resolve, 20))
  t.equal((await server.mock('GET', '/clock')).body.now, frozen)
})

t.test('a clock that runs faster than the machine slows down instead of skipping anything, and the server still answers', async t => {
  const server = await build(t, { clock: 'running', speed: 1e6 })
  const car = await server.car({ state: { isPluggedIn: true, isCharging: true, batteryLevel: 10 } })
  await server.mock('POST', '/accounts', { vendor: 'KIA', userId: 'fleet', devices: Array.from({ length: 500 }, () => ({ type: 'vehicle', state: { isPluggedIn: true, isCharging: true } })) })
  const times: number[] = []
  for (let i = 0; i < 40; i++) {
    const { status, body } = await server.mock('GET', '/clock')
    t.equal(status, 200, 'it answers')
    times.push(Date.parse(body.now))
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  t.same(times, [...times].sort((a, b) => a - b), 'time never goes back')
  const due = server.worlds.default.store.read(tx => tx.timers.next()?.due) ?? Infinity
  t.ok(server.worlds.default.clock.now() <= due, 'nothing that is due was passed')
  await server.mock('PUT', '/clock', { mode: 'frozen' })
  t.equal((await server.vehicle(car)).isReachable, true)
})

t.test('calls to advance at the same time add up, in their order', async t => {
  const server = await build(t)
  await server.car({ state: { isPluggedIn: true, isCharging: true } })
  await Promise.all([server.advance('PT10H'), server.advance('PT10H'), server.advance('PT1S')])
  t.equal((await server.mock('GET', '/clock')).body.now, '2026-01-01T20:00:01.000Z')
})

t.test('a reset ends an advance that is under way, and the clock can go as far again', async t => {
  const server = await build(t, { fixture: 'demo' })
  const far = server.mock('POST', '/clock/advance', { by: 'P900Y' })
  await new Promise(resolve => setTimeout(resolve, 50))
  t.equal((await server.mock('POST', '/reset')).status, 204)
  t.match(await far, { status: 503, body: { title: 'Service Unavailable', detail: /reset/ } })
  t.equal((await server.mock('GET', '/clock')).body.now, '2026-01-01T00:00:00.000Z')
  t.equal((await server.advance('PT1H')).now, '2026-01-01T01:00:00.000Z')
})

t.test('a server that ends, or a world that is deleted, answers what is under way with a 503', async t => {
  const server = await build(t, { fixture: 'demo' })
  await server.mock('POST', '/worlds', { name: 'w', fixture: 'demo' })
  const inWorld = server.mock('POST', '/clock/advance', { by: 'P900Y' }, { 'x-mock-world': 'w' })
  const inDefault = server.mock('POST', '/clock/advance', { by: 'P900Y' })
  await new Promise(resolve => setTimeout(resolve, 50))
  t.equal((await server.mock('DELETE', '/worlds/w')).status, 204)
  t.equal((await inWorld).status, 503)
  const closing = server.app.close()
  t.equal((await inDefault).status, 503)
  await closing
})

t.test('worlds never share credentials, whatever their names', async t => {
  const server = await build(t)
  const ids = new Set<string>()
  for (const name of ['w-1O', 'w-20', 'Aa', 'BB']) ids.add((await server.mock('POST', '/worlds', { name })).body.clientId)
  t.equal(ids.size, 4)
})
