import { type Schedule, type ScheduleStatus } from '../contract/schedule.ts'
import { Lookup, Rows } from '../lib/cache.ts'
import { type Json } from '../lib/json.ts'
import { mostRows, statement, type Db } from './database.ts'
import { pager } from './pages.ts'

/** When an asset should charge. */
export interface ScheduleRow {
  seq: number
  id: string
  user_id: string
  asset_id: string
  /** The kind of the asset. */
  kind: Schedule['targetType']
  location_id: string | null
  is_enabled: 0 | 1
  default_should_charge: 0 | 1
  rules: Json<Schedule['rules']>
  created_at: number
  /** The last action that it asked for, while it still wants the same. */
  action_id: string | null
  /** The text that the API answers; empty until it was worked out first. */
  status: Json<ScheduleStatus>
}

export function schedulesTable (db: Db) {
  const get = statement(db, 'select * from schedules where id = ?')
  const ofAsset = statement(db, 'select id from schedules where asset_id = ? order by seq')
  const atLocation = statement(db, 'select id from schedules where location_id = ? order by seq')
  const insert = statement(db, `insert into schedules (id, user_id, asset_id, kind, location_id, is_enabled, default_should_charge, rules, created_at, status)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, '')`)
  const update = statement(db, 'update schedules set asset_id = ?, kind = ?, location_id = ?, is_enabled = ?, default_should_charge = ?, rules = ? where id = ?')
  const setAction = statement(db, 'update schedules set action_id = ? where id = ?')
  const setStatus = statement(db, 'update schedules set status = ? where id = ?')
  const remove = statement(db, 'delete from schedules where id = ?')
  // Each look at an asset asks for its schedules. Stale when one is written: each method that writes drops it or puts another in its place.
  const rows = new Rows(mostRows, id => get.get(id) as ScheduleRow | undefined)
  const ids = new Lookup(mostRows, (assetId: string): string[] => (ofAsset.all(assetId) as Array<{ id: string }>).map(row => row.id))
  const forget = (): void => {
    rows.clear()
    ids.clear()
  }
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget,
    get: (id: string): ScheduleRow | undefined => rows.of(id),
    ofAsset: (assetId: string): ScheduleRow[] => ids.of(assetId).flatMap(id => rows.of(id) ?? []),
    atLocation: (locationId: string): string[] => (atLocation.all(locationId) as Array<{ id: string }>).map(row => row.id),
    pageOfUser: pager<ScheduleRow>(db, '*', 'schedules where user_id = ?'),
    insert: (row: Omit<ScheduleRow, 'seq' | 'action_id' | 'status'>): void => {
      forget()
      insert.run(row.id, row.user_id, row.asset_id, row.kind, row.location_id, row.is_enabled, row.default_should_charge, row.rules, row.created_at)
    },
    /** What a client can change. */
    update: (row: ScheduleRow): void => {
      forget()
      update.run(row.asset_id, row.kind, row.location_id, row.is_enabled, row.default_should_charge, row.rules, row.id)
    },
    setAction: (id: string, actionId: string | null): void => {
      rows.change(id, { action_id: actionId })
      setAction.run(actionId, id)
    },
    setStatus: (id: string, text: string): void => {
      rows.change(id, { status: text })
      setStatus.run(text, id)
    },
    delete: (id: string): void => {
      forget()
      remove.run(id)
    }
  }
}
