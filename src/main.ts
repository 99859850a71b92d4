#!/usr/bin/env node
import { ConfigError, readConfig, urlOf, usage, type Config } from './config.ts'
import { version } from './lib/package.ts'

const [command, ...rest] = process.argv.slice(2)

try {
  if (command === 'healthcheck') await healthcheck(readConfig(rest, process.env))
  else if (command === 'tail') await (await import('./cli/tail.ts')).tail(rest)
  else if (command === 'replay') await (await import('./cli/replay.ts')).replay(rest)
  else if (command === '--help' || command === '-h' || command === 'help') console.log(usage())
  else if (command === '--version') console.log(version)
  else if (command === 'start') await start(readConfig(rest, process.env))
  else if (command === undefined || command.startsWith('-')) await start(readConfig(process.argv.slice(2), process.env))
  else throw new ConfigError(`there is no command ${command}: use start, healthcheck, tail, replay or --help`)
} catch (error) {
  console.error(`mock-enode: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(error instanceof ConfigError ? 2 : 1)
}

async function start (config: Config): Promise<void> {
  const { serve } = await import('./index.ts')
  const mock = await serve(config)
  const isOwnSecret = config.clientSecret !== readConfig([], {}).clientSecret
  console.log(`mock-enode listens on ${mock.url}
  token         ${mock.tokenUrl}
  client id     ${config.clientId}
  client secret ${isOwnSecret ? '(as you set it)' : config.clientSecret}
  docs          ${mock.url}/docs and ${mock.url}/_mock/docs
  clock         ${config.clock} at ${mock.clock.now()}${config.clock === 'running' ? `, speed ${config.speed}` : ''}
  seed          ${mock.seed}, fixture ${mock.fixture}, timing ${config.timing}`)
  if (mock.isResumed) console.log(`  world         goes on from ${String(config.data)}; --seed, --fixture and --now count for a new world only`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      mock.close().then(() => process.exit(0), (error: unknown) => {
        console.error(error)
        process.exit(1)
      })
    })
  }
}

async function healthcheck ({ host, port }: Config): Promise<void> {
  const url = urlOf(host, port)
  const response = await fetch(`${url}/_mock/health`, { signal: AbortSignal.timeout(3000) }).catch((error: unknown) => {
    throw new Error(`nothing answers at ${url}: ${String((error as Error).cause ?? error)}`)
  })
  if (!response.ok) throw new Error(`the server at ${url} answers ${response.status}`)
}
