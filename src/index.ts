import { buildApp } from './app.ts'
import { checkOptions, ConfigError, textOf, type Config, urlOf } from './config.ts'
import { badRequest } from './lib/problem.ts'
import { addDuration, parseTime } from './lib/time.ts'
import { type Advance } from './lib/clock.ts'

export { ConfigError }

/** The flags of the command line in camelCase; `now` also as a Date. See the README for each. */
export type MockOptions = Partial<Omit<Config, 'now'>> & { now?: string | Date }

/** A mock-enode that serves. */
export interface Mock {
  /** Base of the API, such as `http://127.0.0.1:3663`. */
  readonly url: string
  /** Where an OAuth client gets its token. */
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Seed of the default world: that of a world stored under `data`, if there was one. */
  readonly seed: number
  /** Name or file of the fixture that the default world began with. */
  readonly fixture: string
  /** Whether the default world was stored under `data` and goes on; seed, fixture and start of time are then its own. */
  readonly isResumed: boolean
  readonly clock: {
    /** Simulated time in ISO 8601. */
    now: () => string
    /** Goes on by an ISO 8601 duration or to a time; resolves when all that was due has happened and is delivered. Rejects when that lies in the past. */
    advance: (by: string | { to: string | Date }) => Promise<Advance>
  }
  /** Takes the default world back to its start: fixture, seed, clock. */
  reset: () => Promise<void>
  close: () => Promise<void>
  [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts a mock-enode in this process. Several can run side by side. Throws a ConfigError when an option is wrong. */
export async function startMock (options: MockOptions = {}): Promise<Mock> {
  return await serve(checkOptions({ logLevel: 'silent', ...options }))
}

/** Starts a server on checked settings. */
export async function serve (config: Config): Promise<Mock> {
  const { app, worlds } = await buildApp(config)
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await app.close()
    throw error
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const url = config.publicUrl ?? urlOf({ ...config, port })
  const close = async (): Promise<void> => { await app.close() }
  return {
    url,
    tokenUrl: `${url}/oauth2/token`,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    seed: worlds.default.row.seed,
    fixture: worlds.default.row.fixture,
    isResumed: worlds.default.isResumed,
    clock: {
      now: () => new Date(worlds.default.clock.now()).toISOString(),
      advance: async by => await worlds.default.advance(now => targetOf(now, by))
    },
    reset: async () => { await worlds.default.reset() },
    close,
    [Symbol.asyncDispose]: close
  }
}

function targetOf (now: number, by: string | { to: string | Date }): number {
  const isTime = typeof by === 'object' && by !== null && Object.keys(by).join() === 'to'
  const target = typeof by === 'string' ? addDuration(now, by) : isTime ? parseTime(textOf(by.to)) : undefined
  if (target === undefined) throw badRequest('advance takes an ISO 8601 duration, such as PT30M, or { to } with an ISO 8601 time')
  return target
}
