import { day, minute, type Millis } from '../lib/time.ts'

/** Weather, sun and habits stay the same this long, so that power is constant within a bucket and energy is a sum. */
export const bucket: Millis = 5 * minute

export const bucketsInDay = day / bucket

/**
 * What is recorded of a device: the energy that it drew from the wires of its home and that it gave to them, in kWh; what a
 * charger passed on to a vehicle of this world, which draws it itself, in kWh; how full a battery was at the start
 * of each bucket, in percent; and what a vehicle drew elsewhere, in kWh, which is no matter of its home.
 */
export const seriesNames = ['in', 'out', 'through', 'level', 'away'] as const

export type Series = typeof seriesNames[number]

/**
 * A value for each bucket of a UTC day, which is counted from 1970: exact to a ten-millionth part, in memory as on disk,
 * so that a figure does not change when it is stored.
 */
export interface EnergyDay { day: number, values: Float32Array }

/** What stands where nothing was recorded. */
export function emptyOf (series: Series): number {
  return series === 'level' ? NaN : 0
}

export function emptyDay (series: Series, day: number): EnergyDay {
  return { day, values: new Float32Array(bucketsInDay).fill(emptyOf(series)) }
}
