interface Operation { tags?: string[], responses?: Record<string, unknown> }
interface Document { tags?: Array<{ name: string }>, paths?: Record<string, Record<string, Operation>> }
interface Section { built: string[], unbuilt: string[] }

const markers = ['<!-- operations: written by `npm run openapi` -->', '<!-- end of operations -->'] as const

/** The README with its table of operations made anew. An operation that can answer 501 is not built yet. */
export function withOperations (readme: string, document: Document): string {
  const [start, end] = markers.map(marker => readme.indexOf(marker))
  if (start === undefined || end === undefined || start < 0 || end < start) throw new Error(`README.md lacks the markers ${markers.join(' and ')}`)
  return `${readme.slice(0, start)}${markers[0]}\n${table(document)}\n${readme.slice(end)}`
}

function table ({ tags = [], paths = {} }: Document): string {
  const sections = new Map<string, Section>(tags.map(({ name }) => [name, { built: [], unbuilt: [] }]))
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { tags: [tag = ''] = [], responses = {} }] of Object.entries(operations)) {
      const section = sections.get(tag)
      if (section === undefined) throw new Error(`${method} ${path} has a tag that the document does not list`)
      section['501' in responses ? 'unbuilt' : 'built'].push(`\`${method.toUpperCase()} ${path}\``)
    }
  }
  const all = [...sections.values()]
  const count = (kind: keyof Section): number => all.reduce((sum, section) => sum + section[kind].length, 0)
  const rows = [...sections].map(([name, { built, unbuilt }]) => `| ${name} | ${cell(built)} | ${cell(unbuilt)} |`)
  return [
    `${count('built')} of ${count('built') + count('unbuilt')} operations are built. The others check the token and the request, and then answer 501.`,
    '',
    '| Section | Built | Not built yet |',
    '|---|---|---|',
    ...rows
  ].join('\n')
}

function cell (operations: readonly string[]): string {
  return operations.length === 0 ? '-' : operations.join('<br>')
}
