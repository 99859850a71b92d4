import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { Nullable } from './kit.ts'
import { Ref } from './ref.ts'

export const maxPageSize = 1000

export const Pagination = Type.Object({
  before: Nullable(Type.String({ description: 'Cursor of the page before this one; null on the first page.' })),
  after: Nullable(Type.String({ description: 'Cursor of the page after this one; null on the last page.' }))
}, { $id: 'Pagination', description: 'Opaque cursors to the neighbouring pages.' })
export type Pagination = Static<typeof Pagination>

export const PageQuery = Type.Object({
  after: Type.Optional(Type.String({ description: 'Cursor from `pagination.after`: asks for the page that follows. Not together with `before`.' })),
  before: Type.Optional(Type.String({ description: 'Cursor from `pagination.before`: asks for the page that precedes. Not together with `after`.' })),
  pageSize: Type.Optional(Type.Integer({
    minimum: 1,
    maximum: maxPageSize,
    default: 50,
    description: `Records on a page, 50 unless given. The vendor publishes no maximum; this server stops at ${maxPageSize}.`
  }))
})
export type PageQuery = Static<typeof PageQuery>

/** A page of a list as it is answered. */
export interface Listed<T> { data: T[], pagination: Pagination }

/** What of a list is on a page, and the cursors beside it: each row as `show` shows it. */
export function pageOf<Row, T> ({ rows, pagination }: { rows: readonly Row[], pagination: Pagination }, show: (row: Row) => T): Listed<T> {
  return { data: rows.map(row => show(row)), pagination }
}

/** The page of a named schema, itself named `Paginated<name>List`. */
export function paginated<T extends TSchema> (item: T, plural: string) {
  return Type.Object({
    data: Type.Array(Ref(item), { description: `The ${plural} of this page, newest first.` }),
    pagination: Ref(Pagination)
  }, { $id: `Paginated${item.$id}List`, description: `One page of ${plural}.` })
}
