import type { ServerOptions } from 'node:https'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyRequest } from 'fastify'
import { apiVersion } from './contract/common.ts'
import { components } from './contract/index.ts'
import { mockComponents } from './contract/mock.ts'
import { ConfigError, urlOf, type Config } from './config.ts'
import { guard } from './mock-api/guard.ts'
import { pageRoutes } from './mock-api/page.ts'
import { controlRoutes } from './mock-api/routes/index.ts'
import { auth } from './http/auth.ts'
import { serializerCompiler, validatorCompiler } from './http/compilers.ts'
import { docsRoutes } from './http/docs.ts'
import { clientErrorText, errors, sendProblem } from './http/errors.ts'
import { faulty } from './http/faulty.ts'
import { homeRoutes } from './http/home.ts'
import { journal } from './http/journal.ts'
import { jsonBodies } from './http/json.ts'
import { Late } from './http/late.ts'
import { oauthRoutes } from './http/oauth.ts'
import { documentedRoutes } from './http/routes/index.ts'
import { rounds } from './http/rounds.ts'
import { silent } from './http/silent.ts'
import { storedDocument } from './http/stored-document.ts'
import { imageRoutes } from './images/routes.ts'
import { type App } from './lib/fastify.ts'
import { badRequest, Problem } from './lib/problem.ts'
import { plainUrl } from './lib/redact.ts'
import { Validation } from './lib/validation.ts'
import { linkRoutes } from './link/routes.ts'
import { version } from './lib/package.ts'
import { type Built, type Played } from './replay.ts'
import { type WorldSetting } from './world/setting.ts'
import { loadFixture } from './world/fixtures.ts'
import { defaultWorld, Worlds } from './world/worlds.ts'

/** Bytes of a request body at most. */
const bodyLimit = 1024 * 1024

/** What checks requests, for every server of the process. */
const validation = new Validation([...components, ...mockComponents])

/** Puts a server together from its settings, without listening. */
export async function buildApp (config: Config, played?: Played): Promise<Built> {
  const started = performance.now()
  let requests = 0
  const genReqId = (): string => `req-${++requests}`
  const app = newApp(config, { genReqId, isToldElsewhere: isOfPages, https: config.tls === undefined ? null : await (await import('./tls/folder.ts')).certificatesIn(config.tls, config.publicUrl) })
  const worlds = worldsOf(config.fixture, { ...await settingOf(config), ...played?.setting }, error => { app.log.error({ err: error }, 'something went wrong in the background') })
  const baseUrl: App['baseUrl'] = request => played?.base() ?? config.publicUrl ?? `${request.protocol}://${request.host || 'localhost'}`
  const base = config.publicUrl ?? ''
  const uptimeSeconds = (): number => Math.floor((performance.now() - started) / 1000)
  const health = (): object => ({ status: 'ok', version, uptimeSeconds: uptimeSeconds() })

  const pages = new Late(async () => {
    const late = newApp(config, { genReqId, loggerInstance: app.log })
    await meetAll(late, worlds, baseUrl, app.faultyPaths)
    await late.register(linkRoutes, { worldOfClient: id => worlds.byClient(id) })
    late.get('/_mock/health', { schema: { hide: true } }, health)
    await late.register(pageRoutes)
    await late.register(async guarded => {
      await guarded.register(guard, { worlds, controlToken: config.controlToken, host: config.host })
      await guarded.register(controlRoutes, { worlds: () => worlds, version, uptimeSeconds, replay: async log => await (await import('./replay.ts')).replay(log, config, buildApp) })
    })
    await late.register(docsRoutes, { at: '/_mock/docs', base, document: async () => await (await import('./mock-api/openapi.ts')).controlDocument(version) })
    return late
  })
  app.addHook('preClose', async () => {
    await worlds.interrupt()
    await pages.close()
  })
  app.addHook('onClose', async () => { await worlds.close() })
  app.addHook('onRequest', (request, reply, done) => {
    if (isOfPages(request)) return pages.take(request, reply, done)
    if (/^\/(_mock|docs|link)(\/|\?|$)/.test(request.url)) return done()
    reply.header('enode-version', apiVersion)
    // The router takes even nothing for a parameter, as in /users//link.
    if (Object.values(request.params ?? {}).includes('')) reply.callNotFound()
    else done()
  })
  await meetAll(app, worlds, baseUrl, new Map())
  await app.register(silent)
  await app.register(homeRoutes)
  await app.register(oauthRoutes, { worldOfCredentials: (id, secret) => worlds.byCredentials(id, secret) })
  await app.register(async documented => {
    await documented.register(auth, { worldOfToken: token => worlds.byToken(token) })
    await documented.register(rounds)
    await documented.register(documentedRoutes)
  })
  await app.register(imageRoutes)
  app.get('/_mock/health', { schema: { hide: true } }, health)
  await app.register(docsRoutes, { at: '/docs', base, clientId: config.clientId, document: async () => await storedDocument(base) })
  return { app, pages, worlds }
}

/** Whether a request is for the control API or Link UI, which are instances of their own. */
function isOfPages ({ url, is404 }: FastifyRequest): boolean {
  return is404 && /^\/(_mock|link)(\/|\?|$)/.test(url)
}

/** An instance that reads and answers as all of this server does. */
function newApp (config: Config, { isToldElsewhere, ...own }: { https?: ServerOptions | null, loggerInstance?: FastifyBaseLogger, genReqId: () => string, isToldElsewhere?: (request: FastifyRequest) => boolean }): App {
  return Fastify({
    ...(own.loggerInstance === undefined && { logger: config.logLevel === 'silent' ? false : { level: config.logLevel, serializers: { req: ({ method, url }: { method: string, url: string }) => ({ method, url: plainUrl(url) }) } } }),
    ...own,
    // Each is told by the instance that answers it.
    logController: new LogController({ disableRequestLogging: ['debug', 'trace'].includes(config.logLevel) ? isToldElsewhere ?? false : true }),
    // What still arrives while the server ends is answered as a problem, where Fastify would answer in a form of its own.
    return503OnClosing: false,
    bodyLimit,
    // Given here, those that Fastify brings need not be loaded, which takes a tenth of a start.
    schemaController: { compilersFactory: { buildValidator: () => validatorCompiler(validation), buildSerializer: () => serializerCompiler } as never },
    // Longer than any URL that Node takes: what is too long, the schemas say.
    routerOptions: { maxParamLength: 16 * 1024 },
    frameworkErrors: (error, _request, reply) => { sendProblem(reply.header('enode-version', apiVersion), badRequest(error.code === 'FST_ERR_BAD_URL' ? 'The path is not a valid URL path' : error.message)) },
    clientErrorHandler: (error, socket) => {
      if (!socket.destroyed) socket.end(clientErrorText(error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400, `The request could not be read: ${error.message}`))
    }
  })
}

/** What every request meets, whatever it asks for. */
async function meetAll (app: App, worlds: Worlds, baseUrl: App['baseUrl'], faultyPaths: App['faultyPaths']): Promise<void> {
  app.decorate('baseUrl', baseUrl)
  // Faults come first, so that what is recorded of a request is what came of it.
  await app.register(faulty, { paths: faultyPaths })
  await app.register(journal, { fallback: () => worlds.default })
  await app.register(errors)
  await app.register(jsonBodies)
}

/** A fixture that cannot be is a wrong setting, and says where. */
function worldsOf (fixture: string, setting: WorldSetting, onError: (error: unknown) => void): Worlds {
  try {
    return new Worlds(setting, onError)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new ConfigError(`fixture ${fixture}: ${error.issues?.map(issue => `at ${issue.path.slice(1).join('.')}: ${issue.message}`).join('; ') ?? error.detail}`)
  }
}

async function settingOf (config: Config): Promise<WorldSetting> {
  return {
    name: defaultWorld,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    seed: config.seed,
    now: config.now,
    clock: config.clock,
    speed: config.speed,
    timing: config.timing,
    tokens: config.tokens,
    webhookPatience: config.webhookPatience,
    baseUrl: config.publicUrl ?? (config.port === 0 ? null : urlOf(config)),
    fixtureName: config.fixture,
    fixture: await loadFixture(config.fixture),
    folder: config.data
  }
}
