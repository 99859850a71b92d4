import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver does with a POST. */
export type Behaviour = 'accept' | 'refuse' | 'hang up' | 'be slow'

/** A receiver that remembers each event it accepted. */
export interface Ledger {
  url: string
  /** Accepts everything from now on. */
  heal: () => void
  /** How many different events it accepted. */
  events: () => number
  refused: () => number
  /** How many of the events here `other` did not get. */
  missingIn: (other: Ledger) => number
  has: (event: string) => boolean
  close: () => Promise<void>
}

/** Longer than a receiver may take, in real milliseconds. */
const tooLongMs = 6000

export async function startLedger (behave: (attempt: number) => Behaviour): Promise<Ledger> {
  const accepted = new Set<string>()
  let [attempts, refused, isWell] = [0, 0, false]
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', part => { text += part }).on('end', () => {
      const behaviour = isWell ? 'accept' : behave(++attempts)
      if (behaviour !== 'accept') refused++
      if (behaviour === 'hang up') request.socket.destroy()
      else if (behaviour === 'be slow') setTimeout(() => response.end(), tooLongMs).unref()
      else if (behaviour === 'refuse') response.writeHead(500).end()
      else {
        // Heartbeats are about the webhook itself.
        for (const event of (JSON.parse(text) as Array<{ event: string }>).filter(({ event }) => !event.startsWith('system:'))) accepted.add(createHash('sha256').update(JSON.stringify(event)).digest('base64'))
        response.end()
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heal: () => { isWell = true },
    events: () => accepted.size,
    refused: () => refused,
    missingIn: other => [...accepted].filter(event => !other.has(event)).length,
    has: event => accepted.has(event),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    }
  }
}
