import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { events } from '../../src/contract/events.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What somebody writes against the package's types. */
const typed = `
async function test () {
  const mock: Mock = await startMock({ port: 0, clock: 'frozen', seed: 7 })
  const timers: number = (await mock.clock.advance('PT1H')).timers
  // @ts-expect-error: a clock is running or frozen
  await startMock({ clock: 'stopped' })
  const container = new MockEnodeContainer('mock-enode').withSeed(timers).withFrozenClock('2026-01-01T00:00:00Z').withFixture('empty')
  const url: string = (await container.start()).getUrl()
  return url
}
test.name.trim()
`

/** The environment of somebody who has nothing to do with this project: without what npm and tap add to it. */
const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|_?TAP|NODE_OPTIONS|INIT_CWD|FORCE_COLOR)/.test(name))), NO_COLOR: '1' }

async function run (cwd: string, command: string, ...args: string[]): Promise<{ code: number | null, out: string, all: string }> {
  return await new Promise(resolve => {
    const child = execFile(command, args, { cwd, env, timeout: 600_000, maxBuffer: 1e8 }, (_error, out, err) => { resolve({ code: child.exitCode, out, all: out + err }) })
  })
}

const folder = mkdtempSync(join(tmpdir(), 'mock-enode-package-'))
t.teardown(() => { rmSync(folder, { recursive: true, force: true }) })
const project = join(folder, 'project')
mkdirSync(project)

t.test('it packs what it needs to run, and nothing else', async t => {
  // `prepare` builds, so that what is packed is what the sources say.
  const { code, out, all } = await run(root, 'npm', 'pack', '--json', '--silent', '--pack-destination', folder)
  t.equal(code, 0, 'npm pack', { output: all })
  const [packed] = JSON.parse(out.slice(out.indexOf('[\n'))) as Array<{ size: number, unpackedSize: number, files: Array<{ path: string }> }>
  const paths = packed?.files.map(({ path }) => path) ?? []
  t.same(paths.filter(path => !/^(dist|fixtures|page)\//.test(path)).sort(), ['LICENSE', 'README.md', 'openapi/openapi.json', 'package.json'])
  for (const path of ['dist/main.js', 'dist/index.js', 'dist/index.d.ts', 'dist/testcontainers.js', 'dist/testcontainers.d.ts', 'fixtures/demo.json', 'page/index.html']) t.ok(paths.includes(path), path)
  t.comment(`${packed?.size} bytes, ${packed?.unpackedSize} unpacked`)
})

t.test('it installs into an empty folder, and its program runs', async t => {
  const [tarball = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'))
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n')
  const { code, all } = await run(project, 'npm', 'install', '--no-audit', '--no-fund', join(folder, tarball))
  t.equal(code, 0, 'npm install', { output: all })
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  t.equal((await run(project, 'npx', '--no-install', 'mock-enode', '--version')).out, `${version}\n`)
  const exec = await run(project, 'npx', '--no-install', 'mock-enode', 'exec', '--', process.execPath, '-e', 'fetch(process.env.MOCK_ENODE_URL + "/_mock/health").then(({ status }) => process.exit(status === 200 ? 42 : 1))')
  t.equal(exec.code, 42, exec.all)
})

t.test('CommonJS and ES modules load it', async t => {
  const body = '.then(async mock => { console.log((await fetch(mock.url + "/health/ready", { headers: { authorization: "Bearer none" } })).status); await mock.close() })'
  for (const [name, text] of [
    ['start.cjs', `const { startMock } = require('mock-enode')\nstartMock({ port: 0 })${body}`],
    ['start.mjs', `import { startMock } from 'mock-enode'\nstartMock({ port: 0 })${body}`]
  ] as const) {
    writeFileSync(join(project, name), text)
    const { code, all } = await run(project, process.execPath, name)
    t.same([code, all], [0, '401\n'], `${name} runs without a warning`)
  }
})

t.test('the documents of the package are found by their names', async t => {
  const names = ['mock-enode/openapi.json', 'mock-enode/fixture.schema.json']
  const say = 'console.log(openapi.openapi, Object.keys(openapi.webhooks).length, fixture.title)\n'
  for (const [name, text] of [
    ['documents.cjs', `const [openapi, fixture] = ${JSON.stringify(names)}.map(name => require(name))\n${say}`],
    ['documents.mjs', `import { readFileSync } from 'node:fs'\nconst [openapi, fixture] = ${JSON.stringify(names)}.map(name => JSON.parse(readFileSync(new URL(import.meta.resolve(name)), 'utf8')))\n${say}`]
  ] as const) {
    writeFileSync(join(project, name), text)
    const { code, all } = await run(project, process.execPath, name)
    t.same([code, all], [0, `3.1.0 ${Object.keys(events).length} Fixture\n`], name)
  }
})

t.test('its types compile, and the examples pass', async t => {
  const { code, all } = await run(project, 'npm', 'install', '--no-audit', '--no-fund', 'vitest@^4', 'jest@^30', 'testcontainers@^11')
  t.equal(code, 0, 'npm install', { output: all })

  const imports = "import { startMock, type Mock } from 'mock-enode'\nimport { MockEnodeContainer } from 'mock-enode/testcontainers'\n"
  for (const name of ['module.mts', 'common.cts']) writeFileSync(join(project, name), imports + typed)
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom,esnext.disposable', '--typeRoots', join(root, 'node_modules/@types'), '--types', 'node']
  const tsc = await run(project, process.execPath, join(root, 'node_modules/typescript/lib/tsc.js'), ...flags, 'module.mts', 'common.cts')
  t.same([tsc.code, tsc.all], [0, ''], 'from an ES module and from CommonJS')

  cpSync(join(root, 'examples'), join(project, 'examples'), { recursive: true })
  for (const [example, passed] of [['node-test', /^. pass 1$/m], ['vitest', /Tests +1 passed/], ['jest', /Tests: +1 passed/]] as const) {
    const { code, all } = await run(join(project, 'examples', example), 'npm', 'test')
    t.equal(code, 0, example, { output: all })
    t.match(all, passed)
  }
})
