import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, timed } from './figures.ts'
import { folderMb, startMock, type Mock } from './servers.ts'
import { startReceiver, type Receiver } from './webhooks.ts'

/** What stands in five homes of a street, by type. */
const street = [
  ['inverter', 'battery', 'meter', 'vehicle', 'charger', 'hvac'],
  ['inverter', 'meter', 'vehicle', 'hvac'],
  ['vehicle', 'charger'],
  ['vehicle', 'hvac'],
  ['vehicle']
] as const

/** Devices of one vendor come with one account. */
const vendors = { HUAWEI: ['inverter', 'battery', 'meter'], VOLKSWAGEN: ['vehicle'], EASEE: ['charger'], DAIKIN: ['hvac'] }

/** What assets of all kinds cost in homes where cars charge, heat pumps heat and the sun shines, while one receiver hears of everything: to make, to live some hours and, nobody listening, a day, and to hold. */
export async function mixedFigures (assets: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-enode-bench-'))
  const receiver = await startReceiver()
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--timing', 'realistic', '--now', '2026-03-02T15:00:00Z', '--data', folder)
  try {
    const name = `mixed: ${assets.toLocaleString('en-US')} assets`
    const webhook = await mock.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench', events: ['*'] })
    const [emptyMb, emptyDataMb] = [mock.rssMb(), folderMb(folder)]
    const making = await timed(async () => {
      await makeHomes(mock, assets)
      await mock.control('/deliveries/drain', {})
    })
    print({ name: `${name}, make and link them all`, value: making.seconds, unit: 's' })
    print({ name: `${name}, events/s delivered of the links`, value: receiver.take().events / making.seconds, unit: 'events/s' })
    print({ name: `${name}, memory (RSS) before and after`, value: emptyMb, unit: `MB, then ${mock.rssMb().toFixed(0)} MB` })
    print({ name: `${name}, database before and after`, value: emptyDataMb, unit: `MB, then ${folderMb(folder).toFixed(0)} MB` })

    tell(`${name}, an hour, the past of inverters coming in`, await live(mock, receiver, 1))
    const hour = await live(mock, receiver, 1)
    tell(`${name}, another hour`, hour, 10_000)
    print({ name: `${name}, a day with the receiver, extrapolated as 24 such hours`, value: hour.seconds * 24, unit: 's' })
    await unsubscribe(mock, webhook.id)
    tell(`${name}, a day, nobody listening`, await live(mock, receiver, 24))
    print({ name: `${name}, memory (RSS) after the day`, value: mock.rssMb(), unit: 'MB' })
    print({ name: `${name}, database after the day`, value: folderMb(folder), unit: 'MB' })
  } finally {
    await mock.stop()
    await receiver.close()
    rmSync(folder, { recursive: true })
  }
}

interface Lived { seconds: number, timers: number, posts: number, events: number }

/** By the ten minutes, because an HTTP client waits for an answer for some minutes only. */
async function live (mock: Mock, receiver: Receiver, hours: number): Promise<Lived> {
  const { seconds, result } = await timed(async () => {
    let timers = 0
    for (let step = 0; step < hours * 6; step++) timers += (await mock.control('/clock/advance', { by: 'PT10M' })).timers
    return timers
  })
  return { seconds, timers: result, ...receiver.take() }
}

function tell (name: string, { seconds, timers, posts, events }: Lived, least?: number): void {
  print({ name, value: seconds, unit: 's' })
  print({ name: `${name}: polls and other timers`, value: timers / seconds, unit: `timers/s, ${timers.toLocaleString('en-US')} of them`, ...(least !== undefined && { bar: { least } }) })
  if (events > 0) print({ name: `${name}: events delivered`, value: events / seconds, unit: `events/s, ${events.toLocaleString('en-US')} in ${posts.toLocaleString('en-US')} POSTs` })
}

async function unsubscribe (mock: Mock, webhookId: string): Promise<void> {
  const answer = await fetch(`${mock.url}/webhooks/${webhookId}`, { method: 'DELETE', headers: { authorization: `Bearer ${await mock.token()}` } })
  if (!answer.ok) throw new Error(await answer.text())
}

/** Homes, each of a user and at a place of its own, until there are so many assets. */
async function makeHomes (mock: Mock, assets: number): Promise<void> {
  for (let i = 0, left = assets; left > 0; i++) {
    const types = (street[i % street.length] ?? []).slice(0, left)
    left -= types.length
    const spot = { latitude: 40 + i % 200 / 10, longitude: 5 + Math.floor(i / 200) / 10 }
    let vehicle: string | undefined
    for (const [vendor, made] of Object.entries(vendors)) {
      const devices = types.filter(type => made.includes(type)).map(type => ({ type, state: { ...spot, ...stateOf(type, vehicle) } }))
      if (devices.length === 0) continue
      const account = await mock.control('/accounts', { vendor, userId: `user-${i}`, devices })
      if (made.includes('vehicle')) vehicle = account.devices[0].id
    }
  }
}

function stateOf (type: typeof street[number][number], vehicle: string | undefined): object {
  if (type === 'vehicle') return { isPluggedIn: true, isCharging: true, batteryLevel: 20, chargeLimit: 80 }
  return type === 'charger' ? { pluggedInVehicleId: vehicle } : {}
}
