import { readFile, writeFile } from 'node:fs/promises'
import { documentedDocument } from '../src/http/openapi.ts'

const file = new URL('openapi.json', import.meta.url)
const text = `${JSON.stringify(await documentedDocument(), null, 2)}\n`

if (process.argv.includes('--check')) {
  const stored = await readFile(file, 'utf8').catch(() => '')
  if (stored !== text) {
    console.error('openapi/openapi.json is not what the routes say: run `npm run openapi` and commit it')
    process.exit(1)
  }
} else {
  await writeFile(file, text)
}
