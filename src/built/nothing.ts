/** In the place of `node:http2`, which Fastify loads whether it is used or not: this server speaks HTTP/1.1. */
export const nothing = undefined
