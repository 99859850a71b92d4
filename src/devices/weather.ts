import { getPosition } from 'suncalc'
import { bucket } from './energy.ts'
import { unitAt } from '../lib/random.ts'
import { day, hour, minute, type Millis } from '../lib/time.ts'
import { climateAt, winter, type Climate } from './climate.ts'
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

/** Degrees above the horizon, and clockwise from north. */
export interface SunPosition { altitude: number, azimuth: number }

/** Where the sun stands in the middle of the bucket. */
export const sunAt = remembered(isSameSpot, ({ latitude, longitude }, start): SunPosition => getPosition(new Date(start + bucket / 2), latitude, longitude))

/** What stays the same at a spot: its climate, and the seeds of what comes and goes. */
interface Sky extends Climate { fronts: number, passing: number, spells: number }

/** Asked for the moment 0, since it has none: the same for all that stand within a degree of each other, but for the climate. */
const skyOf = remembered(isSameSpot, (spot): Sky => {
  const drawn = (salt: number): number => unitAt(spot.seed, salt, Math.round(spot.latitude), Math.round(spot.longitude)) * 2 ** 32
  return { ...climateAt(spot), fronts: drawn(1), passing: drawn(2), spells: drawn(3) }
})

/** How much clouds that pass within the hour cover or uncover at most. */
const passingCover = 0.4

/**
 * How cloudy it is by season and by the fronts that come and go within a day or two, without the clouds that pass: 0 is
 * a blue sky and 1 a covered one, below and above there is no doubt.
 */
export function frontsAt (spot: Spot, at: Millis): number {
  const { cloudiness, fronts } = skyOf(spot, 0)
  const sinceMiddle = yearShare(at) * 12 - 0.5
  const month = Math.floor(sinceMiddle)
  const before = cloudiness[month < 0 ? 11 : month] ?? 0
  const after = cloudiness[month < 11 ? month + 1 : 0] ?? 0
  return before + (after - before) * (sinceMiddle - month) + 1.2 * (wave(fronts, at, 28 * hour) - 0.5)
}

/** The same with the clouds that pass within the hour. */
export const cloudiness = remembered(isSameSpot, (spot, start): number => frontsAt(spot, start) + 2 * passingCover * (wave(skyOf(spot, 0).passing, start, 23 * minute) - 0.5))

/** How much of the sky is covered, 0 to 1. */
export function cloudCover (spot: Spot, at: Millis): number {
  return coverOf(cloudiness(spot, at))
}

export function coverOf (cloudiness: number): number {
  return clamp(cloudiness, 0, 1)
}

/** Sunlight on level ground in W/m² under a clear sky with the sun so many degrees above the horizon, as of Kasten and Czeplak (1980): 0 at night and about 900 at most. */
export function clearWm2 (altitude: number): number {
  return Math.max(0, 910 * Math.sin(altitude * Math.PI / 180) - 30)
}

/** What clouds do to the light, after the same: which parts of it those that cover the sky, and those that are thick, let through, the thickest a fourteenth; and how much of it comes from all of the sky, 15 % of a clear one, all of an overcast one. */
export interface Clouds { cover: number, thickness: number, scattered: number }

export function cloudsOf (cloudiness: number): Clouds {
  const covered = coverOf(cloudiness)
  return { cover: 1 - 0.75 * covered ** 3.4, thickness: 1 - 0.7 * coverOf(cloudiness - 1), scattered: 0.15 + 0.85 * covered ** 2 }
}

/** Sunlight on level ground in W/m². */
export function irradianceWm2 (spot: Spot, at: Millis): number {
  const { cover, thickness } = cloudsOf(cloudiness(spot, at))
  return clearWm2(sunAt(spot, at).altitude) * cover * thickness
}

/**
 * Degrees Celsius outdoors: the season by the climate, days that swing by 8 under a clear sky and by 3 under clouds, and
 * spells of up to 6 warmer or colder.
 */
export const outdoorC = remembered(isSameSpot, (spot, moment): number => {
  const { meanC, seasonC, spells } = skyOf(spot, 0)
  const swing = 4 - 2.5 * coverOf(frontsAt(spot, moment))
  const daily = Math.cos(2 * Math.PI * (solarHour(spot, moment) - 15) / 24)
  return meanC - seasonC * winter(spot.latitude, yearShare(moment)) + swing * daily + 12 * (wave(spells, moment, 3 * day) - 0.5)
})

/** Hours since midnight by the sun, 0 to 24. */
export function solarHour ({ longitude }: Pick<Place, 'longitude'>, at: Millis): number {
  const hours = (at / hour + longitude / 15) % 24
  return hours < 0 ? hours + 24 : hours
}

/** Smooth chance in time, 0 to 1. */
function wave (seed: number, at: Millis, period: Millis): number {
  const knot = Math.floor(at / period)
  const share = at / period - knot
  const ease = share * share * (3 - 2 * share)
  return unitAt(seed, knot) * (1 - ease) + unitAt(seed, knot + 1) * ease
}

/** How much of its year has gone by at a moment, 0 to 1. */
export function yearShare (at: Millis): number {
  const years = at / day / 365.2425
  return years - Math.floor(years)
}

function clamp (value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
