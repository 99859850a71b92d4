import type { Agent } from 'undici'
import { deliveryFigures as figures } from '../lib/delivery-figures.ts'

/** What came of a POST: an answer, or the reason why there was none. */
export type Outcome =
  | { status: number, headers: Record<string, string | string[] | undefined>, body: string }
  | { status: null, error: string }

/** Something that delivers. */
export interface Sender {
  post: (url: string, headers: Record<string, string>, body: string) => Promise<Outcome>
  close: () => Promise<void>
}

/** Posts to receivers: no redirects, one deadline for the whole answer, and no more of its body than is worth keeping. */
export class Poster implements Sender {
  #agent: Agent | undefined
  #closed = false

  async post (url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
    // Loaded with the first delivery, because it costs 50 ms that a start without webhooks need not pay.
    const { Agent, request } = await import('undici')
    if (this.#closed) return { status: null, error: 'not sent, since the world is closing' }
    // A connection is used once: one that the receiver has closed meanwhile would look like a failed delivery.
    this.#agent ??= new Agent({ pipelining: 0 })
    try {
      const response = await request(url, { method: 'POST', headers, body, dispatcher: this.#agent, signal: AbortSignal.timeout(figures.timeoutMs) })
      return { status: response.statusCode, headers: response.headers, body: await readSome(response.body) }
    } catch (error) {
      return { status: null, error: reason(error) }
    }
  }

  async close (): Promise<void> {
    this.#closed = true
    await this.#agent?.destroy()
  }
}

/** Whether the receiver acknowledged: any 2xx does. */
export function isAcknowledged (outcome: Outcome): boolean {
  return outcome.status !== null && outcome.status >= 200 && outcome.status < 300
}

async function readSome (body: AsyncIterable<Uint8Array> & { destroy: () => void }): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= figures.answerBytes) break
  }
  return Buffer.concat(chunks).subarray(0, figures.answerBytes).toString('utf8')
}

function reason (error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${figures.timeoutMs / 1000} s`
  const code = (error as NodeJS.ErrnoException).code
  return code === undefined || error.message.includes(code) ? error.message : `${code}: ${error.message}`
}
