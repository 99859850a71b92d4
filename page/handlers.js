import { call, enterWorld, keepToken } from './api.js'
import { ask } from './dialog.js'
import { count, dateOf, timeOf } from './format.js'
import { nameOf } from './kinds.js'
import { setClock, state } from './state.js'
import { faultOf } from './view-faults.js'

const nameById = id => {
  const device = state.devices.find(each => each.id === id)
  return device === undefined ? 'The device' : nameOf(device)
}

const done = { isPluggedIn: { true: 'is plugged in', false: 'is unplugged' }, isCharging: { true: 'charges', false: 'stopped' } }

async function patch (id, change) {
  await call('PATCH', `devices/${id}`, { ...change, ...(state.observe ? {} : { observe: false }) })
}

async function advance (body) {
  const { now, timers, deliveries } = await call('POST', 'clock/advance', body)
  return `It is ${dateOf(now)}, ${timeOf(now)}. On the way: ${count(timers, 'timer')}, ${count(deliveries, 'attempt')} to deliver.`
}

/** A moment of a form, which is in UTC as everything here. */
const utc = text => `${text.length === 16 ? `${text}:00` : text}Z`
const filled = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))

/** What buttons and forms do, by the name that stands on them. Each answers what to say, if anything. */
export const handlers = {
  advance: async ({ by }) => await advance({ by }),
  goTo: async ({ to }) => await advance({ to: utc(to) }),
  setClock: async change => {
    setClock(await call('PUT', 'clock', change))
    return `The clock is ${state.clock.mode} at ${state.clock.speed} times real time.`
  },

  setState: async ({ id, state: facts }) => {
    await patch(id, { state: facts })
    const [[name, value]] = Object.entries(facts)
    return `${nameById(id)} ${done[name]?.[value] ?? `has ${name} ${value}`}.`
  },
  change: async ({ id, change }) => {
    await patch(id, change)
    return change.isReachable === undefined ? `${nameById(id)} is changed.` : `${nameById(id)} is ${change.isReachable ? 'reachable' : 'unreachable'}.`
  },
  setFact: async ({ id, name, value, json }, form) => {
    const isNumber = form.elements.value.type === 'number'
    await patch(id, { state: { [name]: isNumber ? Number(value) : json === 'yes' ? JSON.parse(value) : value } })
    return `${nameById(id)}: ${name} is set.`
  },
  sendOnTrip: async ({ id, km, bearing, after, stay, plugsIn }) => {
    const at = after === '' ? {} : { at: new Date(state.now() + Number(after) * 3_600_000).toISOString() }
    await call('POST', `devices/${id}/trips`, { ...at, km: Number(km), bearing: Number(bearing), stay: stay === '' ? null : stay, plugsIn: plugsIn !== undefined })
    return `${nameById(id)} ${after === '' ? 'is sent' : 'will be sent'} on a trip of ${km} km.`
  },
  resume: async ({ id }) => {
    await call('POST', `devices/${id}/resume`, {})
    return `${nameById(id)} does again what its life plans.`
  },
  setLife: async ({ id, name }) => {
    await call('PUT', `devices/${id}/life`, { name })
    return `The life there is ${name} from now on.`
  },
  removeDevice: async ({ id, name }) => {
    if (!await ask(`Remove ${name}?`, 'It disappears from its account.', 'Remove')) return
    await call('DELETE', `devices/${id}`)
    location.hash = '#/'
    return `${name} is gone.`
  },

  newAccount: async ({ vendor, userId, ...counts }) => {
    const devices = Object.entries(counts).flatMap(([key, n]) => Array.from({ length: Number(n) }, () => ({ type: key.replace('count ', '') })))
    const { username } = await call('POST', 'accounts', { vendor, devices, ...filled({ userId }) })
    return `Account ${username} is made.`
  },
  addDevice: async ({ accountId, type, model }) => {
    await call('POST', `accounts/${accountId}/devices`, { type, ...filled({ model }) })
    return 'The device is there.'
  },
  invalidate: async ({ id, vendor }) => {
    await call('POST', `accounts/${id}/invalidate`, {})
    return `${vendor} accepts the credentials no more. Linking the account again heals it.`
  },
  deleteAccount: async ({ id, vendor, devices }) => {
    if (!await ask(`Delete this account at ${vendor}?`, `Its devices go with it${devices.length > 0 ? `: ${devices.join(', ')}` : ''}.`, 'Delete')) return
    await call('DELETE', `accounts/${id}`)
    return 'The account is gone.'
  },

  resolve: async ({ id, change }) => {
    await call('POST', `actions/${id}/resolve`, change)
    return `The action is ${change.state.toLowerCase()}.`
  },
  resend: async ({ id }) => {
    const { attempts } = await call('POST', `deliveries/${id}/resend`, {})
    const { status, error } = attempts.at(-1)
    return `Sent again: ${status === null ? `no answer, ${error}` : `the receiver answered ${status}`}.`
  },
  drain: async () => {
    const { pending } = await call('POST', 'deliveries/drain', {})
    return pending === 0 ? 'Nothing is pending.' : `${count(pending, 'delivery', 'deliveries')} wait for a retry.`
  },
  sendEvent: async ({ event, assetId, fields }) => {
    const sent = await call('POST', 'events', { event, ...filled({ assetId }), ...(fields.trim() === '' ? {} : { fields: JSON.parse(fields) }) })
    return `Sent in ${count(sent.deliveries.length, 'delivery', 'deliveries')}.`
  },
  forgetRequests: async () => {
    await call('DELETE', 'requests')
    return 'The requests are forgotten.'
  },

  newFault: async values => {
    await call('POST', 'faults', faultOf(values))
    return 'The fault is in force.'
  },
  removeFault: async ({ id }) => {
    await call('DELETE', `faults/${id}`)
    return 'The fault is taken back.'
  },
  removeFaults: async () => {
    await call('DELETE', 'faults')
    return 'All faults are taken back.'
  },

  subject: ({ subject }) => { location.hash = subject === '' ? '#/timeline' : `#/timeline/${encodeURIComponent(subject)}` },

  enter: ({ name }) => { enterWorld(name) },
  newWorld: async ({ now, seed, ...wish }) => {
    const created = await call('POST', 'worlds', { ...filled(wish), ...(seed === '' ? {} : { seed: Number(seed) }), ...(now === '' ? {} : { now: utc(now) }) })
    state.created = created
    return `World ${created.name} is made.`
  },
  deleteWorld: async ({ name }) => {
    if (!await ask(`Delete world ${name}?`, 'Everything in it goes.', 'Delete')) return
    await call('DELETE', `worlds/${name}`)
    if (name === state.world) enterWorld('default')
    return `World ${name} is gone.`
  },
  reset: async ({ name }) => {
    if (!await ask(`Reset world ${name}?`, 'Devices, clock and all else are as at its start; tokens end.', 'Reset')) return
    await call('POST', 'reset', {})
    state.live = []
    return `World ${name} is as at its start.`
  },
  saveSnapshot: async ({ name }) => {
    await call('POST', 'snapshots', { name })
    return `Snapshot ${name} is saved.`
  },
  restore: async ({ name }) => {
    if (!await ask(`Go back to ${name}?`, 'What happened since is gone, unless another snapshot holds it.', 'Go back')) return
    await call('POST', `snapshots/${name}/restore`, {})
    return `The world is as it was at ${name}.`
  },
  deleteSnapshot: async ({ name }) => {
    await call('DELETE', `snapshots/${name}`)
    return `Snapshot ${name} is gone.`
  },

  token: ({ token }) => {
    keepToken(token)
    state.needsToken = false
  },
  dismiss: () => { state.trouble = undefined }
}

/** What fields do as soon as they change. */
export const changes = {
  world: name => { enterWorld(name) },
  speed: async speed => await handlers.setClock({ speed: Number(speed) }),
  actionState: value => { state.actionState = value },
  deliveryState: value => { state.deliveryState = value },
  wishVendor: vendor => { state.wish.vendor = vendor },
  wishPlan: plan => { state.wish.plan = plan }
}
