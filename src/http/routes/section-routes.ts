import { Type, type TSchema } from '@sinclair/typebox'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import type { App } from '../../lib/fastify.ts'
import type { ServedStore } from '../../world/served.ts'
import { json } from './answers.ts'
import { noContent, problems, UserParams } from './schemas.ts'

type ReadTx = Parameters<Parameters<ServedStore['read']>[0]>[0]
type Tx = Parameters<Parameters<ServedStore['write']>[0]>[0]

/** What the operations on things of one sort have in common: how each is shown, and a page of them as an object or as JSON text. */
export interface Section<UserId extends string | undefined = string | undefined> {
  tags: string[]
  /** Name of the path parameter, such as `vehicleId`, and its schema. */
  idName: string
  id: TSchema
  item: TSchema
  list: TSchema
  page: (tx: ReadTx, query: PageQuery, userId: UserId, baseUrl: string) => unknown
  show: (tx: ReadTx, id: string, baseUrl: string) => unknown
}

export interface Described {
  operationId: string
  summary: string
  description: string
}

/** `GET /vehicles` and its like. */
export function listRoute (app: App, path: string, section: Section, described: Described): void {
  const response = { 200: Ref(section.list), ...problems(400, 401) }
  app.get(path, { schema: { ...described, tags: section.tags, querystring: PageQuery, response } }, (request, reply) =>
    reply.type(json).send(request.store.read(tx => section.page(tx, request.query, undefined, app.baseUrl(request)))))
}

/** `GET /users/{userId}/vehicles` and its like. */
export function userListRoute (app: App, path: string, section: Section<string>, described: Described): void {
  const response = { 200: Ref(section.list), ...problems(400, 401) }
  app.get(path, { schema: { ...described, tags: section.tags, params: UserParams, querystring: PageQuery, response } }, (request, reply) =>
    reply.type(json).send(request.store.read(tx => section.page(tx, request.query, request.params.userId, app.baseUrl(request)))))
}

/** `GET /vehicles/{vehicleId}` and its like. */
export function getRoute (app: App, path: string, section: Section<string>, described: Described): void {
  const response = { 200: Ref(section.item), ...problems(400, 401, 404) }
  app.get(path, { schema: { ...described, tags: section.tags, params: paramsOf(section), response } }, (request, reply) =>
    reply.type(json).send(request.store.read(tx => section.show(tx, idOf(request, section), app.baseUrl(request)))))
}

/** `DELETE /webhooks/{webhookId}` and its like, which answer nothing; `done` says so. */
export function deleteRoute (app: App, path: string, section: Section<string>, described: Described, done: string, remove: (tx: Tx, id: string) => void): void {
  const response = { 204: noContent(done), ...problems(400, 401, 404) }
  app.delete(path, { schema: { ...described, tags: section.tags, params: paramsOf(section), response } }, (request, reply) => {
    request.store.write(tx => { remove(tx, idOf(request, section)) })
    reply.code(204)
    return null
  })
}

export function paramsOf ({ idName, id }: Pick<Section, 'idName' | 'id'>) {
  return Type.Object({ [idName]: id })
}

export function idOf (request: { params: unknown }, { idName }: Pick<Section, 'idName'>): string {
  return (request.params as Record<string, string>)[idName] ?? ''
}
