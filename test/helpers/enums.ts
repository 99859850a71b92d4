import { operationsOf, type Document, type Schema } from './openapi.ts'

/** One value of an enumeration, and where it stands: `GET /vehicles 200 data[].vendor "TESLA"`, or the name of an event in the place of the operation. */
export type Occurrence = string

/** Every value that an enumeration in an answer or an event can have, by the document. What is not built is left out, and with it its events. */
export function expectedValues (document: Document & { webhooks: Record<string, Record<string, Schema>> }): Set<Occurrence> {
  const found = new Set<Occurrence>()
  const resolve = (schema: Schema): Schema => typeof schema.$ref === 'string' ? resolve(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema
  const walk = (given: Schema, at: string): void => {
    const schema = resolve(given)
    for (const value of schema.enum ?? ('const' in schema ? [schema.const] : [])) found.add(`${at} ${JSON.stringify(value)}`)
    for (const branch of [...schema.anyOf ?? [], ...schema.oneOf ?? [], ...schema.allOf ?? []]) walk(branch, at)
    for (const [key, property] of Object.entries(schema.properties ?? {})) walk(property as Schema, `${at}${at.endsWith(' ') ? '' : '.'}${key}`)
    if (schema.items !== undefined) walk(schema.items, `${at}[]`)
  }
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(item)) {
      if ('501' in responses) continue
      for (const [status, response] of Object.entries(responses as Record<string, Schema>)) {
        const schema = response.content?.['application/json']?.schema
        if (schema !== undefined) walk(schema, `${method.toUpperCase()} ${path} ${status} `)
      }
    }
  }
  for (const [name, event] of Object.entries(document.webhooks)) {
    const { discriminator } = resolve(resolve(event.post?.requestBody.content['application/json'].schema).items)
    if (isBuilt(document, name)) walk({ $ref: discriminator.mapping[name] }, `${name} `)
  }
  return found
}

/** Every text, number and null in an answer or an event, in the same form. */
export function valuesIn (body: unknown, from: string): Occurrence[] {
  const found: Occurrence[] = []
  const walk = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, `${at}[]`)
    else if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) walk(each, `${at}${at.endsWith(' ') ? '' : '.'}${key}`)
    else found.push(`${at} ${JSON.stringify(value)}`)
  }
  walk(body, `${from} `)
  return found
}

/** An event is sent once what it tells of is built: `user:hem-system:updated` goes with `/hem-systems`, `user:inverter:statistics-updated` with `/inverters/{inverterId}/statistics`. */
function isBuilt (document: Document, event: string): boolean {
  const [, kind = '', what = ''] = event.split(':')
  const about = operationsOf(document).filter(({ path }) => path.startsWith(`/${kind.replace(/y$/, 'ie')}s`))
  const topic = about.filter(({ path }) => path.endsWith(`/${what.replace('-updated', '')}`))
  const decisive = topic.length > 0 ? topic : about
  return decisive.length === 0 || decisive.some(({ statuses }) => !statuses.includes(501))
}
