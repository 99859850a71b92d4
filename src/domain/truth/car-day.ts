import { type Whereabouts } from '../../contract/mock-day.ts'
import { type TripView } from '../../contract/mock-life.ts'
import { bucket } from '../../devices/energy.ts'
import { isSamePlace, type Place } from '../../devices/place.ts'
import { isAway, isUnderWay } from '../../devices/vehicle/driving.ts'
import { drive, type Journey, type VehicleState } from '../../devices/vehicle/index.ts'
import { gainKw, levelPercent } from '../../devices/vehicle/model.ts'
import { bucketStart } from '../../devices/weather.ts'
import { day, hour, type Millis } from '../../lib/time.ts'
import { type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { energyOf } from './ledger.ts'
import { stateOf } from './rows.ts'
import { dwellingOf } from './states.ts'
import { showJourney, showUnderWay, tripsBetween } from './trips.ts'

/** What is known of a car at the start of each bucket, and what it drew elsewhere within it, in kWh. */
export interface CarDay {
  awayKwh: Float64Array
  levelPercent: Array<number | null>
  whereabouts: Array<Whereabouts | null>
  trips: TripView[]
}

/** A stretch of time over which a car drove, or stood: its level at both ends, in percent. */
interface Stretch {
  from: Millis
  to: Millis
  first: number
  last: number
  isTrip: boolean
  /** Whether it can have drawn anything: a trip on which it stopped nowhere draws nothing. */
  draws: boolean
}

/** How far back the trip before the first bucket is looked for: of who has not driven for so long no level is known from before its state was stored. */
const looksBack: Millis = 7 * day

/** What of the level at the end of a stretch its energy may leave unexplained, in percent of the battery and as a share of what it gained. Beyond that somebody has set the level. */
const unexplained = { percent: 1.5, share: 0.1 } as const

const bucketHours = bucket / hour

/** The last hours of a car in the buckets that begin at `starts`. */
export function carDay (tx: ReadTx, device: DeviceRowOf<'vehicle'>, starts: readonly Millis[]): CarDay {
  const [from, to] = [starts[0] ?? tx.now, tx.now]
  const stored = stateOf(device)
  const journeys = tripsBetween(tx, device.id, from - looksBack, to + 1)
  const before = journeys.filter(({ arrivedAt }) => arrivedAt <= stored.at)
  const levels = levelsBefore(tx, device, starts, before)
  let car = stored
  const seen = starts.map((at, i): { level: number | null, where: Whereabouts | null } => {
    if (at < device.recorded_from) return { level: null, where: null }
    if (at < stored.at) return { level: levels[i] ?? null, where: whereAt(at, before, stored, dwellingOf(device)) }
    car = drive(car, at)
    return { level: levelPercent(car), where: isUnderWay(car) ? 'under way' : isAway(car) ? 'elsewhere' : 'home' }
  })
  const underWay = showUnderWay(drive(stored, to))
  return {
    awayKwh: energyOf(tx, device, 'away', from, to),
    levelPercent: seen.map(({ level }) => level),
    whereabouts: seen.map(({ where }) => where),
    trips: [...journeys.filter(({ arrivedAt }) => arrivedAt > from).map(showJourney), ...(underWay === undefined ? [] : [underWay])]
  }
}

/** Where a car was before its state was stored: on a trip, or where one ended or began. */
function whereAt (at: Millis, journeys: readonly Journey[], stored: VehicleState, home: Place): Whereabouts {
  const trip = stored.driver?.trip
  const isOn = journeys.some(({ departedAt, arrivedAt }) => departedAt <= at && at < arrivedAt)
  if (isOn || (trip != null && trip.departedAt <= at)) return 'under way'
  const spot = journeys.findLast(({ arrivedAt }) => arrivedAt <= at)?.to ?? journeys[0]?.from ?? trip?.from
  return (spot === undefined ? isAway(stored) : !isSamePlace(spot, home)) ? 'elsewhere' : 'home'
}

/** The levels before a state was stored, as far as they follow from trips on both sides. */
function levelsBefore (tx: ReadTx, device: DeviceRowOf<'vehicle'>, starts: readonly Millis[], journeys: readonly Journey[]): Array<number | null> {
  const car = stateOf(device)
  const first = starts[0] ?? tx.now
  const stretches = stretchesOf(journeys, car).filter(({ to }) => to > first)
  const origin = bucketStart(Math.min(first, stretches[0]?.from ?? first))
  const [drawn, given, away] = (['in', 'out', 'away'] as const).map(series => energyOf(tx, device, series, origin, tx.now))
  const levels: Array<number | null> = Array.from({ length: drawn?.length ?? 0 }, () => null)
  for (const stretch of stretches) {
    fill(levels, origin, stretch, car, i => stretch.draws ? (away?.[i] ?? 0) + (stretch.isTrip ? 0 : (drawn?.[i] ?? 0) - (given?.[i] ?? 0)) : 0)
  }
  return levels.slice((first - origin) / bucket)
}

/** From the first trip that is known of to the state that was stored last, without a gap. */
function stretchesOf (journeys: readonly Journey[], stored: VehicleState): Stretch[] {
  const stretches: Stretch[] = []
  let parked: { at: Millis, percent: number } | undefined
  const add = (stretch: Stretch): void => { if (stretch.from < stretch.to) stretches.push(stretch) }
  const park = (to: Millis, last: number): void => {
    if (parked !== undefined) add({ from: parked.at, to, first: parked.percent, last, isTrip: false, draws: true })
  }
  for (const { departedAt, arrivedAt, startPercent, endPercent, chargedKwh } of journeys) {
    park(departedAt, startPercent)
    add({ from: departedAt, to: arrivedAt, first: startPercent, last: endPercent, isTrip: true, draws: chargedKwh > 0 })
    parked = { at: arrivedAt, percent: endPercent }
  }
  const trip = stored.driver?.trip
  park(trip?.departedAt ?? stored.at, trip?.startPercent ?? levelPercent(stored))
  if (trip != null) add({ from: trip.departedAt, to: stored.at, first: trip.startPercent, last: levelPercent(stored), isTrip: true, draws: trip.isStopped || trip.chargedKwh > 0 })
  return stretches
}

/**
 * The levels within a stretch, bucket by bucket from its end: less what was drawn, as far as that reached the battery, more
 * what driving or standing used. What then differs at its beginning goes with the energy, or with the time where nothing was drawn.
 */
function fill (levels: Array<number | null>, origin: Millis, { from, to, first, last, isTrip }: Stretch, car: VehicleState, drawnKwh: (i: number) => number): void {
  const parts: Array<{ i: number, change: number, gained: number, idle: number }> = []
  for (let i = Math.floor((from - origin) / bucket); origin + i * bucket < to; i++) {
    const kwh = drawnKwh(i)
    const start = origin + i * bucket
    const idle = kwh === 0 ? Math.min(start + bucket, to) - Math.max(start, from) : 0
    const gained = gainedBy(car, kwh, isTrip) / car.batteryCapacityKwh * 100
    const drained = isTrip ? 0 : (car.driver?.drainKw ?? 0) * idle / hour / car.batteryCapacityKwh * 100
    parts.push({ i, change: gained - drained, gained, idle })
  }
  const sum = (of: (part: typeof parts[number]) => number): number => parts.reduce((total, part) => total + of(part), 0)
  const [gained, idle] = [sum(part => part.gained), sum(part => part.idle)]
  const left = last - first - sum(part => part.change)
  if (!isTrip && Math.abs(left) > unexplained.percent + Math.abs(gained) * unexplained.share) return
  let level = last
  for (const { i, change, gained: own, idle: time } of parts.toReversed()) {
    const share = !isTrip && gained !== 0 ? own / gained : idle === 0 ? 1 / parts.length : time / idle
    level = Math.max(0, Math.min(100, level - change - left * share))
    if (origin + i * bucket >= from) levels[i] = level
  }
}

/** What of the energy that a car drew in a bucket reached its battery, in kWh; below zero what it gave. */
function gainedBy (car: VehicleState, kwh: number, isFast: boolean): number {
  return kwh <= 0 ? kwh : gainKw({ ...car, fastChargeKw: isFast ? Infinity : null }, kwh / bucketHours) * bucketHours
}
