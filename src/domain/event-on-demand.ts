import { changedPaths } from '../lib/diff.ts'
import { Examples } from '../lib/example.ts'
import { badRequest, invalid, invalidAll } from '../lib/problem.ts'
import { iso } from '../lib/time.ts'
import { Validation } from '../lib/validation.ts'
import { apiVersion } from '../contract/common.ts'
import { events, type EventName } from '../contract/events.ts'
import { components } from '../contract/index.ts'
import { type EventWish } from '../contract/mock-journal.ts'
import { type AssetKind, type View } from '../devices/device.ts'
import { deviceOf } from '../devices/index.ts'
import { type AssetRow } from '../store/assets.ts'
import { type Tx } from '../store/store.ts'
import { showAction } from './actions.ts'
import { interestedIn, send } from './events.ts'
import { findWebhook } from './webhooks.ts'

type Json = Record<string, unknown>

/** What stands in every event; the rest is what it is about. */
const head = ['createdAt', 'version', 'event', 'user', 'updatedFields']

/**
 * Sends an event as if it had happened, made from what is there: the asset, its last action, its user. What differs is
 * merged in, what is missing is made up, and what comes out must fit the event's schema.
 */
export function sendEvent (tx: Tx, { event, assetId, userId, webhookId, fields = {} }: EventWish): { event: Json, deliveries: string[] } {
  const name = event as EventName
  const webhooks = webhookId === undefined ? interestedIn(tx, name) : [findWebhook(tx, webhookId)]
  const asset = assetId === undefined ? undefined : requireAsset(tx, assetId, name)
  const examples = new Examples(components)
  const schema = events[name] as object
  const example = examples.of(schema) as Json
  const objectKeys = Object.keys(example).filter(key => !head.includes(key))
  const before: Json = {
    createdAt: iso(tx.now),
    version: apiVersion,
    event: name,
    ...('user' in example ? { user: { id: userId ?? asset?.user_id ?? requireUser() } } : {}),
    ...Object.fromEntries(objectKeys.map(key => [key, (asset && objectOf(tx, name, key, asset)) ?? example[key]]))
  }
  const after = merge(before, fields) as Json
  if ('updatedFields' in example && !('updatedFields' in fields)) after.updatedFields = changedIn(objectKeys, before, after)
  const issues = new Validation([]).strict(examples.closed(schema))(after)
  if (issues.length > 0) throw invalidAll(issues.map(issue => ({ ...issue, path: ['fields', ...issue.path] })))
  const [key] = objectKeys
  const user = (after.user as { id: string } | undefined)?.id
  const deliveries = send(tx, webhooks, name, JSON.stringify(after), { ...(user !== undefined && { userId: user }), ...(key !== undefined && { object: [key, JSON.stringify(after[key])] }) })
  return { event: after, deliveries }
}

function requireAsset (tx: Tx, id: string, event: EventName): AssetRow {
  const asset = tx.assets.get(id)
  if (asset === undefined) throw badRequest(`Could not find asset ${id}`, 'Asset not found')
  const kind = /^user:([a-z]+):(discovered|updated|deleted|smart-charging-status-updated|statistics-updated)$/.exec(event)?.[1]
  if (kind !== undefined && kind !== asset.kind) throw invalid(`"assetId" must be that of a ${kind} for ${event}; ${id} is a ${asset.kind}`, ['assetId'])
  return asset
}

function requireUser (): never {
  throw invalid('"assetId" or "userId" is required, since the event is about a user', ['userId'], 'any.required')
}

/** What an event is about, as it stands; undefined where the asset has none of that. */
function objectOf (tx: Tx, event: EventName, key: string, asset: AssetRow): unknown {
  if (key === 'vendor') return asset.vendor
  if (key === 'vendorAction') {
    const action = tx.actions.lastOf(asset.id)
    return action && showAction(action)
  }
  if (key !== asset.kind) return undefined
  const view = JSON.parse(asset.view) as View
  return event.endsWith(':discovered') ? deviceOf(asset.kind as AssetKind).discovered(view) : view
}

/** What differs from how it stands; where nothing does, that it was seen. */
function changedIn (keys: readonly string[], before: Json, after: Json): string[] {
  const changed = keys.flatMap(key => changedPaths(before[key], after[key]))
  return changed.length > 0 ? changed : keys.some(key => 'lastSeen' in (after[key] as Json)) ? ['lastSeen'] : []
}

/** Objects are merged, all else is replaced. */
function merge (base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over
  return Object.fromEntries([...new Set([...Object.keys(base), ...Object.keys(over)])].map(key => [key, key in over ? merge(base[key], over[key]) : base[key]]))
}

function isObject (value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
