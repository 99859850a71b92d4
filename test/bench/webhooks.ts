import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from 'undici'
import { print, timed } from './figures.ts'
import { changeCars, linkCars, startMock } from './servers.ts'

/** Cars that are each looked at in a second of their own. */
const apart = 100

/** Changes of a car, each of which is told by itself. */
const changes = 1500

/** Events that reach a local receiver a second, a hundred to a POST, one by one as they happen, and one by one as they wait, against what a bare client posts there. */
export async function webhookFigures (): Promise<void> {
  const receiver = await startReceiver()
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen', '--now', '2026-03-02T12:00:00Z')
  try {
    await mock.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench' })
    const batched = await timed(async () => {
      await linkCars(mock, 2500, { isPluggedIn: true, isCharging: false }, 'user-many')
      await mock.control('/deliveries/drain', {})
    })
    const many = receiver.take()
    print({ name: 'webhooks: events/s, 100 to a POST, linking 2,500 cars included', value: many.events / batched.seconds, unit: 'events/s' })
    const manySeconds = many.spanMs / 1000
    print({ name: 'webhooks: events/s, 100 to a POST, from the first to the last', value: (many.events - 100) / manySeconds, unit: 'events/s', bar: { least: 15_000 } })
    print({ name: 'webhooks: events in POSTs of 100 / a bare undici client', value: (many.posts - 1) / manySeconds / await posted(receiver, many.body, 200), unit: 'times', bar: { least: 0.5 } })
  } finally {
    await mock.stop()
  }
  const other = await startMock('--fixture', 'empty', '--clock', 'frozen', '--now', '2026-03-02T12:00:00Z')
  try {
    for (let i = 0; i < apart; i++) {
      await linkCars(other, 1, { isPluggedIn: true, isCharging: true, batteryLevel: 20 }, `user-${i}`)
      await other.control('/clock/advance', { by: 'PT0.2S' })
    }
    await other.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench', events: ['user:vehicle:updated'] })
    await other.control('/clock/advance', { by: 'PT4M' })
    receiver.take()
    const single = await timed(async () => await other.control('/clock/advance', { by: 'PT14M' }))
    const { posts, events, body } = receiver.take()
    print({ name: 'webhooks: POSTs/s of one event each, in the order of the events', value: posts / single.seconds, unit: `POSTs/s, ${(events / posts).toFixed(2)} events in each` })
    print({ name: 'webhooks: POSTs of one event / a bare undici client', value: posts / single.seconds / await posted(receiver, body, posts), unit: 'times', bar: { least: 0.5 } })
  } finally {
    await other.stop()
  }
  try {
    await waitingFigures(receiver)
  } finally {
    await receiver.close()
  }
}

/** The same while nothing has to happen for it: events that came to wait while the receiver took its time with the first. */
async function waitingFigures (receiver: Receiver): Promise<void> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    const cars = await linkCars(mock, 1, { isPluggedIn: false, batteryLevel: 20 })
    await mock.api('/webhooks', { url: receiver.url, secret: 'a secret of the bench', events: ['user:vehicle:updated'] })
    receiver.hold(true)
    for (let i = 0; i < changes; i++) await changeCars(mock, cars, { batteryLevel: 20 + i % 50 })
    receiver.take()
    receiver.hold(false)
    await mock.control('/deliveries/drain', {})
    const { posts, spanMs, body } = receiver.take()
    print({ name: 'webhooks: POSTs of one event each that waited / a bare undici client', value: (posts - 1) / spanMs * 1000 / await posted(receiver, body, changes), unit: 'times', bar: { least: 0.5 } })
  } finally {
    await mock.stop()
  }
}

/** POSTs a second of a bare client, one after the other over a connection that it keeps. */
async function posted (receiver: Receiver, body: string, count: number): Promise<number> {
  const { origin, pathname } = new URL(receiver.url)
  const client = new Client(origin)
  const post = async (): Promise<void> => {
    const answer = await client.request({ path: pathname, method: 'POST', headers: { 'content-type': 'application/json' }, body })
    await answer.body.dump()
  }
  for (let i = 0; i < count; i++) await post()
  const { seconds } = await timed(async () => { for (let i = 0; i < count; i++) await post() })
  await client.close()
  receiver.take()
  return count / seconds
}

/** `spanMs` is the time from the first POST to the last, whose body it is. */
interface Counted { posts: number, events: number, spanMs: number, body: string }

export interface Receiver {
  url: string
  /** What came since it was last asked. */
  take: () => Counted
  /** Keeps answers back until it is told otherwise, for less than the five seconds that it has. */
  hold: (isHolding: boolean) => void
  close: () => Promise<void>
}

/** Counts what it gets and answers 200. */
export async function startReceiver (): Promise<Receiver> {
  const nothing: Counted = { posts: 0, events: 0, spanMs: 0, body: '' }
  let [counted, first] = [{ ...nothing }, 0]
  let held: ServerResponse[] | undefined
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', part => { text += part }).on('end', () => {
      if (counted.posts++ === 0) first = performance.now()
      counted.spanMs = performance.now() - first
      counted.body = text
      counted.events += (JSON.parse(text) as unknown[]).length
      if (held === undefined) response.end()
      else held.push(response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    take: () => {
      const result = counted
      counted = { ...nothing }
      return result
    },
    hold: isHolding => {
      for (const response of held ?? []) response.end()
      held = isHolding ? [] : undefined
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    }
  }
}
