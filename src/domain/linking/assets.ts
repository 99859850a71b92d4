import { badRequest } from '../../lib/problem.ts'
import { iso } from '../../lib/time.ts'
import { longestUserId } from '../../contract/user.ts'
import { type View } from '../../devices/device.ts'
import { modelOf } from '../../devices/index.ts'
import { type AccountRow } from '../../store/accounts.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { abandonPending } from '../control/actions.ts'
import { announce } from '../tell/events.ts'
import { reviewSystems } from './systems.ts'
import { settleHousehold } from '../truth/households.ts'
import { dwellingOf, forgetPast, storeHomes } from '../truth/states.ts'
import { ignoreStatistics, watchStatistics } from '../statistics/inverter.ts'
import { freshView } from '../sight/seen.ts'
import { currentAsset, endLooks, pollAsset, pollDevice, pollPartner } from '../sight/polls.ts'
import { controlBySchedule, forgetSchedules } from '../control/scheduling/execution.ts'
import { scopesFor, typesIn } from './scopes.ts'
import { yieldSmartCharging } from '../control/smart-charging/policy.ts'
import { leaveSmartCharging } from '../control/smart-charging/status.ts'
import { noteStay } from '../sight/stays.ts'
import { deviceBehind, putView } from '../truth/rows.ts'

/** The user, made if it is unknown. */
export function ensureUser (tx: Tx, userId: string): void {
  // The number of each can make it longer, where a fixture makes many.
  if (userId.length > longestUserId) throw badRequest(`a user id has at most ${longestUserId} characters`)
  if (tx.users.get(userId) === undefined) tx.users.insert(userId, tx.now)
}

/** Links an account to a user: every device of it within the scopes becomes an asset, and what was one before is again. */
export function connectAccount (tx: Tx, userId: string, account: AccountRow, scopes: readonly string[]): void {
  ensureUser(tx, userId)
  if (account.is_valid === 0) {
    tx.accounts.setValid(account.id, true)
    for (const device of tx.devices.byAccount(account.id)) pollDevice(tx, device.id)
  }
  // What was granted before for other types of asset stays granted.
  const types = typesIn(scopes)
  const before = fromJson(tx.connections.get(account.id, userId)?.scopes ?? '[]')
  const granted = [...scopesFor(typesIn(before).filter(type => !types.includes(type)), before), ...scopes]
  // Two homes become one from now on, not before.
  storeHomes(tx, account.id)
  const [other] = tx.connections.byUser(userId)
  if (other !== undefined) storeHomes(tx, other.account_id)
  tx.connections.put({ account_id: account.id, user_id: userId, scopes: JSON.stringify(granted), created_at: tx.now })
  // What another account brings to a home, such as a charger, is used by who lives there.
  const [joined] = tx.connections.byUser(userId).length > 1 ? tx.devices.byAccount(account.id) : []
  if (joined !== undefined && dwellingOf(joined).life !== undefined) settleHousehold(tx, joined)
  for (const device of tx.devices.byAccount(account.id)) {
    if (types.includes(device.kind)) linkDevice(tx, userId, device, granted)
  }
  reviewSystems(tx, userId)
}

/** Makes a device an asset of a user, if the scopes cover its kind. */
export function linkDevice (tx: Tx, userId: string, device: DeviceRow, scopes: readonly string[]): void {
  if (!scopes.includes(`${device.kind}:read:data`)) return
  const granted = JSON.stringify(scopesFor([device.kind], scopes))
  const known = tx.assets.ofDeviceAndUser(device.id, userId)
  if (known !== undefined) {
    if (known.is_linked === 0) yieldSmartCharging(tx, known)
    else currentAsset(tx, known.id)
    tx.assets.setLink(known.id, true, granted)
    noteStay(tx, known.id)
    if (known.is_linked === 0) discover(tx, known.id)
    else pollAsset(tx, known.id)
    return
  }
  // The first user's asset has the id of the device, so that one id serves the API and the control API alike.
  const id = tx.assets.get(device.id) === undefined ? device.id : tx.random.uuid()
  tx.assets.insert({
    id, device_id: device.id, user_id: userId, kind: device.kind, vendor: device.vendor, scopes: granted, is_linked: 1, created_at: tx.now, location_id: null, view: '{}'
  })
  noteStay(tx, id)
  discover(tx, id)
}

/** Announces an asset with what is known at first, its information, and then looks at the rest of it. */
function discover (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  if (asset === undefined) throw new Error(`asset ${assetId} is gone`)
  const device = deviceBehind(tx, asset)
  const model = modelOf(device.kind)
  const view: View = { ...model.discovered(freshView(tx, asset, device)), lastSeen: iso(tx.now) }
  const text = JSON.stringify(view)
  putView(tx, asset.id, view, text)
  announce(tx, { event: `user:${asset.kind}:discovered`, userId: asset.user_id, object: [asset.kind, text] })
  pollAsset(tx, asset.id)
  pollPartner(tx, device.id)
  if (asset.kind === 'inverter') watchStatistics(tx, asset)
}

/** Ends what Enode does with an asset: no action, no poll, and the last that was seen of it goes out as deleted. */
export function unlinkAsset (tx: Tx, { id }: AssetRow): void {
  const asset = currentAsset(tx, id)
  if (asset === undefined) return
  abandonPending(tx, asset.id)
  if (asset.kind === 'vehicle') leaveSmartCharging(tx, asset)
  endLooks(tx, asset.id)
  ignoreStatistics(tx, asset.id)
  const view: string = tx.assets.get(asset.id)?.view ?? asset.view
  tx.assets.setLink(asset.id, false, asset.scopes)
  noteStay(tx, asset.id)
  announce(tx, { event: `user:${asset.kind}:deleted`, userId: asset.user_id, object: [asset.kind, view] })
  pollPartner(tx, asset.device_id)
  controlBySchedule(tx, { ...asset, view, is_linked: 0 })
}

/** Takes an asset away with all that is stored of it; one that is linked is announced as deleted first. */
export function removeAsset (tx: Tx, asset: AssetRow): void {
  forgetSchedules(tx, asset.id)
  if (asset.is_linked === 1) unlinkAsset(tx, asset)
  tx.smartCharging.delete(asset.id)
  tx.smartPlans.delete(asset.id)
  tx.smartOverrides.delete(asset.id)
  tx.stays.delete(asset.id)
  tx.assets.delete(asset.id)
  const device = tx.devices.get(asset.device_id)
  if (device !== undefined && tx.assets.ofDevice(device.id).length === 0) forgetPast(tx, device)
}
