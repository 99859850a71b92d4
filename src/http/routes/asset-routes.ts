import { Type, type TSchema } from '@sinclair/typebox'
import { PageQuery } from '../../contract/pagination.ts'
import { cancelAction, findAction, showAction } from '../../domain/control/actions.ts'
import { listAssets, viewAsset } from '../../domain/sight/assets.ts'
import { findAsset } from '../../domain/sight/find.ts'
import { hintRefresh } from '../../domain/sight/polls.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { json } from './answers.ts'
import { ActionParams, problems, refreshHinted, UserParams } from './schemas.ts'

/** What the operations of one kind of asset have in common. */
export interface AssetSection {
  kind: AssetKind
  tags: string[]
  /** Name of the path parameter, such as `vehicleId`, and its schema. */
  idName: string
  id: TSchema
  asset: TSchema
  list: TSchema
  /** Every action that the kind has; left out where it has none. */
  action?: TSchema
}

export interface Described {
  operationId: string
  summary: string
  description: string
}

/** `GET /vehicles` and its like. */
export function listRoute (app: App, path: string, section: AssetSection, described: Described): void {
  const response = { 200: Ref(section.list), ...problems(400, 401) }
  app.get(path, { schema: { ...described, tags: section.tags, querystring: PageQuery, response } }, (request, reply) =>
    reply.type(json).send(request.store.read(tx => listAssets(tx, section.kind, request.query, app.baseUrl(request)))))
}

/** `GET /users/{userId}/vehicles` and its like. */
export function userListRoute (app: App, path: string, section: AssetSection, described: Described): void {
  const response = { 200: Ref(section.list), ...problems(400, 401) }
  app.get(path, { schema: { ...described, tags: section.tags, params: UserParams, querystring: PageQuery, response } }, (request, reply) =>
    reply.type(json).send(request.store.read(tx => listAssets(tx, section.kind, request.query, app.baseUrl(request), request.params.userId))))
}

/** `GET /vehicles/{vehicleId}` and its like. */
export function getRoute (app: App, path: string, section: AssetSection, described: Described): void {
  const response = { 200: Ref(section.asset), ...problems(400, 401, 404) }
  app.get(path, { schema: { ...described, tags: section.tags, params: paramsOf(section), response } }, (request, reply) =>
    reply.type(json).send(request.store.read(tx => viewAsset(tx, section.kind, idOf(request, section), app.baseUrl(request)))))
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

function paramsOf ({ idName, id }: AssetSection) {
  return Type.Object({ [idName]: id })
}

function idOf (request: { params: unknown }, { idName }: AssetSection): string {
  return (request.params as Record<string, string>)[idName] ?? ''
}
