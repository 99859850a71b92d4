import { print, timed } from './figures.ts'
import { linkCars, startMock } from './servers.ts'

/** How fast simulated time can go when nobody listens to the webhooks. */
export async function timeFigures (): Promise<void> {
  const demo = await startMock('--clock', 'frozen')
  try {
    const { seconds } = await timed(async () => await demo.control('/clock/advance', { by: 'P60D' }))
    print({ name: 'time: simulated days/s in the demo world, 3 cars', value: 60 / seconds, unit: 'days/s' })
  } finally {
    await demo.stop()
  }
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    await linkCars(mock, 100, { isPluggedIn: true, isCharging: true, batteryLevel: 20 })
    // Polls that nothing follows would be left out; this follows them, and hits none.
    await mock.control('/faults', { on: { vendor: 'BMW' }, effect: { unreachable: true } })
    const { seconds, result } = await timed(async () => await mock.control('/clock/advance', { by: 'P1D' }))
    print({ name: 'time: timers/s, polls of 100 cars for a day', value: result.timers / seconds, unit: 'timers/s' })
  } finally {
    await mock.stop()
  }
}
