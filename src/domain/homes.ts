import { invalid } from '../lib/problem.ts'
import { minute } from '../lib/time.ts'
import { type AssetKind, type Device, type Physical, type Plug } from '../devices/device.ts'
import { advanceHome, looksAround } from '../devices/home.ts'
import { deviceOf, models } from '../devices/index.ts'
import { drawPlace, isSamePlace, type Place } from '../devices/place.ts'
import { type AccountRow } from '../store/accounts.ts'
import { type DeviceRow } from '../store/assets.ts'
import { type ReadTx, type Tx } from '../store/store.ts'

/** The longest that a physical state which changes by itself goes without being kept, so that no look has to catch up with more. */
const keptEvery = 15 * minute

/** The physical state of a device now. Nothing ticks: it is computed from the last moment that mattered. */
export function currentState (tx: ReadTx, device: DeviceRow): Physical {
  const model = deviceOf(device.kind as AssetKind)
  if (looksAround(model)) return stateOf(homeNow(tx, homeOf(tx, device)), device)
  const state = model.advance(JSON.parse(device.state), tx.now)
  const partner = partnerOf(tx, device)
  return partner === undefined || model.cable === undefined ? state : model.cable.follow(state, plugOf(tx, partner))
}

/** As `currentState`, and keeps now and then what it came to. */
export function lookAt (tx: Tx, device: DeviceRow): Physical {
  const model = deviceOf(device.kind as AssetKind)
  const kept = JSON.parse(device.state) as Physical
  const staysSo = !looksAround(model) && (model.flow?.until(kept) ?? Infinity) === Infinity
  if (staysSo || tx.now - kept.at < keptEvery) return currentState(tx, device)
  if (looksAround(model)) return stateOf(keepHome(tx, homeOf(tx, device)), device)
  // What looks around has yet to see what this device did until now.
  keepHomes(tx, device.account_id)
  const state = currentState(tx, device)
  store(tx, device.id, state)
  return state
}

/** Brings every home with a device that depends on it up to now, before what belongs to it changes. */
export function keepHomes (tx: Tx, accountId: string): void {
  const accounts = accountsOfOwners(tx, accountId)
  if (!tx.devices.haveKind(accounts, lookingAround)) return
  for (const home of homesOf(tx.devices.ofAccounts(accounts))) {
    if (home.some(({ model }) => looksAround(model))) keepHome(tx, home)
  }
}

/** The kinds that depend on what else is at their home. */
const lookingAround = models.filter(looksAround).map(({ kind }) => kind)

/** A device, and what it was when that was kept last. */
interface Kept {
  device: DeviceRow
  model: Device
  state: Physical
}

/** Devices by home, the oldest first: each stands at one home, that of the oldest device near it which has founded one. */
function homesOf (rows: readonly DeviceRow[]): Kept[][] {
  const homes: Array<{ place: Place, kept: Kept[] }> = []
  for (const device of rows) {
    const model = deviceOf(device.kind as AssetKind)
    const kept = { device, model, state: JSON.parse(device.state) as Physical }
    const place = model.place(kept.state)
    const home = homes.find(each => isSamePlace(each.place, place))
    if (home === undefined) homes.push({ place, kept: [kept] })
    else home.kept.push(kept)
  }
  return homes.map(({ kept }) => kept)
}

/** What shares the wires of a device, itself included. */
function homeOf (tx: ReadTx, { id, account_id: accountId }: DeviceRow): Kept[] {
  const home = homesOf(tx.devices.ofAccounts(accountsOfOwners(tx, accountId))).find(home => home.some(({ device }) => device.id === id))
  if (home === undefined) throw new Error(`device ${id} is in no home`)
  return home
}

function homeNow (tx: ReadTx, home: readonly Kept[]): Kept[] {
  const [first] = home
  if (first === undefined) return []
  return advanceHome(home, first.model.place(first.state), tx.now).map((state, i) => ({ ...home[i] ?? first, state }))
}

function keepHome (tx: Tx, home: readonly Kept[]): Kept[] {
  const now = homeNow(tx, home)
  for (const { device, state } of now) store(tx, device.id, state)
  return now
}

function stateOf (home: readonly Kept[], { id }: DeviceRow): Physical {
  const found = home.find(({ device }) => device.id === id)
  if (found === undefined) throw new Error(`device ${id} is not in its own home`)
  return found.state
}

/**
 * An account, and every other that its users have linked, and theirs in turn: all who share a device share a home, or
 * it would have two truths. `owner` is about to be one of them.
 */
function accountsOfOwners (tx: ReadTx, accountId: string, owner?: string): string[] {
  const accounts = new Set([accountId])
  const users = new Set<string>()
  const join = (user: string): void => {
    if (users.has(user)) return
    users.add(user)
    for (const connection of tx.connections.byUser(user)) accounts.add(connection.account_id)
  }
  if (owner !== undefined) join(owner)
  // A set that grows on the way is walked to its new end.
  for (const account of accounts) for (const connection of tx.connections.byAccount(account)) join(connection.user_id)
  return [...accounts]
}

function placeOf (device: DeviceRow): Place {
  return deviceOf(device.kind as AssetKind).place(JSON.parse(device.state))
}

/** The device on the other end of the cable. */
export function partnerOf (tx: ReadTx, device: DeviceRow): DeviceRow | undefined {
  const { cable } = deviceOf(device.kind as AssetKind)
  const id = cable === undefined ? null : cable.partner(JSON.parse(device.state))
  return id === null ? undefined : tx.devices.get(id)
}

/** Keeps a state that a command or a change led to, and what it leads to at the other end of the cable. Answers what the device is then. */
export function putState (tx: Tx, device: DeviceRow, state: Physical): Physical {
  const { cable } = deviceOf(device.kind as AssetKind)
  const former = partnerOf(tx, device)
  const next = cable?.partner(state) ?? null
  // A device that was just made has no past that anything else at its home could have seen.
  const isNew = (JSON.parse(device.state) as Physical).at === tx.now && former === undefined && next === null
  if (!isNew) keepHomes(tx, device.account_id)
  if (former !== undefined && former.id !== next) release(tx, former)
  const partner = next === null ? undefined : tx.devices.get(next)
  const other = partner && deviceOf(partner.kind as AssetKind)
  if (cable === undefined || partner === undefined || other?.cable === undefined) {
    store(tx, device.id, state)
    return state
  }
  // The one that was told leads; then it takes over what the other makes of that, such as a battery that is full.
  const followed = other.cable.follow(other.advance(JSON.parse(partner.state), tx.now), cable.plug(state, device.id))
  store(tx, partner.id, followed)
  const settled = cable.follow(state, other.cable.plug(followed, partner.id))
  store(tx, device.id, settled)
  return settled
}

/** As `putState`, for facts that come from outside: what is on the other end of the cable must exist and stand there. */
export function changeState (tx: Tx, device: DeviceRow, state: Physical): void {
  const next = deviceOf(device.kind as AssetKind).cable?.partner(state) ?? null
  if (next !== null) requireCable(tx, device, state, next)
  putState(tx, device, state)
}

/** Pulls the cable of a device that goes away. Answers what was on the other end. */
export function letGo (tx: Tx, device: DeviceRow): DeviceRow | undefined {
  keepHomes(tx, device.account_id)
  const partner = partnerOf(tx, device)
  if (partner !== undefined) release(tx, partner)
  return partner
}

/** Where a new device of an account stands: where its owner's oldest device does, else at a home that is drawn. `owner` is about to link it. */
export function placeFor (tx: Tx, account: AccountRow, owner?: string): Place {
  const oldest = tx.devices.oldestOf(accountsOfOwners(tx, account.id, owner))
  if (oldest !== undefined) return placeOf(oldest)
  return drawPlace(tx.random, account.vendor, tx.world.get()?.seed ?? 0)
}

function requireCable (tx: ReadTx, device: DeviceRow, state: Physical, id: string): void {
  const partner = tx.devices.get(id)
  const wanted = device.kind === 'vehicle' ? 'charger' : 'vehicle'
  const key = wanted === 'charger' ? 'pluggedInChargerId' : 'pluggedInVehicleId'
  const refuse = (why: string): never => { throw invalid(`"state.${key}" ${why}`, ['state', key], 'custom') }
  if (partner?.kind !== wanted) return refuse(`must be the id of a ${wanted} of this world, see GET /_mock/devices`)
  if (!isSamePlace(deviceOf(device.kind as AssetKind).place(state), placeOf(partner))) {
    refuse(`names a ${wanted} at another place: set "latitude" and "longitude" of one to those of the other first`)
  }
  const taken = partnerOf(tx, partner)
  if (taken !== undefined && taken.id !== device.id) refuse(`names a ${wanted} that is plugged into ${taken.kind} ${taken.id} already`)
}

function plugOf (tx: ReadTx, device: DeviceRow): Plug {
  const { advance, cable } = deviceOf(device.kind as AssetKind)
  if (cable === undefined) throw new Error(`a ${device.kind} has no cable`)
  return cable.plug(advance(JSON.parse(device.state), tx.now), device.id)
}

function release (tx: Tx, device: DeviceRow): void {
  const { advance, cable } = deviceOf(device.kind as AssetKind)
  if (cable !== undefined) store(tx, device.id, cable.release(advance(JSON.parse(device.state), tx.now)))
}

function store (tx: Tx, deviceId: string, state: Physical): void {
  tx.devices.setState(deviceId, JSON.stringify(state))
}
