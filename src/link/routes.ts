import formbody from '@fastify/formbody'
import { Type } from '@sinclair/typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { completeLink, devicesFound, findSession, requireOpen, saveProgress, isOtherAccount, signIn, vendorsOf, vendorsWithAccounts, type LinkProgress } from '../domain/linking/link-sessions.ts'
import { badRequest, notFound, Problem } from '../lib/problem.ts'
import type { App } from '../lib/fastify.ts'
import type { World } from '../world/world.ts'
import { exitUrl } from './exit.ts'
import { wordingFor } from './language.ts'
import type { Look } from './layout.ts'
import { render, renderTrouble, type View } from './pages.ts'
import { findVisit, isJustConnected, isReached, isRefused, open, readKey, servicesOf, type Session, type PageName, type Visit } from './visit.ts'

export interface LinkOptions {
  /** The world of the client whose id stands in a linkUrl. */
  worldOfClient: (clientId: string) => World | undefined
}

type Asked = FastifyRequest<{ Params: { key: string } }>
type Writer = Parameters<typeof saveProgress>[0]

/** Bytes of a form at most. */
const bodyLimit = 16 * 1024

/** The key in the URL opens the session: it must not leak to other sites, be stored, or be framed. Ways out are links, which form-action does not bind. */
const headers = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

const schema = { hide: true, params: Type.Object({ key: Type.String() }) }

/** Link UI: pages rendered on the server, working without script. */
export async function linkRoutes (app: App, { worldOfClient }: LinkOptions): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit })
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers)
    const key = readKey((request.params as { key?: string }).key ?? '')
    const world = key && worldOfClient(key.clientId)
    if (world !== undefined) request.world = world
    done()
  })
  app.setErrorHandler(async (error: FastifyError | Problem, request, reply) => await sendTrouble(error, request as Asked, reply))

  app.get('/link/:key', { schema }, async (request, reply) => await show('intro', request, reply))
  app.get('/link/:key/brand', { schema }, async (request, reply) => await show('brand', request, reply))
  app.get('/link/:key/service', { schema }, async (request, reply) => await show('service', request, reply))
  app.get('/link/:key/review', { schema }, async (request, reply) => await show('review', request, reply))
  app.get('/link/:key/sign-in', { schema }, async (request, reply) => await show('sign-in', request, reply))
  app.get('/link/:key/devices', { schema }, async (request, reply) => await show('devices', request, reply))
  app.get('/link/:key/success', { schema }, async (request, reply) => await show('success', request, reply))

  app.post('/link/:key', { schema }, (request, reply) => answer('intro', request, reply, (_tx, { progress }) => {
    expect(request, 'start')
    return { ...progress, started: true }
  }))
  app.post('/link/:key/brand', { schema }, (request, reply) => answer('brand', request, reply, (_tx, { session }) => {
    const vendor = field(request, 'vendor')
    if (!vendorsOf(session).some(each => each === vendor)) throw badRequest('"vendor" is none of those to choose from')
    return { started: true, vendor }
  }))
  app.post('/link/:key/service', { schema }, (request, reply) => answer('service', request, reply, (_tx, visit) => {
    const service = field(request, 'service')
    if (!servicesOf(visit).includes(service)) throw badRequest('"service" is none of those to choose from')
    const { consented: _consented, accountId: _accountId, failed: _failed, ...rest } = visit.progress
    return { ...rest, service }
  }))
  app.post('/link/:key/review', { schema }, (request, reply) => answer('review', request, reply, (_tx, { progress }) => {
    expect(request, 'allow')
    const { failed: _failed, ...rest } = progress
    return { ...rest, consented: true }
  }))
  app.post('/link/:key/sign-in', { schema }, (request, reply) => answer('sign-in', request, reply, (tx, { session, vendor = '', progress }) => {
    const username = field(request, 'username')
    const account = signIn(tx, vendor, username, field(request, 'password'))
    const { accountId: _accountId, failed: _failed, ...rest } = progress
    const isOther = account !== undefined && isOtherAccount(session, account)
    return account === undefined || isOther ? { ...rest, failed: { as: username.slice(0, 200), isOther } } : { ...rest, accountId: account.id }
  }))
  app.post('/link/:key/devices', { schema }, (request, reply) => answer('devices', request, reply, (tx, { session, account, progress }) => {
    expect(request, 'connect')
    if (account === undefined || devicesFound(tx, session, account).length === 0) return progress
    completeLink(tx, session, account)
    return { ...progress, connected: true }
  }))

  app.get('/link/:key/exit', { schema }, (request, reply) => {
    const { store, key } = open(request)
    return leave(reply, store.read(tx => {
      const session = findSession(tx, key)
      requireOpen(tx, session)
      return exitUrl(session.redirect_uri)
    }))
  })
  // Answers again after the first time, so that a second click on Complete leads back to the app too.
  app.get('/link/:key/complete', { schema }, (request, reply) => {
    const { store, key } = open(request)
    return leave(reply, store.write(tx => {
      const { session, progress, step } = findVisit(tx, key)
      if (progress.connected !== true) {
        requireOpen(tx, session)
        return urls('success', request.params.key)(step)
      }
      saveProgress(tx, session, { ...progress, completed: true })
      return session.redirect_uri
    }))
  })
  for (const path of ['/link', '/link/*']) {
    app.all(path, { schema: { hide: true } }, (request, reply) => {
      const page = /^\/link\/[^/?]+(\/(?:brand|review|sign-in|devices))?(\/(?:success|exit|complete))?(\?|$)/.exec(request.url)
      if (request.method === 'OPTIONS' && page !== null) return reply.code(204).header('allow', `GET, HEAD, ${page[2] === undefined ? 'POST, ' : ''}OPTIONS`).send()
      throw notFound('Page', `${request.method} ${request.url.split('?')[0]?.slice(0, 100) ?? ''}`)
    })
  }

  async function show (page: PageName, request: Asked, reply: FastifyReply): Promise<FastifyReply> {
    const { store, key } = open(request)
    const to = urls(page, request.params.key)
    const view = store.read((tx): Omit<View, 'look'> => {
      const visit = findVisit(tx, key)
      if (!(page === 'success' && isJustConnected(visit))) requireOpen(tx, visit.session)
      const found = visit.account === undefined ? [] : devicesFound(tx, visit.session, visit.account)
      return { visit, to, found, ready: page === 'brand' ? vendorsWithAccounts(tx) : new Set() }
    })
    return isReached(view.visit, page) ? sendPage(reply, render(page, { ...view, look: await lookOf(request, view.visit.session) })) : leave(reply, to(view.visit.step))
  }

  /** Takes a form in one transaction, and sends the browser on to the page that is next; a form that came too early, or during an outage, changes nothing. */
  function answer (page: PageName, request: Asked, reply: FastifyReply, progressAfter: (tx: Writer, visit: Visit) => LinkProgress): FastifyReply {
    const { store, key } = open(request)
    const next = store.write(tx => {
      const visit = findVisit(tx, key)
      requireOpen(tx, visit.session)
      if (isReached(visit, page) && !isRefused(visit, page)) saveProgress(tx, visit.session, progressAfter(tx, visit))
      return findVisit(tx, key).step
    })
    return leave(reply, urls(page, request.params.key)(next))
  }

  async function sendTrouble (error: FastifyError | Problem, request: Asked, reply: FastifyReply): Promise<FastifyReply> {
    const session = sessionOf(request)
    const look = await lookOf(request, session)
    if (error instanceof Problem && error.status === 404) return sendPage(reply.code(404), renderTrouble(look, 'unknown', error.detail))
    if (error instanceof Problem && error.status === 410) return sendPage(reply.code(410), renderTrouble(look, session?.used_at === null ? 'expired' : 'used', error.detail))
    const status = error instanceof Problem ? error.status : error.statusCode ?? 500
    if (status >= 400 && status < 500) return sendPage(reply.code(status), renderTrouble(look, 'malformed', error instanceof Problem ? error.detail : error.message))
    request.log.error({ err: error, method: request.method, url: request.routeOptions.url }, 'Link UI failed')
    return sendPage(reply.code(status), renderTrouble(look, 'broken'))
  }

  /** The session of a request that failed, if that much of it is right: a page about it has its language and colours. */
  function sessionOf (request: Asked): Session | undefined {
    try {
      const { store, key } = open(request)
      return store.read(tx => findSession(tx, key))
    } catch {
      return undefined
    }
  }
}

async function lookOf (request: FastifyRequest, session: Session | undefined): Promise<Look> {
  return { ...await wordingFor(session?.language ?? 'browser', request.headers['accept-language']), colorScheme: session?.color_scheme ?? 'system' }
}

/** URLs relative to a page, so that they hold wherever a proxy puts this server. */
function urls (from: PageName, key: string): View['to'] {
  const base = from === 'intro' ? '' : '../'
  return page => page === 'intro' ? base + key : `${base}${key}/${page}`
}

function sendPage (reply: FastifyReply, document: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(document)
}

/** 303 makes a GET of whatever came before. Fastify's own redirect would rewrite characters of the redirectUri. */
function leave (reply: FastifyReply, url: string): FastifyReply {
  return reply.code(303).header('location', url).send('')
}

function field (request: FastifyRequest, name: string): string {
  const value = (request.body as Record<string, unknown> | null | undefined)?.[name]
  if (typeof value !== 'string') throw badRequest(`The form needs the field "${name}" once`)
  return value
}

function expect (request: FastifyRequest, value: string): void {
  if (field(request, 'answer') !== value) throw badRequest(`The form needs the field "answer" with the value "${value}"`)
}
