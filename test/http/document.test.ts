import t, { type Test } from 'tap'
import { build, type Answer, type Server } from '../helpers/build.ts'
import { Oracle, storedDocument, type Document, type Schema } from '../helpers/openapi.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const document = storedDocument as Document & { webhooks: Record<string, { post: Schema }> }
const oracle = new Oracle(document)
const operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase() as 'GET', path, operation })))
type Placed = typeof operations[number]

/** Answers that nothing in this version of the API can bring about, and so have no example. */
const never = ['POST /hvacs/{hvacId}/permanent-hold 422', 'POST /hvacs/{hvacId}/follow-schedule 422']

/** What is filled in works only after the command that begins it. */
const later = /^(GET|POST) \/\w+\/actions\/|^DELETE .*\/smart-override$/

/** Every schema in a part of the document, with where it stands. */
function schemasIn (part: unknown, at: string, found: Array<[string, Schema]> = []): Array<[string, Schema]> {
  if (typeof part !== 'object' || part === null) return found
  // A property may be called `type` too.
  if (('type' in part && (typeof part.type === 'string' || Array.isArray(part.type))) || 'oneOf' in part || 'anyOf' in part) found.push([at, part])
  for (const [key, each] of Object.entries(part)) if (key !== 'examples' && key !== 'example') schemasIn(each, `${at}/${key}`, found)
  return found
}

t.test('unions that have a tag say so, and every webhook brings events of every kind', async t => {
  const tagged = schemasIn(document, '').filter(([, schema]) => schema.oneOf !== undefined)
  t.same(tagged.map(([at]) => at.replace('/components/schemas/', '')), ['PermanentHold', 'PermanentHoldAction/properties/target', 'WebhookEvent'])
  for (const [at, { oneOf, discriminator: { propertyName, mapping } }] of tagged) {
    t.same(oneOf.map((each: Schema) => each.$ref), Object.values(mapping), at)
    for (const [tag, $ref] of Object.entries(mapping)) {
      const { properties, required } = oracle.resolve({ $ref })
      t.same([properties[propertyName].enum, required.includes(propertyName)], [[tag], true], `${at} ${tag}`)
    }
  }
  // A union whose members no property with one text tells apart can have none.
  const names = schemasIn(document.components.schemas, '').filter(([, { anyOf = [] }]) => anyOf.every((each: Schema) => each.type !== 'null') && anyOf.length > 0).map(([at]) => at)
  t.same(names, ['/Timeseries', '/ChargerAction', '/HVACAction', '/VehicleAction', '/VendorAction'])
  t.same(Object.keys(oracle.resolve({ $ref: '#/components/schemas/WebhookEvent' }).discriminator.mapping), Object.keys(document.webhooks))
  for (const [event, { post }] of Object.entries(document.webhooks)) t.same(post.requestBody.content['application/json'].schema, { $ref: '#/components/schemas/WebhookDelivery' }, event)
})

t.test('a delivery of several kinds of events fits what the document says of each of them', async t => {
  const server = await build(t)
  const hooks = await receiver(t)
  await server.call('POST', '/webhooks', { url: hooks.url, secret })
  await server.mock('POST', '/accounts', { vendor: 'HUAWEI', userId: 'anna', devices: [{ type: 'inverter' }, { type: 'battery' }, { type: 'meter' }] })
  await server.mock('POST', '/deliveries/drain')
  const mixed = hooks.received.map(({ events }) => events).filter(events => new Set(events.map(({ event }) => event)).size > 1)
  t.ok(mixed.length > 0)
  for (const events of mixed) for (const { event } of events) t.ok(oracle.accepts(document.webhooks[String(event)]?.post.requestBody.content['application/json'].schema, events), String(event))
  t.notOk(oracle.accepts({ $ref: '#/components/schemas/WebhookDelivery' }, [{ ...mixed[0]?.[0], event: 'system:heartbeat' }]), 'an event under the name of another does not')
  t.notOk(oracle.accepts({ $ref: '#/components/schemas/WebhookDelivery' }, []))
})

t.test('every parameter, body, answer, webhook and property has an example, which fits its schema', async t => {
  let count = 0
  const fits = (where: string, schema: Schema, value: unknown): void => {
    count++
    if (value === undefined || !oracle.accepts(schema, value)) t.fail(`${where}: ${JSON.stringify(value)?.slice(0, 300)}`)
  }
  for (const { name, operation: { parameters = [], requestBody, responses } } of operations) {
    for (const { name: of, schema, example } of parameters) fits(`${name} ${of}`, schema, example ?? schema.examples?.[0])
    for (const { schema, example } of Object.values<Schema>(requestBody?.content ?? {})) fits(`${name} body`, schema, example)
    for (const [status, { content = {}, headers = {} }] of Object.entries<Schema>(responses)) {
      for (const { schema, example } of Object.values<Schema>(content)) if (!never.includes(`${name} ${status}`)) fits(`${name} ${status}`, schema, example)
      for (const { schema, example } of Object.values<Schema>(headers)) fits(`${name} ${status} headers`, schema, example)
    }
  }
  for (const [event, { post: { parameters, requestBody } }] of Object.entries(document.webhooks)) {
    const { schema, example } = requestBody.content['application/json']
    fits(event, schema, example)
    t.ok(example.some((each: Schema) => each.event === event), `the delivery brings ${event}`)
    for (const parameter of parameters) fits(`${event} ${parameter.name}`, parameter.schema, parameter.example)
  }
  const leaves = schemasIn(document.components.schemas, '').filter(([, schema]) => ['oneOf', 'anyOf', 'items', 'properties'].every(key => !(key in schema)) && schema.type !== 'null')
  for (const [at, schema] of leaves) fits(at, schema, schema.examples?.[0])
  t.ok(count > 1100, `${count} examples`)
})

/** Makes a call as the examples of an operation fill it in. */
async function fillIn (server: Server, { method, path, operation: { parameters = [], requestBody } }: Placed): Promise<Answer> {
  const of = (where: string): Array<[string, string]> => parameters.filter((each: Schema) => each.in === where && 'example' in each).map(({ name, example }: Schema) => [name, String(example)])
  const ids = new Map(of('path'))
  const query = new URLSearchParams(of('query')).toString()
  return await server.call(method, `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? '')}${query === '' ? '' : `?${query}`}`, requestBody?.content['application/json'].example)
}

/** The default world as it is when nothing is set, but for its clock, which stands. */
async function demo (t: Test): Promise<Server> {
  return await build(t, { fixture: 'demo', seed: 1, now: new Date() })
}

t.test('each operation works as it is filled in, on the demo as it is at this hour', async t => {
  const server = await demo(t)
  for (const placed of operations) {
    if (later.test(placed.name)) continue
    await server.mock('POST', '/reset')
    const answer = await fillIn(server, placed)
    t.ok(answer.status < 300, `${placed.name}: ${answer.status} ${answer.text.slice(0, 200)}`)
  }
})

t.test('one after the other they all work, and make what the others name', async t => {
  const server = await demo(t)
  const named = new Set(operations.flatMap(({ operation: { parameters = [] } }) => parameters.flatMap(({ example }: Schema) => example ?? [])))
  for (const placed of operations) {
    const answer = await fillIn(server, placed)
    t.ok(answer.status < 300, `${placed.name}: ${answer.status} ${answer.text.slice(0, 200)}`)
    const example = placed.operation.responses[answer.status]?.content?.['application/json']?.example
    if (named.has(example?.id)) t.equal(answer.body.id, example.id, `${placed.name} names the same`)
  }
})

t.test('the parts of a call and its answer are about the same', async t => {
  for (const { name, operation: { parameters = [], responses } } of operations) {
    const [id] = parameters.filter((each: Schema) => each.in === 'path' && /^(vehicle|charger|hvac|battery|inverter|meter|hemSystem|action|location|schedule|webhook)Id$/.test(each.name)).map((each: Schema) => each.example)
    const example = responses[200]?.content?.['application/json']?.example
    if (id === undefined || !/^GET \/[\w-]+\/(actions\/)?\{\w+\}$/.test(name)) continue
    t.equal(example.id, id, name)
  }
})
