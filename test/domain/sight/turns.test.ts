import t from 'tap'
import { type Timing } from '../../../src/contract/timing.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const start = '2026-03-02T00:00:00Z'

async function advanceBy (server: Server, by: string): Promise<number> {
  return Number((await server.mock('POST', '/clock/advance', { by })).body.timers)
}

async function listOf (server: Server, path: string): Promise<Body[]> {
  return (await server.call('GET', path)).body.data as Body[]
}

/** Switches smart charging of every car and every schedule on or off. */
async function control (server: Server, isEnabled: boolean): Promise<void> {
  const policy = isEnabled ? { isEnabled, deadline: '07:30', minimumChargeLimit: 20 } : { isEnabled }
  for (const { id } of await listOf(server, '/vehicles')) t.equal((await server.call('PUT', `/vehicles/${id}/smart-charging-policy`, policy)).status, 200)
  for (const { id, ...schedule } of await listOf(server, '/users/household/schedules')) t.equal((await server.call('PUT', `/schedules/${id}`, { ...schedule, isEnabled })).status, 200)
}

t.test('a home that a schedule and smart charging follow takes few timers, and none more once they are off', async t => {
  const timersOf = async (isControlled: boolean): Promise<number[]> => {
    const server = await build(t, { fixture: 'home', now: start })
    const days = [await advanceBy(server, 'P1D'), await advanceBy(server, 'P1D')]
    if (isControlled) await control(server, true)
    days.push(await advanceBy(server, 'P2D'))
    await control(server, false)
    await advanceBy(server, 'P1D')
    for (const { id } of [...await listOf(server, '/vehicles'), ...await listOf(server, '/chargers')]) {
      server.worlds.default.store.read(tx => { t.same((['asset.poll', 'asset.turn', 'smart-charging.look'] as const).filter(kind => tx.timers.get(kind, String(id)) !== undefined), []) })
    }
    return [...days, await advanceBy(server, 'P1D')]
  }
  const controlled = await timersOf(true)
  t.ok(controlled.every(timers => timers < 100), `${controlled.join(', ')} timers`)
  t.equal(controlled.at(-1), (await timersOf(false)).at(-1))
  t.ok((controlled.at(-1) ?? Infinity) < 15)
})

t.test('what controls a home decides the same, whether or not every look is followed', async t => {
  const live = async (timing: Timing, seed: number, isFollowed: boolean): Promise<string[]> => {
    const server = await build(t, { fixture: 'home', now: start, timing, seed })
    const hooks = await receiver(t)
    await server.call('POST', '/webhooks', { url: hooks.url, secret, events: isFollowed ? ['user:vehicle:updated', 'user:charger:updated'] : ['enode:webhook:test'] })
    const [car] = await listOf(server, '/vehicles')
    const seen: string[] = []
    for (let i = 0; i < 16; i++) {
      if (i === 5) await server.call('PUT', `/vehicles/${car?.id}/smart-charging-policy`, { isEnabled: true, deadline: '06:10', minimumChargeLimit: 60 })
      if (i === 11) await server.mock('PATCH', `/devices/${car?.id}`, { state: { batteryLevel: 15 }, observe: false })
      await server.advance(`PT${3 + i * 37}M`)
      for (const path of ['/vehicles', '/chargers', '/users/household/schedules', `/users/household/statistics/charging?type=vehicle&startDate=${start}`]) seen.push((await server.call('GET', path)).text)
      for (const { id } of await listOf(server, '/vehicles')) seen.push((await server.call('GET', `/vehicles/${id}/smart-charging-status`)).text)
      for (const { id } of await listOf(server, '/users/household/schedules')) seen.push((await server.call('GET', `/schedules/${id}/status`)).text)
      seen.push((await server.mock('GET', '/actions')).text)
    }
    return seen
  }
  for (const [timing, seed] of [['quick', 7], ['quick', 8], ['realistic', 7], ['realistic', 9]] as const) {
    t.same(await live(timing, seed, false), await live(timing, seed, true), `${timing}, seed ${seed}`)
  }
})
