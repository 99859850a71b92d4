import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../helpers/free-port.ts'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
const bare = fileURLToPath(new URL('bare.mjs', import.meta.url))

/** A server in a process of its own. */
export interface Server {
  url: string
  /** From the start of the process to its first 200. */
  startMs: number
  rssMb: () => number
  /** CPU that the process took so far, in ms; Linux tells, to 10 ms. */
  cpuMs: () => number
  stop: () => Promise<void>
}

/** The built mock-enode, with the calls that the measurements need. */
export interface Mock extends Server {
  token: () => Promise<string>
  /** The token of `api`, fetched once. */
  bearer: () => Promise<string>
  api: (path: string, body?: unknown) => Promise<any>
  control: (path: string, body?: unknown) => Promise<any>
  /** PATCH of the control API. */
  change: (path: string, body: unknown) => Promise<any>
  /** PUT of the control API. */
  replace: (path: string, body: unknown) => Promise<any>
}

export async function startMock (...flags: string[]): Promise<Mock> {
  const server = await start([main, '--log-level', 'silent', ...flags], port => ['--port', String(port)], '/_mock/health')
  let token: string | undefined
  const fetchToken = async (): Promise<string> => {
    const answer = await fetch(`${server.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('mock-client:mock-secret')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' })
    })
    return (await answer.json() as { access_token: string }).access_token
  }
  const bearer = async (): Promise<string> => (token ??= await fetchToken())
  return {
    ...server,
    token: fetchToken,
    bearer,
    api: async (path, body) => await call(`${server.url}${path}`, body, { authorization: `Bearer ${await bearer()}` }),
    control: async (path, body) => await call(`${server.url}/_mock${path}`, body, { 'x-mock-world': 'default' }),
    change: async (path, body) => await call(`${server.url}/_mock${path}`, body, { 'x-mock-world': 'default' }, 'PATCH'),
    replace: async (path, body) => await call(`${server.url}/_mock${path}`, body, { 'x-mock-world': 'default' }, 'PUT')
  }
}

/** Fastify alone: `GET` and `POST` on `/constant/<bytes>` answer a constant JSON of that many bytes. */
export async function startBare (): Promise<Server> {
  return await start([bare], port => [String(port)], '/constant/100')
}

/** Cars in one account of one user; answers their ids. */
export async function linkCars (mock: Mock, count: number, state: object, userId = 'user-1'): Promise<string[]> {
  const device = { type: 'vehicle', state }
  const account = await mock.control('/accounts', { vendor: 'TESLA', userId, devices: Array.from({ length: count }, () => device) })
  return (account.devices as Array<{ id: string }>).map(each => each.id)
}

/** Every car is changed from outside, which is an event each. */
export async function changeCars (mock: Mock, cars: readonly string[], state: object): Promise<void> {
  for (const car of cars) {
    const answer = await fetch(`${mock.url}/_mock/devices/${car}`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ state }) })
    if (!answer.ok) throw new Error(await answer.text())
    await answer.arrayBuffer()
  }
}

/** What a server keeps in its folder of data. */
export function folderMb (folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 2 ** 20
}

/** How a program is started that is not one of ours. */
interface Foreign { programOf?: () => string | undefined, headers?: Record<string, string>, patienceMs?: number }

/** Starts a program with Node, or another one, and waits until it answers a path with a 200. */
export async function start (args: string[], portArgs: (port: number) => string[], path: string, { programOf = () => undefined, headers = {}, patienceMs = 30_000 }: Foreign = {}): Promise<Server> {
  const port = await freePort()
  const from = performance.now()
  const all = [...args, ...portArgs(port)]
  const child = spawn(programOf() ?? process.execPath, all, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } })
  const url = `http://127.0.0.1:${port}`
  let failure: Error | undefined
  child.once('error', error => { failure = error })
  while (await statusOf(`${url}${path}`, headers) !== 200) {
    if (failure !== undefined) throw failure
    if (child.exitCode !== null) throw new Error(`${all.join(' ')} ended with ${child.exitCode}: was it built?`)
    if (performance.now() - from > patienceMs) {
      child.kill('SIGKILL')
      throw new Error(`no 200 within ${patienceMs / 1000} s`)
    }
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  return { url, startMs: performance.now() - from, rssMb: () => rssMb(child), cpuMs: () => cpuMs(child), stop: async () => { await stop(child) } }
}

async function stop (child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Undefined while nobody listens. */
async function statusOf (url: string, headers: Record<string, string>): Promise<number | undefined> {
  try {
    const request = get(url, { agent: false, headers })
    const [response] = await once(request, 'response') as [IncomingMessage]
    response.resume()
    return response.statusCode
  } catch {
    return undefined
  }
}

async function call (url: string, body: unknown, headers: Record<string, string>, method = 'POST'): Promise<any> {
  const sent = body === undefined ? { headers } : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(url, sent)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 500)}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** What the process and its children hold in memory. Linux tells; elsewhere it is not measured. */
function rssMb (child: ChildProcess): number {
  try {
    return [child.pid ?? 0, ...childrenOf(child.pid ?? 0)].reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024, 0)
  } catch {
    return NaN
  }
}

function cpuMs (child: ChildProcess): number {
  try {
    const [user = NaN, system = NaN] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ').slice(13, 15).map(Number)
    return (user + system) * 10
  } catch {
    return NaN
  }
}

function childrenOf (pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(text => text !== '').map(Number)
  return children.flatMap(child => [child, ...childrenOf(child)])
}
