import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildApp } from '../src/app.ts'
import { checkOptions } from '../src/config.ts'
import { start, type Demo } from './calls.ts'

export interface Reply { status: number, body: any, headers: Record<string, unknown> }
export interface Received { headers: Record<string, unknown>, body: any[] }
export type Send = (method: string, url: string, body?: unknown, token?: string, headers?: Record<string, string>) => Promise<Reply>

/** Where the examples say that a receiver listens; in truth it takes a free port. */
const receiverUrl = 'http://localhost:4000/'

/** The product on the fixture `demo` with a frozen clock and the default seed, and a receiver of its webhooks. */
export class Product {
  /** Speaks for the client; a token that is given takes the place of its own. */
  readonly call: Send
  readonly received: Received[]
  readonly interrupt: () => Promise<void>
  readonly close: () => Promise<void>

  private constructor (call: Send, received: Received[], interrupt: () => Promise<void>, close: () => Promise<void>) {
    this.call = call
    this.received = received
    this.interrupt = interrupt
    this.close = close
  }

  static async start (): Promise<Product> {
    const config = checkOptions({ fixture: 'demo', clock: 'frozen', now: start, publicUrl: 'http://localhost:3663', logLevel: 'silent' })
    const { app, worlds } = await buildApp(config)
    await app.ready()
    const { url, received, close } = await receiver()
    const send: Send = async (method, path, body, token, headers) => {
      const response = await app.inject({
        method: method as 'GET',
        url: path,
        headers: {
          host: 'localhost:3663',
          ...(path.startsWith('/_mock') ? { 'x-mock-world': 'default' } : {}),
          ...(token === undefined ? {} : { authorization: token }),
          ...headers,
          ...(body === undefined ? {} : { 'content-type': path.startsWith('/oauth2') ? 'application/x-www-form-urlencoded' : 'application/json' })
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body).replaceAll(receiverUrl, url) })
      })
      const text = response.payload.replaceAll(url, receiverUrl)
      return { status: response.statusCode, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
    }
    let token: string | undefined
    const call: Send = async (method, path, body, given, headers) => {
      if (given !== undefined || /^\/(_mock|oauth2)/.test(path)) return await send(method, path, body, given, headers)
      const reply = await send(method, path, body, token ??= await tokenOf(send), headers)
      // Simulated hours may have passed, and a client fetches a new token then.
      if (reply.status !== 401) return reply
      token = await tokenOf(send)
      return await send(method, path, body, token, headers)
    }
    return new Product(call, received, async () => { await worlds.interrupt() }, async () => {
      await app.close()
      await close()
    })
  }

  /** An answer of the control API, which must succeed. */
  async mock (method: string, path: string, body?: unknown): Promise<any> {
    const { status, body: answer } = await this.call(method, `/_mock${path}`, body)
    if (status >= 300) throw new Error(`${method} /_mock${path}: ${status} ${JSON.stringify(answer)}`)
    return answer
  }

  /** An answer to a client of a version that is not served. */
  async old (method: string, path: string): Promise<Reply> {
    return await this.call(method, path, undefined, undefined, { 'enode-version': '2023-08-01' })
  }

  /** A token of another client. */
  async token (clientId: string, clientSecret: string): Promise<string> {
    return await tokenOf(this.call, clientId, clientSecret)
  }

  async demo (): Promise<Demo> {
    const list = async (path: string): Promise<any[]> => (await this.call('GET', `${path}?pageSize=100`)).body.data
    const ids = async (path: string): Promise<string[]> => (await list(path)).map(({ id }) => id).reverse()
    const cars = await list('/vehicles')
    const car = (vendor: string): string => cars.find(each => each.vendor === vendor).id
    const one = async (path: string): Promise<string> => (await ids(path))[0] ?? ''
    const two = async (path: string): Promise<[string, string]> => await ids(path) as [string, string]
    const [home, office] = await two('/users/user-madrid/locations')
    return {
      tesla: car('TESLA'),
      kia: car('KIA'),
      renault: car('RENAULT'),
      charger: await one('/chargers'),
      hvac: await one('/hvacs'),
      inverter: await one('/inverters'),
      battery: await one('/batteries'),
      meter: await one('/meters'),
      hemSystem: await one('/hem-systems'),
      home,
      office,
      paris: await one('/users/user-paris/locations'),
      schedules: await two('/users/user-madrid/schedules'),
      webhooks: await two('/webhooks')
    }
  }
}

async function tokenOf (send: Send, clientId = 'mock-client', clientSecret = 'mock-secret'): Promise<string> {
  const { body } = await send('POST', '/oauth2/token', 'grant_type=client_credentials', `Basic ${btoa(`${clientId}:${clientSecret}`)}`)
  return `Bearer ${body.access_token}`
}

/** A receiver that keeps what comes, and whose answers are the same each time. */
async function receiver () {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.startsWith('x-enode-')))
      received.push({ headers, body: JSON.parse(Buffer.concat(parts).toString('utf8')) })
      response.sendDate = false
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end('thank you')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { url, received, close: async () => { await new Promise(resolve => server.close(resolve)) } }
}
