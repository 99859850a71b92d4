import { CreateLocationBody, Location, PaginatedLocationList, UpdateLocationBody } from '../../contract/location.ts'
import { Ref } from '../../contract/ref.ts'
import { createLocation, deleteLocation, listLocations, showLocation, updateLocation } from '../../domain/places/locations.ts'
import { findLocation } from '../../domain/sight/find.ts'
import type { App } from '../../lib/fastify.ts'
import { LocationParams, UserParams, problems } from './schemas.ts'
import { getRoute, listRoute, userListRoute, type Section } from './section-routes.ts'

const tags = ['Locations']

const locations = {
  tags,
  idName: 'locationId',
  id: LocationParams.properties.locationId,
  item: Location,
  list: PaginatedLocationList,
  page: listLocations,
  show: (tx, id) => showLocation(findLocation(tx, id))
} satisfies Section

export async function locationRoutes (app: App): Promise<void> {
  listRoute(app, '/locations', locations, {
    operationId: 'listLocations',
    summary: 'List locations',
    description: 'Every location of the client, newest first.'
  })

  userListRoute(app, '/users/:userId/locations', locations, {
    operationId: 'listUserLocations',
    summary: 'List user locations',
    description: 'Every location of a user, newest first; none if the user is unknown.'
  })

  app.post('/users/:userId/locations', {
    schema: {
      operationId: 'createLocation',
      summary: 'Create location',
      description: 'Creates a location, at least 200 m from every other one of the user. Its geofence is entered within 200 m and left past 270 m.',
      tags,
      params: UserParams,
      body: Ref(CreateLocationBody),
      response: { 200: Ref(Location), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => createLocation(tx, request.params.userId, request.body)))

  getRoute(app, '/locations/:locationId', locations, {
    operationId: 'getLocation',
    summary: 'Get location',
    description: 'A location.'
  })

  app.delete('/locations/:locationId', {
    schema: {
      operationId: 'deleteLocation',
      summary: 'Delete location',
      description: 'Deletes a location and its tariff schedule, takes assets away from it, and answers what it was.',
      tags,
      params: LocationParams,
      response: { 200: Ref(Location), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => deleteLocation(tx, request.params.locationId)))

  app.put('/locations/:locationId', {
    schema: {
      operationId: 'updateLocation',
      summary: 'Update location',
      description: 'Changes the fields that are given. The distance to other locations is not checked again.',
      tags,
      params: LocationParams,
      body: Ref(UpdateLocationBody),
      response: { 200: Ref(Location), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => updateLocation(tx, request.params.locationId, request.body)))
}
