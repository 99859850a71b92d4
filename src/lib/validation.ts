import { createRequire } from 'node:module'
import type { Ajv as AjvClass, ErrorObject, ValidateFunction } from 'ajv'
import { type Issue } from './problem.ts'
import { mustBe } from './words.ts'

/** Checks a value and says what is wrong with it; an empty list when nothing is. */
export type Check = (value: unknown) => Issue[]

const require = createRequire(import.meta.url)

/**
 * Compiles schemas when a value first meets them: compiling all at the start would cost more than the rest of it. Equal
 * schemas are compiled once, so servers in one process share the work. `named` are the schemas that others refer to.
 */
export class Validation {
  readonly #named: readonly object[]
  #strict: AjvClass | undefined
  #coercing: AjvClass | undefined
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor (named: readonly object[]) {
    this.#named = named
  }

  /** For JSON, which has types: nothing is coerced. */
  strict (schema: object): Check {
    return this.#lazily('strict', schema, () => (this.#strict ??= this.#ajv(false)))
  }

  /** For paths and query strings, which have none: `"5"` becomes 5 in place. */
  coercing (schema: object): Check {
    return this.#lazily('coercing', schema, () => (this.#coercing ??= this.#ajv(true)))
  }

  #lazily (way: string, schema: object, ajv: () => AjvClass): Check {
    let validate: ValidateFunction | undefined
    return value => {
      validate ??= this.#compile(`${way} ${JSON.stringify(schema)}`, schema, ajv)
      return validate(value) ? [] : issuesOf(validate.errors ?? [])
    }
  }

  #compile (key: string, schema: object, ajv: () => AjvClass): ValidateFunction {
    const compiled = this.#compiled.get(key) ?? ajv().compile(schema)
    this.#compiled.set(key, compiled)
    return compiled
  }

  #ajv (coerceTypes: boolean): AjvClass {
    const { Ajv } = require('ajv') as typeof import('ajv')
    const addFormats = require('ajv-formats') as typeof import('ajv-formats')['default']
    // JSON can hold numbers that JavaScript reads as Infinity. Where text is coerced, Ajv would skip the limits of one that is not finite.
    const ajv = new Ajv({ allErrors: true, coerceTypes, strict: false, strictNumbers: !coerceTypes, verbose: true, allowUnionTypes: true })
    addFormats(ajv)
    for (const schema of this.#named) ajv.addSchema(schema)
    return ajv
  }
}

/** Issues past which an answer helps nobody. */
const mostIssues = 20

function issuesOf (errors: ErrorObject[]): Issue[] {
  const issues = errors.filter(isUnion).reduce(withMeantBranch, errors).map(issueOf)
  return issues.filter((issue, i) => issues.findIndex(other => other.message === issue.message) === i).slice(0, mostIssues)
}

function isUnion (error: ErrorObject): boolean {
  return error.keyword === 'anyOf' || error.keyword === 'oneOf'
}

/**
 * A union that fails says so for itself and for each branch. What is wrong in the branch that was meant is told, if the
 * type of the value or an enumeration in it leaves one branch only; if not, what is wrong in all of them, or that none fits.
 */
function withMeantBranch (errors: ErrorObject[], union: ErrorObject): ErrorObject[] {
  const branchOf = (error: ErrorObject): string | undefined =>
    error.schemaPath.startsWith(`${union.schemaPath}/`) ? error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0] : undefined
  const saysOther = (error: ErrorObject): boolean => error.keyword === 'enum'
    ? error.instancePath.split('/').slice(0, -1).join('/') === union.instancePath
    : error.keyword === 'type' && error.instancePath === union.instancePath
  const others = new Set(errors.filter(saysOther).map(branchOf))
  const meant = [...new Set(errors.map(branchOf))].filter(branch => branch !== undefined && !others.has(branch))
  // A branch that is a reference reports under the schema that it refers to.
  const isReferred = errors.some(error => branchOf(error) === undefined && !isUnion(error) && !saysOther(error) && `${error.instancePath}/`.startsWith(`${union.instancePath}/`))
  const only = meant.length === 1 ? meant[0] : undefined
  if (only !== undefined || isReferred) return errors.filter(error => error !== union && (branchOf(error) === undefined || branchOf(error) === only))
  const shared = sharedBy(errors, Object.keys(union.schema as unknown[]), branchOf)
  return errors.filter(error => branchOf(error) === undefined).flatMap(error => error === union && shared.length > 0 ? shared : [error])
}

/** What is wrong in every branch alike, such as a key that all of them need; of enumerations that differ, any value would do. */
function sharedBy (errors: ErrorObject[], branches: string[], branchOf: (error: ErrorObject) => string | undefined): ErrorObject[] {
  const isAlike = (a: ErrorObject, b: ErrorObject): boolean => a.keyword === b.keyword && a.instancePath === b.instancePath &&
    (a.keyword === 'enum' || JSON.stringify(a.params) === JSON.stringify(b.params))
  return errors.filter(error => branchOf(error) === branches[0]).flatMap(first => {
    const alike = branches.map(branch => errors.find(error => branchOf(error) === branch && isAlike(error, first)))
    if (alike.includes(undefined)) return []
    return first.keyword === 'enum' ? { ...first, params: { allowedValues: alike.flatMap(error => error?.params.allowedValues as unknown[]) } } : first
  })
}

function issueOf (error: ErrorObject): Issue {
  const path = error.instancePath.split('/').slice(1).map(part => {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    return /^\d+$/.test(key) ? Number(key) : key
  })
  const params = error.params as Record<string, unknown>
  const at = (extra?: unknown): Array<string | number> => typeof extra === 'string' ? [...path, extra] : path
  const name = (full: Array<string | number>): string => full.length === 0 ? 'The body' : `"${full.map((key, i) => typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`).join('')}"`
  const issue = (full: Array<string | number>, says: string, type: string): Issue => ({ message: `${name(full)} ${says}`, path: full, type })
  const is = typeof error.data === 'string' ? 'string' : Array.isArray(error.data) ? 'array' : 'number'

  switch (error.keyword) {
    case 'required': return issue(at(params.missingProperty), 'is required', 'any.required')
    case 'additionalProperties': return issue(at(params.additionalProperty), 'is not allowed', 'object.unknown')
    case 'type': return path.length === 0 && error.data === undefined ? issue(path, 'is required, as JSON', 'any.required') : issue(path, `must be ${listed([params.type].flat())}`, `${String([params.type].flat()[0])}.base`)
    case 'enum': return issue(path, `must be one of [${(params.allowedValues as unknown[]).map(String).join(', ')}]`, 'any.only')
    case 'const': return issue(path, `must be ${JSON.stringify(params.allowedValue)}`, 'any.only')
    case 'format': return issue(path, `must be a valid ${formats[String(params.format)] ?? String(params.format)}`, `string.${String(params.format)}`)
    case 'pattern': return issue(path, `must be ${textIn(error, mustBe) ?? `of the form that is documented${meaning(error)}`}`, 'string.pattern.base')
    case 'minimum': case 'exclusiveMinimum': case 'maximum': case 'exclusiveMaximum':
      return issue(path, `must be ${comparisons[String(params.comparison)] ?? String(params.comparison)} ${String(params.limit)}`, `number.${error.keyword}`)
    case 'minLength': case 'minItems': return issue(path, `must have at least ${counted(params.limit, is)}`, `${is}.min`)
    case 'maxLength': case 'maxItems': return issue(path, `must have at most ${counted(params.limit, is)}`, `${is}.max`)
    case 'anyOf': case 'oneOf': return issue(path, `has none of the forms that it can have${meaning(error)}`, 'alternatives.match')
    default: return issue(path, `cannot be what it is${meaning(error)}`, `any.${error.keyword}`)
  }
}

/** What a value is for, by the description in its schema: a pattern alone tells nobody what to send. */
function meaning (error: ErrorObject): string {
  const description = textIn(error, 'description')
  return description === undefined ? '' : `: ${description.replace(/\.$/, '')}`
}

/** What the schema that a value does not fit says under a key. */
function textIn ({ parentSchema }: ErrorObject, key: string | symbol): string | undefined {
  const text: unknown = (parentSchema as Record<string | symbol, unknown> | undefined)?.[key]
  return typeof text === 'string' ? text : undefined
}

const formats: Record<string, string> = { uuid: 'UUID', uri: 'URI', 'date-time': 'ISO 8601 timestamp with an offset' }
const comparisons: Record<string, string> = { '>=': 'greater than or equal to', '>': 'greater than', '<=': 'less than or equal to', '<': 'less than' }

function counted (limit: unknown, of: string): string {
  return `${String(limit)} ${of === 'string' ? 'character' : 'item'}${limit === 1 ? '' : 's'}`
}

function listed (types: unknown[]): string {
  return types.map(type => type === 'null' ? 'null' : /^[aio]/.test(String(type)) ? `an ${String(type)}` : `a ${String(type)}`).join(' or ')
}
