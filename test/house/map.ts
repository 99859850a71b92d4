import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rooms } from './walls.ts'

export interface Import { target: string, isType: boolean }

export interface Source {
  /** Its path from the root of the repository. */
  file: string
  /** The room that it stands in; empty where it stands in none. */
  room: string
  text: string
  /** The text without its comments. */
  code: string
  imports: Import[]
}

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const names = Object.keys(rooms)

/** Without comments; a `//` or `/*` inside a string follows no space. */
export function withoutComments (text: string): string {
  return text.replaceAll(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}

export function importsOf (file: string, code: string): Import[] {
  const found = code.matchAll(/\b(?:import|export)\s+(type\s+)?([^;'"]*?)\s*\bfrom\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\s*\)|\bimport\s+'(\.[^']+)'/g)
  return [...found].map(([, type, names = '', ...targets]) => ({
    target: normalize(join(dirname(file), targets.find(each => each !== undefined) ?? '')),
    isType: type !== undefined || (/^\{.*\}$/s.test(names) && names.slice(1, -1).split(',').every(name => name.trim() === '' || name.trim().startsWith('type ')))
  }))
}

/** The room of a file by its path. */
export function roomOf (file: string): string {
  return names.find(name => file === `src/${name}` || file.startsWith(`src/${name}/`)) ?? ''
}

/** Every file of `src`. */
export function readSources (): Source[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => {
    const path = join(entry.parentPath, entry.name)
    const file = relative(root, path)
    const text = readFileSync(path, 'utf8')
    const code = withoutComments(text)
    return { file, room: roomOf(file), text, code, imports: importsOf(file, code) }
  })
}

/**
 * Which files and folders, side by side in one folder, import each other in a circle. What is in a folder counts as the
 * folder, and types count as well: there is none at any level.
 */
export function circlesIn (sources: readonly Source[]): string[] {
  const folders = new Set(sources.flatMap(({ file }) => file.split('/').slice(0, -1).map((_, i, parts) => parts.slice(0, i + 1).join('/'))))
  return [...folders].flatMap(folder => {
    const childOf = (file: string): string | undefined => file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split('/')[0] : undefined
    const arrows = new Map<string, Set<string>>()
    for (const { file, imports } of sources) {
      const from = childOf(file)
      if (from === undefined) continue
      for (const to of imports.map(({ target }) => childOf(target))) if (to !== undefined && to !== from) arrows.set(from, (arrows.get(from) ?? new Set()).add(to))
    }
    const reached = (from: string): Set<string> => {
      const found = new Set<string>()
      for (const ahead = [from]; ahead.length > 0;) for (const to of arrows.get(ahead.pop() ?? '') ?? []) if (!found.has(to)) ahead.push([...found.add(to)].at(-1) ?? '')
      return found
    }
    const circle = [...arrows.keys()].filter(each => reached(each).has(each))
    return circle.length === 0 ? [] : [`${folder}: ${circle.join(', ')}`]
  })
}

/** Imports from a room that stands further down in the table: an arrow up. */
export function arrowsUp (sources: readonly Source[]): string[] {
  return sources.flatMap(({ file, room, imports }) => imports.filter(({ target }) => names.indexOf(roomOf(target)) > names.indexOf(room)).map(({ target }) => `${file} imports ${target}`))
}

/** The rooms that a room really imports from. */
function below (sources: readonly Source[], room: string): string[] {
  const used = new Set(sources.filter(each => each.room === room).flatMap(({ imports }) => imports.map(({ target }) => roomOf(target))))
  return names.filter(name => name !== room && used.has(name))
}

/** The map as a table in Markdown: the ground floor comes first. */
export function mapOf (sources: readonly Source[]): string {
  const rows = names.filter(name => !name.endsWith('.ts')).map(name => {
    const files = sources.filter(({ room }) => room === name)
    // In hundreds, so that not every change redraws the map.
    const lines = Math.round(files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0) / 100) * 100
    const uses = below(sources, name).map(each => each.replace('domain/', ''))
    return `| \`${name}/\` | ${rooms[name]?.says ?? ''} | ${files.length} | ${lines} | ${uses.join(', ')} |`
  })
  return ['| room of `src/` | what lives there | files | lines | imports from |', '|---|---|---|---|---|', ...rows].join('\n')
}

const page = join(root, 'CONTRIBUTING.md')
const [begin, end] = ['<!-- map: npm run map -->\n', '\n<!-- end of map -->']

/** The map as CONTRIBUTING has it. */
export function drawnMap (): string {
  const text = readFileSync(page, 'utf8')
  return text.slice(text.indexOf(begin) + begin.length, text.indexOf(end))
}

/** Puts the map into CONTRIBUTING. */
export function drawMap (): void {
  const text = readFileSync(page, 'utf8')
  writeFileSync(page, text.slice(0, text.indexOf(begin) + begin.length) + mapOf(readSources()) + text.slice(text.indexOf(end)))
}
