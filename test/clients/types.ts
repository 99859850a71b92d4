import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startMock } from '../../src/index.ts'
import { Oracle, storedDocument } from '../helpers/openapi.ts'
import { receiver } from './receiver.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const tools = join(root, 'test', 'clients', 'node_modules')
const folder = join(root, 'node_modules', '.cache', 'mock-enode')
const run = (script: string, ...args: string[]): void => { execFileSync(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'], cwd: folder }) }

/** Each generator: how it is run, and how its types are imported. */
const generators = {
  'openapi-typescript': {
    args: ['bin/cli.js', 'openapi.json', '--output', 'openapi-typescript.ts'],
    imports: "import type { components } from './openapi-typescript.ts'\n\ntype WebhookDelivery = components['schemas']['WebhookDelivery']\ntype Vehicle = components['schemas']['Vehicle']\ntype ChargingCommand = components['schemas']['ChargingCommand']"
  },
  '@hey-api/openapi-ts': {
    args: ['bin/run.js', '--input', 'openapi.json', '--output', 'hey-api', '--client', '@hey-api/client-fetch'],
    imports: "import type { WebhookDelivery, Vehicle, ChargingCommand } from './hey-api/index.ts'"
  },
  orval: {
    args: ['dist/bin/orval.js', '--input', 'openapi.json', '--output', 'orval.ts', '--client', 'fetch'],
    imports: "import type { WebhookDelivery, Vehicle, ChargingCommand } from './orval.ts'"
  },
  'swagger-typescript-api': {
    args: ['dist/cli.mjs', 'generate', '--path', 'openapi.json', '--output', 'swagger', '--name', 'api.ts', '--silent'],
    imports: "import type { WebhookDelivery, Vehicle, ChargingCommand } from './swagger/api.ts'"
  }
}

/** What a test of somebody else writes, without the types of Node or of our dependencies at hand. */
const embedding = `import { startMock, type Mock } from '../../../dist/index.js'

const mock: Mock = await startMock({ port: 0, clock: 'frozen', seed: 7, now: '2026-01-01T00:00:00Z', fixture: 'empty' })
export const timers: number = (await mock.clock.advance({ to: '2026-01-02T00:00:00Z' })).timers
await mock.close()
// @ts-expect-error: a clock is running or frozen
await startMock({ clock: 'stopped' })
`

/** Makes clients from openapi.json with each generator, and compiles them together with a receiver and with the package's own types. */
function compile (): string[] {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'openapi.json'), readFileSync(join(root, 'openapi', 'openapi.json')))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(join(folder, 'embedding.ts'), embedding)
  const receivers = Object.entries(generators).map(([name, { args: [script = '', ...args], imports }], i) => {
    run(join(tools, name, script), ...args)
    const file = join(folder, `receiver-${i}.ts`)
    writeFileSync(file, receiver(imports))
    return file
  })
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { noEmit: true, strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2023', lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'], allowImportingTsExtensions: true, types: [] },
    include: ['.']
  }))
  run(join(root, 'node_modules', 'typescript', 'lib', 'tsc.js'), '-p', folder)
  return receivers
}

/** Every delivery of a day of the fixture `edge-cases`, from its first moment on. */
async function dayOf (take: (body: string) => void): Promise<void> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      take(Buffer.concat(parts).toString('utf8'))
      response.end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const fixture = JSON.parse(readFileSync(join(root, 'fixtures', 'edge-cases.json'), 'utf8')) as object
  writeFileSync(join(folder, 'fixture.json'), JSON.stringify({ ...fixture, webhooks: [{ url, secret: 'a secret of this day' }] }))
  const mock = await startMock({ port: 0, clock: 'frozen', now: '2026-03-10T08:00:00Z', fixture: join(folder, 'fixture.json') })
  await mock.clock.advance('P1D')
  await mock.close()
  server.closeAllConnections()
  server.close()
}

const receivers = await Promise.all(compile().map(async file => (await import(pathToFileURL(file).href) as { take: (delivery: unknown) => string[] }).take))
const oracle = new Oracle(storedDocument)
const anyDelivery = { $ref: '#/components/schemas/WebhookDelivery' }
const kinds = new Map<string, number>()
let [deliveries, mixed] = [0, 0]
await dayOf(body => {
  const delivery = JSON.parse(body) as Array<{ event: string }>
  deliveries++
  assert.ok(oracle.accepts(anyDelivery, delivery), `${body.slice(0, 2000)} is no WebhookDelivery`)
  for (const take of receivers) assert.equal(take(delivery).length, delivery.length)
  for (const { event } of delivery) kinds.set(event, (kinds.get(event) ?? 0) + 1)
  if (new Set(delivery.map(({ event }) => event)).size > 1) mixed++
})
console.log(`${Object.keys(generators).length} clients compile, and take ${deliveries} deliveries, ${mixed} of them of several kinds:`, Object.fromEntries(kinds))
assert.ok(mixed > 0 && kinds.size >= 15, `only ${[...kinds.keys()].join(', ')}`)
