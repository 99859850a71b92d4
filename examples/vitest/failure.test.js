import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { EnergyApp } from '../app/energy-app.cjs'

const url = inject('mockUrl')
let app, world

// A world is a client of its own, with its own users and clock, so that test files run side by side.
beforeAll(async () => {
  world = await control('/worlds', { seed: 7 })
  app = new EnergyApp({ ...world, apiUrl: url, tokenUrl: `${url}/oauth2/token` })
  await app.open()
})

afterAll(async () => {
  await app.close()
})

test('a user whose car is not plugged in is told why it does not charge', async () => {
  await control('/accounts', { vendor: 'BMW', userId: 'ben', devices: [{ type: 'vehicle', state: { isPluggedIn: false } }] })
  await app.charge('ben')
  await control('/clock/advance', { by: 'PT1M' })
  expect(app.notices).toEqual(['Your BMW is linked', expect.stringMatching(/^Charging did not start: .*unplugged/)])
})

async function control (path, body) {
  const headers = { 'content-type': 'application/json', ...(world === undefined ? {} : { 'x-mock-world': world.name }) }
  const response = await fetch(`${url}/_mock${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await response.json()
  expect(response.ok, JSON.stringify(answer)).toBe(true)
  return answer
}
