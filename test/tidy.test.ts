import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { components } from '../src/contract/index.ts'
import { mockAnswers } from '../src/contract/mock-answers.ts'
import { mockComponents } from '../src/contract/mock.ts'
import { wholeDocument } from '../openapi/document.ts'
import { operationsOf, storedDocument } from './helpers/openapi.ts'
import { arrowsUp, circlesIn, drawnMap, importsOf, mapOf, readSources, roomOf, root, withoutComments } from './house/map.ts'
import { rooms, wayTo } from './house/walls.ts'

interface Ban {
  says: string
  pattern: RegExp
  /** Files or folders that may. */
  except?: string[]
  /** Files or folders that it is about; all of src if left out. */
  within?: string[]
  /** Code that breaks the rule, so that the pattern is known to find it. */
  example: string
}

const core = ['src/lib/', 'src/contract/', 'src/store/', 'src/devices/', 'src/domain/']

const bans: Ban[] = [
  { says: 'only lib/clock.ts asks the wall clock', pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\)|\bTemporal\.Now\b/, except: ['src/lib/clock.ts'], example: 'const now = new Date()' },
  { says: 'only lib/clock.ts and app.ts measure, for the running clock and for how long the server is up', pattern: /\bperformance\.now\b|\bprocess\.(hrtime|uptime)\b/, except: ['src/app.ts', 'src/lib/clock.ts'], example: 'performance.now()' },
  { says: 'only lib/random.ts knows chance', pattern: /\bMath\.random\b|\brandom(Bytes|UUID|Int|Fill|FillSync)\b|\bgetRandomValues\b|\bwebcrypto\b/, example: "import { randomUUID } from 'node:crypto'" },
  { says: 'only the pacer waits', pattern: /\bset(Timeout|Interval)\b|timers\/promises/, except: ['src/engine/pacer.ts'], example: 'setTimeout(fn, 5)' },
  { says: 'the core is synchronous', pattern: /\b(async|await|Promise)\b/, within: core, example: 'export async function f () {}' },
  { says: 'SQL stands in store alone', pattern: /\bselect\s[\s\S]{1,200}?\bfrom\s|\binsert (or replace )?into\b|\bdelete from\b|\bupdate \w+ set\b|\bcreate (table|index)\b|better-sqlite3/i, except: ['src/store/'], example: "db.prepare('select * from users')" },
  { says: 'only index.ts listens', pattern: /(?<!\bstore)\.listen\(/, except: ['src/index.ts'], example: 'await app.listen({ port })' },
  { says: 'only the command line prints and ends the process', pattern: /\bconsole\.|\bprocess\.(exit|env|argv|stdout|stderr)\b/, except: ['src/main.ts', 'src/built/', 'src/cli/'], example: "console.log('here')" },
  { says: 'a request acts on the world through its own store, which knows its moment', pattern: /\bworld\.store\.(read|write)\b/, within: ['src/http/', 'src/mock-api/', 'src/link/'], example: 'request.world.store.read(listAccounts)' },
  { says: 'there are no default exports', pattern: /\bexport default\b/, example: 'export default function () {}' }
]

const sources = readSources()

t.test('every file of src is TypeScript, stands in a known room and has at most 300 lines', async t => {
  t.ok(sources.length > 100, `${sources.length} files`)
  t.same(sources.filter(({ file }) => !file.endsWith('.ts')).map(({ file }) => file), [])
  t.same(sources.filter(({ room }) => room === '').map(({ file }) => file), [], 'files in rooms that the table does not know')
  t.same(Object.keys(rooms).filter(room => !sources.some(each => each.room === room)), [], 'rooms that there are not')
  t.same(sources.filter(({ text }) => text.split('\n').length - 1 > 300).map(({ file }) => file), [])
})

t.test('a room imports only what the table lets it', async t => {
  const files = new Set(sources.map(({ file }) => file))
  let count = 0
  for (const { file, room, imports } of sources) {
    for (const { target, isType } of imports) {
      count++
      if (!files.has(target)) t.fail(`${file} imports ${target}, which is not there`)
      const other = roomOf(target)
      const way = other === room ? 'all' : wayTo(room, other)
      if (way === undefined || (way !== 'all' && !isType && !way.includes(target))) t.fail(`${file} may not import ${way === undefined ? '' : 'more than types from '}${target}`)
    }
  }
  t.ok(count > 400, `${count} imports`)
  t.same(importsOf('src/http/a.ts', "import { a, type B } from '../world/world.ts'\nimport type { C } from './c.ts'\nimport {\n  type D,\n  type E\n} from '../lib/d.ts'\nawait import('./e.ts')"), [
    { target: 'src/world/world.ts', isType: false }, { target: 'src/http/c.ts', isType: true }, { target: 'src/lib/d.ts', isType: true }, { target: 'src/http/e.ts', isType: false }
  ], 'imports are read in all their forms')
})

t.test('no arrow points up, and nothing imports in a circle, at no level', async t => {
  t.same(arrowsUp(sources), [])
  t.same(circlesIn(sources), [])
  const source = (file: string, target: string) => ({ file, room: roomOf(file), text: '', code: '', imports: [{ target, isType: true }] })
  t.same(circlesIn([source('src/a/x.ts', 'src/b/y.ts'), source('src/b/z.ts', 'src/c.ts'), source('src/c.ts', 'src/a/w.ts')]), ['src: a, b, c.ts'], 'a circle of folders is found')
  t.same(arrowsUp([source('src/lib/a.ts', 'src/world/b.ts')]), ['src/lib/a.ts imports src/world/b.ts'], 'and an arrow up')
})

t.test('the map in CONTRIBUTING is that of the code', async t => {
  t.equal(drawnMap(), mapOf(sources), 'run `npm run map` and commit it')
})

t.test('decisions are numbered without gaps, and each stands in their index under its title', async t => {
  const folder = join(root, 'docs/decisions')
  const files = readdirSync(folder).filter(file => file !== 'README.md').sort()
  t.same(files.map(file => Number(file.slice(0, 4))), files.map((_, i) => i + 1))
  const titles = files.map(file => /^# (\d+)\. (.+)\n/.exec(readFileSync(join(folder, file), 'utf8')) ?? [])
  const index = readFileSync(join(folder, 'README.md'), 'utf8').split('\n').filter(line => /^\d/.test(line))
  t.same(index, files.map((file, i) => `${i + 1}. [${titles[i]?.[2]}](${file})`))
  t.same(titles.map(([, number]) => Number(number)), files.map((_, i) => i + 1))
})

t.test('the walks lead through files and functions that are there', async t => {
  const steps = [...readFileSync(join(root, 'docs/walks.md'), 'utf8').matchAll(/`([\w/-]+\.ts)` `(\w+)`(?: and `(\w+)`)?/g)]
  t.ok(steps.length > 60, `${steps.length} steps`)
  for (const [, file, ...names] of steps) {
    const code = sources.find(source => source.file === `src/${file}`)?.code ?? ''
    for (const name of names) if (name !== undefined && !new RegExp(`\\b${name}\\b`).test(code)) t.fail(`src/${file} has no ${name}`)
  }
})

t.test('no passage of six lines stands in two files', async t => {
  const places = new Map<string, string>()
  for (const { file, code } of sources) {
    // What every file has, or every list of a kind, is no passage: imports, braces, texts and rows of data.
    const lines = code.split('\n').map(line => line.trim()).filter(line => /\w/.test(line) && !/^(import|export \{|\} from)/.test(line))
    for (let i = 0; i + 6 <= lines.length; i++) {
      const passage = lines.slice(i, i + 6).join('\n')
      const other = places.get(passage)
      if (other !== undefined && other !== file) t.fail(`${file} and ${other} both have:\n${passage}`)
      places.set(passage, file)
    }
  }
  t.ok(places.size > 5000, `${places.size} passages`)
})

for (const { says, pattern, except = [], within = ['src/'], example } of bans) {
  t.test(says, async t => {
    const under = (file: string, places: string[]): boolean => places.some(place => place.endsWith('/') ? file.startsWith(place) : file === place)
    t.same(sources.filter(({ file, code }) => under(file, within) && !under(file, except) && pattern.test(code)).map(({ file, code }) => `${file}: ${pattern.exec(code)?.[0]}`), [])
    t.match(example, pattern, 'the pattern finds what it forbids')
    t.notMatch(withoutComments(`/** ${example} */\n// ${example}\nconst url = 'a' // ${example}`), pattern, 'but not in comments')
    for (const place of except) t.ok(sources.some(({ file, code }) => under(file, [place]) && pattern.test(code)), `${place} needs its exception`)
  })
}

/** What stands at module level although it can hold something new: what it holds follows from what it is asked by, and from nothing in a world, so nothing makes it stale. */
const timeless = [
  // Made once, and the same ever after.
  'src/domain/bench/events.ts: examples = new Examples', 'src/link/layout.ts: sheet = new Html',
  // Schemas are compiled once for all servers of a process.
  'src/app.ts: validation = new Validation', 'src/domain/bench/events.ts: validation = new Validation',
  // Functions of devices, which know no world, ask again and again how local clocks go and where the sun stands.
  'src/lib/timezone.ts: knownSpans = new Cache', 'src/lib/timezone.ts: spellings = new Lookup', 'src/devices/house.ts: houseLoadKw = remembered', 'src/devices/inverter/model.ts: productionKw = remembered',
  'src/devices/life/household.ts: known = new WeakMap', 'src/devices/life/household.ts: knownByText = new Cache', 'src/devices/presence.ts: lastLooks = new WeakMap', 'src/store/database.ts: newest = new Cache', 'src/devices/vehicle/first-names.ts: faker = new Faker', 'src/devices/vehicle/picture.ts: paints = new Lookup', 'src/lib/time.ts: written = new Lookup',
  // What rows that never change hold as a text.
  ...['src/domain/truth/rows.ts: states', 'src/domain/truth/rows.ts: views', 'src/domain/sight/systems.ts: views', 'src/domain/sight/systems.ts: parts', 'src/domain/control/smart-charging/status.ts: statuses'].map(name => `${name} = new Parsed`),
  ...['sunAt', 'skyOf', 'cloudiness', 'outdoorC'].map(name => `src/devices/weather.ts: ${name} = remembered`)
]

/** What can hold something new at module level: variables, collections that somebody writes to, and whatever else is made with `new` or remembers. */
function heldIn (file: string, code: string): string[] {
  const held = [...code.matchAll(/^(?:export )?(?:const|let|var) (\w+)[^=\n]*= (new \w+|remembered\b)/gm)].flatMap(([, name = '', what = '']) => {
    const writing = new RegExp(`\\b${name}\\.(set|add|delete|clear)\\(`)
    return /^new (Map|Set)$/.test(what) && !sources.some(other => (other.file === file || other.imports.some(({ target }) => target === file)) && writing.test(other.code)) && !writing.test(code) ? [] : [`${file}: ${name} = ${what}`]
  })
  return [...held, ...[...code.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(([, name]) => `${file}: let ${name}`)]
}

t.test('nothing at module level changes, but for what follows from what it is asked by', async t => {
  t.same(sources.flatMap(({ file, code }) => heldIn(file, code)).sort(), [...timeless].sort())
  t.same(heldIn('a.ts', 'let serials = 0\nconst known = new Map<string, number>()\nexport const words: Set<string> = new Set()\nconst parsed = new WeakMap<A, B>()\nknown.set(1, 2)'), ['a.ts: known = new Map', 'a.ts: parsed = new WeakMap', 'a.ts: let serials'], 'each form is found')
})

t.test('each documented path is a literal in a route file, once for each of its operations', async t => {
  const operations = operationsOf(storedDocument)
  t.equal(operations.length, 95, 'as many as the reference has; counted here alone')
  t.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
  for (const path of new Set(operations.map(each => each.path))) {
    const literal = `'${path.replaceAll(/\{(\w+)\}/g, ':$1')}'`
    const places = sources.flatMap(({ file, code }) => Array.from({ length: code.split(literal).length - 1 }, () => file))
    t.equal(places.length, operations.filter(each => each.path === path).length, `${literal} stands in ${places.join(', ')}`)
    t.ok(places.every(file => file.startsWith('src/http/routes/')), `${literal} stands in ${places.join(', ')}`)
  }
})

t.test('openapi/openapi.json is what the routes and the product say', async t => {
  const text = `${JSON.stringify(await wholeDocument(), null, 2)}\n`
  t.ok(readFileSync(join(root, 'openapi/openapi.json'), 'utf8') === text, 'run `npm run openapi` and commit it')
})

t.test('every schema with a name is a component, and no name is given twice', async t => {
  const named = [...components, ...mockComponents, ...mockAnswers]
  const names = named.map(schema => String(schema.$id))
  t.equal(new Set(names).size, names.length)
  const files = sources.filter(({ room }) => room === 'contract')
  for (const { file, code } of files) {
    const module = await import(pathToFileURL(join(root, file)).href) as Record<string, unknown>
    t.same([...idsIn(Object.values(module))].filter(id => !names.includes(id)), [], `${file} exports schemas that are no component`)
    t.same([...code.matchAll(/\$id: '(\w+)'/g)].map(match => match[1] ?? '').filter(id => !names.includes(id)), [], `${file} names schemas that are no component`)
  }
  const inDocument = Object.keys(storedDocument.components.schemas)
  t.same(components.map(schema => String(schema.$id)).filter(name => !inDocument.includes(name)), [], 'all of the documented API stand in its document')
  t.same(inDocument.filter(name => !components.some(schema => schema.$id === name)), [], 'and nothing else does')
})

/** The names of all schemas in a value. */
function idsIn (value: unknown, seen = new Set<unknown>()): Set<string> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return new Set()
  seen.add(value)
  const below = Object.values(value).flatMap(each => [...idsIn(each, seen)])
  return new Set('$id' in value && typeof value.$id === 'string' ? [value.$id, ...below] : below)
}
