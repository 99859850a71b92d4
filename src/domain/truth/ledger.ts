import { bucket, emptyOf, type Series } from '../../devices/energy.ts'
import { day, type Millis } from '../../lib/time.ts'
import { bucketStart } from '../../devices/weather.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { EnergyBook, ledgerDays, mergeDay } from './energy-book.ts'
import { partnerOf, regularOf } from './states.ts'
import { homeAt, homeOf, recorderFor, bringTo } from './home.ts'

/**
 * What is known of a device from `from` to `to`: a value for each bucket of 5 minutes, the first being that in which
 * `from` lies. kWh, up to now; 0 where nothing flowed, where the device was not there yet, and where the future is. Of a
 * level percent at the start of the bucket; NaN where that is unknown. Reads only: what is not stored yet is computed.
 */
export function energyOf (tx: ReadTx, device: DeviceRow, series: Series, from: Millis, to: Millis): Float64Array {
  const start = bucketStart(from)
  const values = new Float64Array(Math.max(0, Math.ceil((to - start) / bucket))).fill(emptyOf(series))
  for (const each of tx.energy.days(device.seq, series, Math.floor(start / day), Math.floor((to - 1) / day))) mergeDay(values, start, series, each)
  // What goes through a charger is recorded with the vehicle that draws it.
  const home = homeOf(tx, (series === 'through' ? drawerOf(tx, device) : undefined) ?? device)
  bringTo(home, tx.now)
  const sinceSettled = new EnergyBook()
  homeAt(home, tx.now, recorderFor(home, sinceSettled))
  for (const book of [home.book, sinceSettled]) for (const each of book.days(device.id, series)) mergeDay(values, start, series, each)
  return values
}

/** The energy between each boundary and the next, in kWh. Boundaries ascend; they are those of buckets, as every local midnight and quarter hour is. */
export function energyBetween (tx: ReadTx, device: DeviceRow, series: Exclude<Series, 'level'>, boundaries: readonly Millis[]): number[] {
  const [first = 0, last = first] = [boundaries[0], boundaries.at(-1)]
  return sumsBetween(energyOf(tx, device, series, first, last), first, boundaries)
}

/** Sums of values for buckets, of which the first is that of `from`, between each boundary and the next. */
export function sumsBetween (values: Float64Array, from: Millis, boundaries: readonly Millis[]): number[] {
  const indexOf = (at: Millis): number => Math.round((at - bucketStart(from)) / bucket)
  return boundaries.slice(1).map((to, i) => {
    let sum = 0
    for (let k = indexOf(boundaries[i] ?? to), end = indexOf(to); k < end; k++) sum += values[k] ?? 0
    return sum
  })
}

/** What a device drew, at home and elsewhere, or, as a charger, passed on to a vehicle, in kWh, for each bucket of 5 minutes from that of `from`. */
export function drawnBy (tx: ReadTx, device: DeviceRow, from: Millis, to: Millis): Float64Array {
  const drawn = energyOf(tx, device, 'in', from, to)
  const besides = device.kind === 'charger' ? 'through' : device.kind === 'vehicle' ? 'away' : undefined
  if (besides !== undefined) energyOf(tx, device, besides, from, to).forEach((kwh, i) => { drawn[i] = (drawn[i] ?? 0) + kwh })
  return drawn
}

/** Who draws since the states were stored what goes through a charger: a car that left meanwhile has it in its book still. */
function drawerOf (tx: ReadTx, charger: DeviceRow): DeviceRow | undefined {
  return partnerOf(tx, charger) ?? regularOf(tx, charger)
}

/** Where the ledger begins. */
export function ledgerStart (tx: ReadTx): Millis {
  return (Math.floor(tx.now / day) - ledgerDays) * day
}
