import { readFile, writeFile } from 'node:fs/promises'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { openapi } from '../src/http/openapi.ts'
import { documentedRoutes } from '../src/http/routes/index.ts'

const file = new URL('openapi.json', import.meta.url)

const app = Fastify().withTypeProvider<TypeBoxTypeProvider>()
// Nothing is served here, so that nothing needs compiling.
app.setValidatorCompiler(() => () => true)
app.setSerializerCompiler(() => JSON.stringify)
await app.register(openapi)
await app.register(documentedRoutes)
await app.ready()
const text = `${JSON.stringify(app.swagger(), null, 2)}\n`

if (process.argv.includes('--check')) {
  const stored = await readFile(file, 'utf8').catch(() => '')
  if (stored !== text) {
    console.error('openapi/openapi.json is not what the routes say: run `npm run openapi` and commit it')
    process.exit(1)
  }
} else {
  await writeFile(file, text)
}
