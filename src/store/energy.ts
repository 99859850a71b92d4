import { emptyDay, emptyOf, seriesNames, type EnergyDay, type Series } from '../devices/energy.ts'
import { statement, type Db } from './database.ts'

/**
 * A row for a device, a series and a UTC day. Only the stretch of the day that holds anything is stored: a number says
 * where it begins, then one follows for each bucket, of 4 bytes each.
 */
export function energyTable (db: Db) {
  const get = statement(db, 'select day, kwh from energy where device = ? and series = ? and day >= ? and day <= ? order by day')
  const put = statement(db, 'insert into energy (device, series, day, kwh) values (?, ?, ?, ?) on conflict do update set kwh = excluded.kwh')
  const trim = statement(db, 'delete from energy where device = ? and series = ? and day < ?')
  const remove = statement(db, 'delete from energy where device = ?')
  return {
    /** The days from `first` to `last` of which anything is stored. */
    days: (device: number, series: Series, first: number, last: number): EnergyDay[] =>
      (get.all(device, seriesNames.indexOf(series), first, last) as Array<{ day: number, kwh: Buffer }>).map(({ day, kwh }) => unpack(series, day, kwh)),
    put: (device: number, series: Series, { day, values }: EnergyDay): void => {
      const packed = pack(values, emptyOf(series))
      if (packed !== undefined) put.run(device, seriesNames.indexOf(series), day, packed)
    },
    /** Forgets the days before one. */
    trim: (device: number, series: Series, before: number): void => { trim.run(device, seriesNames.indexOf(series), before) },
    delete: (device: number): void => { remove.run(device) }
  }
}

function pack (values: Float32Array, empty: number): Buffer | undefined {
  const holds = (value: number): boolean => !Object.is(value, empty)
  const first = values.findIndex(holds)
  if (first < 0) return undefined
  const end = values.findLastIndex(holds) + 1
  const packed = new Float32Array(1 + end - first)
  packed[0] = first
  packed.set(values.subarray(first, end), 1)
  return Buffer.from(packed.buffer)
}

function unpack (series: Series, day: number, blob: Buffer): EnergyDay {
  // A copy, since numbers can only be read from where a multiple of their length lies.
  const packed = new Float32Array(new Uint8Array(blob).buffer)
  const unpacked = emptyDay(series, day)
  unpacked.values.set(packed.subarray(1), packed[0])
  return unpacked
}
