import { changedPaths } from '../../lib/diff.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { apiVersion } from '../../contract/common.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type Listener } from '../../store/webhooks.ts'
import { withImageUrls } from './image-urls.ts'

/** Events in one POST at most, as documented. */
const mostEvents = 100

/** What happened, in the order in which its keys are sent. */
export interface Announcement {
  event: string
  userId?: string
  /** The key of the object that it is about, and its JSON text. */
  object?: readonly [key: string, json: string]
  /** Another one that stands after it. */
  also?: readonly [key: string, json: string]
  updatedFields?: readonly string[] | undefined
  /** In its place, of what is told again and again: what differs for a receiver depends on when it last heard of it. */
  change?: Change
  /** The asset that it is about, where the object is not the asset. */
  assetId?: string
}

/** How an object looked until now and looks from now on, and when an event last told of it; 0 while none has. */
export interface Change { before: object, after: object, toldAt: Millis }

/** Puts an event into the outbox of every active webhook that asked for it. */
export function announce (tx: Tx, what: Announcement): void {
  const interested = tx.webhooks.awaiting(what.event)
  const { change } = what
  // That a thing changed stands in the timeline already; that nobody is told of it need not.
  if ((change ?? what.updatedFields) !== undefined && !isHeard(tx, what.event)) return
  const updatedFields = change === undefined ? what.updatedFields : fieldsSince(change, change.toldAt)
  const at = iso(tx.now)
  send(tx, interested, what.event, render({ ...what, updatedFields }, at), what, change && (webhook => {
    const fields = fieldsFor(webhook, change)
    return fields === undefined ? undefined : render({ ...what, updatedFields: fields }, at)
  }))
}

/** What differs for a receiver that has not heard everything that was told; undefined for one that has. */
function fieldsFor ({ created_at: createdAt, hears_since: since }: Listener, change: Change): string[] | undefined {
  if (change.toldAt >= since) return undefined
  // What it missed before it began to hear again may be anything.
  return since > createdAt ? changedPaths(null, change.after).filter(path => path !== 'id' && path !== 'userId') : fieldsSince(change, since)
}

/** The paths that differ from what was told up to a moment: everything else that is new is told at once, but times go on silently. */
function fieldsSince ({ before, after }: Change, toldAt: Millis): string[] {
  const at = iso(toldAt)
  return changedPaths(before, after, (key, value) => times.has(key) && typeof value === 'string' && value > at)
}

const times: ReadonlySet<string> = new Set(['lastSeen', 'lastUpdated', 'updatedAt'])

/** Whether a webhook or who watches the timeline hears of an event: of one that tells a change nothing need be made otherwise. */
export function isHeard (tx: Tx, event: string): boolean {
  return isAwaited(tx, event) || tx.trail.isWatched
}

/** Puts the text of an event into the outbox of some webhooks, or another for those that have one of their own. Answers the deliveries that bring it. */
export function send (tx: Tx, webhooks: readonly Listener[], event: string, body: string, { userId, object, assetId }: Pick<Announcement, 'userId' | 'object' | 'assetId'>, bodyFor?: (webhook: Listener) => string | undefined): string[] {
  const about = object?.[0] === 'vendorAction' ? { action_id: idIn(object[1]) } : { asset_id: assetId ?? (object === undefined ? null : idIn(object[1])) }
  const says = webhooks.length === 0 ? `${event}, which no webhook asked for` : event
  const entry = tx.trail.note('event', { user_id: userId ?? null, ...about, webhook_id: webhooks.length === 1 ? webhooks[0]?.id ?? null : null }, says, body)
  return tx.trail.because(entry, () => webhooks.map(webhook => {
    const delivery = deliveryFor(tx, webhook.id, webhook.url)
    tx.outbox.insert(delivery, event, withImageUrls(bodyFor?.(webhook) ?? body, webhook.base_url ?? tx.baseUrl))
    return delivery
  }))
}

/** Whether any active webhook asked for an event: what only goes into its body need not be made otherwise. */
export function isAwaited (tx: ReadTx, event: string): boolean {
  return tx.webhooks.awaiting(event).length > 0
}

/** Puts an event into the outbox of one webhook, whatever it asked for. */
export function announceTo (tx: Tx, webhook: { id: string, url: string }, event: string, fields: Record<string, unknown> = {}): string {
  const body = JSON.stringify({ createdAt: iso(tx.now), version: apiVersion, event, ...fields })
  return tx.trail.because(tx.trail.note('event', { webhook_id: webhook.id }, event, body), () => {
    const delivery = newDelivery(tx, webhook.id, webhook.url)
    tx.outbox.insert(delivery, event, body)
    return delivery
  })
}

/** The id of an object by its JSON text, which begins with it; null where it has none. */
function idIn (json: string): string | null {
  return /^\{"id":"([^"\\]+)"/.exec(json)?.[1] ?? null
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
  if (open !== undefined && open.size < mostEvents) {
    open.size++
    return open.id
  }
  const id = newDelivery(tx, webhookId, url)
  tx.batches.set(webhookId, { id, size: 1 })
  return id
}

function newDelivery (tx: Tx, webhookId: string, url: string): string {
  const id = tx.serials.uuid()
  tx.deliveries.insert({ id, webhook_id: webhookId, url, created_at: tx.now, cause: tx.trail.cause })
  tx.fresh.push(id)
  const surplus = tx.deliveries.giveUpSurplus(webhookId, tx.now)
  if (surplus > 0) tx.trail.note('delivery', { webhook_id: webhookId }, `gave up the ${surplus} oldest deliveries, since too many wait`)
  return id
}
