import { execFile, spawn } from 'node:child_process'
import { once as onceOf } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mock as nodeMock } from 'node:test'
import t, { type Test } from 'tap'
import { GenericContainer, type StartedTestContainer } from 'testcontainers'
import { exported } from '../src/cli/exec.ts'
import { readConfig } from '../src/config.ts'
import { ConfigError, startMock } from '../src/index.ts'
import { MockEnodeContainer } from '../src/testcontainers.ts'
import { vendorHosts } from '../src/tls/folder.ts'
import { start } from './helpers/build.ts'
import { freePort } from './helpers/free-port.ts'
import { bare, main, once, root, run } from './helpers/program.ts'

/** Runs a Node program beside the server, and answers what it printed so far. */
function beside (t: Test, args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, args, { env: { ...bare, ...env }, cwd: root })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { output += String(chunk) })
  t.teardown(() => { child.kill('SIGKILL') })
  const saw = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (let tries = 0; tries < 400; tries++) {
      const found = pattern.exec(output)
      if (found !== null) return found
      await new Promise(resolve => setTimeout(resolve, 25))
    }
    throw new Error(`${args.join(' ')} did not print ${String(pattern)} but: ${output}`)
  }
  return { child, saw, output: () => output, ended: onceOf(child, 'close') as Promise<[number | null]> }
}

/** Calls a URL as it stands, at whatever port of this machine, as a network alias would lead it there. */
async function curl (port: string, ...args: string[]): Promise<{ code: number | null, out: string }> {
  return await new Promise(resolve => {
    const child = execFile('curl', ['-sS', '--connect-to', `::127.0.0.1:${port}`, ...args], { timeout: 20_000 }, (_error, out) => { resolve({ code: child.exitCode, out }) })
  })
}

t.test('exec runs a command beside a server, tells it where that is, and ends as it ends', async t => {
  const script = `
    const { ENODE_API_URL, ENODE_OAUTH_URL, ENODE_TOKEN_URL, ENODE_CLIENT_ID, ENODE_CLIENT_SECRET, MOCK_ENODE_URL, MOCK_ENODE_CONTROL_TOKEN, PORT } = process.env
    const authorization = 'Basic ' + btoa(ENODE_CLIENT_ID + ':' + ENODE_CLIENT_SECRET)
    const token = await (await fetch(ENODE_TOKEN_URL, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ grant_type: 'client_credentials' }) })).json()
    const { data } = await (await fetch(ENODE_API_URL + '/vehicles', { headers: { authorization: 'Bearer ' + token.access_token } })).json()
    const clock = await (await fetch(MOCK_ENODE_URL + '/_mock/clock', { headers: { authorization: 'Bearer ' + MOCK_ENODE_CONTROL_TOKEN } })).json()
    console.log(JSON.stringify({ cars: data.length, now: clock.now, PORT, isOne: ENODE_TOKEN_URL === ENODE_OAUTH_URL + '/oauth2/token', rest: process.argv.slice(1) }))
    process.exitCode = 7`
  const flags = ['--clock', 'frozen', '--now', start, '--control-token', 'for-control']
  const { code, out, err } = await once(['exec', ...flags, '--', process.execPath, '--input-type=module', '-e', script, '--', '--port', 'x'], { PORT: '1', MOCK_ENODE_CLIENT_ID: 'me' })
  t.equal(code, 7, err)
  t.same(JSON.parse(out), { cars: 5, now: start, PORT: '1', isOne: true, rest: ['--port', 'x'] }, 'and only the command prints')
  t.equal(err, '')
})

t.test('exec hands signals on, and tells which one ended the command', async t => {
  const forever = 'setInterval(() => {}, 1000); console.log("at " + process.env.MOCK_ENODE_URL)'
  await Promise.all(([
    ['SIGTERM', `process.on("SIGTERM", () => process.exit(3)); ${forever}`, 3],
    ['SIGINT', forever, 130],
    ['SIGTERM', forever, 143]
  ] as const).map(async ([signal, script, code]) => {
    const { child, saw, ended } = beside(t, [main, 'exec', '--', process.execPath, '-e', script], {})
    const [, url = ''] = await saw(/at (\S+)/)
    child.kill(signal)
    t.same((await ended)[0], code, signal)
    await t.rejects(fetch(url), 'the server has ended too')
  }))
  t.equal((await once(['exec', '--', 'sh', '-c', 'kill -9 $$'])).code, 137)
})

t.test('exec says what is wrong with a command that cannot be run', async t => {
  const folder = t.testdir({ plain: 'no program' })
  await Promise.all(([
    [['exec'], 2, /^mock-enode: exec needs a command behind --, as in/],
    [['exec', '--clock', 'frozen', '--'], 2, /^mock-enode: exec needs a command/],
    [['exec', '--colour', 'red', '--', 'true'], 2, /'--colour'/],
    [['exec', '--', 'no-such-program'], 127, /^mock-enode: no-such-program cannot be run: .*ENOENT\n$/],
    [['exec', '--', `${folder}/plain`], 126, /cannot be run: .*EACCES\n$/]
  ] as const).map(async ([args, exit, says]) => {
    const { code, err } = await once(args)
    t.equal(code, exit, args.join(' '))
    t.match(err, says)
  }))
})

t.test('a program with the hosts of the vendor in its code is served under them', async t => {
  const tls = `${t.testdir()}/certs`
  const port = String(await freePort())
  const mock = await run(t, ['start', '--port', port, '--tls', tls, '--speed', '20'])
  t.equal(mock.url, `https://127.0.0.1:${port}`)
  const [ca, key] = ['ca.pem', 'key.pem'].map(file => `${tls}/${file}`) as [string, string]
  t.equal(statSync(key).mode & 0o777, 0o600, 'the key is its owner\'s')
  const healths = await Promise.all([['--port', port, '--tls', tls], ['--pid', String(mock.pid)], ['--pid', '0'], ['--pid']].map(async args => await once(['healthcheck', ...args])))
  t.same(healths.map(({ code }) => code), [0, 0, 2, 2], 'the health check takes the same settings, or finds them by the server\'s process')

  for (const host of ['oauth.sandbox.enode.io', 'oauth.production.enode.io', 'localhost', '127.0.0.1', 'mock-enode']) {
    const { code, out } = await curl(port, '--cacert', ca, '-u', 'mock-client:mock-secret', '-d', 'grant_type=client_credentials', `https://${host}/oauth2/token`)
    t.match(code === 0 && JSON.parse(out), { token_type: 'bearer' }, host)
  }
  t.equal((await curl(port, '--cacert', ca, 'https://example.com/')).code, 60, 'it is no certificate for others')
  t.equal((await curl(port, 'https://oauth.sandbox.enode.io/')).code, 60, 'and nobody trusts it who was not told to')

  const receiver = beside(t, ['examples/compose/receiver.mjs'], { PORT: '0' })
  const [, receiverPort = ''] = await receiver.saw(/on port (\d+)/)
  // In place of a network alias: every TLS connection goes to the server. The name that it asks for stays.
  const alias = `import tls from 'node:tls'; const { connect } = tls; tls.connect = options => connect({ ...options, host: '127.0.0.1', port: ${port} })`
  const client = beside(t, ['--import', `data:text/javascript,${encodeURIComponent(alias)}`, 'examples/compose/client.mjs'], {
    CLIENT_ID: 'mock-client', CLIENT_SECRET: 'mock-secret', WEBHOOK_URL: `http://127.0.0.1:${receiverPort}/`, NODE_EXTRA_CA_CERTS: ca
  })
  t.equal((await client.ended)[0], 0, client.output())
  t.equal(client.output(), `has a token\nhttp://127.0.0.1:${receiverPort}/ gets events\nTesla charges: CONFIRMED\n`)
  await receiver.saw(/^user:vendor-action:updated CONFIRMED signed$/m)

  const before = readFileSync(ca)
  t.equal(await mock.end('SIGTERM'), 0)
  const { code, out } = await once(['exec', '--tls', tls, '--', process.execPath, '-e', 'fetch(process.env.ENODE_API_URL + "/_mock/health").then(({ status }) => console.log(status, process.env.NODE_EXTRA_CA_CERTS))'])
  t.equal(code, 0)
  t.equal(out, `200 ${ca}\n`, 'exec exports the authority')
  t.same(readFileSync(ca), before, 'which stays once it is made')
})

t.test('certificates that cannot serve are a wrong setting, and those of others are left alone', async t => {
  const options = { port: 0, fixture: 'empty' }
  const tls = t.testdir()
  const refused = async (says: RegExp, more = {}): Promise<void> => {
    const error: unknown = await startMock({ ...options, tls, ...more }).then(async mock => { await mock.close() }, error => error)
    t.ok(error instanceof ConfigError, String(error))
    t.match(error, { message: says })
  }
  nodeMock.timers.enable({ apis: ['Date'], now: new Date('2020-01-01') })
  const old = await startMock({ ...options, tls, publicUrl: 'https://mock.example.com' })
  await old.close()
  nodeMock.timers.reset()
  await refused(/cert\.pem ended on Apr {2}4 00:00:00 2022 GMT: remove the files there/)

  rmSync(`${tls}/cert.pem`)
  await refused(/EEXIST.*key\.pem/)
  rmSync(`${tls}/key.pem`)
  rmSync(`${tls}/ca.pem`)
  const fresh = await startMock({ ...options, tls, publicUrl: 'https://mock.example.com' })
  await fresh.close()
  await refused(/cert\.pem is not for other\.example\.com: remove/, { publicUrl: 'https://other.example.com' })
  writeFileSync(`${tls}/key.pem`, 'no key')
  await refused(/^certificates in .*: ./)
  rmSync(`${tls}/key.pem`)
  await refused(/ENOENT.*key\.pem/)
})

t.test('a container of Testcontainers is set up by its methods', async t => {
  const started = { getHost: () => 'docker.example', getMappedPort: (port: number) => port + 40_000 } as unknown as StartedTestContainer
  t.intercept(GenericContainer.prototype, 'start', { value: async () => started })
  const settings = (container: MockEnodeContainer): Record<string, any> => container

  const container = new MockEnodeContainer('mock-enode:0.1.0').withSeed(7).withFrozenClock(start).withFixture('empty').withEnvironment({ MOCK_ENODE_CLIENT_ID: 'me' })
  t.match(readConfig([], settings(container).environment), { seed: 7, clock: 'frozen', now: Date.parse(start), fixture: 'empty', clientId: 'me' }, 'the server reads what it is told')
  t.same(settings(container).exposedPorts, [3663])
  const mock = await container.start()
  t.equal(mock.getUrl(), 'http://docker.example:43663')
  t.equal(mock.getTokenUrl(), 'http://docker.example:43663/oauth2/token')
  t.same([mock.getClientId(), mock.getClientSecret()], ['me', 'mock-secret'])

  const other = new MockEnodeContainer('mock-enode').withFrozenClock(new Date(start)).withFixture('test/own.json')
  t.match(readConfig([], settings(other).environment), { now: Date.parse(start), fixture: '/tmp/fixture.json' })
  t.match(settings(other).filesToCopy, [{ source: 'test/own.json', target: '/tmp/fixture.json' }])
  t.equal('MOCK_ENODE_NOW' in settings(new MockEnodeContainer('mock-enode').withFrozenClock()).environment, false, 'without a time it is the wall clock\'s')
})

t.test('the documents on all this name what there is', async t => {
  const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8')
  const [ci, unchanged] = [read('docs/ci.md'), read('docs/unchanged-clients.md')]
  for (const name of Object.keys(exported)) t.match(ci, `\`${name}\``)
  for (const host of vendorHosts) {
    t.match(read('compose.yaml'), new RegExp(`^ +- ${host}$`, 'm'))
    const [name = '', ...zone] = host.split('.')
    for (const part of [name, zone.join('.')]) t.match(unchanged, part)
  }
  for (const text of [ci, unchanged]) {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) t.ok(existsSync(`${root}/docs/${target}`), target)
  }
})
