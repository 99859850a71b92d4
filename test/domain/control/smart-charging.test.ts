import type { Test } from 'tap'
import t from 'tap'
import { SmartChargingPlan, SmartChargingState } from '../../../src/contract/smart-charging.ts'
import { marketPrices } from '../../../src/domain/prices/market.ts'
import { changedPaths } from '../../../src/lib/diff.ts'
import { build, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const oslo = { latitude: 59.91, longitude: 10.75 }
const austin = { latitude: 30.27, longitude: -97.74 }
const kathmandu = { latitude: 27.71, longitude: 85.32 }
const event = 'user:vehicle:smart-charging-status-updated'

interface Wish {
  /** The local clock decides on deadlines; a Wednesday in winter, 17:30 in Oslo, unless told otherwise. */
  now?: string
  timing?: 'quick' | 'realistic'
  place?: { latitude: number, longitude: number }
  timezoneName?: string
  /** Local hours and their price; market prices where left out. */
  tariff?: Array<[from: string, to: string, cost: string]>
  state?: Body
  policy?: Body
  vendor?: string
}

/** A server with a receiver, and a car at a location of its user; with a policy, smart charging is on. */
async function home (t: Test, { now = '2026-01-14T16:30:00Z', timing = 'quick', place = oslo, timezoneName = 'Europe/Oslo', tariff, state = {}, policy, vendor = 'VOLKSWAGEN' }: Wish = {}) {
  const hooks = await receiver(t)
  const server = await build(t, { now, timing })
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const id = await server.car({ vendor, state: { batteryLevel: 30, chargeLimit: 80, batteryCapacity: 60, maxCurrent: 16, ...place, ...state } })
  const location = (await server.call('POST', '/users/user-1/locations', { name: 'Home', ...place, timezoneName })).body.id as string
  const charge = async (cost: NonNullable<Wish['tariff']>): Promise<void> => { await setTariff(server, location, cost) }
  if (tariff !== undefined) await charge(tariff)
  const path = `/vehicles/${id}`
  const put = async (changes: Body) => await server.call('PUT', `${path}/smart-charging-policy`, changes)
  if (policy !== undefined) t.equal((await put(policy)).status, 200, 'smart charging is switched on')
  const patch = async (state: Body, rest: Body = {}): Promise<void> => {
    const answer = await server.mock('PATCH', `/devices/${id}`, { state, ...rest })
    if (answer.status !== 200) throw new Error(answer.text)
  }
  const told = async (): Promise<Body[]> => {
    // Until every delivery is made.
    await server.advance('PT0S')
    return hooks.events().filter(each => each.event === event)
  }
  return {
    server,
    id,
    location,
    path,
    hooks,
    put,
    charge,
    told,
    patch,
    plugIn: async (): Promise<void> => { await patch({ isPluggedIn: true }) },
    status: async (): Promise<Body> => (await server.call('GET', `${path}/smart-charging-status`)).body,
    state: async (): Promise<string> => (await server.call('GET', `${path}/smart-charging-status`)).body.state,
    plan: async (planId = 'latest'): Promise<Body> => (await server.call('GET', `${path}/smart-charging-plans/${planId}`)).body,
    to: async (at: string): Promise<void> => { await server.mock('POST', '/clock/advance', { to: at }) },
    /** Every state that was told, each once for a stay in it. */
    states: async (): Promise<string[]> => (await told()).map(each => each.smartChargingStatus.state as string).filter((state, i, all) => state !== all[i - 1])
  }
}

type Home = Awaited<ReturnType<typeof home>>

async function setTariff (server: Server, location: string, cost: NonNullable<Wish['tariff']>): Promise<void> {
  await server.call('PUT', '/tariffs/t', cost.map(([, , price], i) => ({ name: `rate ${i}`, cost: price })))
  const answer = await server.call('PUT', `/locations/${location}/tariff`, { tariffId: 't', tariffIntervals: cost.map(([from, to], i) => ({ name: `rate ${i}`, from, to })) })
  if (answer.status !== 204) throw new Error(answer.text)
}

/** An intervention of VOLKSWAGEN. */
const subscription = 'e8d1b66d-9e41-4a1e-8cab-d9f6da40adb9'

const on = { isEnabled: true, deadline: '07:00' }
/** 60 kWh from 30 to 80 % at 11.04 kW: 2 h 43 min. */
const nightIsCheap: NonNullable<Wish['tariff']> = [['00:00', '05:00', '1'], ['05:00', '24:00', '3']]

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

/** A little is charged until a car has stopped. */
function near (t: Test, found: number, wanted: number): void {
  t.ok(Math.abs(found - wanted) < 0.05, `${found} is about ${wanted}`)
}

/** Each brings a car at home with smart charging on, that was plugged in at 18:00 and stopped, to a state. */
const stopped = async (t: Test, wish: Wish = {}): Promise<Home> => {
  const h = await home(t, { tariff: nightIsCheap, policy: on, ...wish })
  await h.plugIn()
  await h.server.advance('PT1M')
  if (await h.state() !== 'PLAN:EXECUTING:STOPPED') throw new Error(`it is ${await h.state()}`)
  return h
}
const startOfValley = '2026-01-14T23:00:00Z'
const started = async (t: Test): Promise<Home> => {
  const h = await stopped(t)
  await h.to(startOfValley)
  await h.server.advance('PT1M')
  if (await h.state() !== 'PLAN:EXECUTING:STARTED') throw new Error(`it is ${await h.state()}`)
  return h
}
const interrupted = async (t: Test): Promise<Home> => {
  const h = await started(t)
  await h.patch({ isCharging: false })
  return h
}
const stopFails = async (t: Test): Promise<Home> => {
  const h = await home(t, { tariff: nightIsCheap, policy: on })
  await h.plugIn()
  await h.patch({}, { isReachable: false })
  await h.server.advance('PT1M')
  return h
}
/** It can be reached, and does not obey. */
const disobeys = async (h: Home, kind: 'START' | 'STOP'): Promise<void> => {
  const outcome = { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'No signal.' } }
  t.equal((await h.server.mock('POST', '/faults', { on: { assetId: h.id, kind }, effect: { outcome } })).status, 200)
}
const startFails = async (t: Test): Promise<Home> => {
  const h = await stopped(t)
  await h.patch({}, { isReachable: false })
  await h.to(startOfValley)
  await h.server.advance('PT1M')
  return h
}

const reached: Record<string, (t: Test) => Promise<Home>> = {
  DISABLED: async t => await home(t),
  CONSIDERING: async t => await home(t, { policy: on }),
  UNKNOWN: async t => {
    const h = await home(t, { policy: on })
    await h.patch({}, { capabilities: { startCharging: false } })
    return h
  },
  FULLY_CHARGED: async t => await home(t, { policy: on, state: { batteryLevel: 80 } }),
  'PLAN:EXECUTING:STOPPING': async t => {
    const h = await home(t, { tariff: nightIsCheap, policy: on })
    await h.plugIn()
    return h
  },
  'PLAN:EXECUTING:STOP_FAILED': stopFails,
  'PLAN:EXECUTING:STOPPED': async t => await stopped(t),
  'PLAN:EXECUTING:STOPPED:AWAITING_PRICES': async t => {
    // At 10:00 the prices of the next day are not published yet.
    const h = await home(t, { now: '2026-01-14T09:00:00Z', policy: on })
    await h.plugIn()
    await h.server.advance('PT1M')
    return h
  },
  'PLAN:EXECUTING:STARTING': async t => {
    const h = await stopped(t)
    await h.to(startOfValley)
    return h
  },
  'PLAN:EXECUTING:START_FAILED': startFails,
  'PLAN:EXECUTING:STARTED': started,
  'PLAN:EXECUTING:CHARGE_INTERRUPTED': interrupted,
  'PLAN:EXECUTING:OVERRIDDEN': async t => {
    const h = await stopped(t)
    await h.server.call('POST', `${h.path}/smart-override`)
    return h
  },
  'PLAN:ENDED:FINISHED': async t => {
    const h = await started(t)
    await h.server.advance('PT4H')
    return h
  },
  'PLAN:ENDED:UNPLUGGED': async t => {
    const h = await stopped(t)
    await h.patch({ isPluggedIn: false })
    return h
  },
  'PLAN:ENDED:FAILED': async t => {
    const h = await home(t, { tariff: nightIsCheap, policy: on })
    await disobeys(h, 'STOP')
    await h.plugIn()
    await h.server.advance('PT30M')
    return h
  },
  'PLAN:ENDED:DISABLED': async t => {
    const h = await stopped(t)
    await h.put({ isEnabled: false })
    return h
  },
  'PLAN:ENDED:DEADLINE_CHANGED': async t => {
    const h = await stopped(t)
    await h.put({ deadline: '08:00' })
    return h
  }
}

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

const failing: Record<string, { reach: (t: Test) => Promise<Home>, finalState: string }> = {
  STOP_FAILED: { reach: reached['PLAN:ENDED:FAILED'] ?? stopFails, finalState: 'PLAN:ENDED:FAILED' },
  START_FAILED: {
    reach: async t => {
      const h = await stopped(t)
      await disobeys(h, 'START')
      await h.to(startOfValley)
      await h.server.advance('PT30M')
      return h
    },
    finalState: 'PLAN:ENDED:FAILED'
  },
  FINISHED_LATE: {
    reach: async t => {
      const h = await started(t)
      await h.patch({ maxCurrent: 6 })
      await h.server.advance('PT9H')
      return h
    },
    finalState: 'PLAN:ENDED:FINISHED'
  },
  UNKNOWN: {
    reach: async t => {
      const h = await stopped(t)
      await h.server.call('DELETE', `/locations/${h.location}`)
      return h
    },
    finalState: 'PLAN:ENDED:FAILED'
  },
  CHARGE_INTERRUPTED: {
    reach: async t => {
      const h = await interrupted(t)
      await h.server.advance('P1D')
      return h
    },
    finalState: 'PLAN:ENDED:FAILED'
  }
}

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

t.test('the policy: off at first, put in parts, shown by the vehicle and told, and the one body in which unknown keys do no harm', async t => {
  const h = await home(t)
  const get = async (): Promise<Body> => (await h.server.call('GET', `${h.path}/smart-charging-policy`)).body
  const off = { isEnabled: false, deadline: null, minimumChargeLimit: 0 }
  t.same(await get(), off)
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, off)
  t.same((await h.put({ deadline: '06:30', unknown: 1 })).body, { ...off, deadline: '06:30' })
  t.same((await h.put({ isEnabled: true, minimumChargeLimit: 40 })).body, { isEnabled: true, deadline: '06:30', minimumChargeLimit: 40 })
  t.same(await get(), { isEnabled: true, deadline: '06:30', minimumChargeLimit: 40 })
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, await get())
  await h.put({})
  await h.server.advance('PT0S')
  const changes = h.hooks.events().filter(each => each.event === 'user:vehicle:updated').map(each => each.updatedFields)
  t.same(changes.slice(-2), [['smartChargingPolicy.deadline'], ['smartChargingPolicy.isEnabled', 'smartChargingPolicy.minimumChargeLimit']], 'and nothing where nothing changed')
  await h.server.advance('PT1H')
  t.equal((await h.server.vehicle(h.id)).smartChargingPolicy.isEnabled, true, 'a look at the car does not forget it')
  for (const wrong of [{ deadline: '7:00' }, { deadline: '24:01' }, { deadline: null }, { minimumChargeLimit: 101 }, { minimumChargeLimit: -1 }, { isEnabled: 'yes' }]) {
    t.equal((await h.put(wrong)).status, 400, JSON.stringify(wrong))
  }
  t.match((await h.server.call('GET', '/vehicles/nothing/smart-charging-policy')).status, 404)
  t.match((await h.server.call('PUT', '/vehicles/nothing/smart-charging-policy', on)).status, 404)
})

t.test('smart charging is refused with the reason, and nothing changes', async t => {
  const refuses = async (h: Home, policy: Body, detail: RegExp): Promise<void> => {
    const before = (await h.server.call('GET', `${h.path}/smart-charging-policy`)).text
    t.match(await h.put(policy), { status: 400, body: { title: 'Cannot activate smart charging', detail } })
    t.equal((await h.server.call('GET', `${h.path}/smart-charging-policy`)).text, before)
  }
  const h = await home(t)
  await refuses(h, { isEnabled: true }, /deadline/)
  await refuses(h, { ...on, minimumChargeLimit: 81 }, /81 exceeds the charge limit of the vehicle, which is 80/)
  await refuses(h, { minimumChargeLimit: 81 }, /exceeds/)
  await h.patch({}, { capabilities: { stopCharging: { isCapable: false, interventionIds: [subscription] } } })
  await refuses(h, on, new RegExp(`capability smartCharging is false, unless the user carries out the intervention ${subscription}`))
  await h.patch({}, { capabilities: { stopCharging: true } })
  await h.server.call('DELETE', `/locations/${h.location}`)
  await refuses(h, on, /no location/)

  const nowhere = await home(t, { place: austin, timezoneName: 'America/Chicago' })
  await refuses(nowhere, on, /market prices or a tariff/)
  await nowhere.charge(nightIsCheap)
  t.equal((await nowhere.put(on)).status, 200, 'with a tariff it can')

  const mercedes = await home(t, { vendor: 'MERCEDES' })
  await refuses(mercedes, { ...on, minimumChargeLimit: 49 }, /49 is below 50, which is the least for a MERCEDES/)
  t.equal((await mercedes.put({ ...on, minimumChargeLimit: 50 })).status, 200)
  t.equal((await mercedes.put({ isEnabled: false })).status, 200)
})

t.test('smart charging needs the control scope, and only one user of a car can have it', async t => {
  const h = await home(t, { policy: on })
  const device = (await h.server.mock('GET', `/devices/${h.id}`)).body
  const account = (await h.server.mock('GET', '/accounts')).body.find((each: Body) => each.id === device.accountId)
  const link = async (userId: string, scopes: string[]): Promise<string> => {
    const session = await h.server.call('POST', `/users/${userId}/link`, { scopes, language: 'en-US', redirectUri: 'https://example.com' })
    t.equal((await h.server.mock('POST', '/link-sessions/complete', { linkToken: session.body.linkToken, username: account.username, password: account.password })).status, 200)
    await h.server.call('POST', `/users/${userId}/locations`, { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' })
    return (await h.server.call('GET', `/users/${userId}/vehicles`)).body.data[0].id
  }
  const all = ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging']
  const reader = await link('reader', ['vehicle:read:data', 'vehicle:read:location'])
  t.match(await h.server.call('PUT', `/vehicles/${reader}/smart-charging-policy`, on), { status: 400, body: { detail: /has not granted "vehicle:control:charging"/ } })
  const second = await link('second', all)
  t.match(await h.server.call('PUT', `/vehicles/${second}/smart-charging-policy`, on), {
    status: 400, body: { title: 'Cannot activate smart charging', detail: 'Another user already has smart charging enabled for this vehicle' }
  })
  await h.put({ isEnabled: false })
  t.equal((await h.server.call('PUT', `/vehicles/${second}/smart-charging-policy`, on)).status, 200)
  t.equal((await h.put({ isEnabled: true })).status, 400)

  // Who leaves makes room, and finds it taken on coming back.
  const isEnabled = async (userId: string): Promise<boolean> => (await h.server.call('GET', `/users/${userId}/vehicles`)).body.data[0].smartChargingPolicy.isEnabled
  await h.server.call('DELETE', '/users/second/authorization')
  t.equal((await h.put({ isEnabled: true })).status, 200)
  await link('second', all)
  t.same([await isEnabled('user-1'), await isEnabled('second')], [true, false])
  t.equal((await h.server.call('GET', `/vehicles/${second}/smart-charging-status`)).body.state, 'DISABLED')
  await h.server.call('DELETE', '/users/user-1/authorization')
  await link('user-1', all)
  t.equal(await isEnabled('user-1'), true, 'where nobody has taken it, it is as it was')
})

t.test('a vehicle can charge smartly when it has all that this takes, and what brings the missing back is named', async t => {
  const h = await home(t, { policy: on })
  const capability = async (): Promise<Body> => (await h.server.vehicle(h.id)).capabilities.smartCharging
  t.same(await capability(), { isCapable: true, interventionIds: [] })
  for (const name of ['chargeState', 'location', 'startCharging', 'stopCharging', 'smartCharging']) {
    await h.patch({}, { capabilities: { [name]: { isCapable: false, interventionIds: [subscription] } } })
    t.same(await capability(), { isCapable: false, interventionIds: [subscription] }, name)
    t.equal(await h.state(), 'UNKNOWN')
    await h.patch({}, { capabilities: { [name]: true } })
    t.equal(await h.state(), 'CONSIDERING')
  }
  await h.patch({}, { capabilities: { setMaxCurrent: false, odometer: false } })
  t.equal((await capability()).isCapable, true, 'the others do not matter')
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

t.test('switched off, smart charging hands the car over as it stands, takes back what it asked for, and is DISABLED soon', async t => {
  const h = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  await h.put({ isEnabled: false })
  t.equal(await h.state(), 'PLAN:ENDED:DISABLED')
  await h.server.advance('PT1M')
  t.match(await h.status(), { state: 'DISABLED', plan: null })
  t.equal((await h.server.vehicle(h.id)).chargeState.isCharging, true)
  const [action] = h.hooks.events().filter(each => each.event === 'user:vendor-action:updated')
  t.match(action?.vendorAction, { kind: 'STOP', state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } })
  const away = await stopped(t)
  await away.put({ isEnabled: false })
  await away.server.advance('PT12H')
  t.equal((await away.server.vehicle(away.id)).chargeState.isCharging, false)
  t.equal((await away.server.call('POST', `${away.path}/charging`, { action: 'START' })).status, 200)
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

t.test('an override while the car stands still: it charges now, and when charging stops the plan takes over again', async t => {
  const h = await stopped(t)
  const { body: override, status } = await h.server.call('POST', `${h.path}/smart-override`)
  t.equal(status, 200)
  t.match(override, { endedAt: null, targetType: 'vehicle', targetId: h.id, userId: 'user-1', vendor: 'VOLKSWAGEN' })
  const { userId: _, vendor: __, ...summary } = override
  t.match(await h.status(), { state: 'PLAN:EXECUTING:OVERRIDDEN', smartOverride: summary })
  t.same((await h.server.call('POST', `${h.path}/smart-override`)).body, override, 'a second one is the first')
  t.match((await h.server.call('GET', `/vehicles/actions/${override.vendorActionId}`)).body, { kind: 'START', state: 'PENDING' })
  await h.server.advance('PT1M')
  t.equal((await h.server.vehicle(h.id)).chargeState.isCharging, true)
  const before = (await h.told()).length
  await h.server.advance('PT1H')
  t.equal(await h.state(), 'PLAN:EXECUTING:OVERRIDDEN', 'no action of smart charging comes between')
  t.equal((await h.told()).length, before, 'and nothing is told')
  t.equal((await h.server.call('POST', `${h.path}/charging`, { action: 'STOP' })).status, 200, 'while it lasts its client controls the car')
  await h.server.advance('PT1M')
  const after = await h.status()
  t.match(after, { state: 'PLAN:EXECUTING:STOPPED', smartOverride: { createdAt: override.createdAt } })
  t.ok(after.smartOverride.endedAt > override.createdAt)
  await h.to('2026-01-15T06:00:00Z')
  const { finalState, smartCost } = await h.plan()
  t.equal(finalState, 'PLAN:ENDED:FINISHED')
  t.ok(smartCost > 18 && smartCost < 20, 'for what was left to charge, at the price of the night')
})

t.test('an override that is ended gives the car back to what the plan expects', async t => {
  const h = await stopped(t)
  await h.server.call('POST', `${h.path}/smart-override`)
  await h.server.advance('PT30M')
  const ended = await h.server.call('DELETE', `${h.path}/smart-override`)
  t.match(ended, { status: 200, body: { targetId: h.id, endedAt: (await h.status()).updatedAt } })
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING', 'before its time it is stopped again')
  t.match(await h.server.call('DELETE', `${h.path}/smart-override`), { status: 404, body: { title: 'Smart override not found' } })
  await h.server.advance('PT1M')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')

  const soon = await stopped(t)
  const { vendorActionId } = (await soon.server.call('POST', `${soon.path}/smart-override`)).body
  await soon.server.call('DELETE', `${soon.path}/smart-override`)
  t.match((await soon.server.call('GET', `/vehicles/actions/${vendorActionId}`)).body, { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } })
  t.equal(await soon.state(), 'PLAN:EXECUTING:STOPPED')

  const past = await stopped(t)
  await past.server.call('POST', `${past.path}/smart-override`)
  await past.to('2026-01-14T16:40:00Z')
  await past.patch({ batteryLevel: 10 })
  await past.to('2026-01-14T19:00:00Z')
  await past.put({ deadline: '06:59' })
  await past.server.call('DELETE', `${past.path}/smart-override`)
  t.equal(await past.state(), 'PLAN:ENDED:DEADLINE_CHANGED', 'a plan can end meanwhile')
})

t.test('an override during the stop, while charging, at the limit, unplugged, unheard, and with nothing to override', async t => {
  const stopping = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  await stopping.server.call('POST', `${stopping.path}/smart-override`)
  await stopping.server.advance('PT1M')
  t.match(await stopping.status(), { state: 'PLAN:EXECUTING:OVERRIDDEN' })
  t.equal((await stopping.server.vehicle(stopping.id)).chargeState.isCharging, true)
  await stopping.server.advance('PT3H')
  t.match(await stopping.status(), { state: 'PLAN:ENDED:FINISHED' }, 'charged to the limit')
  t.ok((await stopping.status()).smartOverride.endedAt)
  t.equal((await stopping.server.call('POST', `${stopping.path}/smart-override`)).status, 400, 'fully charged')

  const charging = await started(t)
  t.match((await charging.server.call('POST', `${charging.path}/smart-override`)).body, { vendorActionId: null })
  t.equal(await charging.state(), 'PLAN:EXECUTING:OVERRIDDEN')
  await charging.server.call('DELETE', `${charging.path}/smart-override`)
  t.equal(await charging.state(), 'PLAN:EXECUTING:STARTED')

  const starting = await reached['PLAN:EXECUTING:STARTING']?.(t) as Home
  const { vendorActionId } = (await starting.server.call('POST', `${starting.path}/smart-override`)).body
  await starting.server.advance('PT1M')
  t.equal((await starting.server.call('GET', `/vehicles/actions/${vendorActionId}`)).body.state, 'CONFIRMED', 'it joins the start that is under way')
  t.equal(await starting.state(), 'PLAN:EXECUTING:OVERRIDDEN')

  const pulled = await reached['PLAN:EXECUTING:OVERRIDDEN']?.(t) as Home
  await pulled.server.advance('PT1M')
  await pulled.patch({ isPluggedIn: false })
  t.match(await pulled.status(), { state: 'PLAN:ENDED:UNPLUGGED', smartOverride: { endedAt: (await pulled.status()).updatedAt } })

  const unheard = await stopped(t)
  await unheard.patch({}, { isReachable: false })
  await unheard.server.call('POST', `${unheard.path}/smart-override`)
  await unheard.server.advance('PT2M')
  t.match(await unheard.state(), 'PLAN:EXECUTING:STOPPED', 'a start that fails ends it')

  const considering = await home(t, { policy: on, state: { isPluggedIn: true, isCharging: false } })
  t.equal((await considering.server.call('POST', `${considering.path}/smart-override`)).status, 200)
  await considering.server.advance('PT1M')
  t.equal(await considering.state(), 'CONSIDERING', 'no plan is made while it lasts')
  await considering.server.call('DELETE', `${considering.path}/smart-override`)
  t.match(await considering.state(), /^PLAN:EXECUTING/)

  const off = await home(t, { state: { isPluggedIn: true, isCharging: false } })
  t.match(await off.server.call('POST', `${off.path}/smart-override`), { status: 400, body: { title: 'Action Rejected', detail: /^The asset is controlled by neither/ } })
  t.equal((await off.server.call('POST', '/vehicles/nothing/smart-override')).status, 404)
  t.equal((await off.server.call('DELETE', '/vehicles/nothing/smart-override')).status, 404)
})

t.test('a max current that is set meanwhile is carried out, and so is what smart charging or an override wants', async t => {
  const setCurrent = async (h: Home): Promise<Body> => {
    const answer = await h.server.call('POST', `${h.path}/max-current`, { maxCurrent: 10 })
    t.equal(answer.status, 200)
    return (await h.server.call('GET', `/vehicles/actions/${answer.body.id}`)).body
  }
  const isCarriedOut = async (h: Home): Promise<void> => {
    await h.server.advance('PT10S')
    t.equal((await h.server.vehicle(h.id)).chargeState.maxCurrent, 10)
    t.notOk((await h.states()).some(each => each.endsWith('_FAILED')), 'no command has failed')
  }
  const h = await home(t, { vendor: 'TESLA', tariff: nightIsCheap, policy: on })
  await h.plugIn()
  await setCurrent(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING')
  await isCarriedOut(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')

  await h.patch({ maxCurrent: 16 })
  await h.to(startOfValley)
  await setCurrent(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STARTING')
  await isCarriedOut(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STARTED')

  await h.patch({ maxCurrent: 16 })
  await setCurrent(h)
  t.match((await h.server.call('POST', `${h.path}/smart-override`)).body, { vendorActionId: null })
  await isCarriedOut(h)
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

t.test('a user who leaves ends the plan; linked again, the policy is as it was; unlinked for good, nothing is left', async t => {
  const h = await stopped(t)
  const scopes = ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging']
  const { accountId } = (await h.server.mock('GET', `/devices/${h.id}`)).body
  const account = (await h.server.mock('GET', '/accounts')).body.find((each: Body) => each.id === accountId)
  await h.server.call('DELETE', '/users/user-1/authorization')
  t.match((await h.told()).at(-1)?.smartChargingStatus, { state: 'PLAN:ENDED:FAILED', plan: { failureCondition: 'UNKNOWN' } })
  t.equal((await h.server.call('GET', `${h.path}/smart-charging-status`)).status, 404)
  const link = async (): Promise<void> => {
    const session = await h.server.call('POST', '/users/user-1/link', { scopes, language: 'en-US', redirectUri: 'https://example.com' })
    t.equal((await h.server.mock('POST', '/link-sessions/complete', { linkToken: session.body.linkToken, username: account.username, password: account.password })).status, 200)
  }
  await link()
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, { isEnabled: true, deadline: '07:00', minimumChargeLimit: 0 })
  await h.server.advance('PT1M')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED', 'the car that stands still gets a new plan')
  await h.server.call('DELETE', '/users/user-1')
  await link()
  t.same((await h.server.vehicle(h.id)).smartChargingPolicy, { isEnabled: false, deadline: null, minimumChargeLimit: 0 })
  t.equal(await h.state(), 'DISABLED')
  t.equal((await h.server.call('GET', `${h.path}/smart-charging-plans/latest`)).status, 404)
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
