const { afterAll, beforeAll, expect, test } = require('@jest/globals')
const { EnergyApp } = require('../app/energy-app.cjs')

const app = new EnergyApp()

beforeAll(() => app.open())

afterAll(() => app.close())

test('a user who links a car is told so', async () => {
  const { linkToken } = await app.link('ada')
  expect(await app.cars('ada')).toEqual([])
  // Goes through Link UI, with an account that is made on the spot.
  const devices = [{ type: 'vehicle', model: 'Model 3' }]
  await post('/link-sessions/complete', { linkToken, vendor: 'TESLA', devices })
  await post('/clock/advance', { by: 'PT1M' })
  expect((await app.cars('ada')).map(car => car.information.model)).toEqual(['Model 3'])
  expect(app.notices).toEqual(['Your Tesla is linked'])
})

async function post (path, body) {
  const response = await fetch(`${process.env.ENODE_API_URL}/_mock${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
}
