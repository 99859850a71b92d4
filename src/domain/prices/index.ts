import { Cache } from '../../lib/cache.ts'
import { day, type Millis } from '../../lib/time.ts'
import { type TariffInterval, type TariffRate } from '../../contract/tariff.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type ReadTx } from '../../store/store.ts'
import { fromJson, type Json } from '../../lib/json.ts'
import { ratesBetween } from './tariff-week.ts'
import { countryAt, markets, type Country, type Currency } from './countries.ts'
import { marketPrices, nextPublication, publishedUntil } from './market.ts'

/** What a kWh costs in a stretch of time. */
export interface PriceInterval {
  from: Millis
  /** Exclusive. */
  to: Millis
  /** May be negative. */
  costPerKwh: number
  /** Null for a tariff, of which only its owner knows the currency. */
  currency: Currency | null
  source: 'tariff' | 'market'
}

/** What the prices at a location follow from, besides the time. */
export interface PriceTerms {
  /** In whose market it lies; null where there are no market prices. */
  country: Country | null
  /** Which rate holds when, in the time of a timezone; left out where no tariff is linked. */
  tariff?: { timezone: string, intervals: TariffInterval[], rates: TariffRate[] }
}

/**
 * What energy costs at a location between two moments, in order and without overlap: by its tariff and, where that has
 * a gap, by the market of the country, as far as that is published now. What has no price is left out.
 */
export function pricesAt (tx: ReadTx, location: LocationRow, from: Millis, to: Millis): PriceInterval[] {
  const terms = termsAt(tx, location)
  return pricesUnder(seedOf(tx), terms, from, to, terms.country === null ? to : publishedUntil(terms.country, tx.now))
}

/** Whether energy has a price at a location at all, within the week from now. */
export function hasPrices (tx: ReadTx, location: LocationRow): boolean {
  const terms = termsAt(tx, location)
  // A market has a price for every hour that is published, and this one is.
  return terms.country !== null || pricesUnder(seedOf(tx), terms, tx.now, tx.now + 7 * day).length > 0
}

/** Up to when market prices are known at a location, and when the next ones will be; undefined where there is no market. */
export function publicationAt (tx: ReadTx, location: LocationRow): { publishedUntil: Millis, nextPublication: Millis } | undefined {
  const country = countryAt(location)
  return country && { publishedUntil: publishedUntil(country, tx.now), nextPublication: nextPublication(country, tx.now) }
}

/** What prices at a location follow from now. */
export function termsAt (tx: ReadTx, location: LocationRow): PriceTerms {
  const country = countryAt(location) ?? null
  const rates = location.tariff_id === null ? undefined : tx.tariffs.rates(location.tariff_id)
  if (location.tariff_intervals === null || rates === undefined) return { country }
  return { country, tariff: { timezone: location.timezone, intervals: fromJson(location.tariff_intervals), rates: fromJson(rates) } }
}

/** Days of prices, which clients ask for again and again. They follow from the seed, the terms and the day by which they are remembered: nothing makes them stale, and nobody has to tell. */
class PriceDays extends Cache<string, PriceInterval[]> {
  constructor () { super(1000) }
}

/** As `pricesAt`, under terms as they were, for a UTC day that is counted from 1970. */
export function pricesOfDay (tx: ReadTx, terms: Json<PriceTerms>, number: number): readonly PriceInterval[] {
  const seed = seedOf(tx)
  return tx.almanac.of(PriceDays).of(`${seed} ${number} ${terms}`, () => pricesUnder(seed, fromJson(terms), number * day, (number + 1) * day))
}

/** Prices under terms between two moments, those of a market only before `published`. */
function pricesUnder (seed: number, { country, tariff }: PriceTerms, from: Millis, to: Millis, published: Millis = to): PriceInterval[] {
  const prices: PriceInterval[] = []
  let at = from
  for (const price of tariff === undefined ? [] : tariffPrices(tariff, from, to)) {
    prices.push(...marketPricesOf(seed, country, at, Math.min(price.from, published)), price)
    at = price.to
  }
  return [...prices, ...marketPricesOf(seed, country, at, Math.min(to, published))]
}

function tariffPrices ({ timezone, intervals, rates }: NonNullable<PriceTerms['tariff']>, from: Millis, to: Millis): PriceInterval[] {
  const costs = new Map(rates.map(({ name, cost }) => [name, Number(cost)]))
  return ratesBetween(intervals, timezone, from, to).flatMap(({ name, ...span }): PriceInterval[] => {
    const costPerKwh = costs.get(name)
    return costPerKwh === undefined ? [] : [{ ...span, costPerKwh, currency: null, source: 'tariff' }]
  })
}

function marketPricesOf (seed: number, country: Country | null, from: Millis, to: Millis): PriceInterval[] {
  if (country === null || from >= to) return []
  return marketPrices(seed, country, from, to).map(hour => ({
    from: Math.max(hour.from, from),
    to: Math.min(hour.to, to),
    costPerKwh: hour.costPerKwh,
    currency: markets[country].currency,
    source: 'market'
  }))
}

function seedOf (tx: ReadTx): number {
  return tx.world.row().seed
}
