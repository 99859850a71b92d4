import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServedStore } from '../../world/served.ts'

type Asked<T extends object> = Parameters<typeof ServedStore.prototype.answer<T>>

export const json = 'application/json; charset=utf-8'

/** Sends an answer that is written once for a URL, until anything changes or the moment comes that `until` tells. */
export function sendAnswer<T extends object> (request: FastifyRequest, reply: FastifyReply, make: Asked<T>[1], until: Asked<T>[2], statusOf: Asked<T>[3] = () => 200): void {
  const { status, body } = request.store.answer(request.url, make, until, statusOf)
  reply.code(status).type(json).send(body)
}
