import { readFile, writeFile } from 'node:fs/promises'
import { wholeDocument } from './document.ts'
import { fixtureSchema } from './fixture-schema.ts'
import { withOperations } from './operations.ts'

const root = new URL('../', import.meta.url)
const read = async (path: string): Promise<string> => await readFile(new URL(path, root), 'utf8').catch(() => '')
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** All that is generated from the routes and schemas, and from what the product answers, and committed. */
const document = await wholeDocument()
const outputs: Record<string, string> = {
  'openapi/openapi.json': json(document),
  'fixtures/fixture.schema.json': json(fixtureSchema()),
  'README.md': withOperations(await read('README.md'), document)
}

const drifted: string[] = []
for (const [path, text] of Object.entries(outputs)) {
  if (await read(path) !== text) drifted.push(path)
}
if (!process.argv.includes('--check')) {
  for (const path of drifted) await writeFile(new URL(path, root), outputs[path] ?? '')
} else if (drifted.length > 0) {
  console.error(`${drifted.join(', ')}: not what the routes, the schemas and the product say. Run \`npm run openapi\` and commit`)
  process.exit(1)
}
