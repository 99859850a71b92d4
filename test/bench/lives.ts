import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, timed } from './figures.ts'
import { startMock } from './servers.ts'

const days = 30
const lives = ['commuter', 'home-office', 'two-cars', 'night-shift', 'retired', 'long-distance', 'forgetful'] as const

/** What it costs that people live: homes in which cars drive, are plugged in and charge by themselves against the same homes in which nobody moves, and whether many cost what few do. */
export async function livesFigures (most: number): Promise<void> {
  const few = Math.min(100, most)
  const still = await month(few, false)
  const living = await month(few, true)
  print({ name: `lives: ${few} homes in which nobody moves, a home and day`, value: still.ms, unit: 'ms' })
  print({ name: `lives: ${few} homes with lives, a home and day`, value: living.ms, unit: 'ms' })
  print({ name: 'lives: of which still ones take', value: living.ms / still.ms, unit: 'times', bar: { most: 2 } })
  const many = await month(most, true)
  print({ name: `lives: ${most} homes with lives, a home and day`, value: many.ms, unit: 'ms' })
  print({ name: `lives: ${most} homes against ${few}, each`, value: many.ms / living.ms, unit: 'times', bar: { most: 1.3 } })
  print({ name: `lives: ${most} homes, memory after the first half of the month`, value: many.rssMb[0] ?? NaN, unit: `MB, ${Math.round(many.rssMb[1] ?? NaN)} MB at its end` })
}

/** Lives a month in so many homes. Answers what each day of one took, and how much memory there was after each half. */
async function month (homes: number, isLiving: boolean): Promise<{ ms: number, rssMb: number[] }> {
  // In a file, so that memory is that of the program and not of the ledger.
  const folder = mkdtempSync(join(tmpdir(), 'mock-enode-bench-'))
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--now', '2026-03-01T00:00:00Z', '--data', folder)
  try {
    for (let i = 0; i < homes; i++) {
      const spot = { latitude: 48 + i % 50 / 5, longitude: 9 + Math.floor(i / 50) / 5 }
      const life = isLiving ? { life: lives[i % lives.length] } : {}
      const account = async (vendor: string, ...devices: object[]): Promise<void> => { await mock.control('/accounts', { vendor, userId: `user-${i}`, ...life, devices }) }
      await account('HUAWEI', { type: 'inverter', state: spot }, { type: 'battery', state: spot }, { type: 'meter', state: spot })
      await account('VOLKSWAGEN', { type: 'vehicle', state: spot })
      await account('EASEE', { type: 'charger', state: spot })
      await account('DAIKIN', { type: 'hvac', state: spot })
    }
    const rssMb: number[] = []
    let seconds = 0
    for (let half = 0; half < 2; half++) {
      seconds += (await timed(async () => await mock.control('/clock/advance', { by: `P${days / 2}D` }))).seconds
      rssMb.push(mock.rssMb())
    }
    return { ms: seconds / homes / days * 1000, rssMb }
  } finally {
    await mock.stop()
    rmSync(folder, { recursive: true })
  }
}
