import t from 'tap'
import { changedPaths } from '../../src/lib/diff.ts'
import { build, start, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

/** A linked heat pump in Oslo, held at AUTO from 20 to 25 °C and just warm enough, unless told otherwise; answers its id. */
async function makeUnit (server: Server, { state, vendor = 'MITSUBISHI', model = 'MSZ-LN35VG', userId = 'user-1', ...account }: Body = {}): Promise<string> {
  const facts = { latitude: 59.9139, longitude: 10.7522, ...state ?? { mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 25, currentTemperature: 21.04, displayName: null, groupName: 'Den' } }
  const answer = await server.mock('POST', '/accounts', { vendor, userId, devices: [{ type: 'hvac', model, state: facts }], ...account })
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.devices[0].id)
}

const get = async (server: Server, id: string): Promise<Body> => (await server.call('GET', `/hvacs/${id}`)).body
const action = async (server: Server, id: string): Promise<Body> => (await server.call('GET', `/hvacs/actions/${id}`)).body
const hold = async (server: Server, id: string, body: Body): Promise<Body> => await server.call('POST', `/hvacs/${id}/permanent-hold`, body)
const follow = async (server: Server, id: string): Promise<Body> => await server.call('POST', `/hvacs/${id}/follow-schedule`)
const patch = async (server: Server, id: string, change: Body): Promise<void> => {
  const answer = await server.mock('PATCH', `/devices/${id}`, change)
  t.equal(answer.status, 200, answer.text)
}

t.test('a unit is linked, held, handed back to its schedule and unlinked, and its webhook hears of each step', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['*'] })
  const id = await makeUnit(server)
  await server.advance('PT1S')
  const seen = (event: string): Body[] => hook.events().filter(each => each.event === event)
  const head = { id, userId: 'user-1', vendor: 'MITSUBISHI', lastSeen: start, isReachable: true }
  const information = { brand: 'Mitsubishi', model: 'MSZ-LN35VG', displayName: 'Mitsubishi MSZ-LN35VG', groupName: 'Den', category: 'HEAT_PUMP' }
  const commands = { setFollowSchedule: { isCapable: true, interventionIds: [] }, setPermanentHold: { isCapable: true, interventionIds: [] } }
  const scopes = ['hvac:control:mode', 'hvac:read:data']
  const discovered = {
    ...head,
    consumptionRate: null,
    information,
    scopes,
    temperatureState: { currentTemperature: null, isActive: false, lastUpdated: null },
    thermostatState: { mode: 'UNKNOWN', heatSetpoint: null, coolSetpoint: null, holdType: null, lastUpdated: null },
    capabilities: { capableModes: null, coolSetpointRange: null, heatSetpointRange: null, setpointDifferenceRange: null, ...commands },
    location: { id: null }
  }
  const known = {
    ...head,
    consumptionRate: 0,
    information,
    temperatureState: { currentTemperature: 21, isActive: false, lastUpdated: start },
    thermostatState: { mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 25, holdType: 'PERMANENT', lastUpdated: start },
    scopes,
    capabilities: {
      capableModes: ['OFF', 'AUTO', 'COOL', 'HEAT'],
      coolSetpointRange: { min: 16, max: 31 },
      heatSetpointRange: { min: 10, max: 31 },
      setpointDifferenceRange: { min: 0, max: 15 },
      ...commands
    },
    location: { id: null }
  }
  t.same(seen('user:hvac:discovered'), [{ createdAt: start, version: '2024-10-01', event: 'user:hvac:discovered', user: { id: 'user-1' }, hvac: discovered }])
  t.same(seen('user:hvac:updated'), [{
    createdAt: start, version: '2024-10-01', event: 'user:hvac:updated', user: { id: 'user-1' }, hvac: known, updatedFields: changedPaths(discovered, known)
  }])
  t.same(changedPaths(discovered, known), [
    'consumptionRate', 'temperatureState.currentTemperature', 'temperatureState.lastUpdated', 'thermostatState.mode', 'thermostatState.heatSetpoint',
    'thermostatState.coolSetpoint', 'thermostatState.holdType', 'thermostatState.lastUpdated', 'capabilities.capableModes', 'capabilities.coolSetpointRange.min',
    'capabilities.coolSetpointRange.max', 'capabilities.heatSetpointRange.min', 'capabilities.heatSetpointRange.max',
    'capabilities.setpointDifferenceRange.min', 'capabilities.setpointDifferenceRange.max'
  ])
  t.same(await get(server, id), known)

  const held = await hold(server, id, { mode: 'HEAT', heatSetpoint: 23.5 })
  const pending = {
    id: held.body.id,
    userId: 'user-1',
    createdAt: '2026-01-01T00:00:01.000Z',
    updatedAt: '2026-01-01T00:00:01.000Z',
    completedAt: null,
    state: 'PENDING',
    targetId: id,
    targetType: 'hvac',
    target: { heatSetpoint: 23.5, mode: 'HEAT', holdType: 'PERMANENT' },
    failureReason: null
  }
  t.same([held.status, held.body], [200, pending])
  await server.advance('PT3S')
  const completedAt = '2026-01-01T00:00:03.000Z'
  t.same(await action(server, held.body.id), { ...pending, state: 'CONFIRMED', updatedAt: completedAt, completedAt })
  const heating = await get(server, id)
  t.match(heating, { temperatureState: { isActive: true }, thermostatState: { mode: 'HEAT', heatSetpoint: 23.5, coolSetpoint: 25, holdType: 'PERMANENT', lastUpdated: completedAt } })
  t.ok(heating.consumptionRate > 0.8 && heating.consumptionRate < 2.7, `4 kW of heat from ${heating.consumptionRate} kW`)
  t.match(seen('user:vendor-action:updated').at(-1), { vendorAction: { id: held.body.id, state: 'CONFIRMED' }, updatedFields: ['updatedAt', 'completedAt', 'state'] })
  t.same(seen('user:hvac:updated').at(-1)?.updatedFields, [
    'lastSeen', 'consumptionRate', 'temperatureState.isActive', 'temperatureState.lastUpdated', 'thermostatState.mode', 'thermostatState.heatSetpoint', 'thermostatState.lastUpdated'
  ])
  await server.advance('PT10M')
  t.ok((await get(server, id)).temperatureState.currentTemperature > 21, 'it gets warmer')
  t.ok(seen('user:hvac:updated').slice(2).some(({ updatedFields }) => updatedFields.includes('temperatureState.currentTemperature')), 'and its webhook hears of it')

  const followed = await follow(server, id)
  t.match(followed, { status: 200, body: { state: 'PENDING', targetType: 'hvac', target: { holdType: 'SCHEDULED' } } })
  await server.advance('PT3S')
  t.match(await action(server, followed.body.id), { state: 'CONFIRMED', target: { holdType: 'SCHEDULED' }, failureReason: null })
  const night = (await get(server, id)).thermostatState
  t.match(night, { mode: 'AUTO', holdType: 'SCHEDULED' })
  await server.advance('PT12H')
  const noon = (await get(server, id)).thermostatState
  t.equal(noon.heatSetpoint - night.heatSetpoint, 3, 'at noon its schedule wants it warmer than in the night')

  t.equal((await server.call('POST', `/hvacs/${id}/refresh-hint`)).status, 204)
  t.match((await server.call('GET', '/hvacs')).body.data, [{ id }])
  t.match((await server.call('GET', '/users/user-1/hvacs')).body.data, [{ id }])
  t.same((await server.call('GET', '/users/nobody/hvacs')).body.data, [])
  const last = await get(server, id)
  t.equal((await server.call('DELETE', '/users/user-1/vendors/MITSUBISHI')).status, 204)
  await server.advance('PT1S')
  t.same(seen('user:hvac:deleted').map(event => event.hvac), [last])
  t.equal((await server.call('GET', `/hvacs/${id}`)).status, 404)
  t.ok(hook.received.every(each => each.isSigned))
})

t.test('a hold takes each of its four shapes', async t => {
  const server = await build(t)
  const id = await makeUnit(server)
  const shapes: Body[] = [
    { mode: 'COOL', coolSetpoint: 18 }, { mode: 'HEAT', heatSetpoint: 10 }, { mode: 'AUTO', heatSetpoint: 16, coolSetpoint: 31 }, { mode: 'OFF' }
  ]
  let before: Body = { mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 25 }
  for (const shape of shapes) {
    const { status, body } = await hold(server, id, shape)
    t.equal(status, 200)
    t.same(body.target, { ...shape, holdType: 'PERMANENT' })
    await server.advance('PT3S')
    t.equal((await action(server, body.id)).state, 'CONFIRMED')
    const { lastUpdated, ...state } = (await get(server, id)).thermostatState
    t.same(state, { ...before, ...shape, holdType: 'PERMANENT' }, 'a setpoint that the mode does not use is remembered')
    before = state
  }
  t.match(await get(server, id), { consumptionRate: 0, temperatureState: { isActive: false } }, 'off')
})

t.test('what a unit cannot be told is refused at once, and changes nothing', async t => {
  const server = await build(t)
  const id = await makeUnit(server)
  const heater = await makeUnit(server, { vendor: 'MILL', model: 'Panel Heater Gen 3 1000 W', state: {} })
  const plain = await makeUnit(server, { vendor: 'TOSHIBA', model: 'Haori 13', state: {} })
  const before = [await get(server, id), await get(server, heater)]
  const cases: Array<[answer: Body, detail: RegExp]> = [
    [await hold(server, id, { mode: 'HEAT', heatSetpoint: 9.5 }), /^The asset is not able to hold this: "heatSetpoint" must be from 10 to 31 °C, not 9.5 °C\.$/],
    [await hold(server, id, { mode: 'COOL', coolSetpoint: 31.5 }), /"coolSetpoint" must be from 16 to 31 °C, not 31.5 °C\.$/],
    [await hold(server, id, { mode: 'AUTO', heatSetpoint: 22, coolSetpoint: 21 }), /"coolSetpoint" must be 0 to 15 °C above "heatSetpoint" in AUTO, not -1 °C\.$/],
    [await hold(server, id, { mode: 'AUTO', heatSetpoint: 5, coolSetpoint: 35 }), /"heatSetpoint" must .*; "coolSetpoint" must .*; "coolSetpoint" must be 0 to 15 °C above/],
    [await hold(server, heater, { mode: 'COOL', coolSetpoint: 20 }), /"mode" must be one of OFF, HEAT, not COOL\.$/],
    [await hold(server, heater, { mode: 'AUTO', coolSetpoint: 24, heatSetpoint: 20 }), /"mode" must be one of OFF, HEAT, not AUTO\.$/],
    [await follow(server, plain), /^The asset is not able to do this: its capability setFollowSchedule is false\.$/],
    [await hold(server, id, { mode: 'HEAT', heatSetpoint: 20, coolSetpoint: 25 }), /^"coolSetpoint" is not allowed$/],
    [await hold(server, id, { mode: 'OFF', heatSetpoint: 20 }), /^"heatSetpoint" is not allowed$/],
    [await hold(server, id, { mode: 'AUTO', heatSetpoint: 20 }), /^"coolSetpoint" is required$/],
    [await hold(server, id, { mode: 'UNKNOWN' }), /^"mode" must be one of \[COOL, HEAT, AUTO, OFF\]$/],
    [await hold(server, id, { heatSetpoint: 20 }), /^"mode" is required$/],
    [await hold(server, id, []), /^The body must be an object$/]
  ]
  for (const [answer, detail] of cases) {
    t.equal(answer.status, 400, answer.text)
    t.match(answer.body.detail, detail)
  }
  t.same([await get(server, id), await get(server, heater)], before)

  const [{ id: intervention }] = (await server.call('GET', '/interventions?vendor=MITSUBISHI&vendorType=hvac')).body as unknown as [Body]
  await patch(server, id, { capabilities: { setPermanentHold: { isCapable: false, interventionIds: [intervention] }, setFollowSchedule: false } })
  t.match((await get(server, id)).capabilities, { setPermanentHold: { isCapable: false, interventionIds: [intervention] }, setFollowSchedule: { isCapable: false, interventionIds: [] } })
  t.match(await hold(server, id, { mode: 'OFF' }), { status: 400, body: { detail: new RegExp(`capability setPermanentHold is false, unless the user carries out the intervention ${intervention}`) } })
  t.match(await follow(server, id), { status: 400, body: { detail: /capability setFollowSchedule is false/ } })

  const mute = await makeUnit(server, { userId: 'user-2', scopes: ['hvac:read:data'] })
  t.match(await get(server, mute), { scopes: ['hvac:read:data'], capabilities: { setPermanentHold: { isCapable: false, interventionIds: [] }, setFollowSchedule: { isCapable: false } } })
  for (const [unit, status] of [[mute, 403], ['nobody', 404]] as const) {
    t.equal((await hold(server, unit, { mode: 'OFF' })).status, status)
    t.equal((await follow(server, unit)).status, status)
  }
  t.equal((await server.call('PUT', `/hvacs/${id}`, { locationId: 5 })).status, 400)
})

t.test('an action ends for every documented reason', async t => {
  const server = await build(t)
  const ended = async (id: string, after = 'PT3S'): Promise<Body> => {
    await server.advance(after)
    const { state, failureReason, completedAt } = await action(server, id)
    t.ok(completedAt)
    return { state, ...failureReason }
  }
  const id = await makeUnit(server)
  const auto = { mode: 'AUTO', heatSetpoint: 20, coolSetpoint: 25 }
  const isSet = { status: 400, body: { title: 'Action Rejected', detail: 'The asset is already at the current setting.' } }
  t.match(await hold(server, id, auto), isSet)
  await patch(server, id, { state: { holdType: 'SCHEDULED' } })
  t.match(await follow(server, id), isSet)
  const { mode, heatSetpoint, coolSetpoint } = (await get(server, id)).thermostatState
  t.equal((await hold(server, id, { mode, heatSetpoint, coolSetpoint })).status, 200, 'to hold what its schedule says just now is something else')
  await patch(server, id, { state: { ...auto, holdType: 'PERMANENT' } })
  await server.advance('PT5M')
  // Somebody sets it at the unit, of which Enode does not know yet.
  await patch(server, id, { state: { holdType: 'SCHEDULED' }, observe: false })
  t.match(await ended((await follow(server, id)).body.id), { state: 'CANCELLED', type: 'UNNECESSARY', detail: 'The device was already in the desired state.' })

  const first = await hold(server, id, { mode: 'OFF' })
  const second = await hold(server, id, { mode: 'OFF' })
  t.not(first.body.id, second.body.id, 'also an equal command is a new action')
  t.match(await ended(first.body.id, 'PT0S'), { state: 'CANCELLED', type: 'CONFLICT' })
  const third = await follow(server, id)
  t.match(await ended(second.body.id, 'PT0S'), { state: 'CANCELLED', type: 'CONFLICT' })
  t.match(await server.call('POST', `/hvacs/actions/${third.body.id}/cancel`), { status: 200, body: { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } } })
  t.match(await server.call('POST', `/hvacs/actions/${third.body.id}/cancel`), { status: 409, body: { id: third.body.id, state: 'CANCELLED', target: { holdType: 'SCHEDULED' } } })

  // Somebody narrows the ranges at the unit, of which Enode does not know yet.
  await patch(server, id, { state: { heatSetpointRange: { min: 10, max: 25 } }, observe: false })
  const late = await hold(server, id, { mode: 'HEAT', heatSetpoint: 30 })
  t.match(await ended(late.body.id), { state: 'CANCELLED', type: 'FAILED_PRECONDITION', detail: 'The asset is not able to hold this: "heatSetpoint" must be from 10 to 25 °C, not 30 °C.' })
  t.match((await get(server, id)).capabilities.heatSetpointRange, { min: 10, max: 25 })
  const narrowed = await hold(server, id, { mode: 'HEAT', heatSetpoint: 25 })
  await patch(server, id, { state: { heatSetpointRange: { min: 10, max: 24 } } })
  t.match(await ended(narrowed.body.id, 'PT0S'), { state: 'CANCELLED', type: 'FAILED_PRECONDITION' }, 'what becomes impossible ends at once')

  await patch(server, id, { isReachable: false })
  t.match(await ended((await hold(server, id, { mode: 'OFF' })).body.id, 'PT2M'), { state: 'FAILED', type: 'NO_RESPONSE', detail: 'The device remained unreachable.' })
  t.match(await follow(server, id), isSet, 'what was last seen counts')
  t.match(await get(server, id), { isReachable: false, thermostatState: { holdType: 'SCHEDULED' } })
  const slow = await hold(server, id, { mode: 'OFF' })
  await server.advance('PT20S')
  await patch(server, id, { isReachable: true })
  t.match(await ended(slow.body.id, 'PT10S'), { state: 'CONFIRMED' }, 'it is tried until the unit can be reached')

  for (const command of [async () => await hold(server, id, { mode: 'HEAT', heatSetpoint: 18 }), async () => await follow(server, id)]) {
    const { body } = await command()
    t.match(await server.mock('POST', `/actions/${body.id}/resolve`, { state: 'CONFIRMED' }), { status: 200, body: { state: 'CONFIRMED' } })
  }
  t.equal((await get(server, id)).thermostatState.holdType, 'SCHEDULED')

  const doomed = await hold(server, id, { mode: 'OFF' })
  t.equal((await server.mock('DELETE', `/devices/${id}`)).status, 204)
  t.match(await ended(doomed.body.id, 'PT0S'), { state: 'FAILED', type: 'NOT_FOUND' })
})

t.test('what nobody heard of for a week is unknown, and comes back with a word', async t => {
  const server = await build(t)
  const id = await makeUnit(server)
  await patch(server, id, { isReachable: false })
  const { lastSeen } = await get(server, id)
  await server.advance('P6D')
  t.match(await get(server, id), { lastSeen, isReachable: false, temperatureState: { currentTemperature: 21 }, thermostatState: { mode: 'AUTO' } })
  await server.advance('P2D')
  t.match(await get(server, id), {
    lastSeen, consumptionRate: null, temperatureState: { currentTemperature: null, isActive: false }, thermostatState: { mode: 'UNKNOWN', heatSetpoint: null, coolSetpoint: null, holdType: null }
  })
  const truth = (await server.mock('GET', `/devices/${id}`)).body
  t.ok(truth.state.temperatureC > 19 && truth.state.temperatureC < 21, 'meanwhile the unit goes on as it was told')
  await patch(server, id, { isReachable: true })
  t.match(await get(server, id), { isReachable: true, thermostatState: { mode: 'AUTO', heatSetpoint: 20 } })
})

t.test('the temperature moves over a day, and its webhook hears only of what moved', async t => {
  const server = await build(t)
  const hook = await receiver(t)
  const id = await makeUnit(server, { vendor: 'ADAX', model: 'Neo WiFi 800 W', state: { mode: 'HEAT', heatSetpoint: 21, currentTemperature: 17 } })
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['user:hvac:updated'] })
  const temperatures: number[] = []
  for (let i = 0; i < 24; i++) {
    await server.advance('PT1H')
    const unit = await get(server, id)
    t.equal(unit.consumptionRate, null, 'this one does not tell what it draws')
    temperatures.push(unit.temperatureState.currentTemperature)
  }
  t.ok((temperatures[0] ?? 0) > 17 && Math.max(...temperatures) <= 21.5 && Math.max(...temperatures) >= 20.5, `it heated: ${temperatures.join(' ')}`)
  await hold(server, id, { mode: 'OFF' })
  await server.advance('PT12H')
  t.ok((await get(server, id)).temperatureState.currentTemperature < Math.min(...temperatures.slice(12)) - 1, 'and it cools down once it is off')
  const events = hook.events().filter(({ event }) => event === 'user:hvac:updated')
  t.ok(events.length > 50 && events.every(event => event.updatedFields.some((path: string) => path !== 'lastSeen' && !path.endsWith('lastUpdated'))), `${events.length} events`)
  t.ok(events.every(event => /^-?\d+(\.\d)?$/.test(String(event.hvac.temperatureState.currentTemperature))), 'in tenths of a degree')
})
