import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ConfigError, readConfig, type Config } from '../config.ts'
import { type Mock } from '../index.ts'
import { getAuthorityFile } from '../tls/folder.ts'

interface Variable {
  says: string
  /** Undefined leaves the variable as it is. */
  of: (mock: Mock, config: Config) => string | undefined
}

/** What the command finds in its environment. */
export const exported: Record<string, Variable> = {
  ENODE_API_URL: { says: 'base of the API', of: mock => mock.url },
  ENODE_OAUTH_URL: { says: 'base of the OAuth host; /oauth2/token comes behind it', of: mock => mock.url },
  ENODE_TOKEN_URL: { says: 'where tokens come from, whole', of: mock => mock.tokenUrl },
  ENODE_CLIENT_ID: { says: 'client id of the default world', of: mock => mock.clientId },
  ENODE_CLIENT_SECRET: { says: 'client secret of the default world', of: mock => mock.clientSecret },
  MOCK_ENODE_URL: { says: 'base of the server; /_mock comes behind it', of: mock => mock.url },
  MOCK_ENODE_CONTROL_TOKEN: { says: 'token for /_mock, if one is set', of: (_mock, { controlToken }) => controlToken },
  NODE_EXTRA_CA_CERTS: { says: 'ca.pem of --tls, if there is one', of: (_mock, { tls }) => tls === undefined ? undefined : getAuthorityFile(tls) }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

/** Serves while a command runs, and ends with its exit code: 128 and the signal's number if a signal ended it. */
export async function exec (args: readonly string[], onServing: () => void): Promise<void> {
  const at = args.indexOf('--')
  const [command, ...rest] = at < 0 ? [] : args.slice(at + 1)
  if (command === undefined) throw new ConfigError('exec needs a command behind --, as in mock-enode exec --clock frozen -- npm test')
  const config = readConfig(args.slice(0, at), { ...process.env, PORT: undefined, HOST: undefined, LOG_LEVEL: undefined }, { port: '0', logLevel: 'silent' })
  const { serve } = await import('../index.ts')
  const mock = await serve(config)
  const variables = Object.entries(exported).map(([name, { of }]) => [name, of(mock, config) ?? process.env[name]])
  const ending = ended(command, rest, { ...process.env, ...Object.fromEntries(variables) as NodeJS.ProcessEnv })
  onServing()
  const code = await ending
  await mock.close()
  process.exit(code)
}

/** Runs a command to its end, and hands on the signals that come meanwhile. */
async function ended (command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env })
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends these to the command itself, and twice means something else to many.
      if (!(process.stdin.isTTY && ['SIGINT', 'SIGQUIT'].includes(signal))) child.kill(signal)
    })
  }
  return await new Promise(resolve => {
    child.on('exit', (code, signal) => { resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']) })
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return
      console.error(`mock-enode: ${command} cannot be run: ${error.message}`)
      // As shells have it: found but not to be run, or not found.
      resolve(error.code === 'EACCES' ? 126 : 127)
    })
  })
}
