import { framing } from '../../lib/framing.ts'
import { badRequest, invalid, notFound } from '../../lib/problem.ts'
import { durationOf, hour, iso, type Millis } from '../../lib/time.ts'
import { pageOf, type Listed, type PageQuery } from '../../contract/pagination.ts'
import { type CreateWebhookBody, type UpdateWebhookBody, type Webhook } from '../../contract/webhook.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type WebhookRow } from '../../store/webhooks.ts'
import { fromJson } from '../../lib/json.ts'
import { type Address, addressOf } from './address.ts'
import { announceTo } from './events.ts'

/** Between two heartbeats: unpublished, so our choice. */
const heartbeatEvery: Millis = hour

/** `baseUrl` is where its owner reaches this server, the base of the images that it hears of; null where nobody asked for it. */
export function createWebhook (tx: Tx, input: CreateWebhookBody, baseUrl: string | null): Webhook {
  const { url, credentials } = readAddress(input.url)
  requireHeader(input.authentication)
  requireOneAuthorization(credentials, input.authentication?.headerName)
  requireFree(tx, url, input.apiVersion ?? null)
  const id = tx.random.uuid()
  tx.webhooks.insert({
    id,
    url,
    credentials,
    secret: input.secret,
    events: JSON.stringify([...new Set(input.events ?? ['*'])]),
    api_version: input.apiVersion ?? null,
    header_name: input.authentication?.headerName ?? null,
    header_value: input.authentication?.headerValue ?? null,
    base_url: baseUrl,
    last_success: tx.now,
    created_at: tx.now,
    hears_since: tx.now
  })
  tx.followed.add('*')
  tx.timers.schedule(tx.now + heartbeatEvery, 'webhook.heartbeat', id)
  return showWebhook(findWebhook(tx, id))
}

export function findWebhook (tx: ReadTx, id: string): WebhookRow {
  const webhook = tx.webhooks.get(id)
  if (webhook === undefined) throw notFound('Webhook', id)
  return webhook
}

export function listWebhooks (tx: ReadTx, query: PageQuery): Listed<Webhook> {
  return pageOf(tx.webhooks.page(query), showWebhook)
}

/** Changes what is given and reactivates the webhook; `baseUrl` as for a new one. */
export function updateWebhook (tx: Tx, id: string, input: UpdateWebhookBody, baseUrl: string): Webhook {
  const old = findWebhook(tx, id)
  const { url, credentials } = input.url === undefined ? old : readAddress(input.url)
  requireHeader(input.authentication)
  requireOneAuthorization(credentials, input.authentication === undefined ? old.header_name : input.authentication?.headerName)
  const apiVersion = input.apiVersion === undefined ? old.api_version : input.apiVersion
  if (url !== old.url || apiVersion !== old.api_version) requireFree(tx, url, apiVersion)
  const events = input.events ?? fromJson(old.events)
  const hearsOn = old.is_active === 1 && url === old.url && events.every(event => old.events.includes(`"${event}"`) || old.events.includes('"*"'))
  tx.webhooks.update({
    ...old,
    url,
    credentials,
    api_version: apiVersion,
    secret: input.secret ?? old.secret,
    events: JSON.stringify([...new Set(events)]),
    ...(input.authentication === undefined ? {} : { header_name: input.authentication?.headerName ?? null, header_value: input.authentication?.headerValue ?? null }),
    base_url: baseUrl,
    is_active: 1,
    failing_since: null,
    hears_since: hearsOn ? old.hears_since : tx.now
  })
  tx.followed.add('*')
  tx.deliveries.hurry(id)
  return showWebhook(findWebhook(tx, id))
}

/** What it has pending is given up: there is nowhere left to send it. */
export function deleteWebhook (tx: Tx, id: string): void {
  findWebhook(tx, id)
  tx.deliveries.giveUp(id, tx.now)
  tx.timers.cancel('webhook.heartbeat', id)
  tx.timers.cancel('webhook.retry', id)
  tx.webhooks.delete(id)
}

/**
 * Readies an `enode:webhook:test` event and answers its delivery. It is sent once, on demand and whether or not the
 * webhook is active, so it counts as given up until it is delivered.
 */
export function prepareTest (tx: Tx, id: string): string {
  const delivery = announceTo(tx, findWebhook(tx, id), 'enode:webhook:test')
  tx.deliveries.update(delivery, 'GIVEN_UP', tx.now, null)
  return delivery
}

export function onHeartbeat (tx: Tx, id: string): void {
  const webhook = tx.webhooks.get(id)
  if (webhook === undefined) return
  if (webhook.is_active === 1) announceTo(tx, webhook, 'system:heartbeat', { pendingEvents: tx.outbox.countPending(id) })
  tx.timers.schedule(tx.now + heartbeatEvery, 'webhook.heartbeat', id)
}

export function showWebhook (row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    apiVersion: row.api_version,
    isActive: row.is_active === 1,
    lastSuccess: iso(row.last_success),
    createdAt: iso(row.created_at),
    events: fromJson(row.events),
    authentication: row.header_name === null ? null : { headerName: row.header_name }
  }
}

/** Throws a 400 where this is no time for which a webhook may fail. */
export function requirePatience (patience: string | undefined): void {
  if (patience !== undefined && durationOf(patience) === undefined) throw invalid('"webhookPatience" must be an ISO 8601 duration above zero, such as PT24H or PT5M', ['webhookPatience'], 'string.duration')
}

function readAddress (url: string): Address {
  const address = addressOf(url)
  if (address === undefined) throw invalid('"url" must be a complete http or https URL, such as https://example.com/hook', ['url'], 'string.uri')
  return address
}

/** Refuses a header that no receiver would ever see, since the delivery has its own. */
function requireHeader (authentication: { headerName: string } | null | undefined): void {
  if (authentication === null || authentication === undefined || !(framing.test(authentication.headerName) || /^(user-agent$|x-enode-)/.test(authentication.headerName))) return
  throw invalid(`"authentication.headerName" must not be ${authentication.headerName}, which a delivery needs itself`, ['authentication', 'headerName'], 'any.invalid')
}

/** Credentials in the URL become an authorization header, and there can be only one. */
function requireOneAuthorization (credentials: string | null, headerName: string | null | undefined): void {
  if (credentials === null || headerName !== 'authorization') return
  throw invalid('"authentication.headerName" must not be authorization where "url" has credentials in it: give one of the two', ['authentication', 'headerName'], 'any.invalid')
}

function requireFree (tx: ReadTx, url: string, apiVersion: string | null): void {
  const existing = tx.webhooks.byAddress(url, apiVersion)
  if (existing === undefined) return
  throw badRequest(`Webhook ${existing.id} already exists for this url and apiVersion. Update or delete it, or use another url`, 'Webhook already exists')
}
