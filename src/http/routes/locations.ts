import { CreateLocationBody, Location, PaginatedLocationList, UpdateLocationBody } from '../../contract/location.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import { createLocation, deleteLocation, listLocations, showLocation, updateLocation } from '../../domain/places/locations.ts'
import { findLocation } from '../../domain/sight/find.ts'
import type { App } from '../../lib/fastify.ts'
import { LocationParams, UserParams, problems } from './schemas.ts'

const tags = ['Locations']

export async function locationRoutes (app: App): Promise<void> {
  app.get('/locations', {
    schema: {
      operationId: 'listLocations',
      summary: 'List locations',
      description: 'Every location of the client, newest first.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedLocationList), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listLocations(tx, request.query)))

  app.get('/users/:userId/locations', {
    schema: {
      operationId: 'listUserLocations',
      summary: 'List user locations',
      description: 'Every location of a user, newest first; none if the user is unknown.',
      tags,
      params: UserParams,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedLocationList), ...problems(400, 401) }
    }
  }, request => request.store.read(tx => listLocations(tx, request.query, request.params.userId)))

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

  app.get('/locations/:locationId', {
    schema: {
      operationId: 'getLocation',
      summary: 'Get location',
      description: 'A location.',
      tags,
      params: LocationParams,
      response: { 200: Ref(Location), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => showLocation(findLocation(tx, request.params.locationId))))

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
