/** A JSON schema as far as examples need it. */
interface Schema {
  $id?: string
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  exclusiveMinimum?: number
  format?: string
}

/** Makes the plainest value that a schema takes: null where it may, nothing that it does not need. */
export class Examples {
  readonly #named: ReadonlyMap<string, Schema>

  /** `named` are the schemas that others refer to. */
  constructor (named: readonly object[]) {
    this.#named = new Map(named.map(schema => [(schema as { $id?: string }).$id ?? '', schema as Schema]))
  }

  of (given: Schema): unknown {
    const schema = this.#resolve(given)
    const types = [schema.type ?? []].flat()
    if (types.includes('null') || schema.anyOf?.some(branch => branch.type === 'null') === true) return null
    if (schema.const !== undefined) return schema.const
    if (schema.enum !== undefined) return schema.enum[0]
    if (schema.anyOf !== undefined) return this.of(schema.anyOf[0] ?? {})
    switch (types[0]) {
      case 'object': return Object.fromEntries((schema.required ?? []).map(key => [key, this.of(schema.properties?.[key] ?? {})]))
      case 'array': return []
      case 'string': return texts[schema.format ?? ''] ?? ''
      case 'boolean': return false
      default: return schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1
    }
  }

  /** A copy in which every object refuses keys that it does not name, with all references followed. */
  closed (given: Schema): Schema {
    // Copied to several places, it can have no name.
    const { $id: _name, ...schema } = this.#resolve(given)
    const { anyOf, items, properties } = schema
    return {
      ...schema,
      ...(anyOf === undefined ? {} : { anyOf: anyOf.map(branch => this.closed(branch)) }),
      ...(items === undefined ? {} : { items: this.closed(items) }),
      ...(properties === undefined ? {} : { additionalProperties: false, properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, this.closed(each)])) })
    }
  }

  #resolve (schema: Schema): Schema {
    return schema.$ref === undefined ? schema : this.#named.get(schema.$ref.replace(/#$/, '')) ?? {}
  }
}

const texts: Record<string, string> = { 'date-time': '2026-01-01T00:00:00.000Z', uuid: '00000000-0000-4000-8000-000000000000', uri: 'https://example.com' }
