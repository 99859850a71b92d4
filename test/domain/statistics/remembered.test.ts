import t from 'tap'
import { chargingSessions, chargingStatistics } from '../../../src/domain/statistics/charging/index.ts'
import { systemStatistics } from '../../../src/domain/statistics/hem-system.ts'
import { inverterStatistics } from '../../../src/domain/statistics/inverter.ts'
import { findAsset, findSystem } from '../../../src/domain/sight/find.ts'
import { type Timing } from '../../../src/contract/timing.ts'
import { Random } from '../../../src/lib/random.ts'
import { type ReadTx } from '../../../src/store/store.ts'
import { build, type Body } from '../../helpers/build.ts'

const startDate = '2026-03-02T00:00:00Z'

t.test('statistics that are remembered answer at each moment what they would if nothing were', async t => {
  for (const [seed, timing] of [[1, 'quick'], [2, 'realistic']] as Array<[number, Timing]>) {
    const server = await build(t, { fixture: 'home', now: '2026-03-02T06:00:00Z', seed, timing })
    const { store } = server.worlds.default
    const random = new Random(seed)
    const ids = async (path: string): Promise<string[]> => ((await server.call('GET', path)).body.data as Body[]).map(({ id }) => String(id))
    const [cars, [inverter = ''], [system = '']] = [await ids('/vehicles'), await ids('/inverters'), await ids('/hem-systems')]
    const made: Record<string, (tx: ReadTx) => unknown> = {
      [`/inverters/${inverter}/statistics?year=2026&month=3`]: tx => inverterStatistics(tx, findAsset(tx, 'inverter', inverter), { year: 2026, month: 3 }),
      [`/inverters/${inverter}/statistics?year=2026&month=2&day=25`]: tx => inverterStatistics(tx, findAsset(tx, 'inverter', inverter), { year: 2026, month: 2, day: 25 }),
      [`/hem-systems/${system}/statistics?interval=2026-03`]: tx => systemStatistics(tx, findSystem(tx, system), '2026-03'),
      [`/hem-systems/${system}/statistics?interval=2026-03-02`]: tx => systemStatistics(tx, findSystem(tx, system), '2026-03-02')
    }
    for (const type of ['vehicle', 'charger', 'hvac'] as const) {
      made[`/users/household/statistics/charging?type=${type}&startDate=${startDate}`] = tx => chargingStatistics(tx, 'household', { type, startDate })
      made[`/users/household/statistics/charging/sessions?type=${type}&startDate=${startDate}`] = tx => chargingSessions(tx, 'household', { type, startDate })
    }
    let again = 0
    const check = async (when: string): Promise<void> => {
      for (const [path, make] of Object.entries(made)) {
        const { text } = await server.call('GET', path)
        const fresh = JSON.stringify(store.read(make))
        if (text !== fresh) t.fail(`${when}: ${path}\n${text}\n${fresh}`)
        const { body } = store.read(tx => tx.settled.get(path, tx.now, () => ({ text: '', until: 0 })))
        if (body.length > 0) again++
      }
    }
    for (let i = 0; i < 60; i++) {
      const now = store.read(tx => tx.now)
      // Moments before and after a sample ends, others by chance, and some on which it is just asked again.
      const by = random.pick([1, 300_000 - now % 300_000 - 1, 300_000 - now % 300_000, random.integer(1, 4000), random.integer(1, 3_600_000), random.integer(1, 200_000)])
      if (by > 0) await server.advance(`PT${(by / 1000).toFixed(3)}S`)
      await check(`seed ${seed}, step ${i}`)
      if (i % 7 === 3) await server.mock('PATCH', `/devices/${random.pick(cars)}`, { state: random.next() < 0.5 ? { isPluggedIn: true, isCharging: true, batteryLevel: random.integer(5, 70) } : { isPluggedIn: false }, observe: false })
      if (i % 11 === 5) await server.call('POST', `/vehicles/${random.pick(cars)}/charging`, { action: 'STOP' })
      if (i === 30) await server.call('DELETE', '/users/household/vendors/TESLA')
      await check(`seed ${seed}, step ${i}, changed`)
    }
    t.ok(again > 200, `${again} of ${60 * 2 * Object.keys(made).length} answers held for a while`)
  }
})
