import { startMock } from 'mock-enode'

/** One server for all test files; each of them makes itself a world there. */
export default async function setup (project) {
  const mock = await startMock({ port: 0, clock: 'frozen', fixture: 'empty' })
  project.provide('mockUrl', mock.url)
  return async () => { await mock.close() }
}
