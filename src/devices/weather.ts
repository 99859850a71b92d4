import { getPosition } from 'suncalc'
import { bucket } from './energy.ts'
import { unitAt } from '../lib/random.ts'
import { day, hour, minute, type Millis } from '../lib/time.ts'
import { type Place } from './place.ts'

export { bucket }

export function bucketStart (at: Millis): Millis {
  return Math.floor(at / bucket) * bucket
}

/** When the bucket that a moment lies in ends. */
export function bucketEnd (at: Millis): Millis {
  return bucketStart(at) + bucket
}

type Spot = Pick<Place, 'latitude' | 'longitude' | 'seed'>

/** What holds of something for the bucket of a moment. */
type BucketFigure<Of, T> = (of: Of, at: Millis) => T

/**
 * The same look, which remembers its last answer: the devices of a home ask for one bucket one after the other. The
 * answer follows from what is asked, so nothing makes it stale, and nobody has to tell.
 */
export function remembered<Of, T> (isSame: (a: Of, b: Of) => boolean, look: BucketFigure<Of, T>): BucketFigure<Of, T> {
  let last: { of: Of, start: Millis, value: T } | undefined
  return (of, at) => {
    const start = bucketStart(at)
    if (last?.start === start && isSame(last.of, of)) return last.value
    last = { of, start, value: look(of, start) }
    return last.value
  }
}

/** Whether the same sun shines on two spots. */
export function isSameSpot (a: Spot, b: Spot): boolean {
  return a.latitude === b.latitude && a.longitude === b.longitude && a.seed === b.seed
}

/** Where the sun stands in the middle of the bucket: degrees above the horizon, and clockwise from north. */
export const sunAt = remembered(isSameSpot, ({ latitude, longitude }, start): { altitude: number, azimuth: number } => getPosition(new Date(start + bucket / 2), latitude, longitude))

/** How much of the sky is covered, 0 to 1: fronts that come and go within a day or two, and clouds that pass within the hour. */
export const cloudCover = remembered(isSameSpot, coverAt)

/** The same at the start of an hour, remembered apart. */
const cloudCoverOfHour = remembered(isSameSpot, coverAt)

function coverAt (spot: Spot, start: Millis): number {
  const fronts = wave(spot, 1, start, 17 * hour)
  const passing = wave(spot, 2, start, 23 * minute)
  return clamp(1.5 * (fronts - 0.5) + 0.5 + 0.5 * (passing - 0.5), 0, 1)
}

/**
 * Sunlight on level ground in W/m², 0 at night and about 900 at most: the clear sky and the effect of clouds as of
 * Kasten and Czeplak (1980).
 */
export const irradianceWm2 = remembered(isSameSpot, (spot, start): number => {
  const { altitude } = sunAt(spot, start)
  const clear = Math.max(0, 910 * Math.sin(altitude * Math.PI / 180) - 30)
  return clear === 0 ? 0 : clear * (1 - 0.75 * cloudCover(spot, start) ** 3.4)
})

/**
 * Degrees Celsius outdoors. Typical figures by latitude: a yearly mean of 27 less 0.35 for each degree from the
 * equator, seasons of 0.2 for each degree, days that swing by 8 under a clear sky and by 3 under clouds, and spells of
 * up to 6 warmer or colder.
 */
export const outdoorC = remembered(isSameSpot, (spot, moment): number => {
  const degrees = Math.abs(spot.latitude)
  const season = Math.cos(2 * Math.PI * (yearShare(moment) - (spot.latitude >= 0 ? 20 : 202) / 365))
  const swing = 4 - 2.5 * cloudCoverOfHour(spot, moment - moment % hour)
  const daily = Math.cos(2 * Math.PI * (solarHour(spot, moment) - 15) / 24)
  const spell = 12 * (wave(spot, 3, moment, 3 * day) - 0.5)
  return 27 - 0.35 * degrees - 0.2 * degrees * season + swing * daily + spell
})

/** Hours since midnight by the sun, 0 to 24. */
export function solarHour ({ longitude }: Pick<Place, 'longitude'>, at: Millis): number {
  const hours = (at / hour + longitude / 15) % 24
  return hours < 0 ? hours + 24 : hours
}

/** Smooth chance in time, 0 to 1, the same for all that stand within a degree of each other. */
function wave ({ latitude, longitude, seed }: Spot, salt: number, at: Millis, period: Millis): number {
  const knot = Math.floor(at / period)
  const share = at / period - knot
  const ease = share * share * (3 - 2 * share)
  const value = (n: number): number => unitAt(seed, salt, Math.round(latitude), Math.round(longitude), n)
  return value(knot) * (1 - ease) + value(knot + 1) * ease
}

function yearShare (at: Millis): number {
  return at / day / 365.2425 % 1
}

function clamp (value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
