import { Uuid } from '../../contract/kit.ts'
import { Meter, PaginatedMeterList } from '../../contract/meter.ts'
import type { App } from '../../lib/fastify.ts'
import { assetSection, refreshHintRoute } from './asset-routes.ts'
import { getRoute, listRoute, userListRoute } from './section-routes.ts'

const meters = assetSection({
  kind: 'meter', tags: ['Meters'], idName: 'meterId', id: Uuid('Id of the meter.'), item: Meter, list: PaginatedMeterList
})

export async function meterRoutes (app: App): Promise<void> {
  getRoute(app, '/meters/:meterId', meters, {
    operationId: 'getMeter',
    summary: 'Get meter',
    description: 'A meter as it was last seen. Beta at the vendor.'
  })

  refreshHintRoute(app, '/meters/:meterId/refresh-hint', meters, {
    operationId: 'refreshMeter',
    summary: 'Refresh meter data',
    description: 'Brings the next look at the meter forward. Beta at the vendor.'
  })

  listRoute(app, '/meters', meters, {
    operationId: 'listMeters',
    summary: 'List meters',
    description: 'Every meter of the client, newest first. Beta at the vendor.'
  })

  userListRoute(app, '/users/:userId/meters', meters, {
    operationId: 'listUserMeters',
    summary: 'List user meters',
    description: 'Every meter of a user, newest first; none if the user is unknown. Beta at the vendor.'
  })
}
