import { type SmartChargingPlan, type SmartChargingStatus } from '../contract/smart-charging.ts'
import { Lookup, Rows } from '../lib/cache.ts'
import { type Json } from '../lib/json.ts'
import { mostRows, statement, type Db } from './database.ts'

/** What smart charging of a vehicle shall achieve, and where it stands. */
export interface SmartChargingRow {
  asset_id: string
  is_enabled: 0 | 1
  deadline: string | null
  minimum_charge_limit: number
  /** The plan of the state, followed or ended, and after that the one whose vehicle stays as it left it. */
  plan_id: string | null
  /** As it was last worked out. */
  status: Json<SmartChargingStatus>
  /** When an event last told it; 0 while none has. */
  told_at: number
}

export function smartChargingTable (db: Db) {
  const get = statement(db, 'select * from smart_charging where asset_id = ?')
  const insert = statement(db, 'insert into smart_charging (asset_id, is_enabled, minimum_charge_limit, status) values (?, 0, 0, ?)')
  const setPolicy = statement(db, 'update smart_charging set is_enabled = ?, deadline = ?, minimum_charge_limit = ? where asset_id = ?')
  const setStatus = statement(db, 'update smart_charging set status = ?, plan_id = ?, told_at = ? where asset_id = ?')
  const remove = statement(db, 'delete from smart_charging where asset_id = ?')
  // Each look at a car asks for it several times over. Stale when the row is written: each method that writes drops it or puts another in its place.
  const rows = new Rows(mostRows, assetId => get.get(assetId) as SmartChargingRow | undefined)
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget: (): void => { rows.clear() },
    /** Undefined for a vehicle that never had anything to do with smart charging. */
    get: (assetId: string): SmartChargingRow | undefined => rows.of(assetId),
    /** Switched off. */
    insert: (assetId: string, status: string): void => {
      rows.forget(assetId)
      insert.run(assetId, status)
    },
    setPolicy: (assetId: string, isEnabled: boolean, deadline: string | null, minimumChargeLimit: number): void => {
      rows.change(assetId, { is_enabled: isEnabled ? 1 : 0, deadline, minimum_charge_limit: minimumChargeLimit })
      setPolicy.run(Number(isEnabled), deadline, minimumChargeLimit, assetId)
    },
    setStatus: (assetId: string, status: string, planId: string | null, toldAt: number): void => {
      rows.change(assetId, { status, plan_id: planId, told_at: toldAt })
      setStatus.run(status, planId, toldAt, assetId)
    },
    delete: (assetId: string): void => {
      rows.forget(assetId)
      remove.run(assetId)
    }
  }
}

/** A plan: when charging stops and resumes, what that costs, and how it went. */
export interface SmartPlanRow {
  id: string
  asset_id: string
  location_id: string
  created_at: number
  currency: string
  deadline_at: number
  /** What of the policy and the location makes the deadline: when that changes, the plan ends. */
  deadline: string
  /** What the figures were made from: when that changes, they are made anew. */
  basis: string
  /** When missing prices will be known; null when none are awaited. */
  publication_at: number | null
  /** What the charge takes, in kWh. */
  kwh: number
  non_smart_cost: number
  smart_cost: number | null
  stop_at: number
  start_at: number | null
  finish_at: number
  stop_confirmed_at: number | null
  start_confirmed_at: number | null
  ended_at: number | null
  final_state: SmartChargingPlan['finalState']
  failure: SmartChargingPlan['failureCondition']
  /** Whether the vehicle charges promptly now, since it is below its minimum. */
  is_prompt: 0 | 1
  /** How often in a row a stop or a start was tried, and when the next try is due; once it has ended, when the next plan may follow, null when not before the vehicle is plugged in again. */
  tries: number
  retry_at: number | null
}

/** Plans that a world retains to look at, besides those that are followed; older ones are forgotten. */
export const mostPlans = 10_000

const columns = [
  'id', 'asset_id', 'location_id', 'created_at', 'currency', 'deadline_at', 'deadline', 'basis', 'publication_at', 'kwh', 'non_smart_cost', 'smart_cost',
  'stop_at', 'start_at', 'finish_at', 'stop_confirmed_at', 'start_confirmed_at', 'ended_at', 'final_state', 'failure', 'is_prompt', 'tries', 'retry_at'
] as const satisfies ReadonlyArray<keyof SmartPlanRow>

export function smartPlansTable (db: Db) {
  const get = statement(db, 'select * from smart_plans where id = ?')
  const latest = statement(db, 'select * from smart_plans where asset_id = ? order by seq desc limit 1')
  const executing = statement(db, 'select 1 from smart_plans where asset_id = ? and ended_at is null')
  const started = statement(db, `select * from smart_plans
    where asset_id = ? and start_confirmed_at is not null and created_at < ? and (ended_at is null or ended_at > ?) order by seq`)
  const insert = statement(db, `insert into smart_plans (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
  const update = statement(db, `update smart_plans set ${columns.map(column => `${column} = ?`).join(', ')} where id = ?`)
  const trim = statement(db, 'delete from smart_plans where seq <= (select max(seq) from smart_plans) - ? and ended_at is not null')
  const removeOfAsset = statement(db, 'delete from smart_plans where asset_id = ?')
  // As rows of smart charging, and as stale.
  const rows = new Rows(mostRows, id => get.get(id) as SmartPlanRow | undefined)
  const areExecuting = new Lookup(mostRows, (assetId: string): boolean => executing.get(assetId) !== undefined)
  const forget = (): void => {
    rows.clear()
    areExecuting.clear()
  }
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget,
    get: (id: string): SmartPlanRow | undefined => rows.of(id),
    /** The newest, whether or not it ended. */
    latestOf: (assetId: string): SmartPlanRow | undefined => latest.get(assetId) as SmartPlanRow | undefined,
    /** Those whose charge had begun, of which something lies between two moments; the oldest first. */
    startedBetween: (assetId: string, from: number, to: number): SmartPlanRow[] => started.all(assetId, to, from) as SmartPlanRow[],
    isExecuting: (assetId: string): boolean => areExecuting.of(assetId),
    insert: (row: SmartPlanRow): void => {
      areExecuting.forget(row.asset_id)
      insert.run(...columns.map(column => row[column]))
      if (trim.run(mostPlans).changes > 0) rows.clear()
    },
    update: (row: SmartPlanRow): void => {
      areExecuting.forget(row.asset_id)
      rows.forget(row.id)
      update.run(...columns.map(column => row[column]), row.id)
    },
    delete: (assetId: string): void => {
      forget()
      removeOfAsset.run(assetId)
    }
  }
}
