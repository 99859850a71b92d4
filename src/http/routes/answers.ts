import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Millis } from '../../lib/time.ts'
import type { ReadTx } from '../../store/store.ts'

export const json = 'application/json; charset=utf-8'

/** Sends an answer that is written once for a URL, until anything changes or the moment comes that `until` tells. */
export function sendAnswer<T extends object> (request: FastifyRequest, reply: FastifyReply, make: (tx: ReadTx) => T, until: (tx: ReadTx) => Millis, statusOf: (made: T) => number = () => 200): void {
  const { status, body } = request.store.answer(request.url, make, until, statusOf)
  reply.code(status).type(json).send(body)
}
