// Fastify alone, to compare with: no schema, no hook, a constant for an answer.
import Fastify from 'fastify'

const app = Fastify({ logger: false })
const constants = new Map()

function constant (bytes) {
  if (!constants.has(bytes)) constants.set(bytes, JSON.stringify({ data: 'x'.repeat(Math.max(0, bytes - '{"data":""}'.length)) }))
  return constants.get(bytes)
}

const answer = (request, reply) => reply.type('application/json; charset=utf-8').send(constant(Number(request.params.bytes)))
app.get('/constant/:bytes', answer)
app.post('/constant/:bytes', answer)

await app.listen({ port: Number(process.argv[2] ?? 0), host: '127.0.0.1' })
process.once('SIGTERM', () => { app.close().then(() => process.exit(0)) })
