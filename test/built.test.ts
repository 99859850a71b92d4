import { execFile, execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { bare, root } from './helpers/program.ts'

const dist = t.testdir({})
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> }
for (const name of ['build:whole', 'build:entries']) {
  execFileSync('sh', ['-c', String(scripts[name]).replace('--outdir=dist', `--outdir=${dist}`)], { cwd: root, env: { ...bare, PATH: `${root}node_modules/.bin:${bare.PATH ?? ''}` }, stdio: 'ignore' })
}

/** Starts a server around a command that asks whether it is well; answers the exit code. */
async function exec (status = 'ok'): Promise<number | null> {
  const asks = `fetch(process.env.MOCK_ENODE_URL + "/_mock/health").then(answer => answer.json()).then(({ status }) => process.exit(status === '${status}' ? 7 : 1))`
  return await new Promise(resolve => {
    const child = execFile(process.execPath, [`${dist}/main.js`, 'exec', '--', process.execPath, '-e', asks], { env: bare }, () => { resolve(child.exitCode) })
  })
}

function stored (): Array<{ name: string, size: number, mtimeMs: number }> {
  return readdirSync(dist).filter(name => name.startsWith('whole.cjs.')).map(name => ({ name, ...statSync(`${dist}/${name}`) }))
}

t.test('what a start compiles is stored, and the next starts use it', async t => {
  execFileSync(process.execPath, [`${dist}/main.js`, '--version'], { env: bare })
  t.same(stored(), [], 'a command that serves nothing stores nothing')
  t.equal(await exec(), 7)
  const [first] = stored()
  t.equal(stored().length, 1)
  t.ok(first !== undefined && first.size > 500_000, `${first?.size ?? 0} bytes`)
  t.equal(await exec(), 7)
  t.same(stored().map(({ mtimeMs }) => mtimeMs), [first?.mtimeMs], 'it was not written again')
})

t.test('what is stored of another program, or is broken, is made anew', async t => {
  const [first] = stored()
  writeFileSync(`${dist}/${first?.name ?? ''}`, 'broken')
  t.equal(await exec(), 7)
  const [again] = stored()
  t.ok(again !== undefined && again.size > 500_000)
  t.equal(again?.name, first?.name)

  const program = `${dist}/whole.cjs`
  const { mtime } = statSync(program)
  const text = readFileSync(program, 'latin1')
  const other = text.replace('status:"ok",version', 'status:"OK",version')
  t.not(other, text)
  writeFileSync(program, other, 'latin1')
  utimesSync(program, mtime, mtime)
  t.equal(await exec('OK'), 7, 'also of one of the same length and age')
  const [last] = stored()
  t.equal(stored().length, 1)
  t.not(last?.name, first?.name)
})

t.test('the package serves from the same', async t => {
  const { startMock, ConfigError } = await import(`${dist}/index.js`) as typeof import('../src/index.ts')
  await t.rejects(startMock({ seed: -1 }), ConfigError)
  const mock = await startMock({ port: 0 })
  t.equal((await fetch(`${mock.url}/_mock/health`)).status, 200)
  // What is loaded only when it is asked for: pictures, Swagger UI, checks of schemas.
  t.equal((await fetch(`${mock.url}/docs/json`)).status, 200)
  t.equal((await fetch(`${mock.url}/_mock/worlds`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"nonsense":1}' })).status, 400)
  await mock.close()
})
