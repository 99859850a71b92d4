import { type LifeChoice, type LifeWish } from '../../contract/mock-life.ts'
import { lifeIssues } from '../../devices/life/index.ts'
import { invalidAll } from '../../lib/problem.ts'
import { limitKw } from '../../devices/charger/index.ts'
import { isSamePlace, type Place } from '../../devices/place.ts'
import { driverOf, type VehicleState } from '../../devices/vehicle/index.ts'
import { type DeviceRow, type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { accountsOfOwners } from './home.ts'
import { isOfKind, stateOf } from './rows.ts'
import { amendState, currentState, dwellingOf, regularOf } from './states.ts'

/** A life as it is told: a name stands for the ready one. Throws a 400 with all that no schema can say. */
export function lifeIn (choice: LifeChoice): LifeWish {
  const wish = typeof choice === 'string' ? { name: choice } : choice
  const issues = lifeIssues(wish)
  if (issues.length > 0) throw invalidAll(issues)
  return wish
}

/** The devices of those who own one, at the same home, the oldest first. */
export function householdOf (tx: ReadTx, device: DeviceRow): DeviceRow[] {
  const place = dwellingOf(device)
  return tx.devices.ofAccounts(accountsOfOwners(tx, device.account_id)).filter(each => isSamePlace(place, dwellingOf(each)))
}

/** Lets people live in another way at the home of a device from now on. Whoever is on the way arrives first. */
export function putLife (tx: Tx, device: DeviceRow, life: LifeWish): void {
  for (const each of householdOf(tx, device)) {
    if (isOfKind(each, 'vehicle')) amendState(tx, each, car => ({ ...car, driver: driverIn(car, each, { ...dwellingOf(each), life }) }))
    else amendState(tx, each, state => ({ ...state, place: { ...state.place, life } }))
  }
  settleHousehold(tx, device)
}

/** Lets devices that were just made live as the homes do to which they came, or those as the devices were told to: once for each home, since an account can bring thousands to one. */
export function welcome (tx: Tx, deviceIds: readonly string[]): void {
  const newest = new Map<string, DeviceRow>()
  for (const id of deviceIds) {
    const device = tx.devices.get(id)
    const home = device && dwellingOf(device)
    if (home?.life !== undefined) newest.set(`${home.latitude} ${home.longitude}`, device as DeviceRow)
  }
  for (const device of newest.values()) {
    const { life } = dwellingOf(device)
    const household = householdOf(tx, device)
    const isNews = household.some(each => JSON.stringify(dwellingOf(each).life) !== JSON.stringify(life))
    if (isNews && life !== undefined) putLife(tx, device, life)
    else if (household.length > 1) settleHousehold(tx, device)
  }
}

/** Who lives at the homes of some devices, where anybody lives at all. */
export function neighboursOf (tx: ReadTx, devices: readonly DeviceRow[]): DeviceRow[] {
  const found = new Map<string, DeviceRow>()
  for (const device of devices) {
    if (!found.has(device.id) && dwellingOf(device).life !== undefined) for (const each of householdOf(tx, device)) found.set(each.id, each)
  }
  return [...found.values()]
}

/** Says which car of a home is whose, and which charger each is plugged into: the oldest car is that of the first driver, and takes the oldest charger that is left. To be called when a device or a life has come or gone. */
export function settleHousehold (tx: Tx, device: DeviceRow): void {
  const devices = householdOf(tx, device)
  const cars = devices.filter(each => isOfKind(each, 'vehicle')).filter(each => stateOf(each).driver !== null)
  const chargers = devices.filter(each => isOfKind(each, 'charger'))
  const chargerOf = pairs(cars, chargers)
  const carOf = new Map([...chargerOf].map(([car, { id }]) => [id, car]))
  for (const car of cars) leaveCharger(tx, car, chargerOf.get(car.id)?.id)
  for (const charger of chargers) {
    const car = regularOf(tx, charger)
    if (car !== undefined && isOfKind(car, 'vehicle') && carOf.get(charger.id) !== car.id) leaveCharger(tx, car, undefined)
  }
  for (const [index, row] of cars.entries()) {
    const charger = chargerOf.get(row.id)
    amendState(tx, row, car => withCharger(car, row.id, index, charger && currentState(tx, tx.devices.get(charger.id) as typeof charger), charger?.id))
  }
  for (const row of chargers) {
    const regular = carOf.get(row.id) ?? null
    amendState(tx, row, charger => charger.regular === regular ? charger : { ...charger, regular })
  }
}

/** Ends the habit of a car and a charger of which one goes away. */
export function partWays (tx: Tx, device: DeviceRow): void {
  const car = isOfKind(device, 'vehicle') ? device : regularOf(tx, device)
  if (car !== undefined && isOfKind(car, 'vehicle')) leaveCharger(tx, car, undefined)
}

/** Lets a car come no longer by habit to the charger that it came to, which can be that of a home that is no longer shared; what is on a cable stays there. */
function leaveCharger (tx: Tx, car: DeviceRowOf<'vehicle'>, next: string | undefined): void {
  const charger = regularOf(tx, car)
  if (charger === undefined || !isOfKind(charger, 'charger') || charger.id === next) return
  amendState(tx, charger, state => state.regular === car.id ? { ...state, regular: null } : state)
  amendState(tx, car, state => ({ ...state, driver: state.driver && { ...state.driver, charger: null } }))
}

/** Those who have a charger go on with it; a car that is on the cable of one now comes before the others. */
function pairs (cars: ReadonlyArray<DeviceRowOf<'vehicle'>>, chargers: ReadonlyArray<DeviceRowOf<'charger'>>): Map<string, DeviceRowOf<'charger'>> {
  const found = new Map<string, DeviceRowOf<'charger'>>()
  const left = new Map(chargers.map(charger => [charger.id, charger]))
  const take = (car: DeviceRowOf<'vehicle'>, charger: DeviceRowOf<'charger'> | undefined): void => {
    if (charger === undefined || found.has(car.id)) return
    found.set(car.id, charger)
    left.delete(charger.id)
  }
  for (const wanted of [(car: VehicleState) => car.driver?.charger?.deviceId, (car: VehicleState) => car.charger?.deviceId]) {
    for (const car of cars) take(car, left.get(wanted(stateOf(car)) ?? ''))
  }
  for (const car of cars) take(car, left.values().next().value)
  return found
}

function withCharger (car: VehicleState, id: string, index: number, charger: Parameters<typeof limitKw>[0] | undefined, chargerId: string | undefined): VehicleState {
  const { driver } = car
  if (driver === null) return car
  const isFree = charger === undefined || (charger.vehicle === null ? charger.power === 'UNPLUGGED' : charger.vehicle.deviceId === id)
  const offer = charger === undefined || chargerId === undefined ? null : { deviceId: chargerId, limitKw: limitKw(charger), isFree }
  const isAsBefore = driver.index === index && driver.charger?.deviceId === offer?.deviceId && driver.charger?.limitKw === offer?.limitKw && driver.charger?.isFree === offer?.isFree
  return isAsBefore ? car : { ...car, driver: { ...driver, index, charger: offer } }
}

function driverIn (car: VehicleState, { vendor }: DeviceRowOf<'vehicle'>, home: Place): VehicleState['driver'] {
  const isStill = home.life?.name === 'still'
  if (car.driver !== null && !(isStill && car.driver.trip === null && car.driver.errands.length === 0)) return { ...car.driver, home }
  return home.life === undefined || isStill ? null : driverOf(car, vendor, home)
}
