import { type ClockMode } from '../lib/clock.ts'
import { type Millis } from '../lib/time.ts'
import { type Timing, type TokenClock } from '../contract/timing.ts'
import { type Fixture } from '../contract/mock.ts'
import { type WorldRow } from '../store/world.ts'
import { type Sender } from '../webhooks/post.ts'

/** What a world is made from. */
export interface WorldSetting {
  name: string
  clientId: string
  clientSecret: string
  seed: number
  /** Start of simulated time. */
  now: Millis
  clock: ClockMode
  /** Simulated seconds for each real second, above 0. */
  speed: number
  timing: Timing
  /** What ends a token: an hour of real, or of simulated time. */
  tokens: TokenClock
  /** How long a webhook may fail until it is deactivated, an ISO 8601 duration; that of the fixture, or a day, if left out. */
  webhookPatience?: string | undefined
  /** Where this server is reached, for who asked nothing of it, such as a webhook of the fixture; null where that is not known. One that a client registers is told URLs of its own request. */
  baseUrl: string | null
  fixtureName: string
  fixture: Fixture
  /** Folder of the database; without it the world lives in memory. */
  folder?: string | undefined
  /** What delivers in the place of HTTP, for a replay: nothing then waits in real time. */
  sender?: Sender | undefined
}

/** The row of a world at its start; of one that was stored, `stored` says with which seed and fixture that began. */
export function firstRow (setting: WorldSetting, startedAt: Millis, fixture: Fixture, stored: WorldRow | undefined): WorldRow {
  return {
    client_id: setting.clientId,
    client_secret: setting.clientSecret,
    seed: stored?.seed ?? setting.seed,
    draws: 0,
    serials: 0,
    started_at: startedAt,
    now: startedAt,
    fixture: stored?.fixture ?? setting.fixtureName,
    content: JSON.stringify(fixture),
    timing: stored?.timing ?? setting.timing,
    tokens: setting.tokens,
    webhook_patience: stored?.webhook_patience ?? patienceOf(setting, fixture),
    connection_limit: fixture.connectionLimit ?? null
  }
}

/** A webhook that has failed for this long, an ISO 8601 duration, is deactivated, and what it had pending is given up: the documented day. The vendor's sandbox gives up after PT5M. */
const usualPatience = 'PT24H'

/** How long webhooks may fail: what was asked for goes before what the fixture says. */
export function patienceOf ({ webhookPatience }: Pick<WorldSetting, 'webhookPatience'>, fixture: Fixture): string {
  return webhookPatience ?? fixture.webhookPatience ?? usualPatience
}
