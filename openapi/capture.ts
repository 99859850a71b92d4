import { type AssetKind } from '../src/contract/vendors.ts'
import { models } from '../src/devices/index.ts'
import { callOf, type Call, type Demo } from './calls.ts'
import { Product, type Received, type Reply } from './product.ts'
import type { Document, Operation } from './shapes.ts'

/** What came of the calls: by operation and status, for each event the shortest delivery that brings it, and all that was received. */
export interface Captured {
  calls: Map<string, Call>
  replies: Map<string, Map<number, Reply>>
  deliveries: Map<string, Received>
  received: Received[]
  /** A hold of every mode, as it was asked for. */
  holds: unknown[]
  /** Cursors, as lists answer them. */
  cursors: Record<string, string>
}

interface Place { method: string, path: string, operation: Operation }

/** An id that nothing has. */
const unknownId = '11111111-2222-4333-8444-555555555555'

/** Calls every operation of a document as the examples fill it in, in its order, and then so that it fails in each documented way. */
export async function capture (document: Document): Promise<Captured> {
  const places = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })))
  const replies = new Map(places.map(({ operation }) => [operation.operationId, new Map<number, Reply>()]))
  const keep = ({ operation: { operationId, responses } }: Place, reply: Reply): void => {
    if (!(reply.status in responses)) throw new Error(`${operationId} answered ${reply.status}, which is not documented: ${JSON.stringify(reply.body)}`)
    const known = replies.get(operationId)
    if (known?.has(reply.status) === false) known.set(reply.status, reply)
  }
  const product = await Product.start()
  const demo = await product.demo()
  const cursors = await cursorsOf(product)
  const calls = await succeed(product, demo, places, keep)
  const holds = await holdAll(product, demo)
  const deliveries = await happen(product, Object.keys(document.webhooks))
  await product.close()
  await fail(await Product.start(), places, calls, keep)
  return { calls, replies, deliveries, received: product.received, holds, cursors }
}

async function cursorsOf (product: Product): Promise<Record<string, string>> {
  const { after } = (await product.call('GET', '/vehicles?pageSize=2')).body.pagination
  const { before } = (await product.call('GET', `/vehicles?pageSize=2&after=${after}`)).body.pagination
  return { after, before }
}

/** The URL of a call, and its body. */
export function urlOf (path: string, { parameters = [] }: Operation, call: Call): string {
  const query = new URLSearchParams(parameters.filter(each => each.in === 'query' && each.name in call.query).map(({ name }): [string, string] => [name, String(call.query[name])])).toString()
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => call.path[name] ?? '') + (query === '' ? '' : `?${query}`)
}

async function succeed (product: Product, demo: Demo, places: Place[], keep: (place: Place, reply: Reply) => void): Promise<Map<string, Call>> {
  await product.call('PATCH', `/webhooks/${demo.webhooks[0]}`, { url: 'http://localhost:4000/' })
  await product.mock('POST', '/clock/advance', { by: 'PT2H' })
  const made: Record<string, unknown> = {}
  const calls = new Map<string, Call>()
  for (const place of places) {
    const { method, path, operation } = place
    const { operationId, responses } = operation
    const call = callOf(operationId, demo, made)
    const send = async (call: Call): Promise<Reply> => await product.call(method, urlOf(path, operation, call), call.body)
    const reply = await send(call)
    if (reply.status >= 300) throw new Error(`${method} ${urlOf(path, operation, call)}: ${reply.status} ${JSON.stringify(reply.body)}`)
    keep(place, reply)
    made[operationId] = reply.body
    calls.set(operationId, call)
    // What is cancelled once cannot be cancelled again, and this month is not over.
    if ('409' in responses) keep(place, await send(call))
    if ('202' in responses) keep(place, await send({ ...call, query: { ...call.query, month: 3, day: 10 } }))
  }
  return calls
}

/** Lets everything happen of which there is an event, and finds the shortest delivery of each. */
async function happen (product: Product, events: string[]): Promise<Map<string, Received>> {
  const devices = async (vendor: string, ...types: string[]): Promise<any> =>
    await product.mock('POST', '/accounts', { vendor, userId: 'user-lyon', devices: types.map(type => ({ type, state: { latitude: 45.764, longitude: 4.8357 } })) })
  const accounts = [await devices('HUAWEI', 'inverter', 'battery', 'meter'), await devices('EASEE', 'charger'), await devices('TADO', 'hvac'), await devices('BMW', 'vehicle')]
  await hinder(product, accounts[1].devices[0].id, 'EASEE', 'charger', 'setChargeRateLimit')
  await hinder(product, accounts[3].devices[0].id, 'BMW', 'vehicle', 'setMaxCurrent')
  await product.call('POST', '/users/user-lyon/locations', { name: 'Home', latitude: 45.764, longitude: 4.8357, timezoneName: 'Europe/Paris' })
  await product.call('PUT', `/vehicles/${accounts[3].devices[0].id}/smart-charging-policy`, { isEnabled: true, deadline: '07:00', minimumChargeLimit: 20 })
  await product.mock('POST', '/clock/advance', { by: 'P1D' })
  await product.mock('POST', `/accounts/${accounts[0].id}/invalidate`)
  await product.call('DELETE', '/users/user-lyon')
  await product.mock('POST', '/deliveries/drain')
  return new Map(events.map(event => {
    const [shortest] = product.received.filter(({ body }) => body.some(each => each.event === event)).sort((a, b) => JSON.stringify(a.body).length - JSON.stringify(b.body).length)
    if (shortest === undefined) throw new Error(`no delivery brought ${event}`)
    return [event, shortest]
  }))
}

/** Asks for a hold of every mode. */
async function holdAll (product: Product, { hvac }: Demo): Promise<unknown[]> {
  const holds = [{ mode: 'AUTO', heatSetpoint: 19, coolSetpoint: 25 }, { mode: 'COOL', coolSetpoint: 24 }, { mode: 'OFF' }]
  for (const hold of holds) {
    const { status, body } = await product.call('POST', `/hvacs/${hvac}/permanent-hold`, hold)
    if (status !== 200) throw new Error(`${JSON.stringify(hold)}: ${JSON.stringify(body)}`)
  }
  return holds
}

/** Takes a capability away that an intervention would give back. */
async function hinder (product: Product, id: string, vendor: string, vendorType: string, capability: string): Promise<void> {
  const [intervention] = (await product.call('GET', `/interventions?vendor=${vendor}&vendorType=${vendorType}`)).body
  await product.mock('PATCH', `/devices/${id}`, { capabilities: { [capability]: { isCapable: false, interventionIds: [intervention.id] } } })
}

async function fail (product: Product, places: Place[], calls: Map<string, Call>, keep: (place: Place, reply: Reply) => void): Promise<void> {
  const ready = await product.demo()
  const mute = await muteAssets(product)
  const { clientId, clientSecret } = await product.mock('POST', '/worlds', { name: 'full', fixture: { connectionLimit: 0 } })
  const full = await product.token(clientId, clientSecret)
  await product.call('PUT', `/schedules/${ready.schedules[0]}`, { isEnabled: true })
  const outage = await product.mock('POST', '/faults', { on: { vendor: 'HUAWEI' }, effect: { linkingStatus: 'OUTAGE' } })
  const each = async (status: string, send: (place: Place, call: Call) => Promise<Reply>): Promise<void> => {
    for (const place of places) {
      const call = calls.get(place.operation.operationId)
      if (call !== undefined && status in place.operation.responses) keep(place, await send(place, call))
    }
  }
  const as = async ({ method, path, operation }: Place, call: Call, token?: string): Promise<Reply> => await product.call(method, urlOf(path, operation, call), call.body, token)
  await each('401', async (place, call) => await as(place, call, 'Bearer none'))
  await each('400', async (place, call) => await malformed(product, place, call))
  await each('404', async (place, call) => await as(place, unknown(place, call)))
  await each('403', async (place, call) => place.operation.operationId === 'linkUser' ? await as(place, call, full) : await as(place, { ...call, path: { ...call.path, ...mute } }))
  await each('422', async (place, call) => place.operation.operationId === 'getHEMSystemStatistics' ? await as(place, call) : await as(place, { ...call, path: { ...call.path, vehicleId: ready.kia } }))
  await each('503', async (place, call) => await as(place, call))
  await product.mock('DELETE', `/faults/${outage.id}`)
  const sunny = (await product.mock('GET', '/accounts')).find((account: any) => account.devices.some((device: any) => device.id === ready.inverter))
  await product.mock('POST', `/accounts/${sunny.id}/invalidate`)
  await product.interrupt()
  for (const status of ['422', '503']) await each(status, async (place, call) => await as(place, call))
  await product.close()
}

/** Assets of a user who let nobody control them, by the parameters that name them. */
async function muteAssets (product: Product): Promise<Record<string, string>> {
  const vendors: Partial<Record<AssetKind, string>> = { vehicle: 'TESLA', charger: 'EASEE', hvac: 'MITSUBISHI', battery: 'HUAWEI' }
  const ids = await Promise.all(models.filter(model => model.controlScope !== null).map(async ({ kind: type, vendors: [first] }): Promise<[string, string]> => {
    const vendor = vendors[type] ?? first
    const account = await product.mock('POST', '/accounts', { vendor, userId: 'user-guest', scopes: [`${type}:read:data`], devices: [{ type }] })
    return [`${type}Id`, account.devices[0].id]
  }))
  return Object.fromEntries(ids)
}

/** The same call with the one id that it is about unknown. */
function unknown ({ path, operation: { operationId } }: Place, call: Call): Call {
  if (path.includes('/statistics/charging')) return { ...call, query: { ...call.query, id: unknownId } }
  if (['createLocation', 'createSchedule'].includes(operationId)) return { ...call, path: { ...call.path, userId: 'nobody' } }
  const [name = ''] = /\w+(?=\}$)|\w+(?=\})/.exec(path) ?? []
  return { ...call, path: { ...call.path, [name]: name === 'userId' ? 'nobody' : unknownId } }
}

/** A call with something wrong in its body, its query or its path; the version is wrong where nothing else can be. */
async function malformed (product: Product, { method, path, operation }: Place, call: Call): Promise<Reply> {
  const send = async (changed: Partial<Call>): Promise<Reply> => await product.call(method, urlOf(path, operation, { ...call, ...changed }), 'body' in changed ? changed.body : call.body)
  if (Array.isArray(call.body)) return await send({ body: [...call.body, {}] })
  if (call.body !== undefined) {
    const [[key, value] = ['', '']] = Object.entries(call.body as object)
    return await send({ body: { ...call.body as object, [key]: typeof value === 'string' ? 5 : 'five' } })
  }
  const { parameters = [] } = operation
  const number = parameters.find(({ in: where, schema }) => where === 'query' && schema.type === 'integer')
  if (number !== undefined) return await send({ query: { ...call.query, [number.name]: 0 } })
  const query = parameters.find(({ in: where, name }) => where === 'query' && name !== 'language')
  if (query !== undefined) return await send({ query: { ...call.query, [query.name]: 'something else' } })
  const id = parameters.find(({ in: where, schema }) => where === 'path' && (schema.format === 'uuid' || schema.enum !== undefined))
  if (id !== undefined) return await send({ path: { ...call.path, [id.name]: 'something-else' } })
  return await product.old(method, urlOf(path, operation, call))
}
