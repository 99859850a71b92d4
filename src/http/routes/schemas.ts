import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { Problem } from '../../contract/problem.ts'
import { Ref } from '../../contract/ref.ts'

const problemContent = { 'application/problem+json': { schema: Ref(Problem) } }

const reasons = {
  400: 'The request is malformed or cannot be carried out.',
  401: 'The access token is missing, invalid or expired.',
  403: 'The user did not grant the scope that this needs.',
  404: 'What was asked for does not exist.',
  422: 'A schedule or smart charging controls the device.',
  501: 'This server does not simulate the operation yet.',
  503: 'Something that this needs does not work at the moment.'
} as const

export type ProblemStatus = keyof typeof reasons
export interface ProblemResponse { description: string, content: typeof problemContent }

/** The documented problems of an operation, by status. */
export function problems<S extends ProblemStatus> (...statuses: S[]): Record<S, ProblemResponse> {
  const answers = statuses.map((status): [S, ProblemResponse] => [status, { description: reasons[status], content: problemContent }])
  return Object.fromEntries(answers) as Record<S, ProblemResponse>
}

/** An answer without a body. */
export const noContent = (description: string) => Type.Null({ description })
export const refreshHinted = noContent('The data will be refreshed soon.')

export const UserParams = Type.Object({ userId: Type.String({ description: 'Id of the user.' }) })
export const ActionParams = Type.Object({ actionId: Uuid('Id of the action.') })
export const LocationParams = Type.Object({ locationId: Uuid('Id of the location.') })
