import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { startMock } from '../../src/index.ts'
import { operationsOf, storedDocument } from '../helpers/openapi.ts'

interface Item { name: string, item?: Item[], request?: { url: { variable?: Array<{ key: string, value: string }> } } }
interface Collection { item: Item[], auth: object, variable: Array<{ key: string, value: string }> }
interface Conversion { result: boolean, reason?: string, output: Array<{ data: Collection }> }
interface Execution { item: { name: string }, request: { method: string, url: { toString: () => string } }, response?: { code: number, text: () => string } }

const require = createRequire(import.meta.url)
const converter = require('openapi-to-postmanv2') as { convertV2: (input: object, options: object, done: (error: unknown, conversion: Conversion) => void) => void }
const newman = require('newman') as { run: (options: object, done: (error: unknown, summary: { run: { executions: Execution[] } }) => void) => void }

/** The collection that Postman makes of openapi.json, imported by section with examples, and without optional parameters: two cursors exclude each other. */
async function imported (): Promise<Collection> {
  const data = readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')
  return await new Promise((resolve, reject) => {
    converter.convertV2({ type: 'string', data }, { folderStrategy: 'Tags', parametersResolution: 'Example', enableOptionalParameters: false }, (error, { result, reason, output } = { result: false, output: [] }) => {
      const collection = output[0]?.data
      if (result && collection !== undefined) resolve(collection)
      else reject(new Error(`the document is not converted: ${reason ?? String(error)}`))
    })
  })
}

const mock = await startMock({ port: 0, clock: 'frozen', fixture: 'demo' })
const answer = await fetch(mock.tokenUrl, { method: 'POST', headers: { authorization: `Basic ${btoa(`${mock.clientId}:${mock.clientSecret}`)}` }, body: new URLSearchParams({ grant_type: 'client_credentials' }) })
const { access_token: token } = await answer.json() as { access_token: string }
const collection = await imported()
collection.auth = { type: 'bearer', bearer: [{ key: 'token', value: token }] }
const executions = await new Promise<Execution[]>((resolve, reject) => {
  newman.run({ collection, envVar: [{ key: 'baseUrl', value: mock.url }, { key: 'bearerToken', value: token }] }, (error, summary) => { error === null ? resolve(summary.run.executions) : reject(error instanceof Error ? error : new Error(String(error))) })
})
await mock.close()
const refused = executions.filter(({ response }) => response === undefined || response.code >= 300)
for (const { item, request, response } of refused) console.error(`${item.name}: ${request.method} ${request.url.toString()}: ${response?.code} ${response?.text().slice(0, 300)}`)
console.log(`${executions.length} requests of the imported collection, ${refused.length} refused`)
assert.deepEqual([executions.length, refused.length], [operationsOf(storedDocument).length, 0])
