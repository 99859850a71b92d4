import type { run as command } from '../cli/run.ts'
import type * as index from '../index.ts'

/** All of the program, as it is built into one script; each part is loaded only when it is asked for. */
export async function run (...args: Parameters<typeof command>): Promise<void> {
  await (await import('../cli/run.ts')).run(...args)
}

export async function startMock (options?: index.MockOptions): Promise<index.Mock> {
  return await (await import('../index.ts')).startMock(options)
}

export { ConfigError } from '../lib/config-error.ts'
