import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startMock } from '../../src/index.ts'
import { freePort } from './free-port.ts'

/** One run of a story in a process of its own: prints every answer and every webhook body, so that two runs can be compared. */
const printed: string[] = []
let deliveries = 0
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => { body += chunk.toString() })
  request.on('end', () => {
    printed.push(`webhook ${String(request.headers['x-enode-delivery'])} ${String(request.headers['x-enode-signature'])} ${body}`)
    deliveries++
    response.sendDate = false
    // Slow by chance: what is sent must not depend on it.
    setTimeout(() => response.writeHead(deliveries % 7 === 0 ? 500 : 200).end(), Math.random() * 10)
  })
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`

// A public URL of its own keeps the port, which is chance, out of what is handed out.
const port = await freePort()
const address = `http://127.0.0.1:${port}`
const mock = await startMock({ port, publicUrl: 'http://mock', clock: 'frozen', now: '2026-03-01T00:00:00Z', seed: Number(process.argv[2]), timing: 'realistic', fixture: 'demo' })
let token = ''

async function call (method: string, path: string, body?: unknown): Promise<any> {
  const response = await fetch(address + path, {
    method,
    headers: { 'x-mock-world': 'default', ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const text = await response.text()
  printed.push(`${method} ${path} ${response.status} ${text.replaceAll(hook, 'http://hook')}`)
  return text === '' ? undefined : JSON.parse(text)
}

async function signIn (): Promise<void> {
  const response = await fetch(`${address}/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: mock.clientId, client_secret: mock.clientSecret }) })
  token = (await response.json() as { access_token: string }).access_token
  printed.push(`token ${token}`)
}

await signIn()
await call('POST', '/webhooks', { url: hook, secret: 'same bytes' })
const { data: [car] } = await call('GET', '/vehicles')
await call('POST', `/vehicles/${car.id}/charging`, { action: 'STOP' })
const link = await call('POST', '/users/cleo/link', { scopes: ['vehicle:read:data', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://example.com' })
await call('POST', '/_mock/link-sessions/complete', { linkToken: link.linkToken, devices: [{ type: 'vehicle' }, { type: 'vehicle', state: { isPluggedIn: true, isCharging: false } }] })
const { data: [other] } = await call('GET', '/users/cleo/vehicles')
await call('POST', `/vehicles/${other.id}/charging`, { action: 'START' })
for (const step of ['PT20S', 'PT10M', 'PT1H', 'PT4H']) {
  await call('POST', '/_mock/clock/advance', { by: step })
  await signIn()
  await call('GET', '/vehicles')
}
await call('DELETE', '/users/cleo')
await call('POST', '/_mock/deliveries/drain')
await call('GET', '/_mock/deliveries?limit=1000')
await mock.close()
server.closeAllConnections()
server.close()
// Webhooks arrive while calls are answered; each sequence for itself is what repeats.
const webhooks = printed.filter(line => line.startsWith('webhook'))
process.stdout.write([...printed.filter(line => !line.startsWith('webhook')), ...webhooks].join('\n'))
