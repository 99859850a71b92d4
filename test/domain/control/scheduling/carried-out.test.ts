import t from 'tap'
import { build, type Body } from '../../../helpers/build.ts'
import { receiver, secret } from '../../../helpers/receiver.ts'
import { away, ready, type House, house, plan, boxPlan, create, put, status, change, listen, stateOf, actionsIn } from './house.ts'

t.test('a schedule carries out a night with real actions, each when its time has come', async t => {
  for (const [name, of] of [['vehicle', (at: House) => at.car], ['charger', (at: House) => at.box]] as const) {
    const at = await house(await build(t, { now: '2026-03-28T12:00:00Z' }))
    const { server } = at
    const heard = await listen(at, ['user:vendor-action:updated'])
    await server.call('PUT', `/chargers/${at.box}`, { locationId: at.location })
    await create(at, plan(at, { targetId: of(at), targetType: name, rules: [{ hourMinute: { from: '22:00', to: '23:30' }, shouldCharge: true }, { hourMinute: { from: '01:30', to: '03:30' }, shouldCharge: true }] }))
    const charges = async (): Promise<boolean> => (await server.call('GET', `/${name}s/${of(at)}`)).body.chargeState.isCharging
    const timeline: Array<[string, boolean]> = [
      ['2026-03-28T20:59:59.999Z', false], ['2026-03-28T21:00:01.999Z', false], ['2026-03-28T21:00:02Z', true], ['2026-03-28T22:30:00Z', true],
      ['2026-03-28T22:30:02Z', false], ['2026-03-29T00:30:02Z', true], ['2026-03-29T01:30:01Z', true], ['2026-03-29T01:30:02Z', false]
    ]
    for (const [to, expected] of timeline) {
      t.equal((await server.mock('POST', '/clock/advance', { to })).status, 200)
      t.equal(await charges(), expected, `${name} at ${to}`)
    }
    const events = heard()
    t.same(actionsIn(events), ['START CONFIRMED', 'STOP CONFIRMED', 'START CONFIRMED', 'STOP CONFIRMED'])
    const action = events[0]?.vendorAction
    t.match((await server.call('GET', `/${name}s/actions/${action.id}`)).body, { targetId: of(at), targetType: name, createdAt: '2026-03-28T21:00:00.000Z', completedAt: '2026-03-28T21:00:02.000Z', state: 'CONFIRMED' })
  }
})

t.test('a car that comes home in the evening charges by the schedule, and one that leaves is let be', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  await at.server.advance('PT2S')
  await change(at, at.car, { state: { ...away, isPluggedIn: false } })
  t.equal(await stateOf(at, id), 'INACTIVE:AWAY')
  await change(at, at.car, { state: { isPluggedIn: true, isCharging: false } })
  await at.server.advance('PT1H')
  t.equal((await at.server.vehicle(at.car)).chargeState.isCharging, false, 'at a public charger nobody starts it')
  await change(at, at.car, { state: { ...ready, isPluggedIn: false } })
  t.equal(await stateOf(at, id), 'ALIGNED')
  await change(at, at.car, { state: { isPluggedIn: true, isCharging: false } })
  t.equal(await stateOf(at, id), 'PENDING', 'at once, although it was started before')
  await at.server.advance('PT2S')
  t.equal(await stateOf(at, id), 'ALIGNED')
  await at.server.advance('PT20H')
  t.match(await status(at, id), { state: 'ALIGNED', isCharging: false, isChargingExpectedParts: { needsCharge: false, isPluggedIn: true, shouldCharge: true } }, 'until it is full')
})

t.test('what is plugged in outside its hours charges by itself, and is stopped by its schedule', async t => {
  const at = await house(await build(t))
  const heard = await listen(at, ['user:vendor-action:updated'])
  await create(at, plan(at))
  await create(at, boxPlan(at))
  for (const id of [at.car, at.box]) {
    await change(at, id, { state: { isPluggedIn: false } })
    await change(at, id, { state: { isPluggedIn: true } })
  }
  t.match((await at.server.vehicle(at.car)).chargeState, { isCharging: true })
  t.match((await at.server.call('GET', `/chargers/${at.box}`)).body.chargeState, { isCharging: true })
  await at.server.advance('PT5M')
  t.same(actionsIn(heard()), ['STOP CONFIRMED', 'STOP CONFIRMED'])
  t.match((await at.server.vehicle(at.car)).chargeState, { powerDeliveryState: 'PLUGGED_IN:STOPPED' })
  t.match((await at.server.call('GET', `/chargers/${at.box}`)).body.chargeState, { powerDeliveryState: 'PLUGGED_IN:STOPPED' })
})

t.test('a charger needs no charge while the vehicle of its user on its cable is full', async t => {
  const at = await house(await build(t))
  const heard = await listen(at, ['user:vendor-action:updated', 'user:schedule:execution-updated'])
  const box = await at.server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { pluggedInVehicleId: at.car, isCharging: false } }] })
  t.equal(box.status, 200, box.text)
  const id = await create(at, boxPlan(at, { targetId: box.body.devices[0].id, defaultShouldCharge: true }))
  await at.server.advance('PT24H')
  t.match(await status(at, id), { state: 'ALIGNED', isCharging: false, isChargingExpectedParts: { needsCharge: false, isPluggedIn: true, shouldCharge: true } })
  const events = heard()
  t.same(actionsIn(events), ['START CONFIRMED'], 'and it is not started in vain')
  t.same(events.flatMap(({ status }) => status?.state ?? []), ['PENDING', 'ALIGNED', 'ALIGNED'])
})

t.test('each change of the status is announced once, with the schedule and the paths of what changed', async t => {
  const at = await house(await build(t, { now: '2026-01-05T12:00:00Z' }))
  const heard = await listen(at)
  const next = async (by: string): Promise<Body[]> => {
    await at.server.advance(by)
    return heard()
  }
  const id = await create(at, boxPlan(at, { rules: [{ hourMinute: { from: '13:00', to: '14:00' }, shouldCharge: true }] }))
  const schedule = (await at.server.call('GET', `/schedules/${id}`)).body
  const first = await next('PT0S')
  t.equal(first.length, 1)
  t.strictSame(Object.keys(first[0] ?? {}), ['createdAt', 'version', 'event', 'user', 'status', 'schedule', 'updatedFields'])
  t.strictSame(first[0], {
    createdAt: '2026-01-05T12:00:00.000Z',
    version: '2024-10-01',
    event: 'user:schedule:execution-updated',
    user: { id: 'user-1' },
    status: {
      scheduleId: id,
      scheduleType: 'CHARGE',
      changedAt: '2026-01-05T12:00:00.000Z',
      state: 'ALIGNED',
      isCharging: false,
      isChargingExpected: false,
      isChargingExpectedParts: { needsCharge: true, isPluggedIn: true, shouldCharge: false },
      upcomingTransitions: [{ at: '2026-01-05T13:00:00.000Z', shouldCharge: true }, { at: '2026-01-05T14:00:00.000Z', shouldCharge: false }],
      smartOverride: null
    },
    schedule,
    updatedFields: ['scheduleId', 'scheduleType', 'changedAt', 'state', 'isCharging', 'isChargingExpected', 'isChargingExpectedParts.needsCharge', 'isChargingExpectedParts.isPluggedIn', 'isChargingExpectedParts.shouldCharge', 'upcomingTransitions', 'smartOverride']
  })
  t.same(await next('PT59M59S'), [], 'polls in which nothing changed')
  const shown = (events: Body[]): unknown[] => events.map(({ status: { state, changedAt }, updatedFields }) => [changedAt, state, ...updatedFields])
  t.same(shown(await next('PT1S')), [['2026-01-05T13:00:00.000Z', 'PENDING', 'changedAt', 'state', 'isChargingExpected', 'isChargingExpectedParts.shouldCharge', 'upcomingTransitions']])
  t.same(shown(await next('PT2S')), [['2026-01-05T13:00:02.000Z', 'ALIGNED', 'changedAt', 'state', 'isCharging']])
  await change(at, at.box, { state: { isPluggedIn: false } })
  t.same(shown(await next('PT0S')), [['2026-01-05T13:00:02.000Z', 'ALIGNED', 'isCharging', 'isChargingExpected', 'isChargingExpectedParts.isPluggedIn']], 'within the same millisecond')
  const changed = await put(at, id, { isEnabled: false })
  const [last] = await next('PT1S')
  t.match(last, { status: { state: 'INACTIVE:DISABLED' }, schedule: changed, updatedFields: ['state'] })
  t.strictSame((await status(at, id)), last?.status, 'and the status says the same')
  await put(at, id, {})
  t.same(await next('PT1M'), [], 'nothing changed')
  await at.server.call('DELETE', `/schedules/${id}`)
  t.same(await next('P1D'), [], 'nothing is told of a schedule that is gone')
})

t.test('a device that does not obey is told again after a while, until it does', async t => {
  for (const [timing, tried, pause] of [['quick', 'PT2S', 'PT1M'], ['realistic', 'PT26S', 'PT10M']] as const) {
    // A seed by which no command takes minutes.
    const at = await house(await build(t, { timing, seed: 2 }))
    const heard = await listen(at, ['user:vendor-action:updated', 'user:schedule:execution-updated'])
    const outcome = { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'No signal.' } }
    t.equal((await at.server.mock('POST', '/faults', { on: { assetId: at.car }, effect: { outcome }, times: 2 })).status, 200)
    const id = await create(at, plan(at, { defaultShouldCharge: true }))
    for (let i = 0; i < 2; i++) {
      t.equal(await stateOf(at, id), 'PENDING')
      await at.server.advance(tried)
      t.equal(await stateOf(at, id), 'MISALIGNED')
      await at.server.advance(pause)
    }
    await at.server.advance('PT6M')
    t.equal(await stateOf(at, id), 'ALIGNED', timing)
    const events = heard()
    t.same(actionsIn(events), ['START FAILED NO_RESPONSE', 'START FAILED NO_RESPONSE', 'START CONFIRMED'])
    t.same(events.flatMap(({ status }) => status?.state ?? []), ['PENDING', 'MISALIGNED', 'PENDING', 'MISALIGNED', 'PENDING', 'ALIGNED'])
  }
})

t.test('what cannot be reached, for whatever reason, is told once and then waited for, whatever the rules want meanwhile', async t => {
  const device = (kind: 'car' | 'box') => (at: House): string => at[kind]
  const account = async ({ server, car }: House): Promise<Body> =>
    ((await server.mock('GET', '/accounts')).body as unknown as Body[]).find(({ devices }) => devices.some((each: Body) => each.id === car)) ?? {}
  const reachable = (of: (at: House) => string, isReachable: boolean, rest = {}) => async (at: House): Promise<void> => { await change(at, of(at), { isReachable, ...rest }) }
  const ways: Array<[name: string, of: (at: House) => string, lose: (at: House) => Promise<unknown>, find: (at: House) => Promise<unknown>, outcome?: string]> = [
    ['a car out of reach', device('car'), reachable(device('car'), false), reachable(device('car'), true)],
    ['a charger out of reach', device('box'), reachable(device('box'), false), reachable(device('box'), true)],
    ['a car out of reach, which is not seen at once', device('car'), reachable(device('car'), false, { observe: false }), reachable(device('car'), true, { observe: false })],
    ['credentials that do not work', device('car'), async at => await at.server.mock('POST', `/accounts/${(await account(at)).id}/invalidate`), async at => {
      const { username, password } = await account(at)
      const { body: { linkToken } } = await at.server.call('POST', `/assets/${at.car}/relink`, { language: 'en-US', redirectUri: 'https://example.com' })
      t.equal((await at.server.mock('POST', '/link-sessions/complete', { linkToken, username, password })).status, 200)
    }],
    ['polls that do not get through', device('car'), async at => {
      await at.server.mock('POST', '/faults', { on: { assetId: at.car }, effect: { unreachable: true } })
      await at.server.advance('PT20M')
    }, async at => await at.server.mock('DELETE', '/faults'), 'CONFIRMED']
  ]
  for (const timing of ['quick', 'realistic'] as const) {
    for (const [name, of, lose, find, outcome = 'FAILED'] of ways) {
      const at = await house(await build(t, { timing }))
      await lose(at)
      const wish = of(at) === at.car ? {} : { targetId: at.box, targetType: 'charger', locationId: null }
      // The rules want something else every few hours.
      const id = await create(at, plan(at, { ...wish, defaultShouldCharge: true, rules: [{ shouldCharge: false, hourMinute: { from: '06:00', to: '12:00' } }, { shouldCharge: false, hourMinute: { from: '18:00', to: '21:00' } }] }))
      const told = async (): Promise<string[]> => ((await at.server.mock('GET', `/actions?assetId=${of(at)}`)).body as unknown as Body[]).map(({ kind, state }) => `${kind} ${state}`)
      await at.server.advance('P2D')
      t.same(await told(), [`START ${outcome}`], `${timing}: ${name}`)
      t.equal(await stateOf(at, id), 'MISALIGNED', name)
      await find(at)
      await at.server.advance('PT30M')
      t.equal(await stateOf(at, id), 'ALIGNED', `${timing}: ${name}, and is seen again`)
      t.same(await told(), outcome === 'FAILED' ? ['START CONFIRMED', 'START FAILED'] : ['START CONFIRMED'])
    }
  }
})

t.test('a car that is about to charge is stopped too, once the rules do not want it', async t => {
  const at = await house(await build(t, { timing: 'realistic' }))
  const heard = await listen(at, ['user:vendor-action:updated'])
  const id = await create(at, plan(at, { defaultShouldCharge: true }))
  const power = async (): Promise<string> => (await at.server.vehicle(at.car)).chargeState.powerDeliveryState
  for (let i = 0; i < 300 && await power() !== 'PLUGGED_IN:INITIALIZING'; i++) await at.server.advance('PT1S')
  t.equal(await stateOf(at, id), 'PENDING', 'not aligned before power flows')
  await put(at, id, { defaultShouldCharge: false })
  t.equal(await stateOf(at, id), 'PENDING')
  await at.server.advance('PT90S')
  t.same([await stateOf(at, id), await power()], ['ALIGNED', 'PLUGGED_IN:STOPPED'])
  t.same(actionsIn(heard()), ['START CANCELLED REQUESTED_CANCELLATION', 'STOP CONFIRMED'])
})

t.test('a schedule lets a charger be for a while when its vehicle is full', async t => {
  const at = await house(await build(t))
  const hook = await receiver(t)
  await at.server.call('POST', '/webhooks', { url: hook.url, secret, events: ['user:vendor-action:updated'] })
  await create(at, boxPlan(at, { defaultShouldCharge: true }))
  await at.server.advance('PT8H')
  await at.server.mock('POST', '/deliveries/drain')
  const states = (hook.events()).flatMap(event => event.vendorAction?.state as string | undefined ?? [])
  t.equal(states[0], 'CONFIRMED')
  t.ok(states.length > 2 && states.length < 9 && states.slice(1).every(state => state === 'CANCELLED'), states.join())
})
