import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { print, timed } from './figures.ts'
import { linkCars, startMock } from './servers.ts'

/** Events that reach a local receiver a second: a hundred to a POST, and one by one as they happen. */
export async function webhookFigures (): Promise<void> {
  const receiver = await startReceiver()
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    await mock.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench' })

    const batched = await timed(async () => {
      await linkCars(mock, 2500, { isPluggedIn: true, isCharging: false }, 'user-many')
      await mock.control('/deliveries/drain', {})
    })
    const { events } = receiver.take()
    print({ name: 'webhooks: events/s, 100 to a POST, linking 2,500 cars included', value: events / batched.seconds, unit: 'events/s' })

    await linkCars(mock, 100, { isPluggedIn: true, isCharging: true, batteryLevel: 20 }, 'user-few')
    await mock.control('/deliveries/drain', {})
    receiver.take()
    const single = await timed(async () => await mock.control('/clock/advance', { by: 'PT30M' }))
    const taken = receiver.take()
    print({ name: 'webhooks: POSTs/s of one event each, in the order of the events', value: taken.posts / single.seconds, unit: 'POSTs/s' })
  } finally {
    await mock.stop()
    await receiver.close()
  }
}

export interface Receiver {
  url: string
  /** What came since it was last asked. */
  take: () => { posts: number, events: number }
  close: () => Promise<void>
}

/** Counts what it gets and answers 200. */
export async function startReceiver (): Promise<Receiver> {
  let counted = { posts: 0, events: 0 }
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', part => { text += part }).on('end', () => {
      counted.posts++
      counted.events += (JSON.parse(text) as unknown[]).length
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    take: () => {
      const result = counted
      counted = { posts: 0, events: 0 }
      return result
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    }
  }
}
