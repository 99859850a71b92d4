import { notFound } from '../lib/problem.ts'
import { type AssetKind, type View } from '../devices/device.ts'
import { type AssetRow } from '../store/assets.ts'
import { type Page, type PageQuery } from '../store/pages.ts'
import { type ReadTx } from '../store/store.ts'
import { withImageUrls } from './image-urls.ts'

/** What people call a kind, in problems. */
const names: Record<AssetKind, string> = {
  vehicle: 'Vehicle', charger: 'Charger', hvac: 'HVAC', inverter: 'Inverter', battery: 'Battery', meter: 'Meter'
}

/** The JSON text of an asset as Enode last saw it. `baseUrl` is that of the images. */
export function viewAsset (tx: ReadTx, kind: AssetKind, id: string, baseUrl: string): Buffer {
  return tx.assets.kept(`${kind} ${id} ${baseUrl}`, () => {
    const view = tx.assets.view(id, kind)
    if (view === undefined) throw notFound(names[kind], id)
    return withImageUrls(view, baseUrl)
  })
}

/** The JSON text of a page of assets, of all users or of one. An unknown user has none. */
export function listAssets (tx: ReadTx, kind: AssetKind, query: PageQuery, baseUrl: string, userId?: string): Buffer {
  const key = JSON.stringify([kind, userId, baseUrl, query.after, query.before, query.pageSize])
  return tx.assets.kept(key, () => withImageUrls(pageText(userId === undefined ? tx.assets.page(query, kind) : tx.assets.pageOfUser(query, userId, kind)), baseUrl))
}

export function findAsset (tx: ReadTx, kind: AssetKind, id: string): AssetRow {
  const asset = tx.assets.get(id)
  if (asset === undefined || asset.is_linked === 0 || asset.kind !== kind) throw notFound(names[kind], id)
  return asset
}

/** Whether Enode knows that it cannot reach an asset: its last look was in vain, or the account's credentials do not work. */
export function isOutOfReach (tx: ReadTx, asset: AssetRow): boolean {
  return (JSON.parse(asset.view) as View).isReachable === false || tx.assets.withDevice(asset.id)?.isValid === false
}

function pageText ({ rows, pagination }: Page<{ view: string }>): string {
  return `{"data":[${rows.map(row => row.view).join(',')}],"pagination":${JSON.stringify(pagination)}}`
}
