import { retryTimer } from '../lib/delivery-figures.ts'
import { type DeliveryRow } from '../store/deliveries.ts'
import { type Store, type Tx } from '../store/store.ts'
import { type WebhookRow } from '../store/webhooks.ts'
import { isAcknowledged, Poster, type Outcome } from './post.ts'
import { nextAttempt, retryAfterSeconds } from './retry.ts'
import { sign } from './sign.ts'

/** What a receiver answered to a delivery that was sent on demand; headers are `name: value`. */
export type Sent = { status: number, headers: string[], body: string } | { status: null, error: string }

interface Job { delivery: DeliveryRow, webhook: WebhookRow, headers: Record<string, string>, body: string }

/**
 * Takes deliveries from the outbox and posts them. Each webhook has a lane of its own, in which deliveries go out one
 * after the other in their order, so a slow receiver holds up nobody else.
 */
export class Dispatcher {
  readonly #store: Store
  readonly #onError: (error: unknown) => void
  readonly #poster = new Poster()
  readonly #lanes = new Map<string, Promise<void>>()
  #closed = false
  #attempts = 0

  constructor (store: Store, onError: (error: unknown) => void) {
    this.#store = store
    this.#onError = onError
  }

  /** Attempts made since the start. */
  get attempts (): number { return this.#attempts }

  /** Starts what is due. Called after each commit. */
  wake (): void {
    if (this.#closed || !this.#store.read(tx => tx.deliveries.isAnyPending())) return
    for (const id of this.#store.read(tx => tx.webhooks.activeIds())) {
      if (!this.#lanes.has(id) && this.#due(id) !== undefined) this.#lanes.set(id, this.#drain(id))
    }
  }

  get isBusy (): boolean { return this.#lanes.size > 0 }

  /** Waits until nothing is under way and nothing is due. */
  async settle (): Promise<void> {
    while (this.isBusy) await Promise.all(this.#lanes.values())
  }

  /** Sends a delivery now, whoever else waits: a test, or a delivery that is sent again. */
  async sendNow (deliveryId: string): Promise<Sent> {
    const job = this.#store.read(tx => this.#job(tx.deliveries.get(deliveryId)))
    if (job === undefined) throw new Error(`delivery ${deliveryId} has no webhook to go to`)
    const outcome = await this.#post(job)
    if (!this.#closed) this.#store.write(tx => { recordOutcome(tx, job, outcome, true) })
    if (outcome.status === null) return outcome
    return { status: outcome.status, headers: headerLines(outcome.headers), body: outcome.body }
  }

  async close (): Promise<void> {
    this.#closed = true
    await this.#poster.close()
    await this.settle()
  }

  async #drain (webhookId: string): Promise<void> {
    try {
      for (let job = this.#due(webhookId); job !== undefined; job = this.#due(webhookId)) {
        const outcome = await this.#post(job)
        if (this.#closed) return
        const sent = job
        this.#store.write(tx => { recordOutcome(tx, sent, outcome, false) })
      }
    } catch (error) {
      this.#onError(error)
    } finally {
      this.#lanes.delete(webhookId)
    }
  }

  #due (webhookId: string): Job | undefined {
    if (this.#closed) return undefined
    return this.#store.read(tx => {
      const delivery = tx.deliveries.openOf(webhookId)
      return delivery === undefined || (delivery.next_attempt_at ?? 0) > tx.now ? undefined : this.#job(delivery)
    })
  }

  #job (delivery: DeliveryRow | undefined): Job | undefined {
    if (delivery === undefined) return undefined
    return this.#store.read(tx => {
      const webhook = tx.webhooks.get(delivery.webhook_id)
      if (webhook === undefined) return undefined
      const body = `[${tx.outbox.ofDelivery(delivery.id).map(event => event.body).join(',')}]`
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'mock-enode',
        'x-enode-delivery': delivery.id,
        'x-enode-signature': sign(body, webhook.secret)
      }
      return { delivery, webhook, headers, body }
    })
  }

  async #post ({ webhook, headers, body }: Job): Promise<Outcome> {
    this.#attempts++
    const authentication = webhook.header_name === null ? {} : { [webhook.header_name]: webhook.header_value ?? '' }
    return await this.#poster.post(webhook.url, { ...authentication, ...headers }, body)
  }
}

/** What an attempt changes: the attempt itself, the delivery, and how the webhook stands. */
function recordOutcome (tx: Tx, { delivery, headers }: Job, outcome: Outcome, single: boolean): void {
  const acknowledged = isAcknowledged(outcome)
  tx.attempts.insert({
    delivery_id: delivery.id,
    at: tx.now,
    request_headers: JSON.stringify(headers),
    status: outcome.status,
    error: outcome.status === null ? outcome.error : null,
    response_headers: outcome.status === null ? null : JSON.stringify(headerLines(outcome.headers)),
    response_body: outcome.status === null ? null : outcome.body
  })
  const webhook = tx.webhooks.get(delivery.webhook_id)
  if (acknowledged) {
    tx.deliveries.update(delivery.id, 'DELIVERED', tx.now, null)
    if (webhook !== undefined) succeed(tx, webhook)
  } else if (single || webhook === undefined) {
    if (delivery.state === 'PENDING') tx.deliveries.update(delivery.id, 'GIVEN_UP', tx.now, null)
  } else {
    fail(tx, webhook, delivery, outcome)
  }
  tx.deliveries.trim()
}

function succeed (tx: Tx, webhook: WebhookRow): void {
  const wasFailing = webhook.failing_since !== null || webhook.is_active === 0
  tx.webhooks.update({ ...webhook, is_active: 1, last_success: tx.now, failing_since: null })
  if (wasFailing) {
    tx.timers.cancel(retryTimer, webhook.id)
    tx.deliveries.hurry(webhook.id)
  }
}

function fail (tx: Tx, webhook: WebhookRow, delivery: DeliveryRow, outcome: Outcome): void {
  const failingSince = webhook.failing_since ?? tx.now
  const retryAfter = outcome.status === null ? undefined : retryAfterSeconds(outcome.headers)
  const next = nextAttempt(tx.now, tx.attempts.count(delivery.id), failingSince, retryAfter)
  if (next === undefined) {
    tx.webhooks.update({ ...webhook, is_active: 0, failing_since: null })
    tx.deliveries.giveUp(webhook.id, tx.now)
  } else {
    tx.webhooks.update({ ...webhook, failing_since: failingSince })
    tx.deliveries.update(delivery.id, 'PENDING', tx.now, next)
    tx.timers.schedule(next, retryTimer, webhook.id)
  }
}

function headerLines (headers: Readonly<Record<string, string | string[] | undefined>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [value].flat().map(each => `${name}: ${each}`))
}
