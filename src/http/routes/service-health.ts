import { Type, type TSchema } from '@sinclair/typebox'
import { BatteryVendorHealth, ChargerVendorHealth, HVACVendorHealth, Integration, IntegrationsQuery, InverterVendorHealth, MeterVendorHealth, VehicleVendorHealth } from '../../contract/health.ts'
import { Ref } from '../../contract/ref.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { listIntegrations, listVendorHealth, requireReady } from '../../domain/linking/health.ts'
import type { App } from '../../lib/fastify.ts'
import { type Described } from './section-routes.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Service health']

interface Health extends Described { path: string, health: TSchema }

/** The operation that tells of the vendors of each kind. */
const ofKinds: Record<AssetKind, Health> = {
  charger: {
    path: '/health/chargers',
    health: ChargerVendorHealth,
    operationId: 'getChargerVendorHealth',
    summary: 'Check available charger vendors',
    description: 'How well each vendor of chargers works, as a bare array.'
  },
  vehicle: {
    path: '/health/vehicles',
    health: VehicleVendorHealth,
    operationId: 'getVehicleVendorHealth',
    summary: 'Check available vehicle vendors',
    description: 'How well each vendor of vehicles works, as a bare array.'
  },
  battery: {
    path: '/health/batteries',
    health: BatteryVendorHealth,
    operationId: 'getBatteryVendorHealth',
    summary: 'Check available battery vendors',
    description: 'How well each vendor of batteries works, as a bare array. Beta at the vendor.'
  },
  inverter: {
    path: '/health/inverters',
    health: InverterVendorHealth,
    operationId: 'getInverterVendorHealth',
    summary: 'Check available inverter vendors',
    description: 'How well each vendor of solar inverters works, as a bare array.'
  },
  hvac: {
    path: '/health/hvacs',
    health: HVACVendorHealth,
    operationId: 'getHVACVendorHealth',
    summary: 'Check available HVAC vendors',
    description: 'How well each vendor of HVAC units works, as a bare array.'
  },
  meter: {
    path: '/health/meters',
    health: MeterVendorHealth,
    operationId: 'getMeterVendorHealth',
    summary: 'Check available meter vendors',
    description: 'How well each vendor of meters works, as a bare array. Beta at the vendor.'
  }
}

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

  for (const kind of Object.keys(ofKinds) as AssetKind[]) {
    const { path, health, ...described } = ofKinds[kind]
    const response = { 200: Type.Array(Ref(health), { description: 'The vendors.' }), ...problems(400, 401) }
    app.get(path, { schema: { ...described, tags, response } }, request => request.store.read(tx => listVendorHealth(tx, kind)))
  }

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
