import { type Millis } from '../lib/time.ts'
import { type DeliveryRow } from '../store/deliveries.ts'
import { type Store } from '../store/store.ts'
import { headerLines, recordOutcome, type Job } from './outcome.ts'
import { Poster, type Outcome, type Sender } from './post.ts'
import { sign } from './sign.ts'

/** What a receiver answered to a delivery that was sent on demand; headers are `name: value`. */
export type Sent = { status: number, headers: string[], body: string } | { status: null, error: string }

/** An attempt to deliver that has no answer yet. */
export interface Attempt { deliveryId: string, webhookId: string, url: string }

/** Who hears of what comes of attempts, and of what goes wrong in the background. */
export interface Watch {
  /** Answers the time at which it came. */
  onOutcome: (job: Job, outcome: Outcome) => Millis
  onError: (error: unknown) => void
}

/**
 * Takes deliveries from the outbox and posts them. Each webhook has a lane of its own, in which deliveries go out one
 * after the other in their order, so a slow receiver holds up nobody else.
 */
export class Dispatcher {
  readonly #store: Store
  readonly #watch: Watch
  readonly #sender: Sender
  readonly #lanes = new Map<string, Promise<void>>()
  readonly #onDemand = new Set<Promise<unknown>>()
  readonly #posting = new Set<Job>()
  #closed = false
  #attempts = 0
  /** What there was to send when it looked last. */
  #edition = NaN

  constructor (store: Store, watch: Watch, sender: Sender = new Poster()) {
    this.#store = store
    this.#watch = watch
    this.#sender = sender
  }

  /** Attempts made since the start. */
  get attempts (): number { return this.#attempts }

  /** Those that have no answer yet. */
  get underWay (): Attempt[] {
    return [...this.#posting].map(({ delivery, webhook }) => ({ deliveryId: delivery.id, webhookId: webhook.id, url: webhook.url }))
  }

  /** Starts what is due. Called after each commit. */
  wake (): void {
    if (this.#closed) return
    const edition = this.#store.read(tx => tx.deliveries.edition())
    if (edition === this.#edition) return
    this.#edition = edition
    for (const id of this.#store.read(tx => tx.webhooks.activeIds())) {
      if (!this.#lanes.has(id) && this.#due(id) !== undefined) this.#lanes.set(id, this.#drain(id))
    }
  }

  get isBusy (): boolean { return this.#lanes.size + this.#onDemand.size > 0 }

  /** Waits until nothing is under way and nothing is due. */
  async whenIdle (): Promise<void> {
    while (this.isBusy) await Promise.allSettled([...this.#lanes.values(), ...this.#onDemand])
  }

  /** Sends a delivery now, whoever else waits: a test, or a delivery that is sent again. */
  async sendNow (deliveryId: string): Promise<Sent> {
    const job = this.#store.read(tx => this.#job(tx.deliveries.get(deliveryId)))
    if (job === undefined) throw new Error(`delivery ${deliveryId} has no webhook to go to`)
    const sending = this.#post(job).then(outcome => {
      if (!this.#closed) this.#record(job, outcome, true)
      return outcome
    })
    this.#onDemand.add(sending)
    const outcome = await sending.finally(() => this.#onDemand.delete(sending))
    if (outcome.status === null) return outcome
    return { status: outcome.status, headers: headerLines(outcome.headers), body: outcome.body }
  }

  async close (): Promise<void> {
    this.#closed = true
    await this.#sender.close()
    await this.whenIdle()
  }

  async #drain (webhookId: string): Promise<void> {
    try {
      for (let job = this.#due(webhookId); job !== undefined; job = this.#due(webhookId)) {
        const outcome = await this.#post(job)
        if (this.#closed) return
        this.#record(job, outcome, false)
      }
    } catch (error) {
      this.#watch.onError(error)
      this.#edition = NaN
    } finally {
      this.#lanes.delete(webhookId)
    }
  }

  #record (job: Job, outcome: Outcome, onDemand: boolean): void {
    // First, since what the commit wakes comes after it.
    const at = this.#watch.onOutcome(job, outcome)
    this.#store.write(tx => { recordOutcome(tx, job, outcome, onDemand) }, at, { says: 'a delivery', isRequest: false, entry: job.delivery.cause })
  }

  #due (webhookId: string): Job | undefined {
    if (this.#closed) return undefined
    return this.#store.read(tx => {
      const delivery = tx.deliveries.openOf(webhookId, tx.now)
      return delivery === undefined || (delivery.next_attempt_at ?? 0) > tx.now ? undefined : this.#job(delivery)
    })
  }

  #job (delivery: DeliveryRow | undefined): Job | undefined {
    if (delivery === undefined) return undefined
    return this.#store.read(tx => {
      const webhook = tx.webhooks.get(delivery.webhook_id)
      if (webhook === undefined) return undefined
      const body = `[${tx.outbox.bodiesOf(delivery.id).join(',')}]`
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'mock-enode',
        'x-enode-delivery': delivery.id,
        'x-enode-signature': sign(body, webhook.secret)
      }
      return { delivery, webhook, headers, body }
    })
  }

  async #post (job: Job): Promise<Outcome> {
    const { webhook, headers, body } = job
    this.#attempts++
    this.#posting.add(job)
    const authentication = {
      ...(webhook.credentials !== null && { authorization: `Basic ${Buffer.from(webhook.credentials).toString('base64')}` }),
      ...(webhook.header_name !== null && { [webhook.header_name]: webhook.header_value ?? '' })
    }
    try {
      return await this.#sender.post(webhook.url, { ...authentication, ...headers }, body)
    } finally {
      this.#posting.delete(job)
    }
  }
}
