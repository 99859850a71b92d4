import { bucket } from '../../devices/energy.ts'
import { day, hour, iso, type Millis } from '../../lib/time.ts'
import { type DeviceDay, type HomeDay } from '../../contract/mock-day.ts'
import { fromGrid } from '../../devices/balance.ts'
import { houseLoadKw } from '../../devices/house.ts'
import { modelOf } from '../../devices/index.ts'
import { isSamePlace } from '../../devices/place.ts'
import { rounded } from '../../devices/rounding.ts'
import { bucketStart, outdoorC } from '../../devices/weather.ts'
import { type DeviceRow, type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { carDay } from './car-day.ts'
import { energyOf } from './ledger.ts'
import { accountsOfOwners } from './home.ts'
import { isOfKind, stateOf } from './rows.ts'
import { homePlaceAt } from './states.ts'

type Values = Array<number | null>

/** The last 24 hours of the home at which a device stands now, as the ledger has them. */
export function showDay (tx: ReadTx, device: DeviceRow): HomeDay {
  const place = homePlaceAt(device)
  const devices = tx.devices.ofAccounts(accountsOfOwners(tx, device.account_id)).filter(each => isSamePlace(place, homePlaceAt(each)))
  const starts: Millis[] = []
  for (let at = bucketStart(tx.now - day + bucket - 1); at < tx.now; at += bucket) starts.push(at)
  const seen = devices.map(each => seeDevice(tx, each, starts))
  // A meter draws nothing, it reads what all the rest draws.
  const flowing = seen.filter(({ shown }) => shown.type !== 'meter')
  const recordedFrom = Math.min(...devices.map(each => each.recorded_from))
  const houseKw = starts.map(at => houseLoadKw(place, at))
  const gridKw = (at: Millis, i: number): number | null => {
    const hours = hoursIn(at, recordedFrom, tx.now)
    return hours <= 0 ? null : rounded(fromGrid((houseKw[i] ?? 0) * hours, flowing.map(({ drawnKwh }) => drawnKwh[i] ?? 0)) / hours, 3)
  }
  return {
    from: iso(starts[0] ?? tx.now),
    to: iso(tx.now),
    bucketMinutes: bucket / 60_000,
    timezone: place.timezone,
    recordedFrom: iso(recordedFrom),
    houseKw: houseKw.map(kw => rounded(kw, 3)),
    gridKw: starts.map(gridKw),
    outdoorCelsius: starts.map(at => rounded(outdoorC(place, at), 1)),
    devices: seen.map(({ shown }) => shown)
  }
}

/** The hours of a bucket that were recorded: that of now has not ended, and that in which the record began, began without it. */
function hoursIn (at: Millis, recordedFrom: Millis, now: Millis): number {
  return (Math.min(at + bucket, now) - Math.max(at, recordedFrom)) / hour
}

/** What is shown of a device, and what it drew in each bucket, below zero what it gave. */
function seeDevice (tx: ReadTx, device: DeviceRow, starts: readonly Millis[]): { shown: DeviceDay, drawnKwh: number[] } {
  const [from, to] = [starts[0] ?? tx.now, tx.now]
  const [drawn, given, level] = (['in', 'out', 'level'] as const).map(series => energyOf(tx, device, series, from, to))
  const drawnKwh = starts.map((_, i) => (drawn?.[i] ?? 0) - (given?.[i] ?? 0))
  const kw = (kwh: ArrayLike<number>): Values => starts.map((at, i) => {
    const hours = hoursIn(at, device.recorded_from, to)
    return hours <= 0 ? null : rounded((kwh[i] ?? 0) / hours, 3)
  })
  const car = isOfKind(device, 'vehicle') ? carDay(tx, device, starts) : undefined
  const recorded = (): Values => starts.map((_, i) => Number.isNaN(level?.[i] ?? NaN) ? null : rounded(level?.[i] ?? 0, 1))
  const shown = {
    id: device.id,
    type: device.kind,
    kw: kw(drawnKwh),
    awayKw: car === undefined ? null : kw(car.awayKwh),
    levelPercent: car?.levelPercent.map(percent => percent === null ? null : rounded(percent, 1)) ?? (device.kind === 'battery' ? recorded() : null),
    whereabouts: car?.whereabouts ?? null,
    trips: car?.trips ?? null,
    roomCelsius: isOfKind(device, 'hvac') ? roomSinceStored(device, starts) : null
  }
  return { shown, drawnKwh }
}

/** What no ledger has but follows from the state that was stored last; what was before that follows from nothing any more. */
function roomSinceStored (device: DeviceRowOf<'hvac'>, starts: readonly Millis[]): Values {
  const { advance } = modelOf('hvac')
  let state = stateOf(device)
  return starts.map(at => {
    if (at < state.at) return null
    state = advance(state, at)
    return rounded(state.temperatureC, 1)
  })
}
