import { Type } from '@sinclair/typebox'
import { Timestamp } from '../../contract/kit.ts'
import { DeviceTruth } from '../../contract/mock-answers.ts'
import { LifeView, LifeWish, TripsView, TripWish } from '../../contract/mock-life.ts'
import { Ref } from '../../contract/ref.ts'
import { findDevice, showDevice } from '../../domain/bench/devices.ts'
import { changeLife, resumeLife, sendOnTrip, showLife, showTrips } from '../../domain/bench/lives.ts'
import type { App } from '../../lib/fastify.ts'
import { idParams, problems } from './schemas.ts'

const tags = ['Lives']
const params = idParams('Id of the device.')

/** How people live at homes, and where their cars drive. */
export async function lifeRoutes (app: App): Promise<void> {
  app.get('/_mock/devices/:id/life', {
    schema: {
      operationId: 'getLife',
      summary: 'Get the life of the home of a device',
      description: 'Every figure of it, also those that were drawn by the seed.',
      tags,
      params,
      response: { 200: Ref(LifeView), ...problems(401, 403, 404) }
    }
  }, request => request.store.read(tx => showLife(tx, findDevice(tx, request.params.id))))

  app.put('/_mock/devices/:id/life', {
    schema: {
      operationId: 'changeLife',
      summary: 'Let people live in another way at the home of a device',
      description: 'For all devices of its owner at that home, from now on. A car that is under way arrives first.',
      tags,
      params,
      body: Ref(LifeWish),
      response: { 200: Ref(LifeView), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => changeLife(tx, findDevice(tx, request.params.id), request.body)))

  app.get('/_mock/devices/:id/trips', {
    schema: {
      operationId: 'listTrips',
      summary: 'List the trips of a car',
      description: 'Those that ended in a period, the last seven days unless told, and the one that it is on. Trips are retained for 400 days.',
      tags,
      params,
      querystring: Type.Object({ from: Type.Optional(Timestamp('Trips that ended then or later.')), to: Type.Optional(Timestamp('Trips that ended before.')) }, { additionalProperties: false }),
      response: { 200: Ref(TripsView), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.read(tx => showTrips(tx, findDevice(tx, request.params.id), request.query)))

  app.post('/_mock/devices/:id/trips', {
    schema: {
      operationId: 'sendOnTrip',
      summary: 'Send a car on a trip',
      description: 'Now or later. It is unplugged, drives there by what its model uses at that speed and temperature, stops at fast chargers where the battery does not last, and comes back.',
      tags,
      params,
      body: Ref(TripWish),
      response: { 200: Ref(TripsView), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => sendOnTrip(tx, findDevice(tx, request.params.id), request.body)))

  app.post('/_mock/devices/:id/resume', {
    schema: {
      operationId: 'resumeLife',
      summary: 'Give the wheel of a car back to its life',
      description: 'A PATCH of its position or its cable takes the wheel. From now on the car does what its life plans: one that is elsewhere comes home when it would have.',
      tags,
      params,
      response: { 200: Ref(DeviceTruth), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => showDevice(tx, resumeLife(tx, findDevice(tx, request.params.id)), app.baseUrl(request))))
}
