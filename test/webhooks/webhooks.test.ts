import { writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import { announce } from '../../src/domain/tell/events.ts'
import { sweepEvery } from '../../src/store/database.ts'
import { mostPending } from '../../src/store/deliveries.ts'
import { sign } from '../../src/webhooks/sign.ts'
import { nextAttempt, retryAfterSeconds } from '../../src/webhooks/retry.ts'
import { build, start, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret, type Behaviour } from '../helpers/receiver.ts'

async function register (server: Server, url: string, rest: object = {}): Promise<string> {
  const answer = await server.call('POST', '/webhooks', { url, secret, ...rest })
  if (answer.status !== 200) throw new Error(answer.text)
  return String(answer.body.id)
}

const at = (seconds: number): string => new Date(Date.parse(start) + seconds * 1000).toISOString()

t.test('the signature is the vendor\'s: the documented vector comes out', async t => {
  t.equal(sign('{"payload":"example"}', 'example-secret'), 'sha1=e417e6fc2e7f8a78c93a35a7b344d36ce179fc8d')
})

t.test('a new webhook shows its fields in the documented order, and never a secret', async t => {
  const server = await build(t)
  const created = await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/x', secret, authentication: { headerName: 'x-key', headerValue: 'hush' } })
  t.same(Object.keys(created.body), ['id', 'url', 'apiVersion', 'isActive', 'lastSuccess', 'createdAt', 'events', 'authentication'])
  t.match(created.body, { apiVersion: null, isActive: true, lastSuccess: start, createdAt: start, events: ['*'], authentication: { headerName: 'x-key' } })
  for (const text of [created.text, (await server.call('GET', `/webhooks/${created.body.id}`)).text, (await server.call('GET', '/webhooks')).text]) {
    t.notMatch(text, secret)
    t.notMatch(text, 'hush')
  }
  const removed = await server.call('PATCH', `/webhooks/${created.body.id}`, { authentication: null })
  t.equal(removed.body.authentication, null)
})

t.test('a URL is judged by a parser, wherever a webhook comes from', async t => {
  const server = await build(t)
  const id = await register(server, 'HTTP://127.0.0.1:9/Upper')
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.url, 'HTTP://127.0.0.1:9/Upper', 'shown as it came')
  for (const url of ['https://[::1]:65535/', 'http://exämple.com/ä?b=c d']) t.equal((await server.call('POST', '/webhooks', { url, secret })).status, 200, url)
  const wrong = ['https://', 'http://exa mple.com/', 'http://example.com:65536/', 'http://example.com:http/', 'https:///', 'http://?', 'http://[::1/', 'http://a@:80', 'http://1.2.3.4.500/', 'http://exa\nmple.com/', 'ftp://example.com/', 'javascript:alert(1)', 'example.com/hook', ' http://example.com/']
  for (const url of wrong) {
    const refusals = [await server.call('POST', '/webhooks', { url, secret }), await server.call('PATCH', `/webhooks/${id}`, { url }), await server.mock('POST', '/worlds', { fixture: { webhooks: [{ url, secret }] } })]
    for (const { status, body } of refusals) {
      t.equal(status, 400, `${url}: ${JSON.stringify(body)}`)
      t.equal(body.issues?.at(0)?.path.at(-1), 'url', url)
    }
  }
  t.equal((await server.call('GET', '/webhooks')).body.data.length, 3)
})

t.test('credentials in a URL become Basic authentication, and nobody is shown them', async t => {
  const file = join(t.testdir(), 'fixture.json')
  const hooks = await receiver(t)
  const url = (user: string, path: string): string => hooks.url.replace('http://', `http://${user}@`).replace('/hook', path)
  writeFileSync(file, JSON.stringify({ webhooks: [{ url: url('of-fixture:hush-1', '/a'), secret }] }))
  const server = await build(t, { fixture: file })
  const id = await register(server, url('j%C3%B6rg:hush%3A2', '/b'))
  await register(server, url('alone-hush-3', '/c'), { authentication: { headerName: 'x-key', headerValue: 'k' } })
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  const sent = new Set(hooks.received.map(({ headers }) => Buffer.from(String(headers.authorization).replace('Basic ', ''), 'base64').toString()))
  t.same([...sent].sort(), ['alone-hush-3:', 'jörg:hush:2', 'of-fixture:hush-1'].sort())
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.url, hooks.url.replace('/hook', '/b'))
  await server.call('POST', `/webhooks/${id}/test`)
  for (const path of ['/deliveries', '/timeline', '/requests']) t.notMatch((await server.mock('GET', path)).text, /hush/, path)
  t.notMatch((await server.call('GET', '/webhooks')).text, /hush/)
  const log = (await server.mock('GET', '/log')).body
  t.notMatch(JSON.stringify(log.entries.filter((each: any) => each.delivery !== undefined)), /hush/)
  t.match(await server.mock('POST', '/replay', log), { status: 200, body: { isSame: true } })

  hooks.received.length = 0
  t.equal((await server.call('PATCH', `/webhooks/${id}`, { secret })).status, 200, 'what is not changed stays')
  await server.call('POST', `/webhooks/${id}/test`)
  t.match(hooks.received.at(-1)?.headers.authorization, /^Basic /)
  await server.call('PATCH', `/webhooks/${id}`, { url: hooks.url, authentication: { headerName: 'authorization', headerValue: 'Bearer mine' } })
  await server.call('POST', `/webhooks/${id}/test`)
  t.equal(hooks.received.at(-1)?.headers.authorization, 'Bearer mine')
  const both = /^"authentication\.headerName" must not be authorization where "url" has credentials in it/
  t.match(await server.call('PATCH', `/webhooks/${id}`, { url: url('a:b', '/d') }), { status: 400, body: { detail: both } })
  t.match(await server.call('POST', '/webhooks', { url: url('a:b', '/d'), secret, authentication: { headerName: 'authorization', headerValue: 'x' } }), { status: 400, body: { detail: both } })
})

t.test('an authentication header arrives, or is refused when it is registered', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const id = await register(server, hooks.url)
  const names = ['authorization', 'x-key', 'cookie', 'accept', 'date', 'via', 'from', 'user-agent', 'host', 'content-type', 'content-length', 'connection', 'transfer-encoding', 'keep-alive', 'expect', 'upgrade', 'te', 'trailer', 'proxy-authorization', 'proxy-connection', 'x-enode-signature', 'x-enode-delivery', 'x-enode-more', 'origin', 'accept-encoding', 'http2-settings']
  const refused: string[] = []
  for (const headerName of names) {
    const answer = await server.call('PATCH', `/webhooks/${id}`, { authentication: { headerName, headerValue: 'mine' } })
    if (answer.status === 400) refused.push(headerName)
    else {
      t.match((await server.call('POST', `/webhooks/${id}/test`)).body, { status: 'SUCCESS' })
      t.equal(hooks.received.at(-1)?.headers[headerName], 'mine', headerName)
    }
  }
  t.same(refused, names.slice(7, -3))
})

t.test('interim answers of a receiver are no failure', async t => {
  const server = await build(t)
  const hooks = await receiver(t, response => {
    response.writeContinue()
    response.writeProcessing()
    response.writeEarlyHints({ link: '</a>; rel=preload' })
    response.writeHead(200, { 'x-final': 'yes' }).end('thanks')
  })
  const id = await register(server, hooks.url)
  const { body } = await server.call('POST', `/webhooks/${id}/test`)
  t.match(body, { status: 'SUCCESS', response: { code: 200, body: 'thanks' } })
  t.ok(body.response.headers.includes('x-final: yes'))
})

t.test('url and apiVersion together are unique, on creation and on update', async t => {
  const server = await build(t)
  await register(server, 'http://127.0.0.1:9/a')
  const again = await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/a', secret })
  t.equal(again.status, 400)
  t.match(again.body.detail, /already exists/)
  await register(server, 'http://127.0.0.1:9/a', { apiVersion: '2024-10-01' })
  const other = await register(server, 'http://127.0.0.1:9/b')
  t.equal((await server.call('PATCH', `/webhooks/${other}`, { url: 'http://127.0.0.1:9/a' })).status, 400)
  t.equal((await server.call('PATCH', `/webhooks/${other}`, { url: 'http://127.0.0.1:9/b', secret: 'another secret' })).status, 200)
})

t.test('deliveries are signed, numbered and carry the authentication header; events arrive in arrays of at most 100', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await register(server, hooks.url, { authentication: { headerName: 'x-api-key', headerValue: 'open sesame' } })
  await server.mock('POST', '/accounts', { vendor: 'VOLVO', userId: 'fleet', devices: Array.from({ length: 130 }, () => ({ type: 'vehicle' })) })
  await server.mock('POST', '/deliveries/drain')
  t.same(hooks.received.map(each => each.events.length), [100, 100, 60])
  for (const { headers, isSigned } of hooks.received) {
    t.ok(isSigned)
    t.equal(headers['content-type'], 'application/json')
    t.equal(headers['x-api-key'], 'open sesame')
    t.match(headers['x-enode-delivery'], /^[0-9a-f-]{36}$/)
  }
  t.equal(new Set(hooks.received.map(each => each.headers['x-enode-delivery'])).size, 3)
  const cars = hooks.events().filter(event => event.event === 'user:vehicle:discovered').map(event => event.vehicle.id)
  t.equal(new Set(cars).size, 130)
})

t.test('a webhook gets the events that it names and no others; heartbeats come whatever it names', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await register(server, hooks.url, { events: ['user:vehicle:deleted'] })
  const car = await server.car()
  const last = await server.vehicle(car)
  await server.advance('PT1H')
  await server.call('DELETE', '/users/user-1')
  await server.mock('POST', '/deliveries/drain')
  t.same(hooks.events().map(event => event.event), ['system:heartbeat', 'user:vehicle:deleted'])
  t.same(hooks.events()[0], { createdAt: at(3600), version: '2024-10-01', event: 'system:heartbeat', pendingEvents: 0 })
  t.match(hooks.events()[1], { user: { id: 'user-1' }, vehicle: { ...last, lastSeen: String, chargeState: { ...last.chargeState, lastUpdated: String } } })
  t.same(Object.keys(hooks.events()[1] ?? {}), ['createdAt', 'version', 'event', 'user', 'vehicle'])
})

t.test('a discovered vehicle shows its information and nothing else; the update that follows brings the rest', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await register(server, hooks.url)
  await server.car({ state: { batteryLevel: 50 } })
  await server.mock('POST', '/deliveries/drain')
  const [discovered, updated] = hooks.events()
  t.match(discovered?.vehicle, {
    information: { vin: String, brand: 'Tesla' },
    isReachable: null,
    chargeState: { batteryLevel: null, range: null, isPluggedIn: null, lastUpdated: null, powerDeliveryState: 'UNKNOWN' },
    odometer: { distance: null, lastUpdated: null },
    location: { id: null, latitude: null, longitude: null, lastUpdated: null },
    smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 }
  })
  t.equal(updated?.event, 'user:vehicle:updated')
  t.ok(updated?.updatedFields.includes('chargeState.batteryLevel'))
  t.notOk(updated?.updatedFields.includes('information.vin'))
})

t.test('a receiver that is down for ten minutes loses nothing and gets nothing twice', async t => {
  const server = await build(t)
  const hooks = await receiver(t, 503)
  const id = await register(server, hooks.url, { events: ['user:vehicle:updated', 'user:vehicle:discovered'] })
  const car = await server.car({ state: { isPluggedIn: true, isCharging: true, batteryLevel: 20 } })
  await server.advance('PT10M')
  const [delivery] = (await server.mock('GET', `/deliveries?webhookId=${id}&state=PENDING`)).body.slice(-1)
  const tries = delivery.attempts.map((attempt: any) => (Date.parse(attempt.at) - Date.parse(start)) / 1000)
  t.same(tries, [0, 5, 20, 65, 185, 485])
  t.ok(delivery.attempts.every((attempt: any) => attempt.status === 503))
  t.match((await server.call('GET', `/webhooks/${id}`)).body, { isActive: true, lastSuccess: start })
  t.equal(new Set(hooks.received.map(each => each.headers['x-enode-delivery'])).size, 1, 'later events wait for their turn')

  hooks.received.length = 0
  hooks.behaviour = 200
  await server.advance('PT30M')
  const events = hooks.events()
  const times = events.map(event => event.createdAt)
  t.same(times, [...times].sort(), 'in order')
  t.equal(new Set(hooks.received.map(each => each.headers['x-enode-delivery'])).size, hooks.received.length, 'once')
  let level = -1
  for (const event of events.filter(each => each.event === 'user:vehicle:updated')) {
    t.ok(event.vehicle.chargeState.batteryLevel >= level)
    level = event.vehicle.chargeState.batteryLevel
  }
  t.equal(events[0]?.event, 'user:vehicle:discovered', 'nothing lost from the start')
  t.equal(events.at(-1)?.vehicle.chargeState.batteryLevel, (await server.vehicle(car)).chargeState.batteryLevel)
  const after = (await server.call('GET', `/webhooks/${id}`)).body
  t.equal(after.isActive, true)
  t.ok(after.lastSuccess > at(600))
  t.same((await server.mock('GET', `/deliveries?webhookId=${id}&state=PENDING`)).body, [])
})

t.test('after a day of failure a webhook is deactivated and what it had pending is visibly given up; PATCH reactivates', async t => {
  const server = await build(t)
  const hooks = await receiver(t, 500)
  const id = await register(server, hooks.url)
  await server.car()
  await server.advance('PT23H')
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.isActive, true)
  await server.advance('PT1H')
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.isActive, false)
  const states = ((await server.mock('GET', '/deliveries?limit=1000')).body as any).map((delivery: any) => delivery.state)
  t.ok(states.length > 1 && states.every((state: string) => state === 'GIVEN_UP'))
  const seen = hooks.received.length
  hooks.behaviour = 200
  await server.car()
  await server.advance('PT6H')
  t.equal(hooks.received.length, seen, 'an inactive webhook hears nothing')
  t.equal((await server.call('PATCH', `/webhooks/${id}`, {})).body.isActive, true)
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  t.ok(hooks.received.length > seen)
})

t.test('how long a webhook may fail is a setting of the server, a world and a fixture, and a restart takes it anew', async t => {
  const hooks = await receiver(t, 500)
  /** Seconds after the first failure at which it is tried, and when it was given up; a month is longest. */
  const course = async (server: Server, world = 'default'): Promise<{ tries: number[], isActive: boolean }> => {
    const mock = async (method: 'GET' | 'POST', path: string, body?: unknown) => await server.mock(method, path, body, { 'x-mock-world': world })
    const [webhook] = (await mock('GET', '/deliveries')).body as any
    await mock('POST', '/clock/advance', { by: 'P1M' })
    const deliveries = (await mock('GET', `/deliveries?webhookId=${webhook.webhookId}&limit=1000`)).body as any
    const { attempts } = deliveries.at(-1)
    return { tries: attempts.map((attempt: any) => (Date.parse(attempt.at) - Date.parse(attempts[0].at)) / 1000), isActive: deliveries[0].state === 'PENDING' }
  }
  const webhooks = [{ url: hooks.url, secret, events: ['user:vehicle:discovered'] }]
  const accounts = [{ vendor: 'TESLA', userId: 'anna', devices: [{ type: 'vehicle' }] }]
  const sandbox = { tries: [0, 5, 20, 65, 185, 300], isActive: false }
  const folder = t.testdir()
  const file = join(folder, 'patient.json')
  writeFileSync(file, JSON.stringify({ webhookPatience: 'PT5M', webhooks, accounts }))

  const server = await build(t, { fixture: file })
  t.equal((await server.mock('GET', '/info')).body.webhookPatience, 'PT5M')
  t.same(await course(server), sandbox, 'of a fixture')
  for (const [name, webhookPatience, last] of [['brief', 'PT1S', 1], ['long', 'P2D', 172_800], ['month', 'P1M', 31 * 86_400]] as const) {
    t.equal((await server.mock('POST', '/worlds', { name, webhookPatience, fixture: { webhooks, accounts, webhookPatience: 'PT5M' } })).status, 200)
    const { tries, isActive } = await course(server, name)
    t.match({ last: tries.at(-1), isActive }, { last, isActive: false }, name)
  }
  await server.mock('POST', '/worlds', { name: 'default-of-all', fixture: { webhooks, accounts } })
  t.equal((await course(server, 'default-of-all')).tries.at(-1), 86_400)
  for (const webhookPatience of ['PT0S', '-PT5M', '5 minutes', 'P9000Y', '']) {
    t.match(await server.mock('POST', '/worlds', { webhookPatience }), { status: 400, body: { detail: '"webhookPatience" must be an ISO 8601 duration above zero, such as PT24H or PT5M', issues: [{ path: ['webhookPatience'] }] } })
    t.match(await server.mock('POST', '/worlds', { fixture: { webhookPatience } }), { status: 400, body: { issues: [{ path: ['fixture', 'webhookPatience'] }] } })
  }

  const data = join(folder, 'data')
  const kept = await build(t, { fixture: file, data, webhookPatience: 'PT1M' })
  await kept.app.close()
  const again = await build(t, { data })
  t.equal((await again.mock('GET', '/info')).body.webhookPatience, 'PT5M', 'that of its fixture, since none is asked for')
  await again.app.close()
  const asked = await build(t, { data, webhookPatience: 'PT10S' })
  await asked.mock('POST', '/reset')
  t.same(await course(asked), { tries: [0, 5, 10], isActive: false })
})

t.test('a test event tells how the receiver answered, and a success reactivates', async t => {
  const server = await build(t)
  const hooks = await receiver(t, (response) => { response.writeHead(202, { 'x-a': 'b' }).end('thanks') })
  const id = await register(server, hooks.url)
  const success = await server.call('POST', `/webhooks/${id}/test`)
  t.match(success.body, { status: 'SUCCESS', description: String, response: { code: 202, body: 'thanks' } })
  t.ok(success.body.response.headers.includes('x-a: b'))
  t.same(hooks.events(), [{ createdAt: start, version: '2024-10-01', event: 'enode:webhook:test' }])
  hooks.behaviour = 500
  t.match((await server.call('POST', `/webhooks/${id}/test`)).body, { status: 'FAILURE', response: { code: 500 } })
  await server.car()
  await server.advance('P1D')
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.isActive, false)
  hooks.behaviour = 204
  await server.call('POST', `/webhooks/${id}/test`)
  t.match((await server.call('GET', `/webhooks/${id}`)).body, { isActive: true, lastSuccess: at(86400) })
  await hooks.close()
  t.match((await server.call('POST', `/webhooks/${id}/test`)).body, { status: 'FAILURE', response: null, description: /ECONNREFUSED/ })
})

t.test('Retry-After lengthens the wait, redirects are failures that are not followed, and long answers are cut', async t => {
  const server = await build(t)
  let hits = 0
  const elsewhere = await receiver(t)
  const busy = await receiver(t, response => {
    hits++
    if (hits === 1) response.writeHead(429, { 'retry-after': '600' }).end()
    else response.writeHead(200).end('x'.repeat(100_000))
  })
  const moved = await receiver(t, response => { response.writeHead(307, { location: elsewhere.url }).end() })
  const id = await register(server, busy.url, { events: ['user:vehicle:discovered'] })
  await register(server, moved.url, { events: ['user:vehicle:discovered'] })
  await server.car()
  await server.advance('PT9M59S')
  t.equal(hits, 1)
  await server.advance('PT1S')
  t.equal(hits, 2)
  const [delivery] = (await server.mock('GET', `/deliveries?webhookId=${id}&state=DELIVERED`)).body as any
  t.equal(delivery.attempts[1].body.length, 16 * 1024)
  t.equal(elsewhere.received.length, 0)
  t.ok(moved.received.length > 3)
})

t.test('the plan of retries grows, never ends before a day, and ends exactly then', async t => {
  t.equal(retryAfterSeconds({ 'retry-after': '120' }), 120)
  t.equal(retryAfterSeconds({ 'retry-after': 'Wed, 01 Jan 2026 00:02:00 GMT', date: 'Wed, 01 Jan 2026 00:00:00 GMT' }), 120)
  t.equal(retryAfterSeconds({ 'retry-after': 'soon' }), undefined)
  const began = Date.parse(start)
  let now = began
  let last = 0
  for (let failures = 1; ; failures++) {
    const next = nextAttempt(now, failures, began, undefined, 'PT24H')
    if (next === undefined) break
    t.ok(next > now)
    if (next < began + 86_400_000) t.ok(next - now >= last, 'growing')
    last = next - now
    now = next
  }
  t.equal(now, began + 86_400_000)
  t.equal(nextAttempt(began, 1, began, 1e9, 'PT24H'), began + 86_400_000)
})

t.test('a receiver that never answers is cut off after 5 s, and delays nobody else', async t => {
  const server = await build(t)
  const dead = await receiver(t, () => {})
  const well = await receiver(t)
  const id = await register(server, dead.url, { events: ['user:vehicle:discovered'] })
  await register(server, well.url, { events: ['user:vehicle:discovered'] })
  const began = performance.now()
  for (let i = 0; i < 20; i++) await server.car()
  while (well.received.length < 20 && performance.now() - began < 4000) await new Promise(resolve => setTimeout(resolve, 10))
  t.equal(well.received.length, 20)
  t.equal(dead.received.length, 1)
  await server.mock('POST', '/deliveries/drain')
  const pending = (await server.mock('GET', `/deliveries?webhookId=${id}`)).body as any
  t.match(pending.at(-1).attempts, [{ status: null, error: 'no answer within 5 s' }])
})

t.test('a delivery is resent byte for byte with the same id', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const id = await register(server, hooks.url, { authentication: { headerName: 'x-key', headerValue: 'hush' } })
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  const [delivery] = (await server.mock('GET', `/deliveries?webhookId=${id}`)).body as any
  t.equal(delivery.body, hooks.received[0]?.body)
  t.equal(delivery.headers['x-enode-signature'], hooks.received[0]?.headers['x-enode-signature'])
  t.notMatch(JSON.stringify(delivery), 'hush')
  t.notMatch(JSON.stringify(delivery), secret)
  const again = await server.mock('POST', `/deliveries/${delivery.id}/resend`)
  t.equal(again.body.attempts.length, 2)
  t.equal(hooks.received[1]?.body, hooks.received[0]?.body)
  t.equal(hooks.received[1]?.headers['x-enode-delivery'], delivery.id)
})

t.test('a deleted webhook hears nothing more, and what it had pending is given up', async t => {
  const server = await build(t)
  const hooks = await receiver(t, 500)
  const id = await register(server, hooks.url)
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  t.equal((await server.call('DELETE', `/webhooks/${id}`)).status, 204)
  t.equal((await server.call('DELETE', `/webhooks/${id}`)).status, 404)
  const seen = hooks.received.length
  await server.car()
  await server.advance('PT6H')
  t.equal(hooks.received.length, seen)
  t.ok(((await server.mock('GET', '/deliveries')).body as any).every((delivery: any) => delivery.state === 'GIVEN_UP'))
})

t.test('a resend that fails leaves a pending delivery pending, and one that succeeds is not sent again', async t => {
  const server = await build(t)
  const hooks = await receiver(t, 500)
  const id = await register(server, hooks.url, { events: ['user:vehicle:discovered'] })
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  const [delivery] = (await server.mock('GET', `/deliveries?webhookId=${id}`)).body as any
  const failed = await server.mock('POST', `/deliveries/${delivery.id}/resend`)
  t.match(failed.body, { state: 'PENDING', nextAttemptAt: at(5) })
  hooks.behaviour = 200
  t.equal((await server.mock('POST', `/deliveries/${delivery.id}/resend`)).body.state, 'DELIVERED')
  const seen = hooks.received.length
  await server.advance('PT30M')
  t.equal(hooks.received.length, seen)
})

t.test('a delivered delivery stays delivered when another attempt at it fails meanwhile', async t => {
  const server = await build(t)
  const waiting: Array<() => void> = []
  const hooks = await receiver(t, response => { waiting.push(() => response.writeHead(waiting.length === 1 ? 200 : 500).end()) })
  const id = await register(server, hooks.url, { events: ['user:vehicle:discovered'] })
  await server.car()
  while (waiting.length < 1) await new Promise(resolve => setTimeout(resolve, 5))
  const [delivery] = (await server.mock('GET', `/deliveries?webhookId=${id}`)).body as any
  const resent = server.mock('POST', `/deliveries/${delivery.id}/resend`)
  while (waiting.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
  hooks.received.length = 0
  const [first, second] = waiting
  waiting.length = 1
  first?.()
  while ((await server.mock('GET', `/deliveries/${delivery.id}`)).body.state !== 'DELIVERED') await new Promise(resolve => setTimeout(resolve, 5))
  waiting.length = 2
  second?.()
  t.equal((await resent).body.state, 'DELIVERED')
})

t.test('the waits begin anew after a PATCH has made a failing webhook fresh', async t => {
  const server = await build(t)
  const hooks = await receiver(t, 500)
  const id = await register(server, hooks.url, { events: ['user:vehicle:discovered'] })
  await server.car()
  await server.advance('PT5H')
  await server.call('PATCH', `/webhooks/${id}`, {})
  await server.mock('POST', '/deliveries/drain')
  const delivery = ((await server.mock('GET', `/deliveries?webhookId=${id}`)).body as any).at(-1)
  t.equal(delivery.nextAttemptAt, at(5 * 3600 + 5))
})

t.test('headers that a delivery needs itself cannot be its authentication', async t => {
  const server = await build(t)
  for (const headerName of ['transfer-encoding', 'content-length', 'host', 'x-enode-signature']) {
    const answer = await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', secret, authentication: { headerName, headerValue: 'x' } })
    t.equal(answer.status, 400, headerName)
    t.match(answer.body.issues, [{ path: ['authentication', 'headerName'] }])
  }
})

t.test('a reset or an end of the server waits for no receiver, not even for the first one', async t => {
  const server = await build(t)
  const dead = await receiver(t, () => {})
  await register(server, dead.url)
  const reset = async (): Promise<number> => {
    await server.car()
    return (await server.mock('POST', '/reset')).status
  }
  // When it would be cut off.
  const waited = new Promise(resolve => { setTimeout(resolve, 5000, 'waited').unref() })
  t.equal(await Promise.race([reset(), waited]), 204)
})

t.test('more tokens, and deliveries to a webhook, change no id of the world', async t => {
  const cars: string[] = []
  for (const events of [['user:vehicle:discovered'], ['user:schedule:execution-updated']]) {
    const server = await build(t)
    await register(server, 'http://127.0.0.1:9/a', { events })
    for (let i = 0; i < events.length * cars.length * 3; i++) await server.token()
    await server.car()
    cars.push(await server.car())
  }
  t.equal(cars[0], cars[1])
})

t.test('a connection to a receiver is kept, and one that it closed meanwhile is no failure', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const id = await register(server, hooks.url)
  const sockets = new Set<unknown>()
  const turn = async (behaviour: Behaviour): Promise<void> => {
    hooks.behaviour = behaviour
    await server.car()
    await server.mock('POST', '/deliveries/drain')
  }
  const noted = (then: (response: ServerResponse) => void): Behaviour => response => {
    sockets.add(response.socket)
    then(response)
  }
  const ok = noted(response => { response.writeHead(200).end() })
  for (let i = 0; i < 5; i++) await turn(ok)
  t.equal(sockets.size, 1, 'five deliveries took one connection')

  // It ends each connection without a word, as servers do that restart or wait no longer.
  await turn(noted(response => {
    const { socket } = response
    response.writeHead(200).end(() => { socket?.destroy() })
  }))
  await turn(ok)
  await turn(noted(response => { response.writeHead(200, { connection: 'close' }).end() }))
  await turn(ok)
  const before = sockets.size
  t.ok(before > 2, 'each of these took a new one')

  // It takes a delivery off a kept connection and hangs up: the delivery comes once more, at once, and counts once.
  let hangUps = 1
  await turn(noted(response => { hangUps-- > 0 ? response.socket?.destroy() : response.writeHead(200).end() }))
  t.equal(sockets.size, before + 1)
  // On a new connection that is what the receiver wants.
  hangUps = 2
  await turn(noted(response => { hangUps-- > 0 ? response.socket?.destroy() : response.writeHead(200).end() }))
  const deliveries = (await server.mock('GET', `/deliveries?webhookId=${id}`)).body as unknown as Body[]
  t.same(deliveries.map(({ state, attempts }) => [state, attempts.length]), [['PENDING', 1], ...deliveries.slice(1).map(() => ['DELIVERED', 1])])
  t.match(deliveries[0]?.attempts[0].error, /^ECONNRESET/)
  await server.advance('PT1M')
  t.equal(new Set(hooks.received.map(({ headers }) => headers['x-enode-delivery'])).size, deliveries.length, 'all of it came')
  t.same([...new Set(hooks.received.map(({ headers }) => headers['x-enode-delivery']))], deliveries.map(delivery => delivery.id).reverse(), 'in order')
})

t.test('a long answer is cut, and so is the connection on which the rest of it would come', async t => {
  const server = await build(t)
  const hooks = await receiver(t, response => { response.writeHead(200).write('x'.repeat(100_000)) })
  const id = await register(server, hooks.url)
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  hooks.behaviour = 200
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  const deliveries = (await server.mock('GET', `/deliveries?webhookId=${id}`)).body as unknown as Body[]
  t.same(deliveries.map(({ state, attempts }) => [state, attempts.length]), deliveries.map(() => ['DELIVERED', 1]))
  t.equal(deliveries.at(-1)?.attempts[0].body, 'x'.repeat(16 * 1024))
})

t.test('an event comes that waited for a time which a timer brought, with nothing else to send', async t => {
  const server = await build(t)
  const hooks = await receiver(t, 500)
  await register(server, hooks.url)
  await server.car()
  await server.mock('POST', '/deliveries/drain')
  hooks.behaviour = 200
  await server.advance('PT5S')
  t.equal(hooks.received.length, 2, 'one refused, and one a few seconds later')
})

t.test('what the timers of one moment announce travels together, however time is cut', async t => {
  const bodies = async (steps: string[], devices: number): Promise<string[]> => {
    const server = await build(t)
    const hooks = await receiver(t)
    await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'user-1', devices: Array.from({ length: devices }, () => ({ type: 'vehicle', state: { isPluggedIn: true, isCharging: true, batteryLevel: 20 } })) })
    await register(server, hooks.url, { events: ['user:vehicle:updated'] })
    for (const step of steps) await server.advance(step)
    t.ok(hooks.received.every(({ isSigned }) => isSigned))
    return hooks.received.map(({ body }) => body)
  }
  const once = await bodies(['PT10M'], 120)
  const sizes = once.map(body => (JSON.parse(body) as Body[]).length)
  t.same(sizes.slice(0, 2), [100, 20], 'split after a hundred')
  t.equal(new Set(once.flatMap(body => (JSON.parse(body) as Body[]).map(({ createdAt }) => createdAt))).size, sizes.length / 2, 'two for each minute')
  t.same(await bodies(['PT1M', 'PT30S', 'PT4M', 'PT30S', 'PT4M'], 120), once)
  // More than share a commit.
  const many = await bodies(['PT1M'], 1010)
  t.same(many.map(body => (JSON.parse(body) as Body[]).length), [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 10])
})

t.test('what waits for a webhook is bounded: the oldest is given up, and that is told', async t => {
  const server = await build(t)
  const id = await register(server, 'http://127.0.0.1:9/', { events: ['user:vehicle:updated'] })
  const object: ['vehicle', string] = ['vehicle', (await server.call('GET', `/vehicles/${await server.car()}`)).text]
  const { store } = server.worlds.default
  const most = mostPending + 2 * sweepEvery
  for (let i = 0; i < most; i++) store.write(tx => { announce(tx, { event: 'user:vehicle:updated', userId: 'user-1', object, updatedFields: ['lastSeen'] }) })
  const pending = store.read(tx => tx.deliveries.countPending())
  t.ok(pending >= mostPending && pending <= mostPending + sweepEvery, `${pending} wait`)
  t.match((await server.mock('GET', `/deliveries?webhookId=${id}&state=GIVEN_UP&limit=1`)).body, [{ state: 'GIVEN_UP' }])
  t.match((await server.mock('GET', `/timeline?subject=${id}&limit=500`)).text, /gave up the \d+ oldest deliveries, since too many wait/)
})
