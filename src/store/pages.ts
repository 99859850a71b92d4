import { encodeCursor, placeOf, type ListPlace } from '../lib/cursor.ts'
import { statement, type Db, type Statement } from './database.ts'

/** What a client asks of a list. */
export interface PageQuery {
  after?: string | undefined
  before?: string | undefined
  pageSize?: number | undefined
}

export interface Page<Row> {
  rows: Row[]
  pagination: { before: string | null, after: string | null }
}

const defaultPageSize = 50

interface Placed { created_at: number, seq: number }

/**
 * Keyset paging over a table with `created_at` and `seq`, newest first. A cursor names a place in that order and not
 * a row, so pages stay right while rows come and go.
 */
export function pager<Row extends Placed> (db: Db, columns: string, from: string): (query: PageQuery, ...values: string[]) => Page<Row> {
  const first = statement(db, `select ${columns} from ${from} order by created_at desc, seq desc limit ?`)
  const older = statement(db, `select ${columns} from ${from} and (created_at, seq) < (?, ?) order by created_at desc, seq desc limit ?`)
  const newer = statement(db, `select ${columns} from ${from} and (created_at, seq) > (?, ?) order by created_at, seq limit ?`)
  const side = (rows: Statement, at: Placed, values: string[]): boolean => rows.get(...values, at.created_at, at.seq, 1) !== undefined

  return (query, ...values) => {
    const size = query.pageSize ?? defaultPageSize
    const place = placeOf(query)
    const rows = (place === undefined
      ? first.all(...values, size)
      : place.side === 'after'
        ? older.all(...values, place.at.createdAt, place.at.sequence, size)
        : newer.all(...values, place.at.createdAt, place.at.sequence, size).reverse()) as Row[]
    const newest = rows[0] ?? (place?.side === 'after' ? beside(place.at, -1) : undefined)
    const oldest = rows.at(-1) ?? (place?.side === 'before' ? beside(place.at, 1) : undefined)
    const hasNewer = newest !== undefined && place !== undefined && side(newer, newest, values)
    const hasOlder = oldest !== undefined && (place?.side === 'before' || rows.length === size) && side(older, oldest, values)
    return { rows, pagination: { before: hasNewer ? cursor(newest) : null, after: hasOlder ? cursor(oldest) : null } }
  }
}

/** The place beside one, so that the way back from an empty page holds what stands at the place itself. */
function beside ({ createdAt, sequence }: ListPlace, step: 1 | -1): Placed {
  return { created_at: createdAt, seq: Math.max(0, sequence + step) }
}

function cursor (row: Placed): string {
  return encodeCursor({ createdAt: row.created_at, sequence: row.seq })
}
