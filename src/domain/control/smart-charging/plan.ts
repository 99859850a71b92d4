import { hour, minute, type Millis } from '../../../lib/time.ts'
import { type Stage } from '../../../devices/vehicle/index.ts'

/** What a kWh costs in a stretch of time. */
export interface Price {
  from: Millis
  /** Exclusive. */
  to: Millis
  costPerKwh: number
}

/** What a plan is made from. */
export interface Outlook {
  /** When the plan was made: without it the car would charge from then on. */
  madeAt: Millis
  now: Millis
  /** How the part of the charge goes that begins now whatever it costs; there is none unless told. */
  prompt?: readonly Stage[]
  /** How the rest of the charge goes once it begins. */
  course: readonly Stage[]
  /** What is known of prices from `madeAt` on, in order and without overlap. */
  prices: readonly Price[]
  deadline: Millis
  /** When the prices that are missing before the deadline will be known; null when none are, or never will be. */
  publication: Millis | null
}

/** When to charge the rest and what all of it costs, in the currency of the prices. */
export interface PlanFigures {
  /** Null while prices are awaited. */
  startAt: Millis | null
  finishAt: Millis
  smartCost: number | null
  /** Of the same charge, had it begun when the plan was made. */
  nonSmartCost: number
}

/** The longest that a command usually takes: so much earlier than at the last moment charging resumes at the latest. */
export const commandTakes: Millis = 5 * minute

/** Costs that differ by less are equal. */
const noCost = 1e-9
/** So many kWh flow in a millisecond at most, to which starts are rounded. */
const noEnergy = 1e-4

/**
 * The start that costs least of all that reach the charge limit by the deadline, the earliest of several; one that needs
 * less energy at hours without a price comes before all that need more. When none does, it is at once. Prices that are still to be published are awaited as long as charging can begin after that.
 */
export function makePlan ({ madeAt, now, prompt = [], course, prices, deadline, publication }: Outlook): PlanFigures {
  const duration = durationOf(course)
  const latest = Math.floor(deadline - commandTakes - duration)
  const nonSmartCost = costOf([...prompt, ...course], prices, madeAt)
  const earliest = Math.round(now + durationOf(prompt))
  if (publication !== null && publication <= latest) return { startAt: null, finishAt: deadline, smartCost: null, nonSmartCost }
  const startAt = cheapestStart(course, prices, earliest, latest)
  return { startAt, finishAt: Math.round(startAt + duration), smartCost: costOf(prompt, prices, now) + costOf(course, prices, startAt), nonSmartCost }
}

interface Bill {
  cost: number
  /** The energy that is charged while no price is known. */
  unpricedKwh: number
}

/** How long a charge takes; Infinity where nothing is supplied. */
export function durationOf (course: readonly Stage[]): Millis {
  return course.reduce((sum, { forMs }) => sum + forMs, 0)
}

/** What a charge costs that begins at a moment. */
export function costOf (course: readonly Stage[], prices: readonly Price[], startAt: Millis): number {
  return billFor(course, prices, startAt).cost
}

/** What is charged while no price is known is put down at the dearest that is. */
function billFor (course: readonly Stage[], prices: readonly Price[], startAt: Millis): Bill {
  const dearest = Math.max(...prices.map(({ costPerKwh }) => costPerKwh))
  const bill = { cost: 0, unpricedKwh: 0 }
  let at = startAt
  let next = 0
  for (const { rateKw, forMs } of course) {
    const end = at + forMs
    while (at < end) {
      while (next < prices.length && (prices[next]?.to ?? 0) <= at) next++
      const price = prices[next]
      const isPriced = price !== undefined && price.from <= at
      const until = Math.min(end, (isPriced ? price.to : price?.from) ?? Infinity)
      const kwh = rateKw * (until - at) / hour
      bill.cost += kwh * (isPriced ? price.costPerKwh : dearest)
      if (!isPriced) bill.unpricedKwh += kwh
      at = until
    }
  }
  return bill
}

/**
 * Between the moments at which a stage of the charge begins or ends as a price does, the cost of a start grows or falls
 * evenly, and so does what has no price, so that no other start can be better than all of these.
 */
function cheapestStart (course: readonly Stage[], prices: readonly Price[], earliest: Millis, latest: Millis): Millis {
  if (latest <= earliest) return earliest
  const boundaries = prices.flatMap(({ from, to }) => [from, to])
  const offsets = course.reduce<Millis[]>((sums, { forMs }) => [...sums, (sums.at(-1) ?? 0) + forMs], [0])
  const turns = boundaries.flatMap(boundary => offsets.map(offset => Math.round(boundary - offset)))
  const starts = [earliest, latest, ...new Set(turns.filter(at => at > earliest && at < latest))].sort((a, b) => a - b)
  const bills = starts.map(at => ({ at, ...billFor(course, prices, at) }))
  // An hour without a price is dearer than any hour with one.
  const least = Math.min(...bills.map(({ unpricedKwh }) => unpricedKwh))
  let best = { at: earliest, cost: Infinity }
  for (const bill of bills) if (bill.unpricedKwh <= least + noEnergy && bill.cost < best.cost - noCost) best = bill
  return best.at
}
