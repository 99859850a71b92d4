import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { second } from '../lib/time.ts'

/** Real time that a receiver has to answer, as documented. */
const timeoutMs = 5 * second

/** Bytes of a receiver's answer that are stored at most. */
const mostAnswerBytes = 16 * 1024

/** What came of a POST: an answer, or the reason why there was none. */
export type Outcome =
  | { status: number, headers: Record<string, string | string[] | undefined>, body: string }
  | { status: null, error: string }

/** Something that delivers. */
export interface Sender {
  post: (url: string, headers: Record<string, string>, body: string) => Promise<Outcome>
  close: () => Promise<void>
}

/** Posts to receivers: no redirects, one deadline for the whole answer, and no more of its body than is worth storing. */
export class Poster implements Sender {
  readonly #end = new AbortController()

  async post (url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
    if (this.#end.signal.aborted) return { status: null, error: 'not sent, since the world is closing' }
    const deadline = AbortSignal.timeout(timeoutMs)
    try {
      const response = await send(url, headers, body, AbortSignal.any([deadline, this.#end.signal]))
      return { status: response.statusCode ?? 0, headers: response.headers, body: await readSome(response) }
    } catch (error) {
      return { status: null, error: deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : reason(error) }
    }
  }

  async close (): Promise<void> {
    this.#end.abort()
  }
}

/** Whether the receiver acknowledged: any 2xx does. */
export function isAcknowledged (outcome: Outcome): boolean {
  return outcome.status !== null && outcome.status >= 200 && outcome.status < 300
}

/** Answers with the final answer, whatever interim ones come before. */
async function send (url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<IncomingMessage> {
  const request = /^https:/i.test(url) ? httpsRequest : httpRequest
  return await new Promise((resolve, reject) => {
    // A connection is used once: one that the receiver has closed meanwhile would look like a failed delivery.
    request(url, { method: 'POST', headers, agent: false, signal }, resolve).on('error', reject).end(body)
  })
}

async function readSome (body: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= mostAnswerBytes) break
  }
  return Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString('utf8')
}

function reason (error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // A name that stands for several addresses fails once for each.
  const message = error instanceof AggregateError ? error.errors.map(each => (each as Error).message).join(', ') : error.message
  const code = (error as NodeJS.ErrnoException).code
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`
}
