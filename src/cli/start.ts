import { readConfig } from '../config.ts'

/** Serves until a signal, and prints what a client needs. */
export async function start (args: readonly string[], onServing: () => void): Promise<void> {
  const config = readConfig(args, process.env)
  const { serve } = await import('../index.ts')
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
  onServing()
}
