import swagger from '@fastify/swagger'
import fp from 'fastify-plugin'
import { events, WebhookDelivery } from '../contract/events.ts'
import { apiVersion } from '../contract/common.ts'
import { components } from '../contract/index.ts'
import { documentOf, refResolver } from './document.ts'
import { documentedRoutes } from './routes/index.ts'
import type { App } from '../lib/fastify.ts'

const tags = [
  { name: 'Vehicles', description: 'Cars: their state, charging, and smart charging.' },
  { name: 'Chargers', description: 'Charging boxes: their state and charging.' },
  { name: 'HVAC', description: 'Heaters, heat pumps, air conditioners and thermostats.' },
  { name: 'Batteries', description: 'Batteries that store the energy of a home.' },
  { name: 'Solar inverters', description: 'Inverters of solar installations and what they produce.' },
  { name: 'Meters', description: 'Meters between a home and the grid.' },
  { name: 'HEM systems', description: 'Home energy management systems, which join the devices of one vendor at one place.' },
  { name: 'Interventions', description: 'What a user can do outside the API so that an asset can do more.' },
  { name: 'Locations', description: 'Places of a user, where assets charge.' },
  { name: 'Tariffs', description: 'Prices of energy that the client knows better than the market.' },
  { name: 'Schedules', description: 'Times at which a vehicle or charger should charge.' },
  { name: 'Statistics', description: 'Consumption and cost over time.' },
  { name: 'User management', description: 'Users, and how they link and unlink their devices.' },
  { name: 'Webhooks', description: 'Receivers of events.' },
  { name: 'Service health', description: 'Which vendors there are and how well they work.' }
]

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token from `/oauth2/token`.' },
  oauth2: {
    type: 'oauth2',
    description: 'Client credentials, by which Swagger UI fetches an access token itself.',
    flows: { clientCredentials: { tokenUrl: '/oauth2/token', scopes: {} } }
  }
} as const

const deliveryHeaders = [
  {
    name: 'x-enode-signature',
    in: 'header',
    required: true,
    description: '`sha1=` and the lower-case hex HMAC-SHA1 of the raw body, keyed with the secret of the webhook.',
    schema: { type: 'string', pattern: '^sha1=[0-9a-f]{40}$' }
  },
  {
    name: 'x-enode-delivery',
    in: 'header',
    required: true,
    description: 'Id of the delivery, the same at every attempt.',
    schema: { type: 'string', format: 'uuid' }
  }
] as const

/** A delivery is one POST that carries up to a hundred events, of this and of other kinds. */
const webhooks = Object.fromEntries(Object.entries(events).map(([name, schema]) => [name, {
  post: {
    operationId: `on${schema.$id}`,
    summary: name,
    description: `${schema.description} One delivery may bring it together with events of other kinds.`,
    tags: ['Webhooks'],
    security: [],
    parameters: [...deliveryHeaders],
    requestBody: { required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${WebhookDelivery.$id}` } } } },
    responses: {
      '2XX': { description: 'Received. Anything else, or no answer in 5 seconds, is tried again later.' },
      '4XX': { description: 'Not received; it will be tried again later.' }
    }
  }
}]))

/** Describes the documented API: every named schema, every documented route, every webhook event. */
const openapi = fp(async (app: App) => {
  for (const component of components) app.addSchema(component)

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'mock-enode',
        version: apiVersion,
        summary: 'A local, stateful twin of the Enode API.',
        description: 'Serves the documented operations of the Enode API on simulated devices. Independent of Enode.',
        license: { name: 'MIT', identifier: 'MIT' }
      },
      servers: [{ url: 'http://localhost:3663', description: 'The default address.' }],
      tags,
      components: { securitySchemes },
      security: [{ bearer: [] }, { oauth2: [] }],
      webhooks
    },
    refResolver
  })
}, { name: 'openapi' })

/** The OpenAPI document of the documented API as the routes and schemas say it, without examples. */
export async function documentedDocument (): Promise<Record<string, unknown>> {
  return await documentOf(async app => {
    await app.register(openapi)
    await app.register(documentedRoutes)
  })
}
