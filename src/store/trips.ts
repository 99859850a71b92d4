import { type Journey } from '../devices/vehicle/index.ts'
import { type Json, fromJson } from '../lib/json.ts'
import { day } from '../lib/time.ts'
import { statement, type Db } from './database.ts'

/** Days that trips are retained; older ones go. */
const mostDays = 400

/** A row for each trip of a car that has come to its end. */
export function tripsTable (db: Db) {
  const between = statement(db, 'select trip from trips where device = ? and arrived_at >= ? and arrived_at < ? order by arrived_at')
  const put = statement(db, 'insert or replace into trips (device, arrived_at, trip) values (?, ?, ?)')
  const trim = statement(db, 'delete from trips where device = ? and arrived_at < ?')
  const remove = statement(db, 'delete from trips where device = ?')
  return {
    /** Those that ended from one moment until before another, the earliest first. */
    between: (device: number, from: number, to: number): Journey[] => (between.all(device, from, to) as Array<{ trip: Json<Journey> }>).map(({ trip }) => fromJson(trip)),
    put: (device: number, journey: Journey): void => {
      trim.run(device, journey.arrivedAt - mostDays * day)
      put.run(device, journey.arrivedAt, JSON.stringify(journey))
    },
    delete: (device: number): void => { remove.run(device) }
  }
}
