import { Type } from '@sinclair/typebox'
import { DeviceChange } from '../../contract/mock.ts'
import { DeviceTruth } from '../../contract/mock-answers.ts'
import { HomeDay } from '../../contract/mock-day.ts'
import { Ref } from '../../contract/ref.ts'
import { removeDevice } from '../../domain/linking/accounts.ts'
import { changeDevice, findDevice, listDevices, showDevice } from '../../domain/bench/devices.ts'
import { showDay } from '../../domain/truth/day.ts'
import type { App } from '../../lib/fastify.ts'
import { idParams, noContent, problems } from './schemas.ts'

const tags = ['Devices']

/** The physical truth about devices. */
export async function deviceRoutes (app: App): Promise<void> {
  app.get('/_mock/devices', {
    schema: { operationId: 'listDevices', summary: 'List devices', tags, response: { 200: Type.Array(Ref(DeviceTruth)), ...problems(401, 403, 404) } }
  }, request => request.store.read(tx => listDevices(tx, app.baseUrl(request))))

  app.get('/_mock/devices/:id', {
    schema: { operationId: 'getDevice', summary: 'Get a device', tags, params: idParams('Id of the device.'), response: { 200: Ref(DeviceTruth), ...problems(401, 403, 404) } }
  }, request => request.store.read(tx => showDevice(tx, findDevice(tx, request.params.id), app.baseUrl(request))))

  app.patch('/_mock/devices/:id', {
    schema: {
      operationId: 'changeDevice',
      summary: 'Change the physical truth about a device',
      description: 'It is observed at once and the webhooks go out, unless `observe` is false. What cannot be is a 400 that says why.',
      tags,
      params: idParams('Id of the device.'),
      body: Ref(DeviceChange),
      response: { 200: Ref(DeviceTruth), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => showDevice(tx, changeDevice(tx, request.params.id, request.body), app.baseUrl(request))))

  app.delete('/_mock/devices/:id', {
    schema: {
      operationId: 'removeDevice',
      summary: 'Let a device disappear from its account',
      tags,
      params: idParams('Id of the device.'),
      response: { 204: noContent, ...problems(400, 401, 403, 404) }
    }
  }, (request, reply) => {
    request.store.write(tx => { removeDevice(tx, findDevice(tx, request.params.id).id) })
    reply.code(204)
    return null
  })

  app.get('/_mock/devices/:id/day', {
    schema: {
      operationId: 'getDay',
      summary: 'Get the last day of the home of a device',
      description: 'What everything at the home at which it stands now drew and gave in the last 24 hours.',
      tags,
      params: idParams('Id of the device.'),
      response: { 200: Ref(HomeDay), ...problems(401, 403, 404) }
    }
  }, request => request.store.read(tx => showDay(tx, findDevice(tx, request.params.id))))
}
