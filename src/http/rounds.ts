import fp from 'fastify-plugin'
import type { App } from '../lib/fastify.ts'

/** Lets requests that may change something act in rounds of their world, and holds their answers until what they did is stored. */
export const rounds = fp(async (app: App) => {
  // Before anything looks at the moment at which a request acts, or at what a fault makes of it.
  app.addHook('preValidation', ({ method, visit }, _reply, done) => {
    if (visit === undefined || method === 'GET' || method === 'HEAD') done()
    else visit.world.round.join(done)
  })
  app.addHook('onSend', ({ visit }, _reply, payload, done) => {
    if (visit === undefined) return done(null, payload)
    visit.world.round.answer(failure => {
      if (failure === undefined) done(null, payload)
      else done(failure)
    })
  })
}, { name: 'rounds' })
