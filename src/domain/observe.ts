import { changedPaths } from '../lib/diff.ts'
import { day, iso, type Millis } from '../lib/time.ts'
import { deviceOf } from '../devices/index.ts'
import { type AssetKind, type Capability, type Pace, type Physical, type View } from '../devices/device.ts'
import { type AssetRow, type DeviceRow } from '../store/assets.ts'
import { type ReadTx, type Tx } from '../store/store.ts'
import { announce, isAwaited } from './events.ts'
import { arePollsFaulty, isCutOff } from './fault-effects.ts'
import { locationOf } from './geofence.ts'
import { seeSystem } from './hem-systems/see.ts'
import { currentState, partnerOf } from './homes.ts'
import { showPolicy } from './smart-charging/show.ts'
import { noteStay } from './stays.ts'
import { longestPoll, nextPollIn, timingOf } from './timing.ts'

export const pollTimer = 'asset.poll'

/** After so long without a word from a device, what it was doing is unknown. The reference names seven days. */
const outdatedAfter = 7 * day

/** The longest that a part of a view keeps its old `lastUpdated` while the device reports the same values. */
const reportedAgainAfter = day

/** What the API would show if Enode looked at the device now. */
export function freshView (tx: ReadTx, asset: AssetRow, device: DeviceRow): View {
  return viewOf(tx, asset, device, currentState(tx, device))
}

function viewOf (tx: ReadTx, asset: AssetRow, device: DeviceRow, state: Physical): View {
  const linked = {
    id: asset.id,
    userId: asset.user_id,
    vendor: asset.vendor,
    scopes: JSON.parse(asset.scopes) as string[],
    locationId: asset.location_id,
    hemSystemId: asset.hem_system_id,
    pluggedInto: pluggedInto(tx, asset, device.kind as AssetKind, state),
    smartChargingPolicy: showPolicy(asset.kind === 'vehicle' ? tx.smartCharging.get(asset.id) : undefined)
  }
  return deviceOf(device.kind as AssetKind).view(state, linked, JSON.parse(device.overrides) as Record<string, Capability>)
}

/** Whether Enode gets through to a device: it can be reached, and the account's credentials work. */
export function isInTouch (tx: ReadTx, device: DeviceRow): boolean {
  return device.is_reachable === 1 && tx.accounts.get(device.account_id)?.is_valid === 1
}

/** Enode looks at one asset: stores what it sees, announces what differs, and sets the next poll. */
export function pollAsset (tx: Tx, assetId: string): void {
  const found = tx.assets.withDevice(assetId)
  if (found === undefined || found.asset.is_linked === 0 || !found.isValid) return
  const { asset, device } = found
  const state = currentState(tx, device)
  const fresh = viewOf(tx, asset, device, state)
  let pace: Pace = 'idle'
  if (device.is_reachable === 1 && !isCutOff(tx, asset)) {
    see(tx, asset, fresh)
    // The parts of a system are at one vendor, who answers for all of them at once.
    if (asset.hem_system_id !== null) seeSystem(tx, asset.hem_system_id)
    // While a plan is followed, Enode looks as often as while energy flows. (D)
    pace = tx.smartPlans.isExecuting(asset.id) ? 'active' : deviceOf(device.kind as AssetKind).pace(state)
  } else {
    missOut(tx, asset, device, fresh)
  }
  tx.touched.add(asset.id)
  tx.timers.schedule(tx.now + nextPollIn(tx, device.kind as AssetKind, pace), pollTimer, asset.id)
}

/** A poll is due, while time goes on to `until` in one go. */
export function onPoll (tx: Tx, assetId: string, until: Millis): void {
  if (!leaveOutPolls(tx, assetId, tx.now, until)) pollAsset(tx, assetId)
}

/** Time is about to go to `until` in one go. */
export function leaveOutAllPolls (tx: Tx, until: Millis): void {
  for (const { subject, due } of tx.timers.ofKind(pollTimer, until)) leaveOutPolls(tx, subject, due, until)
}

/**
 * Of the polls from one that is due until time has gone on in one go, only the last happens if nobody would hear of the
 * others: what they would have seen, nobody can ask for any more. Answers whether any is left out.
 */
function leaveOutPolls (tx: Tx, assetId: string, due: Millis, until: Millis): boolean {
  const asset = tx.assets.get(assetId)
  if (asset === undefined) return false
  const every = nextPollIn(tx, asset.kind as AssetKind, 'active')
  const leftOut = Math.floor((until - due) / every)
  if (leftOut <= 0 || isFollowed(tx, asset)) return false
  tx.timers.schedule(due + leftOut * every, pollTimer, assetId)
  return true
}

/** Whether anything answers to what a poll of an asset sees: a webhook, a fault, or what controls an asset of the user. Who watches the stream changes nothing. */
function isFollowed (tx: ReadTx, asset: AssetRow): boolean {
  return arePollsFaulty(tx) || isAwaited(tx, `user:${asset.kind}:updated`) ||
    (asset.hem_system_id !== null && isAwaited(tx, 'user:hem-system:updated')) ||
    tx.assets.isControlled(asset.user_id)
}

/** After the clock stopped on its way, the polls that come late are brought forward. */
export function catchUpPolls (tx: Tx): void {
  tx.timers.bringForward(pollTimer, tx.now + longestPoll)
}

/** Brings the next look at an asset forward. */
export function hintRefresh (tx: Tx, asset: AssetRow): void {
  const soon = tx.now + timingOf(tx).refresh
  const next = tx.timers.get(pollTimer, asset.id)
  if (next === undefined || next.due > soon) tx.timers.schedule(soon, pollTimer, asset.id, tx.trail.note('refresh-hint', { user_id: asset.user_id, asset_id: asset.id }, 'the next look was brought forward'))
}

/** Enode looks at a device, and at what it is plugged into, for every user who linked it. */
export function pollDevice (tx: Tx, deviceId: string): void {
  for (const asset of tx.assets.ofDevice(deviceId)) pollAsset(tx, asset.id)
  pollPartner(tx, deviceId)
}

/** Enode looks at what a device is plugged into, as when a user links or unlinks one end of a cable. */
export function pollPartner (tx: Tx, deviceId: string): void {
  const device = tx.devices.get(deviceId)
  const partner = device && partnerOf(tx, device)
  if (partner !== undefined) for (const asset of tx.assets.ofDevice(partner.id)) pollAsset(tx, asset.id)
}

/** The asset on the other end of the cable, if the same user linked it. */
function pluggedInto (tx: ReadTx, asset: AssetRow, kind: AssetKind, state: Physical): string | null {
  const partner = deviceOf(kind).cable?.partner(state) ?? null
  const other = partner === null ? undefined : tx.assets.ofDeviceAndUser(partner, asset.user_id)
  return other?.is_linked === 1 ? other.id : null
}

/** An asset of which nothing was heard since: what is known of it is that old, and its device cannot be reached. */
export function fallSilent (tx: Tx, asset: AssetRow, since: Millis): void {
  tx.devices.setReachable(asset.device_id, false)
  tx.assets.setView(asset.id, asset.view.replaceAll(/("lastSeen"|"lastUpdated"):"[^"]+"/g, `$1:"${iso(since)}"`))
  pollAsset(tx, asset.id)
}

/** The device cannot be reached: its last values stay, and only what Enode itself knows is new. */
function missOut (tx: Tx, asset: AssetRow, device: DeviceRow, fresh: View & { capabilities?: unknown }): void {
  const before = JSON.parse(asset.view) as View
  const isOutdated = tx.now - Date.parse(before.lastSeen) >= outdatedAfter
  const { outdated } = deviceOf(device.kind as AssetKind)
  const known = isOutdated && outdated !== undefined ? outdated(before) as typeof before : before
  const after = { ...known, isReachable: false, scopes: fresh.scopes, capabilities: fresh.capabilities }
  if (fresh.location.latitude === null) after.location = placed(tx, asset, fresh).location
  const updatedFields = changedPaths(before, after)
  if (updatedFields.length > 0) show(tx, asset, after, updatedFields, 'poll')
}

/** Takes what was just seen for the view, and announces it if it tells anything new. */
function see (tx: Tx, asset: AssetRow, seen: View): void {
  const before = JSON.parse(asset.view) as View
  const fresh = placed(tx, asset, seen)
  const news = changedPaths(before, fresh).filter(path => !isTimestamp(path))
  const after = keepTimestamps(before, fresh, new Set(news.map(path => path.split('.', 1)[0])), tx.now)
  if (news.length === 0) tx.assets.setView(asset.id, JSON.stringify(after))
  else show(tx, asset, after, changedPaths(before, after), 'poll')
}

/** What was seen, at the location whose geofence it was seen in. */
function placed (tx: Tx, asset: AssetRow, seen: View): View {
  const id = locationOf(tx.locations.ofUser(asset.user_id), seen.location, asset.location_id)
  if (id !== asset.location_id) move(tx, asset.id, id)
  return id === seen.location.id ? seen : { ...seen, location: { ...seen.location, id } }
}

/** Shows an asset at another location, or at none: what lies where, Enode knows itself. */
export function putAt (tx: Tx, asset: AssetRow, locationId: string | null): void {
  move(tx, asset.id, locationId)
  tx.touched.add(asset.id)
  amendView(tx, asset, before => {
    const after = { ...before, location: { ...before.location, id: locationId } }
    // A position has the time at which it was received; where none is told, that of the assignment counts.
    if ('lastUpdated' in after.location && !('latitude' in after.location)) after.location.lastUpdated = locationId === null ? null : iso(tx.now)
    return after
  })
}

function move (tx: Tx, assetId: string, locationId: string | null): void {
  tx.assets.setLocation(assetId, locationId)
  noteStay(tx, assetId)
}

/** Changes what Enode itself knows of an asset, without a look at its device, and announces it. */
export function amendView (tx: Tx, asset: AssetRow, amend: (view: View) => View): void {
  if (asset.is_linked === 0) return
  const before = JSON.parse(asset.view) as View
  const after = amend(before)
  const updatedFields = changedPaths(before, after)
  if (updatedFields.length > 0) show(tx, asset, after, updatedFields, 'placed')
}

function show (tx: Tx, asset: AssetRow, view: View, updatedFields: string[], kind: 'poll' | 'placed'): void {
  const text = JSON.stringify(view)
  tx.touched.add(asset.id)
  tx.assets.setView(asset.id, text)
  const entry = tx.trail.note(kind, { user_id: asset.user_id, asset_id: asset.id }, `saw ${updatedFields.filter(path => !isTimestamp(path)).join(', ')}`)
  tx.trail.because(entry, () => { announce(tx, { event: `user:${asset.kind}:updated`, userId: asset.user_id, object: [asset.kind, text], updatedFields }) })
}

function isTimestamp (path: string): boolean {
  return path === 'lastSeen' || path.endsWith('.lastUpdated')
}

/** A part of the view in which nothing changed keeps the time of its last change, as vendors report it. */
function keepTimestamps (before: View, fresh: View, changed: ReadonlySet<string | undefined>, now: number): View {
  const merged: Record<string, unknown> = { ...fresh, lastSeen: iso(now) }
  for (const [key, old] of Object.entries(before)) {
    if (changed.has(key) || !hasLastUpdated(old) || old.lastUpdated === null) continue
    if (now - Date.parse(old.lastUpdated) < reportedAgainAfter) merged[key] = old
  }
  return merged as unknown as View
}

function hasLastUpdated (part: unknown): part is { lastUpdated: string | null } {
  return typeof part === 'object' && part !== null && 'lastUpdated' in part
}
