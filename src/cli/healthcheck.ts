import { readFileSync } from 'node:fs'
import { Agent, request } from 'undici'
import { ConfigError, readConfig, urlOf } from '../config.ts'

/** Ends well when the server on the same settings is healthy; throws when nothing answers there, or answers otherwise. */
export async function healthcheck (args: readonly string[]): Promise<void> {
  const config = readConfig(args[0] === '--pid' ? flagsOf(args[1] ?? '') : args, process.env)
  const url = urlOf(config)
  // Whether it is up is asked here and nothing told, so that its certificate may be anybody's.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
  const { statusCode } = await request(`${url}/_mock/health`, { dispatcher, signal: AbortSignal.timeout(3000) }).catch((error: unknown) => {
    throw new Error(`nothing answers at ${url}: ${String(error)}`)
  })
  await dispatcher.destroy()
  if (statusCode !== 200) throw new Error(`the server at ${url} answers ${statusCode}`)
}

/** The flags of a server by its process id, so that a container's check knows those behind the image's name. */
function flagsOf (pid: string): string[] {
  if (!/^\d+$/.test(pid)) throw new ConfigError('healthcheck --pid needs the number of a process')
  let words: string[]
  try {
    words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch (error) {
    throw new ConfigError(`healthcheck --pid ${pid}: ${(error as Error).message}`)
  }
  // What starts it comes first: node, or an init process and the program's name.
  const flags = words.slice(words.findIndex(word => /(^|\/)(mock-enode|main\.m?js)$/.test(word)) + 1)
  return flags[0] === 'start' ? flags.slice(1) : flags
}
