import t from 'tap'
import { advanceHome } from '../../../../src/devices/home.ts'
import { modelOf } from '../../../../src/devices/index.ts'
import { courseToLimit, type VehicleState } from '../../../../src/devices/vehicle/index.ts'
import { commandTakes, costOf, durationOf, makePlan, type Price } from '../../../../src/domain/control/smart-charging/plan.ts'
import { Random } from '../../../../src/lib/random.ts'
import { hour, minute } from '../../../../src/lib/time.ts'
import { car } from '../../../devices/cars.ts'

const now = Date.parse('2026-01-14T17:00:00Z')
const flat = (costPerKwh: number, from = now, to = now + 48 * hour): Price => ({ from, to, costPerKwh })
/** 10 kW at an even rate for so many hours. */
const evenly = (hours: number) => [{ rateKw: 10, forMs: hours * hour }]

/** A car of any size, level, limit and current. */
function anyCar (random: Random): VehicleState {
  const batteryCapacityKwh = random.between(20, 110)
  const chargeLimitPercent = random.integer(50, 100)
  return {
    ...car(),
    at: now,
    power: 'PLUGGED_IN:CHARGING',
    batteryCapacityKwh,
    chargeLimitPercent,
    energyKwh: batteryCapacityKwh * random.between(5, chargeLimitPercent - 1) / 100,
    maxCurrentA: random.integer(10, 16),
    onboardChargerKw: random.pick([3.7, 7.4, 11, 22])
  }
}

/** Prices of hours or quarters, smooth or wild, now and then below zero, from the start of the hour. */
function anyPrices (random: Random): Price[] {
  const step = random.pick([hour, hour / 4, hour / 2])
  const isWild = random.next() < 0.5
  const valley = random.integer(0, 23)
  return Array.from({ length: 26 * hour / step }, (_, i) => {
    const from = now + i * step
    const smooth = 1 - Math.cos((from / hour - valley) / 24 * 2 * Math.PI)
    return { from, to: from + step, costPerKwh: isWild ? random.between(-0.2, 3) : smooth + random.between(0, 0.1) }
  })
}

/** A home changes its powers at whole milliseconds: 0.006 Wh at each of the seven stretches of a charge, at prices of 3. */
const rounding = 1.3e-4

/** What the model of a car draws from its socket until a moment, losses included, and what it is then. */
function drawn (state: VehicleState, to: number): { kwh: number, after: VehicleState } {
  let kwh = 0
  const [after] = advanceHome([{ model: modelOf('vehicle'), state }], state.place, to, (_, __, from, until, kw) => { kwh += kw * (until - from) / hour })
  return { kwh, after: after as VehicleState }
}

/** What a charge costs that begins at a moment, by the energy that the model of the car draws between two changes of price. */
function costByModel (state: VehicleState, prices: readonly Price[], startAt: number): number {
  let at: VehicleState = { ...state, at: startAt }
  return prices.filter(price => price.to > startAt).reduce((sum, { to, costPerKwh }) => {
    const { kwh, after } = drawn(at, to)
    at = after
    return sum + kwh * costPerKwh
  }, 0)
}

t.test('the chosen start is the cheapest of all that meet the deadline: 1,000 random curves and cars against every minute, reckoned by the model of the car', async t => {
  const random = new Random(20260114)
  let shifted = 0
  for (let i = 0; i < 1000; i++) {
    const state = anyCar(random)
    const prices = anyPrices(random)
    const course = courseToLimit(state)
    const deadline = now + Math.round(random.between(2, 24)) * hour
    const plan = makePlan({ madeAt: now, now, course, prices, deadline, publication: null })
    const latest = deadline - commandTakes - durationOf(course)
    const startAt = plan.startAt ?? NaN

    // What the socket gives in each minute of the charge.
    const energies: number[] = []
    for (let at = state; at.power === 'PLUGGED_IN:CHARGING';) {
      const { kwh, after } = drawn(at, at.at + minute)
      energies.push(kwh)
      at = after
    }
    const priceOfMinute = Array.from({ length: 26 * 60 }, (_, m) => prices.find(({ to }) => now + m * minute < to)?.costPerKwh ?? NaN)
    let cheapest = Infinity
    for (let m = 0; m === 0 || now + m * minute <= latest; m++) {
      let cost = 0
      for (const [j, energy] of energies.entries()) cost += energy * (priceOfMinute[m + j] ?? 0)
      cheapest = Math.min(cheapest, cost)
    }
    const cost = plan.smartCost ?? NaN
    if (latest >= now && !(cost <= cheapest + rounding)) t.fail(`curve ${i}: ${cost} for a start at ${startAt}, but ${cheapest} is possible`)
    if (latest >= now && !(startAt >= now && startAt <= latest)) t.fail(`curve ${i}: starts at ${startAt}, not between ${now} and ${latest}`)
    if (latest < now && startAt !== now) t.fail(`curve ${i}: cannot meet the deadline and does not start at once`)
    if (latest >= now && Math.abs(cost - costByModel(state, prices, startAt)) > rounding) t.fail(`curve ${i}: the cost is not that of the model`)
    if (latest >= now && Math.abs(plan.nonSmartCost - costByModel(state, prices, now)) > rounding) t.fail(`curve ${i}: the cost of charging at once is not that of the model`)
    if (!(cost <= plan.nonSmartCost + 1e-9)) t.fail(`curve ${i}: dearer than charging at once`)
    if (Math.abs(plan.finishAt - startAt - durationOf(course)) > 1) t.fail(`curve ${i}: finishes at ${plan.finishAt}`)
    if (startAt > now) shifted++
  }
  t.ok(shifted > 500, `${shifted} of them wait, or the test would prove little`)
})

t.test('of several starts that cost the same the earliest is taken, so that equal prices mean charging at once', async t => {
  const plan = (prices: Price[]) => makePlan({ madeAt: now, now, course: evenly(2), prices, deadline: now + 12 * hour, publication: null })
  t.same(plan([flat(1)]), { startAt: now, finishAt: now + 2 * hour, smartCost: 20, nonSmartCost: 20 })
  t.same(plan([flat(2, now, now + hour), flat(1, now + hour)]), { startAt: now + hour, finishAt: now + 3 * hour, smartCost: 20, nonSmartCost: 30 })
  t.same(plan([flat(-1, now, now + 4 * hour), flat(-2, now + 4 * hour, now + 6 * hour), flat(0, now + 6 * hour)]).smartCost, -40, 'also below zero')
})

t.test('charging resumes early enough for a slow command, and at once when the deadline cannot be met', async t => {
  const falling = Array.from({ length: 24 }, (_, i) => flat(24 - i, now + i * hour, now + (i + 1) * hour))
  const plan = (hours: number) => makePlan({ madeAt: now, now, course: evenly(hours), prices: falling, deadline: now + 10 * hour, publication: null })
  t.equal(plan(3).startAt, now + 7 * hour - commandTakes)
  t.equal(plan(10).startAt, now)
  t.equal(plan(15).startAt, now)
})

t.test('prices that are to be published are awaited as long as charging can begin after that', async t => {
  const known = [flat(3, now, now + 6 * hour)]
  const plan = (publication: number | null, hours: number) => makePlan({ madeAt: now, now, course: evenly(hours), prices: known, deadline: now + 20 * hour, publication })
  t.same(plan(now + 5 * hour, 2), { startAt: null, finishAt: now + 20 * hour, smartCost: null, nonSmartCost: 60 })
  t.equal(plan(now + 5 * hour, 16).startAt, now, 'too long a charge to wait')
  t.equal(plan(null, 2).startAt, now, 'nothing will be published')
})

t.test('what is charged promptly is charged at once whatever it costs, and the rest not before that is done', async t => {
  const prices = [flat(5, now, now + hour), flat(1, now + hour, now + 2 * hour), flat(3, now + 2 * hour)]
  const plan = (prompt: number, rest: number) => makePlan({ madeAt: now, now, prompt: evenly(prompt), course: evenly(rest), prices, deadline: now + 12 * hour, publication: null })
  t.same(plan(0.5, 1), { startAt: now + hour, finishAt: now + 2 * hour, smartCost: 25 + 10, nonSmartCost: 50 + 5 })
  t.same(plan(1.5, 1), { startAt: now + 1.5 * hour, finishAt: now + 2.5 * hour, smartCost: 55 + 20, nonSmartCost: 55 + 20 })
})

t.test('a plan uses hours without a price only where the deadline cannot be met otherwise: 200 random gaps against every minute', async t => {
  const random = new Random(12)
  let avoided = 0
  let used = 0
  for (let i = 0; i < 200; i++) {
    const course = courseToLimit(anyCar(random))
    const prices = anyPrices(random).filter((_, hour, all) => Math.sin(hour * 40 / all.length + i) < random.between(-0.3, 1.2))
    if (prices.length === 0) continue
    const deadline = now + Math.round(random.between(3, 24)) * hour
    const { startAt } = makePlan({ madeAt: now, now, course, prices, deadline, publication: null })
    const latest = deadline - commandTakes - durationOf(course)
    if (startAt === null || latest < now) continue
    // With a price of 1 for what has none, and of 0 for what has one, the cost is the energy without a price.
    const spans = [{ from: 0, to: now - 1 }, ...prices, { from: now + 1000 * hour, to: now + 1001 * hour }]
    const gaps = spans.slice(1).map(({ from }, n): Price => ({ from: spans[n]?.to ?? 0, to: from, costPerKwh: 1 })).filter(({ from, to }) => to > from)
    const unpriced = (at: number): number => costOf(course, [...gaps, ...prices.map(price => ({ ...price, costPerKwh: 0 }))].sort((a, b) => a.from - b.from), at)
    const chosen = unpriced(startAt)
    for (let at = now; at <= latest; at += minute) {
      if (unpriced(at) < chosen - 1e-3) t.fail(`curve ${i}: ${chosen} kWh without a price, but ${unpriced(at)} are possible`)
      if (unpriced(at) <= chosen && costOf(course, prices, at) < costOf(course, prices, startAt) - 1e-3) t.fail(`curve ${i}: a cheaper start needs no more without a price`)
    }
    if (chosen < 1e-3 && unpriced(now) > 0.1) avoided++
    if (chosen > 0.1) used++
  }
  t.ok(avoided > 20 && used > 20, `${avoided} avoid gaps and ${used} must use them, or the test would prove little`)
})

t.test('an hour without a price is put down at the dearest price, and still comes after all that have one', async t => {
  const even = [flat(3, now + 2 * hour, now + 4 * hour), flat(3, now + 6 * hour, now + 7 * hour)]
  const plan = (hours: number, prices: Price[]) => makePlan({ madeAt: now, now, course: evenly(hours), prices, deadline: now + 12 * hour, publication: null })
  t.same(plan(1, even), { startAt: now + 2 * hour, finishAt: now + 3 * hour, smartCost: 30, nonSmartCost: 30 }, 'also where it seems to cost the same')
  t.equal(plan(3, even).startAt, now + hour, 'as little as can be: the earliest of those that need one hour of it')
  const tempting = [flat(9, now + hour, now + 3 * hour), flat(1, now + 3 * hour, now + 4 * hour), flat(1, now + 5 * hour, now + 5.5 * hour)]
  t.equal(plan(2, tempting).startAt, now + 2 * hour, 'not the cheap hour and the gap behind it')
  const prices = [flat(1, now + hour, now + 2 * hour), flat(4, now + 5 * hour, now + 6 * hour)]
  t.equal(costOf(evenly(1), prices, now), 40, 'before the first price')
  t.equal(costOf(evenly(2), prices, now + hour), 10 + 40, 'in a gap')
  t.equal(costOf(evenly(1), prices, now + 8 * hour), 40, 'after the last one')
  t.equal(makePlan({ madeAt: now, now, course: evenly(1), prices, deadline: now + 12 * hour, publication: null }).startAt, now + hour)
})

t.test('a plan that is made anew reckons both costs for what is left to charge, at once meaning when it was first made', async t => {
  const prices = [flat(5, now, now + 3 * hour), flat(2, now + 3 * hour)]
  t.same(makePlan({ madeAt: now, now: now + hour, course: evenly(1), prices, deadline: now + 9 * hour, publication: null }), { startAt: now + 3 * hour, finishAt: now + 4 * hour, smartCost: 20, nonSmartCost: 50 })
})
