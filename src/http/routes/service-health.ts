import { Type } from '@sinclair/typebox'
import { BatteryVendorHealth, ChargerVendorHealth, HVACVendorHealth, Integration, IntegrationsQuery, InverterVendorHealth, MeterVendorHealth, VehicleVendorHealth } from '../../contract/health.ts'
import { Ref } from '../../contract/ref.ts'
import { listIntegrations, listVendorHealth, requireReady } from '../../domain/linking/health.ts'
import type { App } from '../../lib/fastify.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Service health']

export async function serviceHealthRoutes (app: App): Promise<void> {
  app.get('/integrations', {
    schema: {
      operationId: 'listIntegrations',
      summary: 'List supported vendors per asset type',
      description: 'Every vendor and what can be linked of it, as a bare array.',
      tags,
      querystring: IntegrationsQuery,
      response: { 200: Type.Array(Ref(Integration), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listIntegrations(tx, request.query.assetTypes)))

  app.get('/health/chargers', {
    schema: {
      operationId: 'getChargerVendorHealth',
      summary: 'Check available charger vendors',
      description: 'How well each vendor of chargers works, as a bare array.',
      tags,
      response: { 200: Type.Array(Ref(ChargerVendorHealth), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listVendorHealth(tx, 'charger')))

  app.get('/health/vehicles', {
    schema: {
      operationId: 'getVehicleVendorHealth',
      summary: 'Check available vehicle vendors',
      description: 'How well each vendor of vehicles works, as a bare array.',
      tags,
      response: { 200: Type.Array(Ref(VehicleVendorHealth), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listVendorHealth(tx, 'vehicle')))

  app.get('/health/batteries', {
    schema: {
      operationId: 'getBatteryVendorHealth',
      summary: 'Check available battery vendors',
      description: 'How well each vendor of batteries works, as a bare array. Beta at the vendor.',
      tags,
      response: { 200: Type.Array(Ref(BatteryVendorHealth), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listVendorHealth(tx, 'battery')))

  app.get('/health/inverters', {
    schema: {
      operationId: 'getInverterVendorHealth',
      summary: 'Check available inverter vendors',
      description: 'How well each vendor of solar inverters works, as a bare array.',
      tags,
      response: { 200: Type.Array(Ref(InverterVendorHealth), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listVendorHealth(tx, 'inverter')))

  app.get('/health/hvacs', {
    schema: {
      operationId: 'getHVACVendorHealth',
      summary: 'Check available HVAC vendors',
      description: 'How well each vendor of HVAC units works, as a bare array.',
      tags,
      response: { 200: Type.Array(Ref(HVACVendorHealth), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listVendorHealth(tx, 'hvac')))

  app.get('/health/meters', {
    schema: {
      operationId: 'getMeterVendorHealth',
      summary: 'Check available meter vendors',
      description: 'How well each vendor of meters works, as a bare array. Beta at the vendor.',
      tags,
      response: { 200: Type.Array(Ref(MeterVendorHealth), { description: 'The vendors.' }), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listVendorHealth(tx, 'meter')))

  app.get('/health/ready', {
    schema: {
      operationId: 'getReadiness',
      summary: 'Check service readiness',
      description: 'Whether everything works.',
      tags,
      response: { 204: noContent('Everything works.'), ...problems(400, 401, 503) }
    }
  }, async (request, reply) => {
    requireReady(request.world)
    // And no null, of which a HEAD would tell the length.
    reply.code(204)
  })
}
