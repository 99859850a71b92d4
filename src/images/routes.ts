import { ImageParams, ImageQuery } from '../contract/image.ts'
import type { App } from '../lib/fastify.ts'
import { notFound } from '../lib/problem.ts'
import { sha256 } from '../lib/secret.ts'
import { ImageCache } from './cache.ts'

const mostCachedBytes = 16 * 1024 * 1024

/** An image never changes: another model or colour has another id. */
const headers = { 'cache-control': 'public, max-age=31536000, immutable' }

/** The pictures that `imageUrl` leads to, open to all as those of a CDN are. They are drawn when somebody first asks. */
export async function imageRoutes (app: App): Promise<void> {
  const cache = new ImageCache(mostCachedBytes)

  app.get('/assets/:imageId.:format', { exposeHeadRoute: true, schema: { hide: true, params: ImageParams, querystring: ImageQuery } }, async (request, reply) => {
    const { imageId, format } = request.params
    const { width, height, fit, quality } = request.query
    const key = JSON.stringify([imageId, format, width, height, fit, quality])
    let image = cache.get(key)
    if (image === undefined) {
      const { render } = await import('./render.ts')
      image = await render(imageId, format, request.query)
      if (image === undefined) throw notFound('Image', imageId)
      cache.set(key, image)
    }
    const etag = `"${sha256(image).toString('hex', 0, 16)}"`
    reply.headers({ ...headers, etag })
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.type(`image/${format}`).send(image)
  })
}

/** Whether the client says that it has the image already. */
function isKnown (ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(',').some(each => ['*', etag].includes(each.trim().replace(/^W\//, ''))) ?? false
}
