import t from 'tap'
import { Random } from '../../../../src/lib/random.ts'
import { build, start, type Body } from '../../../helpers/build.ts'
import { home, away, ready, type House, house, plan, boxPlan, create, put, status, change, listen, stateOf, actionsIn } from './house.ts'

/** Lets the car charge whatever its schedule says, or ends that. */
async function override ({ server, car }: House, method: 'POST' | 'DELETE'): Promise<Body> {
  const answer = await server.call(method, `/vehicles/${car}/smart-override`)
  t.equal(answer.status, 200, answer.text)
  return answer.body
}

const flat = { isPluggedIn: true, isCharging: false }
const unable = { startCharging: { isCapable: false, interventionIds: [] } }
const states: Array<[name: string, wish: Body | ((at: House) => Body), before: (at: House) => unknown, after: string | ((at: House) => unknown), expected: Body]> = [
  ['ALIGNED: it does not charge and shall not', {}, () => {}, 'PT0S', { state: 'ALIGNED', isCharging: false, isChargingExpected: false, isChargingExpectedParts: { needsCharge: true, isPluggedIn: true, shouldCharge: false } }],
  ['ALIGNED: it charges and shall', { defaultShouldCharge: true }, () => {}, 'PT2S', { state: 'ALIGNED', isCharging: true, isChargingExpected: true }],
  ['ALIGNED: it is unplugged, whatever the rules want', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: { isPluggedIn: false } }) }, 'PT1H', { state: 'ALIGNED', isChargingExpected: false, isChargingExpectedParts: { needsCharge: true, isPluggedIn: false, shouldCharge: true } }],
  ['ALIGNED: it is full, whatever the rules want', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: { batteryLevel: 80 } }) }, 'PT1H', { state: 'ALIGNED', isChargingExpected: false, isChargingExpectedParts: { needsCharge: false, isPluggedIn: true, shouldCharge: true } }],
  ['PENDING: it is told to start', { defaultShouldCharge: true }, () => {}, 'PT1S', { state: 'PENDING', isCharging: false, isChargingExpected: true }],
  ['PENDING: it is told to stop', {}, async at => { await change(at, at.car, { state: { isCharging: true } }) }, 'PT1S', { state: 'PENDING', isCharging: true, isChargingExpected: false }],
  ['MISALIGNED: it does not obey', { defaultShouldCharge: true }, async at => { await change(at, at.car, { isReachable: false }) }, 'PT1M', { state: 'MISALIGNED', isCharging: false, isChargingExpected: true }],
  ['MISALIGNED: it is told to and gets no power', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: { powerDeliveryState: 'PLUGGED_IN:NO_POWER' } }) }, 'PT1H', { state: 'MISALIGNED', isCharging: false, isChargingExpected: true }],
  ['INACTIVE:DISABLED', { defaultShouldCharge: true, isEnabled: false }, () => {}, 'PT1H', { state: 'INACTIVE:DISABLED', isCharging: false, isChargingExpected: true }],
  ['INACTIVE:AWAY: the vehicle is elsewhere', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: away, force: true }) }, 'PT1H', { state: 'INACTIVE:AWAY', isCharging: false, isChargingExpected: true }],
  ['INACTIVE:AWAY: a vehicle is never at no location', { defaultShouldCharge: true, locationId: null }, () => {}, 'PT1H', { state: 'INACTIVE:AWAY', isCharging: false }],
  ['INACTIVE:AWAY: the charger was not put at the location', at => boxPlan(at, { defaultShouldCharge: true, locationId: at.location }), () => {}, 'PT1H', { state: 'INACTIVE:AWAY', isCharging: false }],
  ['INACTIVE:AWAY: the location was deleted', { defaultShouldCharge: true }, async at => { await change(at, at.car, { state: flat }) }, async at => await at.server.call('DELETE', `/locations/${at.location}`), { state: 'INACTIVE:AWAY' }],
  ['ALIGNED: a charger needs no location', at => boxPlan(at, { defaultShouldCharge: true }), () => {}, 'PT2S', { state: 'ALIGNED', isCharging: true, isChargingExpected: true }],
  ['ALIGNED: a charger is at the location that it was put at', at => boxPlan(at, { defaultShouldCharge: true, locationId: at.location }), async at => await at.server.call('PUT', `/chargers/${at.box}`, { locationId: at.location }), 'PT2S', { state: 'ALIGNED', isCharging: true }],
  ['INACTIVE:INCAPABLE: it cannot be started', { defaultShouldCharge: true }, async at => { await change(at, at.car, { capabilities: unable }) }, 'PT1H', { state: 'INACTIVE:INCAPABLE', isCharging: false }],
  ['INACTIVE:INCAPABLE: it cannot be stopped', at => boxPlan(at), async at => { await change(at, at.box, { capabilities: { stopCharging: false }, state: { isCharging: true } }) }, 'PT5M', { state: 'INACTIVE:INCAPABLE', isCharging: true }],
  ['INACTIVE:INCAPABLE: its user did not grant control', at => plan(at, { defaultShouldCharge: true, targetId: at.car }), async at => { at.car = await at.server.car({ scopes: ['vehicle:read:data', 'vehicle:read:location'], state: ready }) }, 'PT1H', { state: 'INACTIVE:INCAPABLE', isCharging: false }],
  ['INACTIVE:INCAPABLE: its user deauthorized the client', { defaultShouldCharge: true }, () => {}, async at => await at.server.call('DELETE', '/users/user-1/authorization'), { state: 'INACTIVE:INCAPABLE' }],
  ['INACTIVE:OVERRIDDEN', { defaultShouldCharge: false }, async at => { await change(at, at.car, { state: { isCharging: true } }) }, async at => await override(at, 'POST'), { state: 'INACTIVE:OVERRIDDEN', isCharging: true, isChargingExpected: false, smartOverride: { createdAt: start, endedAt: null, targetType: 'vehicle', vendorActionId: /^[0-9a-f-]{36}$/ } }]
]

t.test('all seven states are reached', async t => {
  for (const [name, wish, before, after, expected] of states) {
    const at = await house(await build(t))
    await before(at)
    const id = await create(at, typeof wish === 'function' ? wish(at) : plan(at, wish))
    if (typeof after === 'string') await at.server.advance(after)
    else await after(at)
    t.match(await status(at, id), { scheduleId: id, scheduleType: 'CHARGE', ...expected }, name)
  }
  const reached = new Set(states.map(([, , , , { state }]) => String(state)))
  t.same([...reached].sort(), ['ALIGNED', 'INACTIVE:AWAY', 'INACTIVE:DISABLED', 'INACTIVE:INCAPABLE', 'INACTIVE:OVERRIDDEN', 'MISALIGNED', 'PENDING'])
})

t.test('while a schedule controls the target a manual command is a 422, and from its end on it is not', async t => {
  for (const kind of ['vehicle', 'charger'] as const) {
    const at = await house(await build(t))
    const target = kind === 'vehicle' ? at.car : at.box
    const command = async (): Promise<Body> => await at.server.call('POST', `/${kind}s/${target}/charging`, { action: 'START' })
    const id = await create(at, plan(at, { targetId: target, targetType: kind, locationId: kind === 'vehicle' ? at.location : null }))
    const refused = { status: 422, body: { type: 'https://developers.enode.com/api/problems/enode-controlled-entity', title: 'Enode Controlled Entity', detail: new RegExp(`The ${kind} is controlled by a schedule .* disable or delete the schedule`) } }
    t.match(await command(), refused)
    t.match(await at.server.call('POST', `/${kind}s/${target}/max-current`, { maxCurrent: 10 }), { status: 200 }, 'only charging is the business of a schedule')
    const ends: Array<readonly [string, () => Promise<unknown>, () => Promise<unknown>]> = [
      ['disabled', async () => await put(at, id, { isEnabled: false }), async () => await put(at, id, { isEnabled: true })],
      ['away', async () => await put(at, id, { locationId: at.location }).then(async () => await change(at, at.car, { state: away, force: true })), async () => await put(at, id, { locationId: kind === 'vehicle' ? at.location : null }).then(async () => await change(at, at.car, { state: ready, force: true }))],
      ['incapable', async () => await change(at, target, { capabilities: { stopCharging: false } }), async () => await change(at, target, { capabilities: { stopCharging: true } })],
      ...(kind === 'vehicle' ? [['overridden', async () => await override(at, 'POST'), async () => await override(at, 'DELETE')] as const] : []),
      ['deleted', async () => await at.server.call('DELETE', `/schedules/${id}`), async () => await create(at, plan(at, { targetId: target, targetType: kind, locationId: kind === 'vehicle' ? at.location : null }))]
    ]
    for (const [name, end, again] of ends) {
      await end()
      t.match(await command(), { status: 200, body: { kind: 'START' } }, `${kind}: ${name}`)
      await at.server.advance('PT2S')
      await again()
      t.match(await at.server.call('POST', `/${kind}s/${target}/charging`, { action: 'STOP' }), refused, `${kind}: no longer ${name}`)
      await at.server.advance('PT1H')
      t.equal((await at.server.call('GET', `/${kind}s/${target}`)).body.chargeState.isCharging, false, `${kind}: and what the client did is undone`)
    }
  }
})

t.test('somebody who stops the charging by hand gets his way for a moment only', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  await at.server.advance('PT12S')
  await change(at, at.car, { state: { isCharging: false } })
  t.equal(await stateOf(at, id), 'MISALIGNED', 'it has just been started')
  await at.server.advance('PT50S')
  t.equal(await stateOf(at, id), 'PENDING')
  await at.server.advance('PT1H')
  await change(at, at.car, { state: { isCharging: false } })
  t.equal(await stateOf(at, id), 'PENDING', 'after an hour at once')
  await at.server.advance('PT2S')
  t.equal(await stateOf(at, id), 'ALIGNED')
})

t.test('an action that its client cancels or resolves as failed is tried again later', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  const pending = (): string => String(at.server.worlds.default.store.read(tx => tx.actions.pendingOf(at.car)?.id))
  t.match(await at.server.call('POST', `/vehicles/actions/${pending()}/cancel`), { status: 200, body: { state: 'CANCELLED' } })
  t.equal(await stateOf(at, id), 'MISALIGNED')
  await at.server.advance('PT1M')
  t.match(await at.server.mock('POST', `/actions/${pending()}/resolve`, { state: 'FAILED' }), { status: 200 })
  t.equal(await stateOf(at, id), 'MISALIGNED')
  await at.server.advance('PT1M2S')
  t.equal(await stateOf(at, id), 'ALIGNED')
})

t.test('what a schedule wants no longer is withdrawn', async t => {
  const ends: Array<[string, (at: House, id: string) => Promise<unknown>]> = [
    ['the rules change', async (at, id) => await put(at, id, { defaultShouldCharge: false })],
    ['it is disabled', async (at, id) => await put(at, id, { isEnabled: false })],
    ['it is deleted', async (at, id) => await at.server.call('DELETE', `/schedules/${id}`)],
    ['it gets another target', async (at, id) => await put(at, id, { targetId: at.box, targetType: 'charger', locationId: null })],
    ['another one is enabled', async at => await create(at, plan(at))],
    ['the car is seen elsewhere', async at => await change(at, at.car, { state: away, force: true })]
  ]
  for (const [name, end] of ends) {
    const at = await house(await build(t))
    const heard = await listen(at, ['user:vendor-action:updated'])
    const id = await create(at, plan(at, { defaultShouldCharge: true }))
    await at.server.advance('PT1S')
    await end(at, id)
    await at.server.advance('PT1S')
    t.same(actionsIn(heard().filter(({ vendorAction }) => vendorAction.targetId === at.car)), ['START CANCELLED REQUESTED_CANCELLATION'], name)
    await at.server.advance('PT1H')
    t.equal((await at.server.vehicle(at.car)).chargeState.isCharging, false, name)
  }
})

t.test('an override goes on with an action that the schedule had begun, and its end gives control back', async t => {
  const at = await house(await build(t))
  const heard = await listen(at, ['user:vendor-action:updated'])
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  const { vendorActionId } = await override(at, 'POST')
  await at.server.advance('PT2S')
  t.match((await at.server.call('GET', `/vehicles/actions/${vendorActionId}`)).body, { kind: 'START', state: 'CONFIRMED', createdAt: start })
  t.match(await status(at, id), { state: 'INACTIVE:OVERRIDDEN', isCharging: true, smartOverride: { targetId: at.car, targetType: 'vehicle', endedAt: null, vendorActionId } })
  await put(at, id, { defaultShouldCharge: false })
  await at.server.advance('PT1H')
  t.match(await status(at, id), { state: 'INACTIVE:OVERRIDDEN', isCharging: true, isChargingExpected: false })
  await override(at, 'DELETE')
  t.match(await status(at, id), { state: 'PENDING', smartOverride: { createdAt: start, endedAt: '2026-01-01T01:00:02.000Z' } })
  await at.server.advance('PT2S')
  t.match(await status(at, id), { state: 'ALIGNED', isCharging: false })
  t.same(actionsIn(heard()), ['START CONFIRMED', 'STOP CONFIRMED'])
})

t.test('an override ends when charging does, and the schedule takes over', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at))
  await override(at, 'POST')
  await at.server.advance('PT1H')
  t.match(await status(at, id), { state: 'INACTIVE:OVERRIDDEN', isCharging: true })
  await change(at, at.car, { state: { isPluggedIn: false } })
  t.match(await status(at, id), { state: 'ALIGNED', smartOverride: { endedAt: '2026-01-01T01:00:00.000Z' } })
  await change(at, at.car, { state: { isPluggedIn: true } })
  t.match(await at.server.call('POST', `/vehicles/${at.car}/charging`, { action: 'START' }), { status: 422 })
})

t.test('enabling a schedule turns smart charging off, and the other way round', async t => {
  const at = await house(await build(t))
  const policy = async (isEnabled: boolean): Promise<Body> => {
    const answer = await at.server.call('PUT', `/vehicles/${at.car}/smart-charging-policy`, { isEnabled, deadline: '07:00' })
    t.equal(answer.status, 200, answer.text)
    return answer.body
  }
  const isSmart = async (): Promise<boolean> => (await at.server.call('GET', `/vehicles/${at.car}/smart-charging-policy`)).body.isEnabled
  const isScheduled = async (): Promise<boolean> => (await at.server.call('GET', `/schedules/${id}`)).body.isEnabled
  const id = await create(at, plan(at, { isEnabled: false }))
  await policy(true)
  t.same([await isSmart(), await isScheduled()], [true, false])
  await put(at, id, { isEnabled: true })
  t.same([await isSmart(), await isScheduled()], [false, true])
  t.match(await at.server.vehicle(at.car), { smartChargingPolicy: { isEnabled: false } })
  await policy(true)
  t.same([await isSmart(), await isScheduled()], [true, false])
  t.equal(await stateOf(at, id), 'INACTIVE:DISABLED')
  await create(at, plan(at))
  t.equal(await isSmart(), false)
  await policy(false)
  await create(at, plan(at, { isEnabled: false }))
  t.equal((await at.server.call('POST', `/vehicles/${at.car}/charging`, { action: 'START' })).status, 422, 'what is disabled disables nothing')
})

t.test('two users with schedules for one car do not make it switch without a pause', async t => {
  const at = await house(await build(t))
  const { server } = at
  const { username, password } = (await server.mock('GET', '/accounts')).body[0]
  const link = await server.call('POST', '/users/user-2/link', { scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com/done' })
  await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username, password })
  const theirs = (await server.call('GET', '/users/user-2/vehicles')).body.data[0].id
  const place = (await server.call('POST', '/users/user-2/locations', home)).body.id
  await create(at, plan(at, { defaultShouldCharge: true }))
  t.equal((await server.call('POST', '/users/user-2/schedules', plan(at, { targetId: theirs, locationId: place }))).status, 200)
  const { timers } = await server.advance('PT1H')
  t.ok(timers > 60 && timers < 500, `${timers} timers in an hour`)
})

t.test('through a random walk the webhooks tell every status, and each target has one controller and one action at most', async t => {
  for (const seed of [1, 2, 3]) {
    const random = new Random(seed)
    const at = await house(await build(t, { seed, timing: seed % 2 === 0 ? 'realistic' : 'quick' }))
    const { server } = at
    const heard = await listen(at)
    const ids: string[] = []
    const known = new Map<string, Body>()
    const hour = (): string => `${String(random.integer(0, 23)).padStart(2, '0')}:00`
    const wish = (): Body => ({
      ...random.pick([{ targetId: at.car, targetType: 'vehicle' }, { targetId: at.box, targetType: 'charger' }]),
      locationId: random.pick([at.location, at.location, null]),
      isEnabled: random.next() < 0.7,
      defaultShouldCharge: random.next() < 0.5,
      rules: Array.from({ length: random.integer(0, 3) }, () => ({ shouldCharge: random.next() < 0.5, hourMinute: { from: hour(), to: hour() } }))
    })
    const moves: Array<() => Promise<unknown>> = [
      async () => ids.push(await create(at, wish())),
      async () => ids.length > 0 && await put(at, random.pick(ids), wish()),
      async () => ids.length > 3 && await server.call('DELETE', `/schedules/${ids.shift()}`),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { state: { isPluggedIn: random.next() < 0.7 } }),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { state: { isCharging: random.next() < 0.5 }, observe: random.next() < 0.5 }),
      async () => await server.mock('PATCH', `/devices/${at.car}`, { state: random.pick([away, ready]), force: true }),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { isReachable: random.next() < 0.6 }),
      async () => await server.mock('PATCH', `/devices/${random.pick([at.car, at.box])}`, { capabilities: { stopCharging: random.next() < 0.7 } }),
      async () => await server.call('POST', `/vehicles/${at.car}/charging`, { action: random.pick(['START', 'STOP']) }),
      async () => await server.call('PUT', `/chargers/${at.box}`, { locationId: random.pick([at.location, null]) }),
      async () => await server.call('PUT', `/locations/${at.location}`, { timezoneName: random.pick(['UTC', 'Asia/Kathmandu', 'America/New_York']) }),
      async () => await server.call(random.next() < 0.3 ? 'POST' : 'DELETE', `/vehicles/${at.car}/smart-override`),
      async () => await server.call('PUT', `/vehicles/${at.car}/smart-charging-policy`, { isEnabled: random.next() < 0.5, deadline: '07:00' }),
      async () => await server.advance(random.pick(['PT1S', 'PT1M', 'PT1H', 'PT7H'])),
      async () => await server.advance(random.pick(['PT2S', 'PT10M', 'PT3H']))
    ]
    for (let step = 0; step < 120; step++) {
      await random.pick(moves)()
      await server.advance('PT0S')
      for (const { status, updatedFields } of heard()) {
        const before = known.get(status.scheduleId) ?? {}
        const changed = Object.keys(status).filter(key => JSON.stringify(status[key]) !== JSON.stringify(before[key]))
        if (JSON.stringify([...new Set(updatedFields.map((path: string) => path.split('.')[0]))]) !== JSON.stringify(changed)) t.fail(`seed ${seed} step ${step}: ${changed.join()} changed, told were ${updatedFields.join()}`)
        known.set(status.scheduleId, status)
      }
      const active = new Map<string, number>()
      for (const id of ids) {
        const shown = await status(at, id)
        if (JSON.stringify(shown) !== JSON.stringify(known.get(id))) t.fail(`seed ${seed} step ${step}: the status of ${id} was not told`)
        if (shown.isChargingExpected !== Object.values(shown.isChargingExpectedParts).every(Boolean)) t.fail(`seed ${seed} step ${step}: parts`)
        const { targetId, isEnabled } = (await server.call('GET', `/schedules/${id}`)).body
        if (isEnabled !== (shown.state !== 'INACTIVE:DISABLED')) t.fail(`seed ${seed} step ${step}: ${shown.state}`)
        if (isEnabled) active.set(targetId, (active.get(targetId) ?? 0) + (shown.state.startsWith('INACTIVE') ? 100 : 1))
      }
      for (const target of [at.car, at.box]) {
        const controlled = server.worlds.default.store.read(tx => tx.assets.get(target)?.controlled_by === 'schedule')
        if (controlled !== (active.get(target) === 1)) t.fail(`seed ${seed} step ${step}: control of ${target}`)
      }
    }
    t.ok(known.size > 3, `${known.size} schedules with seed ${seed}`)
  }
})
