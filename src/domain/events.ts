import { deliveryFigures } from '../lib/delivery-figures.ts'
import { iso } from '../lib/time.ts'
import { apiVersion } from '../contract/common.ts'
import { type ReadTx, type Tx } from '../store/store.ts'

/** What happened, in the order in which its keys are sent. */
export interface Announcement {
  event: string
  userId?: string
  /** The key of the object that it is about, and its JSON text. */
  object?: readonly [key: string, json: string]
  /** Another one that stands after it. */
  also?: readonly [key: string, json: string]
  updatedFields?: readonly string[]
}

/** Puts an event into the outbox of every active webhook that asked for it. */
export function announce (tx: Tx, what: Announcement): void {
  const interested = tx.webhooks.awaiting(what.event)
  if (interested.length === 0) return
  const body = render(what, iso(tx.now))
  for (const webhook of interested) tx.outbox.insert(deliveryFor(tx, webhook.id, webhook.url), what.event, body)
}

/** Whether any active webhook asked for an event: what only goes into its body need not be made otherwise. */
export function isAwaited (tx: ReadTx, event: string): boolean {
  return tx.webhooks.awaiting(event).length > 0
}

/** Puts an event into the outbox of one webhook, whatever it asked for. */
export function announceTo (tx: Tx, webhook: { id: string, url: string }, event: string, fields: Record<string, unknown> = {}): string {
  const delivery = newDelivery(tx, webhook.id, webhook.url)
  tx.outbox.insert(delivery, event, JSON.stringify({ createdAt: iso(tx.now), version: apiVersion, event, ...fields }))
  return delivery
}

function render ({ event, userId, object, also, updatedFields }: Announcement, createdAt: string): string {
  let text = `{"createdAt":"${createdAt}","version":"${apiVersion}","event":"${event}"`
  if (userId !== undefined) text += `,"user":${JSON.stringify({ id: userId })}`
  for (const [key, json] of [object, also].filter(each => each !== undefined)) text += `,"${key}":${json}`
  if (updatedFields !== undefined) text += `,"updatedFields":${JSON.stringify(updatedFields)}`
  return `${text}}`
}

/**
 * One operation's events for a webhook travel together. What travels together must not depend on how fast a receiver
 * answers, or the same calls would not give the same bodies.
 */
function deliveryFor (tx: Tx, webhookId: string, url: string): string {
  const open = tx.batches.get(webhookId)
  if (open !== undefined && open.size < deliveryFigures.batch) {
    open.size++
    return open.id
  }
  const id = newDelivery(tx, webhookId, url)
  tx.batches.set(webhookId, { id, size: 1 })
  return id
}

function newDelivery (tx: Tx, webhookId: string, url: string): string {
  const id = tx.serials.uuid()
  tx.deliveries.insert({ id, webhook_id: webhookId, url, created_at: tx.now })
  return id
}
