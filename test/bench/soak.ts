import { parseArgs } from 'node:util'
import { createHistogram } from 'node:perf_hooks'
import { Pool } from 'undici'
import { print, printHeader } from './figures.ts'
import { startMock, type Mock } from './servers.ts'
import { startLedger } from './soak-ledger.ts'

/**
 * `npm run soak -- --minutes 60`: homes under load for that long, while receivers fail. A figure a line each minute; at
 * the end whether memory stayed flat, how long answers took, and whether any event got lost. Exits with 1 if one did.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, connections: { type: 'string', default: '8' }, homes: { type: 'string', default: '30' }, rate: { type: 'string', default: '300' } } })
const [minutes, connections, homes, rate] = [Number(values.minutes), Number(values.connections), Number(values.homes), Number(values.rate)]
/** Simulated seconds for a real one: an hour of the world a minute. */
const speed = 60
/** Part of the run after which memory should have come to rest. */
const warm = 0.25

const began = performance.now()

interface Asset { id: string, path: string }

printHeader()
const mock = await startMock('--fixture', 'empty', '--speed', String(speed), '--timing', 'realistic')
const pool = new Pool(mock.url, { connections, bodyTimeout: 60_000, headersTimeout: 60_000 })
const steady = await startLedger(() => 'accept')
const failing = await startLedger(attempt => attempt % 50 === 0 ? 'refuse' : attempt % 170 === 0 ? 'hang up' : attempt % 5001 === 0 ? 'be slow' : 'accept')
const away = await startLedger(() => minute() % 5 === 4 ? 'hang up' : 'accept')
const receivers = { steady, failing, away }
for (const { url } of Object.values(receivers)) await mock.api('/webhooks', { url, secret: 'a secret of the soak' })

const assets: Asset[] = []
for (let i = 0; i < homes; i++) assets.push(...await home(mock, i))

const took = createHistogram({ figures: 3 })
const rss: number[] = []
const unexpected = new Map<string, number>()
const ended = new AbortController()
let requests = 0
function minute (): number { return Math.floor((performance.now() - began) / 60_000) }

const clients = Array.from({ length: connections }, async (_, i) => { await client(i) })
while (performance.now() - began < minutes * 60_000) {
  const before = requests
  await new Promise(resolve => setTimeout(resolve, Math.min(60_000, minutes * 60_000)))
  rss.push(mock.rssMb())
  const { pending } = await deliveries(mock)
  print({ name: `soak: minute ${rss.length}, requests/s; RSS; deliveries waiting; events to the steady receiver`, value: (requests - before) / Math.min(60, minutes * 60), unit: `requests/s; ${rss.at(-1)?.toFixed(0)} MB; ${pending}; ${steady.events()}` })
}
ended.abort()
await Promise.all(clients)

// Every receiver is well again, and time goes on until all that waits was tried again.
for (const receiver of Object.values(receivers)) receiver.heal()
await pool.request({ method: 'PUT', path: '/_mock/clock', headers: { 'content-type': 'application/json' }, body: '{"mode":"frozen"}' }).then(async ({ body }) => { await body.dump() })
for (let tries = 0; tries < 100 && (await deliveries(mock)).pending > 0; tries++) await mock.control('/clock/advance', { by: 'PT1H' })
await mock.control('/deliveries/drain', {})

const settled = rss.slice(Math.floor(rss.length * warm))
print({ name: 'soak: requests', value: requests, unit: `in ${minutes} min over ${connections} connections` })
print({ name: 'soak: p50 of an answer', value: took.percentile(50) / 1e6, unit: 'ms' })
print({ name: 'soak: p99 of an answer', value: took.percentile(99) / 1e6, unit: 'ms' })
print({ name: 'soak: p99.9 of an answer', value: took.percentile(99.9) / 1e6, unit: 'ms' })
print({ name: 'soak: longest answer', value: took.max / 1e6, unit: 'ms' })
print({ name: `soak: RSS at the end / after ${warm * 100} % of the time`, value: (settled.at(-1) ?? NaN) / (settled[0] ?? NaN), unit: 'times', bar: { most: 1.2 } })
const { givenUp } = await deliveries(mock)
let lost = 0
for (const [name, receiver] of Object.entries({ failing, away })) {
  const missing = steady.missingIn(receiver)
  lost += missing
  print({ name: `soak: events that only the steady receiver got, but not "${name}" (${receiver.events()} events, ${receiver.refused()} refused POSTs)`, value: missing, unit: 'events', bar: { most: 0 } })
}
print({ name: 'soak: deliveries given up', value: givenUp, unit: 'deliveries' })
for (const [what, count] of unexpected) print({ name: `soak: unexpected answer ${what}`, value: count, unit: 'times', bar: { most: 0 } })
await Promise.all([pool.close(), mock.stop(), ...Object.values(receivers).map(async receiver => { await receiver.close() })])
process.exit(lost > 0 || unexpected.size > 0 ? 1 : 0)

/** A home with everything, in a place of its own; answers its assets. */
async function home (mock: Mock, i: number): Promise<Asset[]> {
  const spot = { latitude: 40 + i / 100, longitude: 10.7 }
  const paths: Record<string, string> = { vehicle: 'vehicles', charger: 'chargers', hvac: 'hvacs', battery: 'batteries', inverter: 'inverters', meter: 'meters' }
  const of = async (vendor: string, ...types: string[]): Promise<Asset[]> => {
    const { devices } = await mock.control('/accounts', { vendor, userId: `user-${i}`, devices: types.map(type => ({ type, state: spot })) })
    return (devices as Array<{ id: string }>).map(({ id }, k) => ({ id, path: paths[types[k] ?? ''] ?? '' }))
  }
  return [...await of('HUAWEI', 'inverter', 'battery', 'meter'), ...await of('TESLA', 'vehicle'), ...await of('EASEE', 'charger'), ...await of('TADO', 'hvac')]
}

async function deliveries (mock: Mock): Promise<{ pending: number, givenUp: number }> {
  const count = async (state: string): Promise<number> => (await mock.control(`/deliveries?limit=1000&state=${state}`) as unknown[]).length
  return { pending: await count('PENDING'), givenUp: await count('GIVEN_UP') }
}

/** One client of many: reads, commands, plugs and unplugs, one after the other, `rate` a second together. Its token ends with simulated time. */
async function client (seed: number): Promise<void> {
  let token = await mock.token()
  const started = performance.now()
  const pick = <T>(from: readonly T[], k: number): T => from[k % from.length] as T
  const cars = assets.filter(({ path }) => path === 'vehicles')
  for (let i = seed * 7919; !ended.signal.aborted; i += 1) {
    const asset = pick(assets, i * 31)
    const car = pick(cars, i)
    const [method, path, body, control] = pick<[method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, control?: true]>([
      ['GET', `/${asset.path}/${asset.id}`],
      ['GET', '/vehicles?pageSize=50'],
      ['GET', `/users/user-${i % homes}/vehicles`],
      ['POST', `/vehicles/${car.id}/charging`, { action: i % 3 === 0 ? 'STOP' : 'START' }],
      ['PATCH', `/devices/${car.id}`, { state: { isPluggedIn: i % 4 !== 0, batteryLevel: i % 90 } }, true],
      ['GET', '/hem-systems?pageSize=10'],
      ['GET', `/users/user-${i % homes}/statistics/charging?type=vehicle&resolution=HOUR&startDate=${new Date(Date.now() - 3_600_000).toISOString()}`],
      ['POST', `/${asset.path}/${asset.id}/refresh-hint`]
    ], i)
    const pause = (i - seed * 7919) * 1000 * connections / rate - (performance.now() - started)
    if (pause > 0) await new Promise(resolve => setTimeout(resolve, pause))
    const from = process.hrtime.bigint()
    const answer = await pool.request({
      method,
      path: control ? `/_mock${path}` : path,
      headers: { ...(control ? { 'x-mock-world': 'default' } : { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) })
    })
    const text = await answer.body.text()
    took.record(process.hrtime.bigint() - from)
    requests++
    if (answer.statusCode === 401) token = await mock.token()
    // A car that is unplugged takes no command: a documented refusal.
    else if (answer.statusCode >= 400 && !(method === 'POST' && answer.statusCode === 400)) {
      const what = `${method} ${path.replace(/[0-9a-f-]{36}/g, '{id}')}: ${answer.statusCode} ${text.slice(0, 120)}`
      unexpected.set(what, (unexpected.get(what) ?? 0) + 1)
    }
  }
}
