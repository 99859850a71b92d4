import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { checkOptions } from '../../src/config.ts'
import type { MockOptions } from '../../src/index.ts'
import type { Vehicle } from '../../src/contract/vehicle.ts'
import { strictResponses } from './strict-responses.ts'
import { strictRows } from './strict-rows.ts'

export const start = '2026-01-01T00:00:00.000Z'

export type Body = Record<string, any>

export interface Answer {
  status: number
  body: Body
  text: string
  headers: LightMyRequestResponse['headers']
}

type Method = NonNullable<InjectOptions['method']>

/**
 * A whole server with a frozen clock, an empty world and a fixed seed, closed when the test ends. `call` speaks for a
 * client with a token, `mock` to the control API. Every answer is held against the schema of its route, and every row against its type.
 */
export async function build (t: Test, options: MockOptions = {}) {
  const config = checkOptions({ fixture: 'empty', clock: 'frozen', now: start, seed: 7, logLevel: 'silent', ...options })
  const { app, pages, worlds } = await buildApp(config)
  for (const each of [app, await pages.app()]) strictResponses(each)
  await app.ready()
  t.teardown(async () => {
    strictRows(worlds)
    await app.close()
  })

  const inject = async (method: Method, url: string, payload: unknown, headers: Record<string, string>): Promise<Answer> => {
    const response = await app.inject({
      method,
      url,
      headers: { host: 'localhost:3663', ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) })
    })
    const isJson = /json/.test(String(response.headers['content-type']))
    return { status: response.statusCode, body: isJson ? JSON.parse(response.payload) as Body : {}, text: response.payload, headers: response.headers }
  }
  const mock = async (method: Method, url: string, payload?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    await inject(method, `/_mock${url}`, payload, { 'x-mock-world': 'default', ...headers })
  const token = async (clientId = config.clientId, secret = config.clientSecret): Promise<string> => {
    const answer = await inject('POST', '/oauth2/token', 'grant_type=client_credentials', {
      'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
    })
    return String(answer.body.access_token)
  }
  let bearer: string | undefined
  const call = async (method: Method, url: string, payload?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    bearer ??= await token()
    const answer = await inject(method, url, payload, { authorization: `Bearer ${bearer}`, ...headers })
    if (answer.status !== 401 || headers.authorization !== undefined) return answer
    // A reset ends tokens, and so does simulated time if a test wants that: a client fetches a new one.
    bearer = await token()
    return await inject(method, url, payload, { authorization: `Bearer ${bearer}`, ...headers })
  }

  return {
    app,
    worlds,
    inject,
    call,
    mock,
    token,
    /** Goes on by an ISO 8601 duration. */
    advance: async (by: string): Promise<Body> => {
      const answer = await mock('POST', '/clock/advance', { by })
      if (answer.status !== 200) throw new Error(`advance by ${by}: ${answer.text}`)
      return answer.body
    },
    /** A linked car; `state` takes the API's field names. Answers its id. */
    car: async ({ userId = 'user-1', vendor = 'TESLA', state = {}, ...rest }: Body = {}): Promise<string> => {
      const answer = await mock('POST', '/accounts', { vendor, userId, devices: [{ type: 'vehicle', state }], ...rest })
      if (answer.status !== 200) throw new Error(`car: ${answer.text}`)
      return String(answer.body.devices[0].id)
    },
    vehicle: async (id: string): Promise<Vehicle> => (await call('GET', `/vehicles/${id}`)).body as Vehicle
  }
}

export type Server = Awaited<ReturnType<typeof build>>
