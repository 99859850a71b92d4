import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { startMock } from '../../src/index.ts'
import type { Body } from '../helpers/build.ts'

const worker = fileURLToPath(new URL('../helpers/world-worker.mjs', import.meta.url))

/** Runs a test worker in a process of its own and answers what it saw. */
async function work (url: string, name: string, number: number): Promise<Body> {
  return JSON.parse((await promisify(execFile)(process.execPath, [worker, url, name, String(number)])).stdout) as Body
}

t.test('ten test workers at the same time, each with its own world and clock on one server, see nothing of each other', async t => {
  const mock = await startMock({ port: 0, clock: 'frozen', now: '2026-01-01T00:00:00Z', fixture: 'demo' })
  t.teardown(async () => { await mock.close() })
  const numbers = Array.from({ length: 10 }, (_, i) => i + 1)
  const together = await Promise.all(numbers.map(async number => await work(mock.url, `worker-${number}`, number)))
  for (const [i, number] of numbers.entries()) {
    const { start, now, users, level, usersOfEvents, events } = together[i] ?? {}
    t.same(Date.parse(now) - Date.parse(start), 4 * (5 + number) * 60_000, 'only its own time has passed')
    t.ok(level > 20 + number && level < 70, `in which its car has charged to ${level} %`)
    t.same(users, [`user-${number}`, 'household'], 'it has its own users')
    t.same(usersOfEvents, ['household', `user-${number}`], 'and hears of no others')
    t.ok(events > 30, `${events} events`)
  }
  t.equal(new Set(together.map(({ digest }) => digest)).size, 10, 'each sees something else')
  t.equal(new Set(together.map(({ start }) => start)).size, 10)
  t.equal(mock.clock.now(), '2026-01-01T00:00:00.000Z', 'the default world stands still')
  t.same(await work(mock.url, 'alone', 7), together[6], 'alone on the server, a worker sees the same to the byte')
})
