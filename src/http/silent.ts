import type { Socket } from 'node:net'
import fp from 'fastify-plugin'
import type { App } from '../lib/fastify.ts'

/**
 * Ends connections on which no request has ever come when the server closes. Node waits for those, and browsers and
 * other clients open them in advance or in the place of one that they broke off.
 */
export const silent = fp(async (app: App) => {
  const sockets = new Set<Socket>()
  // Of TLS, requests know only the secured end.
  app.server.on('setSecureContext' in app.server ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.server.on('request', ({ socket }) => sockets.delete(socket))
  app.addHook('preClose', done => {
    for (const socket of sockets) socket.destroy()
    done()
  })
}, { name: 'silent' })
