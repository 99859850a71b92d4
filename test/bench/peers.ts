import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, print } from './figures.ts'
import { requestsPerSecond } from './load.ts'
import { linkCars, start, startMock, type Server } from './servers.ts'

/** Other ways to mock an API, as of December 2026, in the newest versions that the Node of this project runs; they are installed into a folder of the system's own for what is temporary. */
const packages = {
  '@stoplight/prism-cli': '5.14.2',
  '@mockoon/cli': '9.9.0',
  'json-server': '0.17.4',
  '@scalar/mock-server': '0.3.25',
  '@hono/node-server': '1.19.0',
  hono: '4.9.0',
  msw: '2.14.3',
  '@mswjs/http-middleware': '0.10.3',
  wiremock: '3.13.2'
}

const rounds = 3
const openapi = fileURLToPath(new URL('../../openapi/openapi.json', import.meta.url))

/** What every one of them serves: a vehicle and a list of 50, as bytes of this product's own. */
interface Data { id: string, one: string, list: string }

/** How a peer is started, and under which paths it answers. */
interface Peer {
  name: string
  command: (port: number) => { program?: string, args: string[] }
  one: string
  list: string
}

/**
 * The same work in the same run, by turns: the time from the start of a process to its first 200, a vehicle, a list of
 * 50, and memory with all of its processes. Who does not run here is told as such.
 */
export async function peerFigures (): Promise<void> {
  const folder = installed()
  const data = await dataOfOurs()
  const results = new Map<string, Result>()
  results.set('mock-enode', await measured('mock-enode', () => startMock('--fixture', 'demo', '--clock', 'running'), async server => {
    const mock = server as Awaited<ReturnType<typeof startMock>>
    const [id] = await linkCars(mock, 60, {})
    return { one: `/vehicles/${id}`, list: '/vehicles?pageSize=50', headers: { authorization: `Bearer ${await mock.token()}` } }
  }))
  for (const peer of peersOf(folder, data)) {
    try {
      results.set(peer.name, await measured(peer.name, () => startPeer(peer), async () => ({ ...peer, headers: { authorization: 'Bearer a-token' } })))
    } catch (error) {
      console.log(`peers: ${peer.name} does not run here: ${(error as Error).message.slice(0, 200)}`)
    }
  }
  const ours = results.get('mock-enode')
  for (const [what, unit, isMore] of rows) {
    const others = [...results].filter(([name]) => name !== 'mock-enode').map(([name, result]) => ({ name, value: result[what] }))
    const best = others.toSorted((a, b) => isMore ? b.value - a.value : a.value - b.value)[0]
    if (ours === undefined || best === undefined) continue
    for (const { name, value } of others) print({ name: `peers: ${names[what]}, ${name}`, value, unit })
    print({ name: `peers: ${names[what]}, mock-enode`, value: ours[what], unit })
    print({ name: `peers: ${names[what]}, mock-enode to the best of them, ${best.name}`, value: ours[what] / best.value, unit: 'times', bar: isMore ? { least: 1 } : { most: 1 } })
  }
}

interface Result { startMs: number, one: number, list: number, idleMb: number, loadedMb: number }

const names: Record<keyof Result, string> = { startMs: 'first 200', one: 'a vehicle', list: 'a list of 50', idleMb: 'memory, idle', loadedMb: 'memory, after the load' }
const rows: ReadonlyArray<[what: keyof Result, unit: string, isMore: boolean]> = [['startMs', 'ms', false], ['one', 'requests/s', true], ['list', 'requests/s', true], ['idleMb', 'MB', false], ['loadedMb', 'MB', false]]

interface Work { one: string, list: string, headers: Record<string, string> }

async function measured (name: string, begin: () => Promise<Server>, workOf: (server: Server) => Promise<Work>): Promise<Result> {
  const starts: number[] = []
  for (let round = 1; round < rounds; round++) {
    const server = await begin()
    starts.push(server.startMs)
    await server.stop()
  }
  const server = await begin()
  try {
    starts.push(server.startMs)
    await new Promise(resolve => setTimeout(resolve, 1000))
    const idleMb = server.rssMb()
    const { one, list, headers } = await workOf(server)
    const rate = async (path: string): Promise<number> => {
      const load = { url: `${server.url}${path}`, headers }
      await requestsPerSecond(load, 2)
      return await requestsPerSecond(load)
    }
    const result = { startMs: median(starts), one: await rate(one), list: await rate(list), idleMb, loadedMb: server.rssMb() }
    console.log(`peers: ${name} is measured`)
    return result
  } finally {
    await server.stop()
  }
}

async function startPeer ({ command, one }: Peer): Promise<Server> {
  let asked: ReturnType<Peer['command']> = { args: [] }
  return await start([], port => {
    asked = command(port)
    return asked.args
  }, one, { programOf: () => asked.program, headers: { authorization: 'Bearer a-token' }, patienceMs: 60_000 })
}

/** Installs them, once for each list. */
function installed (): string {
  const folder = join(tmpdir(), `mock-enode-peers-${createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)}`)
  if (existsSync(join(folder, 'done'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: packages }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  writeFileSync(join(folder, 'done'), '')
  return folder
}

async function dataOfOurs (): Promise<Data> {
  const mock = await startMock('--fixture', 'empty', '--clock', 'frozen')
  try {
    const [id = ''] = await linkCars(mock, 60, {})
    const headers = { authorization: `Bearer ${await mock.token()}` }
    const text = async (path: string): Promise<string> => await (await fetch(`${mock.url}${path}`, { headers })).text()
    return { id, one: await text(`/vehicles/${id}`), list: await text('/vehicles?pageSize=50') }
  } finally {
    await mock.stop()
  }
}

function peersOf (folder: string, { id, one, list }: Data): Peer[] {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const from = (...path: string[]): string => join(folder, 'node_modules', ...path)
  const paths = { one: `/vehicles/${id}`, list: '/vehicles' }
  const texts = file('answers.mjs', `export const one = ${JSON.stringify(one)}\nexport const list = ${JSON.stringify(list)}\n`)
  const java = spawnSync('java', ['-version']).status === 0 ? 'java' : undefined
  const wiremock = join(folder, 'wiremock')
  mkdirSync(join(wiremock, 'mappings'), { recursive: true })
  for (const [name, urlPath, body] of [['one', paths.one, one], ['list', paths.list, list]] as const) {
    file(`wiremock/mappings/${name}.json`, JSON.stringify({ request: { method: 'GET', urlPath }, response: { status: 200, body, headers: { 'Content-Type': 'application/json' } } }))
  }
  return [
    { name: 'bare Fastify', command: port => ({ args: [fileURLToPath(new URL('bare.mjs', import.meta.url)), String(port)] }), one: `/constant/${one.length}`, list: `/constant/${list.length}` },
    { name: 'Prism', command: port => ({ args: [from('@stoplight', 'prism-cli', 'dist', 'index.js'), 'mock', openapi, '-h', '127.0.0.1', '-p', String(port), '-v', 'silent'] }), ...paths },
    { name: '@scalar/mock-server', command: port => ({ args: [file('scalar.mjs', scalar(port))] }), ...paths },
    { name: 'Mockoon', command: port => ({ args: [from('@mockoon', 'cli', 'bin', 'run.js'), 'start', '--data', file('mockoon.json', mockoon(port, id, one, list)), '--disable-log-to-file', '--repair'] }), ...paths },
    { name: 'json-server', command: port => ({ args: [from('json-server', 'lib', 'cli', 'bin.js'), '--host', '127.0.0.1', '--port', String(port), '--quiet', file('db.json', JSON.stringify({ vehicles: (JSON.parse(list) as { data: unknown[] }).data.with(0, JSON.parse(one)) }))] }), ...paths },
    { name: 'msw', command: port => ({ args: [file('msw.mjs', msw(port, texts))] }), ...paths },
    { name: 'WireMock', command: port => ({ program: java ?? 'java', args: ['-jar', from('wiremock', 'build', 'wiremock-standalone-3.13.2.jar'), '--port', String(port), '--bind-address', '127.0.0.1', '--root-dir', wiremock, '--no-request-journal', '--disable-banner'] }), ...paths }
  ]
}

function scalar (port: number): string {
  return `import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createMockServer } from '@scalar/mock-server'
const app = await createMockServer({ specification: JSON.parse(readFileSync(${JSON.stringify(openapi)}, 'utf8')), document: JSON.parse(readFileSync(${JSON.stringify(openapi)}, 'utf8')) })
serve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' })
`
}

function msw (port: number, texts: string): string {
  return `import { http, HttpResponse } from 'msw'
import { createServer } from '@mswjs/http-middleware'
import { one, list } from ${JSON.stringify(texts)}
const json = text => new HttpResponse(text, { headers: { 'content-type': 'application/json' } })
createServer(http.get('/vehicles/:id', () => json(one)), http.get('/vehicles', () => json(list))).listen(${port}, '127.0.0.1')
`
}

/** An environment of Mockoon with two routes. */
function mockoon (port: number, id: string, one: string, list: string): string {
  const route = (uuid: string, endpoint: string, body: string): object => ({
    uuid,
    type: 'http',
    documentation: '',
    method: 'get',
    endpoint,
    responseMode: null,
    streamingMode: null,
    streamingInterval: 0,
    responses: [{ uuid: `${uuid}-answer`, body, latency: 0, statusCode: 200, label: '', headers: [{ key: 'Content-Type', value: 'application/json' }], bodyType: 'INLINE', filePath: '', databucketID: '', sendFileAsBody: false, rules: [], rulesOperator: 'OR', disableTemplating: true, fallbackTo404: false, default: true, crudKey: 'id', callbacks: [] }]
  })
  const routes = [route('one', `vehicles/${id}`, one), route('list', 'vehicles', list)]
  return JSON.stringify({
    uuid: 'peers',
    lastMigration: 33,
    name: 'peers',
    endpointPrefix: '',
    latency: 0,
    port,
    hostname: '127.0.0.1',
    folders: [],
    routes,
    rootChildren: [{ type: 'route', uuid: 'one' }, { type: 'route', uuid: 'list' }],
    proxyMode: false,
    proxyHost: '',
    proxyRemovePrefix: false,
    tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
    cors: false,
    headers: [],
    proxyReqHeaders: [],
    proxyResHeaders: [],
    data: [],
    callbacks: []
  })
}
