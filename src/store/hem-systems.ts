import { type HEMSystem } from '../contract/hem-system.ts'
import { type HEMSystemVendor } from '../contract/vendors.ts'
import { Rows } from '../lib/cache.ts'
import { type Json } from '../lib/json.ts'
import { mostRows, statement, type Db } from './database.ts'
import { pager } from './pages.ts'

/** A home energy management system: what a user linked of one vendor at one place. */
export interface HemSystemRow {
  seq: number
  id: string
  user_id: string
  vendor: HEMSystemVendor
  device_ids: Json<string[]>
  /** 0 once its user deauthorised it: retained so that linking again gives the same id. */
  is_linked: 0 | 1
  created_at: number
  location_id: string | null
  /** The text that the API answers. */
  view: Json<HEMSystem>
  /** When an event last told what it looks like; 0 while none has. */
  told_at: number
}

export function hemSystemsTable (db: Db) {
  const get = statement(db, 'select * from hem_systems where id = ?')
  const ofUser = statement(db, 'select * from hem_systems where user_id = ? order by seq')
  const insert = statement(db, 'insert into hem_systems (id, user_id, vendor, device_ids, is_linked, created_at, location_id, view) values (?, ?, ?, ?, 0, ?, null, ?)')
  const setView = statement(db, 'update hem_systems set view = ? where id = ?')
  const setTold = statement(db, 'update hem_systems set view = ?, told_at = ? where id = ?')
  const setDevices = statement(db, 'update hem_systems set device_ids = ? where id = ?')
  const setLocation = statement(db, 'update hem_systems set location_id = ? where id = ?')
  const setLink = statement(db, 'update hem_systems set is_linked = ? where id = ?')
  const remove = statement(db, 'delete from hem_systems where id = ?')
  const columns = '*'
  // Each look at a part asks for it. Stale when the row is written: each method that writes drops it or puts another in its place.
  const rows = new Rows(mostRows, id => get.get(id) as HemSystemRow | undefined)
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget: (): void => { rows.clear() },
    get: (id: string): HemSystemRow | undefined => rows.of(id),
    ofUser: (userId: string): HemSystemRow[] => ofUser.all(userId) as HemSystemRow[],
    page: pager<HemSystemRow>(db, columns, 'hem_systems where is_linked = 1'),
    pageOfUser: pager<HemSystemRow>(db, columns, 'hem_systems where user_id = ? and is_linked = 1'),
    /** A new one is not linked yet. */
    insert: (row: Pick<HemSystemRow, 'id' | 'user_id' | 'vendor' | 'device_ids' | 'created_at' | 'view'>): void => {
      rows.forget(row.id)
      insert.run(row.id, row.user_id, row.vendor, row.device_ids, row.created_at, row.view)
    },
    setView: (id: string, text: string): void => {
      rows.change(id, { view: text })
      setView.run(text, id)
    },
    /** A view of which an event tells at a moment. */
    setTold: (id: string, text: string, at: number): void => {
      rows.change(id, { view: text, told_at: at })
      setTold.run(text, at, id)
    },
    setDevices: (id: string, deviceIds: string): void => {
      rows.change(id, { device_ids: deviceIds })
      setDevices.run(deviceIds, id)
    },
    setLocation: (id: string, locationId: string | null): void => {
      rows.change(id, { location_id: locationId })
      setLocation.run(locationId, id)
    },
    setLink: (id: string, isLinked: boolean): void => {
      rows.change(id, { is_linked: isLinked ? 1 : 0 })
      setLink.run(Number(isLinked), id)
    },
    delete: (id: string): void => {
      rows.forget(id)
      remove.run(id)
    }
  }
}
