import type { Test } from 'tap'
import t from 'tap'
import { SmartChargingPlan, SmartChargingState } from '../../../../src/contract/smart-charging.ts'
import { austin, home, type Home, setTariff, on, nightIsCheap, stopped, startOfValley, stopFails, startFails, reached, failing } from './home.ts'

t.test('every state is reached from outside', async t => {
  t.same(Object.keys(reached).sort(), [...SmartChargingState.enum as string[]].sort())
  for (const [state, reach] of Object.entries(reached)) {
    await t.test(state, async t => {
      const h = await reach(t)
      const status = await h.status()
      t.equal(status.state, state)
      t.equal(status.plan !== null, state.startsWith('PLAN:'), 'a plan goes with the states of one, and no other')
      t.equal(status.consideration !== null, state === 'CONSIDERING')
      if (state.startsWith('PLAN:ENDED:')) t.match(status.plan, { finalState: state, endedAt: status.stateChangedAt })
      if (state !== 'DISABLED') t.equal((await h.states()).at(-1), state, 'and told')
      const isControlled = state.startsWith('PLAN:EXECUTING:') && state !== 'PLAN:EXECUTING:OVERRIDDEN'
      t.equal((await h.server.call('POST', `${h.path}/charging`, { action: 'STOP' })).status === 422, isControlled, 'a plan that is followed takes manual control away')
    })
  }
})

t.test('every failure condition is reached from outside', async t => {
  const conditions = (SmartChargingPlan.properties.failureCondition.enum as Array<string | null>).filter(each => each !== null)
  t.same(Object.keys(failing).sort(), conditions.sort())
  for (const [failureCondition, { reach, finalState }] of Object.entries(failing)) {
    await t.test(failureCondition, async t => {
      const h = await reach(t)
      t.match(await h.plan(), { finalState, failureCondition })
      t.equal((await h.states()).filter(state => state === finalState).length, 1, 'ended once')
    })
  }
})

t.test('a stop or a start that fails is tried three times, five minutes apart, and can still succeed', async t => {
  const count = async (h: Home, state: string): Promise<number> => (await h.states()).filter(each => each === state).length
  const stop = await (failing.STOP_FAILED as { reach: (t: Test) => Promise<Home> }).reach(t)
  t.equal(await count(stop, 'PLAN:EXECUTING:STOPPING'), 3)
  t.equal(await count(stop, 'PLAN:EXECUTING:STOP_FAILED'), 3)
  const start = await startFails(t)
  await start.server.advance('PT3M')
  await start.patch({}, { isReachable: true })
  t.equal(await start.state(), 'PLAN:EXECUTING:START_FAILED')
  await start.server.advance('PT3M')
  t.equal(await start.state(), 'PLAN:EXECUTING:STARTED')
  const late = await stopFails(t)
  await late.patch({ isCharging: false }, { isReachable: true })
  t.equal(await late.state(), 'PLAN:EXECUTING:STOPPED', 'a car that stands still by itself is as good as stopped')
  const refused = await stopped(t)
  await refused.patch({ powerDeliveryState: 'PLUGGED_IN:FAULT' })
  await refused.to(startOfValley)
  t.equal(await refused.state(), 'PLAN:EXECUTING:START_FAILED', 'a command that is refused has failed')
})

t.test('without prices at the location of the car the state is UNKNOWN, until there are some', async t => {
  const h = await home(t, { policy: on })
  const far = (await h.server.call('POST', '/users/user-1/locations', { name: 'Austin', ...austin, timezoneName: 'America/Chicago' })).body.id
  await h.patch({ ...austin }, { force: true })
  t.equal(await h.state(), 'UNKNOWN')
  await setTariff(h.server, far, nightIsCheap)
  t.equal(await h.state(), 'CONSIDERING')
  const onSundays = { tariffId: 't', tariffIntervals: [{ name: 'rate 0', weekdays: [6], from: '00:00', to: '24:00' }] }
  t.equal((await h.server.call('PUT', `/locations/${far}/tariff`, onSundays)).status, 204)
  t.equal(await h.state(), 'CONSIDERING', 'there will be a price within the week')
  await h.plugIn()
  t.equal(await h.state(), 'UNKNOWN', 'but none before the deadline')
})

t.test('a vehicle that never had a policy is DISABLED since it was linked, and recalculated as often as it is seen', async t => {
  const h = await home(t)
  await h.server.advance('PT2H')
  const { lastSeen } = await h.server.vehicle(h.id)
  t.same(await h.status(), {
    updatedAt: lastSeen,
    vehicleId: h.id,
    userId: 'user-1',
    vendor: 'VOLKSWAGEN',
    state: 'DISABLED',
    stateChangedAt: '2026-01-14T16:30:00.000Z',
    consideration: null,
    plan: null,
    smartOverride: null
  })
  t.same(await h.told(), [])
})
