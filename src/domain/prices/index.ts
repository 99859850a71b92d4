import { day, type Millis } from '../../lib/time.ts'
import { type TariffRate } from '../../contract/tariff.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type ReadTx } from '../../store/store.ts'
import { ratesAt } from '../tariff-week.ts'
import { countryAt, markets, type Currency } from './countries.ts'
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

/**
 * What energy costs at a location between two moments, in order and without overlap: by its tariff and, where that has
 * a gap, by the market of the country, as far as that is published now. What has no price is left out.
 */
export function pricesAt (tx: ReadTx, location: LocationRow, from: Millis, to: Millis): PriceInterval[] {
  const prices: PriceInterval[] = []
  let at = from
  for (const price of tariffPrices(tx, location, from, to)) {
    prices.push(...marketPricesAt(tx, location, at, price.from), price)
    at = price.to
  }
  return [...prices, ...marketPricesAt(tx, location, at, to)]
}

/** Whether energy has a price at a location at all, within the week from now. */
export function hasPrices (tx: ReadTx, location: LocationRow): boolean {
  // A market has a price for every hour that is published, and this one is.
  return countryAt(location) !== undefined || tariffPrices(tx, location, tx.now, tx.now + 7 * day).length > 0
}

/** Up to when market prices are known at a location, and when the next ones will be; undefined where there is no market. */
export function publicationAt (tx: ReadTx, location: LocationRow): { publishedUntil: Millis, nextPublication: Millis } | undefined {
  const country = countryAt(location)
  return country && { publishedUntil: publishedUntil(country, tx.now), nextPublication: nextPublication(country, tx.now) }
}

function tariffPrices (tx: ReadTx, location: LocationRow, from: Millis, to: Millis): PriceInterval[] {
  const spans = ratesAt(location, from, to)
  if (spans.length === 0) return []
  const rates = JSON.parse(tx.tariffs.rates(location.tariff_id ?? '') ?? '[]') as TariffRate[]
  const costs = new Map(rates.map(({ name, cost }) => [name, Number(cost)]))
  return spans.flatMap(({ name, ...span }): PriceInterval[] => {
    const costPerKwh = costs.get(name)
    return costPerKwh === undefined ? [] : [{ ...span, costPerKwh, currency: null, source: 'tariff' }]
  })
}

function marketPricesAt (tx: ReadTx, location: LocationRow, from: Millis, to: Millis): PriceInterval[] {
  const country = from < to ? countryAt(location) : undefined
  if (country === undefined) return []
  const end = Math.min(to, publishedUntil(country, tx.now))
  return marketPrices(tx.world.get()?.seed ?? 0, country, from, end).map(hour => ({
    from: Math.max(hour.from, from),
    to: Math.min(hour.to, end),
    costPerKwh: hour.costPerKwh,
    currency: markets[country].currency,
    source: 'market'
  }))
}
