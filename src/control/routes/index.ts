import type { App } from '../../lib/fastify.ts'
import type { Worlds } from '../../world/worlds.ts'
import { accountRoutes } from './accounts.ts'
import { actionRoutes } from './actions.ts'
import { clockRoutes } from './clock.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deviceRoutes } from './devices.ts'
import { faultRoutes } from './faults.ts'
import { serverRoutes } from './server.ts'
import { worldRoutes } from './worlds.ts'

export interface ControlOptions {
  /** A function, since the document of the control API is made without any world. */
  worlds: () => Worlds
  version: string
  uptimeSeconds: () => number
}

/** The control API, section by section. */
export async function controlRoutes (app: App, options: ControlOptions): Promise<void> {
  for (const routes of [serverRoutes, worldRoutes, clockRoutes, accountRoutes, deviceRoutes, actionRoutes, faultRoutes, deliveryRoutes]) await app.register(routes, options)
}
