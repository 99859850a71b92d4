import type { Document } from './shapes.ts'

const markers = ['<!-- operations: written by `npm run openapi` -->', '<!-- end of operations -->'] as const

/** The README with its table of operations made anew. */
export function withOperations (readme: string, document: Document): string {
  const [start, end] = markers.map(marker => readme.indexOf(marker))
  if (start === undefined || end === undefined || start < 0 || end < start) throw new Error(`README.md lacks the markers ${markers.join(' and ')}`)
  return `${readme.slice(0, start)}${markers[0]}\n${table(document)}\n${readme.slice(end)}`
}

function table ({ tags = [], paths = {} }: Document): string {
  const sections = new Map<string, string[]>(tags.map(({ name }) => [name, []]))
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { tags: [tag = ''] = [] }] of Object.entries(operations)) {
      const section = sections.get(tag)
      if (section === undefined) throw new Error(`${method} ${path} has a tag that the document does not list`)
      section.push(`\`${method.toUpperCase()} ${path}\``)
    }
  }
  const count = [...sections.values()].reduce((sum, operations) => sum + operations.length, 0)
  return [
    `All ${count} documented operations are built.`,
    '',
    '| Section | Operations |',
    '|---|---|',
    ...[...sections].map(([name, operations]) => `| ${name} | ${operations.join('<br>')} |`)
  ].join('\n')
}
