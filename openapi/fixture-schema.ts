import { components } from '../src/contract/index.ts'
import { Fixture, mockComponents } from '../src/contract/mock.ts'

type Json = Record<string, unknown>

const named = new Map<string, object>([...components, ...mockComponents].map(schema => [String(schema.$id), schema]))

/** The JSON Schema of a fixture file, with everything that it refers to inside. */
export function fixtureSchema (): Json {
  const defs: Json = {}
  const { $id, ...fixture } = withLocalRefs(Fixture, defs) as Json
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: $id, ...fixture, $defs: sorted(defs) }
}

/** Turns `Vendor#` into `#/$defs/Vendor` and collects what is referred to. */
function withLocalRefs (value: unknown, defs: Json): unknown {
  if (Array.isArray(value)) return value.map(each => withLocalRefs(each, defs))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) =>
    [key, key === '$ref' && typeof part === 'string' ? localRef(part.replace(/#$/, ''), defs) : withLocalRefs(part, defs)]))
}

function localRef (name: string, defs: Json): string {
  const schema = named.get(name)
  if (schema === undefined) throw new Error(`a fixture refers to ${name}, which no schema is called`)
  if (!(name in defs)) {
    defs[name] = {}
    const { $id: _, ...rest } = withLocalRefs(schema, defs) as Json
    defs[name] = rest
  }
  return `#/$defs/${name}`
}

function sorted (object: Json): Json {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => a < b ? -1 : 1))
}
