import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServedStore } from '../../world/served.ts'

export const json = 'application/json; charset=utf-8'

/** Sends an answer that is written once for a URL, until anything changes or time passes. */
export function sendAnswer<T extends object> (request: FastifyRequest, reply: FastifyReply, make: Parameters<typeof ServedStore.prototype.answer<T>>[1], statusOf: (made: T) => number = () => 200): void {
  const { status, body } = request.store.answer(request.url, make, statusOf)
  reply.code(status).type(json).send(body)
}
