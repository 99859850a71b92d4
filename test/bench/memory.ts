import { openDatabase } from '../../src/store/database.ts'
import { print } from './figures.ts'
import { ownCar } from './http.ts'
import { requestsPerSecond } from './load.ts'
import { changeCars, linkCars, startMock, type Mock } from './servers.ts'
import { startReceiver } from './webhooks.ts'

const rounds = 6

/** Whether memory stays flat under load: reads and webhooks should leave nothing behind, a command leaves its action. */
export async function memoryFigures (): Promise<void> {
  const receiver = await startReceiver()
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    const cars = await linkCars(mock, 100, { isPluggedIn: true, isCharging: true, batteryLevel: 20 })
    const list = { url: `${mock.url}/vehicles?pageSize=50`, headers: await bearer(mock) }

    const reading: number[] = []
    for (let round = 0; round < rounds; round++) {
      await requestsPerSecond(list, 3)
      reading.push(mock.rssMb())
    }
    tell('reading lists', reading)

    await mock.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench', events: ['user:vehicle:updated'] })
    const delivering: number[] = []
    for (let round = 0; round < rounds; round++) {
      for (const isCharging of [false, true]) await changeCars(mock, cars, { isCharging, batteryLevel: 20 })
      await mock.control('/clock/advance', { by: 'PT10M' })
      delivering.push(mock.rssMb())
    }
    tell('delivering webhooks', delivering)

    const idle = await linkCars(mock, 20, { isPluggedIn: true, isCharging: false, batteryLevel: 20 }, 'user-2')
    const json = { ...await bearer(mock), 'content-type': 'application/json' }
    const before = mock.rssMb()
    const seconds = 6
    const rate = await requestsPerSecond({ url: mock.url, setupClient: ownCar(idle, json) }, seconds)
    print({ name: 'memory: growth for each action that is kept', value: (mock.rssMb() - before) * 1024 / (rate * seconds), unit: 'KB/action' })
  } finally {
    await mock.stop()
    await receiver.close()
  }
  await worldFigures()
}

/** What a server takes when nobody asked it for anything, and what each of 1,000 worlds adds to that. */
async function worldFigures (): Promise<void> {
  const idle = await startMock()
  print({ name: 'memory: idle, the demo world', value: idle.rssMb(), unit: 'MB' })
  await idle.stop()
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    const make = async (first: number, last: number): Promise<number> => {
      for (let i = first; i <= last; i++) await mock.control('/worlds', { name: `bench-${i}`, fixture: 'empty' })
      return mock.rssMb()
    }
    // The first ones warm up.
    const before = await make(2, 100)
    const each = (await make(101, 1000) - before) * 1024 / 900
    print({ name: 'memory: each of 1,000 worlds, all told', value: each, unit: 'KB' })
    print({ name: 'memory: each of 1,000 worlds, beyond the pages of its rows', value: each - pagesKb(), unit: 'KB', bar: { most: 100 } })
  } finally {
    await mock.stop()
  }
}

/** What SQLite takes for the tables of a world that holds nothing: a page for each of them and of their indices. */
function pagesKb (): number {
  const { db, close } = openDatabase(undefined)
  const [count, size] = ['page_count', 'page_size'].map(name => Number(db.pragma(name, { simple: true })))
  close()
  return (count ?? NaN) * (size ?? NaN) / 1024
}

/** A token of now: they expire with simulated time. */
async function bearer (mock: Mock): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await mock.token()}` }
}

/** The first round warms up, so flatness is the last against the second. */
function tell (what: string, [first = NaN, second = NaN, ...rest]: readonly number[]): void {
  const last = rest.at(-1) ?? second
  print({ name: `memory: RSS after 1, 2 and ${rest.length + 2} rounds of ${what}`, value: first, unit: `MB, then ${second.toFixed(0)} MB, then ${last.toFixed(0)} MB` })
  print({ name: `memory: ${what}, last round / second round`, value: last / second, unit: 'times' })
}
