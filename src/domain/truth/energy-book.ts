import { emptyDay, emptyOf, bucket, type EnergyDay, type Series } from '../../devices/energy.ts'
import { day, hour, type Millis } from '../../lib/time.ts'
import { bucketEnd } from '../../devices/weather.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type Tx } from '../../store/store.ts'

/** Days that the ledger goes back; older ones go. */
export const ledgerDays = 400

/** Energy that was recorded and not stored yet, by the id of the device. */
export class EnergyBook {
  readonly #days = new Map<string, Partial<Record<Series, EnergyDay[]>>>()

  /** Adds what flowed with a constant power, in kW. */
  add (deviceId: string, series: Series, from: Millis, to: Millis, kw: number): void {
    for (let at = from; at < to;) {
      const end = Math.min(to, bucketEnd(at))
      const { values } = this.#dayOf(deviceId, series, at)
      const index = bucketInDay(at)
      values[index] = (values[index] ?? 0) + kw * (end - at) / hour
      at = end
    }
  }

  /** Notes what held at a moment. */
  note (deviceId: string, series: Series, at: Millis, value: number): void {
    this.#dayOf(deviceId, series, at).values[bucketInDay(at)] = value
  }

  /** What was recorded of a series, the oldest day first. */
  days (deviceId: string, series: Series): readonly EnergyDay[] {
    return this.#days.get(deviceId)?.[series] ?? []
  }

  /** Stores all of it and empties the book. What is about a device that is gone goes with it. */
  store (tx: Tx, seqOf: (deviceId: string) => DeviceRow['seq'] | undefined): void {
    for (const [deviceId, recorded] of this.#days) {
      const seq = seqOf(deviceId)
      if (seq === undefined) continue
      for (const [series, days] of Object.entries(recorded) as Array<[Series, EnergyDay[]]>) for (const each of days) storeDay(tx, seq, series, each)
    }
    this.#days.clear()
  }

  #dayOf (deviceId: string, series: Series, at: Millis): EnergyDay {
    let recorded = this.#days.get(deviceId)
    if (recorded === undefined) this.#days.set(deviceId, recorded = {})
    const days = recorded[series] ??= []
    const number = Math.floor(at / day)
    const last = days.at(-1)
    if (last?.day === number) return last
    const fresh = days.find(each => each.day === number) ?? emptyDay(series, number)
    if (!days.includes(fresh)) days.push(fresh)
    return fresh
  }
}

/** Adds `more` to the values of a series, which begin at the moment `from`; what is known of a level takes the place of what was. */
export function mergeDay (values: Float64Array | Float32Array, from: Millis, series: Series, more: EnergyDay): void {
  const offset = (more.day * day - from) / bucket
  const empty = emptyOf(series)
  const [first, end] = [Math.max(0, -offset), Math.min(more.values.length, values.length - offset)]
  for (let i = first; i < end; i++) {
    const value = more.values[i] ?? empty
    if (series === 'level') {
      if (!Number.isNaN(value)) values[i + offset] = value
    } else if (value !== 0) values[i + offset] = Math.fround((values[i + offset] ?? 0) + value)
  }
}

function storeDay (tx: Tx, device: number, series: Series, more: EnergyDay): void {
  const [known] = tx.energy.days(device, series, more.day, more.day)
  if (known === undefined) {
    tx.energy.trim(device, series, more.day - ledgerDays)
    tx.energy.put(device, series, more)
  } else {
    mergeDay(known.values, known.day * day, series, more)
    tx.energy.put(device, series, known)
  }
}

function bucketInDay (at: Millis): number {
  return Math.floor(at % day / bucket)
}
