import { badRequest, invalid } from './problem.ts'
import { iso, parseTime, type Millis } from './time.ts'

/** A place in a list that is sorted by creation time, newest first; `sequence` orders what was created at the same moment. */
export interface ListPlace {
  createdAt: Millis
  sequence: number
}

/** As the vendor's cursors are, base64 of the creation time; the sequence behind it tells equal times apart. */
export function encodeCursor (at: ListPlace): string {
  return Buffer.from(`${iso(at.createdAt)}#${at.sequence}`).toString('base64')
}

/** Undefined when the text is no cursor of ours. The sequence may be missing, as in the documented example. */
function decodeCursor (text: string): ListPlace | undefined {
  if (!/^[A-Za-z0-9+/]{32,80}={0,2}$/.test(text)) return undefined
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?:#(\d{1,15}))?$/.exec(Buffer.from(text, 'base64').toString('latin1'))
  const createdAt = match?.[1] === undefined ? undefined : parseTime(match[1])
  if (createdAt === undefined) return undefined
  return { createdAt, sequence: Number(match?.[2] ?? 0) }
}

/** The place that a client asks for a page on one side of; undefined for the first page. Throws a 400 problem when that cannot be. */
export function placeOf ({ after, before }: { after?: string | undefined, before?: string | undefined }): { side: 'after' | 'before', at: ListPlace } | undefined {
  if (after !== undefined && before !== undefined) throw badRequest('"after" and "before" cannot be given together: ask for the page on one side of a cursor')
  const side = after === undefined ? 'before' : 'after'
  const text = after ?? before
  if (text === undefined) return undefined
  const at = decodeCursor(text)
  if (at === undefined) throw invalid(`"${side}" must be a cursor from the "pagination" of an earlier answer`, [side], 'any.invalid')
  return { side, at }
}
