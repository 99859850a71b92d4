import type { Client } from 'autocannon'
import { median, print } from './figures.ts'
import { requestsPerSecond, type Load } from './load.ts'
import { linkCars, startBare, startMock, type Server } from './servers.ts'

const rounds = 3

/** Requests a second over real HTTP, this process being the client, by turns with a bare Fastify that sends as many bytes. */
export async function httpFigures (): Promise<void> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'running')
  const still = await startMock('--fixture', 'empty', '--clock', 'frozen')
  const bare = await startBare()
  try {
    const [first = ''] = await linkCars(mock, 60, { isPluggedIn: true, isCharging: false, batteryLevel: 30 })
    const headers = { authorization: `Bearer ${await mock.token()}` }
    const [spare = '', ...cars] = await linkCars(still, 60, { isPluggedIn: true, isCharging: false, batteryLevel: 30 })
    const commands = { headers: { authorization: `Bearer ${await still.token()}`, 'content-type': 'application/json' }, method: 'POST' as const, body: JSON.stringify({ action: 'START' }) }

    await compare('http: one vehicle, running clock', bare, { url: `${mock.url}/vehicles/${first}`, headers }, await sizeOf(mock.url, `/vehicles/${first}`, { headers }), 0.75)
    await compare('http: a list of 50', bare, { url: `${mock.url}/vehicles?pageSize=50`, headers }, await sizeOf(mock.url, '/vehicles?pageSize=50', { headers }), 0.5)

    const size = await sizeOf(still.url, `/vehicles/${spare}/charging`, commands)
    await compare('http: a charging command', bare, { url: still.url, ...commands, setupClient: ownCar(cars, commands.headers) }, size, 0.25)
  } finally {
    await Promise.all([mock.stop(), still.stop(), bare.stop()])
  }
}

/** By turns with a constant of as many bytes. */
export async function compare (name: string, bare: Server, load: Load, bytes: number, least?: number): Promise<void> {
  const { setupClient: _, ...plain } = load
  const constant = { ...plain, url: `${bare.url}/constant/${bytes}` }
  for (const warmUp of [constant, load]) await requestsPerSecond(warmUp, 2)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    theirs.push(await requestsPerSecond(constant))
    ours.push(await requestsPerSecond(load))
  }
  const ratio = median(ours.map((value, round) => value / (theirs[round] ?? NaN)))
  print({ name, value: median(ours), unit: 'requests/s' })
  print({ name: `bare Fastify, a constant of ${bytes} bytes`, value: median(theirs), unit: 'requests/s' })
  print({ name: `${name} / bare Fastify`, value: ratio, unit: 'times', ...(least === undefined ? {} : { bar: { least } }) })
}

/** Each connection starts and stops a car of its own, so that every command makes an action and cancels the one before. */
export function ownCar (cars: readonly string[], headers: Record<string, string>): (client: Client) => void {
  let next = 0
  return client => {
    const car = cars[next++ % cars.length] ?? ''
    client.setRequests(['START', 'STOP'].map(action => ({ method: 'POST', path: `/vehicles/${car}/charging`, headers, body: JSON.stringify({ action }) })))
  }
}

export async function sizeOf (url: string, path: string, request: RequestInit): Promise<number> {
  const answer = await fetch(`${url}${path}`, request)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.arrayBuffer()).byteLength
}
