import { type Driver } from './life.ts'

/** Weeks in a year that are like any other; in the rest there are holidays and feasts. */
const weeks = 46

/** Kilometres that a driver drives in a year, by the figures: there and back of everything that is planned. */
export function yearlyKm ({ workdays, atHomeShare, commuteKm, errandsPerWeek, errandKm, weekendShare, weekendKm, longTripsPerYear, longTripKm }: Driver): number {
  const weekly = workdays.length * (1 - atHomeShare) * commuteKm + errandsPerWeek * errandKm + 2 * weekendShare * weekendKm
  return 2 * (weeks * weekly + longTripsPerYear * longTripKm)
}
