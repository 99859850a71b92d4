import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { capture, type Captured } from './capture.ts'
import type { Document, Media, Operation, Schema } from './shapes.ts'

/**
 * The document with examples of everything, made by running the product: of each parameter, body, answer and webhook, and
 * of each property of each schema. Throws where one is missing that could be had.
 */
export async function withExamples (given: Document): Promise<Document> {
  // As JSON, in which no two places share a schema.
  const document = JSON.parse(JSON.stringify(given)) as Document
  const captured = await capture(document)
  const properties = new Properties(document)
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) fillOperation(operation, captured, properties)
  }
  for (const [event, { post }] of Object.entries(document.webhooks)) {
    const delivery = captured.deliveries.get(event)
    if (post === undefined || delivery === undefined) throw new Error(`no example of ${event}`)
    for (const parameter of post.parameters ?? []) parameter.example = delivery.headers[parameter.name]
    for (const media of Object.values(post.requestBody?.content ?? {})) fillMedia(media, delivery.body, properties)
  }
  for (const { body } of captured.received) properties.see({ $ref: '#/components/schemas/WebhookDelivery' }, body)
  for (const hold of captured.holds) properties.see({ $ref: '#/components/schemas/PermanentHold' }, hold)
  properties.fill()
  return document
}

function fillOperation ({ operationId, parameters = [], requestBody, responses }: Operation, { calls, replies, cursors }: Captured, properties: Properties): void {
  const call = calls.get(operationId)
  if (call === undefined) throw new Error(`no call of ${operationId}`)
  for (const parameter of parameters) {
    const { name } = parameter
    const value = call.path[name] ?? call.query[name]
    // Beside the schema, where no tool fills it in unasked: a cursor fits one list only, and never both of them.
    if (value === undefined) parameter.schema.examples = [cursors[name]]
    else parameter.example = value
  }
  for (const media of Object.values(requestBody?.content ?? {})) fillMedia(media, call.body, properties)
  for (const [status, response] of Object.entries(responses)) {
    const reply = replies.get(operationId)?.get(Number(status))
    // What nothing brings about has no example.
    if (reply === undefined) continue
    for (const [name, header] of Object.entries(response.headers ?? {})) header.example = Number(reply.headers[name])
    for (const media of Object.values(response.content ?? {})) fillMedia(media, reply.body, properties)
  }
}

function fillMedia (media: Media, value: unknown, properties: Properties): void {
  media.example = value
  properties.see(media.schema ?? {}, value)
}

/** Examples of the properties of schemas, out of values that were seen. */
class Properties {
  readonly #document: Document
  readonly #ajv = new Ajv({ strict: false, allowUnionTypes: true, validateSchema: false })
  readonly #checks = new Map<Schema, (value: unknown) => boolean>()
  readonly #seen = new Map<Schema, unknown>()

  constructor (document: Document) {
    this.#document = document
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ components: document.components }, 'document')
  }

  /** Keeps of a value what no example is known of yet; null only for want of anything else. */
  see (given: Schema, value: unknown): void {
    const schema = this.#resolve(given)
    const branches = this.#branches(schema, value)
    for (const branch of branches) if (schema.discriminator !== undefined || this.#fits(branch, value)) this.see(branch, value)
    if (value === undefined || branches.length > 0) return
    if (schema.items !== undefined && Array.isArray(value)) for (const each of value) this.see(schema.items, each)
    const known = Object.entries<Schema>(schema.properties ?? {})
    if (typeof value === 'object' && value !== null) for (const [key, property] of known) this.see(property, (value as Record<string, unknown>)[key])
    else if ((this.#seen.get(schema) ?? null) === null) this.#seen.set(schema, value)
  }

  /** Puts the examples beside what they are of. */
  fill (): void {
    const missing: string[] = []
    const walk = (schema: Schema, at: string): void => {
      for (const branch of schema.oneOf ?? schema.anyOf ?? []) walk(branch, at)
      if (schema.items !== undefined) walk(schema.items, `${at}[]`)
      for (const [key, property] of Object.entries<Schema>(schema.properties ?? {})) walk(property, `${at}.${key}`)
      const isLeaf = ['$ref', 'oneOf', 'anyOf', 'items', 'properties'].every(key => !(key in schema)) && schema.type !== 'null'
      if (!isLeaf) return
      if (this.#seen.has(schema)) schema.examples = [this.#seen.get(schema)]
      else missing.push(at)
    }
    for (const [name, schema] of Object.entries(this.#document.components.schemas)) walk(schema, name)
    if (missing.length > 0) throw new Error(`no call and no event shows ${missing.join(', ')}`)
  }

  /** The members of a union; where it has a tag, the one that a value names. */
  #branches ({ oneOf, anyOf, discriminator }: Schema, value: unknown): Schema[] {
    if (discriminator === undefined) return oneOf ?? anyOf ?? []
    return [{ $ref: discriminator.mapping[(value as Record<string, string>)[discriminator.propertyName] ?? ''] }]
  }

  #resolve (schema: Schema): Schema {
    return typeof schema.$ref === 'string' ? this.#resolve(this.#document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema
  }

  #fits (schema: Schema, value: unknown): boolean {
    const check = this.#checks.get(schema) ?? this.#ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as Schema)
    this.#checks.set(schema, check)
    return check(value)
  }
}
