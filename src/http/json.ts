import fp from 'fastify-plugin'
import type { App } from '../lib/fastify.ts'
import { badRequest } from '../lib/problem.ts'

/** Objects and arrays within each other, past which a body is refused: whoever walks through one would run out of stack. */
const mostLevels = 100

/** Reads JSON bodies. Many clients name the content type also where they send nothing, so an empty body is no body. */
export const jsonBodies = fp(async (app: App) => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined)
    if (isTooDeep(body as string)) return done(badRequest(`The request payload is nested deeper than ${mostLevels} levels`), undefined)
    return parse(request, body as string, done)
  })
}, { name: 'json-bodies' })

function isTooDeep (text: string): boolean {
  let [level, isText] = [0, false]
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (isText && letter === '\\') i++
    else if (letter === '"') isText = !isText
    else if (!isText && (letter === '[' || letter === '{') && ++level > mostLevels) return true
    else if (!isText && (letter === ']' || letter === '}')) level--
  }
  return false
}
