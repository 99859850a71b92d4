import { invalid } from '../../lib/problem.ts'
import { day } from '../../lib/time.ts'
import { type Plug } from '../../devices/device.ts'
import { looksAround } from '../../devices/home.ts'
import { modelOf } from '../../devices/index.ts'
import { drawPlace, isSamePlace, type Place } from '../../devices/place.ts'
import { type AccountRow } from '../../store/accounts.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type States } from '../../devices/kinds.ts'
import { limitKw } from '../../devices/charger/index.ts'
import { accountsOfOwners, forgetHome, homeAt, homeOf, homePlaceOf, storeHome, bringTo, watchedHomes, type Home } from './home.ts'
import { isOfKind, stateOf } from './rows.ts'

/** Stores the state of a device and of all at its home at midnight UTC, where a day of the ledger ends. What draws nothing for ever needs that not. */
export function storeDaily (tx: Tx, deviceId: string): void {
  const device = tx.devices.get(deviceId)
  if (device === undefined) return
  const model = modelOf(device.kind)
  const stored = stateOf(device)
  const staysSo = !looksAround(model) && model.flow?.powerKw(stored) === 0 && model.flow.until(stored) === Infinity
  const home = stored.at < tx.now && !staysSo ? homeOf(tx, device) : undefined
  // Everything is looked at by the clock at this moment, so nobody has to see it before.
  if (home !== undefined) storeHome(tx, home)
  for (const { id } of home?.devices ?? [device]) scheduleStoring(tx, id)
}

export function scheduleStoring (tx: Tx, deviceId: string): void {
  tx.timers.schedule((Math.floor(tx.now / day) + 1) * day, 'device.keep', deviceId)
}

/** The physical state of a device now, or at the earlier moment of `tx`, if none was stored since. Nothing ticks: it is computed from the last moment that mattered. */
export function currentState<D extends DeviceRow> (tx: ReadTx, device: D): States[D['kind']] {
  const model = modelOf<D['kind']>(device.kind)
  if (model.cable === undefined) {
    const home = homeOf(tx, device)
    const i = home.devices.findIndex(({ id }) => id === device.id)
    const state = (looksAround(model) ? homeAt(home, tx.now) : bringTo(home, tx.now))[i]?.state as States[D['kind']] | undefined
    if (state === undefined) throw new Error(`device ${device.id} is not in its own home`)
    // Somebody may have looked at the home since the moment that is asked for.
    return model.advance(state.at > tx.now ? stateOf(device) : state, tx.now)
  }
  const { cable, advance } = model
  const stored = stateOf(device)
  if (cable.leads) return advance(stored, tx.now)
  const partner = partnerOf(tx, device)
  if (partner !== undefined) return cable.follow(advance(stored, tx.now), plugOf(tx, partner))
  const leftId = cable.partner(stored)
  if (leftId === null) return advance(stored, tx.now)
  const left = tx.devices.get(leftId)
  if (left === undefined || !isOfKind(left, 'vehicle')) return advance(cable.release(stored), tx.now)
  // Its driver has pulled the cable since.
  const { unpluggedAt } = modelOf('vehicle').advance(stateOf(left), tx.now)
  return advance(cable.release(advance(stored, Math.max(stored.at, unpluggedAt ?? tx.now))), tx.now)
}

/** Brings a home up to now and stores that, before something happens to it that does not follow from what it was. */
function leaveBehind (tx: Tx, home: Home): void {
  tx.onStoring(home.devices.map(({ id }) => id))
  storeHome(tx, home)
}

/** Brings every home with a device that depends on it up to now, before what belongs to it changes. */
export function storeHomes (tx: Tx, accountId: string): void {
  for (const home of watchedHomes(tx, accountId)) leaveBehind(tx, home)
}

/** Where a device stands now. */
export function placeOf (tx: ReadTx, device: DeviceRow): Place {
  const { advance, place } = modelOf(device.kind)
  const stored = stateOf(device)
  return place(device.kind === 'vehicle' ? advance(stored, tx.now) : stored)
}

/** The place of the home of a device, as it was stored. */
export function homePlaceAt (device: DeviceRow): Place {
  return homePlaceOf({ model: modelOf(device.kind), state: stateOf(device) })
}

/** The device on the other end of the cable now. What drives by itself knows that itself; to others it may have come, or have gone, since their state was stored. */
export function partnerOf (tx: ReadTx, device: DeviceRow): DeviceRow | undefined {
  const { advance, cable } = modelOf(device.kind)
  if (cable === undefined) return undefined
  const stored = stateOf(device)
  if (cable.leads) return tx.devices.get(cable.partner(advance(stored, tx.now)) ?? '')
  for (const id of new Set([cable.partner(stored), cable.regular(stored)])) {
    const other = id === null ? undefined : tx.devices.get(id)
    if (other !== undefined && partnerOf(tx, other)?.id === device.id) return other
  }
  return undefined
}

/** The device that is on the other end of the cable by habit. */
export function regularOf (tx: ReadTx, device: DeviceRow): DeviceRow | undefined {
  return tx.devices.get(modelOf(device.kind).cable?.regular(stateOf(device)) ?? '')
}

/** Stores a state that a command or a change led to, and what it leads to at the other end of the cable. Answers what the device is then. */
export function putState<D extends DeviceRow> (tx: Tx, device: D, state: States[D['kind']]): States[D['kind']] {
  const { cable } = modelOf<D['kind']>(device.kind)
  const former = partnerOf(tx, device)
  const next = cable?.partner(state) ?? null
  // A device that was just made has no past that anything else at its home could have seen.
  const isNew = stateOf(device).at === tx.now && former === undefined && next === null
  if (!isNew) leaveBehind(tx, homeOf(tx, device))
  if (former !== undefined && former.id !== next) release(tx, former)
  const partner = next === null ? undefined : tx.devices.get(next)
  const other = partner && modelOf(partner.kind)
  if (partner !== undefined) leaveBehind(tx, homeOf(tx, partner))
  if (cable === undefined || partner === undefined || other?.cable === undefined) {
    store(tx, device, state)
    return state
  }
  // The one that was told leads; then it takes over what the other makes of that, such as a battery that is full.
  const followed = other.cable.follow(other.advance(stateOf(partner), tx.now), cable.plug(state, device.id))
  store(tx, partner, followed)
  const settled = cable.follow(state, other.cable.plug(followed, partner.id))
  store(tx, device, settled)
  return settled
}

/** As `putState`, for facts that come from outside: what is on the other end of the cable must exist and, unless that is forced, stand there. */
export function changeState<D extends DeviceRow> (tx: Tx, device: D, state: States[D['kind']], force = false): void {
  const { cable, place } = modelOf(device.kind)
  const next = cable?.partner(state) ?? null
  // What was forced apart may stay so.
  const isAsBefore = next === partnerOf(tx, device)?.id && isSamePosition(place(state), placeOf(tx, device))
  if (next !== null && !isAsBefore) requireCable(tx, device, state, next, force)
  putState(tx, device, state)
}

/** Pulls the cable of a device that goes away. Answers what was on the other end. */
export function pullCable (tx: Tx, device: DeviceRow): DeviceRow | undefined {
  leaveBehind(tx, homeOf(tx, device))
  const partner = partnerOf(tx, device)
  if (partner !== undefined) release(tx, partner)
  // A charger that the device was plugged into by habit, and left since, learns that while it can.
  const regular = regularOf(tx, device)
  if (regular !== undefined && regular.id !== partner?.id) {
    leaveBehind(tx, homeOf(tx, regular))
    store(tx, regular, currentState(tx, regular))
  }
  return partner
}

/** Forgets the past of a device that nobody is to see any more. */
export function forgetPast (tx: Tx, device: DeviceRow): void {
  leaveBehind(tx, homeOf(tx, device))
  forgetHome(tx, device.id, false)
  tx.energy.delete(device.seq)
  tx.devices.setRecorded(device.id, tx.now)
}

/** Where a new device of an account stands: where its owner's oldest device does, else at a home that is drawn. `owner` is about to link it. */
export function placeFor (tx: Tx, account: AccountRow, owner?: string): Place {
  const oldest = tx.devices.oldestOf(accountsOfOwners(tx, account.id, owner))
  return oldest === undefined ? drawPlace(tx.random, account.vendor, tx.world.row().seed) : dwellingOf(oldest)
}

/** The place of a home with the life that is lived there; a car that somebody took elsewhere lives at its home all the same. */
export function dwellingOf (device: DeviceRow): Place {
  const home = isOfKind(device, 'vehicle') ? stateOf(device).driver?.home : undefined
  return home ?? homePlaceAt(device)
}

function requireCable (tx: ReadTx, device: DeviceRow, state: States[AssetKind], id: string, force: boolean): void {
  const partner = tx.devices.get(id)
  const wanted = device.kind === 'vehicle' ? 'charger' : 'vehicle'
  const key = wanted === 'charger' ? 'pluggedInChargerId' : 'pluggedInVehicleId'
  const refuse = (why: string): never => { throw invalid(`"state.${key}" ${why}`, ['state', key], 'custom') }
  if (partner?.kind !== wanted) return refuse(`must be the id of a ${wanted} of this world, see GET /_mock/devices`)
  if (!force && !isSamePlace(modelOf(device.kind).place(state), placeOf(tx, partner))) {
    refuse(`names a ${wanted} at another place: set "latitude" and "longitude" of one to those of the other first`)
  }
  const taken = partnerOf(tx, partner)
  if (taken !== undefined && taken.id !== device.id) refuse(`names a ${wanted} that is plugged into ${taken.kind} ${taken.id} already`)
}

function plugOf (tx: ReadTx, device: DeviceRow): Plug {
  const { advance, cable } = modelOf(device.kind)
  if (cable === undefined) throw new Error(`a ${device.kind} has no cable`)
  return cable.plug(advance(stateOf(device), tx.now), device.id)
}

function release (tx: Tx, device: DeviceRow): void {
  const { advance, cable } = modelOf(device.kind)
  if (cable === undefined) return
  leaveBehind(tx, homeOf(tx, device))
  store(tx, device, cable.release(advance(stateOf(device), tx.now)))
}

/** Stores a state that does not follow from the one before; up to now that one was stored. */
function store (tx: Tx, device: DeviceRow, state: States[AssetKind]): void {
  forgetHome(tx, device.id, !isSamePosition(homePlaceOf({ model: modelOf(device.kind), state }), homePlaceAt(tx.devices.get(device.id) ?? device)))
  tx.devices.setState(device.id, JSON.stringify(state))
  if (device.kind === 'charger') tellRegular(tx, device.id, state as States['charger'])
}

/** Lets the car that comes to a charger by habit know what that gives, and whether there is room on its cable: it plugs in without anybody being asked. */
function tellRegular (tx: Tx, chargerId: string, charger: States['charger']): void {
  const row = tx.devices.get(charger.regular ?? '')
  if (row === undefined || !isOfKind(row, 'vehicle')) return
  const known = stateOf(row).driver?.charger
  if (known?.deviceId !== chargerId) return
  const isFree = charger.vehicle === null ? charger.power === 'UNPLUGGED' : charger.vehicle.deviceId === row.id
  const offer = { deviceId: chargerId, limitKw: limitKw(charger), isFree }
  if (known.limitKw === offer.limitKw && known.isFree === isFree) return
  leaveBehind(tx, homeOf(tx, row))
  const { driver, ...car } = stateOf(tx.devices.get(row.id) as typeof row)
  store(tx, row, { ...car, driver: driver && { ...driver, charger: offer } })
}

/** Stores states that somebody makes of those of now, such as those of a household that lives in another way. */
export function amendState<D extends DeviceRow> (tx: Tx, device: D, amend: (state: States[D['kind']]) => States[D['kind']]): void {
  leaveBehind(tx, homeOf(tx, device))
  const row = tx.devices.get(device.id) as D | undefined
  if (row === undefined) return
  // What a charger knows of its cable may be of the past, as long as the car that comes to it by habit can be asked.
  const before = currentState(tx, row)
  const after = amend(before)
  if (after !== before) store(tx, row, after)
}

function isSamePosition (a: Place, b: Place): boolean {
  return a.latitude === b.latitude && a.longitude === b.longitude
}
