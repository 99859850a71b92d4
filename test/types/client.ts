import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a client might write against the generated types. */
const usage = `import type { components, operations, paths, webhooks } from './generated.ts'

type Vehicle = components['schemas']['Vehicle']
type Body = NonNullable<operations['controlVehicleCharging']['requestBody']>['content']['application/json']
type Page = paths['/vehicles']['get']['responses'][200]['content']['application/json']
type Delivery = NonNullable<webhooks['user:vehicle:updated']['post']['requestBody']>['content']['application/json']

export const start: Body = { action: 'START' }
export const levels = (page: Page): Array<number | null> => page.data.map(vehicle => vehicle.chargeState.batteryLevel)
export const first = (delivery: Delivery): Vehicle | undefined => delivery[0]?.vehicle
// @ts-expect-error: no such command
export const wrong: Body = { action: 'PAUSE' }
`

/** What a test of somebody else writes, without the types of Node or of our dependencies at hand. */
const embedding = `import { startMock, type Mock } from '../../../dist/index.js'

const mock: Mock = await startMock({ port: 0, clock: 'frozen', seed: 7, now: '2026-01-01T00:00:00Z', fixture: 'empty' })
export const timers: number = (await mock.clock.advance({ to: '2026-01-02T00:00:00Z' })).timers
await mock.close()
// @ts-expect-error: a clock is running or frozen
await startMock({ clock: 'stopped' })
`

/** Makes client types from openapi.json with openapi-typescript and compiles them together with some use of them and of the package's own types. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'node_modules', '.cache', 'mock-enode')
const require = createRequire(import.meta.url)
const run = (script: string, ...args: string[]): void => { execFileSync(process.execPath, [script, ...args], { stdio: 'inherit', cwd: root }) }

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'client.ts'), usage)
writeFileSync(join(folder, 'embedding.ts'), embedding)
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
  compilerOptions: { noEmit: true, strict: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom', 'esnext.disposable'], allowImportingTsExtensions: true, types: [] },
  include: ['.']
}))
run(join(dirname(require.resolve('openapi-typescript/package.json')), 'bin', 'cli.js'), 'openapi/openapi.json', '--output', join(folder, 'generated.ts'))
run(require.resolve('typescript/lib/tsc.js'), '-p', folder)
