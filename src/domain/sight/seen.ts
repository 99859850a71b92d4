import { changedPaths } from '../../lib/diff.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { looksAround } from '../../devices/home.ts'
import { modelOf } from '../../devices/index.ts'
import { type Pace, type View } from '../../devices/device.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type Sight } from '../../store/sights.ts'
import { type ReadTx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { fromJson } from '../../lib/json.ts'
import { type States, type Views } from '../../devices/kinds.ts'
import { type Driver } from '../../devices/vehicle/index.ts'
import { currentState } from '../truth/states.ts'
import { viewOf, withDevice } from '../truth/rows.ts'
import { locationOf } from './geofence.ts'
import { asOf, asOfLongAgo, seenAt, shownBy, type Quirk } from './glimpse.ts'
import { isSteady, looksByClock, nextLookAfter } from './pace.ts'
import { showPolicy } from './policy.ts'
import { temperOf } from './temperaments.ts'

/**
 * Enode looks at an asset now and then, and shows what it saw last. While somebody follows an asset, a timer brings each
 * look, and what it saw is stored. All other looks change nothing but what is shown: they are not made, and whoever asks
 * is told what the last one would have shown. So what is shown does not depend on who asks when, and costs nothing until
 * somebody does.
 */

/** What a look takes in at once: the asset or, since a vendor answers for all of it, the system that it is a part of. */
export function subjectOf (asset: AssetRow): string {
  return asset.hem_system_id ?? asset.id
}

/** The view of an asset as of the last look, as JSON text. */
export function sightOf (tx: ReadTx, asset: AssetRow): Sight {
  if (asset.is_linked === 0 || tx.timers.get('asset.poll', subjectOf(asset)) !== undefined) return { text: asset.view, until: Infinity }
  return tx.sights.of(asset.id, asset.view, tx.now, () => workOut(tx, asset))
}

/** The same, parsed. */
export function seenView<A extends AssetRow> (tx: ReadTx, asset: A): Views[A['kind']] {
  return fromJson<Views[A['kind']]>(sightOf(tx, asset).text)
}

/** What the API would show if Enode looked at the device now. */
export function freshView (tx: ReadTx, asset: AssetRow, device: DeviceRow): Views[AssetKind] {
  return lookAt(tx, asset, device, currentState(tx, device))
}

/** What a look at a device in some state shows. */
export function lookAt (tx: ReadTx, asset: AssetRow, device: DeviceRow, state: States[AssetKind]): Views[AssetKind] {
  const linked = {
    id: asset.id,
    userId: asset.user_id,
    vendor: asset.vendor,
    scopes: fromJson(asset.scopes),
    locationId: asset.location_id,
    hemSystemId: asset.hem_system_id,
    pluggedInto: pluggedInto(tx, asset, device.kind, state),
    smartChargingPolicy: showPolicy(asset.kind === 'vehicle' ? tx.smartCharging.get(asset.id) : undefined)
  }
  return modelOf(device.kind).view(state, linked, fromJson(device.overrides))
}

/** Whether Enode gets through to a device: it can be reached, and the account's credentials work. */
export function isInTouch (tx: ReadTx, device: DeviceRow): boolean {
  return device.is_reachable === 1 && tx.accounts.get(device.account_id)?.is_valid === 1
}

/** Whether a look at a device sees anything: besides, it must be capable of telling what it does. */
export function isSeen (device: DeviceRow, isValid: boolean): boolean {
  const { reading } = modelOf(device.kind)
  return device.is_reachable === 1 && isValid && (reading === null || !(reading in fromJson(device.overrides)))
}

/** What a look at a device in some state shows by a quirk. */
export function lookBy (tx: ReadTx, asset: AssetRow, device: DeviceRow, state: States[AssetKind], quirk: Quirk | undefined): Views[AssetKind] {
  if (quirk?.asOf === undefined) {
    const view = lookAt(tx, asset, device, state)
    return quirk === undefined ? view : shownBy(view, quirk, asset.kind)
  }
  const then = (looksAround(modelOf(device.kind)) ? asOfLongAgo : asOf)(tx, quirk.asOf)
  return { ...lookAt(then, asset, device, currentState(then, device)), lastSeen: iso(tx.now) }
}

/** A part of the view has the time of its last change, as vendors report it, unless it is measured; `changed` are those in which anything else is new. */
export function withTimes (before: View, fresh: View, changed: ReadonlySet<string | undefined>, kind: AssetKind): View {
  const { measured } = modelOf(kind)
  const merged: Record<string, unknown> = { ...fresh }
  for (const [key, old] of Object.entries(before)) {
    if (!measured.includes(key) && !changed.has(key) && hasLastUpdated(old) && old.lastUpdated !== null) merged[key] = old
  }
  return merged as unknown as View
}

function hasLastUpdated (part: unknown): part is { lastUpdated: string | null } {
  return typeof part === 'object' && part !== null && 'lastUpdated' in part
}

const nothingElse: ReadonlySet<string> = new Set()

function workOut (tx: ReadTx, asset: AssetRow): Sight {
  const found = withDevice(tx, asset.id)
  if (found === undefined || !isSeen(found.device, found.isValid)) return { text: asset.view, until: Infinity }
  const { at, until } = lastLook(tx, asset, found.device)
  if (at <= seenAt(asset.view)) return { text: asset.view, until }
  const seen = lookBefore(asOf(tx, at), asset, found.device)
  if (seen === undefined) return { text: asset.view, until }
  const { state, view } = seen
  const shown = 'driver' in state && state.driver !== null ? driven(tx, asset, state.driver, view) : withTimes(viewOf(asset), view, nothingElse, asset.kind)
  return { text: JSON.stringify(shown), until }
}

/** What was seen up to the last look, which was at the moment of `then`; undefined where it is stored already. */
function lookBefore (then: ReadTx, asset: AssetRow, device: DeviceRow): { state: States[AssetKind], view: Views[AssetKind] } | undefined {
  const state = currentState(then, device)
  const quirk = temperOf(then, asset, device, state)
  if (quirk?.isStale !== true) return { state, view: lookBy(then, asset, device, state, quirk) }
  // The look with which a spell begins has no quirk.
  if (quirk.since <= seenAt(asset.view)) return undefined
  const since = asOf(then, quirk.since)
  const before = currentState(since, device)
  return { state: before, view: lookAt(since, asset, device, before) }
}

/** What a look that was not made shows of a car that may have driven since: at which location it is, and that its position and its counter are those from when it was parked. */
function driven (tx: ReadTx, asset: AssetRow, { parkedAt }: Driver, view: View): View {
  const before = viewOf(asset)
  const id = locationOf(tx.locations.ofUser(asset.user_id), view.location, asset.location_id)
  const merged: Record<string, unknown> = { ...withTimes(before, { ...view, location: { ...view.location, id } }, new Set(['odometer', 'location']), asset.kind) }
  for (const key of ['odometer', 'location']) {
    const [old, now] = [(before as unknown as Record<string, unknown>)[key], merged[key]]
    if (!hasLastUpdated(old) || !hasLastUpdated(now) || now.lastUpdated === null) continue
    const isNews = changedPaths(old, now).some(path => path !== 'lastUpdated')
    merged[key] = isNews ? { ...now, lastUpdated: parkedAt === null ? now.lastUpdated : iso(parkedAt) } : old
  }
  return merged as unknown as View
}

/** How often Enode looks at a device. While a plan is followed, as often as while energy flows, as documented. */
export function paceOf (tx: ReadTx, asset: AssetRow, state: States[AssetKind]): Pace {
  return tx.smartPlans.isExecuting(asset.id) ? 'active' : modelOf(asset.kind).pace(state)
}

/** When an asset was last looked at, also where that look saw nothing new: `lastSeen` is older than the last looks at what sleeps. */
export function lookedAt (tx: ReadTx, asset: AssetRow): string {
  const { lastSeen } = seenView(tx, asset)
  const hasTurn = tx.timers.get('asset.turn', asset.id) !== undefined && tx.timers.get('asset.poll', asset.id) === undefined
  const found = hasTurn ? withDevice(tx, asset.id) : undefined
  return found === undefined || !isSeen(found.device, found.isValid) ? lastSeen : latestOf(lastSeen, iso(lastLook(tx, asset, found.device).at))
}

function latestOf (one: string, other: string): string {
  return one > other ? one : other
}

/** When Enode last looked at an asset of which nobody follows each look, and when it looks next; `known` is any look before. */
export function lastLook (tx: ReadTx, asset: AssetRow, device: DeviceRow, known = seenAt(asset.view)): { at: Millis, until: Millis } {
  const kind = asset.kind
  let at = Math.max(known, looksByClock(tx, kind, tx.now))
  for (;;) {
    const pace = isSteady(tx, kind) ? 'active' : paceOf(tx, asset, currentState(asOf(tx, at), device))
    const until = nextLookAfter(tx, kind, pace, at)
    if (until > tx.now) return { at, until }
    at = until
  }
}

/** The asset on the other end of the cable, if the same user linked it. */
function pluggedInto (tx: ReadTx, asset: AssetRow, kind: AssetKind, state: States[AssetKind]): string | null {
  const partner = modelOf(kind).cable?.partner(state) ?? null
  const other = partner === null ? undefined : tx.assets.ofDeviceAndUser(partner, asset.user_id)
  return other?.is_linked === 1 ? other.id : null
}
