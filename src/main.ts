#!/usr/bin/env node
import module from 'node:module'
import { ConfigError } from './config.ts'
import { version } from './lib/package.ts'

// Node 22 and newer remember what they compiled from one start to the next.
const { enableCompileCache } = module as { enableCompileCache?: () => void }
enableCompileCache?.()

/** What stands behind the program's name; each is loaded only when it runs. */
const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: async args => { await (await import('./cli/start.ts')).start(args) },
  exec: async args => { await (await import('./cli/exec.ts')).exec(args) },
  healthcheck: async args => { await (await import('./cli/healthcheck.ts')).healthcheck(args) },
  tail: async args => { await (await import('./cli/tail.ts')).tail(args) },
  replay: async args => { await (await import('./cli/replay.ts')).replay(args) },
  '--help': async () => { (await import('./cli/help.ts')).help() },
  '--version': async () => { console.log(version) }
}

const others: Record<string, string> = { help: '--help', '-h': '--help' }

const [first = 'start', ...rest] = process.argv.slice(2)

try {
  const run = commands[others[first] ?? first]
  if (run !== undefined) await run(rest)
  else if (first.startsWith('-')) await commands.start?.(process.argv.slice(2))
  else throw new ConfigError(`there is no command ${first}: use ${Object.keys(commands).join(', ')}`)
} catch (error) {
  console.error(`mock-enode: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(error instanceof ConfigError ? 2 : 1)
}
