import { Parsed } from '../../lib/json.ts'
import { type View } from '../../devices/device.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type States, type Views } from '../../devices/kinds.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type Millis } from '../../lib/time.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'

const states = new Parsed<DeviceRow, States[AssetKind]>(device => device.state)

/** The state of a device as it was stored, which is one of its kind, and is not to be changed; `currentState` computes what it is now. */
export function stateOf<D extends DeviceRow> (device: D): States[D['kind']] {
  return states.of(device) as States[D['kind']]
}

/** Whatever happens to an asset asks for its view several times over. */
const views = new Parsed<AssetRow, Readonly<Views[AssetKind]>>(asset => asset.view)

/** The view of an asset as it was stored, which is one of its kind, and is not to be changed; `seenView` has what is shown now. */
export function viewOf<A extends AssetRow> (asset: A): Readonly<Views[A['kind']]> {
  return views.of(asset) as Readonly<Views[A['kind']]>
}

/** Stores what was seen of an asset, which stands in its row as a text; `toldAt` is the moment at which an event tells it. */
export function putView (tx: Tx, id: string, view: View, text: string, toldAt?: Millis): void {
  if (toldAt === undefined) tx.assets.setView(id, text)
  else tx.assets.setTold(id, text, toldAt)
  views.put(tx.assets.get(id), view as Views[AssetKind])
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
