import t from 'tap'
import { chargerVendors } from '../../src/contract/vendors.ts'
import { charger, type ChargerState } from '../../src/devices/charger/index.ts'
import { placeAt } from '../../src/devices/place.ts'
import { Random } from '../../src/lib/random.ts'
import { build, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

/** A linked charger of the user; answers its id. */
async function makeCharger (server: Server, state: Body = {}, more: Body = {}): Promise<string> {
  const answer = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state, ...more }] })
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.devices[0].id)
}

const get = async (server: Server, id: string): Promise<Body> => (await server.call('GET', `/chargers/${id}`)).body

t.test('every vendor makes plausible chargers, in Europe and in America', async t => {
  for (const vendor of chargerVendors) {
    for (let seed = 0; seed < 8; seed++) {
      const place = placeAt(seed % 2 === 0 ? { latitude: 59.9, longitude: 10.7, seed: 1 } : { latitude: 39.7, longitude: -105, seed: 1 })
      const made = charger.make(new Random(seed), vendor, 0, place)
      t.same(charger.make(new Random(seed), vendor, 0, place), made, 'the same stream gives the same charger')
      t.ok(made.maxCurrentLimitA >= 16 && made.maxCurrentLimitA <= 50 && (made.phases === 1 || made.voltage === 230), JSON.stringify(made))
    }
  }
  t.throws(() => charger.make(new Random(1), 'ACURA', 0, placeAt({ latitude: 0, longitude: 0, seed: 1 })), { message: 'ACURA is no vendor of chargers' })
})

t.test('looking at a charger in between changes nothing', async t => {
  const random = new Random(5)
  for (let round = 0; round < 300; round++) {
    const made = charger.make(random, random.pick(chargerVendors), 0, placeAt({ latitude: 52, longitude: 13, seed: 1 }))
    const charging: ChargerState = charger.change(made, { isCharging: true, isPluggedIn: true })
    const [a, b] = [random.integer(0, 20_000_000), random.integer(0, 20_000_000)]
    const [once, twice] = [charger.advance(charging, a + b), charger.advance(charger.advance(charging, a), a + b)]
    t.equal(twice.power, once.power)
    t.ok(Math.abs(twice.guestNeedsKwh - once.guestNeedsKwh) < 1e-6 && once.guestNeedsKwh >= 0 && once.guestNeedsKwh <= 30)
  }
})

t.test('a charger is linked, started, limited, stopped and unlinked, and its webhook hears of each step', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['*'] })
  const id = await makeCharger(server, { isPluggedIn: true, isCharging: false })
  await server.advance('PT1S')
  const seen = (): Body[] => hook.events()
  const [discovered, updated] = seen().filter(event => event.event.startsWith('user:charger'))
  t.match(discovered, { event: 'user:charger:discovered', charger: { id, chargeState: { isPluggedIn: null, powerDeliveryState: 'UNKNOWN', maxCurrent: null }, information: { brand: 'Easee' } } })
  t.match(updated, { event: 'user:charger:updated', charger: { chargeState: { isPluggedIn: true, powerDeliveryState: 'PLUGGED_IN:STOPPED' } } })

  const started = await server.call('POST', `/chargers/${id}/charging`, { action: 'START' })
  t.match(started, { status: 200, body: { state: 'PENDING', kind: 'START', targetType: 'charger', targetId: id } })
  await server.advance('PT3S')
  t.match((await server.call('GET', `/chargers/actions/${started.body.id}`)).body, { state: 'CONFIRMED', failureReason: null })
  t.match((await get(server, id)).chargeState, { isCharging: true, chargeRate: 11, powerDeliveryState: 'PLUGGED_IN:CHARGING' })
  t.match(await server.call('POST', `/chargers/${id}/charging`, { action: 'START' }), { status: 400, body: { title: 'Action Rejected', detail: 'The asset is already charging.' } })

  const limited = await server.call('POST', `/chargers/${id}/charge-rate-limit`, { chargeRateLimit: 6.9 })
  t.match(limited.body, { targetState: { chargeRateLimit: 6.9 } })
  await server.advance('PT3S')
  t.match((await get(server, id)).chargeState, { chargeRate: 6.9, chargeRateLimit: 6.9, maxCurrent: 10 }, 'a limit in kW changes the current')
  const last = seen().filter(event => event.event === 'user:charger:updated').at(-1)
  t.same(last?.updatedFields, ['lastSeen', 'chargeState.chargeRate', 'chargeState.lastUpdated', 'chargeState.maxCurrent', 'chargeState.chargeRateLimit'])
  t.match(await server.call('POST', `/chargers/${id}/charge-rate-limit`, { chargeRateLimit: 99 }), { status: 400, body: { detail: /^The asset is limited to a charge rate limit from 4.14 to 22.08 kW, and takes none of 99 kW\.$/ } })

  const first = await server.call('POST', `/chargers/${id}/max-current`, { maxCurrent: 16 })
  const second = await server.call('POST', `/chargers/${id}/max-current`, { maxCurrent: 16 })
  t.not(second.body.id, first.body.id, 'also an equal command is a new action')
  t.match((await server.call('GET', `/chargers/actions/${first.body.id}`)).body, { state: 'CANCELLED', failureReason: { type: 'CONFLICT' } })
  const cancelled = await server.call('POST', `/chargers/actions/${second.body.id}/cancel`)
  t.match(cancelled, { status: 200, body: { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } } })
  t.equal((await server.call('POST', `/chargers/actions/${second.body.id}/cancel`)).status, 409)
  t.match(await server.call('POST', `/chargers/${id}/max-current`, { maxCurrent: 2 }), { status: 200 })
  await server.advance('PT3S')
  t.equal(seen().filter(event => event.event === 'user:vendor-action:updated').at(-1)?.vendorAction.failureReason.detail, 'The asset is limited to a max current from 6 to 32 A, and takes none of 2 A.')

  await server.call('POST', `/chargers/${id}/charging`, { action: 'STOP' })
  await server.advance('PT3S')
  t.match((await get(server, id)).chargeState, { isCharging: false, chargeRate: null, powerDeliveryState: 'PLUGGED_IN:STOPPED' })
  t.equal((await server.call('POST', `/chargers/${id}/refresh-hint`)).status, 204)
  t.match((await server.call('GET', '/chargers')).body.data, [{ id }])
  t.match((await server.call('GET', '/users/user-1/chargers')).body.data, [{ id }])
  t.equal((await server.call('DELETE', '/users/user-1')).status, 204)
  await server.advance('PT1S')
  t.match(seen().filter(event => event.event === 'user:charger:deleted'), [{ charger: { id, chargeState: { powerDeliveryState: 'PLUGGED_IN:STOPPED' } } }])
  t.equal((await server.call('GET', `/chargers/${id}`)).status, 404)
})

t.test('a charger does not start for a vehicle that is full, and says so', async t => {
  const server = await build(t)
  const box = await makeCharger(server, { isPluggedIn: true, isCharging: true })
  const patch = (id: string, state: Body): Promise<Body> => server.mock('PATCH', `/devices/${id}`, { state })
  const start = (): Promise<Body> => server.call('POST', `/chargers/${box}/charging`, { action: 'START' })
  const hindered = { state: 'CANCELLED', failureReason: { type: 'FAILED_PRECONDITION', detail: 'The asset is plugged into a vehicle that is fully charged.' } }
  await server.advance('PT4H')
  for (const state of [{ isCharging: true }, { powerDeliveryState: 'PLUGGED_IN:INITIALIZING' }]) {
    t.match(await patch(box, state), { status: 400, body: { detail: /fully charged/ } }, 'a guest that has charged takes no more')
  }
  const guest = (await start()).body
  await server.advance('PT10S')
  t.match((await server.call('GET', `/chargers/actions/${guest.id}`)).body, hindered)

  const full = { batteryLevel: 80, chargeLimit: 80, latitude: 59.9, longitude: 10.7 }
  t.equal((await patch(box, { isPluggedIn: false, latitude: 59.9, longitude: 10.7 })).status, 200)
  const foreign = await server.car({ userId: 'user-2', state: full })
  t.equal((await patch(foreign, { pluggedInChargerId: box })).status, 200)
  const unseen = (await start()).body
  await server.advance('PT10S')
  t.match((await server.call('GET', `/chargers/actions/${unseen.id}`)).body, hindered, 'whether a vehicle of another user is full shows at the charger only')

  t.equal((await patch(foreign, { isPluggedIn: false })).status, 200)
  const own = await server.car({ state: full })
  t.equal((await patch(own, { pluggedInChargerId: box })).status, 200)
  t.match(await start(), { status: 400, body: { detail: hindered.failureReason.detail } })
  t.equal((await patch(box, { pluggedInVehicleId: null, isCharging: true })).status, 200, 'a guest in its place needs energy')
  t.match((await get(server, box)).chargeState, { isCharging: true })
})

t.test('what contradicts itself about a cable is refused at both ends, and what follows is not asked for', async t => {
  const server = await build(t)
  const at = { latitude: 59.9, longitude: 10.7 }
  const [box, car] = [await makeCharger(server, at), await server.car({ state: { ...at, batteryLevel: 50, chargeLimit: 80 } })]
  const patch = (id: string, state: Body): Promise<Body> => server.mock('PATCH', `/devices/${id}`, { state })
  for (const state of [{ isPluggedIn: false }, { powerDeliveryState: 'UNPLUGGED' }]) {
    t.match(await patch(car, { ...state, pluggedInChargerId: box }), { status: 400, body: { detail: /pluggedInChargerId/ } })
    t.match(await patch(box, { ...state, pluggedInVehicleId: car }), { status: 400, body: { detail: /pluggedInVehicleId/ } })
  }
  t.equal((await patch(car, { pluggedInChargerId: box, isCharging: true })).status, 200)
  t.match([(await server.vehicle(car)).chargeState, (await get(server, box)).chargeState], [{ isCharging: true }, { isCharging: true }])
})

t.test('what is plugged into a charger charges by itself, unless that is told not to be', async t => {
  const server = await build(t)
  const at = { latitude: 59.9, longitude: 10.7 }
  const patch = async (id: string, state: Body): Promise<void> => {
    const { status, text } = await server.mock('PATCH', `/devices/${id}`, { state })
    t.equal(status, 200, text)
  }
  const charging = async (id: string): Promise<unknown> => (await get(server, id)).chargeState.powerDeliveryState
  const [box, next] = [await makeCharger(server, { ...at, isPluggedIn: true }), await makeCharger(server, { ...at, isPluggedIn: true, isCharging: false })]
  t.same([await charging(box), await charging(next)], ['PLUGGED_IN:CHARGING', 'PLUGGED_IN:STOPPED'], 'a guest at a new charger')
  await patch(box, { isPluggedIn: false })
  await patch(box, { isPluggedIn: true })
  t.equal(await charging(box), 'PLUGGED_IN:CHARGING', 'a guest')
  await patch(box, { isCharging: false })
  await patch(box, { isPluggedIn: true })
  t.equal(await charging(box), 'PLUGGED_IN:STOPPED', 'what is in already is not plugged in again')

  const car = await server.car({ state: { ...at, batteryLevel: 50, chargeLimit: 80, isPluggedIn: true, isCharging: false } })
  await patch(box, { pluggedInVehicleId: car })
  t.same([await charging(box), (await server.vehicle(car)).chargeState.isCharging], ['PLUGGED_IN:CHARGING', true], 'a car in its place')
  await patch(box, { isCharging: false })
  await patch(box, { pluggedInVehicleId: car })
  t.equal(await charging(box), 'PLUGGED_IN:STOPPED', 'the same car')
  await patch(box, { pluggedInVehicleId: null })
  t.same([await charging(box), (await server.vehicle(car)).chargeState.isPluggedIn], ['PLUGGED_IN:CHARGING', false], 'a guest in the place of the car')
  await patch(car, { pluggedInChargerId: next, isCharging: false })
  t.same([await charging(next), (await server.vehicle(car)).chargeState.isCharging], ['PLUGGED_IN:STOPPED', false], 'a car that shall not')
  await patch(car, { isPluggedIn: false, batteryLevel: 80 })
  await patch(car, { pluggedInChargerId: next })
  t.same([await charging(next), (await server.vehicle(car)).chargeState.powerDeliveryState], ['PLUGGED_IN:STOPPED', 'PLUGGED_IN:COMPLETE'], 'a full one')
  await patch(car, { chargeLimit: 90 })
  t.same([await charging(next), (await server.vehicle(car)).chargeState.isCharging], ['PLUGGED_IN:CHARGING', true], 'which goes on once its limit is raised')
})

t.test('the other end of a cable is shown anew when one end is unlinked or linked', async t => {
  const server = await build(t)
  const at = { latitude: 59.9, longitude: 10.7 }
  const answer = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: at }] })
  const box = String(answer.body.devices[0].id)
  const car = await server.car({ state: { ...at, pluggedInChargerId: box } })
  const seen = async (): Promise<unknown> => (await server.vehicle(car)).chargeState.pluggedInChargerId
  t.equal(await seen(), box)
  t.equal((await server.call('DELETE', '/users/user-1/vendors/EASEE')).status, 204)
  t.equal(await seen(), null)
  const { linkToken } = (await server.call('POST', '/users/user-1/link', { vendorType: 'charger', scopes: ['charger:read:data'], language: 'en-US', redirectUri: 'https://app.example' })).body
  const linked = await server.mock('POST', '/link-sessions/complete', { linkToken, username: answer.body.username, password: answer.body.password })
  t.equal(linked.status, 200, linked.text)
  t.equal(await seen(), box)
})

t.test('a car and a charger on one cable agree at every step', async t => {
  const server = await build(t)
  const car = await server.car({ state: { batteryLevel: 50, batteryCapacity: 60, chargeLimit: 80, latitude: 59.9, longitude: 10.7 } })
  const box = await makeCharger(server)
  const hook = await receiver(t)
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['*'] })
  /** What the webhook was told last of both ends, and of the action. */
  const told = async (action?: string): Promise<Body> => {
    await server.mock('POST', '/deliveries/drain')
    const last = (wanted: (event: Body) => boolean): Body => hook.events().findLast(wanted) ?? {}
    return {
      car: last(event => event.vehicle?.id === car).vehicle?.chargeState,
      box: last(event => event.charger?.id === box).charger?.chargeState,
      action: action === undefined ? undefined : last(event => event.vendorAction?.id === action).vendorAction?.state
    }
  }
  const agree = async (power: string): Promise<{ chargerRate: number, carRate: number }> => {
    const [vehicle, charging] = [(await server.vehicle(car)).chargeState, (await get(server, box)).chargeState]
    t.equal(vehicle.powerDeliveryState, power)
    t.equal(charging.powerDeliveryState, power === 'PLUGGED_IN:COMPLETE' ? 'PLUGGED_IN:STOPPED' : power)
    const isIn = power !== 'UNPLUGGED'
    t.same([vehicle.pluggedInChargerId, charging.pluggedInVehicleId], isIn ? [box, car] : [null, null])
    const heard = await told()
    t.same([heard.car.powerDeliveryState, heard.car.pluggedInChargerId, heard.car.chargeRate], [vehicle.powerDeliveryState, vehicle.pluggedInChargerId, vehicle.chargeRate], 'the webhook heard of the car')
    t.same([heard.box.powerDeliveryState, heard.box.pluggedInVehicleId, heard.box.chargeRate], [charging.powerDeliveryState, charging.pluggedInVehicleId, charging.chargeRate], 'and of the charger')
    return { chargerRate: charging.chargeRate, carRate: Number(vehicle.chargeRate) }
  }
  const plugged = await server.mock('PATCH', `/devices/${box}`, { state: { pluggedInVehicleId: car, isCharging: false } })
  t.equal(plugged.status, 200, plugged.text)
  await agree('PLUGGED_IN:STOPPED')

  const action = await server.call('POST', `/chargers/${box}/charging`, { action: 'START' })
  await server.advance('PT3S')
  t.equal((await server.call('GET', `/chargers/actions/${action.body.id}`)).body.state, 'CONFIRMED')
  t.equal((await told(action.body.id)).action, 'CONFIRMED')
  const full = await agree('PLUGGED_IN:CHARGING')
  t.equal(full.chargerRate, full.carRate)

  await server.call('POST', `/chargers/${box}/max-current`, { maxCurrent: 6 })
  await server.advance('PT3S')
  const slow = await agree('PLUGGED_IN:CHARGING')
  t.same([slow.chargerRate, slow.carRate], [4.1, 4.1], 'the slower of the two limits the rate')

  const stop = await server.call('POST', `/vehicles/${car}/charging`, { action: 'STOP' })
  await server.advance('PT3S')
  await agree('PLUGGED_IN:STOPPED')
  t.equal((await server.call('GET', `/vehicles/actions/${stop.body.id}`)).body.state, 'CONFIRMED')
  t.equal((await told(stop.body.id)).action, 'CONFIRMED')

  await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })
  await server.advance('PT12H')
  await agree('PLUGGED_IN:COMPLETE')
  t.equal((await server.vehicle(car)).chargeState.batteryLevel, 80)

  await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: false } })
  await agree('UNPLUGGED')
})

t.test('a cable that cannot be is refused', async t => {
  const server = await build(t)
  const [car, far, box, other] = [await server.car(), await server.car({ state: { latitude: 1, longitude: 1 } }), await makeCharger(server), await makeCharger(server)]
  const refused = async (id: string, state: Body, detail: RegExp): Promise<void> => {
    t.match(await server.mock('PATCH', `/devices/${id}`, { state }), { status: 400, body: { detail } })
  }
  await refused(box, { pluggedInVehicleId: 'nobody' }, /must be the id of a vehicle of this world/)
  await refused(box, { pluggedInVehicleId: other }, /must be the id of a vehicle of this world/)
  await refused(box, { pluggedInVehicleId: far }, /names a vehicle at another place/)
  await refused(box, { pluggedInVehicleId: car, isPluggedIn: false }, /cannot be set when nothing shall be plugged in/)
  await refused(box, { isCharging: true }, /cannot be true for an unplugged charger/)
  await refused(box, { chargeRate: 3 }, /follows from the current/)
  t.equal((await server.mock('PATCH', `/devices/${car}`, { state: { pluggedInChargerId: box } })).status, 200)
  await refused(other, { pluggedInVehicleId: car }, /is plugged into charger .* already/)
  t.equal((await server.mock('DELETE', `/devices/${box}`)).status, 204)
  t.equal((await server.vehicle(car)).chargeState.pluggedInChargerId, null, 'a charger that goes away lets go of the car')
})

t.test('what a charger cannot do is refused, or ends its action', async t => {
  const server = await build(t)
  const box = await makeCharger(server)
  const action = await server.call('POST', `/chargers/${box}/charging`, { action: 'START' })
  await server.advance('PT3S')
  t.match((await server.call('GET', `/chargers/actions/${action.body.id}`)).body, {
    state: 'CANCELLED', failureReason: { type: 'FAILED_PRECONDITION', detail: 'The asset was unplugged before the action could be completed' }
  })
  for (const power of ['PLUGGED_IN:NO_POWER', 'PLUGGED_IN:FAULT']) {
    await server.mock('PATCH', `/devices/${box}`, { state: { powerDeliveryState: power } })
    t.match(await server.call('POST', `/chargers/${box}/charging`, { action: 'START' }), { status: 400, body: { detail: /somebody/ } })
  }
  await server.mock('PATCH', `/devices/${box}`, { capabilities: { setMaxCurrent: false } })
  t.match(await server.call('POST', `/chargers/${box}/max-current`, { maxCurrent: 8 }), { status: 400, body: { detail: /capability setMaxCurrent is false/ } })
  const { body } = await server.mock('POST', '/accounts', { vendor: 'ZAPTEC', userId: 'user-2', scopes: ['charger:read:data'], devices: [{ type: 'charger' }] })
  const mute = String(body.devices[0].id)
  t.match((await get(server, mute)).capabilities, { startCharging: { isCapable: false, interventionIds: [] }, setChargeRateLimit: { isCapable: false } })
  for (const [path, wish] of [['charging', { action: 'START' }], ['max-current', { maxCurrent: 8 }], ['charge-rate-limit', { chargeRateLimit: 8 }]] as const) {
    t.equal((await server.call('POST', `/chargers/${mute}/${path}`, wish)).status, 403)
    t.equal((await server.call('POST', `/chargers/nobody/${path}`, wish)).status, 404)
  }
})

t.test('after a week without a word nobody knows what a charger does', async t => {
  const server = await build(t)
  const box = await makeCharger(server, { isPluggedIn: true, isCharging: true })
  await server.mock('PATCH', `/devices/${box}`, { isReachable: false })
  const { lastSeen } = await get(server, box)
  await server.advance('P6D')
  t.match(await get(server, box), { lastSeen, isReachable: false, chargeState: { powerDeliveryState: 'PLUGGED_IN:CHARGING' } })
  await server.advance('P2D')
  t.match(await get(server, box), { lastSeen, chargeState: { powerDeliveryState: 'UNKNOWN', isCharging: null } })
})
