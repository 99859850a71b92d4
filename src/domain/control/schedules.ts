import { invalid, notFound } from '../../lib/problem.ts'
import { parseTime } from '../../lib/time.ts'
import { pageOf, type Listed, type PageQuery } from '../../contract/pagination.ts'
import { type CreateScheduleBody, type Schedule, type ScheduleRule, type ScheduleStatus, type UpdateScheduleBody } from '../../contract/schedule.ts'
import { type ScheduleRow } from '../../store/schedules.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { findAssetOf, findLocationOf, findUser } from '../sight/find.ts'
import { disableSmartCharging } from './smart-charging/policy.ts'
import { disableSchedules, forgetSchedule, giveUpWish, onSchedule } from './scheduling/execution.ts'
import { showSchedule } from './scheduling/status.ts'

/** Schedules of a user. An unknown user has none. */
export function listSchedules (tx: ReadTx, query: PageQuery, userId: string): Listed<Schedule> {
  return pageOf(tx.schedules.pageOfUser(query, userId), showSchedule)
}

export function findSchedule (tx: ReadTx, id: string): ScheduleRow {
  const schedule = tx.schedules.get(id)
  if (schedule === undefined) throw notFound('Schedule', id)
  return schedule
}

/** How far the target follows a schedule. */
export function scheduleStatus (tx: ReadTx, id: string): ScheduleStatus {
  return fromJson(findSchedule(tx, id).status)
}

/** Makes a schedule for a vehicle or charger of a user. */
export function createSchedule (tx: Tx, userId: string, body: CreateScheduleBody): Schedule {
  findUser(tx, userId)
  findAssetOf(tx, userId, body.targetType, body.targetId)
  if (body.locationId !== null) findLocationOf(tx, userId, body.locationId)
  requireMoments(body.rules)
  const id = tx.random.uuid()
  tx.schedules.insert({ id, user_id: userId, created_at: tx.now, ...columnsOf(body) })
  return putInForce(tx, id)
}

/** Changes what is given. */
export function updateSchedule (tx: Tx, id: string, body: UpdateScheduleBody): Schedule {
  const old = findSchedule(tx, id)
  const wanted = { ...showSchedule(old), ...body }
  // What stays as it is may be gone meanwhile.
  if (wanted.targetId !== old.asset_id || wanted.targetType !== old.kind) findAssetOf(tx, old.user_id, wanted.targetType, wanted.targetId)
  if (wanted.locationId !== null && wanted.locationId !== old.location_id) findLocationOf(tx, old.user_id, wanted.locationId)
  requireMoments(wanted.rules)
  if (wanted.targetId !== old.asset_id) {
    giveUpWish(tx, old)
    tx.touched.add(old.asset_id)
    tx.followed.add(old.asset_id)
  }
  tx.schedules.update({ ...old, ...columnsOf(wanted) })
  return putInForce(tx, id)
}

/** Deletes a schedule and gives its target back. */
export function deleteSchedule (tx: Tx, id: string): void {
  const row = findSchedule(tx, id)
  giveUpWish(tx, row)
  forgetSchedule(tx, id)
  tx.touched.add(row.asset_id)
  tx.followed.add(row.asset_id)
}

/** Lets a schedule act as it now is. An asset has one controller, and the one that was enabled last is it. */
function putInForce (tx: Tx, id: string): Schedule {
  const row = findSchedule(tx, id)
  tx.followed.add(row.asset_id)
  if (row.is_enabled === 1) {
    disableSchedules(tx, row.asset_id, id)
    disableSmartCharging(tx, row.asset_id)
  }
  onSchedule(tx, id)
  return showSchedule(row)
}

function columnsOf (body: CreateScheduleBody): Pick<ScheduleRow, 'asset_id' | 'kind' | 'location_id' | 'is_enabled' | 'default_should_charge' | 'rules'> {
  return {
    asset_id: body.targetId,
    kind: body.targetType,
    location_id: body.locationId,
    is_enabled: body.isEnabled ? 1 : 0,
    default_should_charge: body.defaultShouldCharge ? 1 : 0,
    rules: JSON.stringify(body.rules)
  }
}

function requireMoments (rules: readonly ScheduleRule[]): void {
  for (const [i, rule] of rules.entries()) {
    for (const key of ['fromTimestamp', 'toTimestamp'] as const) {
      if (rule[key] === undefined || parseTime(rule[key]) !== undefined) continue
      throw invalid(`"rules[${i}].${key}" must be an ISO 8601 timestamp from 1971 to 9000`, ['rules', i, key], 'date.range')
    }
  }
}
