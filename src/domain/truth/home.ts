import { type Millis } from '../../lib/time.ts'
import { type Device, type Physical } from '../../devices/device.ts'
import { advanceHome, looksAround, type Member, type Recorder } from '../../devices/home.ts'
import { modelOf, models } from '../../devices/index.ts'
import { isSamePlace, type Place } from '../../devices/place.ts'
import { type VehicleState } from '../../devices/vehicle/index.ts'
import { bucketStart } from '../../devices/weather.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { EnergyBook } from './energy-book.ts'
import { stateOf } from './rows.ts'
import { recordTrips } from './trips.ts'

/**
 * Devices that share wires, as they live on from when their states were stored. What follows from stored states needs no
 * row: it is recorded here, can be thrown away at any time, and comes out the same when it is made anew. The states that
 * are stored say up to when the ledger is stored.
 */
export interface Home {
  readonly devices: ReadonlyArray<{ id: string, seq: number }>
  readonly place: Place
  /** What each was at the end of the last bucket that somebody looked at, and never past a look. */
  members: Member[]
  /** What flowed since the states were stored and up to those of `members`. */
  readonly book: EnergyBook
  /** The moment at which `members` saw each other last; undefined for states as they were stored. */
  broughtTo: Millis | undefined
  /** The last look at a moment within a bucket. */
  seen: { at: Millis, members: Member[] } | undefined
  /** Tells it from what was made of the same devices before, when another state of theirs was stored. */
  readonly serial: number
}

/**
 * What is remembered of homes. All of it is stale when a device comes or goes, or who shares it: the tables of devices
 * and connections tell the memory. A home is stale besides when a state of its devices is changed: `forgetHome` hears.
 */
class Homes {
  readonly byDevice = new Map<string, Home>()
  readonly ownersByAccount = new Map<string, Owners>()
  /** How many were made, so that each has a serial of its own. */
  made = 0
}

/** What shares the wires of a device, itself included. A device that nothing looks at is a home of its own. */
export function homeOf (tx: ReadTx, device: DeviceRow): Home {
  const homes = tx.memory.of(Homes)
  const known = homes.byDevice.get(device.id)
  if (known !== undefined) return known
  const { accounts, isWatched } = ownersOf(tx, device.account_id)
  if (!isWatched) {
    const home = made(homes, [storedOf(tx.devices.get(device.id) ?? device)])
    // A car or a charger is computed sooner than it is remembered.
    if (modelOf(device.kind).cable === undefined) homes.byDevice.set(device.id, home)
    return home
  }
  for (const home of homesOf(homes, tx.devices.ofAccounts(accounts))) for (const { id } of home.devices) homes.byDevice.set(id, home)
  const home = homes.byDevice.get(device.id)
  if (home === undefined) throw new Error(`device ${device.id} is in no home`)
  return home
}

/** Every home of those who share an account in which a device looks around. */
export function watchedHomes (tx: ReadTx, accountId: string): Home[] {
  const { accounts, isWatched } = ownersOf(tx, accountId)
  if (!isWatched) return []
  const homes = new Set(tx.devices.ofAccounts(accounts).map(device => homeOf(tx, device)))
  return [...homes].filter(({ members }) => members.some(({ model }) => looksAround(model)))
}

/** A home at the moment `now`, and what was recorded on the way in the book of the home and, past its last full bucket, by `record`. */
export function homeAt (home: Home, now: Millis, record?: Recorder): Member[] {
  bringTo(home, now)
  if (home.broughtTo === now) return home.members
  if (record === undefined && home.seen?.at === now) return home.seen.members
  const members = advanced(home, now, record)
  home.seen = { at: now, members }
  return members
}

/** Brings a home to the start of the bucket of a moment, so that what is recorded does not depend on who looks when. */
export function bringTo (home: Home, now: Millis): Member[] {
  const start = bucketStart(now)
  if (home.members.some(({ state }) => state.at < start)) bring(home, start)
  return home.members
}

function bring (home: Home, to: Millis): void {
  home.members = advanced(home, to, recorderFor(home, home.book))
  home.broughtTo = to
}

/** Brings a home up to now and stores that: states and ledger agree on the moment. */
export function storeHome (tx: Tx, home: Home): void {
  bringTo(home, tx.now)
  if (home.broughtTo !== tx.now) bring(home, tx.now)
  home.seen = undefined
  home.devices.forEach(({ id }, i) => {
    const member = home.members[i]
    if (member === undefined) return
    if (member.model.kind === 'vehicle') recordTrips(tx, id, member.state as VehicleState)
    tx.devices.setState(id, JSON.stringify(member.state))
  })
  home.book.store(tx, id => home.devices.find(device => device.id === id)?.seq ?? tx.devices.get(id)?.seq)
}

/** Forgets what was made of states that are about to change; `moves` when a device may come to stand at another home. */
export function forgetHome (tx: Tx, deviceId: string, moves: boolean): void {
  if (moves) return tx.memory.forget()
  const { byDevice } = tx.memory.of(Homes)
  for (const { id } of byDevice.get(deviceId)?.devices ?? []) byDevice.delete(id)
}

/** Records in a book what flows between the devices of a home. */
export function recorderFor ({ devices, members }: Home, book: EnergyBook): Recorder {
  const models = members.map(({ model }) => model)
  return (i, state, from, to, kw, awayKw) => {
    const [id, { flow, cable }] = [devices[i]?.id ?? '', models[i] ?? modelOf('meter')]
    if (flow?.levelPercent !== undefined && from === bucketStart(from)) book.note(id, 'level', from, flow.levelPercent(state))
    if (awayKw > 0) book.add(id, 'away', from, to, awayKw)
    if (kw === 0) return
    book.add(id, kw > 0 ? 'in' : 'out', from, to, Math.abs(kw))
    const partner = kw > 0 ? cable?.partner(state) ?? null : null
    if (partner !== null) book.add(partner, 'through', from, to, kw)
  }
}

/**
 * An account, and every other that its users have linked, and theirs in turn: all who share a device share a home, or
 * it would have two truths. `owner` is about to be one of them.
 */
export function accountsOfOwners (tx: ReadTx, accountId: string, owner?: string): string[] {
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

interface Owners { accounts: string[], isWatched: boolean }

/** The kinds that depend on what else is at their home. */
const lookingAround = models.filter(looksAround).map(({ kind }) => kind)

function ownersOf (tx: ReadTx, accountId: string): Owners {
  const { ownersByAccount } = tx.memory.of(Homes)
  const known = ownersByAccount.get(accountId)
  if (known !== undefined) return known
  const accounts = accountsOfOwners(tx, accountId)
  const owners = { accounts, isWatched: tx.devices.haveKind(accounts, lookingAround) }
  ownersByAccount.set(accountId, owners)
  return owners
}

interface StoredDevice { device: DeviceRow, model: Device, state: Physical }

/** Where its home is: a car has one also while it is away. */
export function homePlaceOf ({ model: { home, place }, state }: Pick<StoredDevice, 'model' | 'state'>): Place {
  return (home ?? place)(state)
}

function storedOf (device: DeviceRow): StoredDevice {
  return { device, model: modelOf(device.kind), state: stateOf(device) }
}

/** Devices by home, the oldest first: each stands at one home, that of the oldest device near it which has founded one. */
function homesOf (homes: Homes, rows: readonly DeviceRow[]): Home[] {
  const groups: Array<{ place: Place, stored: StoredDevice[] }> = []
  for (const each of rows.map(storedOf)) {
    const place = homePlaceOf(each)
    const group = groups.find(group => isSamePlace(group.place, place))
    if (group === undefined) groups.push({ place, stored: [each] })
    else group.stored.push(each)
  }
  return groups.flatMap(({ stored }) => stored.some(({ model }) => looksAround(model)) ? [made(homes, stored)] : stored.map(each => made(homes, [each])))
}

function made (homes: Homes, stored: readonly StoredDevice[]): Home {
  const [first] = stored
  if (first === undefined) throw new Error('a home has a device')
  return {
    devices: stored.map(({ device }) => ({ id: device.id, seq: device.seq })),
    // Only what stays there always knows how people live there.
    place: homePlaceOf(stored.find(({ model }) => model.home === undefined) ?? first),
    members: stored.map(({ model, state }) => ({ model, state })),
    book: new EnergyBook(),
    broughtTo: undefined,
    seen: undefined,
    serial: ++homes.made
  }
}

function advanced ({ members, place }: Home, to: Millis, record?: Recorder): Member[] {
  const states = advanceHome(members, place, to, record)
  return members.map((member, i) => ({ model: member.model, state: states[i] ?? member.state }))
}
