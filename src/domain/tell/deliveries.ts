import { notFound } from '../../lib/problem.ts'
import { iso, isoOrNull } from '../../lib/time.ts'
import { type DeliveryView } from '../../contract/mock-answers.ts'
import { type DeliveryRow } from '../../store/deliveries.ts'
import { type ReadTx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'

export interface DeliveryFilter {
  webhookId?: string | undefined
  state?: DeliveryRow['state'] | undefined
  /** At most so many, the newest first. */
  limit?: number | undefined
}

export function listDeliveries (tx: ReadTx, { webhookId, state, limit = 100 }: DeliveryFilter): DeliveryView[] {
  return tx.deliveries.list(webhookId, state, limit).map(row => show(tx, row))
}

export function showDelivery (tx: ReadTx, id: string): DeliveryView {
  const row = tx.deliveries.get(id)
  if (row === undefined) throw notFound('Delivery', id)
  return show(tx, row)
}

function show (tx: ReadTx, row: DeliveryRow): DeliveryView {
  const events = tx.outbox.ofDelivery(row.id)
  const attempts = tx.attempts.ofDelivery(row.id)
  return {
    id: row.id,
    webhookId: row.webhook_id,
    url: attempts.at(-1)?.url ?? row.url,
    state: row.state,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    nextAttemptAt: isoOrNull(row.next_attempt_at),
    events: events.map(event => event.event),
    headers: fromJson(attempts.at(-1)?.request_headers ?? '{}'),
    body: `[${events.map(event => event.body).join(',')}]`,
    attempts: attempts.map(attempt => ({
      at: iso(attempt.at),
      status: attempt.status,
      error: attempt.error,
      headers: attempt.response_headers === null ? null : fromJson(attempt.response_headers),
      body: attempt.response_body
    }))
  }
}
