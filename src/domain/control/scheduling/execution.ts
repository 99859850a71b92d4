import { hour, type Millis } from '../../../lib/time.ts'
import { type ScheduleStatus } from '../../../contract/schedule.ts'
import { type Vehicle } from '../../../contract/vehicle.ts'
import { sameCommand } from '../../../devices/command.ts'
import { type ActionRow } from '../../../store/actions.ts'
import { type AssetRow, type AssetRowOf } from '../../../store/assets.ts'
import { type ScheduleRow } from '../../../store/schedules.ts'
import { type ReadTx, type Tx } from '../../../store/store.ts'
import { fromJson } from '../../../lib/json.ts'
import { commandOf, refusalOf, requestAction, withdrawAction, type Asker } from '../actions.ts'
import { isOutOfReach } from '../../sight/assets.ts'
import { pollAsset } from '../../sight/polls.ts'
import { timingOf } from '../../truth/timing.ts'
import { viewOf } from '../../truth/rows.ts'
import { lastingOverride } from '../override-rows.ts'
import { outlook } from './rules.ts'
import { isExpected, putStatus, partsOf, showSchedule, statusOf, type ScheduleTarget } from './status.ts'

/** Where a look at a target leads, and when to look again if nothing happens to it. */
interface Stand {
  state: ScheduleStatus['state']
  retryAt: Millis
}

/** From the end of an action that the device could not do to the next one: what prevented it, as a full vehicle, lasts. */
const preventedRetry = hour

/** For clock times of a schedule without a location. */
const defaultTimezone = 'UTC'

/** Brings an asset in line with its schedule, or gives it back when none controls it any more. */
export function controlBySchedule (tx: Tx, asset: AssetRow): void {
  if (asset.kind !== 'vehicle' && asset.kind !== 'charger') return
  const isControlled = tx.schedules.ofAsset(asset.id).map(row => review(tx, row, asset)).includes(true)
  if (isControlled !== (asset.controlled_by === 'schedule')) tx.assets.setController(asset.id, isControlled ? 'schedule' : null)
}

/** The rules want something else from now on, it is time to try again, or the schedule or its location changed. */
export function onSchedule (tx: Tx, scheduleId: string): void {
  const row = tx.schedules.get(scheduleId)
  const asset = row && tx.assets.get(row.asset_id)
  if (asset?.is_linked === 1) tx.touched.add(asset.id)
  else if (asset !== undefined) controlBySchedule(tx, asset)
}

/** Ends what a schedule is doing to its target. */
export function giveUpWish (tx: Tx, row: ScheduleRow): void {
  if (row.action_id === null) return
  // An override that wanted the same has joined the action and goes on with it.
  const isShared = lastingOverride(tx, row.asset_id)?.action_id === row.action_id
  if (!isShared && tx.actions.pendingOf(row.asset_id)?.id === row.action_id) withdrawAction(tx, row.asset_id, askerOf(row))
  tx.schedules.setAction(row.id, null)
}

/** Disables the schedules of an asset, because something else is going to control it: another one, or smart charging. */
export function disableSchedules (tx: Tx, assetId: string, except?: string): void {
  for (const row of tx.schedules.ofAsset(assetId)) {
    if (row.is_enabled === 0 || row.id === except) continue
    tx.schedules.update({ ...row, is_enabled: 0 })
    onSchedule(tx, row.id)
  }
}

/** Takes the schedules of an asset away with it; the asset ends what is pending itself. */
export function forgetSchedules (tx: Tx, assetId: string): void {
  for (const { id } of tx.schedules.ofAsset(assetId)) forgetSchedule(tx, id)
}

export function forgetSchedule (tx: Tx, id: string): void {
  tx.schedules.delete(id)
  tx.timers.cancel('schedule.next', id)
}

/** The schedules at a location, which gives them their timezone, after it changed. */
export function onLocation (tx: Tx, locationId: string): void {
  for (const id of tx.schedules.atLocation(locationId)) onSchedule(tx, id)
}

/** Does what a schedule wants now and stores its status. Answers whether it controls the asset. */
function review (tx: Tx, row: ScheduleRow, asset: AssetRowOf<'vehicle'> | AssetRowOf<'charger'>): boolean {
  const target = viewOf(asset)
  const location = row.location_id === null ? undefined : tx.locations.get(row.location_id)
  const ahead = outlook(showSchedule(row), location?.timezone ?? defaultTimezone, tx.now)
  const parts = partsOf(target, vehicleOn(tx, target), ahead)
  const { state, retryAt } = inactive(tx, row, asset, target) ?? align(tx, row, asset, target, isExpected(parts))
  const isActive = !state.startsWith('INACTIVE')
  if (!isActive) giveUpWish(tx, row)
  setTimer(tx, row, Math.min(ahead.upcoming[0]?.at ?? Infinity, retryAt))
  putStatus(tx, row, statusOf(tx, row, target, state, parts, ahead))
  return isActive
}

/** Why a schedule controls nothing now; undefined when it does. */
function inactive (tx: ReadTx, row: ScheduleRow, asset: AssetRow, target: ScheduleTarget): Stand | undefined {
  const because = (why: string): Stand => ({ state: `INACTIVE:${why}` as Stand['state'], retryAt: Infinity })
  if (row.is_enabled === 0) return because('DISABLED')
  if (lastingOverride(tx, row.asset_id) !== undefined) return because('OVERRIDDEN')
  const { startCharging, stopCharging } = target.capabilities
  if (asset.is_linked === 0 || !startCharging.isCapable || !stopCharging.isCapable) return because('INCAPABLE')
  const isThere = row.location_id === null ? row.kind === 'charger' : target.location.id === row.location_id
  return isThere ? undefined : because('AWAY')
}

/** Commands a target that does not do what is expected, but lets it be for a while when that did not help. */
function align (tx: Tx, row: ScheduleRow, asset: AssetRow, target: ScheduleTarget, isExpected: boolean): Stand {
  const command = { type: 'charging', kind: isExpected ? 'START' : 'STOP' } as const
  const last = row.action_id === null ? undefined : tx.actions.get(row.action_id)
  const isWanted = last !== undefined && sameCommand(commandOf(last), command)
  // What cannot be reached is told something once, and then waited for, whatever the rules want meanwhile.
  const isSpent = last !== undefined && isOutOfReach(tx, asset) && (last.completed_at ?? -Infinity) > Date.parse(target.lastSeen)
  if (!isWanted && !isSpent) giveUpWish(tx, row)
  if (isAligned(target, isExpected)) return { state: 'ALIGNED', retryAt: Infinity }
  if (isWanted && last.state === 'PENDING') return { state: 'PENDING', retryAt: Infinity }
  if (isSpent) return { state: 'MISALIGNED', retryAt: Infinity }
  const retryAt = isWanted ? (last.completed_at ?? tx.now) + (isPrevented(last) ? preventedRetry : timingOf(tx).scheduleRetry) : tx.now
  if (tx.now < retryAt) return { state: 'MISALIGNED', retryAt }
  // Once what stands in the way is seen to be gone, the target is looked at again.
  if (refusalOf(tx, asset, command) !== null) return { state: 'MISALIGNED', retryAt: Infinity }
  tx.schedules.setAction(row.id, requestAction(tx, asset, command, askerOf(row)).id)
  return { state: 'PENDING', retryAt: Infinity }
}

function askerOf ({ id }: ScheduleRow): Asker {
  return { kind: 'schedule', name: `schedule ${id}` }
}

/** Whether the device could not do it, as a charger cannot with a full vehicle. */
function isPrevented ({ failure }: ActionRow): boolean {
  return failure !== null && fromJson(failure).type === 'FAILED_PRECONDITION'
}

/** What is about to charge must be stopped too. */
function isAligned ({ chargeState: { isCharging, powerDeliveryState } }: ScheduleTarget, isExpected: boolean): boolean {
  return isExpected ? isCharging === true : isCharging !== true && powerDeliveryState !== 'PLUGGED_IN:INITIALIZING'
}

/** The vehicle of the same user on the cable of a charger. One that was last seen charging is looked at again when the charger has stopped: it may be full. */
function vehicleOn (tx: Tx, { chargeState }: ScheduleTarget): Vehicle | undefined {
  const id = 'pluggedInVehicleId' in chargeState ? chargeState.pluggedInVehicleId : null
  if (id === null) return undefined
  const seen = (): Vehicle | undefined => {
    const vehicle = tx.assets.get(id)
    return vehicle?.kind === 'vehicle' ? viewOf(vehicle) : undefined
  }
  if (chargeState.isCharging === false && seen()?.chargeState.isCharging === true) pollAsset(tx, id)
  return seen()
}

function setTimer (tx: Tx, { id }: ScheduleRow, due: Millis): void {
  if (due === Infinity) tx.timers.cancel('schedule.next', id)
  else if (tx.timers.get('schedule.next', id)?.due !== due) tx.timers.schedule(due, 'schedule.next', id)
}
