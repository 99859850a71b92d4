import tzLookup from '@photostructure/tz-lookup'
import { type Position } from '../../lib/distance.ts'

export type Currency = 'NOK' | 'EUR'

/** What the electricity market of a country is like. */
export interface Market {
  /** Of its prices. (D) */
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

const countries = Object.keys(markets) as Country[]

/** The timezones of each country: those in which its market days begin, and those of its other parts that take part in it. */
const countryOf: ReadonlyMap<string, Country> = new Map([
  ...countries.map(country => [markets[country].timezone, country] as const),
  ['Europe/Mariehamn', 'FI'],
  ['Europe/Busingen', 'DE'],
  ['Africa/Ceuta', 'ES'],
  ['Atlantic/Canary', 'ES']
])

/** The country in whose market a position lies; undefined where there are no market prices. */
export function countryAt ({ latitude, longitude }: Position): Country | undefined {
  return countryOf.get(tzLookup(latitude, longitude))
}
