import { type AssetRow } from '../../store/assets.ts'
import { type PageQuery } from '../../store/pages.ts'
import { type ReadTx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { withImageUrls } from '../tell/image-urls.ts'
import { findAsset } from './find.ts'
import { seenView, sightOf } from './seen.ts'

/** The JSON text of an asset as of the last look. `baseUrl` is that of the images. */
export function viewAsset (tx: ReadTx, kind: AssetKind, id: string, baseUrl: string): Buffer {
  return tx.assets.remembered(`${kind} ${id} ${baseUrl}`, tx.now, () => {
    const { text, until } = sightOf(tx, findAsset(tx, kind, id))
    return { text: withImageUrls(text, baseUrl), until }
  })
}

/** The JSON text of a page of assets, of all users or of one. An unknown user has none. */
export function listAssets (tx: ReadTx, kind: AssetKind, query: PageQuery, baseUrl: string, userId?: string): Buffer {
  const key = JSON.stringify([kind, userId, baseUrl, query.after, query.before, query.pageSize])
  return tx.assets.remembered(key, tx.now, () => {
    const { rows, pagination } = userId === undefined ? tx.assets.page(query, kind) : tx.assets.pageOfUser(query, userId, kind)
    const sights = rows.map(({ id }) => sightOf(tx, findAsset(tx, kind, id)))
    const text = `{"data":[${sights.map(({ text }) => text).join(',')}],"pagination":${JSON.stringify(pagination)}}`
    return { text: withImageUrls(text, baseUrl), until: Math.min(...sights.map(({ until }) => until)) }
  })
}

/** Whether Enode knows that it cannot reach an asset: its last look was in vain. */
export function isOutOfReach (tx: ReadTx, asset: AssetRow): boolean {
  return seenView(tx, asset).isReachable === false
}
