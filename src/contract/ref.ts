import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox'

/** Refers to a named schema, so that it stays one named component in the OpenAPI document. */
export function Ref<T extends TSchema> (schema: T): TUnsafe<Static<T>> {
  if (schema.$id === undefined) throw new Error('only a schema with an $id can be referred to')
  return Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
}
