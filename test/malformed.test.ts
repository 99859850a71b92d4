import { createConnection } from 'node:net'
import Database from 'better-sqlite3'
import t, { type Test } from 'tap'
import { controlDocument } from '../src/mock-api/openapi.ts'
import { encodeCursor } from '../src/lib/cursor.ts'
import { Random } from '../src/lib/random.ts'
import { build, type Server } from './helpers/build.ts'
import { operationsOf, Oracle, pathOf, queryOf, storedDocument, urlOf, type Document, type Operation } from './helpers/openapi.ts'

const seed = 20261123
const manyCharacters = 'x'.repeat(10_000)
const json = { 'content-type': 'application/json' }

/** A request that is wrong, and what may be answered to it. */
interface Wrong {
  says: string
  method: string
  url: string
  headers: Record<string, string>
  payload?: string
  expected: number[]
  /** Whether validation has to list what is wrong. */
  issues?: boolean
}

interface Setting {
  oracle: Oracle
  random: Random
  /** Headers of a request that is all right. */
  headers: Record<string, string>
}

const badIds = ['abc', '0', 'null', '%00', '..%2f..%2fetc', '%F0%9F%9A%97', '11111111-2222-4333-8444-55555555555', '%7B%7D', 'x'.repeat(400)]
const badQueryValues = ['', '0', '-1', 'abc', '1e9', '1001', '1.5', 'NaN', 'Infinity', 'null', '[]', '%00', '2026-02-30', 'a,b', manyCharacters]
const notJson = ['{', '{"a":', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"a":undefined}', 'NaN', 'undefined', '[1', '"text', '\u0000', '{"a":1}{"b":2}', '{"a":01}', '{"a":"\n"}', '<a/>', 'grant_type=client_credentials']
const prototypes = ['{"__proto__":{"admin":true}}', '{"__proto__":null}', '{"constructor":{"prototype":{"admin":true}}}', '{"a":{"b":[{"__proto__":1}]}}']
const otherTypes = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/octet-stream', 'garbage']

/** The request of an operation as the documents want it, of which all others here are made. */
function rightRequest (operation: Operation, setting: Setting): Wrong {
  const { method, body } = operation
  const query = new URLSearchParams(queryOf(operation, setting.oracle)).toString()
  return {
    says: 'right',
    method,
    url: urlOf(operation.path, pathOf(operation, setting.oracle), query),
    headers: { ...setting.headers, ...(body === undefined ? {} : json) },
    ...(body === undefined ? {} : { payload: JSON.stringify(setting.oracle.sample(body)) }),
    expected: []
  }
}

function wrongPaths (operation: Operation, setting: Setting): Wrong[] {
  const right = rightRequest(operation, setting)
  const path = pathOf(operation, setting.oracle)
  const query = new URLSearchParams(queryOf(operation, setting.oracle)).toString()
  return operation.parameters.filter(each => each.in === 'path').flatMap(({ name, schema }) => [
    ...badIds.filter(id => !setting.oracle.acceptsText(schema, decodeURIComponent(id))).map(id =>
      ({ ...right, says: `${name} ${id}`, url: urlOf(operation.path, { ...path, [name]: id }, query), expected: [400], issues: true })),
    { ...right, says: `no ${name}`, url: urlOf(operation.path, { ...path, [name]: '' }, query), expected: [404] },
    { ...right, says: `${name} of 10,000 characters`, url: urlOf(operation.path, { ...path, [name]: manyCharacters }, query), expected: [400, 404] },
    ...['%zz', '%', '%c3%28'].map(id =>
      ({ ...right, says: `${name} ${id}`, url: urlOf(operation.path, { ...path, [name]: id }, query), expected: [400] }))
  ])
}

function wrongQueries (operation: Operation, setting: Setting): Wrong[] {
  const right = rightRequest(operation, setting)
  const path = pathOf(operation, setting.oracle)
  const rest = queryOf(operation, setting.oracle)
  const url = (query: string): string => urlOf(operation.path, path, query)
  const without = (name: string): string => new URLSearchParams(Object.entries(rest).filter(([key]) => key !== name)).toString()
  const wrong = operation.parameters.filter(each => each.in === 'query').flatMap(({ name, schema, required }) => [
    ...badQueryValues.filter(value => !setting.oracle.acceptsText(schema, decodeURIComponent(value))).map(value =>
      ({ ...right, says: `${name}=${value.slice(0, 40)}`, url: url(`${without(name)}&${name}=${value}`), expected: [400], issues: true })),
    { ...right, says: `${name} twice`, url: url(`${without(name)}&${name}=1&${name}=2`), expected: [400], issues: true },
    ...(required === true ? [{ ...right, says: `no ${name}`, url: url(without(name)), expected: [400], issues: true }] : [])
  ])
  const isPaged = operation.parameters.some(each => each.name === 'after')
  if (!isPaged) return wrong
  const cursor = encodeURIComponent(encodeCursor({ createdAt: Date.parse('2026-01-01T00:00:00Z'), sequence: 1 }))
  const cursors = ['x', '', '====', 'MjAyMw==', Buffer.from('2026-13-45T00:00:00.000Z').toString('base64'), Buffer.from('2026-01-01T00:00:00.000Z#-1').toString('base64'), manyCharacters, '%00']
  return [...wrong,
    ...['after', 'before'].flatMap(name => cursors.map(value => ({ ...right, says: `${name}=${value.slice(0, 40)}`, url: url(`${name}=${value}`), expected: [400] }))),
    { ...right, says: 'after and before', url: url(`after=${cursor}&before=${cursor}`), expected: [400] }
  ]
}

function wrongBodies (operation: Operation, setting: Setting): Wrong[] {
  const right = rightRequest(operation, setting)
  const { body, method } = operation
  if (method === 'GET') return []
  const unreadable = [...notJson, ...prototypes].map(payload => ({ ...right, says: `body ${payload}`, headers: { ...right.headers, ...json }, payload, expected: [400] }))
  const types = otherTypes.map(type => ({ ...right, says: `content type ${type}`, headers: { ...right.headers, 'content-type': type }, payload: right.payload ?? '{}', expected: [400] }))
  const large = { ...right, says: 'more than 1 MiB', headers: { ...right.headers, ...json }, payload: JSON.stringify({ a: 'x'.repeat(1024 * 1024) }), expected: [400] }
  if (body === undefined) return [...unreadable, ...types, large]
  const bare = { ...right, headers: setting.headers }
  delete bare.payload
  const text = right.payload ?? ''
  const others = ['null', 'true', '5', '"text"', '[]', '[[]]', '{}', '[{}]'].filter(payload => !setting.oracle.accepts(body, JSON.parse(payload)))
  return [
    ...unreadable, ...types, large,
    { ...bare, says: 'no body', expected: [400] },
    { ...bare, says: 'no body but its type', headers: { ...right.headers, ...json }, expected: [400] },
    { ...right, says: 'no content type', headers: setting.headers, expected: [400] },
    ...[1, Math.floor(text.length / 2), text.length - 1].filter(length => length > 0).map(length =>
      ({ ...right, says: `${length} characters of the body`, payload: text.slice(0, length), expected: [400] })),
    ...others.map(payload => ({ ...right, says: `body ${payload}`, payload, expected: [400], issues: true })),
    ...Array.from({ length: 30 }, () => setting.oracle.broken(body, setting.random).text).map(payload =>
      ({ ...right, says: `body ${payload.slice(0, 120)}`, payload, expected: [400], issues: true }))
  ]
}

/** Wrong methods on every path, and paths that there are not. */
function wrongRoutes (operations: Operation[], setting: Setting, prefix: string): Wrong[] {
  const methods = new Map<string, string[]>()
  for (const { path, method } of operations) methods.set(path, [...methods.get(path) ?? [], method])
  const shape = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}')
  const served = (path: string, method: string): boolean => operations.some(each => each.method === method && new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(shape(path)))
  const wrongMethods = [...methods.keys()].flatMap(path => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(method => !served(path, method)).map(method =>
    ({ says: 'wrong method', method, url: shape(path).replaceAll('{}', setting.random.uuid()), headers: setting.headers, expected: [404] })))
  const unknown = ['/nothing', '/vehicles/a/b/c/d', '/Vehicles', '/vehicle', '/.env', '/__proto__', '/constructor', '//', '/%2e%2e/etc/passwd', `/${manyCharacters}`, '/vehicles;a=1/x']
    .map(path => ({ says: 'unknown path', method: 'GET', url: `${prefix}${path}`, headers: setting.headers, expected: [400, 404] }))
  return [...wrongMethods, ...unknown]
}

/** Sends them all, and holds each answer against the form of a problem. Answers how many there were. */
async function refuseAll (t: Test, server: Server, operation: Pick<Operation, 'statuses'> | undefined, requests: Wrong[]): Promise<number> {
  for (const { says, method, url, headers, payload, expected, issues } of requests) {
    const response = await server.app.inject({ method: method as 'GET', url, headers, ...(payload === undefined ? {} : { payload }) })
    const faults: string[] = []
    if (!expected.includes(response.statusCode)) faults.push(`the status is ${response.statusCode}, expected was ${expected.join(' or ')}`)
    // A path that cannot be read, is too long or lacks a part reaches no operation, so none documents its answer.
    const reachesNothing = /%(?![0-9a-f]{2})|%c3%28|\/\/|\/$/i.test(url.split('?')[0] ?? '') || (url.split('?')[0] ?? '').length > 9000
    if (operation !== undefined && !operation.statuses.includes(response.statusCode) && !reachesNothing) faults.push(`${response.statusCode} is not documented`)
    if (response.headers['content-type'] !== 'application/problem+json; charset=utf-8') faults.push(`content-type ${String(response.headers['content-type'])}`)
    faults.push(...faultsOf(response.payload, issues === true))
    if (faults.length > 0) t.fail(`${method} ${url.slice(0, 120)} (${says}): ${faults.join('; ')}\n${response.payload.slice(0, 400)}`)
  }
  return requests.length
}

function faultsOf (text: string, needsIssues: boolean): string[] {
  let problem: Record<string, any>
  try {
    problem = JSON.parse(text)
  } catch {
    return ['the body is no JSON']
  }
  const faults: string[] = []
  const keys = Object.keys(problem).join()
  if (keys !== 'type,title,detail' && keys !== 'type,title,detail,issues') faults.push(`the keys are ${keys}`)
  if (!/^https:\/\/developers\.enode\.com\/api\/problems\/[a-z-]+$/.test(problem.type)) faults.push(`type ${problem.type}`)
  if (typeof problem.title !== 'string' || problem.title.length < 5) faults.push('no title')
  if (typeof problem.detail !== 'string' || problem.detail.length < 10) faults.push('no detail')
  if (/\n\s+at |node_modules|file:\/\/|\/src\/|\.ts\b|undefined|\[object/.test(`${problem.title} ${problem.detail}`.replaceAll(/"[^"]*"/g, ''))) faults.push('the detail shows what is inside')
  if (text.length > 20_000) faults.push(`${text.length} characters`)
  if (needsIssues) {
    const issues: Array<Record<string, any>> = problem.issues ?? []
    if (issues.length === 0) faults.push('no issues')
    for (const { message } of issues) if (!isSentence(String(message))) faults.push(`no person would write ${String(message)}`)
    if (issues.some(issue => Object.keys(issue).join() !== 'message,path,type' || !Array.isArray(issue.path) || issue.type === '')) faults.push('an issue is no {message, path, type}')
    if (!issues.every(issue => String(problem.detail).includes(issue.message))) faults.push('the detail does not say what the issues say')
    if (!issues.every(issue => issue.path.length === 0 || String(issue.message).includes(String(issue.path[0]))) || /must be valid$|is not valid/.test(problem.detail)) faults.push('an issue does not name its place')
  }
  return faults
}

/** Names its place and says what that must be, in words: no regular expression, nothing of the checker's own language. */
function isSentence (message: string): boolean {
  // Names of keys and the values of enumerations are whatever they are.
  const words = message.replaceAll(/"[^"]*"/g, '""').replace(/ \[[^\]]*\]$/, '')
  return /^(The body|"") (\S+ )*\S+$/.test(words) && /^(The body|"") (must|is|has|cannot|does|contains)\b/.test(words) &&
    !/[\\^$|{}<>]|\(\?|\[\w|\+\)|NOT|\b(any|one|all)Of\b|schema|keyword|pattern|\b1 (items|characters)\b|undefined|null or null/.test(words)
}

t.test('what is no sentence of a person is known', async t => {
  for (const message of ['"interval" must match the pattern ^\\d{4}$', '"a" must NOT have additional properties', 'The body must match exactly one schema in oneOf', '"a" must have at least 1 items', '"a" must match pattern "x"', 'must be string', '"a"']) t.notOk(isSentence(message), message)
  for (const message of ['"interval" must be a day as YYYY-MM-DD, or a month as YYYY-MM', 'The body must be an object', '"a.b[0]" must be one of [*, a:b]', '"$ref" is not allowed']) t.ok(isSentence(message), message)
})

/** Every row of every table. */
function dump (folder: string): Record<string, unknown[]> {
  const db = new Database(`${folder}/mock-enode.sqlite`, { readonly: true })
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").all() as Array<{ name: string }>
    return Object.fromEntries(tables.map(({ name }) => [name, db.prepare(`select * from "${name}"`).all()]))
  } finally {
    db.close()
  }
}

/** A world in which something is to lose. */
async function livelyServer (t: Test, options: Record<string, unknown> = {}): Promise<{ server: Server, folder: string }> {
  const folder = t.testdir()
  const server = await build(t, { data: folder, fixture: 'demo', ...options })
  const headers = options.controlToken === undefined ? {} : { authorization: `Bearer ${String(options.controlToken)}` }
  const car = (await server.call('GET', '/vehicles')).body.data.find((each: { chargeState: { isPluggedIn: boolean, isCharging: boolean } }) => each.chargeState.isPluggedIn && !each.chargeState.isCharging)
  t.equal((await server.call('POST', `/vehicles/${car.id}/charging`, { action: 'START' })).status, 200)
  t.equal((await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret: 'secret of a test', events: ['user:vendor-action:updated'] })).status, 200)
  t.equal((await server.mock('POST', '/worlds', { name: 'other' }, headers)).status, 200)
  return { server, folder }
}

t.test('what is sent as the documents want it is not called malformed', async t => {
  const server = await build(t)
  const bearer = { authorization: `Bearer ${await server.token()}` }
  const setting = { oracle: new Oracle(storedDocument), random: new Random(seed), headers: bearer }
  const operations = operationsOf(storedDocument)
  for (const operation of operations) {
    const { method, url, headers, payload } = rightRequest(operation, setting)
    const response = await server.app.inject({ method: method as 'GET', url, headers, ...(payload === undefined ? {} : { payload }) })
    const expected = [200, 204, 404]
    // An unknown asset is a documented 400 of its relink, not a 404.
    const isUnknown = response.statusCode === 400 && /"title":"Asset not found"/.test(response.payload)
    if (!expected.includes(response.statusCode) && !isUnknown) t.fail(`${method} ${url}: ${response.statusCode} ${response.payload}`)
  }
  t.pass('each is carried out, or what it asks for is not found')
})

t.test('every malformed request to a documented operation is a problem that says what is wrong, and changes nothing', async t => {
  const { server, folder } = await livelyServer(t)
  const expired = await server.token()
  await server.mock('POST', '/tokens/expire')
  await server.advance('PT1H')
  const foreign = await build(t, { seed: 8, clientId: 'foreign' })
  const token = await server.token()
  const setting = { oracle: new Oracle(storedDocument), random: new Random(seed), headers: { authorization: `Bearer ${token}` } }
  const badTokens = [undefined, '', 'Bearer', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`, `Bearer ${expired}`, `Bearer ${await foreign.token('foreign')}`, `Basic ${token}`, token, `Bearer ${token} ${token}`, `Bearer ${'x'.repeat(10_000)}`, 'Bearer \u00e9']
  const before = dump(folder)
  const clock = server.worlds.default.clock.now()
  let count = 0
  for (const operation of operationsOf(storedDocument)) {
    const right = rightRequest(operation, setting)
    count += await refuseAll(t, server, operation, [
      ...badTokens.map(authorization => ({ ...right, says: `token ${String(authorization).slice(0, 80)}`, headers: { ...(operation.body === undefined ? {} : json), ...(authorization === undefined ? {} : { authorization }) }, expected: [401] })),
      ...['2023-08-01', 'latest', '', '2024-10-01, 2024-10-01'].map(version => ({ ...right, says: `version ${version}`, headers: { ...right.headers, 'enode-version': version }, expected: [400] })),
      { ...right, says: 'Enode-User-Id', headers: { ...right.headers, 'enode-user-id': 'user-oslo' }, expected: [400] },
      ...wrongPaths(operation, setting),
      ...wrongQueries(operation, setting),
      ...wrongBodies(operation, setting)
    ])
  }
  count += await refuseAll(t, server, undefined, wrongRoutes(operationsOf(storedDocument), setting, ''))
  t.ok(count > 5000, `${count} requests`)
  t.same(dump(folder), before)
  t.equal(server.worlds.default.clock.now(), clock)
  t.equal((await server.inject('GET', '/vehicles', undefined, setting.headers)).body.data.length, 5)
})

t.test('every malformed request to the control API is a problem that says what is wrong, and changes nothing', async t => {
  const { server, folder } = await livelyServer(t, { controlToken: 'token-of-control' })
  const document = await controlDocument('0') as unknown as Document
  const setting = { oracle: new Oracle(document), random: new Random(seed), headers: { authorization: 'Bearer token-of-control', host: 'localhost:3663', 'x-mock-world': 'default' } }
  const before = dump(folder)
  const clock = server.worlds.default.clock.now()
  const operations = operationsOf(document)
  t.ok(operations.length >= 20, `${operations.length} operations`)
  let count = 0
  for (const operation of operations) {
    const right = rightRequest(operation, setting)
    const changes = operation.method !== 'GET'
    const worlds = operation.statuses.includes(404) ? ['nowhere', '', 'Default', '__proto__', 'x'.repeat(1000)] : []
    count += await refuseAll(t, server, operation, [
      ...['', 'Bearer', 'Bearer token-of-contro', 'Basic token-of-control', 'Bearer token-of-control x'].map(authorization =>
        ({ ...right, says: `token ${authorization}`, headers: { ...right.headers, authorization }, expected: [401] })),
      ...['example.com', 'localhost.example.com:3663', '127.0.0.1.example.com', '10.0.0.1', '[::2]'].map(host => ({ ...right, says: `host ${host}`, headers: { ...right.headers, host }, expected: [403] })),
      ...worlds.map(name => ({ ...right, says: `world ${name.slice(0, 40)}`, headers: { ...right.headers, 'x-mock-world': name }, expected: [404] })),
      ...(changes ? [{ ...right, says: 'neither content type nor world', headers: { authorization: setting.headers.authorization, host: setting.headers.host }, expected: [400] }] : []),
      ...wrongPaths(operation, setting),
      ...wrongQueries(operation, setting),
      ...wrongBodies(operation, setting)
    ])
  }
  count += await refuseAll(t, server, undefined, wrongRoutes(operations, setting, '/_mock'))
  t.ok(count > 1200, `${count} requests`)
  t.same(dump(folder), before)
  t.equal(server.worlds.default.clock.now(), clock)
  t.same(server.worlds.list().map(world => world.name), ['default', 'other'])
})

t.test('an id that is unusual but allowed is looked for and not found', async t => {
  const server = await build(t)
  for (const id of ['%00', '..%2f..%2fetc%2fpasswd', "'%20or%201=1--", '%F0%9F%9A%97', '__proto__', 'constructor', '%25zz', 'x'.repeat(200)]) {
    for (const path of [`/vehicles/${id}`, `/users/${id}`, `/vehicles/${id}/charging`]) {
      const answer = path.endsWith('charging') ? await server.call('POST', path, { action: 'START' }) : await server.call('GET', path)
      t.equal(answer.status, 404, `${path}: ${answer.text}`)
      t.match(answer.body.title, /not found|does not exist/, path)
    }
    t.same((await server.call('GET', `/users/${id}/vehicles`)).body, { data: [], pagination: { before: null, after: null } })
  }
})

t.test('bytes that are no HTTP are answered as a problem, and the server serves on', async t => {
  const server = await build(t)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as { port: number }
  const send = async (text: string): Promise<string> => await new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => { socket.write(text) })
    let answer = ''
    socket.on('data', chunk => {
      answer += String(chunk)
      if (answer.includes('}')) socket.end()
    })
    socket.on('close', () => { resolve(answer) })
    socket.on('error', reject)
  })
  const cases: Array<[number, string]> = [
    [400, 'hello\r\n\r\n'],
    [400, 'GET /vehicles HTTP/9.9\r\n\r\n'],
    [400, 'GET /vehicles HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n'],
    [400, 'POST /webhooks HTTP/1.1\r\nhost: a\r\ncontent-length: abc\r\n\r\n'],
    [400, 'POST /webhooks HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n'],
    [400, 'POST /webhooks HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    [431, `GET /vehicles HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`]
  ]
  for (const [status, text] of cases) {
    const [head = '', body = ''] = (await send(text)).split('\r\n\r\n')
    t.match(head, new RegExp(`^HTTP/1.1 ${status} `), `${text.slice(0, 60)} gives ${head}`)
    t.match(head, /content-type: application\/problem\+json; charset=utf-8/)
    t.same(faultsOf(body, false), [], body)
  }
  t.equal((await fetch(`http://127.0.0.1:${port}/_mock/health`)).status, 200)
})
