import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import type { Body } from './build.ts'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
  events: Body[]
  /** Whether x-enode-signature is that of the body, computed here anew. */
  isSigned: boolean
}

/** How the receiver answers a delivery: a status, a full answer, or nothing at all. */
export type Behaviour = number | ((response: ServerResponse, received: Received) => void)

export const secret = 'a secret of this test'

/** A real HTTP server that takes deliveries, verifies their signatures and answers as it is told. */
export async function receiver (t: Test, behaviour: Behaviour = 200) {
  const received: Received[] = []
  const self = { url: '', received, behaviour, events: (): Body[] => received.flatMap(each => each.events), close: async () => {} }
  const server = createServer((request, response) => {
    // Another test may still look for a server that had this port before.
    if (request.method !== 'POST') return response.writeHead(405).end()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const delivery: Received = {
        headers: request.headers,
        body,
        events: JSON.parse(body) as Body[],
        isSigned: request.headers['x-enode-signature'] === `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`
      }
      received.push(delivery)
      if (typeof self.behaviour === 'number') response.writeHead(self.behaviour).end()
      else self.behaviour(response, delivery)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  self.close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  t.teardown(async () => { await self.close() })
  return self
}
