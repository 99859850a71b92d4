import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as SecureAgent, request as httpsRequest } from 'node:https'
import { second } from '../lib/time.ts'

/** Real time that a receiver has to answer, as documented. */
const timeoutMs = 5 * second

/** Bytes of a receiver's answer that are stored at most. */
const mostAnswerBytes = 16 * 1024

/** Connections to one host that are kept while nothing is sent on them, and for how long: receivers made with Node end theirs after 5 s. */
const kept = { keepAlive: true, maxFreeSockets: 20, timeout: 4 * second, scheduling: 'lifo' } as const

/** What tells that the other side is gone. */
const closed: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE'])

/** What came of a POST: an answer, or the reason why there was none. */
export type Outcome =
  | { status: number, headers: Record<string, string | string[] | undefined>, body: string }
  | { status: null, error: string }

/** Something that delivers. */
export interface Sender {
  post: (url: string, headers: Record<string, string>, body: string) => Promise<Outcome>
  close: () => Promise<void>
}

interface Post { url: string, headers: Record<string, string>, body: string }

/**
 * Posts to receivers: no redirects, one deadline for the whole answer, and no more of its body than is worth storing. A
 * connection stays open for the next POST. A receiver may close it meanwhile, and what is just being sent then is lost
 * without any fault of either: it is sent again at once, until it has a connection of its own.
 */
export class Poster implements Sender {
  readonly #agents = { plain: new Agent(kept), secure: new SecureAgent(kept) }
  readonly #requests = new Set<ClientRequest>()
  #isEnded = false

  async post (url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
    const deadline = AbortSignal.timeout(timeoutMs)
    for (;;) {
      if (this.#isEnded) return { status: null, error: 'not sent, since the world is closing' }
      const outcome = await this.#send({ url, headers, body }, deadline)
      if (outcome !== undefined) return outcome
    }
  }

  async close (): Promise<void> {
    this.#isEnded = true
    for (const request of this.#requests) request.destroy(new Error('the world is closing'))
    this.#agents.plain.destroy()
    this.#agents.secure.destroy()
  }

  /** Answers the final answer, whatever interim ones come before; undefined when the receiver had closed a connection that was kept. */
  async #send ({ url, headers, body }: Post, deadline: AbortSignal): Promise<Outcome | undefined> {
    return await new Promise(resolve => {
      const isSecure = /^https:/i.test(url)
      const options = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }
      const request = isSecure ? httpsRequest(url, { ...options, agent: this.#agents.secure }) : httpRequest(url, { ...options, agent: this.#agents.plain })
      const end = (): void => { request.destroy() }
      const finish = (outcome: Outcome | undefined): void => {
        deadline.removeEventListener('abort', end)
        this.#requests.delete(request)
        resolve(outcome)
      }
      this.#requests.add(request)
      deadline.addEventListener('abort', end)
      const fail = (error: NodeJS.ErrnoException): void => {
        finish({ status: null, error: deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : reason(error) })
      }
      let isAnswered = false
      request.on('response', response => {
        isAnswered = true
        readSome(response, finish, fail)
      })
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (!isAnswered && request.reusedSocket && closed.has(error.code) && !deadline.aborted) finish(undefined)
        else fail(error)
      })
      request.end(body)
    })
  }
}

/** Whether the receiver acknowledged: any 2xx does. */
export function isAcknowledged (outcome: Outcome): boolean {
  return outcome.status !== null && outcome.status >= 200 && outcome.status < 300
}

/** Reads an answer until it is longer than what is stored. */
function readSome (response: IncomingMessage, finish: (outcome: Outcome) => void, fail: (error: Error) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const take = (): void => {
    finish({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString('utf8') })
  }
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size < mostAnswerBytes) return
    take()
    response.destroy()
  })
  response.on('end', take)
  response.on('error', fail)
}

function reason (error: NodeJS.ErrnoException): string {
  // A name that stands for several addresses fails once for each.
  const message = error instanceof AggregateError ? error.errors.map(each => (each as Error).message).join(', ') : error.message
  return error.code === undefined || message.includes(error.code) ? message : `${error.code}: ${message}`
}
