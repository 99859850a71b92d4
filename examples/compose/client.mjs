// A program as it is written for Enode: the hosts of the vendor stand in the code, and nothing here knows of a mock.
const api = 'https://enode-api.sandbox.enode.io'
const oauth = 'https://oauth.sandbox.enode.io'
const { CLIENT_ID, CLIENT_SECRET, WEBHOOK_URL } = process.env

const token = await answerOf(fetch(`${oauth}/oauth2/token`, {
  method: 'POST',
  headers: { authorization: `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}` },
  body: new URLSearchParams({ grant_type: 'client_credentials' })
}))
console.log('has a token')

const webhook = await call('/webhooks', { url: WEBHOOK_URL, secret: 'a secret of client and receiver', events: ['user:vendor-action:updated'] })
console.log(`${webhook.url} gets events`)

const { data: cars } = await call('/vehicles')
const car = cars.find(({ chargeState }) => chargeState.powerDeliveryState === 'PLUGGED_IN:STOPPED')
let action = await call(`/vehicles/${car.id}/charging`, { action: 'START' })
while (action.state === 'PENDING') {
  await new Promise(resolve => setTimeout(resolve, 200))
  action = await call(`/vehicles/actions/${action.id}`)
}
console.log(`${car.information.brand} charges: ${action.state}`)

async function call (path, body) {
  return await answerOf(fetch(`${api}${path}`, {
    headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
  }))
}

async function answerOf (request) {
  const response = await request
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
  return await response.json()
}
