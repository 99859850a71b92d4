import type { Test } from 'tap'
import t from 'tap'
import { build, type Body, type Server } from '../../../helpers/build.ts'
import { receiver, secret } from '../../../helpers/receiver.ts'

export const oslo = { latitude: 59.91, longitude: 10.75 }
export const austin = { latitude: 30.27, longitude: -97.74 }
const event = 'user:vehicle:smart-charging-status-updated'

export interface Wish {
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
export async function home (t: Test, { now = '2026-01-14T16:30:00Z', timing = 'quick', place = oslo, timezoneName = 'Europe/Oslo', tariff, state = {}, policy, vendor = 'VOLKSWAGEN' }: Wish = {}) {
  const hooks = await receiver(t)
  const server = await build(t, { now, timing })
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const id = await server.car({ vendor, state: { batteryLevel: 30, chargeLimit: 80, batteryCapacity: 60, maxCurrent: 16, chargeEfficiency: 1, ...place, ...state } })
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

export type Home = Awaited<ReturnType<typeof home>>

export async function setTariff (server: Server, location: string, cost: NonNullable<Wish['tariff']>): Promise<void> {
  await server.call('PUT', '/tariffs/t', cost.map(([, , price], i) => ({ name: `rate ${i}`, cost: price })))
  const answer = await server.call('PUT', `/locations/${location}/tariff`, { tariffId: 't', tariffIntervals: cost.map(([from, to], i) => ({ name: `rate ${i}`, from, to })) })
  if (answer.status !== 204) throw new Error(answer.text)
}

export const on = { isEnabled: true, deadline: '07:00' }
/** 60 kWh from 30 to 80 % at 11 kW, without losses: 2 h 44 min. */
export const nightIsCheap: NonNullable<Wish['tariff']> = [['00:00', '05:00', '1'], ['05:00', '24:00', '3']]

/** A little is charged until a car has stopped. */
export function near (t: Test, found: number, wanted: number): void {
  t.ok(Math.abs(found - wanted) < 0.05, `${found} is about ${wanted}`)
}

/** Each brings a car at home with smart charging on, that was plugged in at 18:00 and stopped, to a state. */
export const stopped = async (t: Test, wish: Wish = {}): Promise<Home> => {
  const h = await home(t, { tariff: nightIsCheap, policy: on, ...wish })
  await h.plugIn()
  await h.server.advance('PT1M')
  if (await h.state() !== 'PLAN:EXECUTING:STOPPED') throw new Error(`it is ${await h.state()}`)
  return h
}
export const startOfValley = '2026-01-14T23:00:00Z'
export const started = async (t: Test): Promise<Home> => {
  const h = await stopped(t)
  await h.to(startOfValley)
  await h.server.advance('PT1M')
  if (await h.state() !== 'PLAN:EXECUTING:STARTED') throw new Error(`it is ${await h.state()}`)
  return h
}
export const interrupted = async (t: Test): Promise<Home> => {
  const h = await started(t)
  await h.patch({ isCharging: false })
  return h
}
export const stopFails = async (t: Test): Promise<Home> => {
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
export const startFails = async (t: Test): Promise<Home> => {
  const h = await stopped(t)
  await h.patch({}, { isReachable: false })
  await h.to(startOfValley)
  await h.server.advance('PT1M')
  return h
}

export const reached: Record<string, (t: Test) => Promise<Home>> = {
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

export const failing: Record<string, { reach: (t: Test) => Promise<Home>, finalState: string }> = {
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
