import { changedPaths } from '../../../lib/diff.ts'
import { iso } from '../../../lib/time.ts'
import { type Charger } from '../../../contract/charger.ts'
import { type Schedule, type ScheduleStatus } from '../../../contract/schedule.ts'
import { type Vehicle } from '../../../contract/vehicle.ts'
import { type ScheduleRow } from '../../../store/schedules.ts'
import { type ReadTx, type Tx } from '../../../store/store.ts'
import { fromJson } from '../../../lib/json.ts'
import { announce } from '../../tell/events.ts'
import { summarizeOverride } from '../override-rows.ts'
import { type Outlook } from './rules.ts'

/** What a schedule can control, as Enode last saw it. */
export type ScheduleTarget = Vehicle | Charger

type Parts = ScheduleStatus['isChargingExpectedParts']

/** The schedule as the API shows it. */
export function showSchedule (row: ScheduleRow): Schedule {
  return {
    targetId: row.asset_id,
    locationId: row.location_id,
    targetType: row.kind,
    isEnabled: row.is_enabled === 1,
    defaultShouldCharge: row.default_should_charge === 1,
    rules: fromJson(row.rules),
    id: row.id
  }
}

/** What must all be true for a target to be expected to charge; what is unknown is not. A charger knows only of a vehicle of the same user on its cable when it is full. */
export function partsOf (target: ScheduleTarget, vehicle: Vehicle | undefined, { shouldCharge }: Outlook): Parts {
  const { chargeState } = vehicle ?? target
  const isFull = 'isFullyCharged' in chargeState && chargeState.isFullyCharged === true
  return { needsCharge: !isFull, isPluggedIn: target.chargeState.isPluggedIn === true, shouldCharge }
}

/** Whether a target ought to charge now. */
export function isExpected ({ needsCharge, isPluggedIn, shouldCharge }: Parts): boolean {
  return needsCharge && isPluggedIn && shouldCharge
}

/** The status of a schedule now, as if it had just changed. */
export function statusOf (tx: ReadTx, row: ScheduleRow, target: ScheduleTarget, state: ScheduleStatus['state'], parts: Parts, { upcoming }: Outlook): ScheduleStatus {
  const override = tx.smartOverrides.latestOf(row.asset_id)
  return {
    scheduleId: row.id,
    scheduleType: 'CHARGE',
    changedAt: iso(tx.now),
    state,
    isCharging: target.chargeState.isCharging === true,
    isChargingExpected: isExpected(parts),
    isChargingExpectedParts: parts,
    upcomingTransitions: upcoming.map(({ at, shouldCharge }) => ({ at: iso(at), shouldCharge })),
    smartOverride: override === undefined ? null : summarizeOverride({ id: row.asset_id, kind: row.kind }, override)
  }
}

/** Stores a status and announces it, if anything in it differs from the one before. */
export function putStatus (tx: Tx, row: ScheduleRow, status: ScheduleStatus): void {
  const before = row.status === '' ? {} : fromJson(row.status)
  const updatedFields = changedPaths(before, status)
  if (updatedFields.every(path => path === 'changedAt')) return
  const text = JSON.stringify(status)
  tx.schedules.setStatus(row.id, text)
  announce(tx, {
    event: 'user:schedule:execution-updated',
    userId: row.user_id,
    object: ['status', text],
    also: ['schedule', JSON.stringify(showSchedule(row))],
    updatedFields,
    assetId: row.asset_id
  })
}
