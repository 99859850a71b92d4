import { invalid, issueAt, issuesUnder } from '../../lib/problem.ts'
import { addDuration, type Millis } from '../../lib/time.ts'
import { type LifeChoice, type LifeWish } from '../../contract/mock-life.ts'
import { type FixtureAccount, type FixtureDevice } from '../../contract/mock.ts'
import { scheduledKinds } from '../../contract/smart-charging.ts'
import { modelOf } from '../../devices/index.ts'
import { type AccountRow } from '../../store/accounts.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type AssetKind, assetKinds } from '../../contract/vendors.ts'
import { updatePolicy } from '../control/policy.ts'
import { grantedBy, invalidateAccount, makeDevice, openAccount } from '../linking/accounts.ts'
import { changeDevice, findDevice } from './devices.ts'
import { changeState, currentState } from '../truth/states.ts'
import { connectAccount } from '../linking/assets.ts'
import { assignLocation } from '../places/locations.ts'
import { fallSilent, pollDevice } from '../sight/polls.ts'
import { createSchedule } from '../control/schedules.ts'
import { lifeIn, welcome } from '../truth/households.ts'
import { timingOf } from '../truth/timing.ts'
import { isOfKind } from '../truth/rows.ts'

/** Devices of a fixture at most: more would keep a server from answering for many seconds. */
const mostDevices = 20_000

/** How people live at locations, by the ids of those. */
export type Lives = Map<string, LifeWish>

/** An account that was made, and who links it: undefined when nobody does. */
interface Opened {
  account: AccountRow
  userId: string | undefined
  grants: readonly string[]
  isValid: boolean
  devices: Made[]
}

/** A device that was made, and where the fixture tells of it. */
interface Made {
  wish: FixtureDevice
  path: Array<string | number>
  device: DeviceRow
  userId: string | undefined
}

/** Makes accounts with their devices. Those are linked once all of them stand where they stand, so that the first that is seen of a home is whole. */
export function fillAccounts (tx: Tx, accounts: readonly FixtureAccount[], lives: Lives): void {
  const size = accounts.reduce((sum, { count = 1, devices }) => sum + count * devices.reduce((sum, { count = 1 }) => sum + count, 0), 0)
  if (size > mostDevices) throw invalid(`The fixture has ${size} devices, and ${mostDevices} are possible: lower a "count"`, [], 'array.max')

  const opened = accounts.flatMap((account, i) => makeAccounts(tx, account, i, lives))
  const made = opened.flatMap(({ devices }) => devices)
  const byName = namesOf(made)
  for (const each of made) issueAt(each.path, () => { plugIn(tx, each, byName) })
  for (const { account, userId, grants } of opened) if (userId !== undefined) connectAccount(tx, userId, account, grants)
  // Only now do both ends of a cable have an id to tell.
  for (const { wish, device } of made) if (wish.pluggedInto !== undefined) pollDevice(tx, device.id)
  for (const each of made) issueAt(each.path, () => { complete(tx, each) })
  for (const { account, isValid } of opened) if (!isValid) invalidateAccount(tx, account.id)
}

/** The text for each of so many, with its number, from 1, in the place of `{n}`. */
export function numbered (text: string, count = 1): string[] {
  return Array.from({ length: count }, (_, i) => text.replaceAll('{n}', String(i + 1)))
}

export function locationNamed (tx: ReadTx, userId: string, name: string): LocationRow | undefined {
  return tx.locations.ofUser(userId).find(location => location.name === name)
}

function makeAccounts (tx: Tx, wish: FixtureAccount, index: number, lives: Lives): Opened[] {
  const { username, isValid = true, ...rest } = wish
  const users = numbered(wish.userId ?? '', wish.count)
  const names = numbered(username ?? '', wish.count)
  const grants = grantedBy(wish)
  const life = wish.life === undefined ? undefined : issuesUnder([index, 'life'], () => lifeIn(wish.life as LifeChoice))
  return users.map((user, n) => {
    const userId = wish.userId === undefined ? undefined : user
    const account = issueAt([index], () => openAccount(tx, { ...rest, ...(username !== undefined && { username: names[n] ?? username }) }))
    // Without a device yet: from now on it is known whose they are, and with it where they stand.
    if (userId !== undefined) connectAccount(tx, userId, account, grants)
    const devices = wish.devices.flatMap((device, j) => {
      const path = [index, 'devices', j]
      const location = device.location === undefined ? undefined : issueAt(path, () => findLocation(tx, userId, device.location as string))
      const state = issueAt(path, () => stateAt(device, location))
      return numbered('', device.count).map(() => {
        const id = issueAt(path, () => makeDevice(tx, account, { ...device, state }, [], userId, location === undefined ? life : lives.get(location.id) ?? life))
        return { wish: device, path, device: findDevice(tx, id), userId }
      })
    })
    welcome(tx, devices.map(({ device }) => device.id))
    return { account, userId, grants, isValid, devices }
  })
}

/** Physical facts of a device, with those that follow from its location. */
function stateAt ({ state = {} }: FixtureDevice, location: LocationRow | undefined): Record<string, unknown> {
  if (location === undefined) return state
  const { latitude, longitude } = location
  const other = ['latitude', 'longitude'].find(key => key in state)
  if (other !== undefined) throw invalid(`"state.${other}" cannot be given with "location", which says where it stands: take one away`, ['state', other], 'object.oxor')
  return { ...state, latitude, longitude }
}

function findLocation (tx: ReadTx, userId: string | undefined, name: string): LocationRow {
  if (userId === undefined) throw needsUser('location')
  const location = locationNamed(tx, userId, name)
  if (location !== undefined) return location
  const names = tx.locations.ofUser(userId).map(({ name }) => name)
  throw invalid(`"location" ${name} is no location of user ${userId}: ${names.length === 0 ? 'tell of it under "users"' : `use one of ${names.join(', ')}`}`, ['location'], 'any.only')
}

function needsUser (key: string): Error {
  return invalid(`"${key}" needs a user: give the account a "userId"`, [key], 'object.with')
}

/** Names are those of one user or, where nobody has linked it, of one account. */
function keyOf ({ userId, device }: Made, name: string): string {
  return JSON.stringify([userId ?? null, userId === undefined ? device.account_id : null, name])
}

function namesOf (made: readonly Made[]): Map<string, DeviceRow> {
  const byName = new Map<string, DeviceRow>()
  for (const each of made) {
    const { name } = each.wish
    if (name === undefined) continue
    const key = keyOf(each, name)
    if (byName.has(key)) throw invalid(`"name" ${name} is that of another device of the same user: choose another, and give no "count" to what has a name`, [...each.path, 'name'], 'any.unique')
    byName.set(key, each.device)
  }
  return byName
}

function plugIn (tx: Tx, made: Made, byName: ReadonlyMap<string, DeviceRow>): void {
  const { wish, device } = made
  if (wish.pluggedInto === undefined) return
  // It may be on the cable of another vehicle already, and so have changed since it was made.
  const now = findDevice(tx, device.id)
  if (now.kind !== 'vehicle') throw invalid(`"pluggedInto" belongs to a vehicle and not to a ${device.kind}`, ['pluggedInto'], 'any.only')
  const charger = byName.get(keyOf(made, wish.pluggedInto))
  if (charger?.kind !== 'charger') throw invalid(`"pluggedInto" ${wish.pluggedInto} must be the "name" of a charger of the same user`, ['pluggedInto'], 'any.only')
  changeState(tx, now, modelOf('vehicle').change(currentState(tx, now), { ...cableFactsOf(wish.state), pluggedInChargerId: charger.id }, { rampMs: timingOf(tx).ramp, isNew: true }))
}

/** What a state tells of the cable: it holds for what the vehicle is plugged into, too. */
function cableFactsOf (state: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([key]) => ['powerDeliveryState', 'isPluggedIn', 'isCharging'].includes(key)))
}

/** What can be said of a device only once it is linked. */
function complete (tx: Tx, { wish, device, userId }: Made): void {
  const { location, schedules = [], smartChargingPolicy: policy, isReachable, silentFor } = wish
  const id = userId === undefined ? undefined : tx.assets.ofDeviceAndUser(device.id, userId)?.id
  const asset = <K extends AssetKind>(key: keyof FixtureDevice, ...kinds: readonly K[]): Extract<AssetRow, { kind: K }> => {
    if (!isOfKind(device, ...kinds)) throw invalid(`"${key}" belongs to a ${kinds.join(' or a ')} and not to a ${device.kind}`, [key], 'any.only')
    // Read anew each time, since what came before has changed it.
    const asset = id === undefined ? undefined : tx.assets.get(id)
    if (asset === undefined || !isOfKind(asset, ...kinds)) throw needsUser(key)
    return asset
  }
  if (location !== undefined && !modelOf(device.kind).tellsPosition) assignLocation(tx, asset('location', ...assetKinds), findLocation(tx, userId, location).id)
  if (policy !== undefined) {
    const vehicle = asset('smartChargingPolicy', 'vehicle')
    issueAt(['smartChargingPolicy'], () => updatePolicy(tx, vehicle, policy))
  }
  for (const [i, { location, ...rest }] of schedules.entries()) {
    const { id: targetId, kind, user_id: user } = asset('schedules', ...scheduledKinds)
    issueAt(['schedules', i], () => {
      const locationId = location === null ? null : findLocation(tx, user, location).id
      return createSchedule(tx, user, { ...rest, targetId, targetType: kind, locationId })
    })
  }
  if (isReachable === false) changeDevice(tx, device.id, { isReachable })
  if (silentFor !== undefined) fallSilent(tx, asset('silentFor', ...assetKinds), before(tx.now, silentFor))
}

function before (now: Millis, duration: string): Millis {
  const then = addDuration(now, `-${duration}`)
  if (then === undefined || then > now) throw invalid('"silentFor" must be an ISO 8601 duration, such as PT1H or P8D', ['silentFor'], 'string.duration')
  return then
}
