import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { invalidAll } from '../lib/problem.ts'
import { type Validation } from '../lib/validation.ts'

/** Checks what clients send: bodies as they are, paths and query strings with their text read as numbers where one is asked for. */
export function validatorCompiler (validation: Validation): FastifySchemaCompiler<object> {
  return ({ schema, httpPart }) => {
    const check = httpPart === 'body' ? validation.strict(schema) : validation.coercing(schema)
    return (value: unknown) => {
      const issues = check(value)
      return issues.length === 0 ? true : { error: invalidAll(issues) }
    }
  }
}

/**
 * Answers are written as they are: a serializer made from the schema would drop a wrong field in silence, and costs the
 * start more than the rest of it. The tests hold every answer against its schema instead.
 */
export const serializerCompiler: FastifySerializerCompiler<object> = () => value => JSON.stringify(value)
