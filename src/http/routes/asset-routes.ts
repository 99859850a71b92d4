import { type TSchema } from '@sinclair/typebox'
import { cancelAction, findAction, showAction } from '../../domain/control/actions.ts'
import { listAssets, viewAsset } from '../../domain/sight/assets.ts'
import { findAsset } from '../../domain/sight/find.ts'
import { hintRefresh } from '../../domain/sight/polls.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { ActionParams, problems, refreshHinted } from './schemas.ts'
import { idOf, paramsOf, type Described, type Section } from './section-routes.ts'

/** What the operations of one kind of asset have in common. */
interface AssetParts extends Omit<Section, 'page' | 'show'> {
  kind: AssetKind
  /** Every action that the kind has; left out where it has none. */
  action?: TSchema
}
type AssetSection = AssetParts & Section

/** A section of assets, whose pages and views are stored as text. */
export function assetSection<Parts extends AssetParts> (parts: Parts): Parts & Section {
  return {
    ...parts,
    page: (tx, query, userId, baseUrl) => listAssets(tx, parts.kind, query, baseUrl, userId),
    show: (tx, id, baseUrl) => viewAsset(tx, parts.kind, id, baseUrl)
  }
}

/** `POST /vehicles/{vehicleId}/refresh-hint` and its like. */
export function refreshHintRoute (app: App, path: string, section: AssetSection, described: Described): void {
  const response = { 204: refreshHinted, ...problems(400, 401, 404) }
  app.post(path, { schema: { ...described, tags: section.tags, params: paramsOf(section), response } }, (request, reply) => {
    request.store.write(tx => { hintRefresh(tx, findAsset(tx, section.kind, idOf(request, section))) })
    reply.code(204)
    return null
  })
}

/** `GET /vehicles/actions/{actionId}` and its like. */
export function getActionRoute (app: App, path: string, section: AssetSection & { action: TSchema }, described: Described): void {
  const response = { 200: Ref(section.action), ...problems(400, 401, 404) }
  app.get(path, { schema: { ...described, tags: section.tags, params: ActionParams, response } }, request =>
    request.store.read(tx => showAction(findAction(tx, section.kind, request.params.actionId))))
}

/** `POST /vehicles/actions/{actionId}/cancel` and its like: a settled action is a 409 that shows it. */
export function cancelActionRoute (app: App, path: string, section: AssetSection & { action: TSchema }, described: Described): void {
  const response = { 200: Ref(section.action), 409: Ref(section.action), ...problems(400, 401, 404) }
  app.post(path, { schema: { ...described, tags: section.tags, params: ActionParams, response } }, (request, reply) => {
    const { wasPending, action } = request.store.write(tx => cancelAction(tx, section.kind, request.params.actionId))
    return reply.code(wasPending ? 200 : 409).send(action)
  })
}
