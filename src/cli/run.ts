import { ConfigError } from '../config.ts'
import { version } from '../lib/package.ts'

/** What stands behind the program's name; each is loaded only when it runs. */
const commands: Record<string, (args: string[], onServing: () => void) => Promise<void>> = {
  start: async (args, onServing) => { await (await import('./start.ts')).start(args, onServing) },
  exec: async (args, onServing) => { await (await import('./exec.ts')).exec(args, onServing) },
  healthcheck: async args => { await (await import('./healthcheck.ts')).healthcheck(args) },
  tail: async args => { await (await import('./tail.ts')).tail(args) },
  replay: async args => { await (await import('./replay.ts')).replay(args) },
  '--help': async () => { (await import('./help.ts')).help() },
  '--version': async () => { console.log(version) }
}

const others: Record<string, string> = { help: '--help', '-h': '--help' }

/** Runs the command that the arguments name; without one, `start`. Tells when a server serves. */
export async function run (args: string[], onServing: () => void): Promise<void> {
  const [first = 'start', ...rest] = args
  try {
    const command = commands[others[first] ?? first]
    if (command !== undefined) await command(rest, onServing)
    else if (first.startsWith('-')) await commands.start?.(args, onServing)
    else throw new ConfigError(`there is no command ${first}: use ${Object.keys(commands).join(', ')}`)
  } catch (error) {
    console.error(`mock-enode: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(error instanceof ConfigError ? 2 : 1)
  }
}
