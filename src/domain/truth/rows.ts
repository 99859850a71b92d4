import { fromJson } from '../../lib/json.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type States, type Views } from '../../devices/kinds.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'

/** States that were parsed, by their rows. */
const parsedStates = new WeakMap<DeviceRow, States[AssetKind]>()

/** The state of a device as it was stored, which is one of its kind, and is not to be changed; `currentState` computes what it is now. */
export function stateOf<D extends DeviceRow> (device: D): States[D['kind']] {
  let state = parsedStates.get(device)
  if (state === undefined) parsedStates.set(device, state = fromJson<States[AssetKind]>(device.state))
  return state as States[D['kind']]
}

/** Views that were parsed, by their rows, none of which ever changes: whatever happens to an asset asks for its view several times over. */
const parsed = new WeakMap<AssetRow, Readonly<Views[AssetKind]>>()

/** The view of an asset as it was stored, which is one of its kind, and is not to be changed; `seenView` has what is shown now. */
export function viewOf<A extends AssetRow> (asset: A): Readonly<Views[A['kind']]> {
  let view = parsed.get(asset)
  if (view === undefined) parsed.set(asset, view = fromJson<Views[AssetKind]>(asset.view))
  return view as Readonly<Views[A['kind']]>
}

/** Whether a row is one of some kinds. */
export function isOfKind<R extends { kind: AssetKind }, K extends AssetKind> (row: R, ...kinds: readonly K[]): row is Extract<R, { kind: K }> {
  const known: readonly AssetKind[] = kinds
  return known.includes(row.kind)
}

/** The device of an asset, which is of the same kind. */
export function deviceBehind<K extends AssetKind> (tx: ReadTx, asset: { id: string, device_id: string, kind: K }): Extract<DeviceRow, { kind: K }> {
  const device = tx.devices.get(asset.device_id)
  if (device === undefined || !isOfKind(device, asset.kind)) throw new Error(`asset ${asset.id} has no device`)
  return device
}

/** An asset with its device, and whether the account still accepts its credentials: what a look needs. */
export function withDevice (tx: ReadTx, id: string): { asset: AssetRow, device: DeviceRow, isValid: boolean } | undefined {
  const asset = tx.assets.get(id)
  const device = asset && tx.devices.get(asset.device_id)
  return asset && device && { asset, device, isValid: tx.accounts.get(device.account_id)?.is_valid === 1 }
}
