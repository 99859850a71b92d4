import t from 'tap'
import { type VehicleState } from '../src/devices/vehicle/index.ts'
import { reaches } from './devices/cars.ts'
import { build } from './helpers/build.ts'
import { receiver, secret } from './helpers/receiver.ts'

t.test('a car charges from 40 % to its limit, and the receiver hears each step once and in order', async t => {
  const hooks = await receiver(t)
  const server = await build(t)
  const webhook = await server.call('POST', '/webhooks', { url: hooks.url, secret })
  t.equal(webhook.status, 200)
  const link = await server.call('POST', '/users/anna/link', { scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com/back' })
  t.equal(link.status, 200, link.text)
  const done = await server.mock('POST', '/link-sessions/complete', {
    linkToken: link.body.linkToken, vendor: 'TESLA', devices: [{ type: 'vehicle', model: 'Model 3', state: { batteryLevel: 40, chargeLimit: 80 } }]
  })
  t.same(done.body, { redirectUrl: 'https://example.com/back' })
  const [car] = (await server.call('GET', '/users/anna/vehicles')).body.data
  t.equal(car.chargeState.batteryLevel, 40)
  t.equal(car.chargeState.powerDeliveryState, 'UNPLUGGED')

  await server.mock('PATCH', `/devices/${car.id}`, { state: { isPluggedIn: true, isCharging: false } })
  const action = await server.call('POST', `/vehicles/${car.id}/charging`, { action: 'START' })
  t.equal(action.body.state, 'PENDING')
  await server.advance('PT20S')
  t.equal((await server.call('GET', `/vehicles/actions/${action.body.id}`)).body.state, 'CONFIRMED')

  const { chargeRate, batteryCapacity } = (await server.vehicle(car.id)).chargeState
  t.ok(chargeRate !== null && chargeRate > 0)
  await server.advance('PT1H')
  const { batteryLevel } = (await server.vehicle(car.id)).chargeState
  const state = (await server.mock('GET', `/devices/${car.id}`)).body.state as VehicleState
  const expected = 40 + reaches(state, chargeRate ?? 0) / (batteryCapacity ?? 1) * 100
  t.ok(Math.abs((batteryLevel ?? 0) - expected) <= 1, `level ${batteryLevel}, expected about ${expected}`)
  await server.advance('PT5H')
  const full = await server.vehicle(car.id)
  t.match(full.chargeState, { batteryLevel: 80, isFullyCharged: true, isCharging: false, chargeRate: null, powerDeliveryState: 'PLUGGED_IN:COMPLETE' })

  t.ok(hooks.received.every(each => each.isSigned))
  const names = hooks.events().map(event => event.event).filter(name => name !== 'system:heartbeat')
  t.same(names.slice(0, 5), ['user:vehicle:discovered', 'user:vehicle:updated', 'user:vehicle:updated', 'user:vehicle:updated', 'user:vendor-action:updated'])
  t.ok(names.slice(5).every(name => name === 'user:vehicle:updated'))
  t.equal(new Set(hooks.received.map(each => each.headers['x-enode-delivery'])).size, hooks.received.length)
})
