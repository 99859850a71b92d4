import type { App } from '../lib/fastify.ts'
import type { World } from '../world/world.ts'

export interface LinkOptions {
  /** The world of the client whose id stands in a linkUrl. */
  worldOfClient: (clientId: string) => World | undefined
}

/** Link UI: pages rendered on the server, working without script. */
export async function linkRoutes (_app: App, _options: LinkOptions): Promise<void> {}
