import { Type } from '@sinclair/typebox'
import { AccountWish, Completion, DeviceWish } from '../../contract/mock.ts'
import { AccountView } from '../../contract/mock-answers.ts'
import { Ref } from '../../contract/ref.ts'
import { VendorType } from '../../contract/vendors.ts'
import { addDevice, createAccount, deleteAccount, invalidateAccount, listAccounts, showAccount } from '../../domain/linking/accounts.ts'
import { completeWithoutBrowser, parseLinkToken } from '../../domain/linking/link-sessions.ts'
import type { App } from '../../lib/fastify.ts'
import { invalid } from '../../lib/problem.ts'
import { idParams, largeBody, noContent, problems } from './schemas.ts'

const tags = ['Accounts']
const AccountParams = Type.Object({ accountId: Type.String({ description: 'Id of the account.' }) })

/** Virtual accounts, what they hold, and signing in to them without a browser. */
export async function accountRoutes (app: App): Promise<void> {
  app.get('/_mock/accounts', {
    schema: { operationId: 'listAccounts', summary: 'List virtual accounts', tags, response: { 200: Type.Array(Ref(AccountView)), ...problems(401, 403, 404) } }
  }, request => request.store.read(listAccounts))

  app.post('/_mock/accounts', {
    bodyLimit: largeBody,
    schema: {
      operationId: 'createAccount',
      summary: 'Create a virtual account with devices',
      description: 'With a userId it is linked at once; without, it waits for Link UI.',
      tags,
      body: Ref(AccountWish),
      response: { 200: Ref(AccountView), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => createAccount(tx, request.body)))

  app.delete('/_mock/accounts/:accountId', {
    schema: {
      operationId: 'deleteAccount',
      summary: 'Delete a virtual account',
      description: 'Its devices go, and every asset that came of them is announced as deleted.',
      tags,
      params: AccountParams,
      response: { 204: noContent, ...problems(400, 401, 403, 404) }
    }
  }, (request, reply) => {
    request.store.write(tx => { deleteAccount(tx, request.params.accountId) })
    reply.code(204)
    return null
  })

  app.post('/_mock/accounts/:accountId/devices', {
    schema: {
      operationId: 'addDevice',
      summary: 'Let a device appear in an account',
      tags,
      params: AccountParams,
      body: Ref(DeviceWish),
      response: { 200: Type.Object({ id: idParams('Id of the device.').properties.id, type: Ref(VendorType) }), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => addDevice(tx, request.params.accountId, request.body)))

  app.post('/_mock/accounts/:accountId/invalidate', {
    schema: {
      operationId: 'invalidateAccount',
      summary: 'Let the credentials of an account stop working',
      description: 'Assets stay, updates stop, and user:credentials:invalidated goes out. Linking the account again heals it.',
      tags,
      params: AccountParams,
      response: { 200: Ref(AccountView), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => {
    invalidateAccount(tx, request.params.accountId)
    return showAccount(tx, request.params.accountId)
  }))

  app.post('/_mock/link-sessions/complete', {
    bodyLimit: largeBody,
    schema: {
      operationId: 'completeLinkSession',
      summary: 'Go through Link UI without a browser',
      description: 'With an account that exists, or with one made on the spot. Answers where the browser would be sent.',
      tags,
      body: Ref(Completion),
      response: { 200: Type.Object({ redirectUrl: Type.String() }), ...problems(400, 401, 403, 404, 410, 503) }
    }
  }, request => {
    const { linkToken, ...input } = request.body
    if (input.password !== undefined && input.username === undefined) throw invalid('"username" is required with "password"', ['username'], 'any.required')
    return { redirectUrl: request.store.write(tx => completeWithoutBrowser(tx, parseLinkToken(linkToken), input)) }
  })
}
