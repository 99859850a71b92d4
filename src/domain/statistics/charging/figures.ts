import { bucket } from '../../../devices/energy.ts'
import { hour, type Millis } from '../../../lib/time.ts'
import { type ChargingStatistics } from '../../../contract/statistics.ts'
import { rounded } from '../../../devices/rounding.ts'
import { type Consumption } from './consumption.ts'

/** Digits after the point: a thousandth of a watt-hour, and as fine for money. */
const digits = 6

type ChargingFigures = Omit<ChargingStatistics, 'date'>

/**
 * Sums up what was consumed, at least something and in order of time. Power is that of whole samples in which anything
 * was drawn, of all devices together; the mean price is that of a kWh, and 0 stands for what nothing has a price of.
 */
export function sumUp (parts: readonly Consumption[], now: Millis): ChargingFigures {
  let [kwh, cost, pricedKwh, lowest, highest] = [0, 0, 0, Infinity, -Infinity]
  const moved = { kwh: 0, cost: 0, savings: 0, lowest: Infinity, highest: -Infinity }
  for (const part of parts) {
    kwh += part.kwh
    cost += part.cost
    pricedKwh += part.pricedKwh
    if (part.lowest < lowest) lowest = part.lowest
    if (part.highest > highest) highest = part.highest
    if (part.move === undefined) continue
    const { savingsPerKwh, nonSmartPrice: { min, max, mean } } = part.move
    moved.kwh += part.kwh
    moved.cost += part.kwh * mean
    moved.savings += part.kwh * savingsPerKwh
    moved.lowest = Math.min(moved.lowest, min)
    moved.highest = Math.max(moved.highest, max)
  }
  const isMoved = moved.kwh > 0
  return {
    kw: powerIn(parts, kwh, now),
    kwhSum: rounded(kwh, digits),
    price: pricedKwh > 0 ? aggregate(lowest, highest, cost / pricedKwh) : { min: 0, max: 0, mean: 0 },
    nonSmartPrice: isMoved ? aggregate(moved.lowest, moved.highest, moved.cost / moved.kwh) : { min: null, max: null, mean: null },
    costSum: rounded(cost, digits),
    estimatedSavings: isMoved ? rounded(moved.savings, digits) : null
  }
}

function powerIn (parts: readonly Consumption[], kwh: number, now: Millis): ChargingFigures['kw'] {
  let [lowest, highest, lasted] = [Infinity, -Infinity, 0]
  for (let i = 0; i < parts.length;) {
    const at = parts[i]?.at ?? now
    let drawn = 0
    for (; parts[i]?.at === at; i++) drawn += parts[i]?.kwh ?? 0
    // The last sample may not be over.
    const length = Math.min(bucket, now - at)
    lasted += length
    lowest = Math.min(lowest, drawn * hour / length)
    highest = Math.max(highest, drawn * hour / length)
  }
  return aggregate(lowest, highest, kwh * hour / lasted)
}

function aggregate (min: number, max: number, mean: number): { min: number, max: number, mean: number } {
  return { min: rounded(min, digits), max: rounded(max, digits), mean: rounded(mean, digits) }
}
