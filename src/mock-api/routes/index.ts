import type { App } from '../../lib/fastify.ts'
import type { ControlOptions } from '../options.ts'
import { accountRoutes } from './accounts.ts'
import { actionRoutes } from './actions.ts'
import { clockRoutes } from './clock.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deviceRoutes } from './devices.ts'
import { eventRoutes } from './events.ts'
import { faultRoutes } from './faults.ts'
import { journalRoutes } from './journal.ts'
import { lifeRoutes } from './lives.ts'
import { logRoutes } from './log.ts'
import { serverRoutes } from './server.ts'
import { snapshotRoutes } from './snapshots.ts'
import { streamRoutes } from './stream.ts'
import { worldRoutes } from './worlds.ts'

/** The control API, section by section. */
export async function controlRoutes (app: App, options: ControlOptions): Promise<void> {
  const sections = [
    serverRoutes, worldRoutes, clockRoutes, accountRoutes, deviceRoutes, lifeRoutes, actionRoutes, faultRoutes, deliveryRoutes,
    eventRoutes, journalRoutes, streamRoutes, snapshotRoutes, logRoutes
  ]
  for (const routes of sections) await app.register(routes, options)
}
