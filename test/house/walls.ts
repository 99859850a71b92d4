/**
 * What a room may take from another: all of it, or only types, which are gone when the program runs. A list is of files
 * of which it may take more than types.
 */
export type Way = 'all' | 'types' | readonly string[]

export interface Room {
  /** What lives there, in a few words. */
  says: string
  /** From which rooms it may import, and how much; `free` for what puts the program together. */
  may: Readonly<Record<string, Way>> | 'free'
}

const low = { lib: 'all', contract: 'all', devices: 'all', store: 'types' } as const

/** A room is a folder of `src`, or a file that stands alone. They stand in the order in which they build on each other: no import goes down this table. */
export const rooms: Readonly<Record<string, Room>> = {
  lib: { says: 'clock, durations, seeded chance, problems, cursors: what any program could use', may: {} },
  contract: { says: 'the schemas of everything on the wire, and their types', may: { lib: 'all' } },
  devices: { says: 'a folder for each kind of device: pure functions from state, command and time to state, and from state to what the API shows', may: { lib: 'all', contract: 'all' } },
  store: { says: 'the only SQL: one module for each table', may: { lib: 'all', contract: ['src/contract/timing.ts'], devices: ['src/devices/energy.ts'] } },
  'domain/truth': { says: 'what is so: homes and their devices, states, the ledger of energy, how long things take', may: low },
  'domain/prices': { says: 'what a kWh costs: markets, rates of tariffs, and the terms from which prices follow', may: low },
  'domain/faults': { says: 'faults, and what they do to requests, actions, polls, deliveries and linking', may: low },
  'domain/tell': { says: 'events, webhooks, the timeline, deliveries as they are shown', may: low },
  'domain/interventions': { says: 'what a user has to do so that a capability comes back', may: low },
  'domain/sight': { says: 'what Enode sees: polls, views, stays, geofences, HEM systems; and the row or the 404 of everything', may: { ...low, 'domain/truth': 'all', 'domain/prices': 'all', 'domain/faults': 'all', 'domain/tell': 'all' } },
  'domain/statistics': { says: 'statistics of charging, inverters and HEM systems', may: { ...low, 'domain/truth': 'all', 'domain/prices': 'all', 'domain/faults': 'all', 'domain/tell': 'all', 'domain/sight': 'all' } },
  'domain/control': { says: 'what acts on devices: actions, schedules, smart charging and its overrides', may: { ...low, 'domain/truth': 'all', 'domain/prices': 'all', 'domain/faults': 'all', 'domain/tell': 'all', 'domain/sight': 'all' } },
  'domain/places': { says: 'locations and the tariffs that are linked there', may: { ...low, 'domain/prices': 'all', 'domain/sight': 'all', 'domain/control': 'all' } },
  'domain/linking': { says: 'users, accounts, link sessions, scopes, HEM systems as they form, health, tokens', may: { ...low, 'domain/truth': 'all', 'domain/faults': 'all', 'domain/tell': 'all', 'domain/interventions': 'all', 'domain/sight': 'all', 'domain/statistics': 'all', 'domain/control': 'all' } },
  'domain/bench': { says: 'what a tester does: changing devices, events on demand, fixtures', may: { ...low, 'domain/truth': 'all', 'domain/faults': 'all', 'domain/tell': 'all', 'domain/interventions': 'all', 'domain/sight': 'all', 'domain/statistics': 'all', 'domain/control': 'all', 'domain/places': 'all', 'domain/linking': 'all' } },
  engine: { says: 'moves time from timer to timer', may: { lib: 'all', store: 'all' } },
  webhooks: { says: 'takes deliveries from the outbox and posts them', may: { lib: 'all', store: 'all' } },
  world: { says: 'joins store, clock, engine, dispatcher and domain to a world', may: { lib: 'all', contract: 'all', store: 'all', domain: 'all', engine: 'all', webhooks: 'all' } },
  http: { says: 'the documented API', may: { lib: 'all', contract: 'all', devices: 'types', domain: 'all', world: 'types' } },
  // Its OpenAPI document is made as the documented one is.
  'mock-api': { says: 'the control API under `/_mock`', may: { lib: 'all', contract: 'all', domain: 'all', world: 'all', http: ['src/http/document.ts'] } },
  link: { says: 'Link UI', may: { lib: 'all', contract: 'all', domain: 'all', world: 'all' } },
  images: { says: 'the pictures of assets', may: { lib: 'all', contract: 'all' } },
  tls: { says: 'the certificates that `--tls` serves with', may: { lib: 'all' } },
  'config.ts': { says: 'the settings of a server: flags, environment, options', may: { lib: 'all', contract: 'all' } },
  'replay.ts': { says: 'plays a log in a server of its own', may: 'free' },
  'app.ts': { says: 'puts a server together', may: 'free' },
  'testcontainers.ts': { says: 'the container for tests of other programs', may: {} },
  'index.ts': { says: 'the package: `startMock`', may: 'free' },
  cli: { says: 'a file for each command of the command line', may: { lib: 'all', contract: 'types', tls: 'all', 'config.ts': 'all', 'index.ts': 'all' } },
  'main.ts': { says: 'the program as it runs from the sources', may: 'free' },
  built: { says: 'the program and the package as they are built: how they find and load the one script that they are', may: 'free' }
}

/** Rooms side by side of which some others may use all: `domain` stands for every room in it. */
export function wayTo (from: string, to: string): Way | undefined {
  const may: Room['may'] = rooms[from]?.may ?? {}
  return may === 'free' ? 'all' : may[to] ?? may[to.split('/')[0] ?? '']
}
