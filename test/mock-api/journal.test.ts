import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { replay } from '../../src/cli/replay.ts'
import { lineOf, tail } from '../../src/cli/tail.ts'
import { events } from '../../src/contract/events.ts'
import { Random } from '../../src/lib/random.ts'
import { sweepEvery } from '../../src/store/database.ts'
import { mostEntries } from '../../src/store/timeline.ts'
import { mostMessages } from '../../src/world/feed.ts'
import { mostRequests } from '../../src/world/requests.ts'
import { build, start, type Answer, type Body, type Server } from '../helpers/build.ts'
import { Oracle, storedDocument } from '../helpers/openapi.ts'
import { main } from '../helpers/program.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const plugged = { isPluggedIn: true, isCharging: false, batteryLevel: 30, chargeLimit: 80 }
const list = async (server: Server, url: string): Promise<Body[]> => (await server.mock('GET', url)).body as unknown as Body[]
const chain = (entry: Body | undefined): string[] => [entry, ...entry?.causes ?? []].map((each: Body) => `${each.kind}: ${each.says}`)

t.test('the timeline leads back from a delivery to the poll, to the action, to the request', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const webhook = (await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated', 'user:vendor-action:updated'] })).body.id
  const car = await server.car({ state: plugged })
  const { id } = (await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })).body
  await server.advance('PT2S')
  // What was seen and how the action ended travel together.
  const received = hooks.received.at(-1)
  const delivery = String(received?.headers['x-enode-delivery'])

  t.test('for a delivery', async t => {
    const request = `request: POST /vehicles/${car}/charging`
    const asked = `action-requested: START of vehicle ${car}`
    const entries = await list(server, `/timeline?subject=${delivery}`)
    const saw = received?.events[0]?.updatedFields.filter((field: string) => !/lastSeen|lastUpdated/.test(field)).join(', ')
    t.same(entries.map(chain), [['delivery: sent: answered 200', 'event: user:vehicle:updated', `poll: saw ${saw}`, asked, request]])
    t.match(entries[0], { userId: null, assetId: null, webhookId: webhook, deliveryId: delivery, at: '2026-01-01T00:00:02.000Z', origin: null })
    t.equal(received?.events.length, 2)
    const [, , told] = await list(server, `/timeline?subject=${id}`)
    t.same(chain(told), ['event: user:vendor-action:updated', 'action-settled: CONFIRMED', asked, request])
  })

  t.test('for an action, an asset, its user and a webhook', async t => {
    t.same((await list(server, `/timeline?subject=${id}`)).map(entry => entry.kind), ['action-requested', 'action-settled', 'event'])
    const ofCar = (await list(server, `/timeline?subject=${car}`)).map(entry => entry.kind)
    t.same(ofCar.slice(-4), ['action-requested', 'poll', 'event', 'action-settled'])
    t.same((await list(server, '/timeline?subject=user-1')).map(entry => entry.kind).slice(-5), ['action-requested', 'poll', 'event', 'action-settled', 'event'])
    t.same([...new Set((await list(server, `/timeline?subject=${webhook}`)).map(entry => entry.kind))].sort(), ['delivery', 'event'])
    t.same(await list(server, '/timeline?subject=nobody'), [])
    t.same((await list(server, '/timeline?limit=2')).map(entry => chain(entry)), [
      ['request: POST /_mock/clock/advance'],
      ['clock: went on to 2026-01-01T00:00:02.000Z', 'request: POST /_mock/clock/advance']
    ])
  })

  t.test('a poll by itself goes back to its timer, a hinted one to the request; one that saw nothing leaves nothing', async t => {
    const before = (await list(server, '/timeline?limit=1000')).length
    const idle = await server.car({ userId: 'user-2' })
    const made = (await list(server, '/timeline?limit=1000')).length
    t.ok(made > before)
    await server.advance('PT1M')
    t.same((await list(server, `/timeline?subject=${idle}`)).filter(entry => entry.kind === 'poll').length, 1, 'only that of the discovery')
    t.match((await list(server, `/timeline?subject=${car}`)).findLast(entry => entry.kind === 'poll'), { says: /^saw chargeState/, origin: 'timer asset.poll', causes: [] })
    await server.mock('PATCH', `/devices/${idle}`, { state: { batteryLevel: 3 }, observe: false })
    await server.call('POST', `/vehicles/${idle}/refresh-hint`)
    await server.advance('PT1S')
    t.same(chain((await list(server, `/timeline?subject=${idle}`)).find(entry => entry.says.includes('batteryLevel') && entry.at > '2026-01-01T00:01')), [
      'poll: saw chargeState.batteryLevel, chargeState.range', 'refresh-hint: the next look was brought forward', `request: POST /vehicles/${idle}/refresh-hint`
    ])
  })

  t.test('what was rolled back did not happen, and reading leaves nothing', async t => {
    const before = await list(server, '/timeline?limit=1000')
    t.equal((await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'x', devices: [{ type: 'vehicle' }, { type: 'vehicle', state: { batteryLevel: 101 } }] })).status, 400)
    await server.call('GET', '/vehicles')
    t.same(await list(server, '/timeline?limit=1000'), before)
  })

  t.test('it keeps the last ten thousand, and less than a hundred before them', async t => {
    server.worlds.default.store.write(tx => { for (let i = 0; i < mostEntries + 2 * sweepEvery; i++) tx.trail.note('clock', {}, `${i}`) })
    server.worlds.default.store.read(tx => {
      const all = tx.timeline.list(null, 100_000)
      t.ok(all.length >= mostEntries && all.length < mostEntries + sweepEvery, `${all.length} are kept`)
      t.equal(all[0]?.says, String(mostEntries + 2 * sweepEvery - 1))
    })
  })
})

t.test('requests', async t => {
  const server = await build(t, { clientSecret: 'hush-client' })
  const car = await server.car({ state: plugged })
  const post = async (url: string, body: unknown): Promise<Answer> => await server.mock('POST', `/requests/${url}`, body)
  const count = async (matcher: Body): Promise<number> => (await post('count', matcher)).body.count

  t.test('are kept with their answers, and without credentials', async t => {
    const webhook = { url: 'http://127.0.0.1:9/', secret: 'hush-webhook', authentication: { headerName: 'x-key', headerValue: 'hush-header' } }
    await server.call('POST', '/webhooks', webhook)
    await server.call('POST', '/users/anna/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })
    const { linkUrl } = (await server.call('POST', '/users/anna/link', { scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'https://example.com' })).body
    const page = new URL(linkUrl).pathname
    await server.inject('POST', page, 'answer=start', { 'content-type': 'application/x-www-form-urlencoded' })
    await server.inject('POST', '/oauth2/token', 'grant_type=client_credentials&client_id=mock-client&client_secret=hush-client', { 'content-type': 'application/x-www-form-urlencoded' })
    await server.inject('POST', '/oauth2/token', '{"client_secret":"hush-client"}', { 'content-type': 'text/plain' })
    await server.call('GET', `/vehicles/${car}?x=1`)
    const { text, body } = await server.mock('GET', '/requests')
    for (const hushed of [/hush-/, new RegExp(page.slice(6, 60)), /Bearer /, new RegExp((await server.token()).slice(0, 12))]) t.notMatch(text, hushed)
    const [newest] = body as unknown as Body[]
    t.match(newest, {
      id: Number,
      at: start,
      method: 'GET',
      url: `/vehicles/${car}?x=1`,
      path: '/vehicles/{vehicleId}',
      headers: { authorization: '(left out)' },
      body: null,
      response: { status: 200, headers: { 'enode-version': '2024-10-01' }, body: { id: car, vendor: 'TESLA' } }
    })
    t.match(body.find((each: Body) => each.path === '/webhooks'), { body: { url: webhook.url, secret: '(left out)', authentication: { headerName: 'x-key', headerValue: '(left out)' } } })
    t.match(body.find((each: Body) => each.path === '/link/{key}'), { url: '/link/(key)', body: { answer: 'start' }, response: { status: 303 } })
    t.same(body.filter((each: Body) => /^\/_mock/.test(each.url)), [])
  })

  t.test('are counted and found as matchers say', async t => {
    await server.mock('DELETE', '/requests')
    t.same(await list(server, '/requests'), [])
    await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })
    await server.call('POST', `/vehicles/${car}/charging`, { action: 'STOP' }, { 'x-trace': 'abc' })
    await server.call('POST', `/vehicles/${car}/charging`, { action: 'FLY' })
    await server.call('GET', '/users?pageSize=5')
    await server.call('GET', '/nowhere')
    await server.inject('GET', '/vehicles', undefined, { authorization: 'Bearer nothing' })
    const cases: Array<[number, Body]> = [
      [6, {}],
      [3, { method: 'post' }],
      [3, { path: '/vehicles/{vehicleId}/charging' }],
      [3, { path: `/vehicles/${car}/charging` }],
      [1, { path: '/users' }],
      [0, { url: '/users' }],
      [1, { url: '/users?pageSize=5' }],
      [1, { method: 'POST', body: { action: 'STOP' } }],
      [3, { method: 'POST', body: {} }],
      [0, { body: { action: 'STOP', toString: 1 } }],
      [0, { body: ['STOP'] }],
      [1, { headers: { 'X-Trace': 'abc' } }],
      [0, { headers: { 'x-trace': 'ab' } }],
      [3, { status: 200 }],
      [1, { status: 400, path: '/vehicles/{vehicleId}/charging' }],
      [1, { status: 401, path: '/vehicles' }],
      [1, { status: 404, url: '/nowhere' }]
    ]
    for (const [n, matcher] of cases) {
      t.equal(await count(matcher), n, JSON.stringify(matcher))
      t.equal((await post('matching', matcher)).body.length, n)
    }
    t.match((await post('matching', { body: { action: 'STOP' } })).body, [{ headers: { 'x-trace': 'abc' }, response: { status: 200, body: { kind: 'STOP' } } }])
    t.match(await post('count', { colour: 'red' }), { status: 400, body: { detail: '"colour" is not allowed' } })
    t.match(await post('count', { body: 1, status: 'ok' }), { status: 400, body: { detail: '"status" must be an integer' } })
  })

  t.test('are filtered by query', async t => {
    t.equal((await list(server, '/requests?method=GET')).length, 3)
    t.equal((await list(server, '/requests?status=400')).length, 1)
    t.equal((await list(server, `/requests?path=${encodeURIComponent('/vehicles/{vehicleId}/charging')}&limit=2`)).length, 2)
    const [newest] = await list(server, '/requests?limit=1')
    t.same(await list(server, `/requests?since=${newest?.id}`), [])
    t.equal((await list(server, `/requests?since=${newest?.id - 2}`)).length, 2)
    await server.advance('PT1M')
    await server.call('GET', '/users')
    t.equal((await list(server, '/requests?since=2026-01-01T00:00:30Z')).length, 1)
    t.match(await server.mock('GET', '/requests?since=yesterday'), { status: 400, body: { issues: [{ path: ['since'] }] } })
  })

  t.test('are a thousand at most, and large bodies are left out', async t => {
    for (let i = 0; i < mostRequests + 10; i++) await server.call('GET', '/users/nobody')
    t.equal(await count({}), mostRequests)
    await server.mock('POST', '/accounts', { vendor: 'KIA', userId: 'fleet', devices: Array.from({ length: 100 }, () => ({ type: 'vehicle' })) })
    t.ok((await server.call('GET', '/vehicles?pageSize=100')).text.length > 64 * 1024)
    t.match((await list(server, '/requests?limit=1'))[0], { response: { status: 200, body: null } })
    await server.mock('POST', '/reset')
    t.equal(await count({}), 0, 'a reset empties them')
  })
})

t.test('events on demand', async t => {
  const server = await build(t, { fixture: 'demo' })
  const [all, few] = [await receiver(t), await receiver(t)]
  await server.call('POST', '/webhooks', { url: all.url, secret })
  const second = (await server.call('POST', '/webhooks', { url: few.url, secret, events: ['user:vehicle:updated'] })).body.id
  const [car] = (await server.call('GET', '/vehicles')).body.data
  const send = async (body: Body): Promise<Answer> => {
    const answer = await server.mock('POST', '/events', body)
    await server.mock('POST', '/deliveries/drain')
    return answer
  }

  t.test('are made from an asset, with fields that differ, and change nothing', async t => {
    const sent = await send({ event: 'user:vehicle:updated', assetId: car.id, fields: { vehicle: { chargeState: { batteryLevel: 99, isFullyCharged: true } } } })
    t.equal(sent.status, 200, sent.text)
    const { chargeState } = car
    t.same(sent.body.event, {
      createdAt: start,
      version: '2024-10-01',
      event: 'user:vehicle:updated',
      user: { id: car.userId },
      vehicle: { ...car, chargeState: { ...chargeState, batteryLevel: 99, isFullyCharged: true } },
      updatedFields: ['chargeState.batteryLevel', ...(chargeState.isFullyCharged ? [] : ['chargeState.isFullyCharged'])]
    })
    t.same(all.events(), [sent.body.event])
    t.same(few.events(), [sent.body.event])
    t.ok(all.received[0]?.isSigned)
    t.equal(sent.body.deliveries.length, 2)
    t.same(await server.vehicle(car.id), car)
  })

  t.test('of every name are true to what there is, and fit the documented webhook', async t => {
    const house = await build(t, { fixture: 'home', now: '2026-01-01T12:00:00Z' })
    const hooks = await receiver(t)
    const oracle = new Oracle(storedDocument)
    const webhook = (await house.call('POST', '/webhooks', { url: hooks.url, secret })).body.id
    const get = async (url: string): Promise<any> => (await house.call('GET', url)).body
    const first = async (kind: string): Promise<Body> => (await get(`/${kind}`)).data[0]
    const [schedule] = (await get('/users/household/schedules')).data
    const statuses = { status: await get(`/schedules/${schedule.id}/status`), schedule }
    const cars: Body[] = (await get('/vehicles')).data
    const smart = cars.find(each => each.smartChargingPolicy.isEnabled) ?? {}
    const inverter = await first('inverters')
    const action = (await house.mock('GET', `/actions?assetId=${smart.id}`)).body[0]
    const assets = { vehicle: smart, charger: await first('chargers'), hvac: await first('hvacs'), inverter, battery: await first('batteries'), meter: await first('meters'), 'hem-system': await first('hem-systems') }
    /** What each event is made from, what stands in it, and what of that it says has changed. */
    const wanted: Record<string, { assetId?: string, holds: Body, changed?: string }> = {
      'user:vehicle:smart-charging-status-updated': { assetId: smart.id, holds: { smartChargingStatus: await get(`/vehicles/${smart.id}/smart-charging-status`) }, changed: 'updatedAt' },
      'user:inverter:statistics-updated': { assetId: inverter.id, holds: { statistics: { inverterId: inverter.id, year: 2026, month: 1, day: 1, ...await statisticsOf(get, inverter.id) } } },
      'user:credentials:invalidated': { assetId: smart.id, holds: { vendor: 'TESLA' } },
      'user:vendor-action:updated': { assetId: smart.id, holds: { vendorAction: action }, changed: 'updatedAt' },
      'user:schedule:execution-updated': { assetId: schedule.targetId, holds: statuses, changed: 'changedAt' },
      'system:heartbeat': { holds: { pendingEvents: 0 } },
      'enode:webhook:test': { holds: {} }
    }
    for (const [kind, asset] of Object.entries(assets)) {
      const key = kind === 'hem-system' ? 'hemSystem' : kind
      wanted[`user:${kind}:updated`] = { assetId: asset.id, holds: { [key]: asset }, changed: kind === 'hem-system' ? 'status.lastSeen' : 'lastSeen' }
      wanted[`user:${kind}:deleted`] = { assetId: asset.id, holds: { [key]: asset } }
      // Little more than what it is was known then.
      wanted[`user:${kind}:discovered`] = { assetId: asset.id, holds: { [key]: { id: asset.id, userId: 'household', information: asset.information } } }
    }
    t.same(Object.keys(wanted).sort(), Object.keys(events).sort(), 'every event there is')
    for (const [name, { assetId, holds, changed }] of Object.entries(wanted)) {
      const sent = await house.mock('POST', '/events', { event: name, webhookId: webhook, ...(assetId === undefined ? {} : { assetId }) })
      t.equal(sent.status, 200, `${name}: ${sent.text}`)
      t.match(sent.body.event, { event: name, version: '2024-10-01', createdAt: '2026-01-01T12:00:00.000Z', ...holds, ...(assetId === undefined ? {} : { user: { id: 'household' } }) })
      t.same(sent.body.event.updatedFields, changed === undefined ? undefined : [changed], name)
      if (!name.endsWith(':discovered')) for (const [key, value] of Object.entries(holds)) t.same(sent.body.event[key], value, `${name}: all of ${key}`)
      // The same out of nothing but a user.
      const plain = await house.mock('POST', '/events', { event: name, webhookId: webhook, ...(assetId === undefined ? {} : { userId: 'nobody' }) })
      t.equal(plain.status, 200, `${name}: ${plain.text}`)
      await house.mock('POST', '/deliveries/drain')
      const received = hooks.received.splice(0)
      t.same(received.map(each => each.events), [[sent.body.event], [plain.body.event]])
      const schema = (storedDocument as unknown as { webhooks: Record<string, Body> }).webhooks[name]?.post.requestBody.content['application/json'].schema
      for (const each of received) t.ok(each.isSigned && oracle.accepts(schema, each.events), `${name} fits the document`)
    }
    const about = async ({ id }: Body): Promise<string[]> => (await list(house, `/timeline?subject=${id}`)).map(entry => entry.says)
    t.ok((await about(smart)).includes('user:vehicle:smart-charging-status-updated'), 'and each is found by its asset')
    t.ok((await about(inverter)).includes('user:inverter:statistics-updated'))

    const none = await house.mock('POST', '/events', { event: 'user:schedule:execution-updated', assetId: assets.meter.id })
    t.match(none, { status: 400, body: { detail: `"assetId" must be that of an asset with what user:schedule:execution-updated is about: meter ${assets.meter.id} has no schedule` } })
  })

  t.test('go to one webhook, whatever it asked for', async t => {
    const before = all.received.length
    const sent = await send({ event: 'system:heartbeat', webhookId: second, fields: { pendingEvents: 7 } })
    t.match(few.events().at(-1), { event: 'system:heartbeat', pendingEvents: 7 })
    t.equal(all.received.length, before)
    t.same(chain((await list(server, `/timeline?subject=${sent.body.deliveries[0]}`))[0]), ['delivery: sent: answered 200', 'event: system:heartbeat', 'request: POST /_mock/events'])
  })

  t.test('show the last action of an asset', async t => {
    await server.mock('PATCH', `/devices/${car.id}`, { state: { isPluggedIn: true, batteryLevel: 20, powerDeliveryState: 'PLUGGED_IN:STOPPED' } })
    const action = (await server.call('POST', `/vehicles/${car.id}/charging`, { action: 'START' })).body
    const failureReason = { type: 'NO_RESPONSE', detail: 'none' }
    const sent = await send({ event: 'user:vendor-action:updated', assetId: car.id, fields: { vendorAction: { state: 'FAILED', failureReason } } })
    t.match(sent.body.event, { vendorAction: { ...action, state: 'FAILED', failureReason }, updatedFields: ['state', 'failureReason.type', 'failureReason.detail'] })
  })

  t.test('that do not fit are refused with the place', async t => {
    const event = { event: 'user:vehicle:updated', assetId: car.id }
    const cases: Array<[Body, RegExp, Array<string | number>]> = [
      [{ event: 'user:rocket:launched' }, /^"event" must be one of/, ['event']],
      [{ event: 'user:charge-action:updated' }, /^"event" must be one of/, ['event']],
      [{ ...event, fields: { vehicle: { chargeState: { batteryLevel: 'full' } } } }, /^"vehicle\.chargeState\.batteryLevel" must be/, ['fields', 'vehicle', 'chargeState', 'batteryLevel']],
      [{ ...event, fields: { vehicle: { wings: 2 } } }, /^"vehicle\.wings" is not allowed/, ['fields', 'vehicle', 'wings']],
      [{ ...event, fields: { colour: 'red' } }, /^"colour" is not allowed/, ['fields', 'colour']],
      [{ event: 'user:charger:updated', assetId: car.id }, /^"assetId" must be that of a charger for user:charger:updated/, ['assetId']],
      [{ event: 'user:vehicle:updated' }, /^"assetId" or "userId" is required/, ['userId']]
    ]
    const before = all.received.length
    for (const [body, detail, path] of cases) {
      const answer = await send(body)
      t.match(answer, { status: 400, body: { detail } })
      t.ok(answer.body.issues.some((issue: Body) => JSON.stringify(issue.path) === JSON.stringify(path)), answer.text)
    }
    t.match(await send({ ...event, assetId: 'nothing' }), { status: 400, body: { title: 'Asset not found' } })
    t.match(await send({ ...event, webhookId: 'nothing' }), { status: 404 })
    t.equal(all.received.length, before)
  })
})

/** The statistics of the present day. */
async function statisticsOf (get: (url: string) => Promise<any>, inverterId: string): Promise<Body> {
  const { retryAfter: _, ...statistics } = await get(`/inverters/${inverterId}/statistics?year=2026&month=1&day=1`)
  return statistics
}

interface Following { lines: string[], messages: () => Body[], until: (fits: (messages: Body[]) => boolean) => Promise<void>, ended: Promise<void>, leave: () => void }

/** Follows a stream as a browser does. */
async function follow (url: string, headers: Record<string, string> = {}): Promise<Following> {
  const leaving = new AbortController()
  const response = await fetch(url, { headers, signal: leaving.signal })
  if (!response.ok) throw new Error(await response.text())
  const lines: string[] = []
  const self = {
    lines,
    messages: () => lines.filter(line => line.startsWith('data: ')).map(line => JSON.parse(line.slice(6)) as Body),
    until: async (fits: (messages: Body[]) => boolean) => {
      for (let tries = 0; !fits(self.messages()); tries++) {
        if (tries > 500) throw new Error(`did not come: ${lines.join('\n')}`)
        await new Promise(resolve => setTimeout(resolve, 10))
      }
    },
    ended: (async () => {
      let text = ''
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const parts = (text + chunk).split('\n')
        text = parts.pop() ?? ''
        lines.push(...parts)
      }
    })().catch(() => {}),
    leave: () => { leaving.abort() }
  }
  return self
}

t.test('the stream', async t => {
  const server = await build(t)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(server.app.server.address() as { port: number }).port}`
  const hooks = await receiver(t)
  await server.mock('POST', '/worlds', { name: 'other' })

  t.test('tells of events, deliveries, requests and the clock, with what each is about', async t => {
    const stream = await follow(`${url}/_mock/stream`)
    const car = await server.car({ state: plugged })
    await stream.until(messages => messages.some(each => each.kind === 'event' && each.says.startsWith('user:vehicle:updated')))
    t.match(stream.messages().find(each => each.kind === 'event'), { says: 'user:vehicle:discovered, which no webhook asked for', event: { event: 'user:vehicle:discovered', vehicle: { id: car, information: { imageUrl: new RegExp(`^${url}/assets/`) } } }, assetId: car })
    await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:deleted'] })
    await server.call('DELETE', '/users/user-1')
    await server.mock('POST', '/clock/advance', { by: 'PT1S' })
    await stream.until(messages => messages.some(each => each.kind === 'clock'))
    const { lines } = stream
    const data = lines.findIndex(line => /"user:vehicle:deleted"/.test(line) && line.startsWith('data: '))
    t.match(lines.slice(data - 2, data + 2), [/^id: \d+$/, 'event: event', /^data: \{/, ''])
    t.ok(stream.messages().some(each => each.kind === 'request' && each.says === 'DELETE /users/user-1: 204'))
    t.ok(stream.messages().some(each => each.kind === 'delivery' && each.says === 'sent: answered 200'))
    t.notMatch(lines.join(), secret)
    stream.leave()
    await stream.ended
  })

  t.test('goes on after the message that was seen last, and is that of one world', async t => {
    const stream = await follow(`${url}/_mock/stream`)
    const other = await follow(`${url}/_mock/stream?world=other`)
    for (let i = 0; i < 5; i++) await server.call('GET', `/users/number-${i}`)
    await stream.until(messages => messages.length === 5)
    stream.leave()
    const ids = stream.lines.filter(line => line.startsWith('id: ')).map(line => line.slice(4))
    await server.call('GET', '/users/number-5')
    const again = await follow(`${url}/_mock/stream`, { 'last-event-id': ids[2] ?? '' })
    await again.until(messages => messages.length >= 3)
    t.same(again.messages().map(each => each.says), [3, 4, 5].map(i => `GET /users/number-${i}: 404`))
    t.same(other.messages(), [])
    for (const each of [again, other]) each.leave()
    for (let i = 0; i < 2 * mostMessages + 10; i++) server.worlds.default.feed.tell('test', () => ({ says: i }))
    const all = await follow(`${url}/_mock/stream`, { 'last-event-id': '0' })
    await all.until(messages => messages.length >= mostMessages)
    t.same([all.messages().length, all.messages()[0]?.says], [mostMessages, mostMessages + 10])
    all.leave()
    t.match(await server.mock('GET', '/stream', undefined, { 'last-event-id': 'x' }), { status: 400 })
    t.match(await server.mock('GET', '/stream', undefined, { 'x-mock-world': 'nowhere' }), { status: 404 })
  })

  t.test('is followed in a terminal, a line for each thing', async t => {
    const child = spawn(process.execPath, [main, 'tail', '--url', url, '--world', 'default'])
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => { output += part })
    const exited = once(child, 'exit')
    for (let tries = 0; !output.includes('/users/terminal') && tries < 400; tries++) {
      await server.call('GET', '/users/terminal')
      await new Promise(resolve => setTimeout(resolve, 25))
    }
    t.match(output, /^2026-01-01T00:00:01\.000Z request {10}GET \/users\/terminal: 404$/m)
    const stream = await follow(`${url}/_mock/stream`)
    const closed = server.app.close()
    await stream.ended
    await exited
    await t.resolves(closed, 'the server ends, whoever follows it')
    t.same(await exited, [0, null], 'and so does the terminal')
  })

  await t.rejects(tail(['--port', '1']), { name: 'ConfigError', message: /tail takes --url, --world and --control-token$/ })
  await t.rejects(tail(['--url', 'localhost']), { name: 'ConfigError', message: /must be an http or https URL/ })
  await t.rejects(tail(['--url', 'http://127.0.0.1:1']), /nothing answers at http:\/\/127\.0\.0\.1:1/)
  t.equal(lineOf({ at: start, kind: 'event', says: 'user:vehicle:updated', userId: 'anna', assetId: 'car-1' }), `${start} event            user:vehicle:updated (car-1)`)
  t.equal(lineOf({ at: start, kind: 'poll', says: 'saw car-1', userId: null, assetId: 'car-1' }), `${start} poll             saw car-1`)
})

/** Calls that chance picks, with a receiver that fails now and then, for an hour of simulated time. */
async function randomCalls (t: Test, server: Server, seed: number, seconds = 3600): Promise<void> {
  const random = new Random(seed)
  const mood = new Random(seed + 1)
  const hooks = await receiver(t, response => { response.writeHead(mood.next() < 0.2 ? 503 : 200).end('thanks') })
  const webhook = (await server.call('POST', '/webhooks', { url: hooks.url, secret })).body.id
  const cars: string[] = (await server.call('GET', '/vehicles')).body.data.map((car: Body) => car.id)
  const [units = [], batteries = []] = await Promise.all(['hvacs', 'batteries'].map(async kind => (await server.call('GET', `/${kind}`)).body.data.map(({ id }: Body) => id) as string[]))
  const [place] = (await server.call('GET', '/locations')).body.data
  const visit = { language: 'en-US', redirectUri: 'https://example.com/' }
  for (let elapsed = 0; elapsed < seconds;) {
    const car = random.pick(cars)
    switch (random.integer(0, 22)) {
      case 0: await server.call('POST', `/vehicles/${car}/charging`, { action: random.pick(['START', 'STOP', 'FLY']) }); break
      case 1: await server.call('POST', `/vehicles/${car}/max-current`, { maxCurrent: random.integer(6, 32) }); break
      case 2: await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: random.next() < 0.7 } }); break
      case 3: await server.mock('PATCH', `/devices/${car}`, { isReachable: random.next() < 0.7 }); break
      case 4: cars.push((await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: `user-${random.integer(1, 5)}`, devices: [{ type: 'vehicle', state: { isPluggedIn: true, isCharging: false } }] })).body.devices[0].id); break
      case 5: {
        const link = await server.call('POST', `/users/user-${random.integer(1, 9)}/link`, { ...visit, scopes: ['vehicle:read:data'] })
        await server.inject('POST', new URL(link.body.linkUrl).pathname, 'answer=start', { 'content-type': 'application/x-www-form-urlencoded' })
        if (random.next() < 0.5) await server.mock('POST', '/link-sessions/complete', { linkToken: link.body.linkToken })
        break
      }
      case 6: await server.call('POST', `/vehicles/${car}/refresh-hint`); break
      case 7: await server.call('POST', `/webhooks/${webhook}/test`); break
      case 8: await server.mock('POST', '/faults', { on: { method: 'GET' }, effect: { status: 429 }, times: 2, after: 1 }); break
      case 9: await server.mock('POST', '/faults', { on: { webhookId: webhook }, effect: random.pick([{ drop: true }, { duplicate: true }, { reorder: true }, { delay: 'PT1M' }]), times: 1 }); break
      case 10: await server.mock('POST', '/faults', { on: { vendor: 'TESLA' }, effect: random.pick([{ unreachable: true }, { outcome: { state: 'FAILED' } }]), times: 2 }); break
      case 11: await server.mock('POST', '/events', { event: 'user:vehicle:updated', assetId: car, fields: { vehicle: { odometer: { distance: 1 } } } }); break
      case 12: await server.mock('POST', '/deliveries/drain'); break
      case 13: await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: random.next() < 0.7, deadline: random.pick(['07:00', '18:30']) }); break
      case 14: if (place !== undefined) await server.call('POST', `/users/${place.userId}/schedules`, { targetId: car, targetType: 'vehicle', locationId: place.id, isEnabled: true, defaultShouldCharge: random.next() < 0.5, rules: [] }); break
      case 15: if (units.length > 0) await server.call('POST', `/hvacs/${random.pick(units)}/permanent-hold`, { mode: 'HEAT', heatSetpoint: random.integer(17, 23) }); break
      case 16: if (batteries.length > 0) await server.call('POST', `/batteries/${random.pick(batteries)}/operation-mode`, { operationMode: random.pick(['TIME_OF_USE', 'EXPORT_FOCUS', 'IDLE']) }); break
      case 17: await server.mock('POST', '/tokens/expire'); break
      default: {
        const step = random.integer(1, 300)
        elapsed += step
        await server.advance(`PT${step}S`)
      }
    }
    for (const url of [random.pick(['/vehicles', '/users', '/chargers', '/hem-systems', '/meters', '/users/household/schedules', '/users/household/statistics/charging/sessions?startDate=2025-12-31T00:00:00Z&type=vehicle', `/vehicles/${car}`, `/vehicles/${car}/smart-charging-status`]), `/webhooks/${webhook}`]) await server.call('GET', url)
  }
}

t.test('replay', async t => {
  const server = await build(t, { fixture: 'home', timing: 'realistic', clientSecret: 'secret-of-the-log' })
  await randomCalls(t, server, 20261125)
  const log = await server.mock('GET', '/log')
  const calls = log.body.entries.filter((entry: Body) => entry.call !== undefined).length
  const deliveries = log.body.entries.filter((entry: Body) => entry.delivery !== undefined).length
  t.comment(`${calls} calls, ${deliveries} deliveries, ${log.text.length} bytes`)
  const play = async (body: Body, on: Server = server): Promise<Answer> => await on.mock('POST', '/replay', body)

  t.test('of an hour of random calls gives the same bytes in a new process, webhooks included', async t => {
    t.ok(calls > 150 && deliveries > 40, `${calls} calls, ${deliveries} deliveries`)
    t.equal(log.body.isComplete, true)
    const succeeded = log.body.entries.filter(({ call }: Body) => call?.status === 200).map(({ call }: Body) => `${call.method} ${call.url}`).join('\n')
    for (const each of [/POST \/vehicles\/[^/]+\/charging$/m, /PUT .*smart-charging-policy/, /POST .*\/schedules/, /permanent-hold/, /operation-mode/, /GET .*\/sessions/, /POST \/_mock\/faults/, /POST \/_mock\/events/]) t.match(succeeded, each)
    const file = join(t.testdir(), 'log.json')
    writeFileSync(file, log.text)
    const child = spawn(process.execPath, [main, 'replay', file])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { output += part })
    const [code] = await once(child, 'close') as [number]
    t.equal(code, 0, output)
    t.equal(output, `${calls} calls and ${deliveries} deliveries played\nevery byte is the same\n`)
  })

  t.test('leaves the world as it is', async t => {
    const before = (await server.mock('GET', '/devices')).text
    t.match(await play(log.body), { status: 200, body: { isSame: true, calls, deliveries, difference: null } })
    t.equal((await server.mock('GET', '/devices')).text, before)
    t.same((await server.mock('GET', '/log')).text, log.text, 'and is no part of its log')
  })

  t.test('shows the first difference, in an answer, a delivery or a time', async t => {
    const short = await build(t, { fixture: 'demo' })
    await randomCalls(t, short, 11, 600)
    const log = await short.mock('GET', '/log')
    t.match((await play(log.body)).body, { isSame: true })
    const at = (entries: Body[], index: number): Body => entries[index] ?? {}
    const changed = (change: (entries: Body[]) => void): Body => {
      const copy = JSON.parse(log.text) as Body
      change(copy.entries)
      return copy
    }
    const index = log.body.entries.findIndex((entry: Body) => entry.call?.url === '/vehicles' && entry.call.status === 200)
    const answered = await play(changed(entries => { at(entries, index).call.answer = at(entries, index).call.answer.replace('"batteryLevel":', '"batteryLevel":1') }))
    t.match(answered.body, { isSame: false, difference: { entry: index, what: 'GET /vehicles', expected: /…?.*"batteryLevel":1/, came: /"batteryLevel":/ } })
    t.not(answered.body.difference.expected, answered.body.difference.came)
    const sent = log.body.entries.findIndex((entry: Body) => entry.delivery !== undefined)
    t.match((await play(changed(entries => { at(entries, sent).delivery.body = at(entries, sent).delivery.body.replace('"version":"', '"version":"x') }))).body, { difference: { entry: sent, what: `delivery ${log.body.entries[sent].delivery.id}`, expected: /x2024/ } })
    t.match((await play(changed(entries => { at(entries, sent).delivery.id = 'another' }))).body, { difference: { entry: sent, came: 'nothing was posted' } })
    const left = log.body.entries.findIndex((entry: Body) => entry.call?.method === 'POST' && entry.call.status === 200 && entry.call.url.startsWith('/users'))
    const without = await play(changed(entries => {
      entries.splice(left, 1)
      for (const entry of entries) if (entry.call?.until > left) entry.call.until--
    }))
    t.equal(without.body.isSame, false, 'a call that is left out shows')
    const other = JSON.parse(log.text) as Body
    other.start.seed++
    t.equal((await play(other)).body.isSame, false, 'and so does another seed')
  })

  t.test('refuses what is no log, or a newer one', async t => {
    for (const format of [1, 3]) t.match(await play({ ...log.body, format }), { status: 400, body: { detail: new RegExp(`^"format" of this log is ${format}, .* reads formats from 2 to 2$`) } })
    t.match(await play({}), { status: 400, body: { detail: /"format" is required/ } })
    t.match(await play({ ...log.body, start: { ...log.body.start, content: '{' } }), { status: 400, body: { issues: [{ path: ['start', 'content'] }] } })
    t.match(await play({ ...log.body, start: { ...log.body.start, content: '{"accounts":[{"vendor":"EASEE","devices":[{"type":"vehicle"}]}]}' } }), { status: 400, body: { detail: /cannot be played/ } })
    t.match(await play({ ...log.body, entries: [{ at: 'never', timers: 0 }] }), { status: 400 })
    await t.rejects(replay(['nowhere.json']), { name: 'ConfigError', message: /^nowhere\.json cannot be read/ })
    await t.rejects(replay([]), { name: 'ConfigError', message: /takes one file/ })
  })

  t.test('begins at a snapshot where the log was begun anew, or the world restored', async t => {
    await server.mock('POST', '/snapshots', { name: 'here' })
    t.equal((await server.mock('DELETE', '/log')).status, 204)
    await randomCalls(t, server, 5, 900)
    const second = await server.mock('GET', '/log')
    t.ok(second.body.start.snapshot !== null)
    t.match(await play(second.body), { status: 200, body: { isSame: true, difference: null } })
    await server.mock('POST', '/snapshots/here/restore')
    await server.call('GET', '/users')
    const third = (await server.mock('GET', '/log')).body
    t.ok(third.entries.length >= 1 && third.entries.length < 10)
    t.match((await play(third)).body, { isSame: true })
    await server.mock('POST', '/reset')
    t.match((await server.mock('GET', '/log')).body, { start: { snapshot: null, fixture: 'home', seed: 7 }, entries: [] })
  })

  t.test('repeats what nobody followed while time went on', async t => {
    const alone = await build(t, { fixture: 'demo' })
    for (const by of ['PT1H', 'P2D']) {
      await alone.mock('POST', '/clock/advance', { by })
      await alone.call('GET', '/vehicles')
    }
    const { body } = await alone.mock('GET', '/log')
    t.match((await play(body)).body, { isSame: true, difference: null })
  })

  t.test('repeats also what happened while the clock was running', async t => {
    const running = await build(t, { fixture: 'demo', clock: 'running', speed: 2000, timing: 'realistic' })
    const hooks = await receiver(t, response => { setTimeout(() => response.writeHead(200).end(), Math.random() * 15) })
    await running.call('POST', '/webhooks', { url: hooks.url, secret })
    const cars: string[] = (await running.call('GET', '/vehicles')).body.data.map((car: Body) => car.id)
    for (let i = 0; i < 60; i++) {
      const car = cars[i % cars.length] ?? ''
      await Promise.all([
        running.call('POST', `/vehicles/${car}/charging`, { action: i % 3 === 0 ? 'STOP' : 'START' }),
        running.call('GET', '/vehicles'),
        running.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: i % 5 !== 0 } }),
        running.call('GET', '/webhooks')
      ])
      await new Promise(resolve => setTimeout(resolve, 4))
    }
    const { body } = await running.mock('GET', '/log')
    t.ok(body.entries.at(-1).timers > 5, `${body.entries.at(-1).timers} timers`)
    const played = await play(body)
    t.match(played.body, { isSame: true, difference: null }, JSON.stringify(played.body))
  })
})
