import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { problemResponses } from '../../contract/problem.ts'
import { UserId } from '../../contract/user.ts'

/** The documented problems of an operation, by status. */
export const problems = problemResponses({
  400: 'The request is malformed or cannot be carried out.',
  401: 'The access token is missing, invalid or expired.',
  403: 'The user did not grant the scope that this needs.',
  404: 'What was asked for does not exist.',
  422: 'A schedule or smart charging controls the device.',
  503: 'Something that this needs does not work at the moment.'
})

/** An answer without a body. */
export const noContent = (description: string) => Type.Null({ description })
export const refreshHinted = noContent('The data will be refreshed soon.')

export const UserParams = Type.Object({ userId: UserId })
export const VehicleParams = Type.Object({ vehicleId: Type.String({ description: 'Id of the vehicle.' }) })
export const ActionParams = Type.Object({ actionId: Uuid('Id of the action, as the command that made it answered.') })
export const LocationParams = Type.Object({ locationId: Uuid('Id of the location.') })
