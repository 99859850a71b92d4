import { bucket } from '../../lib/energy.ts'
import { day, type Millis } from '../../lib/time.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { pricesOfDay, type PriceInterval } from '../prices/index.ts'
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
  // What a plan saved is shared by all of its charge, so all of that has to be seen.
  const draws = drawsOf(tx, asset, Math.min(from, ...plans.map(each => each.from)), Math.max(to, ...plans.map(each => each.to)))
  const moves = plans.map(each => ({ ...each, move: moveOf(tx, each.plan, draws) }))
  const costOf = costing(tx)
  return draws.filter(({ at }) => at >= from && at < to).map(draw => ({
    ...draw,
    ...costOf(draw),
    move: moves.findLast(move => draw.at >= move.from && draw.at < move.to)?.move
  }))
}

/** Costs of draws that come in order. A price that changes within a sample holds for its share of the time. */
function costing (tx: ReadTx): (draw: Draw) => Pick<Consumption, 'cost' | 'pricedKwh' | 'lowest' | 'highest'> {
  let [terms, number, prices, next]: [string | null, number, readonly PriceInterval[], number] = [null, NaN, [], 0]
  return ({ at, kwh, stay }) => {
    const today = Math.floor(at / day)
    if (stay.terms !== terms || today !== number) [terms, number, prices, next] = [stay.terms, today, stay.terms === null ? [] : pricesOfDay(tx, stay.terms, today), 0]
    while ((prices[next]?.to ?? Infinity) <= at) next++
    const end = Math.min(at + bucket, tx.now)
    const sum = { cost: 0, pricedKwh: 0, lowest: Infinity, highest: -Infinity }
    for (let i = next; i < prices.length; i++) {
      const { from, to, costPerKwh } = prices[i] as PriceInterval
      if (from >= end) break
      const priced = kwh * (Math.min(to, end) - Math.max(from, at)) / (end - at)
      sum.cost += priced * costPerKwh
      sum.pricedKwh += priced
      sum.lowest = Math.min(sum.lowest, costPerKwh)
      sum.highest = Math.max(sum.highest, costPerKwh)
    }
    return sum
  }
}
