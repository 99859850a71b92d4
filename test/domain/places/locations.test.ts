import t from 'tap'
import { metresBetween } from '../../../src/lib/distance.ts'
import { Random } from '../../../src/lib/random.ts'
import { build, start, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const home = { name: 'Home', latitude: 59.9139, longitude: 10.7522, timezoneName: 'Europe/Oslo' }
const metresPerDegree = 111_412
/** A position some metres north of home. */
const north = (metres: number): { latitude: number, longitude: number } => ({ latitude: home.latitude + metres / metresPerDegree, longitude: home.longitude })

/** A car that stands far from everything unless told otherwise. */
const carOf = async (server: Server, userId = 'user-1', more: Body = {}): Promise<string> => await server.car({ userId, state: { latitude: 10, longitude: 10 }, ...more })

async function create (server: Server, wish: Body = {}, userId = 'user-1'): Promise<string> {
  const answer = await server.call('POST', `/users/${userId}/locations`, { ...home, ...wish })
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.id)
}

async function move (server: Server, id: string, place: Body, more: Body = {}): Promise<string | null> {
  const answer = await server.mock('PATCH', `/devices/${id}`, { state: place, ...more })
  t.equal(answer.status, 200, answer.text)
  return (await server.vehicle(id)).location.id
}

t.test('a location is created with 200, shown, listed newest first for all and for its user, updated in part, and deleted with 200', async t => {
  const server = await build(t)
  await carOf(server)
  await carOf(server, 'user-2')
  const created = await server.call('POST', '/users/user-1/locations', home)
  t.equal(created.status, 200)
  t.match(created.body.id, /^[0-9a-f]{8}-/)
  t.strictSame(Object.keys(created.body), ['name', 'latitude', 'longitude', 'timezoneName', 'id', 'userId', 'createdAt'], 'the keys of the reference in its order')
  t.strictSame(created.body, { ...home, id: created.body.id, userId: 'user-1', createdAt: start })
  const url = `/locations/${created.body.id}`
  t.strictSame((await server.call('GET', url)).body, created.body)

  const work = await create(server, { name: 'Work', latitude: 60 })
  const other = await create(server, {}, 'user-2')
  const ids = async (url: string): Promise<string[]> => (await server.call('GET', url)).body.data.map((each: Body) => each.id)
  t.same(await ids('/locations'), [other, work, created.body.id])
  t.same(await ids('/users/user-1/locations'), [work, created.body.id])
  t.same(await ids('/users/nobody/locations'), [], 'a user that nobody knows has none')
  const page = (await server.call('GET', '/locations?pageSize=2')).body
  t.same(await ids(`/locations?pageSize=2&after=${encodeURIComponent(page.pagination.after)}`), [created.body.id])
  t.match(await server.call('GET', '/users/user-1/locations?after=x'), { status: 400 })

  t.strictSame((await server.call('PUT', url, { name: 'Cabin' })).body, { ...created.body, name: 'Cabin' })
  t.strictSame((await server.call('PUT', url, {})).body, { ...created.body, name: 'Cabin' }, 'nothing is required')
  t.match((await server.call('PUT', url, { latitude: 1, longitude: 2, timezoneName: 'UTC' })).body, { name: 'Cabin', latitude: 1, longitude: 2, timezoneName: 'UTC', createdAt: start })
  const deleted = await server.call('DELETE', url)
  t.match(deleted, { status: 200, body: { id: created.body.id, name: 'Cabin', latitude: 1 } }, 'what it was')
  t.same(await ids('/users/user-1/locations'), [work])
})

t.test('what is not there is a 404 and what is malformed a 400, and neither changes anything', async t => {
  const server = await build(t)
  await carOf(server)
  const id = await create(server)
  const before = (await server.call('GET', '/locations')).text
  for (const [method, body] of [['GET', undefined], ['DELETE', undefined], ['PUT', { name: 'x' }]] as const) {
    t.match(await server.call(method, `/locations/${unknownId}`, body), { status: 404, body: { title: 'Location not found', detail: `Could not find location ${unknownId}` } })
    t.match(await server.call(method, '/locations/no-uuid', body), { status: 400, body: { issues: [{ path: ['locationId'] }] } })
  }
  t.match(await server.call('POST', '/users/nobody/locations', home), { status: 404, body: { title: 'User does not exist' } })
  for (const key of Object.keys(home)) {
    const { [key]: _, ...rest } = home as Body
    t.match(await server.call('POST', '/users/user-1/locations', rest), { status: 400, body: { detail: `"${key}" is required` } })
  }
  for (const wrong of [{ latitude: 91 }, { latitude: -91 }, { longitude: 181 }, { latitude: '59' }, { name: null }, { radius: 5 }, { timezoneName: 1 }]) {
    t.equal((await server.call('POST', '/users/user-1/locations', { ...home, latitude: 1, ...wrong })).status, 400, JSON.stringify(wrong))
    t.equal((await server.call('PUT', `/locations/${id}`, wrong)).status, 400, JSON.stringify(wrong))
  }
  t.equal((await server.call('GET', '/locations')).text, before)
})

t.test('a timezone must be a name of the IANA database, spelled as there', async t => {
  const server = await build(t)
  await carOf(server)
  const id = await create(server)
  for (const timezoneName of ['Europe/Oslo', 'UTC', 'Asia/Kathmandu', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Europe/Kyiv']) {
    t.match(await server.call('PUT', `/locations/${id}`, { timezoneName }), { status: 200, body: { timezoneName } })
  }
  for (const timezoneName of ['Mars/Base', '', '+01:00', '-0500', 'Europe', 'Oslo', ' UTC', 'UTC\u0000', 'CEST']) {
    const refused = await server.call('POST', '/users/user-1/locations', { ...home, latitude: 1, timezoneName })
    t.match(refused, { status: 400, body: { detail: /must be the name of a timezone/, issues: [{ path: ['timezoneName'] }] } }, JSON.stringify(timezoneName))
    t.equal((await server.call('PUT', `/locations/${id}`, { timezoneName })).status, 400)
  }
  t.match((await server.call('PUT', `/locations/${id}`, { timezoneName: 'europe/oslo' })).body.detail, /which spells it Europe\/Oslo/)
})

t.test('a new location must lie 200 m from every other one of its user, but an update is not checked', async t => {
  const server = await build(t)
  await carOf(server)
  await carOf(server, 'user-2')
  const id = await create(server)
  const refused = await server.call('POST', '/users/user-1/locations', { ...home, ...north(199) })
  t.match(refused, { status: 400, body: { title: 'Location too close', detail: /198 m from location .* at least 200 m apart/ } })
  t.equal((await server.call('GET', '/locations')).body.data.length, 1)
  await create(server, {}, 'user-2')
  const second = await create(server, north(201))
  t.equal((await server.call('PUT', `/locations/${second}`, north(50))).status, 200)
  t.equal((await server.call('POST', '/users/user-1/locations', { ...home, ...north(260) })).status, 200, 'what counts is the distance to where it lies now')
  t.equal((await server.call('GET', `/locations/${id}`)).status, 200)
})

t.test('distances are those on the ellipsoid, also across the date line and at the poles', async t => {
  // One degree of longitude at the equator, of latitude there and at the pole, by the figures of WGS 84.
  t.equal(Math.round(metresBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 })), 111_319)
  t.equal(Math.round(metresBetween({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })), 110_574)
  t.equal(Math.round(metresBetween({ latitude: 89, longitude: 0 }, { latitude: 90, longitude: 77 })), 111_694)
  t.equal(Math.round(metresBetween({ latitude: 0, longitude: 179.9995 }, { latitude: 0, longitude: -179.9995 })), 111)
})

t.test('a car enters a geofence within 200 m and leaves it past 270 m, and its location id follows with events', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  const car = await carOf(server)
  const id = await create(server)
  await server.call('POST', '/webhooks', { url: hook.url, secret })
  const path: Array<[metres: number, at: string | null]> = [
    [1000, null], [269, null], [201, null], [199, id], [0, id], [205, id], [269, id], [271, null], [250, null], [201, null], [199, id], [5000, null]
  ]
  let last: string | null = null
  for (const [metres, at] of path) {
    t.equal(await move(server, car, north(metres)), at, `${metres} m away, before at ${last}`)
    await server.mock('POST', '/deliveries/drain')
    const event = hook.events().at(-1)
    t.match(event, { event: 'user:vehicle:updated', vehicle: { id: car, location: { id: at } } })
    t.equal(event?.updatedFields.includes('location.id'), at !== last, `${metres} m: ${event?.updatedFields.join()}`)
    last = at
  }
})

t.test('however a car roams, it is at a location up to 200 m from one, at none past 270 m, and stays as it was between', async t => {
  const server = await build(t)
  const car = await carOf(server)
  const places = new Map<string, Body>()
  for (const metres of [0, 230, 700]) places.set(await create(server, north(metres)), north(metres))
  const random = new Random(11)
  let before: string | null = null
  for (let step = 0; step < 120; step++) {
    const here = north(random.between(-400, 1100))
    const at = await move(server, car, here)
    const distance = (id: string): number => metresBetween(places.get(id) as typeof here, here)
    const near = [...places.keys()].filter(id => distance(id) < 199.5)
    if (at === null) t.same(near, [])
    else t.ok(at === before ? distance(at) <= 271 : near.includes(at), 'it entered within 200 m')
    if (at !== before && before !== null) t.ok(distance(before) > 199, 'it does not jump between two locations that are both near')
    if (before !== null && distance(before) < 269.5 && near.length === 0) t.equal(at, before, 'it has not left')
    before = at
  }
})

t.test('Enode knows of a move only when it looks', async t => {
  const server = await build(t)
  const car = await carOf(server)
  const id = await create(server)
  t.equal(await move(server, car, north(10), { observe: false }), null)
  await server.advance('PT21M')
  t.equal((await server.vehicle(car)).location.id, id)
  await server.mock('PATCH', `/devices/${car}`, { isReachable: false })
  t.equal(await move(server, car, north(9000)), id, 'an unreachable car is where it was last seen')
})

t.test('a location that is created, moved or deleted takes in or gives up what was last seen there, at once', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  const car = await server.car({ state: north(20) })
  const sleeper = await server.car({ state: north(30) })
  const stranger = await server.car({ userId: 'user-2', state: north(30) })
  await server.mock('PATCH', `/devices/${sleeper}`, { isReachable: false })
  await server.call('POST', '/webhooks', { url: hook.url, secret })
  const at = async (): Promise<Array<string | null>> => await Promise.all([car, sleeper, stranger].map(async each => (await server.vehicle(each)).location.id))
  const { lastUpdated } = (await server.vehicle(car)).location
  await server.advance('PT1M')
  const id = await create(server)
  t.same(await at(), [id, id, null], 'also one that cannot be reached, and no car of another user')
  t.equal((await server.vehicle(car)).location.lastUpdated, lastUpdated, 'its position was received before')
  await server.call('PUT', `/locations/${id}`, { latitude: 50 })
  t.same(await at(), [null, null, null])
  const [near, far] = [await create(server, north(-150)), await create(server, north(220))]
  t.same(await at(), [near, near, null], 'the nearest of two')
  await server.call('DELETE', `/locations/${near}`)
  t.same(await at(), [far, far, null], 'in the geofence of the other one too')
  await server.call('DELETE', `/locations/${far}`)
  t.same(await at(), [null, null, null])
  await server.mock('POST', '/deliveries/drain')
  const told = hook.events().filter(event => event.vehicle?.id === car && event.updatedFields?.includes('location.id'))
  t.same(told.map(event => event.vehicle.location.id), [id, null, near, far, null])
  t.same(told[0]?.updatedFields, ['location.id'])
})

t.test('without the location scope a car tells neither coordinates nor a location, and with it again both', async t => {
  const server = await build(t)
  const account = { vendor: 'TESLA', username: 'ann', password: 'pw', devices: [{ type: 'vehicle', state: north(0) }] }
  const made = (await server.mock('POST', '/accounts', { ...account, userId: 'user-1', scopes: ['vehicle:read:data'] })).body
  const car = String(made.devices[0].id)
  const id = await create(server)
  const link = async (scopes: string[]): Promise<void> => {
    const session = await server.call('POST', '/users/user-1/link', { scopes, language: 'en-US', redirectUri: 'https://example.com' })
    t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: session.body.linkToken, username: 'ann', password: 'pw' })).status, 200)
  }
  const nowhere = { id: null, latitude: null, longitude: null, lastUpdated: null }
  t.strictSame((await server.vehicle(car)).location, nowhere)
  await link(['vehicle:read:data', 'vehicle:read:location'])
  t.match((await server.vehicle(car)).location, { id, latitude: home.latitude, longitude: home.longitude, lastUpdated: start })
  await link(['vehicle:read:data'])
  t.strictSame((await server.vehicle(car)).location, nowhere)
  await link(['vehicle:read:data', 'vehicle:read:location'])
  await server.mock('PATCH', `/devices/${car}`, { isReachable: false })
  await link(['vehicle:read:data'])
  t.strictSame((await server.vehicle(car)).location, nowhere, 'also when it cannot be reached')
  await server.call('DELETE', `/locations/${id}`)
  t.strictSame((await server.vehicle(car)).location, nowhere)
})

t.test('a charger is at the location that it was put at, wherever it stands, until that is taken away or deleted', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  const make = async (userId: string): Promise<string> => String((await server.mock('POST', '/accounts', { vendor: 'ZAPTEC', userId, devices: [{ type: 'charger', state: north(0) }] })).body.devices[0].id)
  const [box, ofOther] = [await make('user-1'), await make('user-2')]
  const [id, foreign] = [await create(server), await create(server, {}, 'user-2')]
  const shown = async (): Promise<Body> => (await server.call('GET', `/chargers/${box}`)).body
  t.same((await shown()).location, { id: null, lastUpdated: null }, 'standing there does not put it there')
  await server.call('POST', '/webhooks', { url: hook.url, secret })
  await server.advance('PT1M')

  const put = async (locationId: unknown, charger = box): Promise<Body> => await server.call('PUT', `/chargers/${charger}`, { locationId })
  const answer = await put(id)
  t.equal(answer.status, 200)
  t.strictSame(answer.body, await shown())
  t.same(answer.body.location, { id, lastUpdated: '2026-01-01T00:01:00.000Z' })
  await put(id)
  await server.mock('POST', '/deliveries/drain')
  t.match(hook.events().filter(event => event.event === 'user:charger:updated').map(event => event.updatedFields), [['location.id', 'location.lastUpdated']], 'told once')

  for (const wrong of [unknownId, foreign]) t.match(await put(wrong), { status: 404, body: { title: 'Location not found', detail: new RegExp(wrong) } })
  t.match(await put(id, ofOther), { status: 404, body: { detail: /among those of user user-2/ } })
  t.match(await put(id, 'nothing'), { status: 404, body: { title: 'Charger not found' } })
  for (const wrong of ['no-uuid', 5, undefined]) t.equal((await put(wrong)).status, 400)
  t.equal((await server.call('PUT', `/chargers/${box}`, { locationId: id, more: 1 })).status, 400)
  t.same((await shown()).location.id, id, 'what was refused changed nothing')

  await server.mock('PATCH', `/devices/${box}`, { state: north(90_000) })
  await server.advance('PT1H')
  t.same((await shown()).location, { id, lastUpdated: '2026-01-01T00:01:00.000Z' }, 'polls and moves change nothing')
  t.same((await put(null)).body.location, { id: null, lastUpdated: null })
  await server.mock('PATCH', `/devices/${box}`, { isReachable: false })
  t.equal((await put(id)).body.location.id, id, 'where it was put needs no charger that can be reached')
  await server.call('DELETE', `/locations/${id}`)
  t.same((await shown()).location, { id: null, lastUpdated: null })
  await server.mock('PATCH', `/devices/${box}`, { isReachable: true })
  t.same((await shown()).location, { id: null, lastUpdated: null })
})

t.test('deauthorizing a user keeps its locations and where its assets were put, deleting it takes them', async t => {
  const server = await build(t)
  const account = { vendor: 'EASEE', username: 'ann', password: 'pw', userId: 'user-1', devices: [{ type: 'charger' }] }
  const box = String((await server.mock('POST', '/accounts', account)).body.devices[0].id)
  await carOf(server, 'user-2')
  const [id, kept] = [await create(server), await create(server, {}, 'user-2')]
  await server.call('PUT', `/chargers/${box}`, { locationId: id })
  await server.call('DELETE', '/users/user-1/authorization')
  t.equal((await server.call('GET', `/locations/${id}`)).status, 200)
  const link = async (): Promise<void> => {
    const session = await server.call('POST', '/users/user-1/link', { scopes: ['charger:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
    await server.mock('POST', '/link-sessions/complete', { linkToken: session.body.linkToken, username: 'ann', password: 'pw' })
  }
  await link()
  t.equal((await server.call('GET', `/chargers/${box}`)).body.location.id, id, 'linked again, it is as it was left')
  await server.call('DELETE', '/users/user-1/authorization')
  await server.call('DELETE', `/locations/${id}`)
  await link()
  t.equal((await server.call('GET', `/chargers/${box}`)).body.location.id, null, 'but not at a location that is gone')

  const again = await create(server)
  await server.call('DELETE', '/users/user-1')
  t.equal((await server.call('GET', `/locations/${again}`)).status, 404)
  t.same((await server.call('GET', '/locations')).body.data.map((each: Body) => each.id), [kept])
  await link()
  t.same((await server.call('GET', '/users/user-1/locations')).body.data, [], 'a user of the same name starts anew')
})
