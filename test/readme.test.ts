import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { usage } from '../src/config.ts'
import { controlDocument } from '../src/mock-api/openapi.ts'
import { documentedDocument } from '../src/http/openapi.ts'
import { freePort } from './helpers/free-port.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

interface Block { language: string, file: string, text: string }

/** The fenced blocks below a heading, up to the next one of its level. */
function blocksOf (heading: string): Block[] {
  const section = new RegExp(`^${heading}\n(.*?)(?=^## |$(?![^]))`, 'ms').exec(readme)?.[1] ?? ''
  return [...section.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(([, language = '', file = '', text = '']) => ({ language, file, text }))
}

/** What differs from run to run: times, keys, and how much came due meanwhile. */
function settled (text: string): string {
  return text.trim()
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\/link\/[\w-]+…?/g, '/link/<key>')
    .replaceAll(/"(timers|deliveries)":\d+/g, '"$1":<number>')
}

interface Running { child: ChildProcess, output: () => string, saw: (text: string) => Promise<void> }

/** Starts a program that ends with the test, and listens to what it prints. */
function run (t: Test, command: string, args: string[], cwd: string): Running {
  const child = spawn(command, args, { cwd, env: { ...process.env, TAP: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { output += part })
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  })
  const saw = async (text: string): Promise<void> => {
    for (let tries = 0; !output.includes(text); tries++) {
      if (tries > 300 || child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} did not print ${JSON.stringify(text)} but:\n${output}`)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  return { child, output: () => output, saw }
}

t.test('the first session works as it is printed, and shows what is printed', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-enode-readme-'))
  t.teardown(() => { rmSync(folder, { recursive: true, force: true }) })
  const [port, receiverPort] = [await freePort(), await freePort()]
  const here = (text: string): string => text.replaceAll('localhost:3663', `localhost:${port}`).replaceAll('4000', String(receiverPort))
  const blocks = blocksOf('## A first session')

  // What `npm start` runs, from the sources as they stand.
  const server = run(t, process.execPath, ['--import', 'tsx', 'src/main.ts', '--port', String(port)], root)
  const program = blocks.find(({ language }) => language === 'js')
  t.equal(program?.file, 'receiver.mjs')
  writeFileSync(join(folder, 'receiver.mjs'), here(program?.text ?? ''))
  const receiver = run(t, process.execPath, ['receiver.mjs'], folder)
  await Promise.all([server.saw('mock-enode listens'), receiver.saw('waiting for events')])

  const commands = blocks.filter(({ language }) => language === 'sh')
  const script = commands.map(({ text }, index) => `${here(text)}echo "=== ${index}"\n`).join('')
  const shell = run(t, 'bash', ['-e', '-u', '-o', 'pipefail', '-c', script], folder)
  const [code] = await once(shell.child, 'close') as [number]
  t.equal(code, 0, 'every command succeeds', { output: shell.output() })

  const printed = shell.output().split(/=== \d+\n/)
  let command = -1
  for (const { language, file, text } of blocks) {
    if (language === 'sh') command++
    else if (language === 'text' && file === '') t.equal(settled(printed[command] ?? '').replaceAll(`:${port}`, ':3663'), settled(text), `block ${command + 1} prints what is shown`)
  }
  const shown = blocks.find(({ language, file }) => language === 'text' && file === 'receiver.mjs')?.text ?? ''
  await receiver.saw('user:vehicle:discovered')
  t.equal(receiver.output().trim(), shown.trim(), 'the receiver prints what is shown')
})

t.test('the test file of the section on code passes', async t => {
  const [example] = blocksOf('## From code')
  const folder = mkdtempSync(join(tmpdir(), 'mock-enode-readme-'))
  t.teardown(() => { rmSync(folder, { recursive: true, force: true }) })
  const file = join(folder, 'example.test.mjs')
  writeFileSync(file, (example?.text ?? '').replace("from 'mock-enode'", `from '${join(root, 'src/index.ts')}'`))
  const tsx = new URL('../node_modules/tsx/dist/esm/index.mjs', import.meta.url).href
  const { child, output } = run(t, process.execPath, ['--import', tsx, file], folder)
  const [code] = await once(child, 'close') as [number]
  t.equal(code, 0, 'it exits with 0', { output: output() })
  t.match(output(), /pass 1\b/)
})

t.test('the README names every flag, every control operation, and no operation, file or version that there is not', async t => {
  for (const [flag] of usage().matchAll(/--[a-z-]+/g)) t.ok(readme.includes(`\`${flag}\``), `flag ${flag}`)

  const paths = async (document: Promise<Record<string, unknown>>): Promise<string[]> =>
    Object.entries((await document).paths as Record<string, object>).flatMap(([path, operations]) => Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`))
  const control = [...await paths(controlDocument('0')), 'GET /_mock/health']
  const known = [...control, ...await paths(documentedDocument())]
  for (const operation of control) t.ok(readme.includes(`\`${operation}\``), operation)
  for (const [, operation = ''] of readme.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`]*)`/g)) t.ok(known.includes(operation), operation)

  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  t.match(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), `## [${version}]`)
  t.match(readFileSync(join(root, 'Dockerfile'), 'utf8'), `image.version="${version}"`)
  for (const name of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) {
    for (const [, target = ''] of readFileSync(join(root, name), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      t.ok(existsSync(join(root, target)), `${name} leads to ${target}`)
    }
  }
})
