import { type AssetKind } from '../../contract/vendors.ts'
import type { App } from '../../lib/fastify.ts'
import { batteryRoutes } from './batteries.ts'
import { chargerRoutes } from './chargers.ts'
import { hemSystemRoutes } from './hem-systems.ts'
import { hvacRoutes } from './hvacs.ts'
import { interventionRoutes } from './interventions.ts'
import { inverterRoutes } from './inverters.ts'
import { locationRoutes } from './locations.ts'
import { meterRoutes } from './meters.ts'
import { scheduleRoutes } from './schedules.ts'
import { serviceHealthRoutes } from './service-health.ts'
import { smartChargingRoutes } from './smart-charging.ts'
import { statisticsRoutes } from './statistics.ts'
import { tariffRoutes } from './tariffs.ts'
import { userRoutes } from './users.ts'
import { vehicleRoutes } from './vehicles.ts'
import { webhookRoutes } from './webhooks.ts'

type Section = (app: App) => Promise<void>

const ofKinds: Record<AssetKind, readonly Section[]> = {
  vehicle: [vehicleRoutes, smartChargingRoutes],
  charger: [chargerRoutes],
  hvac: [hvacRoutes],
  battery: [batteryRoutes],
  inverter: [inverterRoutes],
  meter: [meterRoutes]
}

const sections = [
  ...Object.values(ofKinds).flat(), hemSystemRoutes, interventionRoutes, locationRoutes, tariffRoutes,
  scheduleRoutes, statisticsRoutes, userRoutes, webhookRoutes, serviceHealthRoutes
]

/** Registers every operation of the reference, section by section. */
export async function documentedRoutes (app: App): Promise<void> {
  for (const routes of sections) await app.register(routes)
}
