import { Lookup } from '../lib/cache.ts'
import { mostRows, statement, type Db } from './database.ts'

/** A time during which an asset charges whatever a schedule or smart charging says. */
export interface SmartOverrideRow {
  seq: number
  asset_id: string
  created_at: number
  /** Null while it lasts. */
  ended_at: number | null
  /** The action that starts charging; null when it was charging already. */
  action_id: string | null
}

export function smartOverridesTable (db: Db) {
  const latest = statement(db, 'select * from smart_overrides where asset_id = ? order by seq desc limit 1')
  const insert = statement(db, 'insert into smart_overrides (asset_id, created_at, action_id) values (?, ?, ?)')
  const removeEnded = statement(db, 'delete from smart_overrides where asset_id = ? and ended_at is not null')
  const end = statement(db, 'update smart_overrides set ended_at = ? where asset_id = ? and ended_at is null')
  const remove = statement(db, 'delete from smart_overrides where asset_id = ?')
  // Each look at an asset asks for it. Stale when a row of the asset is written: each method that writes drops it.
  const newest = new Lookup(mostRows, (assetId: string): SmartOverrideRow | undefined => latest.get(assetId) as SmartOverrideRow | undefined)
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget: (): void => { newest.clear() },
    /** The newest, whether or not it lasts. */
    latestOf: (assetId: string): SmartOverrideRow | undefined => newest.of(assetId),
    /** Takes the place of those that ended. */
    insert: (row: Pick<SmartOverrideRow, 'asset_id' | 'created_at' | 'action_id'>): void => {
      newest.forget(row.asset_id)
      removeEnded.run(row.asset_id)
      insert.run(row.asset_id, row.created_at, row.action_id)
    },
    end: (assetId: string, at: number): void => {
      newest.forget(assetId)
      end.run(at, assetId)
    },
    delete: (assetId: string): void => {
      newest.forget(assetId)
      remove.run(assetId)
    }
  }
}
