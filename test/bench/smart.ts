import { print, timed } from './figures.ts'
import { changeCars, linkCars, startMock } from './servers.ts'
import { startReceiver } from './webhooks.ts'

const sizes = [100, 1_000] as const
const oslo = { latitude: 59.91, longitude: 10.75 }
const days = 7

interface Measured { cars: number, seconds: number, timers: number, events: number, mb: number }

/** What smart charging costs: cars that come home every evening and are charged in the cheapest hours of the night, for a week with prices published daily. */
export async function smartFigures (): Promise<void> {
  const all: Measured[] = []
  for (const cars of sizes) {
    const measured = await measure(cars)
    all.push(measured)
    const name = `smart: ${cars.toLocaleString('en-US')} cars charge smartly for a week`
    print({ name: `${name} (${measured.timers.toLocaleString('en-US')} timers)`, value: measured.seconds, unit: 's' })
    print({ name: `${name}, events for each car and night`, value: measured.events / cars / days, unit: 'events' })
    print({ name: `${name}, memory (RSS)`, value: measured.mb, unit: 'MB' })
  }
  const [small, large] = all
  if (small !== undefined && large !== undefined) {
    print({ name: 'smart: 100 to 1,000 cars, 10 times as many: a week', value: large.seconds / small.seconds, unit: 'times as long', bar: { most: 13 } })
  }
}

async function measure (cars: number): Promise<Measured> {
  const receiver = await startReceiver()
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--timing', 'realistic', '--now', '2026-01-12T16:30:00Z')
  try {
    const ids = await linkCars(mock, cars, { ...oslo, isPluggedIn: false, batteryLevel: 40, chargeLimit: 80 })
    await mock.api('/users/user-1/locations', { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' })
    await mock.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench', events: ['user:vehicle:smart-charging-status-updated'] })
    await enable(mock.url, await mock.token(), ids)
    const week = await timed(async () => {
      let timers = 0
      for (let day = 0; day < days; day++) {
        await changeCars(mock, ids, { isPluggedIn: true, isCharging: true, batteryLevel: 40 })
        for (let hours = 0; hours < 24; hours += 6) timers += (await mock.control('/clock/advance', { by: 'PT6H' })).timers
        await changeCars(mock, ids, { isPluggedIn: false })
      }
      return timers
    })
    return { cars, seconds: week.seconds, timers: week.result, events: receiver.take().events, mb: mock.rssMb() }
  } finally {
    await mock.stop()
    await receiver.close()
  }
}

/** The policy of each car, one after the other. */
async function enable (url: string, token: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const answer = await fetch(`${url}/vehicles/${id}/smart-charging-policy`, {
      method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ isEnabled: true, deadline: '07:00' })
    })
    if (!answer.ok) throw new Error(await answer.text())
    await answer.arrayBuffer()
  }
}
