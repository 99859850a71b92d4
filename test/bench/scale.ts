import { print, timed } from './figures.ts'
import { linkCars, startMock } from './servers.ts'

const sizes = [100, 1_000, 10_000] as const

interface Measured { cars: number, linkSeconds: number, linkMb: number, daySeconds: number, dayMb: number, timers: number }

/** What many cars cost that are linked and charge: to link, to hold, and to live a day with polls as often as Enode documents. */
export async function scaleFigures (): Promise<void> {
  const all: Measured[] = []
  for (const cars of sizes) {
    const measured = await measure(cars)
    all.push(measured)
    const name = `scale: ${cars.toLocaleString('en-US')} cars`
    print({ name: `${name}, link them all`, value: measured.linkSeconds, unit: 's' })
    print({ name: `${name}, memory for each after linking`, value: measured.linkMb * 1024 / cars, unit: 'KB' })
    print({ name: `${name}, advance a day (${measured.timers.toLocaleString('en-US')} timers)`, value: measured.daySeconds, unit: 's' })
    print({ name: `${name}, memory (RSS) after the day`, value: measured.dayMb, unit: 'MB' })
  }
  for (const [index, large] of all.entries()) {
    const small = all[index - 1]
    if (small === undefined) continue
    const name = `scale: ${small.cars.toLocaleString('en-US')} to ${large.cars.toLocaleString('en-US')} cars, 10 times as many:`
    print({ name: `${name} link`, value: large.linkSeconds / small.linkSeconds, unit: 'times as long' })
    print({ name: `${name} a day`, value: large.daySeconds / small.daySeconds, unit: 'times as long' })
    print({ name: `${name} memory`, value: large.dayMb / small.dayMb, unit: 'times as much' })
  }
}

async function measure (cars: number): Promise<Measured> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--timing', 'realistic')
  try {
    await mock.api('/vehicles')
    const emptyMb = mock.rssMb()
    const link = await timed(async () => await linkCars(mock, cars, { isPluggedIn: true, isCharging: true }))
    const linkMb = mock.rssMb() - emptyMb
    // By the hour, because an HTTP client waits for an answer for some minutes only.
    const day = await timed(async () => {
      let timers = 0
      for (let hour = 0; hour < 24; hour++) timers += (await mock.control('/clock/advance', { by: 'PT1H' })).timers
      return timers
    })
    return { cars, linkSeconds: link.seconds, linkMb, daySeconds: day.seconds, dayMb: mock.rssMb(), timers: day.result }
  } finally {
    await mock.stop()
  }
}
