import { type TariffInterval } from '../contract/tariff.ts'
import { Lookup, Rows } from '../lib/cache.ts'
import { type Json } from '../lib/json.ts'
import { mostRows, statement, type Db } from './database.ts'
import { pager } from './pages.ts'

/** A place of a user, around which a geofence lies. */
export interface LocationRow {
  seq: number
  id: string
  user_id: string
  name: string
  latitude: number
  longitude: number
  /** IANA name of the timezone in which tariffs, schedules and deadlines are read. */
  timezone: string
  created_at: number
  /** The tariff that holds there in its intervals; both null when none is linked. */
  tariff_id: string | null
  tariff_intervals: Json<TariffInterval[]> | null
}

export function locationsTable (db: Db) {
  const get = statement(db, 'select * from locations where id = ?')
  const ofUser = statement(db, 'select * from locations where user_id = ? order by created_at, seq')
  const withTariff = statement(db, 'select * from locations where tariff_id = ? order by created_at, seq')
  const insert = statement(db, 'insert into locations (id, user_id, name, latitude, longitude, timezone, created_at) values (?, ?, ?, ?, ?, ?, ?)')
  const update = statement(db, 'update locations set name = ?, latitude = ?, longitude = ?, timezone = ? where id = ?')
  const setTariff = statement(db, 'update locations set tariff_id = ?, tariff_intervals = ? where id = ?')
  const remove = statement(db, 'delete from locations where id = ?')
  const removeOfUser = statement(db, 'delete from locations where user_id = ?')
  // Each look at an asset asks for the locations of its user, and they hardly ever change. Stale when one is written: each method that writes clears them.
  const rows = new Rows(mostRows, id => get.get(id) as LocationRow | undefined)
  const lists = new Lookup(mostRows, (userId: string): readonly LocationRow[] => ofUser.all(userId) as LocationRow[])
  const forget = (): void => {
    rows.clear()
    lists.clear()
  }
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget,
    get: (id: string): LocationRow | undefined => rows.of(id),
    ofUser: (userId: string): readonly LocationRow[] => lists.of(userId),
    withTariff: (tariffId: string): LocationRow[] => withTariff.all(tariffId) as LocationRow[],
    page: pager<LocationRow>(db, '*', 'locations where true'),
    pageOfUser: pager<LocationRow>(db, '*', 'locations where user_id = ?'),
    insert: (row: Omit<LocationRow, 'seq' | 'tariff_id' | 'tariff_intervals'>): void => {
      forget()
      insert.run(row.id, row.user_id, row.name, row.latitude, row.longitude, row.timezone, row.created_at)
    },
    update: (row: LocationRow): void => {
      forget()
      update.run(row.name, row.latitude, row.longitude, row.timezone, row.id)
    },
    setTariff: (id: string, tariffId: string, intervals: string): void => {
      forget()
      setTariff.run(tariffId, intervals, id)
    },
    delete: (id: string): void => {
      forget()
      remove.run(id)
    },
    deleteOfUser: (userId: string): void => {
      forget()
      removeOfUser.run(userId)
    }
  }
}
