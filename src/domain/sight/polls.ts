import { changedPaths } from '../../lib/diff.ts'
import { day, iso, type Millis } from '../../lib/time.ts'
import { modelOf } from '../../devices/index.ts'
import { type Pace, type View } from '../../devices/device.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type States, type Views } from '../../devices/kinds.ts'
import { nextArrival } from '../../devices/vehicle/index.ts'
import { announce } from '../tell/events.ts'
import { takePollFault } from '../faults/effects.ts'
import { locationOf } from './geofence.ts'
import { quirkBy, seenAt, shownBy } from './glimpse.ts'
import { isSteady, looksByClock, nextLookAfter } from './pace.ts'
import { seeSystem, storeSystem } from './systems.ts'
import { currentState, partnerOf } from '../truth/states.ts'
import { freshView, isSeen, lookAt, lookBy, paceOf, seenView, sightOf, subjectOf, withTimes } from './seen.ts'
import { noteStay } from './stays.ts'
import { temperOf } from './temperaments.ts'
import { followerOf, nextTurn } from './turns.ts'
import { timingOf } from '../truth/timing.ts'
import { deviceBehind, viewOf, withDevice } from '../truth/rows.ts'

/** After so long without a word from a device, what it was doing is unknown. The reference names seven days. */
const outdatedAfter = 7 * day

/** Enode looks at one asset, and at what is seen together with it: stores what it sees, announces what differs, and sets the next look. */
export function pollAsset (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  if (asset !== undefined) onLook(tx, subjectOf(asset))
}

/** A look at an asset, or at all parts of a system, which are at one vendor who answers for all of them at once. */
export function onLook (tx: Tx, subject: string): void {
  const looks = seenTogether(tx, subject).map(asset => look(tx, asset))
  if (looks.some(({ wasSeen }) => wasSeen)) seeSystem(tx, subject)
  const next = Math.min(...looks.map(({ next }) => next))
  const turn = Math.min(...looks.map(({ turn }) => turn))
  if (next < Infinity) tx.timers.schedule(next, 'asset.poll', subject)
  else tx.timers.cancel('asset.poll', subject)
  if (turn < next) tx.timers.schedule(turn, 'asset.turn', subject)
  else tx.timers.cancel('asset.turn', subject)
}

interface Looked { wasSeen: boolean, next: Millis, turn: Millis }

/** What a subject of looks stands for. */
function seenTogether (tx: ReadTx, subject: string): AssetRow[] {
  const asset = tx.assets.get(subject)
  if (asset === undefined || asset.hem_system_id !== null) return tx.assets.ofSystem(asset?.hem_system_id ?? subject)
  return asset.is_linked === 1 ? [asset] : []
}

/** Looks at one asset. Answers whether it was seen, and when a timer is to bring the next look, or the next that may see a turn: Infinity when none has to. */
function look (tx: Tx, { id }: AssetRow): Looked {
  const found = withDevice(tx, id)
  if (found === undefined) return { wasSeen: false, next: Infinity, turn: Infinity }
  const { asset, device, isValid } = found
  const kind = asset.kind
  tx.touched.add(id)
  const state = currentState(tx, device)
  const isReached = isSeen(device, isValid)
  const fault = isReached ? takePollFault(tx, asset) : undefined
  if (!isReached || fault?.effect.unreachable === true) {
    // Told once, and not at each poll while it lasts.
    if (asset.view.includes('"isReachable":true')) fault?.tell()
    missOut(tx, asset, lookAt(tx, asset, device, state))
    // What is cut off from outside is heard of again by itself, anything else when that changes.
    return { wasSeen: false, next: isReached ? nextLookAfter(tx, kind, 'idle', tx.now) : Infinity, turn: Infinity }
  }
  const pace = paceOf(tx, asset, state)
  const quirk = fault === undefined ? temperOf(tx, asset, device, state) : quirkBy(tx, asset, device, fault.effect)
  tellQuirk(tx, asset, pace, quirk, fault)
  if (quirk?.isStale === true) showStill(tx, asset, lookAt(tx, asset, device, state))
  else see(tx, asset, lookBy(tx, asset, device, state, quirk))
  const follower = followerOf(tx, asset, () => modelOf(kind).cable?.partner(state) ?? null)
  if (tx.timers.get('vehicle.arrival', id) === undefined) awaitArrival(tx, asset, state, follower !== undefined)
  const next = follower === undefined ? Infinity : nextLookAfter(tx, kind, pace, tx.now)
  const turn = follower === 'controller' ? nextTurn(tx, asset, device, state, next) : Infinity
  return { wasSeen: quirk?.isStale !== true, next: turn > next && turn < Infinity ? Infinity : next, turn: turn > next ? turn : Infinity }
}

/** Tells the timeline what keeps a look from what is so: each hit of a fault that is counted, of other faults those that change what is shown, and of a spell the first look in it. */
function tellQuirk (tx: Tx, asset: AssetRow, pace: Pace, quirk: ReturnType<typeof quirkBy | typeof temperOf>, fault: ReturnType<typeof takePollFault>): void {
  if (quirk === undefined) return
  const isFirst = quirk.since === undefined || tx.now <= nextLookAfter(tx, asset.kind, pace, quirk.since)
  if (fault === undefined) {
    if (isFirst && 'says' in quirk) tx.trail.note('temperament', { user_id: asset.user_id, asset_id: asset.id }, quirk.says)
    return
  }
  const shown: View = viewOf(asset)
  if (fault.isCounted || (isFirst && (quirk.isStale === true || quirk.asOf !== undefined || changedPaths(shown, shownBy(shown, quirk, asset.kind)).length > 0))) fault.tell()
}

/**
 * A car that comes home wakes, and its maker knows at once: Enode sees it then, if somebody follows it, or if its user has
 * a location, since from there on its energy may have another price. To be called again when what its driver plans changes.
 */
export function awaitArrival (tx: Tx, asset: AssetRow, state: States[AssetKind], isFollowed = true): void {
  if (!('driver' in state) || state.driver === null) return
  const at = isFollowed || tx.locations.ofUser(asset.user_id).length > 0 ? nextArrival(state) : Infinity
  if (at < Infinity) tx.timers.schedule(at, 'vehicle.arrival', asset.id)
  else tx.timers.cancel('vehicle.arrival', asset.id)
}

/** The same for all that users have linked of a device, once what its driver plans has changed. */
export function awaitArrivals (tx: Tx, deviceId: string): void {
  const device = tx.devices.get(deviceId)
  if (device?.kind !== 'vehicle') return
  for (const asset of tx.assets.ofDevice(deviceId)) if (asset.is_linked === 1) awaitArrival(tx, asset, currentState(tx, device), followerOf(tx, asset, () => partnerOf(tx, device)?.id ?? null) !== undefined)
}

/** Lets a timer bring each look at what somebody follows from now on. Runs at the end of each transaction. */
export function followWatched (tx: Tx): void {
  const assets = tx.followed.has('*') ? tx.assets.linked() : [...tx.followed].flatMap(userId => tx.assets.ofUser(userId))
  tx.followed.clear()
  for (const asset of assets) {
    const subject = subjectOf(asset)
    const device = asset.is_linked === 1 && tx.timers.get('asset.poll', subject) === undefined ? tx.devices.get(asset.device_id) : undefined
    if (device === undefined) continue
    if (followerOf(tx, asset, () => partnerOf(tx, device)?.id ?? null) !== undefined) bringNext(tx, subject)
    else tx.timers.cancel('asset.turn', subject)
  }
}

/** Stores what was seen until now, since what follows from here is another story. Answers the moment of the next look; Infinity where none is due, or a timer brings it already. */
export function storeSight (tx: Tx, subject: string): Millis {
  const parts = seenTogether(tx, subject)
  if (parts[0]?.id !== subject) storeSystem(tx, subject)
  return Math.min(...parts.map(asset => {
    const { text, until } = sightOf(tx, asset)
    if (text !== asset.view) tx.assets.setView(asset.id, text)
    return until
  }))
}

/** The same for all that users have linked of a device, before Enode loses touch with it. */
export function storeSights (tx: Tx, deviceId: string): void {
  for (const asset of tx.assets.ofDevice(deviceId)) if (asset.is_linked === 1) storeSight(tx, subjectOf(asset))
}

/** An asset as it was seen last: to be asked for before what is seen of it changes, or is answered to. */
export function currentAsset (tx: Tx, id: string): AssetRow | undefined {
  const asset = tx.assets.get(id)
  if (asset === undefined || seenAt(asset.view) === tx.now) return asset
  storeSight(tx, subjectOf(asset))
  return tx.assets.get(id)
}

/** Lets a timer bring the next look at an asset or a system. */
function bringNext (tx: Tx, subject: string): void {
  const next = storeSight(tx, subject)
  if (next < Infinity) tx.timers.schedule(next, 'asset.poll', subject)
}

/** Before later states of devices are stored: what was seen of them up to now can no longer be told from those, nor when the next look comes, where that depends on what they do. */
export function beforeStoring (tx: Tx, deviceIds: readonly string[]): void {
  for (const id of deviceIds) {
    for (const asset of tx.assets.ofDevice(id)) {
      if (asset.is_linked === 0) continue
      if (isSteady(tx, asset.kind)) storeSight(tx, subjectOf(asset))
      else bringNext(tx, subjectOf(asset))
    }
  }
}

/** A device is about to change behind the back of Enode, which finds out at its next look. */
export function findOutLater (tx: Tx, deviceId: string): void {
  for (const asset of tx.assets.ofDevice(deviceId)) {
    if (asset.is_linked === 0) continue
    const next = storeSight(tx, subjectOf(asset))
    const known = tx.timers.get('asset.poll', subjectOf(asset))
    // One that cannot be reached now may be so then.
    if (known === undefined) tx.timers.schedule(next < Infinity ? next : nextLookAfter(tx, asset.kind, 'idle', tx.now), 'asset.poll', subjectOf(asset))
  }
}

/** Brings the next look at an asset forward. */
export function hintRefresh (tx: Tx, asset: AssetRow): void {
  const soon = tx.now + timingOf(tx).refresh
  const subject = subjectOf(asset)
  const next = tx.timers.get('asset.poll', subject)?.due ?? storeSight(tx, subject)
  if (next > soon) tx.timers.schedule(soon, 'asset.poll', subject, tx.trail.note('refresh-hint', { user_id: asset.user_id, asset_id: asset.id }, 'the next look was brought forward'))
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

/** Enode looks no more. */
export function endLooks (tx: Tx, assetId: string): void {
  tx.timers.cancelOf(assetId, 'asset.poll', 'asset.turn', 'asset.outdated', 'vehicle.arrival')
}

/** An asset of which nothing was heard since: what is known of it is that old, and its device cannot be reached. */
export function fallSilent (tx: Tx, asset: AssetRow, since: Millis): void {
  tx.devices.setReachable(asset.device_id, false)
  const aged = JSON.parse(asset.view, (key, value: unknown) => (key === 'lastSeen' || key === 'lastUpdated') && value !== null ? iso(since) : value) as Views[AssetKind]
  missOut(tx, asset, freshView(tx, asset, deviceBehind(tx, asset)), aged)
}

/** The device cannot be reached: the last values that are `known` stay, and only what Enode itself knows is new. */
function missOut (tx: Tx, asset: AssetRow, fresh: Views[AssetKind], last?: Views[AssetKind]): void {
  const known = last ?? viewOf(asset)
  const outdatedAt = Date.parse(known.lastSeen) + outdatedAfter
  if (tx.now < outdatedAt) tx.timers.schedule(byClockFrom(tx, asset.kind, outdatedAt), 'asset.outdated', asset.id)
  showStill(tx, asset, fresh, { ...known, isReachable: false })
}

/** Nothing new comes of the device: what is `known` stays until it is outdated, but for what Enode itself knows. */
function showStill (tx: Tx, asset: AssetRow, fresh: Views[AssetKind], known = viewOf(asset)): void {
  const before = viewOf(asset)
  const { outdated } = modelOf(asset.kind)
  const shown = tx.now >= Date.parse(known.lastSeen) + outdatedAfter && outdated !== undefined ? outdated(known) : known
  const after: View & { capabilities: unknown } = { ...shown, scopes: fresh.scopes, capabilities: fresh.capabilities }
  if ('latitude' in fresh.location && fresh.location.latitude === null) after.location = placed(tx, asset, fresh).location
  const changed = changedPaths(before, after)
  if (changed.length > 0) show(tx, asset, { before, after, changed }, 'poll')
}

function byClockFrom (tx: ReadTx, kind: AssetKind, at: Millis): Millis {
  const before = looksByClock(tx, kind, at)
  return before === at ? at : nextLookAfter(tx, kind, 'asleep', before)
}

/** Takes what was just seen for the view, and announces it if it tells anything new. */
function see (tx: Tx, asset: AssetRow, seen: View): void {
  const before = viewOf(asset)
  const fresh = placed(tx, asset, seen)
  const changed = changedPaths(before, fresh).filter(path => !isTimestamp(path))
  const after = withTimes(before, fresh, new Set(changed.map(path => path.split('.', 1)[0])), asset.kind)
  if (before.isReachable === false) tx.timers.cancel('asset.outdated', asset.id)
  if (changed.length === 0) tx.assets.setView(asset.id, JSON.stringify(after))
  else show(tx, asset, { before, after, changed }, 'poll')
}

/** What was seen, at the location whose geofence it was seen in. */
function placed (tx: Tx, asset: AssetRow, seen: View): View {
  const id = locationOf(tx.locations.ofUser(asset.user_id), seen.location, asset.location_id)
  if (id !== asset.location_id) move(tx, asset.id, id)
  return id === seen.location.id ? seen : { ...seen, location: { ...seen.location, id } }
}

/** Shows an asset at another location, or at none: what lies where, Enode knows itself. */
export function putAt (tx: Tx, asset: AssetRow, locationId: string | null): void {
  storeSight(tx, subjectOf(asset))
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
export function amendView (tx: Tx, { id }: AssetRow, amend: (view: View) => View): void {
  const asset = currentAsset(tx, id)
  if (asset === undefined || asset.is_linked === 0) return
  const before = seenView(tx, asset)
  const after = amend(before)
  const changed = changedPaths(before, after)
  if (changed.length > 0) show(tx, asset, { before, after, changed }, 'placed')
}

function show (tx: Tx, asset: AssetRow, { before, after, changed }: { before: View, after: View, changed: readonly string[] }, kind: 'poll' | 'placed'): void {
  const text = JSON.stringify(after)
  tx.touched.add(asset.id)
  tx.assets.setTold(asset.id, text, tx.now)
  const entry = tx.trail.note(kind, { user_id: asset.user_id, asset_id: asset.id }, `saw ${changed.filter(path => !isTimestamp(path)).join(', ')}`)
  tx.trail.because(entry, () => {
    announce(tx, { event: `user:${asset.kind}:updated`, userId: asset.user_id, object: [asset.kind, text], change: { before, after, toldAt: asset.told_at } })
  })
}

function isTimestamp (path: string): boolean {
  return path === 'lastSeen' || path.endsWith('.lastUpdated')
}
