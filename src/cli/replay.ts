import { readFileSync } from 'node:fs'
import { ConfigError } from '../config.ts'
import { startMock } from '../index.ts'
import { type Replayed } from '../contract/mock-journal.ts'

/** `mock-enode replay FILE`: plays a log from `GET /_mock/log` in this process, and fails at the first difference. */
export async function replay ([file, ...rest]: string[]): Promise<void> {
  if (file === undefined || file.startsWith('-') || rest.length > 0) throw new ConfigError('replay takes one file, a log from GET /_mock/log')
  const mock = await startMock({ port: 0, clock: 'frozen', fixture: 'empty' })
  try {
    const response = await fetch(`${mock.url}/_mock/replay`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: readLog(file) })
    const answer = await response.json() as Replayed & { detail?: string }
    if (!response.ok) throw new ConfigError(`${file}: ${answer.detail ?? response.status}`)
    console.log(`${answer.calls} calls and ${answer.deliveries} deliveries played`)
    const { difference } = answer
    if (difference !== null) throw new Error(`entry ${difference.entry} at ${difference.at} differs, ${difference.what}\n  expected: ${difference.expected}\n  came:     ${difference.came}`)
    console.log('every byte is the same')
  } finally {
    await mock.close()
  }
}

function readLog (file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${(error as Error).message}`)
  }
}
