import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startMock } from 'mock-enode'
import { EnergyApp } from '../app/energy-app.cjs'

// Each test file has a server of its own, in its own process.
const mock = await startMock({ port: 0, clock: 'frozen', now: '2026-01-01T22:00:00Z', fixture: 'empty', seed: 7 })
const app = new EnergyApp({ apiUrl: mock.url, tokenUrl: mock.tokenUrl, clientId: mock.clientId, clientSecret: mock.clientSecret })

before(async () => {
  await control('/accounts', {
    vendor: 'KIA', userId: 'carla', devices: [{ type: 'vehicle', state: { isPluggedIn: true, isCharging: false, batteryLevel: 40, chargeLimit: 80 } }]
  })
  await app.open()
})

after(async () => {
  await app.close()
  await mock.close()
})

test('a car charges overnight, and its user is told when it is full', async () => {
  await app.charge('carla')
  await mock.clock.advance('PT9H')
  const [car] = await app.cars('carla')
  assert.equal(car.chargeState.batteryLevel, 80)
  assert.equal(car.chargeState.powerDeliveryState, 'PLUGGED_IN:COMPLETE')
  // Time does not move on before the webhooks are delivered, so nothing is waited for here.
  assert.deepEqual(app.notices, ['Your Kia is charged to 80 %'])
})

async function control (path, body) {
  const response = await fetch(`${mock.url}/_mock${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  assert.ok(response.ok, await response.text())
}
