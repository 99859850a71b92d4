import { changedPaths } from '../../lib/diff.ts'
import { Examples } from './example.ts'
import { badRequest, invalid, invalidAll } from '../../lib/problem.ts'
import { iso } from '../../lib/time.ts'
import { Validation } from '../../lib/validation.ts'
import { apiVersion } from '../../contract/common.ts'
import { events, type EventName } from '../../contract/events.ts'
import { components } from '../../contract/index.ts'
import { type EventWish } from '../../contract/mock-journal.ts'
import { modelOf } from '../../devices/index.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type WebhookRow } from '../../store/webhooks.ts'
import { fromJson } from '../../lib/json.ts'
import { showAction } from '../control/actions.ts'
import { send } from '../tell/events.ts'
import { discoveredView, showSystem } from '../sight/systems.ts'
import { withImageUrls } from '../tell/image-urls.ts'
import { statisticsOfToday } from '../statistics/inverter.ts'
import { seenView } from '../sight/seen.ts'
import { showSchedule } from '../control/scheduling/status.ts'
import { smartChargingStatus } from '../control/smart-charging/status.ts'
import { findWebhook } from '../tell/webhooks.ts'

type Json = Record<string, unknown>

/** What stands in every event; the rest is what it is about. */
const head = ['createdAt', 'version', 'event', 'user', 'updatedFields']

const examples = new Examples(components)
const validation = new Validation([])

/** For ids that are made up. */
const nobodysId = '00000000-0000-4000-8000-000000000000'

/**
 * Sends an event as if it had happened, made from what is there: the asset, or what there is of it. What differs is
 * merged in, without an asset the rest is made up, and what comes out must fit the event's schema. `baseUrl` is that of
 * the images in the event that is answered.
 */
export function sendEvent (tx: Tx, { event, assetId, userId, webhookId, fields = {} }: EventWish, baseUrl: string): { event: Json, deliveries: string[] } {
  const name = event as EventName
  const webhooks = webhookId === undefined ? tx.webhooks.awaiting(name) : [requireActive(tx, webhookId)]
  const asset = assetId === undefined ? undefined : requireAsset(tx, assetId, name)
  const schema = events[name] as object
  const example = examples.of(schema) as Json
  const objectKeys = Object.keys(example).filter(key => !head.includes(key))
  const user = 'user' in example ? { id: userId ?? asset?.user_id ?? requireUser() } : undefined
  const before: Json = {
    createdAt: iso(tx.now),
    version: apiVersion,
    event: name,
    ...(user !== undefined && { user }),
    ...Object.fromEntries(objectKeys.map(key => [key, (asset && objectOf(tx, name, key, asset)) ?? madeUp(example[key], user?.id)])),
    ...('pendingEvents' in example && webhookId !== undefined && { pendingEvents: tx.outbox.countPending(webhookId) })
  }
  const after = merge(before, fields) as Json
  if ('updatedFields' in example && !('updatedFields' in fields)) after.updatedFields = changedIn(objectKeys, before, after)
  const issues = validation.strict(examples.closed(schema))(after)
  if (issues.length > 0) throw invalidAll(issues.map(issue => ({ ...issue, path: ['fields', ...issue.path] })))
  const [key] = objectKeys
  const text = JSON.stringify(after)
  const deliveries = send(tx, webhooks, name, text, {
    ...(user !== undefined && { userId: (after.user as typeof user).id }),
    ...(key !== undefined && { object: [key, JSON.stringify(after[key])] }),
    ...(asset !== undefined && !name.startsWith('user:hem-system:') && { assetId: asset.id })
  })
  return { event: JSON.parse(withImageUrls(text, baseUrl)), deliveries }
}

function requireActive (tx: ReadTx, id: string): WebhookRow {
  const webhook = findWebhook(tx, id)
  if (webhook.is_active === 0) throw badRequest(`Webhook ${id} is inactive, so nothing is sent to it: PATCH /webhooks/${id} makes it active again`)
  return webhook
}

function requireAsset (tx: Tx, id: string, event: EventName): AssetRow {
  const asset = tx.assets.get(id) ?? partOf(tx, id)
  if (asset === undefined) throw badRequest(`Could not find asset ${id}`, 'Asset not found')
  const kind = /^user:([a-z]+):(discovered|updated|deleted|smart-charging-status-updated|statistics-updated)$/.exec(event)?.[1]
  if (kind !== undefined && kind !== asset.kind) throw invalid(`"assetId" must be that of a ${kind} for ${event}; ${id} is a ${asset.kind}`, ['assetId'])
  return asset
}

/** An asset of a HEM system, which has an id of its own. */
function partOf (tx: ReadTx, systemId: string): AssetRow | undefined {
  const system = tx.hemSystems.get(systemId)
  return system && tx.assets.ofUser(system.user_id).find(asset => asset.hem_system_id === systemId)
}

function requireUser (): never {
  throw invalid('"assetId" or "userId" is required, since the event is about a user', ['userId'], 'any.required')
}

/** What an event can be about besides the asset itself, as it stands; undefined where the asset has none of that. */
const objects: Record<string, (tx: ReadTx, asset: AssetRow, isDiscovered: boolean) => unknown> = {
  vendor: (_, asset) => asset.vendor,
  vendorAction: (tx, asset) => {
    const action = tx.actions.lastOf(asset.id)
    return action && showAction(action)
  },
  smartChargingStatus: (tx, asset) => asset.kind === 'vehicle' ? smartChargingStatus(tx, asset) : undefined,
  statistics: (tx, asset) => asset.kind === 'inverter' ? statisticsOfToday(tx, asset) : undefined,
  hemSystem: (tx, asset, isDiscovered) => {
    const system = tx.hemSystems.get(asset.hem_system_id ?? '')
    return system && (isDiscovered ? discoveredView(tx, system) : showSystem(tx, system))
  },
  schedule: (tx, asset) => {
    const schedule = tx.schedules.ofAsset(asset.id).at(-1)
    return schedule && showSchedule(schedule)
  },
  status: (tx, asset) => {
    const schedule = tx.schedules.ofAsset(asset.id).at(-1)
    return schedule && fromJson(schedule.status)
  }
}

/** What an event is about, as it stands; undefined where that is no matter of an asset. A 400 where the asset has none of that. */
function objectOf (tx: ReadTx, event: EventName, key: string, asset: AssetRow): unknown {
  const isDiscovered = event.endsWith(':discovered')
  if (key === asset.kind) {
    const view = seenView(tx, asset)
    return isDiscovered ? modelOf(asset.kind).discovered(view) : view
  }
  const object = objects[key]?.(tx, asset, isDiscovered)
  if (object === undefined && key in objects) throw invalid(`"assetId" must be that of an asset with what ${event} is about: ${asset.kind} ${asset.id} has no ${nouns[key] ?? key}`, ['assetId'])
  return object
}

const nouns: Record<string, string> = { vendorAction: 'action', hemSystem: 'HEM system', status: 'schedule' }

/** The plainest object that fits, as of the user. */
function madeUp (example: unknown, userId: string | undefined): unknown {
  return isObject(example) ? { ...example, ...('userId' in example && { userId }), ...(example.id === '' && { id: nobodysId }) } : example
}

/** What differs from how it stands; where nothing does, the time at which it was seen or worked out. Only the first object counts, as in what the events of schedules tell. */
function changedIn ([key = '']: readonly string[], before: Json, after: Json): string[] {
  const changed = changedPaths(before[key], after[key])
  if (changed.length > 0) return changed
  return ['lastSeen', 'updatedAt', 'changedAt'].filter(path => path in (after[key] as Json)).concat('hemSystem' in after ? ['status.lastSeen'] : [])
}

/** Objects are merged, all else is replaced. */
function merge (base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over
  return Object.fromEntries([...new Set([...Object.keys(base), ...Object.keys(over)])].map(key => [key, key in over ? merge(base[key], over[key]) : base[key]]))
}

function isObject (value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
