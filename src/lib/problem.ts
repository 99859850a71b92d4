/** One thing that validation found wrong. */
export interface Issue {
  message: string
  path: Array<string | number>
  type: string
}

interface ProblemParts {
  status: number
  /** The last part of the `type` URI, from the vendor's list where it has one. */
  slug: string
  title: string
  detail: string
  issues?: Issue[]
  headers?: Record<string, string>
}

/** An RFC 7807 answer, thrown from anywhere and rendered by `http/errors.ts`. */
export class Problem extends Error {
  readonly status: number
  readonly slug: string
  readonly title: string
  readonly detail: string
  readonly issues: Issue[] | undefined
  readonly headers: Record<string, string>

  constructor (parts: ProblemParts) {
    super(`${parts.title}: ${parts.detail}`)
    this.status = parts.status
    this.slug = parts.slug
    this.title = parts.title
    this.detail = parts.detail
    this.issues = parts.issues
    this.headers = parts.headers ?? {}
  }

  /** The body: exactly type, title and detail, and issues on a validation failure. */
  body (): { type: string, title: string, detail: string, issues?: Issue[] } {
    const body = { type: `https://developers.enode.com/api/problems/${this.slug}`, title: this.title, detail: this.detail }
    return this.issues === undefined ? body : { ...body, issues: this.issues }
  }
}

/** A request that cannot be carried out as it stands. */
export function badRequest (detail: string, title = 'Bad Request'): Problem {
  return new Problem({ status: 400, slug: 'bad-request', title, detail })
}

/** A value that breaks a rule which a schema cannot express; `path` leads to it. */
export function invalid (message: string, path: Array<string | number>, type = 'custom'): Problem {
  return invalidAll([{ message, path, type }])
}

export function invalidAll (issues: Issue[]): Problem {
  return new Problem({ status: 400, slug: 'bad-request', title: 'Payload validation failed', detail: issues.map(issue => issue.message).join('. '), issues })
}

/** Lets the issues of a part say where the part stands in the whole. */
export function issuesUnder<T> (path: Array<string | number>, fn: () => T): T {
  try {
    return fn()
  } catch (error) {
    if (!(error instanceof Problem) || error.issues === undefined || path.length === 0) throw error
    throw invalidAll(error.issues.map(issue => ({ ...issue, path: [...path, ...issue.path] })))
  }
}

/** As `issuesUnder`; also a problem without issues becomes one, at the path. */
export function issueAt<T> (path: Array<string | number>, fn: () => T): T {
  return issuesUnder(path, () => {
    try {
      return fn()
    } catch (error) {
      throw error instanceof Problem && error.issues === undefined ? invalid(error.detail, []) : error
    }
  })
}

/** `hasToken` says whether one was given that is of no use. */
export function unauthorized (hasToken: boolean): Problem {
  const headers = { 'www-authenticate': `${challenges.bearer}${hasToken ? ', error="invalid_token"' : ''}` }
  return new Problem({ status: 401, slug: 'unauthorized', title: 'Unauthorized', detail: 'Unauthorized for resource', headers })
}

/** What the `WWW-Authenticate` of a 401 asks for: a token, or the credentials of a client. */
export const challenges = { bearer: 'Bearer realm="mock-enode"', basic: 'Basic realm="mock-enode"' }

export function forbidden (title: string, detail: string): Problem {
  return new Problem({ status: 403, slug: 'forbidden', title, detail })
}

/** `notFound('Webhook', id)`: title `Webhook not found`, detail `Could not find webhook <id>`. */
export function notFound (what: string, id: string): Problem {
  return new Problem({ status: 404, slug: 'not-found', title: `${what} not found`, detail: `Could not find ${what.toLowerCase()} ${id.slice(0, 200)}` })
}

export function userNotFound (id: string): Problem {
  return new Problem({ status: 404, slug: 'not-found', title: 'User does not exist', detail: `Could not find user with ID ${id}` })
}

/** Something that works at other times. */
export function unavailable (detail: string): Problem {
  return new Problem({ status: 503, slug: 'service-unavailable', title: 'Service Unavailable', detail })
}

/** For what was under way when its world ended. */
export function worldIsGone (): Problem {
  return unavailable('This world was deleted, or the server is shutting down')
}
