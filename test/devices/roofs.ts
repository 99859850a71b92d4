import { inverter, productionKw, type InverterState } from '../../src/devices/inverter/index.ts'
import { placeAt } from '../../src/devices/place.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour, minute } from '../../src/lib/time.ts'

/**
 * City, latitude, longitude, degree days to 18 °C, and kWh/kWp from January to December of a roof near the best tilt with
 * 14 % losses. Yields are typical of PVGIS (re.jrc.ec.europa.eu) in Europe and of PVWatts (pvwatts.nrel.gov) elsewhere,
 * within some 10 % a year; those of Vienna were held against PVGIS-SARAH2 for Bratislava. Degree days are typical of
 * Eurostat, NOAA and the Bureau of Meteorology.
 */
export const published: ReadonlyArray<readonly [city: string, latitude: number, longitude: number, degreeDays: number, yields: readonly number[]]> = [
  ['Oslo', 59.91, 10.75, 4100, [18, 42, 85, 110, 130, 130, 127, 107, 81, 46, 22, 12]],
  ['Stockholm', 59.33, 18.07, 3800, [20, 44, 92, 122, 142, 140, 138, 116, 85, 50, 23, 13]],
  ['Berlin', 52.52, 13.4, 3000, [31, 50, 88, 122, 130, 131, 132, 121, 97, 68, 35, 25]],
  ['Utrecht', 52.09, 5.12, 2800, [32, 51, 88, 119, 128, 125, 127, 115, 92, 65, 36, 26]],
  ['London', 51.51, -0.13, 2500, [36, 52, 86, 113, 122, 121, 124, 111, 92, 66, 43, 32]],
  ['Paris', 48.86, 2.35, 2400, [42, 61, 98, 124, 130, 131, 137, 127, 109, 76, 47, 37]],
  ['Vienna', 48.21, 16.37, 2900, [46, 64, 108, 136, 136, 137, 144, 136, 117, 83, 48, 38]],
  ['Madrid', 40.42, -3.7, 1950, [104, 116, 145, 148, 158, 163, 178, 174, 149, 125, 101, 95]],
  ['San Francisco', 37.77, -122.42, 1500, [86, 97, 133, 151, 166, 167, 171, 162, 145, 121, 91, 80]],
  ['Austin', 30.27, -97.74, 900, [95, 101, 126, 133, 141, 145, 153, 150, 131, 124, 103, 93]],
  ['Sydney', -33.87, 151.21, 700, [147, 124, 127, 108, 93, 85, 94, 112, 125, 138, 139, 147]],
  ['Kathmandu', 27.72, 85.32, 950, [132, 133, 155, 152, 146, 120, 104, 107, 113, 138, 138, 136]]
]

export const step = 30 * minute
export const newYear = Date.UTC(2026, 0, 1)
export const months = Array.from({ length: 12 }, (_, month) => Array.from({ length: 365 }, (_, n) => n).filter(n => new Date(newYear + n * day).getUTCMonth() === month))
export const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
export const mean = (values: readonly number[]): number => sum(values) / values.length

/** One kW of panels near the best tilt, and kWh of each day of a year by the sun. */
export function roof (latitude: number, longitude: number, seed: number): { panels: InverterState, kwh: number[] } {
  const made = inverter.make(new Random(1), 'SMA', newYear, placeAt({ latitude, longitude, seed }), undefined, { peakPower: 1 })
  const panels = { ...made, peakKw: 1, ratedKw: 1, tiltDegrees: Math.min(42, Math.round(3 + 0.76 * Math.abs(latitude))), azimuthDegrees: latitude > 0 ? 180 : 0 }
  const start = newYear - longitude / 15 * hour
  return { panels, kwh: Array.from({ length: 365 }, (_, n) => sum(Array.from({ length: day / step }, (_, i) => productionKw(panels, start + n * day + i * step))) * step / hour) }
}
