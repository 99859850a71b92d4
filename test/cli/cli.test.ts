import { execFile } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import t from 'tap'
import { ConfigError, startMock } from '../../src/index.ts'
import { checkOptions, readConfig } from '../../src/config.ts'
import { start, type Body } from '../helpers/build.ts'
import { freePort } from '../helpers/free-port.ts'
import { bare, bundle, once, root, run } from '../helpers/program.ts'

async function tokenOf (url: string, id = 'mock-client', secret = 'mock-secret'): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  })
  return String((await response.json() as Body).access_token)
}

async function vehicles (url: string, token: string): Promise<Body[]> {
  const response = await fetch(`${url}/vehicles`, { headers: { authorization: `Bearer ${token}` } })
  return (await response.json() as Body).data
}

async function control (url: string, path: string, body?: Body): Promise<Body> {
  const response = await fetch(`${url}/_mock${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await response.text())
  return await response.json() as Body
}

t.test('the program prints what a client needs, and ends cleanly on SIGTERM', async t => {
  const mock = await run(t, ['--port', '0', '--clock', 'frozen', '--now', start, '--seed', '42'], { MOCK_ENODE_CLIENT_SECRET: '' })
  t.match(mock.output(), /^mock-enode listens on http:\/\/127\.0\.0\.1:\d+$/m)
  t.match(mock.output(), new RegExp(`^ {2}token +${mock.url}/oauth2/token$`, 'm'))
  t.match(mock.output(), /^ {2}client id +mock-client$/m)
  t.match(mock.output(), /^ {2}client secret mock-secret$/m)
  t.match(mock.output(), new RegExp(`^ {2}docs +${mock.url}/docs and ${mock.url}/_mock/docs$`, 'm'))
  t.match(mock.output(), /^ {2}clock +frozen at 2026-01-01T00:00:00\.000Z$/m)
  t.match(mock.output(), /^ {2}seed +42, fixture demo, timing quick$/m)
  t.equal((await vehicles(mock.url, await tokenOf(mock.url))).length, 5)
  const port = new URL(mock.url).port
  for (const healthy of await Promise.all([once(['healthcheck', '--port', port]), once(['healthcheck'], { PORT: port })])) t.equal(healthy.code, 0, healthy.err)
  // A client that keeps its connection open must not keep the server.
  t.equal((await fetch(`${mock.url}/_mock/health`, { headers: { connection: 'keep-alive' } })).status, 200)
  const code = await mock.end('SIGTERM')
  t.equal(code, 0)
  t.equal(mock.errors(), '')
  const down = await once(['healthcheck', '--port', port])
  t.equal(down.code, 1)
  t.match(down.err, /^mock-enode: [^\n]+\n$/)
})

t.test('nothing secret that a user set is printed, and SIGINT ends the program too', async t => {
  const mock = await run(t, ['start', '--port=0', '--control-token', 'secret-of-control', '--log-level', 'debug'], { MOCK_ENODE_CLIENT_SECRET: 'secret-of-mine', MOCK_ENODE_CLIENT_ID: 'me' })
  const token = await tokenOf(mock.url, 'me', 'secret-of-mine')
  t.equal((await vehicles(mock.url, token)).length, 5)
  t.match(mock.output(), /^ {2}client id +me$/m)
  t.match(mock.output(), /^ {2}clock +running at .*, speed 1$/m)
  t.equal((await fetch(`${mock.url}/_mock/clock`, { headers: { authorization: 'Bearer secret-of-control' } })).status, 200)
  const code = await mock.end('SIGINT')
  t.equal(code, 0)
  t.equal(mock.output().match(/"url":"\/_mock\/clock"\},"msg":"incoming request"/g)?.length, 1, 'a request is logged once, whichever part of the server answers it')
  for (const word of ['secret-of-mine', 'secret-of-control', token, Buffer.from('me:secret-of-mine').toString('base64')]) t.notOk(mock.output().includes(word), word)
  t.notOk(mock.errors().includes('secret'))
})

t.test('a wrong flag or value is one line on stderr and exit 2', async t => {
  const cases: Array<[string[], Record<string, string>, RegExp]> = [
    [['--colour', 'red'], {}, /'--colour'.*--port, --host/],
    [['--port', 'abc'], {}, /--port must be a whole number from 0 to 65535, not "abc"/],
    [[], { MOCK_ENODE_SPEED: '0' }, /MOCK_ENODE_SPEED must be a number above 0/],
    [['serve'], {}, /there is no command serve: use start, exec, healthcheck, tail, replay, --help, --version/],
    [['--control-token', 'two words'], {}, /--control-token must be 1 to 1000 visible ASCII characters without spaces, not what was given/],
    [['--client-secret', 'x'.repeat(1001)], {}, /--client-secret must be a text of 1 to 1000 characters, not what was given/]
  ]
  await Promise.all(cases.map(async ([args, env, says]) => {
    const { code, out, err } = await once(args, env)
    t.equal(code, 2, `${args.join(' ')}: ${err}`)
    t.match(err, /^mock-enode: [^\n]+\n$/, 'one line')
    t.match(err, says)
    t.equal(out, '')
  }))
  const help = await once(['--help'])
  t.equal(help.code, 0)
  for (const flag of ['port', 'host', 'public-url', 'tls', 'data', 'fixture', 'seed', 'now', 'clock', 'speed', 'timing', 'tokens', 'webhook-patience', 'client-id', 'client-secret', 'control-token', 'log-level']) t.match(help.out, new RegExp(`^ {2}--${flag} `, 'm'))
})

t.test('a port that is taken is one line and exit 1, a fixture that is not there and a folder that is none are wrong settings', async t => {
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { taken.close() })
  const { port } = taken.address() as AddressInfo
  const folder = t.testdir({ file: 'no folder' })
  await Promise.all(([
    [1, ['--port', String(port)], new RegExp(`${port}`)],
    [2, ['--port', '0', '--fixture', 'nothing'], /fixture nothing: neither one of demo, empty, home, street, fleet, edge-cases nor a file/],
    [2, ['--port', '0', '--data', `${folder}/file`], /file cannot be a folder for a world/],
    [2, ['--seed', '-1'], /--seed needs a value; one that begins with a dash is written as --seed=-1/],
    [2, ['--seed=-1'], /--seed must be a whole number from 0 to 4294967295/],
    [2, ['--port'], /--port needs a value/],
    [2, ['--control-token', ''], /--control-token must be/]
  ] as const).map(async ([exit, args, says]) => {
    const { code, err } = await once(args)
    t.equal(code, exit, args.join(' '))
    t.match(err, /^mock-enode: [^\n]+\n$/, `one line: ${err}`)
    t.match(err, says)
  }))
})

t.test('--data keeps the world across a restart', async t => {
  const data = `${t.testdir()}/world`
  // On one port, since image URLs hold it.
  const args = ['--port', String(await freePort()), '--data', data, '--clock', 'frozen', '--now', start]
  const first = await run(t, args)
  const token = await tokenOf(first.url)
  await control(first.url, '/accounts', { vendor: 'KIA', userId: 'carl', devices: [{ type: 'vehicle', state: { isPluggedIn: true, isCharging: true, batteryLevel: 20, chargeLimit: 90 } }] })
  await control(first.url, '/clock/advance', { by: 'PT30M' })
  const before = await vehicles(first.url, token)
  t.equal(before.length, 6)
  t.equal(await first.end('SIGTERM'), 0)

  const second = await run(t, args)
  t.same(await vehicles(second.url, token), before, 'vehicles, clock and even the token')
  t.equal((await control(second.url, '/clock')).now, '2026-01-01T00:30:00.000Z')
  t.match(second.output(), /frozen at 2026-01-01T00:30:00\.000Z/)
  await control(second.url, '/clock/advance', { by: 'PT20M' })
  const [car] = await vehicles(second.url, token)
  t.ok(car?.chargeState.batteryLevel > before[0]?.chargeState.batteryLevel, 'it charges on')
  await second.end('SIGTERM')
})

t.test('settings come from defaults, then the environment, then the flags', async t => {
  t.match(readConfig([], { MOCK_ENODE_NOW: start }), {
    port: 3663,
    host: '127.0.0.1',
    publicUrl: undefined,
    tls: undefined,
    data: undefined,
    fixture: 'demo',
    seed: 1,
    now: Date.parse(start),
    clock: 'running',
    speed: 1,
    timing: 'quick',
    tokens: 'real',
    webhookPatience: undefined,
    clientId: 'mock-client',
    clientSecret: 'mock-secret',
    controlToken: undefined,
    logLevel: 'info'
  })
  t.equal(readConfig([], { PORT: '1' }).port, 1)
  t.equal(readConfig([], { PORT: '1', MOCK_ENODE_PORT: '2' }).port, 2)
  t.equal(readConfig(['--port', '3'], { PORT: '1', MOCK_ENODE_PORT: '2' }).port, 3)
  t.equal(readConfig([], { PORT: '' }).port, 3663, 'an empty variable is none')
  t.match(readConfig([], { HOST: '::', LOG_LEVEL: 'warn' }), { host: '::', logLevel: 'warn' })
  t.equal(readConfig([], { MOCK_ENODE_PUBLIC_URL: 'https://mock.example.com/' }).publicUrl, 'https://mock.example.com')
  t.match(readConfig([], { MOCK_ENODE_CONTROL_TOKEN: 'x', MOCK_ENODE_CLIENT_ID: 'y', MOCK_ENODE_DATA: '/z', MOCK_ENODE_TIMING: 'realistic', MOCK_ENODE_FIXTURE: 'empty' }), {
    controlToken: 'x', clientId: 'y', data: '/z', timing: 'realistic', fixture: 'empty'
  })
  t.ok(Math.abs(readConfig([], {}).now - Date.now()) < 5000, 'simulated time starts at the wall clock')
  for (const [args, says] of [
    [['--port', '65536'], /^--port must be/], [['--port', '-1'], /./], [['--seed', '1.5'], /^--seed must be a whole number/], [['--now', 'today'], /^--now must be an ISO 8601 time/],
    [['--now', '2026-01-01'], /^--now must be/], [['--clock', 'stopped'], /^--clock must be one of running, frozen, not "stopped"/], [['--speed', 'NaN'], /^--speed must be/], [['--speed', '1e7'], /^--speed must be/],
    [['--timing', 'slow'], /^--timing must be one of quick, realistic/], [['--webhook-patience', 'PT0S'], /^--webhook-patience must be an ISO 8601 duration above zero/], [['--tokens', 'never'], /^--tokens must be one of real, simulated/], [['--log-level', 'loud'], /^--log-level must be one of trace/], [['--public-url', 'example.com'], /^--public-url must be an http or https URL/],
    [['--port'], /--port/], [['extra'], /extra/]
  ] as const) t.throws(() => readConfig([...args], {}), { message: says }, args.join(' '))
})

t.test('from code', async t => {
  const options = { port: 0, clock: 'frozen', now: start, seed: 7, fixture: 'demo' } as const

  t.test('importing starts nothing', async t => {
    const script = `await import(${JSON.stringify(`${bundle}/index.mjs`)}); console.log(process.getActiveResourcesInfo().filter(each => /TCP|Timeout/.test(each)).length)`
    const child = execFile(process.execPath, ['--input-type=module', '-e', script], { env: bare, cwd: root, timeout: 20_000 })
    let printed = ''
    child.stdout?.on('data', chunk => { printed += String(chunk) })
    child.stderr?.on('data', chunk => { printed += String(chunk) })
    const code = await new Promise(resolve => child.on('exit', resolve))
    t.same([code, printed], [0, '0\n'], 'and the process can end')
  })

  t.test('two run side by side, each with its own clock', async t => {
    const a = await startMock({ ...options, clientId: 'a', clientSecret: 'secret-of-a' })
    const b = await startMock({ ...options, now: new Date('2027-01-01T00:00:00Z') })
    t.teardown(async () => { await Promise.all([a.close(), b.close()]) })
    t.match(a, { url: /^http:\/\/127\.0\.0\.1:\d+$/, tokenUrl: `${a.url}/oauth2/token`, clientId: 'a', clientSecret: 'secret-of-a' })
    t.not(a.url, b.url)
    t.match(await a.clock.advance('PT1H'), { now: '2026-01-01T01:00:00.000Z' })
    await a.clock.advance({ to: '2026-01-02T00:00:00Z' })
    await a.clock.advance({ to: new Date('2026-01-03T00:00:00Z') })
    t.equal(a.clock.now(), '2026-01-03T00:00:00.000Z')
    t.equal(b.clock.now(), '2027-01-01T00:00:00.000Z')
    await t.rejects(a.clock.advance({ to: start }), { message: /time never goes back/ })
    for (const wrong of ['1 hour', '', { to: 'tomorrow' }, { to: new Date(NaN) }]) await t.rejects(a.clock.advance(wrong), { message: /advance takes an ISO 8601 duration/ }, JSON.stringify(wrong))
    const token = await tokenOf(a.url, 'a', 'secret-of-a')
    t.equal((await fetch(`${b.url}/vehicles`, { headers: { authorization: `Bearer ${token}` } })).status, 401)
    await control(a.url, '/accounts', { vendor: 'KIA', userId: 'carl', devices: [{ type: 'vehicle' }] })
    t.equal((await vehicles(a.url, token)).length, 6)
    await a.reset()
    t.equal(a.clock.now(), start)
    t.equal((await vehicles(a.url, await tokenOf(a.url, 'a', 'secret-of-a'))).length, 5)
  })

  t.test('it closes, also by itself at the end of a block', async t => {
    const mock = await startMock(options)
    await mock.close()
    await mock.close()
    await t.rejects(fetch(mock.url))
    const disposed = await startMock(options)
    await disposed[Symbol.asyncDispose]()
    await t.rejects(fetch(disposed.url))
  })

  t.test('a wrong option is a ConfigError that names it', async t => {
    for (const [wrong, says] of [
      [{ port: -1 }, /^option port must be a whole number/],
      [{ clock: 'stopped' }, /^option clock must be one of running, frozen/],
      [{ now: 'today' }, /^option now must be an ISO 8601 time/],
      [{ now: new Date(NaN) }, /^option now must be an ISO 8601 time/],
      [{ now: new Date('9999-01-01') }, /^option now must be/],
      [{ speed: Infinity }, /^option speed must be/],
      [{ data: '' }, /^option data must be a text of 1 to 1000 characters/],
      [{ logLevel: 'loud' }, /^option logLevel must be/],
      [{ colour: 'red' }, /^there is no option colour: the options are port, /]
    ] as Array<[Record<string, any>, RegExp]>) {
      const error: unknown = await startMock({ ...options, ...wrong }).then(async mock => { await mock.close() }, error => error)
      t.ok(error instanceof ConfigError, `${JSON.stringify(wrong)}: ${String(error)}`)
      t.match(error, { message: says })
    }
    t.equal(checkOptions({ clientSecret: undefined }).clientSecret, 'mock-secret', 'undefined is left out')
    const taken = await startMock(options)
    t.teardown(async () => { await taken.close() })
    await t.rejects(startMock({ ...options, port: Number(new URL(taken.url).port) }), { code: 'EADDRINUSE' })
  })

  t.test('a public URL stands in what is handed out', async t => {
    const mock = await startMock({ ...options, publicUrl: 'https://mock.example.com/' })
    t.teardown(async () => { await mock.close() })
    t.equal(mock.tokenUrl, 'https://mock.example.com/oauth2/token')
  })
})
