import { ConfigError, type Config } from './config.ts'
import { type LogCall, type Replayed, type WorldLog } from './contract/mock-journal.ts'
import { type Late } from './http/late.ts'
import { type App } from './lib/fastify.ts'
import { badRequest, invalid } from './lib/problem.ts'
import { parseTime } from './lib/time.ts'
import { fixtureIssues } from './world/fixtures.ts'
import { HeldSender, play, type Answered } from './world/replay.ts'
import { fromFile } from './world/snapshots.ts'
import { type WorldSetting } from './world/setting.ts'
import { defaultWorld, type Worlds } from './world/worlds.ts'

/** A server that is put together, and what it serves. */
export interface Built {
  app: App
  /** The control API and Link UI, made when one of them is first asked. */
  pages: Late
  worlds: Worlds
}

/** What a replay has otherwise than a server: the world that it plays in, and the base of URLs at the moment. */
export interface Played { setting: Partial<WorldSetting>, base: () => string }

/** Plays a log in a server of its own, that nobody can reach and that is gone afterwards. */
export async function replay (log: WorldLog, config: Config, build: (config: Config, played: Played) => Promise<Built>): Promise<Replayed> {
  const { clientId, clientSecret, seed, now, timing, tokens = 'simulated', webhookPatience, fixture, content, baseUrl, snapshot } = log.start
  const sender = new HeldSender()
  let base = ''
  const own: Config = { ...config, clientId, clientSecret, fixture: 'empty', data: undefined, tls: undefined, controlToken: undefined, host: '0.0.0.0', logLevel: 'silent' }
  const setting = { seed, now: parseTime(now) ?? config.now, timing, tokens, webhookPatience, clock: 'frozen', speed: 1, baseUrl, fixtureName: fixture, fixture: fixtureOf(content), sender } as const
  const { app, worlds } = await build(own, { setting, base: () => base }).catch((error: unknown) => {
    throw error instanceof ConfigError ? badRequest(`the log cannot be played: ${error.message}`) : error
  })
  try {
    if (snapshot !== null) await worlds.default.restore({ ...fromFile(snapshot), mode: 'frozen' })
    return await play(log, worlds.default, sender, async call => {
      base = call.base
      return await callOf(app, call)
    })
  } finally {
    await app.close()
  }
}

async function callOf (app: App, { method, url, headers, body }: LogCall): Promise<Answered> {
  try {
    const response = await app.inject({ method: method as 'GET', url, headers: { ...headers, 'x-mock-world': defaultWorld }, ...(body === null ? {} : { payload: body }) })
    return { status: response.statusCode, answer: response.payload }
  } catch {
    return { status: null, answer: null }
  }
}

function fixtureOf (content: string) {
  try {
    const fixture = JSON.parse(content)
    const issues = fixtureIssues(fixture)
    if (issues.length > 0) throw new Error(issues.map(({ message }) => message).join('. '))
    return fixture
  } catch (error) {
    throw invalid(`"start.content" must be a fixture as JSON: ${(error as Error).message}`, ['start', 'content'])
  }
}
