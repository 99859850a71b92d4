import { logFormat, type LogCall, type LogDelivery, type LogEntry, type LogStart, type WorldLog } from '../contract/mock-journal.ts'
import { badRequest } from '../lib/problem.ts'
import { version } from '../lib/package.ts'
import { iso, type Millis } from '../lib/time.ts'
import { type Job, headerLines } from '../webhooks/outcome.ts'
import { type Outcome } from '../webhooks/post.ts'

/** What a log holds at most; past that it takes no more, since what comes later needs all that came before. */
export const mostEntries = 10_000
const mostBytes = 16 * 1024 * 1024

/** A call as it came. */
export interface Call {
  method: string
  url: string
  base: string
  headers: Record<string, string>
  body: unknown
  bytes: number
}

/** A call that is being answered. */
export interface LoggedCall extends Call {
  status: number | null
  answer: string | Buffer | null
  until: number | null
}

interface Entry { at: Millis, timers: number, call?: LoggedCall, delivery?: { job: Job, outcome: Outcome } }

/**
 * All that comes to a world from outside: calls, what receivers answer, and how far time has moved at each. From its
 * start it determines everything else.
 */
export class Log {
  readonly #handled: () => number
  #handledBefore = 0
  #start: (() => LogStart) | undefined
  #entries: Entry[] = []
  #bytes = 0
  #isFull = false

  /** `handled` counts the timers that came due so far. */
  constructor (handled: () => number) {
    this.#handled = handled
  }

  /** Whether it takes anything more. */
  get isOpen (): boolean { return this.#start !== undefined && !this.#isFull }

  /** Timers that came due since it began. */
  get timers (): number { return this.#handled() - this.#handledBefore }

  get length (): number { return this.#entries.length }

  /** Begins anew; `start` writes the start out when somebody looks. */
  begin (start: () => LogStart): void {
    this.#start = start
    this.#handledBefore = this.#handled()
    this.#entries = []
    this.#bytes = 0
    this.#isFull = false
  }

  /** Answers the call to be completed, undefined when it is not logged. */
  call (at: Millis, call: Call): LoggedCall | undefined {
    const logged = { ...call, status: null, answer: null, until: null }
    return this.#add({ at, timers: 0, call: logged }, call.bytes) ? logged : undefined
  }

  answer (call: LoggedCall, status: number | null, answer: string | Buffer | null): void {
    call.status = status
    call.answer = answer
    call.until = this.#entries.length
    this.#bytes += answer?.length ?? 0
  }

  delivery (at: Millis, job: Job, outcome: Outcome): void {
    this.#add({ at, timers: 0, delivery: { job, outcome } }, job.body.length)
  }

  /** The clock was moved on. */
  moved (at: Millis): void {
    this.#add({ at, timers: 0 }, 0)
  }

  /** The log as a file; 400 when the world has none. */
  show (): WorldLog {
    if (this.#start === undefined) throw badRequest('this world goes on from an earlier process, so its beginning is not in the log: DELETE /_mock/log begins one here')
    return { format: logFormat, version, start: this.#start(), isComplete: !this.#isFull, entries: this.#entries.map(show) }
  }

  #add (entry: Entry, bytes: number): boolean {
    this.#isFull ||= this.#entries.length >= mostEntries || this.#bytes + bytes > mostBytes
    if (!this.isOpen) return false
    entry.timers = this.timers
    this.#bytes += bytes
    this.#entries.push(entry)
    return true
  }
}

function show ({ at, timers, call, delivery }: Entry): LogEntry {
  return {
    at: iso(at),
    timers,
    ...(call === undefined ? {} : { call: showCall(call) }),
    ...(delivery === undefined ? {} : { delivery: showDelivery(delivery) })
  }
}

function showCall ({ method, url, base, headers, body, status, answer, until }: LoggedCall): LogCall {
  return { method, url, base, headers, body: textOf(body, headers['content-type']), status, answer: answer === null ? null : String(answer), until }
}

function showDelivery ({ job, outcome }: { job: Job, outcome: Outcome }): LogDelivery {
  const came = outcome.status === null
    ? { status: null, error: outcome.error, answerHeaders: [], answer: '' }
    : { status: outcome.status, error: null, answerHeaders: headerLines(outcome.headers), answer: outcome.body }
  return { id: job.delivery.id, url: job.webhook.url, headers: job.headers, body: job.body, ...came }
}

/** The text of a body that was parsed: the same to whoever parses it again. */
function textOf (body: unknown, type: string | undefined): string | null {
  if (body === undefined || body === null) return null
  if (typeof body === 'string') return body
  if (!/urlencoded/i.test(type ?? '')) return JSON.stringify(body)
  return new URLSearchParams(Object.entries(body).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, String(each)]))).toString()
}
