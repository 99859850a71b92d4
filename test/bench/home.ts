import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, timed } from './figures.ts'
import { compare, sizeOf } from './http.ts'
import { folderMb, startBare, startMock, type Mock } from './servers.ts'

const homes = 100
const days = 30

/** What homes cost in which a car charges, a heat pump heats and the sun shines: to live a month, to hold, and to ask for statistics. */
export async function homeFigures (): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-enode-bench-'))
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--now', '2026-03-01T00:00:00Z', '--data', folder)
  const bare = await startBare()
  try {
    const inverters: string[] = []
    for (let i = 0; i < homes; i++) inverters.push(await home(mock, i))
    const size = (): Size => ({ database: folderMb(folder), 'memory (RSS)': mock.rssMb() })
    const sizes = [size()]
    let seconds = 0
    for (let third = 0; third < 3; third++) {
      for (let day = 0; day < days / 3; day++) {
        await plugIn(mock)
        seconds += (await timed(async () => await mock.control('/clock/advance', { by: 'P1D' }))).seconds
      }
      sizes.push(size())
    }
    print({ name: `home: ${homes} homes, advance ${days} days, all charging, heating and producing`, value: seconds, unit: 's', bar: { most: 10 } })
    print({ name: 'home: a home and day', value: seconds / homes / days * 1000, unit: 'ms', bar: { most: 1 } })
    for (const what of ['database', 'memory (RSS)'] as const) tell(what, sizes.map(each => each[what]))

    const headers = { authorization: `Bearer ${await mock.token()}` }
    const [system] = (await (await fetch(`${mock.url}/users/user-0/hem-systems`, { headers })).json() as { data: Array<{ id: string }> }).data
    const charging = (path: string): string => `/users/user-0/statistics/charging${path}startDate=2026-03-01T00:00:00Z&endDate=2026-04-01T00:00:00Z`
    // An answer changes when a sample ends, and not with each millisecond.
    await mock.replace('/clock', { mode: 'running' })
    for (const [name, path, least] of [
      ['a month of an inverter', `/inverters/${inverters[0]}/statistics?year=2026&month=3`, 0.4],
      ['a month of a HEM system', `/hem-systems/${system?.id}/statistics?interval=2026-03`, 0.4],
      ['a month of a car', charging('?type=vehicle&'), 0.4],
      ['a month of a heat pump', charging('?type=hvac&'), 0.4],
      ['a month of a car by the quarter hour', charging('?resolution=QUARTER_HOUR&type=vehicle&')],
      ['the sessions of a month of a car', charging('/sessions?type=vehicle&')],
      ['a day of an inverter', `/inverters/${inverters[0]}/statistics?year=2026&month=3&day=15`],
      ['a month of an inverter before linking', `/inverters/${inverters[0]}/statistics?year=2026&month=1`],
      ['a day of a HEM system', `/hem-systems/${system?.id}/statistics?interval=2026-03-15`]
    ] as const) {
      const url = `${mock.url}${path}`
      await compare(`home: ${name}, running clock`, bare, { url, headers }, await sizeOf(mock.url, path, { headers }), least)
    }
  } finally {
    await Promise.all([mock.stop(), bare.stop()])
    rmSync(folder, { recursive: true })
  }
  await historyFigures()
}

/** Cars that come home with an empty battery, every day anew: the ids of their devices. */
const cars: string[] = []

/** A home with everything, in a place of its own; answers the id of its inverter. */
async function home (mock: Mock, i: number): Promise<string> {
  const spot = { latitude: 59.9 + i / 100, longitude: 10.7 }
  const account = async (vendor: string, devices: object[]): Promise<string[]> =>
    ((await mock.control('/accounts', { vendor, userId: `user-${i}`, devices })).devices as Array<{ id: string }>).map(({ id }) => id)
  const [inverter = ''] = await account('HUAWEI', [{ type: 'inverter', state: spot }, { type: 'battery', state: spot }, { type: 'meter', state: spot }])
  cars.push(...await account('VOLKSWAGEN', [{ type: 'vehicle', state: spot }]))
  await account('DAIKIN', [{ type: 'hvac', state: spot }])
  if (i === 0) await mock.api('/users/user-0/locations', { name: 'Home', ...spot, timezoneName: 'Europe/Oslo' })
  return inverter
}

/** Every car begins to charge. */
async function plugIn (mock: Mock): Promise<void> {
  for (const car of cars) await mock.change(`/devices/${car}`, { state: { isPluggedIn: true, batteryLevel: 10, chargeLimit: 90, isCharging: true }, observe: false })
}

type Size = Record<'database' | 'memory (RSS)', number>

/** How a size in MB grows from third to third of the time. */
function tell (what: string, sizes: readonly number[]): void {
  const growth = sizes.slice(1).map((size, i) => (size - (sizes[i] ?? NaN)) * 1024 / homes / (days / 3))
  const [first = NaN, ...others] = growth
  print({ name: `home: ${what} at the start`, value: sizes[0] ?? NaN, unit: `MB, ${sizes.at(-1)?.toFixed(0)} MB at the end` })
  print({ name: `home: ${what} for a home and day, by thirds of the time`, value: first, unit: `KB, then ${others.map(each => each.toFixed(2)).join(' and ')} KB` })
}

/** What a look at a day before the linking of an inverter costs that nobody has looked at, after a day of simulated time and after a year. */
async function historyFigures (): Promise<void> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--now', '2026-03-01T12:00:00Z')
  try {
    const account = await mock.control('/accounts', { vendor: 'HUAWEI', userId: 'user-1', devices: Array.from({ length: 3 }, () => ({ type: 'inverter', state: { latitude: 59.9, longitude: 10.7 } })) })
    const [warmUp = '', young = '', old = ''] = (account.devices as Array<{ id: string }>).map(({ id }) => id)
    const look = async (inverter: string): Promise<number> => {
      const headers = { authorization: `Bearer ${await mock.token()}` }
      const { seconds } = await timed(async () => { for (let day = 1; day <= 28; day++) await sizeOf(mock.url, `/inverters/${inverter}/statistics?year=2026&month=2&day=${day}`, { headers }) })
      return seconds * 1000 / 28
    }
    await mock.control('/clock/advance', { by: 'P1D' })
    await look(warmUp)
    const afterDay = await look(young)
    await mock.control('/clock/advance', { by: 'P364D' })
    const afterYear = await look(old)
    print({ name: 'home: a look at a day before linking, after a day', value: afterDay, unit: `ms, ${afterYear.toFixed(2)} ms after a year` })
  } finally {
    await mock.stop()
  }
}
