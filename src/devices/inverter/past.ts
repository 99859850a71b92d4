import { day, hour, type Millis } from '../../lib/time.ts'
import { bucket, cloudiness, cloudsOf, coverOf, solarHour, sunAt, yearShare } from '../weather.ts'
import { kwUnder } from './model.ts'
import { type Panels } from './state.ts'

/** How many moments of the past are looked at, at most: so many keep the sum over years within a percent. */
const mostLooks = 12_000
/** Days of a year, evenly spread from its first moment on, and parts of a day, for which it is known what each sky gives. */
const [days, parts] = [24, 48]
/** Skies from blue to covered, and from there, where power falls in a straight line, to the thickest clouds. */
const [covers, thicknesses] = [20, 2]
const skies = Array.from({ length: covers + thicknesses + 1 }, (_, sky) => cloudsOf(Math.min(sky, covers) / covers + Math.max(0, sky - covers) / thicknesses))
const night: readonly number[] = skies.map(() => 0)

/**
 * What the panels produced between two moments, in kWh: what all buckets of weather sum to, but for a percent or less,
 * at a hundredth of the cost, so that the counter of an inverter that began years before this world costs little.
 * Looks at the weather of the past are many, while what a sky gives changes so little in a week that it is worked out
 * for some days of a year only.
 */
export function pastKwh (panels: Panels, from: Millis, to: Millis): number {
  const { place } = panels
  const kw = yearUnderSkies(panels, to)
  const stride = Math.max(bucket, (to - from) / mostLooks)
  let sum = 0
  for (let at = from + stride / 2; at < to; at += stride) {
    const season = yearShare(at) * days
    const part = Math.floor(solarHour(place, at) / 24 * parts)
    const sample = Math.floor(season)
    const before = kw[sample * parts + part] ?? night
    const after = kw[(sample + 1 < days ? sample + 1 : 0) * parts + part] ?? night
    // At night not even a blue sky gives anything.
    if (before[0] === 0 && after[0] === 0) continue
    const clouds = cloudiness(place, at)
    const sky = coverOf(clouds) * covers + coverOf(clouds - 1) * thicknesses
    sum += between(before, sky) * (sample + 1 - season) + between(after, sky) * (season - sample)
  }
  return sum * stride / hour
}

/** kW under each sky, for each day and part of it. */
function yearUnderSkies (panels: Panels, at: Millis): Array<readonly number[]> {
  return Array.from({ length: days * parts }, (_, i) => {
    const start = at + (Math.floor(i / parts) / days - yearShare(at)) * 365.2425 * day
    const midnight = start - solarHour(panels.place, start) * hour
    const sun = sunAt(panels.place, midnight + (i % parts + 0.5) / parts * day)
    return sun.altitude > 0 ? kwUnder(panels, sun, skies) : night
  })
}

/** The value between two skies that stand one after the other. */
function between (kw: readonly number[], sky: number): number {
  const low = Math.min(Math.floor(sky), kw.length - 2)
  const value = kw[low] ?? 0
  return value + ((kw[low + 1] ?? 0) - value) * (sky - low)
}
