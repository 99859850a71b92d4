import { notFound, userNotFound } from '../../lib/problem.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type ReadTx } from '../../store/store.ts'
import { type UserRow } from '../../store/users.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { isOfKind } from '../truth/rows.ts'

/** What people call a kind, in problems. */
const names: Record<AssetKind, string> = {
  vehicle: 'Vehicle', charger: 'Charger', hvac: 'HVAC', inverter: 'Inverter', battery: 'Battery', meter: 'Meter'
}

export function findAsset<K extends AssetKind> (tx: ReadTx, kind: K, id: string): Extract<AssetRow, { kind: K }> {
  const asset = tx.assets.get(id)
  if (asset === undefined || asset.is_linked === 0 || !isOfKind(asset, kind)) throw notFound(names[kind], id)
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
