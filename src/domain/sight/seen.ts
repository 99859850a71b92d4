import { type Millis } from '../../lib/time.ts'
import { modelOf } from '../../devices/index.ts'
import { type View } from '../../devices/device.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type Sight } from '../../store/sights.ts'
import { type ReadTx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { fromJson } from '../../lib/json.ts'
import { type States, type Views } from '../../devices/kinds.ts'
import { currentState } from '../truth/states.ts'
import { viewOf } from '../truth/rows.ts'
import { isSteady, looksByClock, nextLookAfter } from './pace.ts'
import { showPolicy } from './policy.ts'

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

/** The world at a moment that has passed, as far as that follows from states which were stored before it. */
export function asOf (tx: ReadTx, at: Millis): ReadTx {
  return Object.create(tx, { now: { value: at } }) as ReadTx
}

/** When an asset or a system was last looked at with success, by the JSON text of its view. */
export function seenAt (text: string): Millis {
  return Date.parse(/"lastSeen":"([^"]+)"/.exec(text)?.[1] ?? '')
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
  const found = tx.assets.withDevice(asset.id)
  if (found === undefined || !isSeen(found.device, found.isValid)) return { text: asset.view, until: Infinity }
  const { at, until } = lastLook(tx, asset, found.device)
  if (at <= seenAt(asset.view)) return { text: asset.view, until }
  const then = asOf(tx, at)
  const view = lookAt(then, asset, found.device, currentState(then, found.device))
  return { text: JSON.stringify(withTimes(viewOf(asset), view, nothingElse, asset.kind)), until }
}

/** When Enode last looked at an asset that nobody follows, and when it looks next. */
function lastLook (tx: ReadTx, asset: AssetRow, device: DeviceRow): { at: Millis, until: Millis } {
  const kind = asset.kind
  let at = Math.max(seenAt(asset.view), looksByClock(tx, kind, tx.now))
  for (;;) {
    const pace = isSteady(tx, kind) ? 'active' : modelOf(kind).pace(currentState(asOf(tx, at), device))
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
