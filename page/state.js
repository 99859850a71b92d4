import { call, schemas, Trouble, worldName } from './api.js'
import { deviceOf } from './kinds.js'
import { vendorsOf } from './view-accounts.js'

/** All that is on show. Views read it, and only this file and the handlers change it. */
export const state = {
  route: { view: '' },
  world: worldName(),
  worlds: [],
  clock: undefined,
  devices: [],
  accounts: undefined,
  actions: undefined,
  actionState: '',
  deliveries: undefined,
  deliveryState: '',
  faults: undefined,
  requests: undefined,
  timeline: undefined,
  snapshots: undefined,
  /** Where a car goes next, how people live at its home, and the lives that are ready. */
  trips: undefined,
  life: undefined,
  lifeNames: undefined,
  /** Parts of the control API that this server does not have. */
  missing: new Set(),
  /** Counts what was changed from here. */
  version: 0,
  vendors: undefined,
  eventNames: undefined,
  /** What was told live, the newest first. */
  live: [],
  isFollowing: false,
  /** The day of a home by the id of a device there, which of them are opened, and the moment pointed at in each. */
  days: new Map(),
  openDays: new Set(),
  moments: new Map(),
  plotWidth: 720,
  filter: '',
  /** Whether the API sees changes at once. */
  observe: true,
  wish: {},
  created: undefined,
  /** What is under way: an id, or `advance`. */
  busy: undefined,
  trouble: undefined,
  needsToken: false,
  /** Simulated time, which goes on between two looks at a running clock. */
  now: () => Date.parse(state.clock.now) + (state.clock.mode === 'running' ? (performance.now() - clockReadAt) * state.clock.speed : 0)
}

let clockReadAt = 0

export function setClock (clock) {
  state.clock = clock
  clockReadAt = performance.now()
}

/** Forgets what belongs to another world, or to the time before a reset. */
export function forget () {
  Object.assign(state, { world: worldName(), clock: undefined, devices: [], accounts: undefined, actions: undefined, deliveries: undefined, faults: undefined, requests: undefined, timeline: undefined, snapshots: undefined, live: [], created: undefined, trouble: undefined })
  state.days.clear()
  state.moments.clear()
  state.openDays.clear()
}

const query = values => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined)).toString()

/** What each view needs besides the devices. */
const needs = {
  '': ['days'],
  assets: ['actions', 'accounts', 'days', 'trips', 'life', 'lifeNames'],
  accounts: ['accounts', 'vendors'],
  actions: ['actions'],
  webhooks: ['deliveries', 'eventNames'],
  faults: ['faults', 'vendors', 'eventNames'],
  requests: ['requests'],
  timeline: ['timeline'],
  worlds: ['snapshots']
}

const loaders = {
  accounts: async () => await call('GET', 'accounts'),
  actions: async () => await call('GET', `actions?${query(state.route.view === 'assets' ? { assetId: assetIdOf(state.route.id), limit: 10 } : { state: state.actionState })}`),
  deliveries: async () => await call('GET', `deliveries?${query({ state: state.deliveryState, limit: 50 })}`),
  faults: async () => await call('GET', 'faults'),
  requests: async () => await call('GET', 'requests?limit=100'),
  timeline: async () => await call('GET', `timeline?${query({ subject: state.route.id, limit: 100 })}`),
  snapshots: async () => await call('GET', 'snapshots'),
  vendors: async () => state.vendors ?? vendorsOf(await schemas()),
  eventNames: async () => state.eventNames ?? (await schemas()).EventWish?.properties.event.enum,
  trips: async () => {
    const device = deviceOf(state.devices, state.route.id)
    return device?.type === 'vehicle' ? await call('GET', `devices/${device.id}/trips?${query({ from: new Date(state.now() - 86_400_000).toISOString() })}`) : undefined
  },
  life: async () => {
    const device = deviceOf(state.devices, state.route.id)
    return device === undefined ? undefined : await call('GET', `devices/${device.id}/life`)
  },
  lifeNames: async () => state.lifeNames ?? (await schemas()).LifeWish?.properties.name.enum,
  days: async () => {
    const ids = state.route.view === 'assets' ? [state.route.id] : [...state.openDays]
    await Promise.all(ids.map(id => deviceOf(state.devices, id)?.id).filter(Boolean).map(async id => {
      const known = state.days.get(id)
      // A day is drawn in buckets of five minutes, so that a look within one changes nothing that one could see.
      if (known === undefined || known.of !== state.version || Math.abs(Date.parse(known.to) - state.now()) > 300_000) state.days.set(id, { ...await call('GET', `devices/${id}/day`), of: state.version })
    }))
    return state.days
  }
}

function assetIdOf (id) {
  return deviceOf(state.devices, id)?.observed?.id ?? id
}

/** Reads all that is on show. */
export async function load () {
  const { world, route } = state
  const [worlds, devices] = await Promise.all([call('GET', 'worlds'), call('GET', 'devices')])
  if (world !== state.world) return
  state.worlds = worlds
  setClock(worlds.find(({ name }) => name === world).clock)
  state.devices = devices
  await Promise.all((needs[route.view] ?? []).map(async name => {
    try {
      const value = await loaders[name]()
      if (world === state.world && route === state.route) state[name] = value
    } catch (error) {
      // An older server has no such part; what is about the parameter is trouble.
      if (!(error instanceof Trouble) || error.status !== 404 || !optional.has(name)) throw error
      state.missing.add(name)
    }
  }))
}

const optional = new Set(['requests', 'timeline', 'snapshots', 'trips', 'life'])
