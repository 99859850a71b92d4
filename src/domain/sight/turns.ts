import { hour, type Millis } from '../../lib/time.ts'
import { modelOf } from '../../devices/index.ts'
import { type States } from '../../devices/kinds.ts'
import { isUnderWay, levelPercent, nextArrival, type VehicleState } from '../../devices/vehicle/index.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { arePollsFaulty } from '../faults/effects.ts'
import { isAwaited } from '../tell/events.ts'
import { isOfKind } from '../truth/rows.ts'
import { currentState, partnerOf, regularOf } from '../truth/states.ts'
import { asOf } from './glimpse.ts'
import { lastLook } from './seen.ts'
import { steadyUntil } from './temperaments.ts'

/**
 * What controls an asset answers to what changes of it by leaps: the cable, whether power flows and how much, where it is,
 * a level that passes its minimum. In between looks see levels rise that everybody expected. As long as nobody but who
 * controls it follows an asset, those are not made either, and whoever reads is told what the last one would have shown.
 */

/** Who answers to what a look at an asset sees: a webhook or a fault to each, or what controls it or the asset on the other end of its cable to what changes by leaps. `partner` is the device there. Who watches the stream changes nothing. */
export function followerOf (tx: ReadTx, asset: AssetRow, partner: () => string | null): 'each' | 'controller' | undefined {
  if (arePollsFaulty(tx) || isAwaited(tx, `user:${asset.kind}:updated`)) return 'each'
  if (asset.hem_system_id !== null && isAwaited(tx, 'user:hem-system:updated')) return 'each'
  if (isControlled(tx, asset.id)) return 'controller'
  const other = tx.assets.ofDeviceAndUser(partner() ?? '', asset.user_id)
  return other !== undefined && isControlled(tx, other.id) ? 'controller' : undefined
}

/** Whether a schedule, smart charging or an override may control an asset. */
function isControlled (tx: ReadTx, id: string): boolean {
  return tx.smartCharging.get(id)?.is_enabled === 1 || tx.smartOverrides.latestOf(id)?.ended_at === null || tx.schedules.ofAsset(id).some(schedule => schedule.is_enabled === 1)
}

/** The first look that may see such a turn, of those that are made of an asset anyway; `next` is the one that comes next. */
export function nextTurn (tx: ReadTx, asset: AssetRow, device: DeviceRow, state: States[AssetKind], next: Millis): Millis {
  const until = Math.min(quietUntil(tx, asset, device, state), steadyUntil(tx, device), tx.now + longest)
  return until <= next ? next : lastLook(asOf(tx, until - 1), asset, device, tx.now).until
}

/** Somebody looks after so long in any case. */
const longest: Millis = 48 * hour

/** Until when a device and what it is plugged into do what they do now, and stay where they are. */
export function quietUntil (tx: ReadTx, asset: AssetRow, device: DeviceRow, state: States[AssetKind]): Millis {
  const minimum = tx.smartCharging.get(asset.id)?.minimum_charge_limit ?? 0
  const own = 'driver' in state && levelPercent(state) < minimum ? tx.now : untilOf(tx, device, state)
  const partner = partnerOf(tx, device)
  if (partner !== undefined) return Math.min(own, untilOf(tx, partner, currentState(tx, partner)))
  const regular = device.kind === 'charger' ? regularOf(tx, device) : undefined
  return regular !== undefined && isOfKind(regular, 'vehicle') ? Math.min(own, nextArrival(currentState(tx, regular))) : own
}

function untilOf (tx: ReadTx, device: DeviceRow, state: States[AssetKind]): Millis {
  const until = modelOf(device.kind).flow?.until(state) ?? tx.now
  return 'driver' in state ? Math.min(until, levelHoldsUntil(tx, state)) : until
}

/** Until when the level of a parked car holds that is lost by standing. */
function levelHoldsUntil (tx: ReadTx, car: VehicleState): Millis {
  if (isUnderWay(car)) return tx.now
  const drainKw = car.power === 'UNPLUGGED' || car.power === 'PLUGGED_IN:STOPPED' ? car.driver?.drainKw ?? 0 : 0
  if (drainKw === 0) return Infinity
  // Levels are shown in whole percent, and half of one is where that turns.
  const shownKwh = car.batteryCapacityKwh / 200
  return car.at + (car.energyKwh % shownKwh) / drainKw * hour
}
