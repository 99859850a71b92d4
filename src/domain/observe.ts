import { changedPaths } from '../lib/diff.ts'
import { day, iso } from '../lib/time.ts'
import { deviceOf } from '../devices/index.ts'
import { type AssetKind, type Capability, type Linked, type Physical, type View } from '../devices/device.ts'
import { type AssetRow, type DeviceRow } from '../store/assets.ts'
import { type ReadTx, type Tx } from '../store/store.ts'
import { announce } from './events.ts'
import { timingOf } from './timing.ts'

export const pollTimer = 'asset.poll'

/** The longest that a part of a view keeps its old `lastUpdated` while the device reports the same values. */
const reportedAgainAfter = day

/** The physical state of a device now. Nothing ticks: it is computed from the last moment that mattered. */
export function currentState (tx: ReadTx, device: DeviceRow): Physical {
  return deviceOf(device.kind as AssetKind).advance(JSON.parse(device.state), tx.now)
}

/** What the API would show if Enode looked at the device now. */
export function freshView (tx: ReadTx, asset: AssetRow, device: DeviceRow): View {
  return deviceOf(device.kind as AssetKind).view(currentState(tx, device), linkedOf(asset), JSON.parse(device.overrides) as Record<string, Capability>)
}

function linkedOf (asset: AssetRow): Linked {
  return { id: asset.id, userId: asset.user_id, vendor: asset.vendor, scopes: JSON.parse(asset.scopes), locationId: asset.location_id }
}

/** Enode looks at one asset: stores what it sees, announces what differs, and sets the next poll. */
export function pollAsset (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  const device = asset && tx.devices.get(asset.device_id)
  if (asset === undefined || asset.is_linked === 0 || device === undefined) return
  if (tx.accounts.get(device.account_id)?.is_valid === 0) return
  const before = JSON.parse(asset.view) as View
  const seen = device.is_reachable === 1
  const after = seen ? keepTimestamps(before, freshView(tx, asset, device), tx.now) : { ...before, isReachable: false }
  store(tx, asset, before, after)
  const pace = seen ? deviceOf(device.kind as AssetKind).pace(currentState(tx, device)) : 'idle'
  tx.timers.schedule(tx.now + timingOf(tx).poll[pace], pollTimer, asset.id)
}

/** Brings the next look at an asset forward. */
export function hintRefresh (tx: Tx, asset: AssetRow): void {
  const soon = tx.now + timingOf(tx).refresh
  const next = tx.timers.get(pollTimer, asset.id)
  if (next === undefined || next.due > soon) tx.timers.schedule(soon, pollTimer, asset.id)
}

/** Enode looks at a device for every user who linked it. */
export function pollDevice (tx: Tx, deviceId: string): void {
  for (const asset of tx.assets.ofDevice(deviceId)) pollAsset(tx, asset.id)
}

function store (tx: Tx, asset: AssetRow, before: View, after: View): void {
  const text = JSON.stringify(after)
  if (text === asset.view) return
  tx.assets.setView(asset.id, text)
  const updatedFields = changedPaths(before, after)
  if (updatedFields.every(isTimestamp)) return
  announce(tx, { event: `user:${asset.kind}:updated`, userId: asset.user_id, object: [asset.kind, text], updatedFields })
}

function isTimestamp (path: string): boolean {
  return path === 'lastSeen' || path.endsWith('.lastUpdated')
}

/** A part of the view whose values are the same keeps the time of its last change, as vendors report it. */
function keepTimestamps (before: View, after: View, now: number): View {
  const merged: Record<string, unknown> = { ...after }
  for (const [key, part] of Object.entries(after)) {
    const old = (before as unknown as Record<string, unknown>)[key]
    if (!hasLastUpdated(part) || !hasLastUpdated(old) || old.lastUpdated === null) continue
    if (now - Date.parse(old.lastUpdated) < reportedAgainAfter && JSON.stringify({ ...part, lastUpdated: old.lastUpdated }) === JSON.stringify(old)) merged[key] = old
  }
  return { ...merged, lastSeen: iso(now) } as unknown as View
}

function hasLastUpdated (part: unknown): part is { lastUpdated: string | null } {
  return typeof part === 'object' && part !== null && 'lastUpdated' in part
}
