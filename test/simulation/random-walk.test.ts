import t from 'tap'
import { Random } from '../../src/lib/random.ts'
import { build, type Body } from '../helpers/build.ts'
import { unknownId } from '../helpers/openapi.ts'
import { receiver, secret } from '../helpers/receiver.ts'
import { many } from '../helpers/many.ts'

const kinds = ['vehicle', 'charger', 'hvac', 'battery', 'inverter', 'meter'] as const
type Kind = typeof kinds[number]
const paths: Record<Kind, string> = { vehicle: 'vehicles', charger: 'chargers', hvac: 'hvacs', battery: 'batteries', inverter: 'inverters', meter: 'meters' }

const seeds = Array.from({ length: 3 }, (_, i) => i + 1)
const steps = 120

for (const seed of seeds) {
  t.test(`invariants hold through a random walk with seed ${seed}`, async t => {
    const random = new Random(seed)
    const server = await build(t, { seed, timing: seed % 2 === 0 ? 'realistic' : 'quick' })
    const hooks = await receiver(t)
    const webhook = (await server.call('POST', '/webhooks', { url: hooks.url, secret })).body.id
    const ids: Record<Kind, string[]> = { vehicle: [], charger: [], hvac: [], battery: [], inverter: [], meter: [] }
    const actions = new Map<string, string>()
    const users = ['ada', 'bo', 'cy']
    /** A home of its own, or one more device for a user: what a user has stands together. */
    const link = async (vendor: string, ...types: Kind[]): Promise<void> => {
      const answer = await server.mock('POST', '/accounts', { vendor, userId: random.pick(users), devices: types.map(type => ({ type })) })
      t.equal(answer.status, 200, answer.text)
      for (const device of answer.body.devices) ids[device.type as Kind].push(device.id)
    }
    const some = (kind: Kind): string => ids[kind].length === 0 ? unknownId : random.pick(ids[kind])
    const any = (): string => some(random.pick(kinds))
    const change = async (id: string, state: Body): Promise<unknown> => await server.mock('PATCH', `/devices/${id}`, { state, observe: random.next() < 0.8 })
    const command = async (kind: Kind, name: string, body?: Body): Promise<void> => {
      const answer = await server.call('POST', `/${paths[kind]}/${some(kind)}/${name}`, body)
      if (answer.status === 200) actions.set(answer.body.id, paths[kind])
      t.ok([200, 400, 404].includes(answer.status), answer.text)
    }
    const moves: Array<() => Promise<unknown>> = [
      async () => await link(random.pick(['TESLA', 'BMW', 'KIA', 'RIVIAN']), 'vehicle'),
      async () => await link(random.pick(['EASEE', 'ZAPTEC']), 'charger'),
      async () => await link(random.pick(['MITSUBISHI', 'TADO']), 'hvac'),
      async () => await link(random.pick(['HUAWEI', 'SOLAX']), 'battery', 'inverter', 'meter'),
      async () => await command('vehicle', 'charging', { action: random.pick(['START', 'STOP']) }),
      async () => await command('vehicle', 'charging', { action: 'START' }),
      async () => await command('vehicle', 'max-current', { maxCurrent: random.integer(6, 32) }),
      async () => await command('charger', 'charging', { action: random.pick(['START', 'STOP']) }),
      async () => await command('charger', 'charge-rate-limit', { chargeRateLimit: random.integer(5, 11) }),
      async () => await command('hvac', 'permanent-hold', random.pick([{ mode: 'OFF' }, { mode: 'HEAT', heatSetpoint: random.integer(15, 25) }])),
      async () => await command('hvac', 'follow-schedule'),
      async () => await command('battery', 'operation-mode', { operationMode: random.pick(['SELF_RELIANCE', 'IMPORT_FOCUS', 'EXPORT_FOCUS', 'IDLE']) }),
      async () => await change(some('vehicle'), { pluggedInChargerId: random.next() < 0.8 ? some('charger') : null }),
      async () => await change(some(random.pick(['vehicle', 'charger'])), { isPluggedIn: random.next() < 0.7 }),
      async () => await change(some(random.pick(['vehicle', 'battery'])), { batteryLevel: random.integer(0, 100) }),
      async () => await change(some('vehicle'), { chargeLimit: random.integer(20, 100) }),
      async () => await server.mock('PATCH', `/devices/${any()}`, { state: { latitude: random.between(-60, 60) }, force: random.next() < 0.5 }),
      async () => await server.mock('PATCH', `/devices/${any()}`, { isReachable: random.next() < 0.6, observe: random.next() < 0.5 }),
      async () => {
        const [id, path] = actions.size === 0 ? [] : random.pick([...actions])
        return id !== undefined && await server.call('POST', `/${path}/actions/${id}/cancel`)
      },
      async () => {
        const kind = random.pick(kinds)
        return await server.call('POST', `/${paths[kind]}/${some(kind)}/refresh-hint`)
      },
      async () => { hooks.behaviour = random.pick([200, 200, 200, 500, 429]) },
      async () => await server.advance(random.pick(['PT1S', 'PT5S', 'PT2M', 'PT20M', 'PT3H'])),
      async () => await server.advance(random.pick(['PT1S', 'PT30S', 'PT10M'])),
      async () => random.next() < 0.2 && await server.call('DELETE', `/users/${random.pick(users)}`),
      async () => random.next() < 0.2 && await server.mock('DELETE', `/devices/${any()}`)
    ]

    for (let i = 0; i < steps; i++) {
      await random.pick(moves)()
      const pending = new Map<string, number>()
      server.worlds.default.store.read(tx => {
        for (const id of actions.keys()) {
          const action = tx.actions.get(id)
          if (action?.state === 'PENDING') pending.set(action.asset_id, (pending.get(action.asset_id) ?? 0) + 1)
        }
      })
      if ([...pending.values()].some(count => count > 1)) t.fail(`step ${i}: two actions pending on one asset`)
    }

    hooks.behaviour = 200
    await server.advance('PT12H')
    const data = (await Promise.all(kinds.map(async kind => (await server.call('GET', `/${paths[kind]}?pageSize=1000`)).body.data as Body[]))).flat()
    const lastKnown = new Map<string, Body>()
    let before = ''
    const seen = new Set<string>()
    const each = many(t)
    for (const delivery of acknowledged(hooks.received)) {
      each.ok(delivery.isSigned, 'signed')
      seen.add(String(delivery.headers['x-enode-delivery']))
      for (const event of delivery.events) {
        each.ok(event.createdAt >= before, 'events arrive in the order in which they happened')
        before = event.createdAt
        const [, kind = '', what] = event.event.split(':')
        if (['discovered', 'updated', 'deleted'].includes(what ?? '') && kinds.includes(kind as Kind)) {
          const known = lastKnown.get(event[kind].id)
          if (what === 'discovered') each.equal(known, undefined, 'discovered once')
          else each.ok(known, 'nothing before discovered and nothing after deleted')
          if (what === 'deleted') lastKnown.delete(event[kind].id)
          else lastKnown.set(event[kind].id, event[kind])
        }
      }
    }
    each.done()
    t.same([...lastKnown.keys()].sort(), data.map((each: Body) => each.id).sort(), 'whoever follows the webhooks knows every asset')
    for (const asset of data) {
      const { lastSeen, ...known } = lastKnown.get(asset.id) ?? {}
      t.same(withoutTimes(asset), withoutTimes(known), 'and every value of it')
    }
    const deliveries = (await server.mock('GET', '/deliveries?limit=1000')).body as unknown as Body[]
    t.same(deliveries.filter(delivery => delivery.state !== 'DELIVERED'), [], 'every announced event was delivered')
    t.same(deliveries.filter(delivery => !seen.has(delivery.id)), [], 'as the receiver saw')
    t.equal((await server.call('GET', `/webhooks/${webhook}`)).body.isActive, true)
    for (const id of actions.keys()) {
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

function withoutTimes (asset: unknown): unknown {
  return JSON.parse(JSON.stringify(asset, (key, value: unknown) => ['lastSeen', 'lastUpdated'].includes(key) ? undefined : value))
}
