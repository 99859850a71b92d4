import { type LifeView, type LifeWish, type TripsView, type TripWish } from '../../contract/mock-life.ts'
import { lifeOf } from '../../devices/life/index.ts'
import { type Place } from '../../devices/place.ts'
import { driverOf, isDriven, nextTrip, resumed, tripTo, type Errand, type VehicleState } from '../../devices/vehicle/index.ts'
import { badRequest, invalid } from '../../lib/problem.ts'
import { day, durationOf, iso, parseTime, type Millis } from '../../lib/time.ts'
import { type DeviceRow, type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { reviewPending } from '../control/actions.ts'
import { awaitArrivals, pollDevice, storeSights } from '../sight/polls.ts'
import { householdOf, lifeIn, putLife } from '../truth/households.ts'
import { isOfKind } from '../truth/rows.ts'
import { amendState, currentState, dwellingOf } from '../truth/states.ts'
import { showJourney, showPosition, showUnderWay, tripsBetween } from '../truth/trips.ts'

/** Trips that a car can be sent on before they are made, so that its state stays small. */
const mostErrands = 100

export function showLife (tx: ReadTx, device: DeviceRow): LifeView {
  const household = householdOf(tx, device)
  // A car that stands still does not know how people live there.
  const home = dwellingOf(household.find(({ kind }) => kind !== 'vehicle') ?? device)
  const { drivers, ...life } = lifeOf(home)
  return { given: home.life ?? null, figures: { ...life, drivers: [...drivers] }, devices: household.map(({ id }) => id) }
}

/** Lets people at the home of a device live in another way from now on. */
export function changeLife (tx: Tx, device: DeviceRow, wish: LifeWish): LifeView {
  const life = lifeIn(wish)
  const household = householdOf(tx, device)
  for (const { id } of household) storeSights(tx, id)
  putLife(tx, device, life)
  tx.trail.note('life', concerned(tx, device), `life of its home: ${life.name}`)
  for (const { id } of household) awaitArrivals(tx, id)
  return showLife(tx, tx.devices.get(device.id) ?? device)
}

/** Where a car drove between two moments, the last seven days unless told, and where it goes next. */
export function showTrips (tx: ReadTx, device: DeviceRow, { from, to }: { from?: string | undefined, to?: string | undefined }): TripsView {
  requireVehicle(device)
  const end = momentIn('to', to) ?? tx.now + 1
  const begin = momentIn('from', from) ?? end - 7 * day
  if (begin >= end) throw invalid('"from" must be before "to"', ['from'])
  const car = currentState(tx, device)
  const next = isDriven(car) ? nextTrip(car) : undefined
  const underWay = showUnderWay(car)
  return {
    trips: [...tripsBetween(tx, device.id, begin, end).map(showJourney), ...(underWay === undefined ? [] : [underWay])],
    next: next === undefined ? null : { purpose: next.purpose, at: iso(next.at), to: showPosition(next.to) },
    isHeld: car.driver?.isHeld === true
  }
}

/** Sends a car on a trip now or later. */
export function sendOnTrip (tx: Tx, device: DeviceRow, wish: TripWish): TripsView {
  requireVehicle(device)
  const car = currentState(tx, device)
  const errand = errandIn(car, wish, tx.now)
  if ((car.driver?.errands.length ?? 0) >= mostErrands) throw badRequest(`the car has ${mostErrands} trips before it: let it make some`)
  storeSights(tx, device.id)
  amendState(tx, device, car => sentOn(car, device, errand))
  tx.trail.note('life', concerned(tx, device), `sent on a trip ${errand.at <= tx.now ? 'now' : `at ${iso(errand.at)}`}`)
  seeAgain(tx, device, errand.at <= tx.now)
  return showTrips(tx, tx.devices.get(device.id) as typeof device, {})
}

/** Gives the wheel of a car back to its life. */
export function resumeLife (tx: Tx, device: DeviceRow): DeviceRow {
  requireVehicle(device)
  const car = currentState(tx, device)
  if (!isDriven(car) || car.driver.home.life === undefined) throw badRequest('the car has no life to go on with: nobody told how people live at its home, see PUT /_mock/devices/{id}/life')
  if (!car.driver.isHeld) return device
  storeSights(tx, device.id)
  amendState(tx, device, car => isDriven(car) ? resumed(car) : car)
  tx.trail.note('life', concerned(tx, device), 'its life goes on')
  seeAgain(tx, device, true)
  return tx.devices.get(device.id) ?? device
}

/** Notes that somebody else has taken the wheel of a car, if that is so only now, and waits for it no longer. */
export function noteWheel (tx: Tx, device: DeviceRow, before: VehicleState): void {
  const after = isOfKind(device, 'vehicle') ? currentState(tx, device) : undefined
  if (after?.driver?.isHeld === true && before.driver?.isHeld !== true) tx.trail.note('life', concerned(tx, device), 'the wheel was taken: its life stands still until POST /_mock/devices/{id}/resume')
  awaitArrivals(tx, device.id)
}

function seeAgain (tx: Tx, device: DeviceRow, isNow: boolean): void {
  if (isNow) {
    pollDevice(tx, device.id)
    const row = tx.devices.get(device.id)
    if (row !== undefined) reviewPending(tx, row)
  }
  awaitArrivals(tx, device.id)
}

function requireVehicle (device: DeviceRow): asserts device is DeviceRowOf<'vehicle'> {
  if (!isOfKind(device, 'vehicle')) throw badRequest(`only a vehicle drives, and device ${device.id} is a ${device.kind}`)
}

function errandIn (car: VehicleState, { at: told, to, km, bearing, stay = 'PT1H', plugsIn = false }: TripWish, now: Millis): Errand {
  if ((to === undefined) === (km === undefined)) throw invalid('one of "to" and "km" says where the trip goes', [to === undefined ? 'to' : 'km'], 'object.xor')
  if (bearing !== undefined && km === undefined) throw invalid('"bearing" goes only with "km"', ['bearing'], 'object.with')
  const at = momentIn('at', told) ?? now
  if (at < now) throw invalid(`"at" must not be before now, ${iso(now)}`, ['at'])
  const stayMs = stay === null ? null : durationOf(stay)
  if (stayMs === undefined) throw invalid('"stay" must be an ISO 8601 duration above zero, such as PT2H, or null', ['stay'], 'string.duration')
  return { at, to: to ?? tripTo(car, km ?? 0, bearing ?? 90), stayMs, plugsIn }
}

function sentOn (car: VehicleState, { vendor }: DeviceRowOf<'vehicle'>, errand: Errand): VehicleState {
  const home: Place = car.place
  const driver = car.driver ?? { ...driverOf(car, vendor, home), drainKw: 0 }
  const errands = [...driver.errands, errand].sort((a, b) => a.at - b.at)
  return { ...car, driver: { ...driver, errands } }
}

function momentIn (key: string, text: string | undefined): Millis | undefined {
  if (text === undefined) return undefined
  const at = parseTime(text)
  if (at === undefined) throw invalid(`"${key}" must be an ISO 8601 timestamp with an offset or Z`, [key], 'date.format')
  return at
}

function concerned (tx: ReadTx, device: DeviceRow): { user_id: string, asset_id: string } | Record<never, never> {
  const [asset] = tx.assets.ofDevice(device.id)
  return asset === undefined ? {} : { user_id: asset.user_id, asset_id: asset.id }
}
