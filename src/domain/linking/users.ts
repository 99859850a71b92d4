import { notFound } from '../../lib/problem.ts'
import { iso } from '../../lib/time.ts'
import { pageOf, type Listed, type PageQuery } from '../../contract/pagination.ts'
import { type User, type UserDetails } from '../../contract/user.ts'
import { type AssetKind, assetKinds, makes } from '../../contract/vendors.ts'
import { type AccountRow } from '../../store/accounts.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { findUser } from '../sight/find.ts'
import { reviewSystems } from './systems.ts'
import { storeHomes } from '../truth/states.ts'
import { removeAsset, unlinkAsset } from './assets.ts'
import { forgetSchedules } from '../control/scheduling/execution.ts'

export function listUsers (tx: ReadTx, query: PageQuery): Listed<User> {
  return pageOf(tx.users.page(query), row => ({ id: row.id, createdAt: iso(row.created_at), scopes: grantedScopes(tx, row.id) }))
}

/** The user with the accounts that are linked: one entry for each vendor and type of asset. */
export function showUser (tx: ReadTx, id: string): UserDetails {
  findUser(tx, id)
  const entries = new Map<string, UserDetails['linkedVendors'][number]>()
  for (const { account_id: accountId, scopes } of tx.connections.byUser(id)) {
    const account = tx.accounts.get(accountId)
    if (account === undefined) continue
    for (const vendorType of typesLinked(tx, id, account, scopes)) {
      const key = `${account.vendor} ${vendorType}`
      const isValid = account.is_valid === 1 && (entries.get(key)?.isValid ?? true)
      entries.set(key, { vendor: account.vendor, vendorType, isValid })
    }
  }
  return { id, linkedVendors: [...entries.values()] }
}

/** The types of the account's assets or, if it has none left, those that the vendor makes and the user granted. */
function typesLinked (tx: ReadTx, userId: string, account: AccountRow, scopes: string): AssetKind[] {
  const kinds = new Set(tx.devices.byAccount(account.id).filter(device => tx.assets.ofDeviceAndUser(device.id, userId)?.is_linked === 1).map(device => device.kind))
  return assetKinds.filter(type => kinds.size > 0 ? kinds.has(type) : makes(account.vendor, type) && scopes.includes(`"${type}:`))
}

/** Ends what connects a user to a vendor: its assets go, with all that is stored of them. With a type, only those of that type. */
export function disconnectVendor (tx: Tx, id: string, vendor: string, vendorType?: string): void {
  findUser(tx, id)
  const connections = tx.connections.byUser(id).filter(connection => tx.accounts.get(connection.account_id)?.vendor === vendor)
  const assets = tx.assets.ofUser(id).filter(asset => asset.vendor === vendor && (vendorType === undefined || asset.kind === vendorType))
  if (vendorType === undefined ? connections.length + assets.length === 0 : assets.length === 0) {
    throw notFound('Vendor', `${vendor}${vendorType === undefined ? '' : ` ${vendorType}`} among those that user ${id} has linked`)
  }
  for (const asset of assets) removeAsset(tx, asset)
  const remains = tx.assets.ofUser(id).filter(asset => asset.vendor === vendor && asset.is_linked === 1)
  for (const connection of connections) {
    storeHomes(tx, connection.account_id)
    const isStillUsed = remains.some(asset => tx.devices.get(asset.device_id)?.account_id === connection.account_id)
    // A device of the type that appears later must not become an asset again.
    const scopes = fromJson(connection.scopes).filter(scope => !scope.startsWith(`${String(vendorType)}:`))
    if (isStillUsed) tx.connections.put({ ...connection, scopes: JSON.stringify(scopes) })
    else tx.connections.delete(connection.account_id, id)
  }
  reviewSystems(tx, id)
}

/** Forgets a user's credentials and link sessions. The rest is retained, so that linking again finds everything as it was. */
export function deauthorizeUser (tx: Tx, id: string): void {
  findUser(tx, id)
  for (const asset of tx.assets.ofUser(id)) {
    if (asset.is_linked === 1) unlinkAsset(tx, asset)
  }
  for (const connection of tx.connections.byUser(id)) {
    storeHomes(tx, connection.account_id)
    tx.connections.delete(connection.account_id, id)
  }
  tx.linkSessions.deleteOfUser(id)
  reviewSystems(tx, id)
}

/** Deletes a user and all that is stored of it; its assets are announced as deleted first. */
export function deleteUser (tx: Tx, id: string): void {
  for (const asset of tx.assets.ofUser(id)) forgetSchedules(tx, asset.id)
  deauthorizeUser(tx, id)
  for (const asset of tx.assets.ofUser(id)) removeAsset(tx, asset)
  reviewSystems(tx, id)
  tx.actions.deleteOfUser(id)
  tx.locations.deleteOfUser(id)
  tx.users.delete(id)
}

function grantedScopes (tx: ReadTx, userId: string): string[] {
  return [...new Set(tx.connections.byUser(userId).flatMap(connection => fromJson(connection.scopes)))]
}
