import { type Place } from '../place.ts'

/** How people live in a country, on average, as far as it makes a difference to what their devices do. */
export interface Country {
  /** Kilometres to work by road, one way: CBS 2023 for NL, typical figures elsewhere. */
  commuteKm: number
  /** How far they drive otherwise, against people in Germany: from the kilometres a year and car that SSB, KBA, CBS, DfT, SDES, INE, Trafikanalys and ABS count. */
  driving: number
  /** Minutes by which they leave for work later than at 7:40, and are back later than at 17:15. */
  later: readonly [leaves: number, back: number]
  /** What a house uses without heating, cooling, hot water and cars, against as many persons in Germany. */
  electricity: number
  /** Shares of the homes that heat water by electricity, and by a heat pump; the others have gas, oil, wood or district heat. */
  hotWaterBy: ReadonlyArray<readonly ['electricity' | 'heat pump', number]>
  /** Degrees Celsius indoors. */
  comfortC: number
  /** Whole weeks away in a year. */
  holidayWeeks: number
}

const water = (electricity: number, heatPump: number): Country['hotWaterBy'] => [['electricity', electricity], ['heat pump', heatPump]]

const germany: Country = { commuteKm: 17, driving: 1, later: [-25, 0], electricity: 1, hotWaterBy: water(0.2, 0.1), comfortC: 20.5, holidayWeeks: 3 }
const elsewhere: Country = { ...germany, commuteKm: 15, later: [0, 0] }
const america: Country = { commuteKm: 20, driving: 1.8, later: [0, 0], electricity: 2.5, hotWaterBy: water(0.45, 0.03), comfortC: 21, holidayWeeks: 1.5 }

const byZone: Readonly<Record<string, Country>> = {
  'Europe/Berlin': germany,
  'Europe/Oslo': { commuteKm: 15, driving: 0.9, later: [-25, -60], electricity: 1.75, hotWaterBy: water(0.85, 0.1), comfortC: 21.5, holidayWeeks: 3.5 },
  'Europe/Stockholm': { commuteKm: 17, driving: 0.9, later: [-25, 0], electricity: 1.5, hotWaterBy: water(0.3, 0.4), comfortC: 21, holidayWeeks: 3.5 },
  'Europe/Amsterdam': { ...germany, commuteKm: 19.9, driving: 0.9, later: [0, 0], electricity: 0.95, hotWaterBy: water(0.1, 0.1), comfortC: 20 },
  'Europe/London': { ...germany, commuteKm: 15, driving: 0.85, later: [0, 0], electricity: 0.85, hotWaterBy: water(0.12, 0.03), comfortC: 19.5, holidayWeeks: 2.5 },
  'Europe/Paris': { ...germany, commuteKm: 14, driving: 0.95, later: [30, 0], electricity: 0.85, hotWaterBy: water(0.45, 0.1), comfortC: 20 },
  'Europe/Madrid': { ...germany, commuteKm: 13, driving: 0.95, later: [30, 75], electricity: 0.95, hotWaterBy: water(0.25, 0.08), comfortC: 20.5, holidayWeeks: 2.5 },
  'Asia/Kathmandu': { commuteKm: 9, driving: 0.5, later: [60, 0], electricity: 0.33, hotWaterBy: water(0.2, 0), comfortC: 19, holidayWeeks: 1.5 }
}

/** Which countries' people a home is like, by its time zone. */
export function countryOf ({ timezone }: Place): Country {
  if (timezone.startsWith('Australia/')) return { ...america, commuteKm: 16, driving: 0.9, electricity: 1.7, holidayWeeks: 2.5 }
  return byZone[timezone] ?? (/^(America|Pacific\/Honolulu)/.test(timezone) ? america : elsewhere)
}
