import type { Test } from 'tap'
import t from 'tap'
import { marketPrices } from '../../../../src/domain/prices/market.ts'
import { changedPaths } from '../../../../src/lib/diff.ts'
import { type Body } from '../../../helpers/build.ts'
import { unknownId } from '../../../helpers/openapi.ts'
import { oslo, austin, type Wish, home, type Home, on, nightIsCheap, near, stopped, reached } from './home.ts'

const kathmandu = { latitude: 27.71, longitude: 85.32 }

t.test('a night: plugged in at 18:00 at 30 %, cheap hours after midnight, charged by 07:00', async t => {
  const h = await home(t, { timing: 'realistic', policy: on })
  t.same((await h.status()).state, 'CONSIDERING')
  t.same((await h.status()).consideration, { isPluggedIn: false, isCharging: false, atChargingLocation: true, hasTimeEstimate: true })

  // 18:00 in Oslo: it begins to charge, and is told to stop.
  await h.to('2026-01-14T17:00:00Z')
  await h.patch({ isPluggedIn: true, isCharging: true })
  const made = await h.status()
  t.match(made, { state: 'PLAN:EXECUTING:STOPPING', stateChangedAt: '2026-01-14T17:00:00.000Z', consideration: null, smartOverride: null })
  t.match(made.plan, {
    vehicleId: h.id,
    userId: 'user-1',
    locationId: h.location,
    vendor: 'VOLKSWAGEN',
    currency: 'NOK',
    stopAt: '2026-01-14T17:00:00.000Z',
    stopConfirmedAt: null,
    startConfirmedAt: null,
    endedAt: null,
    finalState: null,
    failureCondition: null
  })
  t.same(await h.plan(), made.plan, 'latest is the plan of the status')
  t.same(await h.plan(made.plan.id), made.plan, 'by its id as well')

  // The cheapest hours of the night, by the prices of the market.
  const hours = marketPrices(7, 'NO', Date.parse('2026-01-14T17:00:00Z'), Date.parse('2026-01-15T06:00:00Z'))
  const energyKwh = 30
  const rateKw = 11
  const costFrom = (at: number): number => hours.reduce((sum, { from, to, costPerKwh }) => {
    const end = at + energyKwh / rateKw * 3_600_000
    return sum + Math.max(0, Math.min(end, to) - Math.max(at, from)) / 3_600_000 * rateKw * costPerKwh
  }, 0)
  const minutes = Array.from({ length: 13 * 60 - 5 - 163 }, (_, i) => Date.parse('2026-01-14T17:00:00Z') + i * 60_000)
  const { startAt, smartCost, nonSmartCost, estimatedFinishAt } = made.plan
  t.ok(Math.abs(costFrom(Date.parse(startAt)) - smartCost) < 0.001, `${smartCost} is what the energy costs from ${startAt} on`)
  t.ok(Math.abs(costFrom(Date.parse('2026-01-14T17:00:00Z')) - nonSmartCost) < 0.001, `${nonSmartCost} is what it would have cost at once`)
  t.ok(smartCost <= Math.min(...minutes.map(costFrom)) + 0.001, 'no other minute is cheaper')
  t.ok(smartCost < nonSmartCost * 0.7, 'worth the while')
  t.equal(Date.parse(estimatedFinishAt) - Date.parse(startAt), Math.round(energyKwh / rateKw * 3_600_000))

  // About 20 s later the car is seen to have stopped, and it takes no command meanwhile.
  await h.to('2026-01-14T17:06:00Z')
  const stopped = await h.status()
  t.equal(stopped.state, 'PLAN:EXECUTING:STOPPED')
  t.match(stopped.plan.stopConfirmedAt, /^2026-01-14T17:0/)
  t.equal((await h.server.vehicle(h.id)).chargeState.powerDeliveryState, 'PLUGGED_IN:STOPPED')
  const refused = await h.server.call('POST', `${h.path}/charging`, { action: 'START' })
  t.match(refused, { status: 422, body: { title: 'Enode Controlled Entity' } })

  // Enode looks about every 2 minutes, and nothing is told while nothing changes.
  const before = (await h.told()).length
  await h.to(new Date(Date.parse(startAt) - 1000).toISOString())
  t.equal((await h.told()).length, before)
  const looked = Date.parse((await h.status()).updatedAt)
  t.ok(Date.parse(startAt) - 1000 - looked <= 2 * 60_000, 'recalculated, although no value changed')

  await h.to(startAt)
  t.equal(await h.state(), 'PLAN:EXECUTING:STARTING')
  await h.to('2026-01-15T06:00:00Z')
  const ended = await h.status()
  t.match(ended, { state: 'PLAN:ENDED:FINISHED', plan: { id: made.plan.id, smartCost, nonSmartCost, startAt, finalState: 'PLAN:ENDED:FINISHED', failureCondition: null } })
  t.ok(ended.plan.startConfirmedAt >= startAt && ended.plan.startConfirmedAt < ended.plan.endedAt)
  t.match((await h.server.vehicle(h.id)).chargeState, { batteryLevel: 80, isFullyCharged: true })
  t.equal((await h.server.call('POST', `${h.path}/charging`, { action: 'STOP' })).status, 400, 'it answers to its client again')

  // What the receiver heard: each change once, with the fields that changed.
  t.same(await h.states(), [
    'CONSIDERING', 'PLAN:EXECUTING:STOPPING', 'PLAN:EXECUTING:STOPPED', 'PLAN:EXECUTING:STARTING', 'PLAN:EXECUTING:STARTED', 'PLAN:ENDED:FINISHED'
  ])
  const told = await h.told()
  t.equal(told.length, 6)
  t.same(Object.keys(told[0] ?? {}), ['createdAt', 'version', 'event', 'user', 'smartChargingStatus', 'updatedFields'])
  told.slice(1).forEach((each, i) => {
    t.same(each.updatedFields, changedPaths(told[i]?.smartChargingStatus, each.smartChargingStatus), `${each.smartChargingStatus.state} tells what changed`)
  })
  t.ok(h.hooks.received.every(each => each.isSigned))
  const actions = h.hooks.events().filter(each => each.event === 'user:vendor-action:updated').map(each => [each.vendorAction.kind, each.vendorAction.state])
  t.same(actions, [['STOP', 'CONFIRMED'], ['START', 'CONFIRMED']])

  // Unplugged at its limit there is nothing to do, and after a drive there is again.
  await h.patch({ isPluggedIn: false })
  t.equal(await h.state(), 'FULLY_CHARGED')
  t.equal((await h.status()).plan, null)
  await h.patch({ batteryLevel: 50 })
  t.equal(await h.state(), 'CONSIDERING')
  t.equal((await h.plan()).id, made.plan.id, 'the latest plan is still there to read')
})

t.test('deadlines are read in the timezone of the location, at their next occurrence: over both changes of the clocks, in UTC+5:45, and beside a gap in the tariff', async t => {
  const gap: NonNullable<Wish['tariff']> = [['00:00', '01:00', '5'], ['05:00', '24:00', '5']]
  const cases: Array<{ name: string, now: string, place?: typeof oslo, timezoneName: string, tariff: NonNullable<Wish['tariff']>, policy?: Body, startAt: string }> = [
    // The tariff ends at 05:00 at the valley; the cheapest of equal starts is the earliest, at 00:00 local.
    { name: 'an ordinary night in Oslo', now: '2026-01-14T17:00:00Z', timezoneName: 'Europe/Oslo', tariff: nightIsCheap, startAt: '2026-01-14T23:00:00.000Z' },
    { name: 'the night in which the clocks go forward', now: '2026-03-28T17:00:00Z', timezoneName: 'Europe/Oslo', tariff: [['02:00', '06:00', '1'], ['06:00', '02:00', '3']], startAt: '2026-03-29T01:00:00.000Z' },
    { name: 'the night in which the clocks go back', now: '2026-10-24T16:00:00Z', timezoneName: 'Europe/Oslo', tariff: [['03:00', '06:00', '1'], ['06:00', '03:00', '3']], startAt: '2026-10-25T02:00:00.000Z' },
    { name: 'a night in Kathmandu', now: '2026-01-14T12:15:00Z', place: kathmandu, timezoneName: 'Asia/Kathmandu', tariff: nightIsCheap, startAt: '2026-01-14T18:15:00.000Z' },
    { name: 'a timezone that the location names and the ground does not', now: '2026-01-14T12:15:00Z', place: kathmandu, timezoneName: 'UTC', tariff: nightIsCheap, startAt: '2026-01-15T00:00:00.000Z' },
    { name: 'a deadline of 24:00', now: '2026-01-14T17:00:00Z', timezoneName: 'Europe/Oslo', tariff: [['20:00', '24:00', '1'], ['00:00', '20:00', '3']], policy: { isEnabled: true, deadline: '24:00' }, startAt: '2026-01-14T19:00:00.000Z' }
  ]
  for (const { name, startAt, policy = on, ...wish } of cases) {
    await t.test(name, async t => {
      const h = await home(t, { ...wish, policy })
      await h.plugIn()
      t.equal((await h.plan()).startAt, startAt)
      t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING')
      await h.server.advance('PT15H')
      t.match(await h.plan(), { finalState: 'PLAN:ENDED:FINISHED', failureCondition: null })
    })
  }
  await t.test('a tariff with a gap at night, in which market prices hold', async t => {
    const h = await home(t, { now: '2026-01-14T17:00:00Z', tariff: gap, policy: on })
    await h.plugIn()
    const { startAt, currency, smartCost, nonSmartCost } = await h.plan()
    t.equal(startAt >= '2026-01-15T00:00:00.000Z' && startAt <= '2026-01-15T01:17:00.000Z', true, startAt)
    t.equal(currency, 'NOK')
    t.ok(Math.abs(nonSmartCost - 150) < 0.001, 'by the tariff')
    t.ok(smartCost < 100, 'by the market')
  })
  await t.test('a tariff with a gap where there is no market: an hour without a price is never the cheapest', async t => {
    const h = await home(t, { now: '2026-01-14T23:00:00Z', place: austin, timezoneName: 'America/Chicago', tariff: [['17:00', '22:00', '3'], ['03:00', '07:00', '2']], state: { batteryLevel: 65 }, policy: on })
    await h.plugIn()
    t.match(await h.plan(), { startAt: '2026-01-15T09:00:00.000Z', currency: 'USD' })
  })
  await t.test('a tariff is in the currency of the country, also where the market has another, and in none at sea', async t => {
    const flat: NonNullable<Wish['tariff']> = [['00:00', '24:00', '2']]
    const places = { NOK: oslo, SEK: { latitude: 59.33, longitude: 18.07 }, GBP: { latitude: 51.51, longitude: -0.13 }, CAD: { latitude: 43.65, longitude: -79.38 }, AUD: { latitude: -33.87, longitude: 151.21 }, CHF: { latitude: 47.37, longitude: 8.54 }, XXX: { latitude: 40, longitude: -40 } }
    for (const [currency, place] of Object.entries(places)) {
      const h = await home(t, { now: '2026-01-14T17:00:00Z', place, tariff: flat, policy: on })
      await h.plugIn()
      t.match(await h.plan(), { currency }, currency)
    }
  })
  await t.test('the change of the clocks moves the deadline: at 07:00 in the morning after, an hour earlier or later than a day after 07:00', async t => {
    // At 02:30 in the night that has no such time, it is all too late when the clocks have skipped it.
    for (const [now, deadline, latest] of [['2026-03-28T17:00:00Z', '07:00', '2026-03-29T05:00:00Z'], ['2026-10-24T17:00:00Z', '07:00', '2026-10-25T06:00:00Z'], ['2026-03-28T17:00:00Z', '02:30', '2026-03-29T01:00:00Z']] as const) {
      const cheap = deadline === '07:00' ? '06:00' : '01:00'
      const h = await home(t, { now, tariff: [['00:00', cheap, '3'], [cheap, deadline, '1'], [deadline, '24:00', '3']], policy: { ...on, deadline } })
      await h.plugIn()
      const { estimatedFinishAt } = await h.plan()
      t.equal(Date.parse(latest) - Date.parse(estimatedFinishAt) < 5 * 60_000 + 1, true, estimatedFinishAt)
      t.ok(Date.parse(estimatedFinishAt) <= Date.parse(latest) - 5 * 60_000 + 1, estimatedFinishAt)
    }
  })
})

t.test('a plan is made once all four considerations hold, whichever comes last', async t => {
  const h = await home(t, { tariff: nightIsCheap, policy: on, state: { latitude: 60.5 } })
  const considers = async (expected: Body): Promise<void> => { t.match(await h.status(), { state: 'CONSIDERING', consideration: expected, plan: null }) }
  await considers({ isPluggedIn: false, isCharging: false, atChargingLocation: false, hasTimeEstimate: true })
  await h.patch({ isPluggedIn: true, isCharging: false })
  await considers({ isPluggedIn: true, isCharging: false, atChargingLocation: false, hasTimeEstimate: true })
  await h.server.advance('PT10M')
  await h.patch({ isCharging: true })
  await considers({ isPluggedIn: true, isCharging: true, atChargingLocation: false, hasTimeEstimate: true })
  await h.patch({}, { isReachable: false })
  await considers({ isPluggedIn: true, isCharging: true, atChargingLocation: false, hasTimeEstimate: false })
  await h.patch({ ...oslo }, { isReachable: true, force: true })
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING')
})

t.test('a car that is plugged in through any door charges by itself, is stopped, and has a plan; so has one whose limit is raised', async t => {
  const stops = async (h: Home): Promise<void> => {
    await h.server.advance('PT10M')
    t.match(await h.status(), { state: 'PLAN:EXECUTING:STOPPED', plan: { startAt: '2026-01-14T23:00:00.000Z' } })
    t.match((await h.server.vehicle(h.id)).chargeState, { isPluggedIn: true, isCharging: false, powerDeliveryState: 'PLUGGED_IN:STOPPED' })
  }
  const box = async (h: Home, state: Body = {}): Promise<string> => (await h.server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { ...oslo, ...state } }] })).body.devices[0].id
  const doors: Record<string, (h: Home) => Promise<unknown>> = {
    'isPluggedIn of the vehicle': async h => { await h.patch({ isPluggedIn: true }) },
    'pluggedInChargerId of the vehicle': async h => { await h.patch({ pluggedInChargerId: await box(h) }) },
    'pluggedInVehicleId of the charger': async h => await h.server.mock('PATCH', `/devices/${await box(h)}`, { state: { pluggedInVehicleId: h.id } }),
    'pluggedInVehicleId of a new charger': async h => await box(h, { pluggedInVehicleId: h.id })
  }
  for (const [door, plugIn] of Object.entries(doors)) {
    for (const timing of ['quick', 'realistic'] as const) {
      const h = await home(t, { tariff: nightIsCheap, policy: on, timing })
      t.equal(await h.state(), 'CONSIDERING', `${door}, ${timing}`)
      await plugIn(h)
      const seen = (await h.server.vehicle(h.id)).chargeState.powerDeliveryState
      t.equal(seen, timing === 'quick' ? 'PLUGGED_IN:CHARGING' : 'PLUGGED_IN:INITIALIZING', 'power takes as long as after START')
      await stops(h)
    }
  }
  const h = await home(t, { tariff: nightIsCheap, policy: on, state: { batteryLevel: 50, chargeLimit: 50, isPluggedIn: true } })
  t.match((await h.server.vehicle(h.id)).chargeState, { powerDeliveryState: 'PLUGGED_IN:COMPLETE' })
  await h.patch({ chargeLimit: 80 })
  t.match((await h.server.vehicle(h.id)).chargeState, { powerDeliveryState: 'PLUGGED_IN:CHARGING' })
  await stops(h)
  await h.patch({ isPluggedIn: false })
  await h.patch({ isPluggedIn: true, isCharging: false })
  await h.server.advance('PT10M')
  t.equal(await h.state(), 'CONSIDERING', 'one that is not to charge is left alone')
})

t.test('below its minimum a car charges promptly, is stopped there by its plan, and gets the rest in the cheap hours', async t => {
  const minimum = { ...on, minimumChargeLimit: 40 }
  const h = await home(t, { tariff: nightIsCheap, policy: minimum })
  await h.plugIn()
  const { state, plan } = await h.status()
  t.equal(state, 'PLAN:EXECUTING:STARTED')
  t.match(plan, { startAt: '2026-01-14T23:00:00.000Z', startConfirmedAt: '2026-01-14T16:30:00.000Z', stopConfirmedAt: null })
  t.match(plan.stopAt, /^2026-01-14T17:0[23]/, '6 kWh at 11.04 kW')
  near(t, plan.smartCost, 6 * 3 + 24)
  near(t, plan.nonSmartCost, 90)
  await h.server.advance('PT30M')
  t.match(await h.status(), { state: 'PLAN:EXECUTING:STARTED', plan }, 'nothing is new meanwhile')
  await h.server.advance('PT10M')
  const above = await h.status()
  t.match(above, { state: 'PLAN:EXECUTING:STOPPED', plan: { id: plan.id, startAt: plan.startAt } })
  t.match([above.plan.stopAt, above.plan.stopConfirmedAt], [/^2026-01-14T17:0/, /^2026-01-14T17:0/])
  t.equal((await h.server.vehicle(h.id)).chargeState.batteryLevel, 40)
  await h.to('2026-01-15T06:00:00Z')
  t.match(await h.plan(), { id: plan.id, finalState: 'PLAN:ENDED:FINISHED', failureCondition: null })
  t.same(await h.states(), [
    'CONSIDERING', 'PLAN:EXECUTING:STARTED', 'PLAN:EXECUTING:STOPPING', 'PLAN:EXECUTING:STOPPED', 'PLAN:EXECUTING:STARTING', 'PLAN:EXECUTING:STARTED', 'PLAN:ENDED:FINISHED'
  ])

  // One that stands still is started, whether it was plugged in just now, fell below, or the minimum was raised.
  const still = await home(t, { tariff: nightIsCheap, policy: minimum })
  await still.patch({ isPluggedIn: true, isCharging: false })
  t.equal(await still.state(), 'PLAN:EXECUTING:STARTING')
  const fell = await stopped(t, { state: { batteryLevel: 60 }, policy: minimum })
  await fell.patch({ batteryLevel: 30 })
  t.equal(await fell.state(), 'PLAN:EXECUTING:STARTING')
  const raised = await stopped(t, { policy: { ...on, minimumChargeLimit: 10 } })
  await raised.put({ minimumChargeLimit: 40 })
  t.equal(await raised.state(), 'PLAN:EXECUTING:STARTING')
  for (const each of [still, fell, raised]) {
    await each.server.advance('PT1H')
    t.match(await each.status(), { state: 'PLAN:EXECUTING:STOPPED', plan: { startAt: '2026-01-14T23:00:00.000Z' } })
    t.equal((await each.server.vehicle(each.id)).chargeState.batteryLevel, 40)
  }
  // Lowered again, it waits for its time at once; somebody who stops it has their will.
  await raised.put({ minimumChargeLimit: 60 })
  await raised.server.advance('PT1M')
  await raised.put({ minimumChargeLimit: 0 })
  await raised.server.advance('PT10S')
  t.equal(await raised.state(), 'PLAN:EXECUTING:STOPPED')
  await fell.put({ minimumChargeLimit: 60 })
  await fell.server.advance('PT1M')
  await fell.patch({ isCharging: false })
  await fell.server.advance('PT1H')
  t.equal(await fell.state(), 'PLAN:EXECUTING:CHARGE_INTERRUPTED')

  const flat = await home(t, { tariff: [['00:00', '24:00', '2']], policy: minimum })
  await flat.plugIn()
  await flat.server.advance('PT3H')
  t.same(await flat.states(), ['CONSIDERING', 'PLAN:EXECUTING:STARTED', 'PLAN:ENDED:FINISHED'], 'where waiting saves nothing it is not stopped')
})

t.test('when charging at once is the cheapest, the plan lets it charge', async t => {
  const h = await home(t, { tariff: [['00:00', '24:00', '2']], policy: on })
  await h.plugIn()
  const { state, plan } = await h.status()
  t.equal(state, 'PLAN:EXECUTING:STARTED')
  t.match(plan, { stopAt: plan.startAt, stopConfirmedAt: null, startConfirmedAt: plan.startAt, smartCost: 60, nonSmartCost: 60 })
  await h.server.advance('PT3H')
  t.equal(await h.state(), 'PLAN:ENDED:FINISHED')
})

t.test('prices that are not published yet are awaited, and the plan goes on when they are', async t => {
  const h = await (reached['PLAN:EXECUTING:STOPPED:AWAITING_PRICES'] as (t: Test) => Promise<Home>)(t)
  const waiting = await h.plan()
  t.match(waiting, { startAt: null, smartCost: null, estimatedFinishAt: '2026-01-15T06:00:00.000Z' })
  t.ok(waiting.nonSmartCost > 0)
  await h.to('2026-01-14T11:59:59Z')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED:AWAITING_PRICES')
  await h.to('2026-01-14T12:00:00Z')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')
  const known = await h.plan()
  t.equal(known.id, waiting.id)
  near(t, known.nonSmartCost, waiting.nonSmartCost)
  t.ok(known.startAt > '2026-01-14T12' && known.smartCost < known.nonSmartCost)
  await h.to('2026-01-15T06:00:00Z')
  t.match(await h.plan(), { id: waiting.id, finalState: 'PLAN:ENDED:FINISHED' })
})

t.test('a plan is made anew when the tariff, the level, the limit or the current of the car changes, and keeps its id', async t => {
  const h = await stopped(t)
  const first = await h.plan()
  t.match(first, { startAt: '2026-01-14T23:00:00.000Z', smartCost: 30, nonSmartCost: 90 })
  // In whole units, since a little was charged until the car had stopped.
  const costs = async (): Promise<Body> => {
    const { id, startAt, smartCost, nonSmartCost } = await h.plan()
    t.equal(id, first.id)
    return { startAt, smartCost: Math.round(smartCost), nonSmartCost: Math.round(nonSmartCost) }
  }
  await h.charge([['02:00', '05:00', '1'], ['05:00', '02:00', '3']])
  t.match(await costs(), { startAt: '2026-01-15T01:00:00.000Z', smartCost: 30 })
  await h.charge([['02:00', '05:00', '2'], ['05:00', '02:00', '4']])
  t.match(await costs(), { smartCost: 60, nonSmartCost: 120 })
  await h.server.call('PUT', '/tariffs/t', [{ name: 'rate 0', cost: '1' }, { name: 'rate 1', cost: '2' }])
  t.match(await costs(), { smartCost: 30, nonSmartCost: 60 })
  await h.patch({ batteryLevel: 50 })
  t.match(await costs(), { smartCost: 18, nonSmartCost: 36 })
  await h.patch({ chargeLimit: 60 })
  t.match(await costs(), { smartCost: 6 })
  const before = await h.plan()
  await h.patch({ maxCurrent: 8 })
  t.ok((await h.plan()).estimatedFinishAt > before.estimatedFinishAt)
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')
  await h.patch({ chargeLimit: 50 })
  t.equal(await h.state(), 'PLAN:ENDED:FINISHED', 'a limit at the level leaves nothing to do')
})

t.test('a plan is made anew when its charger lets less or more through, and still meets the deadline', async t => {
  const h = await home(t, { tariff: nightIsCheap, policy: on })
  const [box] = (await h.server.mock('POST', '/accounts', { vendor: 'ZAPTEC', userId: 'user-1', devices: [{ type: 'charger', state: { ...oslo } }] })).body.devices
  await h.patch({ isPluggedIn: true, pluggedInChargerId: box.id, isCharging: true })
  await h.server.advance('PT1M')
  const first = await h.plan()
  t.equal(first.startAt, '2026-01-14T23:00:00.000Z')
  const limit = async (maxCurrent: number): Promise<Body> => {
    t.equal((await h.server.call('POST', `/chargers/${box.id}/max-current`, { maxCurrent })).status, 200)
    await h.server.advance('PT10S')
    return await h.plan()
  }
  const slow = await limit(6)
  t.equal(slow.id, first.id)
  t.ok(slow.startAt < first.startAt && slow.estimatedFinishAt > '2026-01-15T03:59' && slow.estimatedFinishAt < '2026-01-15T06:00', `${slow.startAt} to ${slow.estimatedFinishAt}`)
  t.equal((await limit(32)).startAt, first.startAt)
  await limit(6)
  await h.to('2026-01-15T06:00:00Z')
  t.match(await h.plan(), { finalState: 'PLAN:ENDED:FINISHED', failureCondition: null })
})

t.test('what ends a plan leaves its figures as they were', async t => {
  const h = await stopped(t)
  const { estimatedFinishAt, smartCost, nonSmartCost } = await h.plan()
  await h.server.call('PUT', `/locations/${h.location}`, { timezoneName: 'America/New_York' })
  t.match(await h.plan(), { finalState: 'PLAN:ENDED:DEADLINE_CHANGED', estimatedFinishAt, smartCost, nonSmartCost })
})

t.test('another deadline ends the plan, and the next one takes over a car that stands still', async t => {
  for (const change of ['policy', 'timezone']) {
    const h = await stopped(t)
    const first = await h.plan()
    const location = { name: 'Home', ...oslo, timezoneName: 'America/New_York' }
    if (change === 'policy') await h.put({ deadline: '20:00' })
    else await h.server.call('PUT', `/locations/${h.location}`, location)
    t.match(await h.status(), { state: 'PLAN:ENDED:DEADLINE_CHANGED', plan: { id: first.id, finalState: 'PLAN:ENDED:DEADLINE_CHANGED' } })
    await h.server.advance('PT2M')
    const second = await h.plan()
    t.not(second.id, first.id)
    t.equal((await h.plan(first.id)).finalState, 'PLAN:ENDED:DEADLINE_CHANGED', 'the former one is kept')
    if (change === 'policy') t.equal(await h.state(), 'PLAN:EXECUTING:STARTED', 'until 20:00 there is no time to wait')
    else t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')
  }
  const h = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  await h.put({ deadline: '06:00' })
  t.equal(await h.state(), 'PLAN:ENDED:DEADLINE_CHANGED')
  await h.server.advance('PT2M')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED', 'also while the stop was still under way')
})

t.test('a plan is found by its id on its own vehicle alone', async t => {
  const h = await stopped(t)
  const { id } = await h.plan()
  const other = await h.server.car({ userId: 'user-2' })
  t.match(await h.server.call('GET', `/vehicles/${other}/smart-charging-plans/latest`), { status: 404, body: { title: 'Smart charging plan not found' } })
  t.equal((await h.server.call('GET', `/vehicles/${other}/smart-charging-plans/${id}`)).status, 404)
  t.equal((await h.server.call('GET', `${h.path}/smart-charging-plans/${unknownId}`)).status, 404)
  t.equal((await h.server.call('GET', `${h.path}/smart-charging-plans/newest`)).status, 400)
  t.equal((await h.server.call('GET', '/vehicles/nothing/smart-charging-plans/latest')).status, 404)
  t.equal((await h.server.call('GET', '/vehicles/nothing/smart-charging-status')).status, 404)
})
