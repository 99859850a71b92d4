import { createRequire } from 'node:module'
import type { RouteOptions } from 'fastify'
import { components } from '../../src/contract/index.ts'
import { mockAnswers } from '../../src/contract/mock-answers.ts'
import { mockComponents } from '../../src/contract/mock.ts'
import type { App } from '../../src/lib/fastify.ts'

const require = createRequire(import.meta.url)

type Responses = Record<string, { content?: Record<string, { schema: object }>, type?: string }>
type Validate = ((value: unknown) => boolean) & { errors?: unknown }

/** What was answered in this process, as `GET /vehicles 200`: for the test that every documented status is reached. */
export const answered = new Set<string>()

/** Hear every documented answer: the operation as `GET /vehicles`, its status and its body, undefined where it has none. */
export const listeners = new Set<(operation: string, status: number, body: unknown) => void>()

const { Ajv } = require('ajv') as typeof import('ajv')
const addFormats = require('ajv-formats') as typeof import('ajv-formats')['default']
const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true })
addFormats(ajv)
for (const schema of [...components, ...mockComponents, ...mockAnswers]) ajv.addSchema(closed(schema) as object)
const compiled = new WeakMap<object, Validate>()
/** By the text of the schema, since each server has objects of its own. */
const byText = new Map<string, Validate>()

/** Fails every answer that has a status, a property or a value that the schema of its route does not, or an image as it is kept. */
export function strictResponses (app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const url = request.routeOptions.url
    if (url === undefined || request.routeOptions.schema === undefined || request.is404) return payload
    const operation = `${request.method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`
    const schema = request.routeOptions.schema as RouteOptions['schema'] & { hide?: boolean }
    if (schema.hide === true) return payload
    // What a fault answers need not be documented for the operation.
    if (reply.hasHeader('x-mock-fault')) return payload
    answered.add(`${operation} ${reply.statusCode}`)
    for (const listen of listeners) listen(operation, reply.statusCode, String(payload).startsWith('{') || String(payload).startsWith('[') ? JSON.parse(String(payload)) : undefined)
    const wrong = check((schema.response ?? {}) as Responses, reply.statusCode, payload) ?? (String(payload).includes('"imageUrl":"/') ? 'an imageUrl has no base' : undefined)
    if (wrong !== undefined) {
      console.error(`STRICT: ${operation} ${reply.statusCode}: ${wrong}\n${String(payload).slice(0, 500)}`)
      process.exitCode = 1
      reply.code(599)
    }
    return payload
  })
}

function check (responses: Responses, status: number, payload: unknown): string | undefined {
  const documented = responses[String(status)]
  if (documented === undefined) return 'the status is not documented'
  // The text of null does not reach the wire: Fastify sends no body with a 204.
  if (documented.type === 'null') return [undefined, null, '', 'null'].includes(payload as string) ? undefined : 'there should be no body'
  const schema = documented.content?.['application/problem+json']?.schema ?? documented
  return wrongWith(schema, JSON.parse(String(payload)))
}

/** How a value does not fit a schema, of which every object refuses properties that it does not name; undefined when it fits. */
export function wrongWith (schema: object, value: unknown): string | undefined {
  let validate = compiled.get(schema)
  if (validate === undefined) {
    const text = JSON.stringify(schema)
    validate = byText.get(text) ?? ajv.compile(closed(schema) as object)
    byText.set(text, validate)
    compiled.set(schema, validate)
  }
  return validate(value) ? undefined : JSON.stringify(validate.errors)
}

/** A copy in which every object refuses properties that it does not name. */
function closed (schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in copy && copy.additionalProperties === undefined ? { ...copy, additionalProperties: false } : copy
}
