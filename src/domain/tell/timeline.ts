import { iso } from '../../lib/time.ts'
import { type TimelineEntry } from '../../contract/mock-journal.ts'
import { type ReadTx } from '../../store/store.ts'
import { type TimelineRow } from '../../store/timeline.ts'
import { type Told } from '../../store/trail.ts'

/** Causes of causes that are shown at most. */
const longestChain = 20

export interface TimelineFilter {
  /** Id of a user, asset, action, webhook or delivery; everything if left out. */
  subject?: string | undefined
  /** At most so many, the newest. */
  limit?: number | undefined
}

/** What happened, in order, each entry with what caused it. */
export function listTimeline (tx: ReadTx, { subject, limit = 200 }: TimelineFilter): TimelineEntry[] {
  return tx.timeline.list(subject ?? null, limit).reverse().map(row => ({ ...showEntry(row), causes: causesOf(tx, row) }))
}

function causesOf (tx: ReadTx, row: TimelineRow): TimelineEntry['causes'] {
  const causes: TimelineEntry['causes'] = []
  for (let at = causeOf(tx, row); at !== undefined && causes.length < longestChain; at = causeOf(tx, at)) causes.push(linkOf(at))
  return causes
}

function causeOf (tx: ReadTx, { cause }: TimelineRow): TimelineRow | undefined {
  return cause === null ? undefined : tx.timeline.get(cause)
}

function linkOf ({ seq, at, kind, says }: TimelineRow) {
  return { id: seq, at: iso(at), kind, says }
}

function showEntry (row: TimelineRow): Omit<TimelineEntry, 'causes'> {
  const { user_id: userId, asset_id: assetId, action_id: actionId, webhook_id: webhookId, delivery_id: deliveryId, origin } = row
  return { ...linkOf(row), userId, assetId, actionId, webhookId, deliveryId, origin }
}

/** An entry as it is told at once: with the event itself, and the number of what caused it. */
export function showTold (told: Told): Record<string, unknown> {
  return { ...showEntry(told), cause: told.cause, ...(told.body === undefined ? {} : { event: JSON.parse(told.body) as unknown }) }
}
