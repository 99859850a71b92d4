import { Type, type Static } from '@sinclair/typebox'
import { latitude, longitude } from './common.ts'
import { Closed, Timestamp, Uuid } from './kit.ts'
import { paginated } from './pagination.ts'

const fields = {
  name: Type.String({ description: 'Name that the user gave the place.' }),
  latitude,
  longitude,
  timezoneName: Type.String({ description: 'IANA name of the timezone in which tariffs, deadlines and schedules are read, such as UTC.' })
}

export const Location = Type.Object({
  ...fields,
  id: Uuid('Id of the location.'),
  userId: Type.String({ description: 'Id of the user whose place it is.' }),
  createdAt: Timestamp('When it was created.')
}, { $id: 'Location', description: 'A place of a user, where assets charge and tariffs hold.' })
export type Location = Static<typeof Location>

export const PaginatedLocationList = paginated(Location, 'locations')
export type PaginatedLocationList = Static<typeof PaginatedLocationList>

export const CreateLocationBody = Closed(fields, { $id: 'CreateLocationBody', description: 'A new location.' })
export type CreateLocationBody = Static<typeof CreateLocationBody>

export const UpdateLocationBody = Type.Partial(CreateLocationBody, {
  $id: 'UpdateLocationBody',
  additionalProperties: false,
  description: 'What shall change of a location.'
})
export type UpdateLocationBody = Static<typeof UpdateLocationBody>
