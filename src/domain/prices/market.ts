import { Random } from '../../lib/random.ts'
import { day, hour, type Millis } from '../../lib/time.ts'
import { nextClockTime, offsetSpans, startOfDay } from '../../lib/timezone.ts'
import { markets, type Country } from './countries.ts'

/** When the prices of the next day are published, by the clocks of the country: our choice, after the auctions that end at noon. */
const publication = '13:00'

/** NOK for a EUR, of the size of the mean of 2024. */
const nokPerEur = 11.6

/** Share of the mean at each local hour: a valley at night, peaks in the morning and in the evening. */
const shape = [
  0.82, 0.77, 0.74, 0.72, 0.74, 0.82, 0.98, 1.16, 1.26, 1.2, 1.1, 1.04,
  1.0, 0.97, 0.98, 1.03, 1.14, 1.29, 1.4, 1.38, 1.24, 1.08, 0.97, 0.88
]

export interface HourPrice {
  from: Millis
  /** Exclusive. */
  to: Millis
  /** In the currency of the country; below zero now and then. */
  costPerKwh: number
}

/** The day-ahead prices of the hours that overlap `from` to `to`: a pure function of seed, country and hour, published or not. */
export function marketPrices (seed: number, country: Country, from: Millis, to: Millis): HourPrice[] {
  const first = Math.floor(from / hour) * hour
  return offsetSpans(markets[country].timezone, first, to).flatMap(span => {
    const hours = Math.ceil((span.to - span.from) / hour)
    return Array.from({ length: hours }, (_, i): HourPrice => {
      const at = span.from + i * hour
      return { from: at, to: at + hour, costPerKwh: priceOf(seed, country, at, at + span.offset) }
    })
  })
}

/** The next moment at which prices of a country are published; what they are for begins at the end of the day after. */
export function nextPublication (country: Country, now: Millis): Millis {
  return nextClockTime(markets[country].timezone, now, publication)
}

/** Up to when prices are known: the end of this day and, once they are published, that of the next. */
export function publishedUntil (country: Country, now: Millis): Millis {
  return startOfDay(markets[country].timezone, nextPublication(country, now), 1)
}

function priceOf (seed: number, country: Country, at: Millis, local: Millis): number {
  const { mean, currency } = markets[country]
  const noise = 0.96 + 0.08 * chance(seed, country, 'hour', at / hour)
  const wind = windOf(seed, country, local)
  // A windy day is a cheap one, and a stormy one has more power than anybody wants.
  const level = mean * (1 + 0.2 * seasonOf(local)) * (1.45 - 0.9 * wind) * (isWeekend(local) ? 0.85 : 1)
  const storm = 45 * Math.max(0, wind - 0.85) / 0.15
  const eurPerMwh = level * shapeAt(local) * noise - solarDip(seed, country, local) - storm
  return Math.round(eurPerMwh * (currency === 'NOK' ? nokPerEur : 1) * 100) / 100_000
}

/** From 1 in the middle of January to -1 in the middle of July. */
function seasonOf (local: Millis): number {
  return Math.cos(2 * Math.PI * (local / day - 15) / 365.25)
}

function isWeekend (local: Millis): boolean {
  // The first day of 1970 was a Thursday.
  return (Math.floor(local / day) + 3) % 7 >= 5
}

function shapeAt (local: Millis): number {
  return shape[Math.floor(local / hour) % 24] ?? 1
}

/** 0 for a calm and 1 for a stormy moment; it changes slowly from noon to noon. */
function windOf (seed: number, country: Country, local: Millis): number {
  const days = local / day - 0.5
  const before = Math.floor(days)
  const [a, b] = [chance(seed, country, 'wind', before), chance(seed, country, 'wind', before + 1)]
  return a + (b - a) * (days - before)
}

/** By how many EUR per MWh the sun lowers the price: most at 13:00 of a clear summer day on which factories rest. */
function solarDip (seed: number, country: Country, local: Millis): number {
  const season = seasonOf(local)
  const hoursFromNoon = Math.abs(local / hour % 24 - 12.5)
  const height = Math.max(0, Math.cos(Math.PI / 2 * Math.min(1, hoursFromNoon / (5.5 - 1.5 * season))))
  const clearness = 0.4 + 0.6 * chance(seed, country, 'sky', Math.floor(local / day))
  return 75 * markets[country].solar * (0.5 - 0.4 * season) * clearness * height * (isWeekend(local) ? 1.2 : 1)
}

const streams = { hour: 0x1d, wind: 0x2f, sky: 0x35 }

/** A number from 0 to 1 that depends on nothing but what is named. */
function chance (seed: number, country: Country, stream: keyof typeof streams, n: number): number {
  const code = country.charCodeAt(0) << 8 | country.charCodeAt(1)
  return new Random(seed ^ code << 8 ^ streams[stream], n).next()
}
