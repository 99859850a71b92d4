import tzLookup from '@photostructure/tz-lookup'
import { getTimezone } from 'countries-and-timezones'
import currencies from 'country-to-currency'
import { type Position } from '../../lib/distance.ts'

export type Currency = 'NOK' | 'EUR'

/** What the electricity market of a country is like. */
export interface Market {
  /** Of its prices, as documented. */
  currency: Currency
  /** The timezone in which its days begin and its prices are published. */
  timezone: string
  /** Mean price in EUR per MWh, of the size of the means of 2024. */
  mean: number
  /** How far the sun lowers prices at noon: 1 is the most. Our choice, by how much solar power the country has. */
  solar: number
}

/** The countries for which the reference names a currency of market prices. */
export const markets = {
  NO: { currency: 'NOK', timezone: 'Europe/Oslo', mean: 45, solar: 0.1 },
  SE: { currency: 'NOK', timezone: 'Europe/Stockholm', mean: 40, solar: 0.3 },
  DK: { currency: 'NOK', timezone: 'Europe/Copenhagen', mean: 71, solar: 0.8 },
  FI: { currency: 'NOK', timezone: 'Europe/Helsinki', mean: 46, solar: 0.2 },
  EE: { currency: 'NOK', timezone: 'Europe/Tallinn', mean: 87, solar: 0.5 },
  LV: { currency: 'NOK', timezone: 'Europe/Riga', mean: 87, solar: 0.4 },
  LT: { currency: 'NOK', timezone: 'Europe/Vilnius', mean: 87, solar: 0.6 },
  AT: { currency: 'EUR', timezone: 'Europe/Vienna', mean: 81, solar: 0.8 },
  BE: { currency: 'EUR', timezone: 'Europe/Brussels', mean: 70, solar: 0.9 },
  DE: { currency: 'EUR', timezone: 'Europe/Berlin', mean: 79, solar: 1 },
  FR: { currency: 'EUR', timezone: 'Europe/Paris', mean: 58, solar: 0.7 },
  NL: { currency: 'EUR', timezone: 'Europe/Amsterdam', mean: 77, solar: 1 },
  PL: { currency: 'EUR', timezone: 'Europe/Warsaw', mean: 96, solar: 0.8 },
  ES: { currency: 'EUR', timezone: 'Europe/Madrid', mean: 63, solar: 1 }
} as const satisfies Record<string, Market>

export type Country = keyof typeof markets

/** ISO 4217 has this code for no currency. */
const noCurrency = 'XXX'

/** The country in whose market a position lies; undefined where there are no market prices. */
export function countryAt (position: Position): Country | undefined {
  // Åland has a code of its own, and no market.
  const code = codeAt(position) === 'AX' ? 'FI' : codeAt(position)
  return code !== undefined && Object.hasOwn(markets, code) ? code as Country : undefined
}

/** The currency of the country that a position lies in, as of ISO 4217; XXX at sea. */
export function currencyAt (position: Position): string {
  return (currencies as Readonly<Record<string, string>>)[codeAt(position) ?? ''] ?? noCurrency
}

/** The country that a position lies in, as of ISO 3166. Of the few timezones that lie in several, the first is taken; at sea it lies in none. */
function codeAt ({ latitude, longitude }: Position): string | undefined {
  return getTimezone(tzLookup(latitude, longitude))?.countries[0]
}
