import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, timed } from './figures.ts'
import { compare, sizeOf } from './http.ts'
import { startBare, startMock, type Mock } from './servers.ts'

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
    const [rssBefore, sizeBefore] = [mock.rssMb(), sizeMb(folder)]
    const { seconds } = await timed(async () => { for (let day = 0; day < days; day++) await charge(mock) })
    const homeDays = homes * days
    print({ name: `home: ${homes} homes, advance ${days} days, all charging, heating and producing`, value: seconds, unit: 's', bar: { most: 10 } })
    print({ name: 'home: a home and day', value: seconds / homeDays * 1000, unit: 'ms' })
    print({ name: 'home: database for a home and day', value: (sizeMb(folder) - sizeBefore) * 1024 / homeDays, unit: 'KB' })
    print({ name: 'home: memory (RSS) for a home and day', value: (mock.rssMb() - rssBefore) * 1024 / homeDays, unit: 'KB' })

    const headers = { authorization: `Bearer ${await mock.token()}` }
    const [system] = (await mock.api('/hem-systems?pageSize=1')).data as Array<{ id: string }>
    for (const [name, path] of [
      ['a month of an inverter', `/inverters/${inverters[0]}/statistics?year=2026&month=3`],
      ['a day of an inverter', `/inverters/${inverters[0]}/statistics?year=2026&month=3&day=15`],
      ['a month of an inverter before linking', `/inverters/${inverters[0]}/statistics?year=2026&month=1`],
      ['a month of a HEM system', `/hem-systems/${system?.id}/statistics?interval=2026-03`],
      ['a day of a HEM system', `/hem-systems/${system?.id}/statistics?interval=2026-03-15`]
    ] as const) {
      const url = `${mock.url}${path}`
      await compare(`home: ${name}`, bare, { url, headers }, await sizeOf(mock.url, path, { headers }), name === 'a month of an inverter' ? 0.2 : undefined)
    }
  } finally {
    await Promise.all([mock.stop(), bare.stop()])
    rmSync(folder, { recursive: true })
  }
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
  return inverter
}

/** A day in which every car charges. */
async function charge (mock: Mock): Promise<void> {
  for (const car of cars) await mock.change(`/devices/${car}`, { state: { isPluggedIn: true, batteryLevel: 10, chargeLimit: 90, isCharging: true }, observe: false })
  await mock.control('/clock/advance', { by: 'P1D' })
}

function sizeMb (folder: string): number {
  return statSync(join(folder, 'mock-enode.sqlite')).size / 2 ** 20
}
