import t from 'tap'
import { Random } from '../../src/lib/random.ts'
import { build, type Body } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const seeds = Array.from({ length: 12 }, (_, i) => i + 1)
const steps = 120

for (const seed of seeds) {
  t.test(`invariants hold through a random walk with seed ${seed}`, async t => {
    const random = new Random(seed)
    const server = await build(t, { seed, timing: seed % 2 === 0 ? 'realistic' : 'quick' })
    const hooks = await receiver(t)
    const webhook = (await server.call('POST', '/webhooks', { url: hooks.url, secret })).body.id
    const cars: string[] = []
    const actions = new Set<string>()
    const users = ['ada', 'bo', 'cy']
    const moves: Array<() => Promise<unknown>> = [
      async () => cars.push(await server.car({ userId: random.pick(users), vendor: random.pick(['TESLA', 'BMW', 'KIA', 'RIVIAN']) })),
      async () => await command('charging', { action: random.pick(['START', 'STOP']) }),
      async () => await command('charging', { action: 'START' }),
      async () => await command('max-current', { maxCurrent: random.integer(6, 32) }),
      async () => await change({ isPluggedIn: random.next() < 0.7 }),
      async () => await change({ batteryLevel: random.integer(0, 100) }),
      async () => await change({ chargeLimit: random.integer(20, 100) }),
      async () => await server.mock('PATCH', `/devices/${car()}`, { isReachable: random.next() < 0.6, observe: random.next() < 0.5 }),
      async () => actions.size > 0 && await server.call('POST', `/vehicles/actions/${random.pick([...actions])}/cancel`),
      async () => await server.call('POST', `/vehicles/${car()}/refresh-hint`),
      async () => { hooks.behaviour = random.pick([200, 200, 200, 500, 429]) },
      async () => await server.advance(random.pick(['PT1S', 'PT5S', 'PT2M', 'PT20M', 'PT3H'])),
      async () => await server.advance(random.pick(['PT1S', 'PT30S', 'PT10M'])),
      async () => random.next() < 0.2 && await server.call('DELETE', `/users/${random.pick(users)}`),
      async () => random.next() < 0.2 && await server.mock('DELETE', `/devices/${car()}`)
    ]
    const car = (): string => cars.length === 0 ? 'none' : random.pick(cars)
    const change = async (state: Body): Promise<unknown> => await server.mock('PATCH', `/devices/${car()}`, { state, observe: random.next() < 0.8 })
    const command = async (path: string, body: Body): Promise<void> => {
      const answer = await server.call('POST', `/vehicles/${car()}/${path}`, body)
      if (answer.status === 200) actions.add(answer.body.id)
      t.ok([200, 400, 404].includes(answer.status), answer.text)
    }

    for (let i = 0; i < steps; i++) {
      await random.pick(moves)()
      const pending = new Map<string, number>()
      server.worlds.default.store.read(tx => {
        for (const id of actions) {
          const action = tx.actions.get(id)
          if (action?.state === 'PENDING') pending.set(action.asset_id, (pending.get(action.asset_id) ?? 0) + 1)
        }
      })
      if ([...pending.values()].some(count => count > 1)) t.fail(`step ${i}: two actions pending on one asset`)
    }

    hooks.behaviour = 200
    await server.advance('PT12H')
    const { data } = (await server.call('GET', '/vehicles?pageSize=1000')).body
    const lastKnown = new Map<string, Body>()
    let before = ''
    const seen = new Set<string>()
    for (const delivery of acknowledged(hooks.received)) {
      t.ok(delivery.isSigned)
      seen.add(String(delivery.headers['x-enode-delivery']))
      for (const event of delivery.events) {
        t.ok(event.createdAt >= before, 'events arrive in the order in which they happened')
        before = event.createdAt
        if (event.event.startsWith('user:vehicle:')) {
          const known = lastKnown.get(event.vehicle.id)
          if (event.event === 'user:vehicle:discovered') t.equal(known, undefined, 'discovered once')
          else t.not(known, undefined, 'nothing before discovered and nothing after deleted')
          if (event.event === 'user:vehicle:deleted') lastKnown.delete(event.vehicle.id)
          else lastKnown.set(event.vehicle.id, event.vehicle)
        }
      }
    }
    t.same([...lastKnown.keys()].sort(), data.map((each: Body) => each.id).sort(), 'whoever follows the webhooks knows every vehicle')
    for (const vehicle of data) {
      const { lastSeen, ...known } = lastKnown.get(vehicle.id) ?? {}
      t.same(withoutTimes(vehicle), withoutTimes(known), 'and every value of it')
    }
    const deliveries = (await server.mock('GET', '/deliveries?limit=1000')).body as unknown as Body[]
    t.same(deliveries.filter(delivery => delivery.state !== 'DELIVERED'), [], 'every announced event was delivered')
    t.same(deliveries.filter(delivery => !seen.has(delivery.id)), [], 'as the receiver saw')
    t.equal((await server.call('GET', `/webhooks/${webhook}`)).body.isActive, true)
    for (const id of actions) {
      const state = server.worlds.default.store.read(tx => tx.actions.get(id)?.state)
      t.not(state, 'PENDING', 'no action is pending for ever')
    }
  })
}

/** Deliveries in the order of their last attempt, each once: the receiver may have refused the earlier ones. */
function acknowledged<T extends { headers: Record<string, unknown> }> (received: T[]): T[] {
  const last = new Map<unknown, T>()
  for (const delivery of received) {
    const id = delivery.headers['x-enode-delivery']
    last.delete(id)
    last.set(id, delivery)
  }
  return [...last.values()]
}

function withoutTimes (vehicle: unknown): unknown {
  return JSON.parse(JSON.stringify(vehicle, (key, value: unknown) => ['lastSeen', 'lastUpdated'].includes(key) ? undefined : value))
}
