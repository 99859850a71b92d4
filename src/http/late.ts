import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../lib/fastify.ts'

/**
 * A part of a server, with routes of its own, that is made when a request first needs it: a route takes a tenth of a
 * millisecond to register, and a start should not wait for those that nobody has asked for.
 */
export class Late {
  readonly #make: () => Promise<App>
  #made: Promise<App> | undefined
  #ready: App | undefined

  constructor (make: () => Promise<App>) {
    this.#make = make
  }

  /** The part itself, to which something may be added as long as it has taken no request. */
  async app (): Promise<App> {
    return await (this.#made ??= this.#make())
  }

  /** Takes a request over, of which nothing was read but its head. */
  take (request: FastifyRequest, reply: FastifyReply, otherwise: (error: Error) => void): void {
    if (this.#ready === undefined) {
      this.#getReady().then(() => { this.take(request, reply, otherwise) }).catch(otherwise)
      return
    }
    reply.hijack()
    this.#ready.routing(request.raw, reply.raw)
  }

  /** Lets the connections end that it answers on. */
  async close (): Promise<void> {
    if (this.#made !== undefined) await (await this.#made).close()
  }

  async #getReady (): Promise<void> {
    const app = await this.app()
    await app.ready()
    this.#ready = app
  }
}
