import { Type } from '@sinclair/typebox'
import { Ref } from '../../contract/ref.ts'
import { LinkTariffBody, TariffParams, TariffRate, TariffScheduleEntry } from '../../contract/tariff.ts'
import { findTariff, linkTariff, putTariff, showTariffSchedule } from '../../domain/places/tariffs.ts'
import type { App } from '../../lib/fastify.ts'
import { LocationParams, noContent, problems } from './schemas.ts'

const tags = ['Tariffs']

export async function tariffRoutes (app: App): Promise<void> {
  app.get('/tariffs/:tariffId', {
    schema: {
      operationId: 'getTariff',
      summary: 'Get tariff',
      description: 'The rates of a tariff, as a bare array.',
      tags,
      params: TariffParams,
      response: { 200: Type.Array(Ref(TariffRate), { description: 'The rates.' }), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => findTariff(tx, request.params.tariffId)))

  app.put('/tariffs/:tariffId', {
    schema: {
      operationId: 'putTariff',
      summary: 'Create a tariff',
      description: 'Creates or replaces a tariff. The body is a bare array of rates.',
      tags,
      params: TariffParams,
      body: Type.Array(Ref(TariffRate), { description: 'The rates.' }),
      response: { 204: noContent('The tariff is stored.'), ...problems(400, 401) }
    }
  }, (request, reply) => {
    request.store.write(tx => { putTariff(tx, request.params.tariffId, request.body) })
    reply.code(204)
    return null
  })

  app.put('/locations/:locationId/tariff', {
    schema: {
      operationId: 'linkTariff',
      summary: 'Link tariff to location',
      description: 'Says which rate of a tariff holds when at a location. Intervals must not overlap; market prices hold in the gaps.',
      tags,
      params: LocationParams,
      body: Ref(LinkTariffBody),
      response: { 204: noContent('The tariff is linked.'), ...problems(400, 401, 404) }
    }
  }, (request, reply) => {
    request.store.write(tx => { linkTariff(tx, request.params.locationId, request.body) })
    reply.code(204)
    return null
  })

  app.get('/locations/:locationId/tariff', {
    schema: {
      operationId: 'getLocationTariff',
      summary: 'Get tariff schedule',
      description: 'Which rate holds when at a location on the seven UTC days from today, as a bare array sorted by day of the week.',
      tags,
      params: LocationParams,
      response: { 200: Type.Array(Ref(TariffScheduleEntry), { description: 'The parts of the week.' }), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => showTariffSchedule(tx, request.params.locationId)))
}
