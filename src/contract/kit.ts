import { Kind, Type, type ObjectOptions, type SchemaOptions, type Static, type StringOptions, type TObject, type TProperties, type TSchema, type TString, type TUnion, type TUnsafe } from '@sinclair/typebox'
import { mustBe } from '../lib/words.ts'

/** A string out of a list; TypeBox's own union of literals would print as one branch for each value. */
export function StringEnum<const T extends string> (values: readonly T[], options: SchemaOptions = {}): TUnsafe<T> {
  return Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })
}

/** The keys under which a table says yes, in its order. */
export function keysWhere<T extends Record<string, boolean>> (table: T): Array<{ [K in keyof T]: T[K] extends true ? K & string : never }[keyof T]> {
  return Object.keys(table).filter(key => table[key]) as ReturnType<typeof keysWhere<T>>
}

/** Allows null: as a type array where that is possible, since a serializer needs no validation to pick its branch. */
export function Nullable<T extends TSchema> (schema: T): TUnsafe<Static<T> | null> {
  if (typeof schema.type !== 'string') return Type.Unsafe({ anyOf: [schema, { type: 'null' }] })
  const values = schema.enum === undefined ? {} : { enum: [...schema.enum, null] }
  return Type.Unsafe({ ...schema, [Kind]: 'Unsafe', type: [schema.type, 'null'], ...values })
}

/** An object that refuses keys it does not know. */
export function Closed<T extends TProperties> (properties: T, options: ObjectOptions = {}): TObject<T> {
  return Type.Object(properties, { ...options, additionalProperties: false })
}

/** A text of a form; `says` ends the sentence `"name" must be …` for who sent another. */
export function Formed (pattern: string, says: string, options: StringOptions = {}): TString {
  return Type.String({ pattern, [mustBe]: says, ...options })
}

/** A name that fits into a header and a path. */
export function Name (options: StringOptions): TString {
  return Formed('^[A-Za-z0-9._-]{1,64}$', '1 to 64 letters, digits, points, _ and -', options)
}

export function Timestamp (description: string): TString {
  return Type.String({ format: 'date-time', description: `${description} ISO 8601, UTC.` })
}

export function Uuid (description: string): TString {
  return Type.String({ format: 'uuid', description })
}

/** A time of day on a wall clock; 24:00 closes an interval at the end of the day. */
export function ClockTime (description: string): TString {
  return Formed('^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$', 'a time of day as HH:mm, from 00:00 to 24:00', { description: `${description} HH:mm, from 00:00 to 23:59, or 24:00.` })
}

/** 0 is Monday, 6 is Sunday. */
export const Weekday = Type.Integer({ minimum: 0, maximum: 6, description: 'Day of the week, from 0 for Monday to 6 for Sunday.' })

/**
 * A union of named objects that tell by a tag, a property with one value in each, which of them they are. They stand in
 * it as they are, so that a refusal can be about the one that was meant; an OpenAPI document refers to them.
 */
export function Tagged<const T extends TObject[]> (tag: string, members: readonly [...T], options: SchemaOptions): TUnion<T> {
  const mapping = members.flatMap(({ $id, properties }) => (properties[tag]?.enum as string[]).map(value => [value, `#/components/schemas/${$id}`]))
  // Copied to a place within another schema, a member can have no name.
  const unnamed = members.map(({ $id: _name, ...member }) => member) as unknown as [...T]
  return Type.Union(unnamed, { ...options, discriminator: { propertyName: tag, mapping: Object.fromEntries(mapping) } }) as unknown as TUnion<T>
}
