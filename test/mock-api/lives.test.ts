import t from 'tap'
import { build, type Body } from '../helpers/build.ts'
import { operationsOf, unknownId, type Document } from '../helpers/openapi.ts'
import { answered } from '../helpers/strict-responses.ts'

const spot = { latitude: 52.52, longitude: 13.405 }

t.test('every documented status of the operations on lives is reached', async t => {
  const server = await build(t, { controlToken: 'let-me-in' })
  const token = { authorization: 'Bearer let-me-in' }
  const made = await server.mock('POST', '/accounts', { vendor: 'VOLKSWAGEN', userId: 'anna', life: 'commuter', devices: [{ type: 'vehicle', state: spot }] }, token)
  const boxes = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'anna', devices: [{ type: 'charger', state: spot }] }, token)
  const [car, box] = [made, boxes].map(({ body }) => body.devices[0].id as string)
  const operations = [
    { id: 'getLife', method: 'GET', path: 'life' },
    { id: 'changeLife', method: 'PUT', path: 'life', body: { name: 'retired' }, wrong: { body: { name: 'busy' } } },
    { id: 'listTrips', method: 'GET', path: 'trips', wrong: { query: '?from=yesterday' } },
    { id: 'sendOnTrip', method: 'POST', path: 'trips', body: { km: 12 }, wrong: { body: {} } },
    { id: 'resumeLife', method: 'POST', path: 'resume', wrong: { device: box } }
  ] as const
  for (const { id, method, path, ...each } of operations) {
    const body: Body | undefined = 'body' in each ? each.body : undefined
    const ask = async (device = car, { query = '', sent = body, headers = token }: { query?: string, sent?: Body | undefined, headers?: Record<string, string> } = {}): Promise<number> =>
      (await server.mock(method, `/devices/${device}/${path}${query}`, sent, headers)).status
    t.equal(await ask(), 200, id)
    t.equal(await ask(unknownId), 404, id)
    t.equal(await ask(car, { headers: {} }), 401, id)
    t.equal(await ask(car, { headers: { ...token, host: 'example.com' } }), 403, id)
    if (!('wrong' in each)) continue
    const wrong: { device?: string | undefined, query?: string, body?: Body } = each.wrong
    t.equal(await ask(wrong.device, { query: wrong.query ?? '', sent: wrong.body ?? body }), 400, id)
  }
  const document = (await server.inject('GET', '/_mock/docs/json', undefined, token)).body as unknown as Document
  const documented = operationsOf(document).filter(({ operationId = '' }) => operations.some(({ id }) => id === operationId))
  t.equal(documented.length, operations.length)
  t.same(documented.flatMap(({ method, path, statuses }) => statuses.map(status => `${method} ${path} ${status}`)).filter(each => !answered.has(each)), [], 'documented, but reached by nothing')
})

t.test('a life is told with figures or without, seen with all of them, and can be changed in the middle of a day', async t => {
  const server = await build(t, { now: '2026-01-05T06:00:00Z' })
  const { body: account } = await server.mock('POST', '/accounts', { vendor: 'VOLKSWAGEN', userId: 'anna', devices: [{ type: 'vehicle', state: spot }] })
  const car = account.devices[0].id as string
  const life = async (): Promise<Body> => (await server.mock('GET', `/devices/${car}/life`)).body
  const before = await life()
  t.equal(before.given, null, 'nobody told')
  t.ok(before.figures.persons >= 1 && before.figures.houseKwh > 200, 'the house has its figures all the same')
  t.same(before.figures.drivers, [])
  t.same(before.devices, [car])
  const told = { name: 'commuter', persons: 4, houseKwh: 3210, drivers: [{ commuteKm: 35 }] }
  const changed = await server.mock('PUT', `/devices/${car}/life`, told)
  t.match(changed, { status: 200, body: { given: told, figures: { persons: 4, houseKwh: 3210, drivers: [{ commuteKm: 35, plugsIn: /./ }] } } })
  t.same(await life(), changed.body)
  await server.advance('P14D')
  const trips = async (): Promise<Body[]> => (await server.mock('GET', `/devices/${car}/trips?from=2026-01-05T00:00:00Z&to=2026-03-01T00:00:00Z`)).body.trips as Body[]
  const driven = await trips()
  t.ok(driven.some(({ purpose, km }) => purpose === 'work' && Math.abs(km - 35) < 1), 'to work')
  t.match(await server.mock('PUT', `/devices/${car}/life`, { name: 'still' }), { status: 200, body: { figures: { drivers: [] } } })
  await server.advance('P14D')
  t.ok((await trips()).length <= driven.length + 2, 'whoever was under way comes home, and then stands still')
  t.equal((await server.mock('GET', `/devices/${car}/trips`)).body.next, null)
})
