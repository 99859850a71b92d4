import t from 'tap'
import { build, type Body } from '../../../helpers/build.ts'
import { unknownId } from '../../../helpers/openapi.ts'
import { home, house, plan, boxPlan, create, put, status, listen, stateOf } from './house.ts'

t.test('a schedule is created with 200, shown, listed newest first for its user, updated in part, and deleted with 204', async t => {
  const at = await house(await build(t))
  const { server } = at
  const rules = [{ hourMinute: { from: '22:00', to: '06:00' }, weekdays: [0, 6], fromTimestamp: '2026-01-02T00:00:00Z', toTimestamp: '2026-02-02T00:00:00.000Z', shouldCharge: true }]
  const created = (await server.call('POST', '/users/user-1/schedules', plan(at, { rules }))).body
  t.match(created.id, /^[0-9a-f]{8}-[0-9a-f]{4}-/)
  t.strictSame(created, { targetId: at.car, locationId: at.location, targetType: 'vehicle', isEnabled: true, defaultShouldCharge: false, rules, id: created.id })
  t.strictSame(Object.keys(created), ['targetId', 'locationId', 'targetType', 'isEnabled', 'defaultShouldCharge', 'rules', 'id'], 'in the order of the reference')
  t.strictSame((await server.call('GET', `/schedules/${created.id}`)).body, created)

  const other = await create(at, boxPlan(at))
  const list = async (query = ''): Promise<Body> => (await server.call('GET', `/users/user-1/schedules${query}`)).body
  t.same((await list()).data.map((each: Body) => each.id), [other, created.id])
  t.same((await list()).pagination, { before: null, after: null })
  const page = await list('?pageSize=1')
  t.same(page.data.map((each: Body) => each.id), [other])
  const next = await list(`?pageSize=1&after=${encodeURIComponent(page.pagination.after)}`)
  t.same(next.data.map((each: Body) => each.id), [created.id])
  t.same((await list(`?before=${encodeURIComponent(next.pagination.before)}`)).data.map((each: Body) => each.id), [other])
  t.same((await server.call('GET', '/users/nobody/schedules')).body.data, [], 'a user that nobody knows has none')

  t.strictSame(await put(at, created.id, {}), created, 'nothing is required')
  t.strictSame(await put(at, created.id, { defaultShouldCharge: true }), { ...created, defaultShouldCharge: true }, 'the rest stays')
  t.strictSame(await put(at, created.id, { isEnabled: false, locationId: null, rules: [] }), { ...created, defaultShouldCharge: true, isEnabled: false, locationId: null, rules: [] })
  t.strictSame((await put(at, created.id, { targetId: at.box, targetType: 'charger' })).targetId, at.box)

  const deleted = await server.call('DELETE', `/schedules/${created.id}`)
  t.same([deleted.status, deleted.text], [204, ''])
  for (const [method, path] of [['GET', ''], ['PUT', ''], ['DELETE', ''], ['GET', '/status']] as const) {
    const answer = await server.call(method, `/schedules/${created.id}${path}`, method === 'PUT' ? {} : undefined)
    t.match(answer, { status: 404, body: { title: 'Schedule not found', detail: `Could not find schedule ${created.id}` } }, `${method} ${path}`)
  }
  t.same((await list()).data.map((each: Body) => each.id), [other])
})

t.test('what cannot be is a 400, what is not there a 404, and neither changes anything', async t => {
  const at = await house(await build(t))
  const { server } = at
  const stranger = await server.car({ userId: 'user-2' })
  const theirs = String((await server.call('POST', '/users/user-2/locations', home)).body.id)
  const rule = (wish: Body): Body => ({ rules: [{ shouldCharge: true, ...wish }] })
  const cases: Array<[string, Body, number, RegExp]> = [
    ['a vehicle that nobody knows', { targetId: 'none' }, 404, /Could not find vehicle none/],
    ['a charger as a vehicle', { targetId: at.box }, 404, /Could not find vehicle/],
    ['a vehicle as a charger', { targetType: 'charger' }, 404, /Could not find charger/],
    ["another user's vehicle", { targetId: stranger }, 404, /among those of user user-1/],
    ['a location that nobody knows', { locationId: unknownId }, 404, /Could not find location/],
    ["another user's location", { locationId: theirs }, 404, /among those of user user-1/],
    ['a location that is no UUID', { locationId: 'home' }, 400, /"locationId" must be a valid UUID/],
    ['another type', { targetType: 'hvac' }, 400, /"targetType" must be one of \[vehicle, charger\]/],
    ['an unknown key', { name: 'Night' }, 400, /"name" is not allowed/],
    ['an unknown key in a rule', rule({ hours: 1 }), 400, /"rules\[0\]\.hours" is not allowed/],
    ['a rule without a wish', { rules: [{ weekdays: [1] }] }, 400, /"rules\[0\]\.shouldCharge" is required/],
    ['an interval without an end', rule({ hourMinute: { from: '01:00' } }), 400, /"rules\[0\]\.hourMinute\.to" is required/],
    ['half past twenty-four', rule({ hourMinute: { from: '01:00', to: '24:30' } }), 400, /hourMinute\.to" must be a time of day as HH:mm, from 00:00 to 24:00/],
    ['an eighth weekday', rule({ weekdays: [7] }), 400, /weekdays\[0\]" must be less than or equal to 6/],
    ['a timestamp without an offset', rule({ fromTimestamp: '2026-01-01T00:00:00' }), 400, /fromTimestamp" must be a valid ISO 8601 timestamp/],
    ['a timestamp before simulated time', rule({ toTimestamp: '1970-01-01T00:00:00Z' }), 400, /"rules\[0\]\.toTimestamp" must be an ISO 8601 timestamp from 1971 to 9000/],
    ['more rules than a hundred', { rules: Array.from({ length: 101 }, () => ({ shouldCharge: true })) }, 400, /"rules" must have at most 100 items/]
  ]
  const kept = await create(at, plan(at))
  const before = (await server.call('GET', `/schedules/${kept}`)).body
  for (const [name, wish, expected, detail] of cases) {
    t.match(await server.call('POST', '/users/user-1/schedules', plan(at, wish)), { status: expected, body: { detail } }, `create: ${name}`)
    t.match(await server.call('PUT', `/schedules/${kept}`, wish), { status: expected, body: { detail } }, `update: ${name}`)
  }
  for (const key of Object.keys(plan(at))) {
    const { [key]: _, ...rest } = plan(at)
    t.match(await server.call('POST', '/users/user-1/schedules', rest), { status: 400, body: { detail: `"${key}" is required` } })
  }
  t.match(await server.call('POST', '/users/nobody/schedules', plan(at)), { status: 404, body: { title: 'User does not exist' } })
  t.equal((await server.call('GET', '/schedules/no-uuid')).status, 400)
  t.equal((await server.call('GET', '/users/user-1/schedules?after=x')).status, 400)
  t.same((await server.call('GET', '/users/user-1/schedules')).body.data, [before])
})

t.test('a target has one schedule that is enabled: the one that was enabled last', async t => {
  const at = await house(await build(t))
  const enabled = async (): Promise<string[]> => (await at.server.call('GET', '/users/user-1/schedules')).body.data.filter((each: Body) => each.isEnabled).map((each: Body) => each.id)
  const first = await create(at, plan(at))
  const box = await create(at, boxPlan(at))
  const second = await create(at, plan(at, { defaultShouldCharge: true }))
  t.same(await enabled(), [second, box], 'a new one disables the one before, not that of another target')
  t.match([await status(at, first), await status(at, second)], [{ state: 'INACTIVE:DISABLED' }, { state: 'PENDING' }])
  const third = await create(at, plan(at, { isEnabled: false }))
  t.same(await enabled(), [second, box], 'one that is not enabled disables none')
  await put(at, first, { isEnabled: true })
  t.same(await enabled(), [box, first])
  await put(at, box, { targetId: at.car, targetType: 'vehicle' })
  t.same(await enabled(), [box], 'one that comes from another target does')
  await put(at, third, { isEnabled: true })
  t.same(await enabled(), [third])
})

t.test('a schedule lasts as long as its target: deauthorized it waits, deleted it goes', async t => {
  const at = await house(await build(t))
  const { server } = at
  const heard = await listen(at)
  const list = async (): Promise<Body[]> => (await server.call('GET', '/users/user-1/schedules')).body.data
  const id = await create(at, plan(at, { rules: [{ hourMinute: { from: '02:00', to: '03:00' }, shouldCharge: true }] }))
  const box = await create(at, boxPlan(at))
  const { username, password } = (await server.mock('GET', '/accounts')).body[0]
  t.equal((await server.call('DELETE', '/users/user-1/authorization')).status, 204)
  t.same((await list()).map(each => each.id), [box, id])
  t.equal(await stateOf(at, id), 'INACTIVE:INCAPABLE')
  await server.advance('PT1H30M')
  t.match(await status(at, id), { state: 'INACTIVE:INCAPABLE', changedAt: '2026-01-01T01:00:00.000Z', isChargingExpectedParts: { shouldCharge: true } }, 'its clock goes on')
  t.match(await put(at, id, { defaultShouldCharge: true }), { defaultShouldCharge: true })
  const link = await server.call('POST', '/users/user-1/link', { scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com/done' })
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken, username, password })).status, 200)
  t.equal(await stateOf(at, id), 'PENDING', 'linked again, it goes on')
  await server.advance('PT2S')
  t.equal(heard().at(-1)?.status.state, 'ALIGNED')
  t.equal((await server.mock('DELETE', `/devices/${at.car}`)).status, 204)
  t.same((await list()).map(each => each.id), [box])
  t.equal((await server.call('GET', `/schedules/${id}/status`)).status, 404)
  t.equal((await server.call('DELETE', '/users/user-1')).status, 204)
  t.same(await list(), [])
  t.equal((await server.call('GET', `/schedules/${box}`)).status, 404)
  await server.advance('P2D')
  t.same(heard(), [], 'and nothing is told of what is gone')
})

t.test('a schedule can be put back as it was read, also when its location or its target is gone', async t => {
  const at = await house(await build(t))
  const id = await create(at, plan(at))
  t.equal((await at.server.call('DELETE', `/locations/${at.location}`)).status, 200)
  const read = async (): Promise<Body> => {
    const { id: _, ...body } = (await at.server.call('GET', `/schedules/${id}`)).body
    return body
  }
  t.match(await put(at, id, await read()), await read())
  t.equal((await at.server.call('DELETE', '/users/user-1/authorization')).status, 204)
  t.match(await put(at, id, await read()), await read())
})
