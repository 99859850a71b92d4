import t from 'tap'
import { type Body } from '../../../helpers/build.ts'
import { oslo, home, type Home, on, nightIsCheap, near, stopped, startOfValley, interrupted, reached, failing } from './home.ts'

t.test('somebody else who stops, starts or unplugs the car has their will', async t => {
  const stopping = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  await stopping.patch({ isCharging: false })
  t.match(await stopping.status(), { state: 'PLAN:EXECUTING:STOPPED', plan: { stopConfirmedAt: '2026-01-14T16:30:00.000Z' } })

  const early = await stopped(t)
  await early.server.advance('PT1H')
  await early.patch({ isCharging: true })
  const status = await early.status()
  t.match(status, { state: 'PLAN:EXECUTING:STARTED', plan: { startConfirmedAt: status.updatedAt, startAt: '2026-01-14T23:00:00.000Z' } })
  near(t, status.plan.smartCost, 90)
  t.ok(status.plan.estimatedFinishAt < '2026-01-14T20:20')
  await early.server.advance('PT4H')
  t.match(await early.status(), { state: 'PLAN:ENDED:FINISHED' })
  t.same((await early.states()).slice(-2), ['PLAN:EXECUTING:STARTED', 'PLAN:ENDED:FINISHED'])

  const short = await stopped(t)
  const planned = await short.plan()
  await short.patch({ isCharging: true })
  t.ok((await short.plan()).estimatedFinishAt < planned.estimatedFinishAt)
  await short.server.advance('PT20S')
  await short.patch({ isCharging: false })
  const { smartCost, estimatedFinishAt } = await short.plan()
  t.ok(smartCost > 29.8 && smartCost <= 30, `${smartCost} for the cheap hours`)
  t.ok(estimatedFinishAt > '2026-01-15T01:40', 'it is to end as planned again')
  await short.to('2026-01-15T06:00:00Z')
  t.match(await short.plan(), { finalState: 'PLAN:ENDED:FINISHED', failureCondition: null })

  const back = await stopped(t)
  await back.patch({ isCharging: true })
  await back.server.advance('PT10M')
  await back.patch({ isCharging: false })
  t.equal(await back.state(), 'PLAN:EXECUTING:STOPPED', 'stopped again before its time, it waits for that')
  await back.to('2026-01-14T23:01:00Z')
  t.equal(await back.state(), 'PLAN:EXECUTING:STARTED')

  const paused = await interrupted(t)
  await paused.server.advance('PT1H')
  t.equal(await paused.state(), 'PLAN:EXECUTING:CHARGE_INTERRUPTED')
  await paused.patch({ isCharging: true })
  t.equal(await paused.state(), 'PLAN:EXECUTING:STARTED')

  for (const state of ['PLAN:EXECUTING:STOPPING', 'PLAN:EXECUTING:STARTING', 'PLAN:EXECUTING:STARTED', 'PLAN:EXECUTING:CHARGE_INTERRUPTED']) {
    const h = await reached[state]?.(t) as Home
    await h.patch({ isPluggedIn: false })
    t.match(await h.status(), { state: 'PLAN:ENDED:UNPLUGGED', plan: { failureCondition: null } }, state)
    await h.server.advance('PT1H')
    t.equal(await h.state(), 'PLAN:ENDED:UNPLUGGED', 'until it is plugged in again')
    await h.plugIn()
    t.match(await h.state(), /^PLAN:EXECUTING/)
  }
})

t.test('a plan whose stops fail is not repeated before the car is plugged in again, unless it was out of reach', async t => {
  const h = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  for (let i = 0; i < 3; i++) {
    t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING')
    const action = h.server.worlds.default.store.read(tx => tx.actions.pendingOf(h.id))
    t.equal((await h.server.mock('POST', `/actions/${action?.id}/resolve`, { state: 'FAILED' })).status, 200)
    await h.server.advance('PT5M')
  }
  t.match(await h.status(), { state: 'PLAN:ENDED:FAILED', plan: { failureCondition: 'STOP_FAILED' } })
  await h.server.advance('PT2H')
  t.equal(await h.state(), 'PLAN:ENDED:FAILED')
  await h.patch({ isPluggedIn: false })
  t.equal(await h.state(), 'CONSIDERING')
  await h.plugIn()
  t.match(await h.state(), /^PLAN:EXECUTING/)
})

t.test('a car that cannot be reached, for whatever reason, is told something once, and then waited for', async t => {
  const ways: Record<string, { lose: (h: Home) => Promise<unknown>, find: (h: Home) => Promise<unknown>, obeys?: boolean }> = {
    'out of reach': { lose: async h => { await h.patch({}, { isReachable: false }) }, find: async h => { await h.patch({}, { isReachable: true }) } },
    'out of reach, which is not seen at once': {
      lose: async h => { await h.patch({}, { isReachable: false, observe: false }) },
      // A poll gets through.
      find: async h => { await h.patch({}, { isReachable: true, observe: false }); await h.server.advance('PT20M') }
    },
    'credentials that do not work': {
      lose: async h => await h.server.mock('POST', `/accounts/${await accountOf(h)}/invalidate`),
      find: async h => { await relink(h) }
    },
    'polls that do not get through': {
      lose: async h => {
        await h.server.mock('POST', '/faults', { on: { assetId: h.id }, effect: { unreachable: true } })
        await h.server.call('POST', `${h.path}/refresh-hint`)
        await h.server.advance('PT1S')
      },
      find: async h => { await h.server.mock('DELETE', '/faults'); await h.server.advance('PT20M') },
      obeys: true
    }
  }
  for (const [way, { lose, find, obeys = false }] of Object.entries(ways)) {
    for (const [kind, reach, last] of [['STOP', reached['PLAN:EXECUTING:STOPPING'], 'STOPPED'], ['START', stopped, 'STARTED']] as const) {
      const h = await reach?.(t) as Home
      const plan = await h.plan()
      await lose(h)
      if (kind === 'START') await h.to(startOfValley)
      await h.server.advance('PT1H')
      const told = async (): Promise<Body[]> => ((await h.server.mock('GET', `/actions?assetId=${h.id}`)).body as unknown as Body[]).filter(each => each.kind === kind)
      const actions = await told()
      t.equal(actions.length, 1, `${way}: ${kind} once, ${JSON.stringify(actions)}`)
      t.equal(actions[0]?.state, obeys ? 'CONFIRMED' : 'FAILED', `${way}: ${kind}`)
      t.equal(await h.state(), `PLAN:EXECUTING:${kind}_FAILED`, way)
      await find(h)
      await h.server.advance('PT1M')
      t.equal(await h.state(), `PLAN:EXECUTING:${last}`, `${way}: as soon as it is seen again`)
      t.equal((await told()).length, obeys ? 1 : 2, way)
      t.equal((await h.plan()).id, plan.id, `${way}: the same plan`)
    }
  }
  const plans = await home(t, { tariff: nightIsCheap, policy: on })
  await plans.server.mock('POST', `/accounts/${await accountOf(plans)}/invalidate`)
  await plans.plugIn()
  await plans.server.advance('P3D')
  t.equal((await plans.server.call('GET', `${plans.path}/smart-charging-plans/latest`)).status, 404, 'and nothing is planned for it')
})

/** The account that holds the car. */
async function accountOf ({ server, id }: Home): Promise<string> {
  const accounts = (await server.mock('GET', '/accounts')).body as unknown as Body[]
  return String(accounts.find(({ devices }) => devices.some((device: Body) => device.id === id))?.id)
}

/** The user signs in to the account again. */
async function relink (h: Home): Promise<void> {
  const { body } = await h.server.call('POST', `/assets/${h.id}/relink`, { language: 'en-US', redirectUri: 'https://example.com' })
  const { username, password } = ((await h.server.mock('GET', '/accounts')).body as unknown as Body[])[0] ?? {}
  const answer = await h.server.mock('POST', '/link-sessions/complete', { linkToken: body.linkToken, username, password })
  if (answer.status !== 200) throw new Error(answer.text)
}

t.test('a car that a failed plan had stopped is not left standing once another plan is possible', async t => {
  const charges = async (h: Home, first: string, after = '2026-01-16T06:00:00Z'): Promise<void> => {
    const { id } = await h.plan()
    t.not(id, first, 'a new plan')
    await h.to(after)
    t.match(await h.plan(), { finalState: 'PLAN:ENDED:FINISHED' })
    t.equal((await h.server.vehicle(h.id)).chargeState.batteryLevel, 80)
  }
  const locate = async (h: Home): Promise<void> => { await h.server.call('POST', '/users/user-1/locations', { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' }) }
  for (const pause of ['PT0S', 'PT3H']) {
    const incapable = await stopped(t)
    const { id } = await incapable.plan()
    await incapable.patch({}, { capabilities: { stopCharging: false } })
    t.equal(await incapable.state(), 'PLAN:ENDED:FAILED')
    await incapable.server.advance(pause)
    await incapable.patch({}, { capabilities: { stopCharging: true } })
    await incapable.server.advance('PT1M')
    t.equal(await incapable.state(), 'PLAN:EXECUTING:STOPPED')
    await charges(incapable, id)

    const moved = await failing.UNKNOWN?.reach(t) as Home
    const first = await moved.plan()
    await moved.server.advance(pause)
    t.equal(await moved.state(), 'PLAN:ENDED:FAILED')
    await locate(moved)
    await moved.server.advance('PT1M')
    await charges(moved, first.id)
  }
  // Started by hand meanwhile it is planned for as well.
  const byHand = await failing.UNKNOWN?.reach(t) as Home
  await byHand.server.advance('PT1H')
  await byHand.server.call('POST', `${byHand.path}/charging`, { action: 'START' })
  await byHand.server.advance('PT1M')
  await locate(byHand)
  t.equal(await byHand.state(), 'PLAN:EXECUTING:STOPPING')

  const week = await stopped(t)
  const before = await week.plan()
  await week.patch({}, { isReachable: false })
  await week.server.advance('P8D')
  t.equal(await week.state(), 'PLAN:ENDED:FAILED')
  await week.patch({}, { isReachable: true })
  await charges(week, before.id, '2026-01-24T06:00:00Z')

  const faulty = await stopped(t)
  await faulty.patch({ powerDeliveryState: 'PLUGGED_IN:FAULT' })
  await faulty.to('2026-01-14T23:20:00Z')
  t.match(await faulty.status(), { state: 'PLAN:ENDED:FAILED', plan: { failureCondition: 'START_FAILED' } })
  const broken = await faulty.plan()
  await faulty.patch({ powerDeliveryState: 'PLUGGED_IN:STOPPED' })
  t.equal(await faulty.state(), 'PLAN:ENDED:FAILED', 'it is let be for an hour')
  await faulty.server.advance('PT1H')
  await charges(faulty, broken.id)

  // Whoever stops a car during a plan has their will, until the car charges again.
  const will = await failing.CHARGE_INTERRUPTED?.reach(t) as Home
  await will.put({ minimumChargeLimit: 70 })
  await will.server.advance('P1D')
  t.equal(await will.state(), 'PLAN:ENDED:FAILED')
  await will.patch({ isCharging: true })
  t.match(await will.state(), /^PLAN:EXECUTING/)
})

t.test('a car of which nothing was heard for a week fails its plan', async t => {
  const h = await home(t, { tariff: nightIsCheap, policy: on })
  await h.plugIn()
  await h.server.advance('PT1M')
  await h.to(startOfValley)
  await h.server.advance('PT1M')
  await h.patch({}, { isReachable: false })
  await h.server.advance('P8D')
  t.match(await h.plan(), { finalState: 'PLAN:ENDED:FAILED', failureCondition: 'UNKNOWN' })
})
