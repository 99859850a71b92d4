import { Type } from '@sinclair/typebox'
import { problemResponses } from '../../contract/problem.ts'

/** The problems of a control operation, by status. */
export const problems = problemResponses({
  400: 'The request is malformed, or asks for what cannot be.',
  401: 'The control token is missing or wrong.',
  403: 'The Host header does not name this server.',
  404: 'There is no such world or thing.',
  409: 'It is no longer, or already, so.',
  410: 'The link session was used or has expired.',
  503: 'The world was reset or deleted, or the server ends, while the request was under way; or the vendor has an outage.',
})

export const noContent = Type.Null({ description: 'Done.' })

export function idParams (description: string) {
  return Type.Object({ id: Type.String({ description }) })
}

/** Bytes of a body that may hold thousands of devices. */
export const largeBody = 16 * 1024 * 1024
