import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Random } from '../../src/lib/random.ts'

const require = createRequire(import.meta.url)

export type Schema = Record<string, any>
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Operation {
  method: Method
  /** The template, such as `/vehicles/{vehicleId}`. */
  path: string
  operationId: string
  parameters: Array<{ name: string, in: 'path' | 'query', required?: boolean, schema: Schema }>
  /** Schema of the JSON body; undefined where there is none. */
  body: Schema | undefined
  statuses: number[]
}

export interface Document { paths: Record<string, Record<string, Schema>>, components: { schemas: Record<string, Schema>, parameters?: Record<string, Schema> }, servers?: unknown }

/** The document as it stands in the repository. */
export const storedDocument = JSON.parse(readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')) as Document

/** Every operation of a document. */
export function operationsOf (document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({
    method: method.toUpperCase() as Method,
    path,
    operationId: operation.operationId,
    parameters: (operation.parameters ?? []).filter((each: Schema) => each.$ref === undefined),
    body: operation.requestBody?.content['application/json'].schema,
    statuses: Object.keys(operation.responses).map(Number)
  })))
}

/** An id that nothing has. */
export const unknownId = '11111111-2222-4333-8444-555555555555'

/** Path parameters that fit, of things that are not there. */
export function pathOf (operation: Operation, oracle: Oracle): Record<string, string> {
  return Object.fromEntries(operation.parameters.filter(each => each.in === 'path').map(({ name, schema }): [string, string] => [name, String(oracle.sample(schema))]))
}

/** The query parameters that are required. */
export function queryOf (operation: Operation, oracle: Oracle): Record<string, string> {
  return Object.fromEntries(operation.parameters.filter(each => each.in === 'query' && each.required).map(({ name, schema }): [string, string] => [name, String(oracle.sample(schema))]))
}

export function urlOf (template: string, path: Record<string, string>, query: string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '') + (query === '' ? '' : `?${query}`)
}

/** Values that some schema or other takes. */
const candidates: unknown[] = [
  'mock-text', unknownId, '2026-01-01T00:00:00.000Z', '2026-01', '08:00', '1.5', 'https://example.com/hook',
  1, 500, 2000, true, null
]

/** Knows which values the schemas of a document take; it shares no code with the server. */
export class Oracle {
  readonly #document: Document
  readonly #ajv: import('ajv').Ajv
  readonly #compiled = new Map<Schema, import('ajv').ValidateFunction>()

  constructor (document: Document) {
    const { Ajv } = require('ajv') as typeof import('ajv')
    const addFormats = require('ajv-formats') as typeof import('ajv-formats')['default']
    this.#document = document
    this.#ajv = new Ajv({ strict: false, strictNumbers: true, allowUnionTypes: true, allErrors: true, validateSchema: false })
    addFormats(this.#ajv)
    this.#ajv.addSchema({ components: document.components }, 'doc')
  }

  accepts (schema: Schema, value: unknown): boolean {
    let validate = this.#compiled.get(schema)
    if (validate === undefined) {
      validate = this.#ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"doc#/')))
      this.#compiled.set(schema, validate)
    }
    return validate(value)
  }

  /** As `accepts`, for the text of a path or query parameter. */
  acceptsText (schema: Schema, text: string): boolean {
    const type = this.resolve(schema).type
    return this.accepts(schema, (type === 'integer' || type === 'number') && text.trim() !== '' ? Number(text) : text)
  }

  resolve (schema: Schema): Schema {
    return typeof schema.$ref === 'string' ? this.resolve(this.#document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema
  }

  /** A value that fits: of an object only what is required. */
  sample (given: Schema): unknown {
    const schema = this.resolve(given)
    if (schema.enum !== undefined) return schema.enum[0]
    if (schema.const !== undefined) return schema.const
    const [first] = branchesOf(schema)
    if (first !== undefined) return this.sample(first)
    if (schema.type === 'object') {
      return Object.fromEntries((schema.required ?? []).map((key: string) => [key, this.sample(schema.properties[key])]))
    }
    if (schema.type === 'array') {
      const item = this.resolve(schema.items)
      // All values of an enumeration, since rules between them want some of the others.
      if ((schema.minItems ?? 0) > 0) return item.enum ?? [this.sample(item)]
      return []
    }
    const fitting = candidates.find(value => this.accepts(schema, value))
    if (fitting === undefined) throw new Error(`no candidate fits ${JSON.stringify(schema)}`)
    return fitting
  }

  /** A value that does not fit, wrong at some place that chance picks. */
  broken (schema: Schema, random: Random): { text: string, value: unknown } {
    for (let tries = 0; tries < 50; tries++) {
      const text = JSON.stringify(this.#damaged(schema, random)).replaceAll(`"${endless}"`, '1e309')
      const value: unknown = JSON.parse(text)
      if (!this.accepts(schema, value)) return { text, value }
    }
    throw new Error(`found nothing that breaks ${JSON.stringify(schema)}`)
  }

  #damaged (given: Schema, random: Random): unknown {
    const schema = this.resolve(given)
    const branches = branchesOf(schema)
    if (branches.length > 0 && random.next() < 0.8) return this.#damaged(random.pick(branches), random)
    if (schema.type === 'object' && random.next() < 0.9) {
      const object = this.sample(schema) as Record<string, unknown>
      const known = Object.keys(schema.properties ?? {})
      const required = (schema.required ?? []) as string[]
      const chance = random.next()
      if (chance < 0.15) return { ...object, [random.pick(unknownKeys)]: 1 }
      if (chance < 0.3 && required.length > 0) {
        const gone = random.pick(required)
        return Object.fromEntries(Object.entries(object).filter(([key]) => key !== gone))
      }
      if (known.length === 0) return random.pick(wrongValues)
      const key = random.pick(known)
      return { ...object, [key]: this.#damaged(schema.properties[key], random) }
    }
    if (schema.type === 'array' && random.next() < 0.6) return [this.#damaged(schema.items, random)]
    return random.pick(wrongValues)
  }
}

/** What a union is made of; nothing for what is no union. */
function branchesOf (schema: Schema): Schema[] {
  return schema.anyOf ?? schema.oneOf ?? []
}

/** Stands for a number too large for JavaScript, which JSON can hold all the same. */
const endless = '@1e309@'
const unknownKeys = ['unknown', 'constructor', 'toString', 'hasOwnProperty', 'ACTION', ' ', '', '$ref']
const wrongValues: unknown[] = [
  null, true, false, 0, -1, 1.5, 1e300, -1e300, 9007199254740991, endless, '', ' ', 'x', 'NaN', 'Infinity', '\u0000', '\ud800', 'null', '1e309', '24:01', '2026-13-45T00:00:00Z',
  'javascript:alert(1)', 'x'.repeat(10_000), [], [null], [[]], {}, { a: 1 }, ['x', 'x'], { length: 1 }
]
