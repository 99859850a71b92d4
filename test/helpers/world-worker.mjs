import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

/*
 * A test worker as a user of mock-enode has it, in a process of its own: takes a world, lets time pass in it, and prints
 * what it saw there. Arguments: the server's URL, a name for the world, and a number by which it differs from others.
 */
const [url, name, text] = process.argv.slice(2)
const number = Number(text)
/** Every answer and every delivery, in order. */
const seen = []

const receiver = createServer((request, response) => {
  const parts = []
  request.on('data', part => parts.push(part)).on('end', () => {
    seen.push(String(Buffer.concat(parts)))
    response.end()
  })
}).listen(0, '127.0.0.1')
await once(receiver, 'listening')

async function request (method, path, body, headers) {
  const answer = await fetch(`${url}${path}`, {
    method, headers: { ...(body && { 'content-type': 'application/json' }), ...headers }, body: body && JSON.stringify(body)
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return await answer.text()
}

const start = `2026-${String(number + 1).padStart(2, '0')}-01T16:00:00Z`
const { clientId, clientSecret } = JSON.parse(await request('POST', '/_mock/worlds', { name, seed: number, now: start, clock: 'frozen', fixture: 'home' }))
const mock = async (method, path, body) => JSON.parse(await request(method, `/_mock${path}`, body, { 'x-mock-world': name }))
const call = async (method, path, body) => {
  const token = await fetch(`${url}/oauth2/token`, {
    method: 'POST', headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }, body: new URLSearchParams({ grant_type: 'client_credentials' })
  })
  const answer = await request(method, path, body, { authorization: `Bearer ${(await token.json()).access_token}` })
  seen.push(answer)
  return JSON.parse(answer)
}

const { port } = receiver.address()
await mock('POST', '/accounts', { vendor: 'BMW', userId: `user-${number}`, devices: [{ type: 'vehicle', state: { batteryLevel: 20 + number, chargeLimit: 80, isPluggedIn: true, isCharging: false } }] })
const [{ id: car }] = (await call('GET', `/users/user-${number}/vehicles`)).data
await call('POST', `/vehicles/${car}/charging`, { action: 'START' })
await call('POST', '/webhooks', { url: `http://127.0.0.1:${port}/`, secret: `secret of ${name}` })
// Its answer names the port, which differs each time.
seen.pop()
for (let steps = 0; steps < 4; steps++) {
  await mock('POST', '/clock/advance', { by: `PT${5 + number}M` })
  for (const kind of ['users', 'vehicles', 'chargers', 'batteries', 'locations']) await call('GET', `/${kind}`)
}
const { now } = await mock('GET', '/clock')
const users = (await call('GET', '/users')).data.map(user => user.id)
const level = (await call('GET', `/vehicles/${car}`)).chargeState.batteryLevel
const events = seen.filter(body => body.startsWith('[')).flatMap(body => JSON.parse(body))
console.log(JSON.stringify({
  number, start, now, users, level, events: events.length, usersOfEvents: [...new Set(events.map(event => event.user?.id))].filter(Boolean).sort(), digest: createHash('sha256').update(seen.join('\n')).digest('hex')
}))
receiver.close()
