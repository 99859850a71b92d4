import { hour, minute, second, type Millis } from './time.ts'

/**
 * The figures of webhook delivery in one table. Batch, time-out and the day until a webhook is given up are the vendor's
 * production figures, its sandbox gives up after PT5M; the intervals between retries and between heartbeats are unpublished, so they are our choice.
 */
export const deliveryFigures = {
  /** Events in one POST at most. */
  batch: 100,
  /** Real time that a receiver has to answer. */
  timeoutMs: 5 * second,
  /** Waits after the first, second … failure of a delivery; the last one repeats. */
  waits: [5 * second, 15 * second, 45 * second, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 40 * minute, hour, 2 * hour, 4 * hour] as readonly Millis[],
  /** A webhook that has failed for this long, an ISO 8601 duration, is deactivated, and what it had pending is given up; unless a world has a patience of its own. */
  patience: 'PT24H',
  heartbeatEvery: hour,
  /** How long a delivery that shall come out of order waits for one to let pass. */
  letsPassFor: minute,
  /** Bytes of a receiver's answer that are kept at most. */
  answerBytes: 16 * 1024
} as const

/** The timer that makes a failed delivery due again; its subject is the webhook. */
export const retryTimer = 'webhook.retry'

/** The timer that ends the wait of a delivery which a fault keeps back; its subject is the delivery. */
export const releaseTimer = 'delivery.release'
