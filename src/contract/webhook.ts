import { Type, type Static } from '@sinclair/typebox'
import { apiVersion as servedVersion } from './common.ts'
import { Closed, Formed, Nullable, StringEnum, Timestamp, Uuid } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'

/**
 * What `events` may name. Two of them have no payload in this version and are never sent;
 * heartbeats and the events of HEM systems cannot be named, `*` brings them.
 */
export const selectableEvents = [
  '*', 'user:vehicle:discovered', 'user:vehicle:updated', 'user:vehicle:deleted', 'user:vehicle:smart-charging-status-updated',
  'user:charge-action:updated', 'user:vendor-action:updated', 'user:schedule:execution-updated',
  'user:charger:discovered', 'user:charger:updated', 'user:charger:deleted',
  'user:hvac:discovered', 'user:hvac:updated', 'user:hvac:deleted',
  'user:inverter:discovered', 'user:inverter:updated', 'user:inverter:deleted', 'user:inverter:statistics-updated',
  'user:credentials:invalidated',
  'user:battery:discovered', 'user:battery:updated', 'user:battery:deleted',
  'enode:webhook:test',
  'user:meter:discovered', 'user:meter:updated', 'user:meter:deleted',
  'flex:session:updated'
] as const

export const SelectableEvent = StringEnum(selectableEvents, { $id: 'SelectableEvent', description: 'An event that a webhook can ask for; `*` is every event.' })
export type SelectableEvent = Static<typeof SelectableEvent>

export const WebhookAuthentication = Closed({
  headerName: Formed('^[a-z0-9_-]+$', 'the name of a header in lower case, out of letters, digits, _ and -', { minLength: 1, maxLength: 128, description: 'Name of the header, in lower case.' }),
  headerValue: Formed('^[ -~]+$', 'a text of printable ASCII characters', { minLength: 1, maxLength: 256, description: 'Value of the header, in printable ASCII.' })
}, { $id: 'WebhookAuthentication', description: 'A header that every delivery carries, so that the receiver knows the sender.' })
export type WebhookAuthentication = Static<typeof WebhookAuthentication>

/** How long a webhook of a world may fail. */
export const patience = Type.String({ maxLength: 100, description: 'How long a webhook may fail, in simulated time, until it is deactivated and what it has pending is given up: an ISO 8601 duration above zero. PT24H is the vendor\'s production and what holds if it is left out, PT5M its sandbox.' })

const url = Formed('^[hH][tT][tT][pP][sS]?://', 'a complete http or https URL, such as https://example.com/hook', { minLength: 8, maxLength: 200, description: 'An http or https URL that takes the deliveries. Plain http is allowed, as receivers under test run on localhost. Credentials in it are sent as Basic authentication, and not shown.' })
const apiVersion = Nullable(StringEnum([servedVersion], { description: 'Version in which events are written; null follows the client.' }))
const eventsDescription = 'Events to deliver.'
const events = Type.Array(Ref(SelectableEvent), { description: eventsDescription })

const fields = {
  url,
  secret: Type.String({ minLength: 6, maxLength: 256, description: 'Key of the signature of every delivery. It is never shown again.' }),
  events,
  apiVersion,
  authentication: Ref(WebhookAuthentication)
}

export const CreateWebhookBody = Closed({
  url: fields.url,
  secret: fields.secret,
  events: Type.Optional(Type.Array(Ref(SelectableEvent), { default: ['*'], description: eventsDescription })),
  apiVersion: Type.Optional(apiVersion),
  authentication: Type.Optional(fields.authentication)
}, { $id: 'CreateWebhookBody', description: 'A new webhook.' })
export type CreateWebhookBody = Static<typeof CreateWebhookBody>

export const UpdateWebhookBody = Type.Partial(Closed({
  ...fields,
  authentication: Nullable(fields.authentication)
}), {
  $id: 'UpdateWebhookBody',
  additionalProperties: false,
  description: 'What shall change of a webhook; an `authentication` of null takes the header away.'
})
export type UpdateWebhookBody = Static<typeof UpdateWebhookBody>

export const Webhook = Type.Object({
  id: Uuid('Id of the webhook.'),
  url: Type.String({ description: 'URL that takes the deliveries.' }),
  apiVersion,
  isActive: Type.Boolean({ description: 'Whether deliveries are made; false after too many failures.' }),
  lastSuccess: Timestamp('When a delivery last succeeded; the creation, before the first.'),
  createdAt: Timestamp('When it was created.'),
  events,
  authentication: Nullable(Type.Object({
    headerName: Type.String({ description: 'Name of the header.' })
  }, { description: 'The header that every delivery carries, without its value.' }))
}, { $id: 'Webhook', description: 'A receiver of events.' })
export type Webhook = Static<typeof Webhook>

export const PaginatedWebhookList = paginated(Webhook, 'webhooks')
export type PaginatedWebhookList = Static<typeof PaginatedWebhookList>

export const WebhookTestResult = Type.Object({
  status: StringEnum(['SUCCESS', 'FAILURE'], { description: 'Whether the receiver answered with a 2xx in time.' }),
  description: Type.String({ description: 'The outcome in words.' }),
  response: Nullable(Type.Object({
    code: Type.Number({ description: 'Status code.' }),
    body: Type.String({ description: 'Body.' }),
    headers: Nullable(Type.Array(Type.String(), { description: 'Headers, each as `name: value`.' }))
  }, { description: 'What the receiver answered; null if it did not.' }))
}, { $id: 'WebhookTestResult', description: 'What came of a test of a webhook.' })
export type WebhookTestResult = Static<typeof WebhookTestResult>
