import t from 'tap'
import { build, type Answer, type Body, type Server } from '../../helpers/build.ts'
import { receiver, secret } from '../../helpers/receiver.ts'

const paths: Record<string, string> = { vehicle: 'vehicles', charger: 'chargers', hvac: 'hvacs', battery: 'batteries', inverter: 'inverters', meter: 'meters' }

/** A user with one asset of every kind, the last three of which make a HEM system. Answers the id of each kind. */
async function everyKind (server: Server): Promise<{ ids: Record<string, string>, accounts: string[], system: string }> {
  const ids: Record<string, string> = {}
  const accounts: string[] = []
  const wishes: Array<[string, string[]]> = [['TESLA', ['vehicle']], ['EASEE', ['charger']], ['MITSUBISHI', ['hvac']], ['HUAWEI', ['battery', 'inverter', 'meter']]]
  for (const [vendor, types] of wishes) {
    const { body } = await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices: types.map(type => ({ type })) })
    accounts.push(body.id)
    for (const { id, type } of body.devices) ids[type] = id
  }
  return { ids, accounts, system: (await server.call('GET', '/hem-systems')).body.data[0].id }
}

async function view (server: Server, kind: string, ids: Record<string, string>): Promise<Body> {
  return (await server.call('GET', `/${paths[kind]}/${ids[kind]}`)).body
}

t.test('whoever looks sees what the polls until then would have shown, however far one advances at a time', async t => {
  // A car charges, a receiver hears of something else, and reads the car each time.
  const seenBy = async (parts: number, by: string): Promise<string[]> => {
    const server = await build(t)
    await server.mock('POST', '/accounts', { vendor: 'HUAWEI', userId: 'user-1', devices: [{ type: 'inverter' }] })
    const car = await server.car({ state: { isPluggedIn: true, isCharging: true, batteryLevel: 20 } })
    const seen: string[] = []
    const hooks = await receiver(t, (response, { events }) => {
      server.call('GET', `/vehicles/${car}`).then(({ body, text }) => {
        t.ok(Date.parse(events[0]?.createdAt) - Date.parse(body.lastSeen) < 20 * 60_000, 'seen shortly before')
        seen.push(`${events[0]?.createdAt} ${text}`)
        response.end()
      }).catch(t.threw)
    })
    await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:inverter:statistics-updated'] })
    for (let i = 0; i < parts; i++) await server.advance(by)
    return [...seen, (await server.call('GET', `/vehicles/${car}`)).text]
  }
  const once = await seenBy(1, 'P3D')
  t.same(await seenBy(36, 'PT2H'), once)
  const last = JSON.parse(once.at(-2)?.replace(/^\S+ /, '') ?? '{}') as Body
  t.match(last.chargeState, { isCharging: false, powerDeliveryState: 'PLUGGED_IN:COMPLETE' })
})

t.test('an asset that nobody follows has no timer, and is seen all the same', async t => {
  const server = await build(t)
  const { ids, system } = await everyKind(server)
  const polls = (): number => server.worlds.default.store.read(tx => [...Object.values(ids), system].filter(id => tx.timers.get('asset.poll', id) !== undefined).length)
  t.equal(polls(), 0)
  await server.advance('PT3H7M')
  for (const kind of Object.keys(paths)) {
    const { lastSeen } = await view(server, kind, ids)
    t.ok(lastSeen >= '2026-01-01T03:00:00.000Z', `${kind} ${lastSeen}`)
  }
  t.equal((await server.call('GET', `/hem-systems/${system}`)).body.status.lastSeen, '2026-01-01T03:05:00.000Z')
  const hooks = await receiver(t)
  const { body: { id } } = await server.call('POST', '/webhooks', { url: hooks.url, secret })
  t.equal(polls(), 4, 'a webhook follows all of them; the parts of a system share one')
  t.equal(hooks.received.length, 0, 'and hears nothing of what was seen before')
  await server.call('DELETE', `/webhooks/${id}`)
  await server.advance('PT20M')
  t.equal(polls(), 0, 'and nobody does when it is gone')
})

t.test('lost contact shows at once, lasts, and makes unknown after seven days what the device was doing', async t => {
  const lose: Record<string, (server: Server, ids: Record<string, string>, accounts: string[]) => Promise<unknown>> = {
    'credentials that became invalid': async (server, _, accounts) => { for (const id of accounts) await server.mock('POST', `/accounts/${id}/invalidate`) },
    'a device that cannot be reached': async (server, ids) => { for (const id of Object.values(ids)) await server.mock('PATCH', `/devices/${id}`, { isReachable: false }) },
    'a device that was lost unseen': async (server, ids) => {
      for (const id of Object.values(ids)) await server.mock('PATCH', `/devices/${id}`, { isReachable: false, observe: false })
      await server.advance('PT20M')
    }
  }
  for (const [how, act] of Object.entries(lose)) {
    for (const isFollowed of [true, false]) {
      const server = await build(t)
      const { ids, accounts } = await everyKind(server)
      const hooks = await receiver(t)
      await server.call('POST', '/webhooks', { url: hooks.url, secret, events: isFollowed ? ['*'] : ['enode:webhook:test'] })
      await server.advance('PT1H3M')
      const before = Object.fromEntries(await Promise.all(Object.keys(ids).map(async kind => [kind, await view(server, kind, ids)] as const)))
      await act(server, ids, accounts)
      for (const kind of Object.keys(ids)) {
        const lost = await view(server, kind, ids)
        t.match(lost, { isReachable: false }, `${how}, ${kind}, followed: ${isFollowed}`)
        t.ok(Date.parse(lost.lastSeen) - Date.parse(before[kind]?.lastSeen) <= 5 * 60_000, 'not seen since')
        await server.call('POST', `/${paths[kind]}/${ids[kind]}/refresh-hint`)
      }
      await server.advance('P6DT22H')
      const known = Object.fromEntries(await Promise.all(Object.keys(ids).map(async kind => [kind, await view(server, kind, ids)] as const)))
      t.notMatch(known.vehicle?.chargeState, { powerDeliveryState: 'UNKNOWN' })
      await server.advance('PT3H')
      t.match(await view(server, 'vehicle', ids), { isReachable: false, lastSeen: known.vehicle?.lastSeen, chargeState: { powerDeliveryState: 'UNKNOWN', isCharging: null } })
      t.match(await view(server, 'charger', ids), { chargeState: { powerDeliveryState: 'UNKNOWN' } })
      t.match(await view(server, 'hvac', ids), { thermostatState: { mode: 'UNKNOWN' } })
      t.match(await view(server, 'meter', ids), { energyState: { power: null } })
      await server.mock('POST', '/deliveries/drain')
      const told = hooks.events().filter(event => event.event === 'user:vehicle:updated')
      t.equal(told.filter(event => event.vehicle.isReachable === false && event.vehicle.chargeState.powerDeliveryState === 'UNKNOWN').length, isFollowed ? 1 : 0)
    }
  }
})

t.test('a device that can no longer tell what it does is out of contact, and back when it can', async t => {
  const server = await build(t)
  const { ids } = await everyKind(server)
  for (const [kind, capability] of [['vehicle', 'chargeState'], ['charger', 'chargeState'], ['inverter', 'productionState'], ['meter', 'measuresConsumption']] as const) {
    await server.mock('PATCH', `/devices/${ids[kind]}`, { capabilities: { [capability]: false } })
    const lost = await view(server, kind, ids)
    t.match(lost, { isReachable: false, capabilities: { [capability]: { isCapable: false } } }, kind)
    await server.advance('PT2H')
    t.equal((await view(server, kind, ids)).lastSeen, lost.lastSeen)
    await server.mock('PATCH', `/devices/${ids[kind]}`, { capabilities: { [capability]: true } })
    t.match(await view(server, kind, ids), { isReachable: true, capabilities: { [capability]: { isCapable: true } } })
    t.ok((await view(server, kind, ids)).lastSeen > lost.lastSeen)
  }
  await server.mock('PATCH', `/devices/${ids.vehicle}`, { capabilities: { odometer: false } })
  t.match(await view(server, 'vehicle', ids), { isReachable: true }, 'of anything else, the rest is still seen')
})

t.test('a client that merges what is updated never keeps a stale value', async t => {
  const server = await build(t, { fixture: 'home' })
  const mergers: Array<{ known: Map<string, Body>, take: (event: Body) => void }> = []
  const merger = async (events: string[]): Promise<string> => {
    const known = new Map<string, Body>()
    const take = (event: Body): void => {
      const [, kind = '', what] = event.event.split(':')
      const key = kind === 'hem-system' ? 'hemSystem' : kind
      const object = event[key] as Body | undefined
      if (object === undefined || !['discovered', 'updated'].includes(what ?? '')) return
      const old = known.get(object.id)
      if (what === 'discovered' || old === undefined) {
        known.set(object.id, structuredClone(object))
        return
      }
      for (const path of event.updatedFields as string[]) put(old, object, path.split('.'))
      t.same(old, object, `${event.event} of ${event.createdAt}: ${event.updatedFields}`)
    }
    mergers.push({ known, take })
    const hooks = await receiver(t, (response, received) => {
      for (const event of received.events) take(event)
      response.end()
    })
    const { body } = await server.call('POST', '/webhooks', { url: hooks.url, secret, events })
    // It begins with what the API shows as it registers.
    for (const list of [...Object.values(paths), 'hem-systems']) for (const each of (await server.call('GET', `/${list}`)).body.data as Body[]) known.set(each.id, each)
    return body.id
  }
  await merger(['*'])
  await server.advance('PT2H')
  await merger(['user:vehicle:updated', 'user:battery:updated'])
  const third = await merger(['user:hem-system:updated'])
  await server.advance('PT3H')
  const [car] = (await server.call('GET', '/vehicles')).body.data
  await server.mock('PATCH', `/devices/${car.id}`, { state: { batteryLevel: 33 } })
  // One that asks for more, and has missed it until now.
  await server.call('PATCH', `/webhooks/${third}`, { events: ['user:hem-system:updated', 'user:vehicle:updated', 'user:meter:updated'] })
  await server.advance('PT5H')
  await server.mock('PATCH', `/devices/${car.id}`, { isReachable: false })
  await server.advance('PT1H')
  await server.mock('PATCH', `/devices/${car.id}`, { isReachable: true })
  t.ok(mergers.every(({ known }) => known.size > 4))
})

/** Puts the value at a path of one object in its place in another. */
function put (into: Body, from: Body, [key = '', ...rest]: string[]): void {
  if (rest.length === 0 || from[key] === null) into[key] = structuredClone(from[key])
  else put(into[key] ??= {}, from[key], rest)
}

t.test('a smart charging status that is told lists every time that has moved since the last', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:smart-charging-status-updated'] })
  const home = { latitude: 59.91, longitude: 10.75 }
  const car = await server.car({ state: { ...home, isPluggedIn: true, isCharging: true, batteryLevel: 30 } })
  await server.call('POST', '/users/user-1/locations', { name: 'home', timezoneName: 'Europe/Oslo', ...home })
  t.equal((await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' })).status, 200)
  for (const batteryLevel of [20, 40]) {
    await server.advance('P1D')
    await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: false } })
    await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: true, isCharging: true, batteryLevel } })
  }
  await server.mock('POST', '/deliveries/drain')
  const events = hooks.events().filter(event => event.event === 'user:vehicle:smart-charging-status-updated')
  t.ok(events.length > 2, `${events.length}`)
  const known = new Map<string, Body>()
  for (const event of events) {
    const status = event.smartChargingStatus as Body
    const old = known.get(status.vehicleId)
    if (old !== undefined) {
      for (const path of event.updatedFields as string[]) put(old, status, path.split('.'))
      t.equal(old.updatedAt, status.updatedAt)
    }
    known.set(status.vehicleId, structuredClone(status))
  }
})

t.test('the parts of a HEM system are looked at together, whatever brings it about, and the system once', async t => {
  const server = await build(t)
  const { ids, system } = await everyKind(server)
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  const parts = ['battery', 'inverter', 'meter']
  const together = async (what: string): Promise<string> => {
    const times = new Set([(await server.call('GET', `/hem-systems/${system}`)).body.status.lastSeen])
    for (const kind of parts) times.add((await view(server, kind, ids)).lastSeen)
    t.equal(times.size, 1, `${what}: ${[...times]}`)
    return String([...times][0])
  }
  await server.advance('PT1H2M')
  t.equal(await together('a poll'), '2026-01-01T01:00:00.000Z')
  await server.call('POST', `/meters/${ids.meter}/refresh-hint`)
  await server.advance('PT1S')
  t.equal(await together('a refresh hint'), '2026-01-01T01:02:01.000Z')
  t.equal((await server.call('POST', `/batteries/${ids.battery}/operation-mode`, { operationMode: 'IMPORT_FOCUS' })).status, 200)
  await server.advance('PT2S')
  t.equal(await together('a command'), '2026-01-01T01:02:03.000Z')
  await server.mock('PATCH', `/devices/${ids.battery}`, { state: { batteryLevel: 44 } })
  await server.advance('PT30S')
  t.equal(await together('a change'), '2026-01-01T01:02:03.000Z')
  await server.advance('P1D')
  const seen = hooks.events().filter(event => event.event === 'user:hem-system:updated').map(event => event.createdAt)
  t.equal(new Set(seen).size, seen.length, 'one event a look')
  t.ok(seen.length > 200)
  t.same([...new Set(seen.filter(at => at > '2026-01-01T01:03').map(at => Number(at.slice(14, 16)) % 5))], [0])
})

t.test('an advance on its way', async t => {
  /** A server whose receiver holds back its answer to the first event until it is let go. */
  const held = async (): Promise<{ server: Server, hooks: Awaited<ReturnType<typeof receiver>>, under: Promise<Answer>, letGo: () => void, webhook: string }> => {
    const server = await build(t, { fixture: 'home' })
    const hooks = await receiver(t)
    let letGo = (): void => {}
    const isHeld = new Promise<void>(resolve => {
      hooks.behaviour = response => {
        letGo = () => {
          hooks.behaviour = 200
          response.end()
        }
        resolve()
      }
    })
    const { body: { id: webhook } } = await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:inverter:statistics-updated', 'user:vehicle:updated'] })
    const under = server.mock('POST', '/clock/advance', { by: 'P300D' })
    await isHeld
    return { server, hooks, under, letGo: () => { letGo() }, webhook }
  }

  t.test('tells where it goes, what it waits for and what is due next', async t => {
    const { server, hooks, under, letGo, webhook } = await held()
    const clock = (await server.mock('GET', '/clock')).body
    t.match(clock, { goal: '2026-10-28T00:00:00.000Z', waitsFor: [{ webhookId: webhook, url: hooks.url }], next: { at: String, timer: String, subject: String } })
    t.ok(clock.next.at > clock.now)
    t.match(await server.mock('GET', `/deliveries/${clock.waitsFor[0].deliveryId}`), { status: 200, body: { state: 'PENDING' } })
    await server.mock('POST', '/reset')
    letGo()
    await under
    t.match((await server.mock('GET', '/clock')).body, { goal: null, waitsFor: [] })
  })

  t.test('can be saved, and goes on from there through every door', async t => {
    const { server, hooks, under, letGo } = await held()
    const at = (await server.mock('GET', '/clock')).body.now
    t.equal((await server.mock('POST', '/snapshots', { name: 'breath' })).status, 200)
    const { body: file } = await server.mock('GET', '/snapshots/breath/file')
    t.equal((await server.mock('DELETE', '/log')).status, 204)
    await server.mock('POST', '/reset')
    letGo()
    t.equal((await under).status, 503)

    const lists = async (headers: Record<string, string> = {}): Promise<string> => (await Promise.all([...Object.values(paths), 'hem-systems'].map(async list => (await server.call('GET', `/${list}`, undefined, headers)).text))).join('\n')
    const goOn = async (): Promise<string> => {
      const before = hooks.received.length
      await server.mock('POST', '/clock/advance', { to: '2026-01-01T09:00:00Z' })
      const told = hooks.received.slice(before).map(({ body }) => body).join('\n')
      const [car] = (await server.call('GET', '/vehicles')).body.data
      t.ok(Date.parse('2026-01-01T09:00:00Z') - Date.parse(car.lastSeen) <= 20 * 60_000, 'it lives on')
      return `${told}\n${await lists()}`
    }
    await server.mock('POST', '/snapshots/breath/restore')
    t.equal((await server.mock('GET', '/clock')).body.now, at)
    const first = await goOn()
    t.ok(first.length > 10_000)
    await server.mock('POST', '/snapshots/file', { ...file, name: 'file' })
    await server.mock('POST', '/snapshots/file/restore')
    t.ok(await goOn() === first, 'from a file, the same bytes')
    const into = (await server.mock('POST', '/snapshots/breath/restore', { into: 'other' })).body
    await server.mock('POST', '/clock/advance', { to: '2026-01-01T09:00:00Z' }, { 'x-mock-world': 'other' })
    t.ok(first.endsWith(await lists({ authorization: `Bearer ${await server.token(into.clientId, into.clientSecret)}` })), 'in another world, the same is shown')
    await server.mock('POST', '/snapshots/breath/restore')
    await server.advance('PT5H')
    await server.call('GET', '/vehicles')
    t.match((await server.mock('POST', '/replay', (await server.mock('GET', '/log')).body)).body, { isSame: true, difference: null })
  })

  t.test('is ended by a reset, and so is one that waits its turn', async t => {
    const { server, under, letGo } = await held()
    // Each is let come to its turn before the next sets off.
    const arrived = async (): Promise<void> => { await new Promise(resolve => setTimeout(resolve, 50)) }
    const waiting = server.mock('POST', '/clock/advance', { by: 'P300D' })
    await arrived()
    const reset = server.mock('POST', '/reset')
    await arrived()
    const later = server.mock('POST', '/clock/advance', { by: 'PT1H' })
    letGo()
    t.equal((await under).status, 503)
    t.match(await waiting, { status: 503, body: { detail: /did not set off, since the world was reset or restored while it waited its turn: advance it again/ } })
    t.equal((await reset).status, 204)
    t.match(await later, { status: 200, body: { now: '2026-01-01T01:00:00.000Z' } }, 'what was asked for afterwards is done')
  })
})

t.test('what Enode is still to find out of a part, it finds out also when its system ends or it moves away', async t => {
  for (const act of ['end', 'move'] as const) {
    const server = await build(t)
    const { body: { devices } } = await server.mock('POST', '/accounts', { vendor: 'SOLAREDGE', userId: 'user-1', devices: [{ type: 'inverter' }, { type: 'battery' }] })
    const [inverter, battery] = devices.map(({ id }: Body) => id) as string[]
    await server.advance('PT12M')
    await server.mock('PATCH', `/devices/${battery}`, { isReachable: false, observe: false, ...(act === 'move' && { state: { latitude: 10, longitude: 10 } }) })
    if (act === 'end') await server.mock('DELETE', `/devices/${inverter}`)
    t.match((await server.call('GET', `/batteries/${battery}`)).body, { isReachable: true, hemSystemId: null }, act)
    await server.advance('PT5M')
    t.match((await server.call('GET', `/batteries/${battery}`)).body, { isReachable: false, lastSeen: '2026-01-01T00:10:00.000Z' })
    await server.advance('P8D')
    t.match((await server.call('GET', `/batteries/${battery}`)).body, { chargeState: { status: 'UNKNOWN' } })
  }
})

t.test('a webhook that a test wakes up follows again, and is told all that it missed', async t => {
  const server = await build(t, { webhookPatience: 'PT5M' })
  const hooks = await receiver(t)
  const car = await server.car({ state: { isPluggedIn: true, isCharging: true, batteryLevel: 20 } })
  const { body: { id } } = await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated'] })
  hooks.behaviour = 500
  await server.advance('PT1H')
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.isActive, false)
  hooks.behaviour = 200
  await server.call('POST', `/webhooks/${id}/test`)
  t.equal((await server.call('GET', `/webhooks/${id}`)).body.isActive, true)
  hooks.received.length = 0
  await server.advance('PT30M')
  const [first] = hooks.events().filter(event => event.event === 'user:vehicle:updated')
  t.equal(first?.vehicle.id, car)
  t.ok(first?.updatedFields.includes('chargeState.batteryLevel') && first.updatedFields.includes('location.id') && !first.updatedFields.includes('id'), String(first?.updatedFields))
})

t.test('a webhook that asks for more is told the ids that changed meanwhile', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  const home = { latitude: 59.91, longitude: 10.75 }
  await server.car({ state: home })
  const { body: { id } } = await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:credentials:invalidated'] })
  await server.advance('PT10S')
  await server.call('PATCH', `/webhooks/${id}`, { events: ['*'] })
  await server.call('POST', '/users/user-1/locations', { name: 'home', timezoneName: 'Europe/Oslo', ...home })
  await server.mock('POST', '/deliveries/drain')
  const [event] = hooks.events().filter(event => event.event === 'user:vehicle:updated')
  t.ok(event?.updatedFields.includes('location.id'), String(event?.updatedFields))
})
