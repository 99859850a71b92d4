import { second, type Millis } from '../../lib/time.ts'

/** As far as an odometer tells, and never nowhere. */
export function tenth (km: number): number {
  return Math.max(0.1, Math.round(10 * km) / 10)
}

/** A share of the circle in degrees. */
export function degrees (unit: number): number {
  return Math.round(3600 * unit) / 10 % 360
}

/** In whole seconds. */
export function whole (time: Millis): Millis {
  return Math.round(time / second) * second
}
