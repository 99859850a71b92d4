import { addDuration, hour, latest, minute, second, type Millis } from '../lib/time.ts'

/** Waits after the first, second … failure of a delivery; the last one repeats. Unpublished, so our choice. */
const waits: readonly Millis[] = [5 * second, 15 * second, 45 * second, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 40 * minute, hour, 2 * hour, 4 * hour]

/**
 * When to try again after the `failures`-th failure in a row at `now`, or undefined when the webhook is to be given up.
 * A receiver's Retry-After (seconds) can only lengthen the wait, and never past the moment of giving up,
 * which comes an ISO 8601 duration, the patience of the world, after the first failure.
 */
export function nextAttempt (now: Millis, failures: number, failingSince: Millis, retryAfterSeconds: number | undefined, patience: string): Millis | undefined {
  const end = addDuration(failingSince, patience) ?? latest
  if (now >= end) return undefined
  const wait = waits[Math.min(failures, waits.length) - 1] ?? hour
  return Math.min(now + Math.max(wait, (retryAfterSeconds ?? 0) * second), end)
}

/** Reads a Retry-After header: seconds, or an HTTP date against the answer's own `Date`. */
export function retryAfterSeconds (headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const value = headers['retry-after']
  if (typeof value !== 'string') return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const until = Date.parse(value)
  const from = Date.parse(String(headers.date))
  return Number.isNaN(until - from) ? undefined : Math.max(0, (until - from) / second)
}
