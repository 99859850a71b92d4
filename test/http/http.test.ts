import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import t, { type Test } from 'tap'
import { controlDocument } from '../../src/mock-api/openapi.ts'
import { Random } from '../../src/lib/random.ts'
import { build, start, type Answer, type Body, type Server } from '../helpers/build.ts'
import { operationsOf, storedDocument, unknownId, type Document } from '../helpers/openapi.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const problems = 'https://developers.enode.com/api/problems'
const none = { before: null, after: null }

function basic (id: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}` }
}

/** The answer is exactly this problem. */
function isProblem (t: Test, answer: Answer, status: number, slug: string, title: string, detail: string | RegExp): void {
  t.equal(answer.status, status, answer.text)
  t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
  t.equal(answer.headers['enode-version'], '2024-10-01')
  const { issues, ...rest } = answer.body
  t.match(rest, { type: `${problems}/${slug}`, title, detail })
  t.same(Object.keys(rest), ['type', 'title', 'detail'])
  if (issues !== undefined) t.ok(title === 'Payload validation failed' && issues.length > 0, 'only a validation failure has issues')
}

t.test('OAuth', async t => {
  const server = await build(t, { clientId: 'a client', clientSecret: 'a:secret+%&' })
  const ask = async (payload: string | undefined, headers: Record<string, string> = {}): Promise<Answer> => await server.inject('POST', '/oauth2/token', payload, headers)
  const right = basic('a client', 'a:secret+%&')

  t.test('gives a token to a client that shows its credentials in either of the two ways', async t => {
    const answers = [
      await ask('grant_type=client_credentials', { ...form, ...right }),
      await ask('grant_type=client_credentials', { ...form, ...basic(encodeURIComponent('a client'), encodeURIComponent('a:secret+%&')) }),
      await ask(new URLSearchParams({ grant_type: 'client_credentials', client_id: 'a client', client_secret: 'a:secret+%&' }).toString(), form),
      await ask('scope=&grant_type=client_credentials', { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', authorization: right.authorization?.replace('Basic', 'basic') ?? '' })
    ]
    for (const answer of answers) {
      t.equal(answer.status, 200, answer.text)
      t.same(Object.keys(answer.body), ['access_token', 'expires_in', 'scope', 'token_type'])
      t.match(answer.body, { access_token: /^\S{20,}$/, expires_in: 3599, scope: '', token_type: 'bearer' })
      t.match(answer.headers, { 'cache-control': 'no-store', 'content-type': /^application\/json/ })
      t.equal((await server.inject('GET', '/vehicles', undefined, { authorization: `Bearer ${answer.body.access_token}` })).status, 200)
    }
    t.equal(new Set(answers.map(answer => answer.body.access_token)).size, answers.length, 'no token is given twice')
  })

  t.test('refuses everything else in the form of RFC 6749', async t => {
    const body = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()
    const cases: Array<[string, number, string, Promise<Answer>]> = [
      ['no credentials', 401, 'invalid_client', ask('grant_type=client_credentials', form)],
      ['a wrong secret', 401, 'invalid_client', ask('grant_type=client_credentials', { ...form, ...basic('a client', 'wrong') })],
      ['an empty secret', 401, 'invalid_client', ask('grant_type=client_credentials', { ...form, ...basic('a client', '') })],
      ['an unknown client', 401, 'invalid_client', ask('grant_type=client_credentials', { ...form, ...basic('nobody', 'a:secret+%&') })],
      ['an unknown client without a secret', 401, 'invalid_client', ask('grant_type=client_credentials', { ...form, ...basic('nobody', '') })],
      ['an id alone', 401, 'invalid_client', ask(body({ grant_type: 'client_credentials', client_id: 'a client' }), form)],
      ['a wrong secret in the body', 401, 'invalid_client', ask(body({ grant_type: 'client_credentials', client_id: 'a client', client_secret: 'wrong' }), form)],
      ['a header that is no Basic', 401, 'invalid_client', ask('grant_type=client_credentials', { ...form, authorization: 'Bearer x' })],
      ['a header without a colon', 401, 'invalid_client', ask('grant_type=client_credentials', { ...form, authorization: `Basic ${Buffer.from('a client').toString('base64')}` })],
      ['credentials in both places', 400, 'invalid_request', ask(body({ grant_type: 'client_credentials', client_id: 'a client', client_secret: 'a:secret+%&' }), { ...form, ...right })],
      ['another grant', 400, 'unsupported_grant_type', ask('grant_type=password', { ...form, ...right })],
      ['an empty grant', 400, 'unsupported_grant_type', ask('grant_type=', { ...form, ...right })],
      ['no grant', 400, 'invalid_request', ask('scope=', { ...form, ...right })],
      ['no body', 400, 'invalid_request', ask(undefined, right)],
      ['a JSON body', 400, 'invalid_request', ask('{"grant_type":"client_credentials"}', { 'content-type': 'application/json', ...right })],
      ['a repeated parameter', 400, 'invalid_request', ask('grant_type=client_credentials&grant_type=client_credentials', { ...form, ...right })],
      ['a body of 20 kB', 400, 'invalid_request', ask(`grant_type=client_credentials&x=${'x'.repeat(20_000)}`, { ...form, ...right })]
    ]
    for (const [says, status, error, asked] of cases) {
      const answer = await asked
      t.equal(answer.status, status, `${says}: ${answer.text}`)
      t.same(Object.keys(answer.body), ['error', 'error_description'], says)
      t.equal(answer.body.error, error, says)
      t.match(answer.body.error_description, /^[\x20-\x21\x23-\x5b\x5d-\x7e]{10,}$/, `${says}: only the characters that RFC 6749 allows`)
      t.match(answer.headers['content-type'], /^application\/json/, says)
      t.equal(answer.headers['cache-control'], 'no-store', says)
      t.equal(answer.headers['www-authenticate'] !== undefined, status === 401, says)
      t.notMatch(answer.text, 'a:secret', says)
    }
    t.equal((await server.inject('GET', '/oauth2/token', undefined, {})).status, 404)
  })

  t.test('lets a token end when 3,599 real seconds are over, whatever simulated time does', async t => {
    const authorization = `Bearer ${await server.token('a client', 'a:secret+%&')}`
    const status = async (): Promise<number> => (await server.inject('GET', '/vehicles', undefined, { authorization })).status
    await server.advance('P400D')
    const now = Date.now()
    t.equal(await status(), 200)
    const shift = (seconds: number): void => { t.intercept(Date, 'now', { value: () => now + seconds * 1000 }) }
    shift(3590)
    t.equal(await status(), 200)
    t.equal(Object.keys((await ask('grant_type=client_credentials', { ...form, ...right })).body).length, 4)
    t.equal(await status(), 200, 'another token changes nothing')
    shift(3600)
    t.equal(await status(), 401)
    t.equal((await ask('grant_type=client_credentials', { ...form, ...right })).status, 200)
    t.equal(await status(), 401, 'and stays ended once it is forgotten')
  })

  t.test('lets all tokens of a world end on demand, and gives out new ones', async t => {
    const other = (await server.mock('POST', '/worlds', { name: 'third' })).body
    const tokens = [await server.token(), await server.token(), await server.token(other.clientId, other.clientSecret)]
    const statuses = async (): Promise<number[]> => await Promise.all(tokens.map(async token => (await server.inject('GET', '/vehicles', undefined, { authorization: `Bearer ${token}` })).status))
    t.same(await statuses(), [200, 200, 200])
    t.equal((await server.mock('POST', '/tokens/expire')).status, 204)
    t.same(await statuses(), [401, 401, 200])
    tokens.push(await server.token())
    t.same(await statuses(), [401, 401, 200, 200])
    await server.mock('DELETE', '/worlds/third')
  })

  t.test('lets a token end when 3,599 simulated seconds are over, if the server or a world wants that', async t => {
    const server = await build(t, { tokens: 'simulated' })
    const real = (await server.mock('POST', '/worlds', { name: 'real', tokens: 'real' })).body
    const authorizationOfReal = `Bearer ${await server.token(real.clientId, real.clientSecret)}`
    await server.mock('POST', '/clock/advance', { by: 'PT2H' }, { 'x-mock-world': 'real' })
    t.equal((await server.inject('GET', '/vehicles', undefined, { authorization: authorizationOfReal })).status, 200)
    t.match([(await server.mock('GET', '/info')).body.tokens, (await server.mock('GET', '/info', undefined, { 'x-mock-world': 'real' })).body.tokens], ['simulated', 'real'])
    const authorization = `Bearer ${await server.token()}`
    const status = async (): Promise<number> => (await server.inject('GET', '/vehicles', undefined, { authorization })).status
    await server.advance('PT3598.999S')
    t.equal(await status(), 200)
    await server.advance('PT0.001S')
    t.equal(await status(), 401)
    t.equal((await server.mock('POST', '/worlds', { tokens: 'none' })).status, 400)
  })

  t.test('keeps the tokens of worlds apart', async t => {
    const other = await server.mock('POST', '/worlds', { name: 'other', fixture: 'demo' })
    const authorization = `Bearer ${await server.token(other.body.clientId, other.body.clientSecret)}`
    await server.car({ userId: 'of the default world' })
    const [mine] = (await server.call('GET', '/vehicles')).body.data
    const theirs = await server.inject('GET', '/vehicles', undefined, { authorization })
    t.equal(theirs.body.data.length, 5)
    t.notOk(theirs.body.data.some((car: Body) => car.id === mine.id))
    t.equal((await server.inject('GET', `/vehicles/${mine.id}`, undefined, { authorization })).status, 404)
    t.equal((await ask('grant_type=client_credentials', { ...form, ...basic(other.body.clientId, 'a:secret+%&') })).status, 401)
    await server.mock('DELETE', '/worlds/other')
    t.equal((await server.inject('GET', '/vehicles', undefined, { authorization })).status, 401)
  })
})

t.test('every answer names the API version, and only that one may be asked for', async t => {
  const server = await build(t)
  const version = '2024-10-01'
  for (const answer of [
    await server.call('GET', '/vehicles'),
    await server.call('GET', '/vehicles/nothing'),
    await server.call('GET', '/vehicles?pageSize=0'),
    await server.call('GET', '/chargers'),
    await server.call('POST', '/webhooks', '{'),
    await server.call('GET', '/nothing'),
    await server.call('GET', '/%zz'),
    await server.inject('GET', '/vehicles', undefined, {}),
    await server.inject('POST', '/oauth2/token', undefined, {}),
    await server.call('GET', '/vehicles', undefined, { 'enode-version': version })
  ]) t.equal(answer.headers['enode-version'], version, answer.text)
  t.equal((await server.call('GET', '/vehicles', undefined, { 'enode-version': version })).status, 200)
  for (const asked of ['2024-01-01', '2024-10-02', 'latest', '']) {
    isProblem(t, await server.call('GET', '/vehicles', undefined, { 'enode-version': asked }), 400, 'bad-request', 'Unknown API version', new RegExp(`^Enode-Version ${asked} is not served. Versions served: ${version}$`))
  }
  isProblem(t, await server.call('GET', '/vehicles', undefined, { 'enode-user-id': 'anna' }), 400, 'bad-request', 'Bad Request', /Enode-User-Id.*2023-08-01.*\/users\/\{userId\}\/vehicles/)
})

t.test('each problem has the words that the vendor is seen to use', async t => {
  const server = await build(t)
  const body = { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' }
  isProblem(t, await server.call('POST', '/webhooks', '{"a":'), 400, 'bad-request', 'Bad Request', /^Invalid request payload JSON format$/)
  isProblem(t, await server.call('POST', '/webhooks', '{"__proto__":1}'), 400, 'bad-request', 'Bad Request', /^Invalid request payload JSON format$/)
  isProblem(t, await server.call('GET', '/users/nobody'), 404, 'not-found', 'User does not exist', /^Could not find user with ID nobody$/)
  isProblem(t, await server.call('GET', `/webhooks/${unknownId}`), 404, 'not-found', 'Webhook not found', new RegExp(`^Could not find webhook ${unknownId}$`))
  isProblem(t, await server.call('GET', '/vehicles/nothing'), 404, 'not-found', 'Vehicle not found', /^Could not find vehicle nothing$/)
  isProblem(t, await server.call('GET', `/vehicles/actions/${unknownId}`), 404, 'not-found', 'Action not found', new RegExp(`^Could not find action ${unknownId}$`))
  isProblem(t, await server.call('GET', '/vehicles/actions/no-uuid'), 400, 'bad-request', 'Payload validation failed', /^"actionId" must be a valid UUID$/)
  isProblem(t, await server.call('GET', '/nothing'), 404, 'not-found', 'Route not found', /^Route not found/)
  isProblem(t, await server.call('DELETE', '/vehicles'), 404, 'not-found', 'Route not found', /This path answers GET\.$/)
  isProblem(t, await server.call('PUT', `/vehicles/${unknownId}`), 404, 'not-found', 'Route not found', /This path answers GET\.$/)
  isProblem(t, await server.call('POST', '/users//link', body), 404, 'not-found', 'Route not found', /^Route not found: POST \/users\/\/link\. GET \/docs lists what there is\.$/)
  isProblem(t, await server.inject('GET', '/vehicles', undefined, {}), 401, 'unauthorized', 'Unauthorized', /^Unauthorized for resource$/)
  isProblem(t, await server.inject('GET', '/vehicles', undefined, { authorization: 'Bearer x' }), 401, 'unauthorized', 'Unauthorized', /^Unauthorized for resource$/)
  isProblem(t, await server.call('POST', '/webhooks', { url: 'https://example.com/hook', secret: 'x'.repeat(1024 * 1024) }), 400, 'bad-request', 'Bad Request', /too large/)
  isProblem(t, await server.call('POST', '/webhooks', 'url=x', form), 400, 'bad-request', 'Bad Request', /^Unsupported content type.*application\/json/)
  isProblem(t, await server.call('POST', '/webhooks'), 400, 'bad-request', 'Payload validation failed', /./)

  const wrong = await server.call('POST', '/users/anna/link', {})
  isProblem(t, wrong, 400, 'bad-request', 'Payload validation failed', /^"scopes" is required\. "language" is required\. "redirectUri" is required$/)
  t.same(wrong.body.issues, ['scopes', 'language', 'redirectUri'].map(name => ({ message: `"${name}" is required`, path: [name], type: 'any.required' })))
  isProblem(t, await server.call('POST', '/users/anna/link', { ...body, scopes: ['vehicle:read:data', 5] }), 400, 'bad-request', 'Payload validation failed', /^"scopes\[1\]" must be/)
  t.same((await server.call('GET', '/users')).body.data, [], 'nothing of it made a user')
})

t.test('where one of several shapes is asked for, the problem is told of the one that was meant', async t => {
  const server = await build(t)
  const webhook = (await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret, events: ['enode:webhook:test'] })).body.id
  const car = await server.car()
  const cases: Array<[Answer, RegExp]> = [
    [await server.call('POST', '/hvacs/x/permanent-hold', { mode: 'COOL' }), /^"coolSetpoint" is required$/],
    [await server.call('POST', '/hvacs/x/permanent-hold', { mode: 'OFF', coolSetpoint: 20 }), /^"coolSetpoint" is not allowed$/],
    [await server.call('POST', '/hvacs/x/permanent-hold', { mode: 'AUTO', coolSetpoint: 'warm' }), /^"heatSetpoint" is required\. "coolSetpoint" must be a number$/],
    [await server.call('POST', '/hvacs/x/permanent-hold', { mode: 'BAD' }), /^"mode" must be one of \[COOL, HEAT, AUTO, OFF\]$/],
    [await server.call('POST', '/hvacs/x/permanent-hold', { heatSetpoint: 20 }), /^"mode" is required$/],
    [await server.call('POST', '/hvacs/x/permanent-hold', 5), /^The body must be an object$/],
    [await server.call('PATCH', `/webhooks/${webhook}`, { authentication: { headerName: 'a' } }), /^"authentication\.headerValue" is required$/],
    [await server.call('PATCH', `/webhooks/${webhook}`, { authentication: 5 }), /^"authentication" must be an object.*has none of the forms/],
    [await server.mock('PATCH', `/devices/${car}`, { capabilities: { startCharging: { isCapable: 1 } } }), /^"capabilities\.startCharging\.isCapable" must be a boolean$/],
    [await server.mock('PATCH', `/devices/${car}`, { capabilities: { startCharging: 5 } }), /^"capabilities\.startCharging" has none of the forms that it can have/],
    [await server.mock('POST', '/worlds', { fixture: { users: 5 } }), /^"fixture\.users" must be an array$/]
  ]
  for (const [answer, detail] of cases) {
    t.equal(answer.status, 400)
    t.match(answer.body.detail, detail)
  }
})

t.test('an empty body with a JSON content type is no body, as clients such as axios send it', async t => {
  const server = await build(t)
  const car = await server.car({ state: { isPluggedIn: true, isCharging: false, batteryLevel: 40, chargeLimit: 80 } })
  const action = (await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).body.id
  t.equal((await server.call('POST', `/vehicles/${car}/refresh-hint`, '')).status, 204)
  t.equal((await server.call('POST', `/vehicles/actions/${action}/cancel`, '')).status, 200)
  t.equal((await server.call('DELETE', '/users/user-1', '')).status, 204)
  t.equal((await server.call('GET', '/users', '')).status, 200)
  t.equal((await server.call('POST', '/webhooks', '')).status, 400, 'where a body is needed, an empty one is none')
})

/** Follows `after` from the first page to the last. */
async function walk (server: Server, path: string, between: () => Promise<void> = async () => {}): Promise<string[]> {
  const seen: string[] = []
  for (let url = path; ;) {
    const { body } = await server.call('GET', url)
    seen.push(...body.data.map((item: Body) => item.id))
    if (body.pagination.after === null) return seen
    url = `${path}&after=${encodeURIComponent(body.pagination.after)}`
    await between()
  }
}

t.test('paging', async t => {
  const server = await build(t)
  t.same((await server.call('GET', '/vehicles')).body, { data: [], pagination: none })

  const cars: string[] = []
  for (let account = 0; account < 12; account++) {
    // Ten cars at a time have the same creation time.
    const made = await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: `user-${account % 2}`, devices: Array.from({ length: 10 }, () => ({ type: 'vehicle' })) })
    cars.unshift(...made.body.devices.map((device: Body) => device.id).reverse())
    await server.advance('PT1M')
  }

  t.test('goes from the newest to the oldest, also among those made at the same moment', async t => {
    t.same(await walk(server, '/vehicles?pageSize=7'), cars)
    t.same(await walk(server, '/vehicles?pageSize=1000'), cars)
    t.equal((await server.call('GET', '/vehicles')).body.data.length, 50, '50 unless asked otherwise')
    for (const size of [1, 40, 60, 119, 120, 121]) t.same(await walk(server, `/vehicles?pageSize=${size}`), cars, `pages of ${size}`)
    const mine = (await server.call('GET', '/users/user-1/vehicles?pageSize=1000')).body.data
    t.equal(mine.length, 60)
    t.ok(mine.every((car: Body) => car.userId === 'user-1'))
    t.same(await walk(server, '/users/user-1/vehicles?pageSize=9'), mine.map((car: Body) => car.id))
  })

  t.test('names both neighbours of every page, and null where there is none', async t => {
    const first = (await server.call('GET', '/vehicles?pageSize=50')).body
    t.same(Object.keys(first.pagination), ['before', 'after'])
    t.equal(first.pagination.before, null)
    const second = (await server.call('GET', `/vehicles?pageSize=50&after=${first.pagination.after}`)).body
    const third = (await server.call('GET', `/vehicles?pageSize=50&after=${second.pagination.after}`)).body
    t.equal(third.data.length, 20)
    t.equal(third.pagination.after, null)
    const back = (await server.call('GET', `/vehicles?pageSize=50&before=${third.pagination.before}`)).body
    t.same(back, second)
    const front = (await server.call('GET', `/vehicles?pageSize=50&before=${back.pagination.before}`)).body
    t.same(front, first)
    for (const cursor of [first.pagination.after, third.pagination.before]) {
      t.match(Buffer.from(cursor, 'base64').toString(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, 'a cursor begins with an ISO time')
      t.match(cursor, /^[A-Za-z0-9+/]+=*$/)
    }
    const documented = Buffer.from('2023-07-18T10:08:02.373Z').toString('base64')
    t.equal(documented, 'MjAyMy0wNy0xOFQxMDowODowMi4zNzNa')
    const past = (await server.call('GET', `/vehicles?after=${documented}`)).body
    t.match(past, { data: [], pagination: { before: String, after: null } }, 'nothing is older than the cursor of the reference')
    t.same((await server.call('GET', `/vehicles?pageSize=20&before=${past.pagination.before}`)).body, { data: third.data, pagination: { before: third.pagination.before, after: null } }, 'the way back')
    t.equal((await server.call('GET', `/vehicles?before=${documented}&pageSize=120`)).body.data.length, 120)
    isProblem(t, await server.call('GET', `/vehicles?after=${documented}&before=${documented}`), 400, 'bad-request', 'Bad Request', /"after" and "before"/)
    isProblem(t, await server.call('GET', '/vehicles?after=x'), 400, 'bad-request', 'Payload validation failed', /^"after" must be a cursor/)
    isProblem(t, await server.call('GET', '/vehicles?pageSize=1001'), 400, 'bad-request', 'Payload validation failed', /^"pageSize" must be less than or equal to 1000$/)
  })

  t.test('shows what stays once and only once while cars come and go between the pages', async t => {
    const random = new Random(7)
    const gone = new Set<string>()
    const come = new Set<string>()
    let standing = cars
    const change = async (): Promise<void> => {
      const [made] = (await server.mock('POST', '/accounts', { vendor: 'BMW', userId: 'user-0', devices: [{ type: 'vehicle' }, { type: 'vehicle' }] })).body.devices
      come.add(made.id)
      await server.advance('PT1S')
      for (let i = 0; i < 2; i++) {
        const car = random.pick(standing)
        if (gone.has(car)) continue
        gone.add(car)
        t.equal((await server.mock('DELETE', `/devices/${car}`)).status, 204)
      }
    }
    const forth = await walk(server, '/vehicles?pageSize=11', change)
    const stayed = cars.filter(car => !gone.has(car))
    t.equal(new Set(forth).size, forth.length, 'nothing twice')
    t.same(forth.filter(car => stayed.includes(car)), stayed, 'nothing skipped, in order')
    t.ok(gone.size > 5 && come.size > 5, `${gone.size} went, ${come.size} came`)

    // And from the end to the front.
    let page = (await server.call('GET', `/vehicles?pageSize=11&before=${Buffer.from(start).toString('base64')}`)).body
    standing = (await server.call('GET', '/vehicles?pageSize=1000')).body.data.map((car: Body) => String(car.id))
    gone.clear()
    const back: string[] = []
    for (;;) {
      back.unshift(...page.data.map((car: Body) => car.id))
      if (page.pagination.before === null || back.length > 300) break
      const { before } = page.pagination
      if (back.length < 60) await change()
      page = (await server.call('GET', `/vehicles?pageSize=11&before=${encodeURIComponent(before)}`)).body
    }
    const stayedAgain = standing.filter(car => !gone.has(car))
    t.ok(gone.size > 0)
    t.equal(new Set(back).size, back.length, 'nothing twice')
    t.same(back.filter(car => stayedAgain.includes(car)), stayedAgain, 'nothing skipped, in order')
  })

  t.test('serves users and webhooks alike', async t => {
    for (let i = 0; i < 7; i++) t.equal((await server.call('POST', '/webhooks', { url: `http://127.0.0.1:9/${i}`, secret, events: ['enode:webhook:test'] })).status, 200)
    for (const path of ['/users', '/webhooks']) {
      const all = (await server.call('GET', path)).body
      t.same(all.pagination, none)
      t.same(await walk(server, `${path}?pageSize=1`), all.data.map((item: Body) => item.id), path)
      isProblem(t, await server.call('GET', `${path}?pageSize=0`), 400, 'bad-request', 'Payload validation failed', /^"pageSize" must be greater than or equal to 1$/)
      isProblem(t, await server.call('GET', `${path}?before=x`), 400, 'bad-request', 'Payload validation failed', /^"before" must be a cursor/)
    }
  })

  t.test('leads back from every empty page of every list', async t => {
    const server = await build(t, { fixture: 'home' })
    const lists = ['/users', '/webhooks', '/locations', '/hem-systems', '/users/household/locations', '/users/household/hem-systems', '/users/household/schedules',
      ...['vehicles', 'chargers', 'hvacs', 'batteries', 'inverters', 'meters'].flatMap(kind => [`/${kind}`, `/users/household/${kind}`])]
    await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret, events: ['enode:webhook:test'] })
    const place = (seq: string, time = start): string => encodeURIComponent(Buffer.from(`${time}${seq}`).toString('base64'))
    const get = async (url: string): Promise<Body> => (await server.call('GET', url)).body
    for (const path of lists) {
      const all = await get(path)
      t.ok(all.data.length > 0, `${path} has something to lead back to`)
      for (const at of [place(''), place('#0'), place('#1'), place('#1', '1999-01-01T00:00:00.000Z')]) {
        const empty = await get(`${path}?after=${at}`)
        if (empty.data.length > 0) continue
        t.equal(empty.pagination.after, null, path)
        t.same((await get(`${path}?before=${encodeURIComponent(empty.pagination.before)}`)).data, all.data, `${path} before an empty page`)
      }
      const ahead = await get(`${path}?before=${place('#7', '2199-01-01T00:00:00.000Z')}`)
      t.match(ahead, { data: [], pagination: { before: null, after: String } }, path)
      t.same((await get(`${path}?after=${encodeURIComponent(ahead.pagination.after)}`)).data, all.data, `${path} after an empty page`)
      // The last page, from whose end the list goes on to nothing.
      const last = all.data.length === 1 ? all : await get(`${path}?pageSize=1&after=${(await get(`${path}?pageSize=${all.data.length - 1}`)).pagination.after}`)
      t.equal(last.data[0].id, all.data.at(-1).id)
    }
    t.same(await get(`/users/nobody/vehicles?after=${place('')}`), { data: [], pagination: none }, 'of nothing at all')
  })
})

t.test('HEAD answers wherever GET does, as it does but without a body, and OPTIONS says what a path answers', async t => {
  const server = await build(t, { fixture: 'home', controlToken: 'control' })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as { port: number }
  const headers = { authorization: `Bearer ${await server.token()}` }
  const control = { authorization: 'Bearer control', 'x-mock-world': 'default' }
  const ask = async (method: string, path: string, with_: Record<string, string> = {}): Promise<{ status: number, headers: Headers, text: string }> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: with_, redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const { data: [car] } = (await server.call('GET', '/vehicles')).body
  const link = new URL((await server.call('POST', '/users/anna/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })).body.linkUrl).pathname
  const { image } = { image: new URL((await server.call('GET', '/chargers')).body.data[0].information.imageUrl ?? car.information.imageUrl ?? 'http://x/').pathname }
  const documented = operationsOf(storedDocument).filter(({ method }) => method === 'GET').map(({ path }) => path)
    .map(path => path.replace('{userId}', 'household').replace('{vehicleId}', car.id).replaceAll(/\{\w+\}/g, unknownId))
  const controls = Object.entries((await controlDocument('0') as unknown as Document).paths).filter(([path, item]) => item.get !== undefined && path !== '/_mock/stream').map(([path]) => path.replaceAll(/\{\w+\}/g, car.id))
  t.ok(documented.length > 40 && controls.length > 15)
  const before = (await server.mock('GET', '/log', undefined, control)).body.entries.length
  const own = ['/', '/docs', '/docs/json', '/_mock', '/_mock/', '/_mock/page/app.js', '/_mock/docs', '/_mock/health', image, link, `${link}/sign-in`, `${link}/exit`, '/link/nothing']
  for (const [path, with_] of [...documented.map(path => [path, headers] as const), ...controls.map(path => [path, control] as const), ...own.map(path => [path, {}] as const)]) {
    const [head, get] = [await ask('HEAD', path, with_), await ask('GET', path, with_)]
    t.match({ status: head.status, type: head.headers.get('content-type'), text: head.text }, { status: get.status, type: get.headers.get('content-type'), text: '' }, path)
    const options = await ask('OPTIONS', path)
    if (path !== '/link/nothing' && !path.startsWith('/link/nothing')) t.match({ status: options.status, allow: options.headers.get('allow'), cors: options.headers.get('access-control-allow-origin') }, { status: 204, allow: /^GET, HEAD, .*OPTIONS$/, cors: null }, path)
  }
  t.equal((await ask('HEAD', '/_mock/stream', control)).status, 200, 'and ends')
  const log = (await server.mock('GET', '/log', undefined, control)).body.entries.slice(before) as Body[]
  t.same(log.filter(({ call }) => call?.method === 'OPTIONS' || (call?.method === 'HEAD' && call.url.startsWith('/_mock'))), [], 'what changes nothing is no call to the world')
  t.match(await server.mock('POST', '/replay', (await server.mock('GET', '/log', undefined, control)).body, control), { status: 200, body: { isSame: true } })
  t.equal((await ask('OPTIONS', '/vehicles')).headers.get('allow'), 'GET, HEAD, OPTIONS')
  t.equal((await ask('OPTIONS', '/webhooks')).headers.get('allow'), 'GET, HEAD, POST, OPTIONS')
  t.equal((await ask('OPTIONS', `${link}/exit`)).headers.get('allow'), 'GET, HEAD, OPTIONS')
  t.equal((await ask('OPTIONS', '/oauth2/token')).headers.get('allow'), 'POST, OPTIONS')
  t.equal((await ask('OPTIONS', '/nothing')).status, 404)
  t.equal((await ask('HEAD', '/nothing')).status, 404)
})

t.test('a 401 says in WWW-Authenticate what it wants', async t => {
  const server = await build(t, { controlToken: 'control' })
  const asked = async (path: string, authorization?: string): Promise<unknown> => (await server.inject('GET', path, undefined, authorization === undefined ? {} : { authorization })).headers['www-authenticate']
  t.equal(await asked('/vehicles'), 'Bearer realm="mock-enode"')
  t.equal(await asked('/vehicles', 'Basic abc'), 'Bearer realm="mock-enode"')
  t.equal(await asked('/vehicles', 'Bearer wrong'), 'Bearer realm="mock-enode", error="invalid_token"')
  t.equal(await asked('/_mock/info'), 'Bearer realm="mock-enode"')
  t.equal(await asked('/_mock/info', 'Bearer wrong'), 'Bearer realm="mock-enode", error="invalid_token"')
  t.equal((await server.inject('POST', '/oauth2/token', 'grant_type=client_credentials', form)).headers['www-authenticate'], 'Basic realm="mock-enode"')
  const authorization = 'Bearer control'
  await server.mock('POST', '/faults', { on: { path: '/users' }, effect: { status: 401 } }, { authorization })
  await server.mock('POST', '/faults', { on: { path: '/oauth2/token' }, effect: { status: 401 }, after: 1 }, { authorization })
  const bearer = { authorization: `Bearer ${await server.token()}` }
  t.equal((await server.inject('GET', '/users', undefined, bearer)).headers['www-authenticate'], 'Bearer realm="mock-enode"')
  t.equal((await server.inject('POST', '/oauth2/token', 'grant_type=client_credentials', { ...form, ...basic('mock-client', 'mock-secret') })).headers['www-authenticate'], 'Basic realm="mock-enode"')
})

t.test('a user id has one limit, and one that is longer is told so, wherever it comes from', async t => {
  const server = await build(t)
  const paths = Object.keys(storedDocument.paths).filter(path => path.includes('{userId}'))
  t.ok(paths.length > 15)
  for (const { method, path } of operationsOf(storedDocument).filter(({ path }) => path.includes('{userId}'))) {
    for (const length of [201, 501, 9000]) {
      const url = path.replace('{userId}', 'x'.repeat(length)).replace('{vendor}', 'TESLA').replace('{vendorType}', 'vehicle')
      isProblem(t, await server.call(method, url, method === 'POST' ? {} : undefined), 400, 'bad-request', 'Payload validation failed', /"userId" must have at most 200 characters/)
    }
  }
  const longest = 'x'.repeat(200)
  const tooLong = [
    server.mock('POST', '/accounts', { vendor: 'TESLA', userId: `${longest}x`, devices: [] }),
    server.mock('POST', '/worlds', { fixture: { users: [`${longest}x`] } }),
    server.mock('POST', '/worlds', { fixture: { users: [{ id: `{n}${'x'.repeat(196)}`, count: 10_000 }] } }),
    server.mock('POST', '/worlds', { fixture: { accounts: [{ vendor: 'TESLA', userId: `{n}${'x'.repeat(197)}`, count: 10_000, devices: [] }] } })
  ]
  for (const answer of await Promise.all(tooLong)) t.match(answer, { status: 400, body: { detail: /at most 200 characters/ } })
  const car = await server.car({ userId: longest })
  t.equal((await server.call('GET', `/users/${longest}/vehicles`)).body.data[0].id, car)
  t.match(await server.call('GET', `/vehicles/${'x'.repeat(5000)}`), { status: 404, body: { title: 'Vehicle not found' } })
})

t.test('what is named twice in a list counts once', async t => {
  const server = await build(t)
  const scopes = ['vehicle:read:data', 'vehicle:read:location', 'vehicle:read:data']
  const { linkToken } = (await server.call('POST', '/users/anna/link', { scopes, language: 'en-US', redirectUri: 'https://example.com' })).body
  t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken })).status, 200)
  t.equal((await server.mock('POST', '/accounts', { vendor: 'BMW', userId: 'bert', scopes, devices: [{ type: 'vehicle' }] })).status, 200)
  for (const user of (await server.call('GET', '/users')).body.data) t.same(user.scopes, scopes.slice(0, 2), user.id)
  for (const car of (await server.call('GET', '/vehicles')).body.data) t.same(car.scopes, scopes.slice(0, 2))
  const events = ['user:vehicle:updated', 'user:vehicle:updated', 'user:vehicle:deleted']
  const webhook = (await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret, events })).body
  t.same(webhook.events, events.slice(1))
  t.same((await server.call('PATCH', `/webhooks/${webhook.id}`, { events: ['*', '*'] })).body.events, ['*'])
})

t.test('users', async t => {
  const server = await build(t)
  const hooks = await receiver(t)

  t.test('are listed newest first with when they came and what they granted', async t => {
    await server.car({ userId: 'anna', scopes: ['vehicle:read:data'] })
    await server.advance('PT1M')
    await server.call('POST', '/users/bert/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
    t.same((await server.call('GET', '/users')).body, {
      data: [{ id: 'bert', createdAt: '2026-01-01T00:01:00.000Z', scopes: [] }, { id: 'anna', createdAt: start, scopes: ['vehicle:read:data'] }],
      pagination: none
    })
  })

  t.test('show one entry for each vendor and type that they linked', async t => {
    await server.car({ userId: 'anna', vendor: 'BMW' })
    const broken = await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'anna', devices: [{ type: 'vehicle' }] })
    await server.mock('POST', `/accounts/${broken.body.id}/invalidate`)
    t.same((await server.call('GET', '/users/anna')).body, {
      id: 'anna',
      linkedVendors: [{ vendor: 'TESLA', vendorType: 'vehicle', isValid: false }, { vendor: 'BMW', vendorType: 'vehicle', isValid: true }]
    })
    t.same((await server.call('GET', '/users/bert')).body, { id: 'bert', linkedVendors: [] })
  })

  t.test('that were never seen are a 404, but their vehicles an empty list', async t => {
    isProblem(t, await server.call('GET', '/users/never%20seen'), 404, 'not-found', 'User does not exist', /^Could not find user with ID never seen$/)
    const list = await server.call('GET', '/users/never%20seen/vehicles')
    t.equal(list.status, 200)
    t.same(list.body, { data: [], pagination: none })
    t.equal((await server.call('GET', '/users/never%20seen')).status, 404, 'looking makes nobody')
  })

  t.test('can be deleted once, and each of their vehicles is announced as deleted', async t => {
    const cars = (await server.call('GET', '/users/anna/vehicles')).body.data
    t.equal(cars.length, 3)
    t.equal((await server.call('POST', '/webhooks', { url: hooks.url, secret })).status, 200)
    const gone = await server.call('DELETE', '/users/anna')
    t.equal(gone.status, 204)
    t.equal(gone.text, '')
    isProblem(t, await server.call('DELETE', '/users/anna'), 404, 'not-found', 'User does not exist', /^Could not find user with ID anna$/)
    t.equal((await server.call('GET', '/users/anna')).status, 404)
    t.same((await server.call('GET', '/users/anna/vehicles')).body.data, [])
    for (const { id } of cars) t.equal((await server.call('GET', `/vehicles/${id}`)).status, 404)
    t.same((await server.call('GET', '/users')).body.data.map((user: Body) => user.id), ['bert'])
    await server.mock('POST', '/deliveries/drain')
    const deleted = hooks.events().filter(event => event.event === 'user:vehicle:deleted')
    t.same(deleted.map(event => event.vehicle.id).sort(), cars.map((car: Body) => car.id).sort())
    t.ok(deleted.every(event => event.user.id === 'anna' && event.createdAt === '2026-01-01T00:01:00.000Z'))
  })
})

t.test('linking', async t => {
  const server = await build(t)
  const good = { scopes: ['vehicle:read:data', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com/back?a=1' }
  const link = async (body: Body, user = 'anna'): Promise<Answer> => await server.call('POST', `/users/${user}/link`, body)

  t.test('refuses what the reference does not allow, and says what', async t => {
    const { scopes, language, redirectUri, ...nothing } = good
    const cases: Array<[Body, RegExp]> = [
      [nothing, /"scopes" is required\. "language" is required\. "redirectUri" is required/],
      [{ ...good, scopes: [] }, /^"scopes" must have at least 1 items?$/],
      [{ ...good, scopes: 'vehicle:read:data' }, /^"scopes" must be an array$/],
      [{ ...good, scopes: ['vehicle:read'] }, /^"scopes\[0\]" must be one of \[.*vehicle:read:data.*\]$/],
      [{ ...good, scopes: ['vehicle:control:charging'] }, /^"scopes" must contain "vehicle:read:data" to link a vehicle$/],
      [{ ...good, scopes: ['vehicle:read:location'] }, /^"scopes" must contain "vehicle:read:data" to link a vehicle$/],
      [{ ...good, scopes: ['vehicle:read:data', 'battery:control:operation_mode'] }, /^"scopes" must contain "battery:read:data" to link a battery$/],
      [{ ...good, vendorType: 'charger' }, /^"scopes" must contain "charger:read:data" to link a charger$/],
      [{ ...good, forceLanguage: true }, /^"forceLanguage" is not allowed$/],
      [{ ...good, language: 'xx-XX' }, /^"language" must be one of \[browser, en-US, .*it-IT\]$/],
      [{ ...good, redirectUri: 'no uri' }, /^"redirectUri" must be a valid URI$/],
      [{ ...good, redirectUri: '/back' }, /^"redirectUri" must be a valid URI$/],
      [{ ...good, redirectUri: '' }, /^"redirectUri" must be a valid URI$/],
      [{ ...good, redirectUri: `https://example.com/${'x'.repeat(481)}` }, /^"redirectUri" must have at most 500 characters$/],
      [{ ...good, redirectUri: 'https://' }, /^"redirectUri" must be a valid URI$/],
      [{ ...good, redirectUri: 'https://example.com:65536/' }, /^"redirectUri" must be a valid URI$/],
      ...['http:foo', 'https:/example.com', 'https://'].map((redirectUri): [Body, RegExp] => [{ ...good, redirectUri }, /^"redirectUri" must be a valid URI$/]),
      ...['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x', 'blob:https://example.com/a', 'about:blank'].map((redirectUri): [Body, RegExp] => [{ ...good, redirectUri }, /^"redirectUri" must lead back to an app, by http, https or a scheme of its own such as myapp:\/\/linked: \w+ is not allowed$/]),
      [{ ...good, vendor: 'EASEE' }, /^"vendor" EASEE makes no vehicle$/],
      [{ ...good, vendor: 'Tesla' }, /^"vendor" must be one of \[/],
      [{ ...good, vendor: 'BMW', vendorType: 'charger', scopes: ['charger:read:data'] }, /^"vendor" BMW makes no charger$/],
      [{ ...good, vendorType: 'hem-system' }, /^"vendorType" must be one of \[vehicle, charger, hvac, inverter, battery, meter\]$/],
      [{ ...good, colorScheme: 'pink' }, /^"colorScheme" must be one of \[system, light, dark\]$/]
    ]
    for (const [body, detail] of cases) isProblem(t, await link(body), 400, 'bad-request', 'Payload validation failed', detail)
    t.equal((await server.call('GET', '/users/anna')).status, 404, 'a refused link makes no user')
  })

  t.test('makes the user and answers a URL and a token, and nothing else', async t => {
    const answer = await link({ ...good, vendor: 'TESLA', vendorType: 'vehicle', colorScheme: 'dark', redirectUri: `https://example.com/${'x'.repeat(480)}` })
    t.equal(answer.status, 200, answer.text)
    t.same(Object.keys(answer.body), ['linkUrl', 'linkToken'])
    const key = /^http:\/\/localhost:3663\/link\/([\w-]+)$/.exec(answer.body.linkUrl)?.[1] ?? ''
    t.match(Buffer.from(key, 'base64url').toString(), /^[0-9a-f-]{36}@mock-client:[0-9a-f]{64}$/)
    t.same(JSON.parse(Buffer.from(answer.body.linkToken, 'base64').toString()), { linkUrl: answer.body.linkUrl, redirectUri: `https://example.com/${'x'.repeat(480)}` })
    t.same((await server.call('GET', '/users/anna')).body, { id: 'anna', linkedVendors: [] })
    for (const language of ['browser', 'it-IT', 'nb-NO']) t.equal((await link({ ...good, language, redirectUri: 'my-app://linked' })).status, 200)
  })

  t.test('works once within 24 hours', async t => {
    const complete = async (linkToken: string): Promise<Answer> => await server.mock('POST', '/link-sessions/complete', { linkToken })
    const { linkToken } = (await link(good)).body
    const late = (await link(good)).body.linkToken
    const justInTime = (await link(good)).body.linkToken
    t.same((await complete(linkToken)).body, { redirectUrl: 'https://example.com/back?a=1' })
    const again = await complete(linkToken)
    t.equal(again.status, 410)
    t.match(again.body, { type: `${problems}/gone`, title: 'Link session is over', detail: /already used/ })
    await server.advance('PT23H59M59.999S')
    t.equal((await complete(justInTime)).status, 200)
    await server.advance('PT0.001S')
    t.match((await complete(late)).body, { detail: /expired after 24 hours/ })
    t.equal((await server.call('GET', '/users/anna/vehicles')).body.data.length, 2)
  })

  t.test('is refused at the limit of connections, in the words of the vendor', async t => {
    const made = await server.mock('POST', '/worlds', { name: 'small', fixture: { connectionLimit: 1 } })
    t.equal(made.status, 200, made.text)
    const small = { 'x-mock-world': 'small' }
    const authorization = `Bearer ${await server.token(made.body.clientId, made.body.clientSecret)}`
    const { body } = await server.call('POST', '/users/anna/link', good, { authorization })
    t.equal((await server.mock('POST', '/link-sessions/complete', { linkToken: body.linkToken }, small)).status, 200)
    const refused = await server.call('POST', '/users/bert/link', good, { authorization })
    isProblem(t, refused, 403, 'forbidden', 'Connections limit reached.', new RegExp(`^Unable to create more connections for ClientID: ${made.body.clientId}$`))
    t.equal((await server.call('GET', '/users/bert', undefined, { authorization })).status, 404)
    await server.call('DELETE', '/users/anna', undefined, { authorization })
    t.equal((await server.call('POST', '/users/bert/link', good, { authorization })).status, 200, 'a connection that goes makes room')
  })
})

t.test('a body that is nested without end is refused, and its request can be looked at', async t => {
  const server = await build(t)
  const deep = (levels: number): string => `{"url":${'['.repeat(levels)}"]]}\\""${']'.repeat(levels)}}`
  const headers = { authorization: `Bearer ${await server.token()}`, 'content-type': 'application/json' }
  t.match((await server.app.inject({ method: 'POST', url: '/webhooks', headers, payload: deep(20_000) })).json(), { detail: 'The request payload is nested deeper than 100 levels' })
  t.match((await server.app.inject({ method: 'POST', url: '/webhooks', headers, payload: deep(90) })).json(), { detail: /"url" must be a string/ })
  t.equal((await server.mock('GET', '/requests')).status, 200)
})

t.test('a request whose token ends while its body comes changes nothing, on a frozen clock too', async t => {
  const server = await build(t, { tokens: 'simulated' })
  const { port } = new URL(await server.app.listen({ port: 0 }))
  const body = JSON.stringify({ url: 'http://127.0.0.1:9/', secret: 'a secret that is long enough', events: ['*'] })
  for (const end of [async () => await server.advance('PT6H'), async () => await server.mock('POST', '/tokens/expire')]) {
    const request = httpRequest({ port, method: 'POST', path: '/webhooks', headers: { authorization: `Bearer ${await server.token()}`, 'content-type': 'application/json', 'content-length': body.length } })
    const answered = once(request, 'response')
    request.write(body.slice(0, 5))
    await new Promise(resolve => setTimeout(resolve, 50))
    await end()
    request.end(body.slice(5))
    const [response] = await answered as [IncomingMessage]
    response.resume()
    t.equal(response.statusCode, 401)
  }
  t.same((await server.call('GET', '/webhooks')).body.data, [])
})

t.test('a world can be deleted by a request of its own', async t => {
  const server = await build(t)
  t.equal((await server.mock('POST', '/worlds', { name: 'mine' })).status, 200)
  t.equal((await server.app.inject({ method: 'DELETE', url: '/_mock/worlds/mine', headers: { 'x-mock-world': 'mine' } })).statusCode, 204)
})
