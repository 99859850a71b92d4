import { print, timed } from './figures.ts'
import { linkCars, startMock, type Mock } from './servers.ts'

const oslo = { latitude: 59.91, longitude: 10.75 }

/** Cars of one user. */
const each = 100

/** What it costs that schedules and smart charging follow: one home by a day, the same once both are off, and many cars that come home and charge at night. */
export async function followedFigures (cars: number): Promise<void> {
  const followed = await home(true)
  const alone = await home(false)
  print({ name: 'followed: a home with smart charging and a schedule, a day', value: followed.on.timers, unit: 'timers', bar: { most: 300 } })
  print({ name: 'followed: the same', value: followed.on.cpuMs, unit: 'ms of CPU', bar: { most: 50 } })
  print({ name: 'followed: once both are off, a day', value: followed.off.timers, unit: `timers, ${alone.off.timers} where nothing ever followed`, bar: { most: alone.off.timers } })
  print({ name: 'followed: the same', value: followed.off.cpuMs, unit: `ms of CPU, ${alone.off.cpuMs.toFixed(0)} where nothing ever followed` })
  const { seconds, timers } = await street(cars)
  print({ name: `followed: ${cars.toLocaleString('en-US')} cars that charge smartly, a day (${timers.toLocaleString('en-US')} timers)`, value: seconds, unit: 's', bar: { most: 20 } })
}

interface Day { timers: number, cpuMs: number }

/** Days of the fixture `home`, the mean of five each time. */
async function home (isFollowed: boolean): Promise<{ on: Day, off: Day }> {
  const mock = await startMock('--fixture', 'home', '--clock', 'frozen', '--now', '2026-03-02T00:00:00Z')
  try {
    const vehicles = (await mock.api('/vehicles')).data as Array<{ id: string }>
    const schedules = (await mock.api('/users/household/schedules')).data as Array<{ id: string }>
    const control = async (isEnabled: boolean): Promise<void> => {
      for (const { id } of vehicles) await put(mock, `/vehicles/${id}/smart-charging-policy`, isEnabled ? { isEnabled, deadline: '07:30' } : { isEnabled })
      for (const { id, ...schedule } of schedules) await put(mock, `/schedules/${id}`, { ...schedule, isEnabled })
    }
    await control(isFollowed)
    await days(mock, 10)
    const on = await days(mock, 5)
    await control(false)
    await days(mock, 1)
    return { on, off: await days(mock, 5) }
  } finally {
    await mock.stop()
  }
}

async function days (mock: Mock, count: number): Promise<Day> {
  const before = mock.cpuMs()
  let timers = 0
  for (let day = 0; day < count; day++) timers += (await mock.control('/clock/advance', { by: 'P1D' })).timers
  return { timers: timers / count, cpuMs: (mock.cpuMs() - before) / count }
}

async function street (cars: number): Promise<{ seconds: number, timers: number }> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--timing', 'realistic', '--now', '2026-01-12T16:30:00Z')
  try {
    const ids: string[] = []
    for (let user = 0; ids.length < cars; user++) {
      ids.push(...await linkCars(mock, Math.min(each, cars - ids.length), { ...oslo, isPluggedIn: true, isCharging: true, batteryLevel: 40, chargeLimit: 80 }, `user-${user}`))
      await mock.api(`/users/user-${user}/locations`, { name: 'Home', ...oslo, timezoneName: 'Europe/Oslo' })
    }
    for (const id of ids) await put(mock, `/vehicles/${id}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' })
    const { seconds, result } = await timed(async () => {
      let timers = 0
      for (let hour = 0; hour < 24; hour++) timers += (await mock.control('/clock/advance', { by: 'PT1H' })).timers
      return timers
    })
    return { seconds, timers: result }
  } finally {
    await mock.stop()
  }
}

async function put (mock: Mock, path: string, body: object): Promise<void> {
  const answer = await fetch(`${mock.url}${path}`, { method: 'PUT', headers: { authorization: `Bearer ${await mock.bearer()}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(await answer.text())
  await answer.arrayBuffer()
}
