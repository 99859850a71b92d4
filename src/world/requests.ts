import { isDeepStrictEqual } from 'node:util'
import { documentedPath } from '../lib/path.ts'
import { leftOut, plainHeaders, plainUrl, withoutSecrets } from '../lib/redact.ts'
import { iso, parseTime, type Millis } from '../lib/time.ts'
import { type RequestMatcher, type RequestView } from '../contract/mock-journal.ts'

/** Requests that a world retains, if their bodies come to no more than these bytes. */
export const mostRequests = 1000
const mostBytes = 4 * 1024 * 1024

/** A request as it came and went. */
export interface Recorded {
  id: number
  at: Millis
  method: string
  url: string
  /** The path of the route, undefined where there is none. */
  route: string | undefined
  headers: Readonly<Record<string, unknown>>
  body: unknown
  status: number | null
  answerHeaders: Readonly<Record<string, unknown>>
  answer: string | Buffer | null
  /** Of both bodies. */
  bytes: number
}

/** The last requests to a world and their answers, in memory. Secrets are left out when somebody looks. */
export class Requests {
  #recorded: Recorded[] = []
  #bytes = 0
  #last = 0

  /** The number of the next request. */
  next (): number { return ++this.#last }

  add (recorded: Recorded): void {
    this.#recorded.push(recorded)
    this.#bytes += recorded.bytes
    if (this.#recorded.length < 2 * mostRequests && this.#bytes <= 2 * mostBytes) return
    this.#recorded = this.#counted()
    this.#bytes = this.#recorded.reduce((sum, each) => sum + each.bytes, 0)
  }

  /** The newest first. */
  matching (matches: (request: RequestView) => boolean): RequestView[] {
    return this.#counted().reverse().map(show).filter(matches)
  }

  clear (): void {
    this.#recorded = []
    this.#bytes = 0
  }

  /** Those that count, of which there are more for a while so that not every request has to move them. */
  #counted (): Recorded[] {
    let from = this.#recorded.length
    for (let bytes = 0; from > 0 && this.#recorded.length - from < mostRequests; from--) {
      bytes += this.#recorded[from - 1]?.bytes ?? 0
      if (bytes > mostBytes) break
    }
    return this.#recorded.slice(from)
  }
}

/** Whether a request is one of those that a matcher means. */
export function isMeant (request: RequestView, matcher: RequestMatcher): boolean {
  const { method, path, url, body, headers = {}, status } = matcher
  return (method === undefined || request.method === method.toUpperCase()) &&
    (path === undefined || path === request.path || path === request.url.split('?')[0]) &&
    (url === undefined || url === request.url) &&
    (status === undefined || status === request.response.status) &&
    Object.entries(headers).every(([name, value]) => request.headers[name.toLowerCase()] === value) &&
    (body === undefined || isPart(body, request.body))
}

/** Whether a request came after one with this number, or at or after a moment; undefined when the text is neither. */
export function sinceOf (text: string): ((request: RequestView) => boolean) | undefined {
  if (/^\d{1,15}$/.test(text)) return request => request.id > Number(text)
  const at = parseTime(text)
  return at === undefined ? undefined : request => Date.parse(request.at) >= at
}

function isPart (part: unknown, whole: unknown): boolean {
  if (!isObject(part)) return isDeepStrictEqual(part, whole)
  return isObject(whole) && Object.entries(part).every(([key, value]) => Object.hasOwn(whole, key) && isPart(value, whole[key]))
}

function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show (recorded: Recorded): RequestView {
  const { id, at, method, url, route, headers, body, status, answerHeaders, answer } = recorded
  return {
    id,
    at: iso(at),
    method,
    url: plainUrl(url),
    path: route === undefined ? null : documentedPath(route),
    headers: plainHeaders(headers),
    body: bodyOf(body, headers['content-type']),
    response: { status, headers: plainHeaders(answerHeaders), body: bodyOf(answer === null ? null : String(answer), answerHeaders['content-type']) }
  }
}

/** JSON as it means, a form by its fields; what is neither could hold a secret anywhere. */
function bodyOf (body: unknown, type: unknown): unknown {
  if (typeof body !== 'string') return withoutSecrets(body ?? null)
  if (body === '') return null
  if (/urlencoded/i.test(String(type))) return withoutSecrets(Object.fromEntries(new URLSearchParams(body)))
  try {
    return withoutSecrets(JSON.parse(body))
  } catch {
    return leftOut
  }
}
