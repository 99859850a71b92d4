import { Type } from '@sinclair/typebox'
import { Ref } from '../../contract/ref.ts'
import { LinkTariffBody, TariffParams, TariffRate, TariffScheduleEntry } from '../../contract/tariff.ts'
import type { App } from '../../lib/fastify.ts'
import { notBuilt, unbuilt } from './not-built.ts'
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
      response: { 200: Type.Array(Ref(TariffRate), { description: 'The rates.' }), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.put('/tariffs/:tariffId', {
    schema: {
      operationId: 'putTariff',
      summary: 'Create a tariff',
      description: 'Creates or replaces a tariff. The body is a bare array of rates.',
      tags,
      params: TariffParams,
      body: Type.Array(Ref(TariffRate), { description: 'The rates.' }),
      response: { 204: noContent('The tariff is stored.'), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.put('/locations/:locationId/tariff', {
    schema: {
      operationId: 'linkTariff',
      summary: 'Link tariff to location',
      description: 'Says which rate of a tariff holds when at a location. Intervals must not overlap; market prices hold in the gaps.',
      tags,
      params: LocationParams,
      body: Ref(LinkTariffBody),
      response: { 204: noContent('The tariff is linked.'), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/locations/:locationId/tariff', {
    schema: {
      operationId: 'getLocationTariff',
      summary: 'Get tariff schedule',
      description: 'Which rate holds when at a location, as a bare array.',
      tags,
      params: LocationParams,
      response: { 200: Type.Array(Ref(TariffScheduleEntry), { description: 'The parts of the week.' }), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
