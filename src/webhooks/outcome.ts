import { type DeliveryRow } from '../store/deliveries.ts'
import { type Tx } from '../store/store.ts'
import { type WebhookRow } from '../store/webhooks.ts'
import { isAcknowledged, type Outcome } from './post.ts'
import { nextAttempt, retryAfterSeconds } from './retry.ts'

/** What was sent, and where to. */
export interface Job { delivery: DeliveryRow, webhook: WebhookRow, headers: Record<string, string>, body: string }

/**
 * What an attempt changes: the attempt itself, the delivery, and how the webhook stands. `onDemand` attempts (a test, a
 * resend) are beside the plan: their failure changes nothing.
 */
export function recordOutcome (tx: Tx, { delivery: { id }, webhook: { url }, headers }: Job, outcome: Outcome, onDemand: boolean): void {
  // Looked up anew: while the receiver took its time, others may have delivered it, given it up or forgotten it.
  const delivery = tx.deliveries.get(id)
  if (delivery === undefined) return
  tx.attempts.insert({
    delivery_id: id,
    at: tx.now,
    url,
    request_headers: JSON.stringify(headers),
    status: outcome.status,
    error: outcome.status === null ? outcome.error : null,
    response_headers: outcome.status === null ? null : JSON.stringify(headerLines(outcome.headers)),
    response_body: outcome.status === null ? null : outcome.body
  })
  const webhook = tx.webhooks.get(delivery.webhook_id)
  const came = outcome.status === null ? outcome.error : `answered ${outcome.status}`
  tx.trail.note('delivery', { webhook_id: delivery.webhook_id, delivery_id: id }, `${onDemand ? 'sent on demand' : 'sent'}: ${came}`)
  tx.deliveries.setPassed(delivery.webhook_id, id)
  if (isAcknowledged(outcome)) {
    // A copy that a fault asked for goes out at once, as the same delivery.
    const isSentAgain = !onDemand && delivery.copies > 0
    if (isSentAgain) tx.deliveries.setCopies(id, delivery.copies - 1)
    tx.deliveries.update(id, isSentAgain ? 'PENDING' : 'DELIVERED', tx.now, null)
    if (webhook !== undefined) succeed(tx, webhook)
  } else if (!onDemand && webhook !== undefined && delivery.state === 'PENDING') {
    fail(tx, webhook, delivery, outcome)
  }
}

function succeed (tx: Tx, webhook: WebhookRow): void {
  if (webhook.is_active === 1 && webhook.failing_since === null) {
    if (webhook.last_success !== tx.now) tx.webhooks.setSuccess(webhook.id, tx.now)
    return
  }
  const wasAsleep = webhook.is_active === 0
  tx.webhooks.update({ ...webhook, is_active: 1, last_success: tx.now, failing_since: null, hears_since: wasAsleep ? tx.now : webhook.hears_since })
  // From now on it hears again of what nobody may have followed meanwhile.
  if (wasAsleep) tx.followed.add('*')
  tx.timers.cancel('webhook.retry', webhook.id)
  tx.deliveries.hurry(webhook.id)
}

function fail (tx: Tx, webhook: WebhookRow, delivery: DeliveryRow, outcome: Outcome): void {
  const failingSince = webhook.failing_since ?? tx.now
  const retryAfter = outcome.status === null ? undefined : retryAfterSeconds(outcome.headers)
  const next = nextAttempt(tx.now, tx.attempts.countSince(delivery.id, failingSince), failingSince, retryAfter, tx.world.row().webhook_patience)
  if (next === undefined) {
    tx.webhooks.update({ ...webhook, is_active: 0, failing_since: null })
    tx.deliveries.giveUp(webhook.id, tx.now)
  } else {
    tx.webhooks.update({ ...webhook, failing_since: failingSince })
    tx.deliveries.update(delivery.id, 'PENDING', tx.now, next)
    tx.timers.schedule(next, 'webhook.retry', webhook.id)
  }
}

export function headerLines (headers: Readonly<Record<string, string | string[] | undefined>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [value].flat().map(each => `${name}: ${each}`))
}
