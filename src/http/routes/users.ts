import { Type } from '@sinclair/typebox'
import { StringEnum } from '../../contract/kit.ts'
import { LinkBody, LinkSession, RelinkBody } from '../../contract/link.ts'
import { Ref } from '../../contract/ref.ts'
import { PaginatedUserList, UserDetails } from '../../contract/user.ts'
import { assetKinds, vendors } from '../../contract/vendors.ts'
import { createLinkSession, createRelinkSession } from '../../domain/linking/link-sessions.ts'
import { deauthorizeUser, deleteUser, disconnectVendor, listUsers, showUser } from '../../domain/linking/users.ts'
import type { App } from '../../lib/fastify.ts'
import { UserParams, noContent, problems } from './schemas.ts'
import { deleteRoute, getRoute, listRoute, type Section } from './section-routes.ts'

const tags = ['User management']
const AssetParams = Type.Object({ assetId: Type.String({ description: 'Id of an asset of any type.' }) })
const VendorParams = Type.Object({
  ...UserParams.properties,
  vendor: StringEnum(vendors, { description: 'The vendor to disconnect.' })
})
const VendorTypeParams = Type.Object({
  ...VendorParams.properties,
  vendorType: StringEnum(assetKinds, { description: 'The type of asset to disconnect.' })
})

const users = {
  tags,
  idName: 'userId',
  id: UserParams.properties.userId,
  item: UserDetails,
  list: PaginatedUserList,
  page: listUsers,
  show: showUser
} satisfies Section

export async function userRoutes (app: App): Promise<void> {
  listRoute(app, '/users', users, {
    operationId: 'listUsers',
    summary: 'List users',
    description: 'Every user of the client, newest first.'
  })

  getRoute(app, '/users/:userId', users, {
    operationId: 'getUser',
    summary: 'Get user',
    description: 'A user and the vendors that it has linked.'
  })

  deleteRoute(app, '/users/:userId', users, {
    operationId: 'unlinkUser',
    summary: 'Unlink user',
    description: 'Deletes a user with everything that it linked.'
  }, 'The user is deleted.', deleteUser)

  app.delete('/users/:userId/vendors/:vendor', {
    schema: {
      operationId: 'disconnectVendor',
      summary: 'Disconnect vendor',
      description: 'Disconnects a vendor from a user; its assets go.',
      tags,
      params: VendorParams,
      response: { 204: noContent('The vendor is disconnected.'), ...problems(400, 401, 404) }
    }
  }, (request, reply) => {
    request.store.write(tx => { disconnectVendor(tx, request.params.userId, request.params.vendor) })
    reply.code(204)
    return null
  })

  app.delete('/users/:userId/vendors/:vendor/:vendorType', {
    schema: {
      operationId: 'disconnectVendorType',
      summary: 'Disconnect vendor type',
      description: 'Disconnects one type of asset of a vendor from a user; those assets go.',
      tags,
      params: VendorTypeParams,
      response: { 204: noContent('The type of asset is disconnected.'), ...problems(400, 401, 404) }
    }
  }, (request, reply) => {
    request.store.write(tx => { disconnectVendor(tx, request.params.userId, request.params.vendor, request.params.vendorType) })
    reply.code(204)
    return null
  })

  app.post('/users/:userId/link', {
    schema: {
      operationId: 'linkUser',
      summary: 'Link user',
      description: 'Starts a session in which the user links its devices. An unknown user is created.',
      tags,
      params: UserParams,
      body: Ref(LinkBody),
      response: { 200: Ref(LinkSession), ...problems(400, 401, 403) }
    }
  }, request => request.store.write(tx => createLinkSession(tx, request.params.userId, request.body, app.baseUrl(request))))

  app.post('/assets/:assetId/relink', {
    schema: {
      operationId: 'relinkUser',
      summary: 'Relink user',
      description: 'Starts a session in which the user signs in again to the account of an asset whose credentials no longer work, or which was deauthorized. The ids of the assets stay.',
      tags,
      params: AssetParams,
      body: Ref(RelinkBody),
      response: { 200: Ref(LinkSession), ...problems(400, 401) }
    }
  }, request => request.store.write(tx => createRelinkSession(tx, request.params.assetId, request.body, app.baseUrl(request))))

  app.delete('/users/:userId/authorization', {
    schema: {
      operationId: 'deauthorizeUser',
      summary: 'Deauthorize user',
      description: 'Disconnects every vendor from a user. The user stays, and linking the accounts again gives the assets back under their ids.',
      tags,
      params: UserParams,
      response: { 204: noContent('The user is deauthorized.'), ...problems(400, 401, 404) }
    }
  }, (request, reply) => {
    request.store.write(tx => { deauthorizeUser(tx, request.params.userId) })
    reply.code(204)
    return null
  })
}
