import { bucket } from '../../../devices/energy.ts'
import { Cache } from '../../../lib/cache.ts'
import { day, type Millis } from '../../../lib/time.ts'
import { type AssetRow } from '../../../store/assets.ts'
import { type StayRow } from '../../../store/stays.ts'
import { type ReadTx } from '../../../store/store.ts'
import { pricesOfDay, type PriceInterval } from '../../prices/index.ts'
import { drawsOf, type Draw } from './draws.ts'
import { moveOf, movingPlans, spanOf, type Move } from './savings.ts'

/** What an asset drew in a sample, and what that cost. */
export interface Consumption extends Draw {
  cost: number
  /** How much of it had a price, in kWh. */
  pricedKwh: number
  /** The lowest and the highest price that held; Infinity and below zero where none did. */
  lowest: number
  highest: number
  /** Undefined where smart charging had no part in it. */
  move: Move | undefined
}

/** What an asset consumed in the samples that begin between two moments, in order; nothing for those in which it drew nothing. */
export function consumptionOf (tx: ReadTx, asset: AssetRow, from: Millis, to: Millis): Consumption[] {
  const plans = movingPlans(tx, asset, from, to).map(plan => ({ plan, ...spanOf(tx, plan) }))
  if (plans.length === 0) return pricedBetween(tx, asset, from, to)
  // What a plan saved is shared by all of its charge, so all of that has to be seen.
  const parts = pricedBetween(tx, asset, Math.min(from, ...plans.map(each => each.from)), Math.max(to, ...plans.map(each => each.to)))
  const moves = plans.map(each => ({ ...each, move: moveOf(tx, each.plan, parts) }))
  return parts.filter(({ at }) => at >= from && at < to).map(part => {
    const move = moves.findLast(each => part.at >= each.from && part.at < each.to)?.move
    return move === undefined ? part : { ...part, move }
  })
}

function pricedBetween (tx: ReadTx, asset: AssetRow, from: Millis, to: Millis): Consumption[] {
  const parts: Consumption[] = []
  for (let number = Math.floor(Math.max(from, asset.created_at) / day); number * day < to; number++) {
    const isWhole = number * day >= from && (number + 1) * day <= to
    const ofDay = pricedOn(tx, asset, number)
    parts.push(...(isWhole ? ofDay : ofDay.filter(({ at }) => at >= from && at < to)))
  }
  return parts
}

/** Parts of days that are remembered at most, some 100 bytes each. */
const mostRemembered = 100_000

/**
 * What assets consumed on days that are over, which clients ask for again and again: those stay as they were. They are
 * stale when a device comes or goes, as its past may with it: the tables tell the memory, which forgets them.
 */
class ConsumptionDays extends Cache<string, readonly Consumption[]> {
  constructor () { super(mostRemembered, parts => 1 + parts.length) }
}

/** What an asset consumed on a UTC day, counted from 1970. */
function pricedOn (tx: ReadTx, asset: AssetRow, number: number): readonly Consumption[] {
  const make = (until: Millis): Consumption[] => priced(tx, drawsOf(tx, asset, number * day, until), number)
  const end = (number + 1) * day
  return end > tx.now ? make(tx.now) : tx.memory.of(ConsumptionDays).of(`${asset.id} ${number}`, () => make(end))
}

/** Costs of draws of one day, in order. A price that changes within a sample holds for its share of the time. */
function priced (tx: ReadTx, draws: readonly Draw[], number: number): Consumption[] {
  let [last, prices, next]: [StayRow | undefined, readonly PriceInterval[], number] = [undefined, [], 0]
  return draws.map(({ at, kwh, stay }) => {
    if (stay !== last) [last, prices, next] = [stay, stay.terms === null ? [] : pricesOfDay(tx, stay.terms, number), 0]
    while ((prices[next]?.to ?? Infinity) <= at) next++
    const end = Math.min(at + bucket, tx.now)
    const part: Consumption = { at, kwh, stay, cost: 0, pricedKwh: 0, lowest: Infinity, highest: -Infinity, move: undefined }
    for (let i = next; i < prices.length; i++) {
      const { from, to, costPerKwh } = prices[i] as PriceInterval
      if (from >= end) break
      const pricedKwh = kwh * (Math.min(to, end) - Math.max(from, at)) / (end - at)
      part.cost += pricedKwh * costPerKwh
      part.pricedKwh += pricedKwh
      part.lowest = Math.min(part.lowest, costPerKwh)
      part.highest = Math.max(part.highest, costPerKwh)
    }
    return part
  })
}
