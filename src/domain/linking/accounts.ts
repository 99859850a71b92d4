import { invalid, issuesUnder, notFound } from '../../lib/problem.ts'
import { type LifeWish } from '../../contract/mock-life.ts'
import { type AccountWish, type DeviceWish } from '../../contract/mock.ts'
import { type AccountView } from '../../contract/mock-answers.ts'
import { makes, vendorsByType, type AssetKind } from '../../contract/vendors.ts'
import { modelOf } from '../../devices/index.ts'
import { movedIfPossible } from '../../devices/place.ts'
import { type AccountRow } from '../../store/accounts.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { mergeOverrides } from '../interventions/overrides.ts'
import { announce } from '../tell/events.ts'
import { changeState, pullCable, placeFor, scheduleStoring } from '../truth/states.ts'
import { reviewSystems } from './systems.ts'
import { connectAccount, linkDevice, removeAsset } from './assets.ts'
import { allScopesFor, requireReadData } from './scopes.ts'
import { pollDevice, storeSights } from '../sight/polls.ts'
import { householdOf, lifeIn, neighboursOf, partWays, settleHousehold, welcome } from '../truth/households.ts'
import { timingOf } from '../truth/timing.ts'

/** Makes a virtual account with its devices, and links it if a user is named. */
export function createAccount (tx: Tx, wish: AccountWish): AccountView {
  const account = openAccount(tx, wish)
  const life = issuesUnder(['life'], () => wish.life && lifeIn(wish.life))
  welcome(tx, wish.devices.map((device, index) => makeDevice(tx, account, device, ['devices', index], wish.userId, life)))
  if (wish.userId !== undefined) connectAccount(tx, wish.userId, account, grantedBy(wish))
  return showAccount(tx, account.id)
}

/** Makes a virtual account that holds nothing yet, once what the user grants covers all that it is to hold. */
export function openAccount (tx: Tx, wish: AccountWish): AccountRow {
  if (wish.username !== undefined && tx.accounts.byUsername(wish.username) !== undefined) {
    throw invalid(`"username" ${wish.username} is taken by another account`, ['username'], 'any.unique')
  }
  if (wish.scopes !== undefined) requireReadData([...new Set(wish.devices.map(device => device.type))], wish.scopes)
  const id = tx.random.uuid()
  tx.accounts.insert({
    id,
    vendor: wish.vendor,
    username: wish.username ?? `${tx.random.hex(8)}@sandbox.enode.com`,
    password: wish.password ?? tx.random.hex(8),
    created_at: tx.now
  })
  return findAccount(tx, id)
}

/** What the user of an account grants. */
export function grantedBy ({ scopes, devices }: AccountWish): string[] {
  return scopes === undefined ? allScopesFor(devices.map(device => device.type)) : [...new Set(scopes)]
}

export function findAccount (tx: ReadTx, id: string): AccountRow {
  const account = tx.accounts.get(id)
  if (account === undefined) throw notFound('Account', id)
  return account
}

export function showAccount (tx: ReadTx, id: string): AccountView {
  const account = findAccount(tx, id)
  return {
    id,
    vendor: account.vendor,
    username: account.username,
    password: account.password,
    isValid: account.is_valid === 1,
    userIds: tx.connections.byAccount(id).map(connection => connection.user_id),
    devices: tx.devices.byAccount(id).map(device => ({ id: device.id, type: device.kind }))
  }
}

export function listAccounts (tx: ReadTx): AccountView[] {
  return tx.accounts.list().map(account => showAccount(tx, account.id))
}

/** Takes an account out of the world, with its devices and every asset that came of them. */
export function deleteAccount (tx: Tx, id: string): void {
  findAccount(tx, id)
  removeDevices(tx, tx.devices.byAccount(id))
  for (const connection of tx.connections.byAccount(id)) tx.connections.delete(id, connection.user_id)
  tx.accounts.delete(id)
}

/** A device appears in an account, and with it an asset for every user who linked the account. */
export function addDevice (tx: Tx, accountId: string, wish: DeviceWish): { id: string, type: AssetKind } {
  const id = makeDevice(tx, findAccount(tx, accountId), wish, [])
  welcome(tx, [id])
  const device = tx.devices.get(id)
  for (const connection of tx.connections.byAccount(accountId)) {
    if (device === undefined) continue
    linkDevice(tx, connection.user_id, device, fromJson(connection.scopes))
    reviewSystems(tx, connection.user_id)
  }
  return { id, type: wish.type }
}

/** A device disappears from its account; its assets are announced as deleted. */
export function removeDevice (tx: Tx, id: string): void {
  const device = tx.devices.get(id)
  if (device === undefined) throw notFound('Device', id)
  removeDevices(tx, [device])
}

/** Whoever is left at their homes makes do with the chargers that are left. */
function removeDevices (tx: Tx, devices: readonly DeviceRow[]): void {
  const gone = new Set(devices.map(({ id }) => id))
  const left = neighboursOf(tx, devices).filter(({ id }) => !gone.has(id))
  for (const { id } of devices) takeAway(tx, id)
  const settled = new Set<string>()
  for (const { id } of left) {
    const device = tx.devices.get(id)
    if (device === undefined || settled.has(id)) continue
    for (const each of householdOf(tx, device)) settled.add(each.id)
    settleHousehold(tx, device)
  }
}

function takeAway (tx: Tx, id: string): void {
  const device = tx.devices.get(id)
  if (device === undefined) return
  const partner = pullCable(tx, device)
  partWays(tx, findMade(tx, id))
  const assets = tx.assets.ofDevice(id)
  for (const asset of assets) removeAsset(tx, asset)
  tx.devices.delete(id)
  tx.energy.delete(device.seq)
  tx.trips.delete(device.seq)
  tx.timers.cancel('device.keep', id)
  for (const asset of assets) reviewSystems(tx, asset.user_id)
  if (partner !== undefined) pollDevice(tx, partner.id)
}

/** The vendor no longer accepts the credentials, which shows when Enode looks: assets stay and cannot be reached, and each user's connection is announced as broken. */
export function invalidateAccount (tx: Tx, id: string): void {
  const account = findAccount(tx, id)
  if (account.is_valid === 0) return
  for (const device of tx.devices.byAccount(id)) storeSights(tx, device.id)
  tx.accounts.setValid(id, false)
  for (const connection of tx.connections.byAccount(id)) {
    announce(tx, { event: 'user:credentials:invalidated', userId: connection.user_id, object: ['vendor', JSON.stringify(account.vendor)] })
  }
  for (const device of tx.devices.byAccount(id)) pollDevice(tx, device.id)
}

function findMade (tx: Tx, id: string): DeviceRow {
  const device = tx.devices.get(id)
  if (device === undefined) throw new Error(`device ${id} was not stored`)
  return device
}

/** Makes a device that nobody has linked yet; `owner` has linked the account or is about to; `life` is how people live where it stands, if that is told. Answers its id. */
export function makeDevice (tx: Tx, account: AccountRow, wish: DeviceWish, path: Array<string | number>, owner?: string, life?: LifeWish): string {
  if (!makes(account.vendor, wish.type)) {
    throw invalid(`${account.vendor} makes no ${wish.type}: use one of ${vendorsByType[wish.type].join(', ')}`, [...path, 'type'], 'any.only')
  }
  const model = modelOf(wish.type)
  const id = tx.random.uuid()
  const home = placeFor(tx, account, owner)
  const place = movedIfPossible(life === undefined ? home : { ...home, life }, wish.state ?? {})
  // A model that stands among the facts is the same wish.
  const named = wish.model ?? (typeof wish.state?.model === 'string' ? wish.state.model : undefined)
  const made = model.make(tx.random, account.vendor, tx.now, place, named, wish.state)
  const changes = { ...wish.state, ...(wish.displayName === undefined ? {} : { displayName: wish.displayName }) }
  tx.devices.insert({
    id,
    account_id: account.id,
    kind: wish.type,
    vendor: account.vendor,
    recorded_from: tx.now,
    state: JSON.stringify(made),
    overrides: JSON.stringify(issuesUnder(path, () => mergeOverrides(account.vendor, wish.type, {}, wish.capabilities ?? {})))
  })
  scheduleStoring(tx, id)
  issuesUnder(path, () => { changeState(tx, findMade(tx, id), model.change(made, changes, { rampMs: timingOf(tx).ramp, isNew: true })) })
  return id
}
