import { parseArgs } from 'node:util'
import { wallNow } from './lib/clock.ts'
import { ConfigError } from './lib/config-error.ts'
import { durationOf, parseTime, type Millis } from './lib/time.ts'
import { type Timing, timings, type TokenClock, tokenClocks } from './contract/timing.ts'

/** The settings of a server, checked. Names are those of the flags. */
export interface Config {
  port: number
  host: string
  publicUrl: string | undefined
  tls: string | undefined
  data: string | undefined
  fixture: string
  seed: number
  now: Millis
  clock: 'running' | 'frozen'
  speed: number
  timing: Timing
  tokens: TokenClock
  webhookPatience: string | undefined
  clientId: string
  clientSecret: string
  controlToken: string | undefined
  logLevel: string
}

export { ConfigError }

interface Flag<T> {
  default: string | undefined
  says: string
  /** Reads the text; throws an Error that says what is expected. */
  read: (text: string) => T
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

const flags: { [K in keyof Config]: Flag<Config[K]> } = {
  port: { default: '3663', says: 'port to listen on, 0 takes a free one', read: integer(0, 65535) },
  host: { default: '127.0.0.1', says: 'address to listen on, loopback unless told otherwise', read: text },
  publicUrl: { default: undefined, says: 'base of the URLs that are handed out, the request\'s Host if left out', read: url },
  tls: { default: undefined, says: 'folder of cert.pem and key.pem, made if not there: serves https in place of http', read: text },
  data: { default: undefined, says: 'folder of the SQLite file, in memory if left out', read: text },
  fixture: { default: 'demo', says: 'starting content: demo, empty, home, street, fleet, edge-cases, or a file', read: text },
  seed: { default: '1', says: 'seed of everything that looks random', read: integer(0, 4294967295) },
  now: { default: undefined, says: 'start of simulated time, ISO 8601, the wall clock if left out', read: time },
  clock: { default: 'running', says: 'running or frozen', read: oneOf('running', 'frozen') },
  speed: { default: '1', says: 'simulated seconds for each real second', read: speed },
  timing: { default: 'quick', says: 'quick (an action takes 2 s) or realistic (about 20 s, now and then minutes)', read: oneOf(...timings) },
  tokens: { default: 'real', says: 'real (a token lasts 3,599 s of real time) or simulated (of simulated time)', read: oneOf(...tokenClocks) },
  webhookPatience: { default: undefined, says: 'ISO 8601 duration of failure after which a webhook is given up, PT24H or as the fixture says if left out', read: duration },
  clientId: { default: 'mock-client', says: 'client id of the default world', read: text },
  clientSecret: { default: 'mock-secret', says: 'client secret of the default world', read: text },
  controlToken: { default: undefined, says: 'bearer token that /_mock asks for, none if left out', read: token },
  logLevel: { default: 'info', says: levels.join(', '), read: oneOf(...levels) }
}

const names = Object.keys(flags) as Array<keyof Config>
const numeric: Array<keyof Config> = ['port', 'seed', 'speed']

/** Reads the settings: defaults, which can be replaced, then the environment, then the flags. Throws a ConfigError. */
export function readConfig (args: readonly string[], env: Readonly<Record<string, string | undefined>>, defaults: Partial<Record<keyof Config, string>> = {}): Config {
  const given = parse(args)
  const config: Record<string, unknown> = {}
  for (const name of names) {
    const flag = `--${kebab(name)}`
    const variable = `MOCK_ENODE_${kebab(name).replaceAll('-', '_').toUpperCase()}`
    const common = ({ port: 'PORT', host: 'HOST', logLevel: 'LOG_LEVEL' } as Record<string, string>)[name]
    // An empty variable is one that is not set, as in compose files; an empty flag is a mistake.
    const [source, value] = [[flag, given[kebab(name)]], [variable, env[variable] || undefined], [common ?? '', (common && env[common]) || undefined], ['default', defaults[name] ?? flags[name].default]]
      .find(([, text]) => text !== undefined) ?? []
    config[name] = value === undefined ? undefined : check(name, source ?? '', value)
  }
  config.now ??= wallNow()
  return config as unknown as Config
}

/** Checks options that come from code, by the names of the flags in camelCase. Throws a ConfigError. */
export function checkOptions (options: Readonly<Record<string, unknown>>): Config {
  const unknown = Object.keys(options).find(name => !(names as string[]).includes(name))
  if (unknown !== undefined) throw new ConfigError(`there is no option ${unknown}: the options are ${names.join(', ')}`)
  const config: Record<string, unknown> = {}
  for (const name of names) {
    const value = options[name] ?? flags[name].default
    if (typeof value === 'number' ? !numeric.includes(name) : typeof value === 'object' && !(value instanceof Date && name === 'now')) {
      throw new ConfigError(`option ${name} must be a text, not ${JSON.stringify(value)}`)
    }
    config[name] = value === undefined ? undefined : check(name, `option ${name}`, textOf(value))
  }
  config.now ??= wallNow()
  return config as unknown as Config
}

/** An option as the text that a flag would have; a Date as ISO 8601. */
export function textOf (value: unknown): string {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value)
}

/** The flags with what they mean, a line each. */
export function usage (): string {
  const lines = names.map(name => `  --${kebab(name).padEnd(18)}${flags[name].says}${flags[name].default === undefined ? '' : ` (${flags[name].default})`}`)
  return `${lines.join('\n')}\n\nEvery flag has an environment name, such as MOCK_ENODE_LOG_LEVEL; PORT, HOST and LOG_LEVEL work too.`
}

function parse (args: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(names.map(name => [kebab(name), { type: 'string' as const }]))
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    const { message } = error as Error
    const flag = /'(--[a-z-]+)/.exec(message)?.[1] ?? ''
    if (/ambiguous|argument missing/.test(message)) throw new ConfigError(`${flag} needs a value; one that begins with a dash is written as ${flag}=-1`)
    throw new ConfigError(`${message.split(/[.\n] ?/)[0] ?? ''}. The flags are ${names.map(name => `--${kebab(name)}`).join(', ')}`)
  }
}

function check (name: keyof Config, source: string, value: string): unknown {
  try {
    return flags[name].read(value)
  } catch (error) {
    throw new ConfigError(`${source} must be ${(error as Error).message}, not ${/secret|token/i.test(name) ? 'what was given' : `"${value}"`}`)
  }
}

function kebab (name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

function text (value: string): string {
  if (value.length < 1 || value.length > 1000) throw new Error('a text of 1 to 1000 characters')
  return value
}

/** What can stand behind `Bearer` in a header. */
function token (value: string): string {
  if (!/^[!-~]{1,1000}$/.test(value)) throw new Error('1 to 1000 visible ASCII characters without spaces')
  return value
}

function integer (low: number, high: number): (value: string) => number {
  return value => {
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < low || number > high) throw new Error(`a whole number from ${low} to ${high}`)
    return number
  }
}

function speed (value: string): number {
  const number = Number(value)
  if (!(number > 0 && number <= 1e6)) throw new Error('a number above 0 and up to 1000000')
  return number
}

function time (value: string): Millis {
  const at = parseTime(value)
  if (at === undefined) throw new Error('an ISO 8601 time with an offset, such as 2026-01-01T00:00:00Z')
  return at
}

function duration (value: string): string {
  if (durationOf(value) === undefined) throw new Error('an ISO 8601 duration above zero, such as PT24H or PT5M')
  return value
}

function url (value: string): string {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw new Error('an http or https URL')
  return value.replace(/\/+$/, '')
}

function oneOf<T extends string> (...values: readonly T[]): (value: string) => T {
  return value => {
    const found = values.find(each => each === value)
    if (found === undefined) throw new Error(`one of ${values.join(', ')}`)
    return found
  }
}

/** The base URL of a server that listens on this address; one that stands for all addresses is reached as localhost. */
export function urlOf ({ host, port, tls }: Pick<Config, 'host' | 'port' | 'tls'>): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls === undefined ? 'http' : 'https'}://${name}:${port}`
}
