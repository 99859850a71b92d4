import { modelOf } from '../../devices/index.ts'
import { notFound, userNotFound } from '../../lib/problem.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type ReadTx } from '../../store/store.ts'
import { type UserRow } from '../../store/users.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { isOfKind } from '../truth/rows.ts'

export function findAsset<K extends AssetKind> (tx: ReadTx, kind: K, id: string): Extract<AssetRow, { kind: K }> {
  const asset = tx.assets.get(id)
  if (asset === undefined || asset.is_linked === 0 || !isOfKind(asset, kind)) throw notFound(modelOf(kind).name, id)
  return asset
}

export function findUser (tx: ReadTx, id: string): UserRow {
  const user = tx.users.get(id)
  if (user === undefined) throw userNotFound(id)
  return user
}

export function findLocation (tx: ReadTx, id: string): LocationRow {
  const location = tx.locations.get(id)
  if (location === undefined) throw notFound('Location', id)
  return location
}

/** As `findAsset`, and another user's is not found either. */
export function findAssetOf (tx: ReadTx, userId: string, kind: AssetKind, id: string): AssetRow {
  const asset = findAsset(tx, kind, id)
  if (asset.user_id !== userId) throw notFound(modelOf(kind).name, `${id} among those of user ${userId}`)
  return asset
}

/** As `findLocation`, and another user's is not found either. */
export function findLocationOf (tx: ReadTx, userId: string, id: string): LocationRow {
  const location = findLocation(tx, id)
  if (location.user_id !== userId) throw notFound('Location', `${id} among those of user ${userId}`)
  return location
}

export function findSystem (tx: ReadTx, id: string): HemSystemRow {
  const system = tx.hemSystems.get(id)
  if (system === undefined || system.is_linked === 0) throw notFound('HEM system', id)
  return system
}
