import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, timed } from './figures.ts'
import { linkCars, startMock, type Mock } from './servers.ts'

/** What tests wait for again and again: to save, restore and reset a world, and the end of a server, whatever goes on meanwhile. */
export async function promptFigures (): Promise<void> {
  await worldFigures()
  await runningFigures()
  await endFigures()
}

async function worldFigures (): Promise<void> {
  const demo = await startMock('--clock', 'frozen', '--now', '2026-01-01T00:00:00Z')
  try {
    print({ name: 'prompt: save a snapshot of the demo, best of 8', value: await best(demo, '/snapshots', { name: 'a' }), unit: 'ms', bar: { most: 50 } })
    print({ name: 'prompt: restore it', value: await best(demo, '/snapshots/a/restore'), unit: 'ms', bar: { most: 50 } })
    print({ name: 'prompt: reset the demo', value: await best(demo, '/reset'), unit: 'ms', bar: { most: 50 } })
  } finally {
    await demo.stop()
  }
  const folder = mkdtempSync(join(tmpdir(), 'mock-enode-bench-'))
  const fixture = join(folder, 'fleet.json')
  writeFileSync(fixture, JSON.stringify({ accounts: [{ vendor: 'KIA', userId: 'fleet', devices: Array.from({ length: 1000 }, () => ({ type: 'vehicle' })) }] }))
  const fleet = await startMock('--fixture', fixture, '--clock', 'frozen')
  try {
    print({ name: 'prompt: reset 1,000 cars', value: await best(fleet, '/reset'), unit: 'ms', bar: { most: 200 } })
  } finally {
    await fleet.stop()
    rmSync(folder, { recursive: true })
  }
}

async function best (mock: Mock, path: string, body = {}): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 8; i++) times.push((await timed(async () => await mock.control(path, body))).seconds * 1000)
  return Math.min(...times)
}

/** A clock that runs faster than the machine leaves room for requests. */
async function runningFigures (): Promise<void> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'running', '--speed', '1000000')
  try {
    await linkCars(mock, 500, { isPluggedIn: true, isCharging: true })
    let slowest = 0
    for (let i = 0; i < 40; i++) slowest = Math.max(slowest, (await timed(async () => await mock.control('/clock'))).seconds * 1000)
    print({ name: 'prompt: slowest answer while the clock runs faster than it can', value: slowest, unit: 'ms', bar: { most: 1000 } })
  } finally {
    await mock.stop()
  }
}

/** Neither a receiver that does not answer, nor a client that is kept waiting or stays connected, is waited for. */
async function endFigures (): Promise<void> {
  const deaf = createServer(socket => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    await mock.api('/webhooks', { url: `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/`, secret: 'a secret of the bench' })
    await linkCars(mock, 1, {})
    const reset = await timed(async () => await mock.control('/reset', {}))
    print({ name: 'prompt: reset while a receiver does not answer', value: reset.seconds * 1000, unit: 'ms', bar: { most: 500 } })
    await mock.control('/faults', { on: { path: '/users' }, effect: { delay: 'PT5M' } })
    const headers = { authorization: `Bearer ${await mock.token()}` }
    const waiting = fetch(`${mock.url}/users`, { headers }).catch(() => {})
    const stream = await fetch(`${mock.url}/_mock/stream`)
    const ended = stream.text().catch(() => {})
    const end = await timed(async () => { await mock.stop() })
    print({ name: 'prompt: end of a server that others wait for', value: end.seconds * 1000, unit: 'ms', bar: { most: 1000 } })
    await Promise.all([waiting, ended])
  } finally {
    await mock.stop()
    deaf.close()
  }
}
