import { type Millis } from '../../lib/time.ts'
import { type FaultEffect } from '../../contract/mock-faults.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type View } from '../../devices/device.ts'
import { modelOf } from '../../devices/index.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { lengthOf } from '../faults/effects.ts'
import { partnerOf } from '../truth/states.ts'
import { stateOf } from '../truth/rows.ts'

/** How a look shows something other than what is so: one of these, by a fault or by the temperament of a vendor. */
export interface Quirk {
  /** What was last seen, which was at `since` or later. */
  isStale?: true
  /** The last look before, where that is known. */
  since?: Millis
  /** The device as it was at an earlier moment. */
  asOf?: Millis
  /** Other values, by the path of a field. */
  shows?: Readonly<Record<string, unknown>>
  /** Nothing of these parts. */
  misses?: readonly string[]
  /** A level of one percent less, unless it is one that says full or empty. */
  isLevelBack?: true
}

/** What a fault on polls does to a look; undefined where it keeps the look from the device. */
export function quirkBy (tx: ReadTx, asset: AssetRow, device: DeviceRow, effect: FaultEffect): Quirk | undefined {
  if (effect.stale === true) return { isStale: true, since: seenAt(asset.view) }
  if (effect.late !== undefined) return { asOf: Math.max(tx.now - lengthOf(effect.late), storedAt(tx, device)) }
  if (effect.misreport !== undefined) return { shows: effect.misreport }
  return effect.missing && { misses: effect.missing }
}

/** Since when the state of a device, and of what it is plugged into, follows from what was stored. */
export function storedAt (tx: ReadTx, device: DeviceRow): Millis {
  const partner = partnerOf(tx, device)
  return Math.max(stateOf(device).at, partner === undefined ? -Infinity : stateOf(partner).at)
}

/** The world at a moment that has passed, as far as that follows from states which were stored before it. */
export function asOf (tx: ReadTx, at: Millis): ReadTx {
  return { ...tx, now: at }
}

/** The same, where what is remembered of homes may be past that moment: it is made anew, and nobody else sees it. */
export function asOfLongAgo (tx: ReadTx, at: Millis): ReadTx {
  const made = new Map<unknown, object>()
  const of = <T extends object>(What: new () => T): T => {
    const known = (made.get(What) ?? new What()) as T
    made.set(What, known)
    return known
  }
  return { ...tx, now: at, memory: { of } as ReadTx['memory'] }
}

/** When an asset or a system was last looked at with success, by the JSON text of its view. */
export function seenAt (text: string): Millis {
  return Date.parse(/"lastSeen":"([^"]+)"/.exec(text)?.[1] ?? '')
}

/** What a look shows by a quirk, where without it the view would be `seen`. */
export function shownBy<V extends View> (seen: V, quirk: Quirk, kind: AssetKind): V {
  const { misses, shows } = quirk
  if (misses !== undefined) {
    const nothing = modelOf(kind).discovered(seen as never) as unknown as Record<string, unknown>
    return { ...seen, ...Object.fromEntries(misses.map(part => [part, nothing[part]])) }
  }
  const view = Object.entries(shows ?? {}).reduce<unknown>((view, [path, value]) => withValue(view, path.split('.'), value), seen) as V
  return quirk.isLevelBack === true ? oneBack(view) : view
}

function withValue (value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf
  const parts = value as Record<string, unknown>
  return { ...parts, [key]: withValue(parts[key], rest, leaf) }
}

function oneBack<V extends View> (view: V): V {
  const { chargeState } = view as V & { chargeState?: { batteryLevel?: number | null, isFullyCharged?: boolean | null } }
  const level = chargeState?.batteryLevel ?? 0
  return level < 1 || chargeState?.isFullyCharged === true ? view : withValue(view, ['chargeState', 'batteryLevel'], level - 1) as V
}
