import type { App } from '../lib/fastify.ts'

/** The page at `/`, which leads to the rest. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>mock-enode</title>
<style>body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>mock-enode</h1>
<p>A local, stateful twin of the Enode API. It is running.</p>
<ul>
<li><a href="_mock/">The page</a>: users and devices as they live, time, faults, webhooks as they happen</li>
<li><a href="docs">The API</a>, documented operation by operation, to try out</li>
<li><a href="_mock/docs">The control API</a>: time, worlds, accounts, devices, deliveries</li>
<li><a href="_mock/info">What runs here</a>: seed, fixture, clock</li>
</ul>
</html>
`

export async function homeRoutes (app: App): Promise<void> {
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
}
