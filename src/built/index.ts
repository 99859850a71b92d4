import type { Mock, MockOptions } from '../index.ts'
import { load } from './load.ts'

const { whole, store } = load()

export const ConfigError = whole.ConfigError

export async function startMock (options?: MockOptions): Promise<Mock> {
  const mock = await whole.startMock(options)
  store()
  return mock
}
