import { Type, type Static, type TUnsafe } from '@sinclair/typebox'
import { Ref } from './ref.ts'

export const ValidationIssue = Type.Object({
  message: Type.String({ description: 'What is wrong, for a person to read.' }),
  path: Type.Array(Type.Unsafe<string | number>({ type: ['string', 'integer'] }), { description: 'Keys and indexes that lead to the offending value.' }),
  type: Type.String({ description: 'Name of the rule that was broken.' })
}, { $id: 'ValidationIssue', description: 'One thing that is wrong with a request.' })
export type ValidationIssue = Static<typeof ValidationIssue>

export const Problem = Type.Object({
  type: Type.String({ description: 'URI that names the kind of problem.' }),
  title: Type.String({ description: 'The kind of problem in a few words.' }),
  detail: Type.String({ description: 'What went wrong this time.' }),
  issues: Type.Optional(Type.Array(Ref(ValidationIssue), { description: 'Every issue found, when the request failed validation.' }))
}, { $id: 'Problem', description: 'An error in the form of RFC 7807.' })
export type Problem = Static<typeof Problem>

/** How an answer documents a problem. */
export interface ProblemResponse { description: string, content: { 'application/problem+json': { schema: TUnsafe<Problem> } } }

/** Makes, from what each status means, the function that documents some of them. */
export function problemResponses<Known extends number> (reasons: Readonly<Record<Known, string>>): <S extends Known>(...statuses: S[]) => Record<S, ProblemResponse> {
  const content = { 'application/problem+json': { schema: Ref(Problem) } }
  return <S extends Known>(...statuses: S[]) => Object.fromEntries(statuses.map((status): [S, ProblemResponse] => [status, { description: reasons[status], content }])) as Record<S, ProblemResponse>
}
