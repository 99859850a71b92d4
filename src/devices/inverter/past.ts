import { day, hour, type Millis } from '../../lib/time.ts'
import { bucket, cloudiness, coverOf, solarHour, sunAt, yearShare } from '../weather.ts'
import { kwUnder } from './model.ts'
import { type Panels } from './state.ts'

/** How many moments of the past are looked at, at most: so many keep the sum over years within a percent. */
const mostLooks = 12_000
/** Days of a year, evenly spread from its first moment on, and parts of a day, for which it is known what each sky gives. */
const [days, parts] = [24, 48]
/** Skies from blue to covered, and from there, where power falls in a straight line, to the thickest clouds. */
const [covers, thicknesses] = [20, 2]
const skies = covers + thicknesses + 1

/**
 * What the panels produced between two moments, in kWh: what all buckets of weather sum to, but for a percent or less,
 * at a hundredth of the cost, so that the counter of an inverter that began years before this world costs little.
 * Looks at the weather of the past are many, while what a sky gives changes so little in a week that it is worked out
 * for some days of a year only.
 */
export function pastKwh (panels: Panels, from: Millis, to: Millis): number {
  const kw = yearUnderSkies(panels, to)
  const stride = Math.max(bucket, (to - from) / mostLooks)
  let sum = 0
  for (let at = from + stride / 2; at < to; at += stride) {
    const season = yearShare(at) * days
    const part = Math.floor(solarHour(panels.place, at) / 24 * parts)
    const sample = Math.floor(season)
    const before = (sample * parts + part) * skies
    const after = ((sample + 1 < days ? sample + 1 : 0) * parts + part) * skies
    // At night not even a blue sky gives anything.
    if (kw[before] === 0 && kw[after] === 0) continue
    const clouds = cloudiness(panels.place, at)
    const sky = coverOf(clouds) * covers + coverOf(clouds - 1) * thicknesses
    sum += between(kw, before, sky) * (sample + 1 - season) + between(kw, after, sky) * (season - sample)
  }
  return sum * stride / hour
}

/** kW for each day, part of it and sky. */
function yearUnderSkies (panels: Panels, at: Millis): Float64Array {
  const kw = new Float64Array(days * parts * skies)
  for (let n = 0; n < days; n++) {
    const start = at + (n / days - yearShare(at)) * 365.2425 * day
    const midnight = start - solarHour(panels.place, start) * hour
    for (let part = 0; part < parts; part++) {
      const sun = sunAt(panels.place, midnight + (part + 0.5) / parts * day)
      for (let sky = 0; sun.altitude > 0 && sky < skies; sky++) {
        kw[(n * parts + part) * skies + sky] = kwUnder(panels, sun, Math.min(sky, covers) / covers + Math.max(0, sky - covers) / thicknesses)
      }
    }
  }
  return kw
}

/** The value between two skies that stand one after the other. */
function between (kw: Float64Array, first: number, sky: number): number {
  const low = Math.min(Math.floor(sky), skies - 2)
  const value = kw[first + low] ?? 0
  return value + ((kw[first + low + 1] ?? 0) - value) * (sky - low)
}
