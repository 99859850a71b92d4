import { ImageParams, ImageQuery, type ImageFormat } from '../contract/image.ts'
import { Cache } from '../lib/cache.ts'
import type { App } from '../lib/fastify.ts'
import { notFound } from '../lib/problem.ts'
import { sha256Hex } from '../lib/secret.ts'

const mostCachedBytes = 16 * 1024 * 1024

/** An image never changes: another model or colour has another id. */
const headers = { 'cache-control': 'public, max-age=31536000, immutable' }

/** The pictures that `imageUrl` leads to, open to all as those of a CDN are. They are drawn when somebody first asks. */
export async function imageRoutes (app: App): Promise<void> {
  // An image follows from the key by which it is remembered: nothing makes it stale, and nobody has to tell.
  const cache = new Cache<string, Buffer>(mostCachedBytes, image => image.length)
  let turn: Promise<unknown> = Promise.resolve()

  /** Answers what is remembered, or draws it. One is drawn at a time, since a large one takes up to 200 MB meanwhile; who waited for it finds it remembered. */
  async function imageOf (imageId: string, format: ImageFormat, query: ImageQuery): Promise<Buffer> {
    const { width, height, fit, quality } = query
    const key = JSON.stringify([imageId, format, width, height, fit, quality])
    const known = cache.get(key)
    if (known !== undefined) return known
    const mine = turn.then(async () => {
      const { render } = await import('./render.ts')
      const image = cache.get(key) ?? await render(imageId, format, query)
      if (image === undefined) throw notFound('Image', imageId)
      cache.set(key, image)
      return image
    })
    turn = mine.catch(() => {})
    return await mine
  }

  app.get('/assets/:imageId.:format', { schema: { hide: true, params: ImageParams, querystring: ImageQuery } }, async (request, reply) => {
    const { imageId, format } = request.params
    const image = await imageOf(imageId, format, request.query)
    const etag = `"${sha256Hex(image).slice(0, 32)}"`
    reply.headers({ ...headers, etag })
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.type(`image/${format}`).send(image)
  })
}

/** Whether the client says that it has the image already. */
function isKnown (ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(',').some(each => ['*', etag].includes(each.trim().replace(/^W\//, ''))) ?? false
}
