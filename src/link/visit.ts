import type { FastifyRequest } from 'fastify'
import { type VendorStatus } from '../contract/health.ts'
import { services } from '../contract/vendor-names.ts'
import { type Vendor } from '../contract/vendors.ts'
import { findSession, linkingStatusesFor, parseLinkKey, signedInAs, vendorsOf, type LinkProgress } from '../domain/linking/link-sessions.ts'
import { notFound } from '../lib/problem.ts'
import type { ServedStore } from '../world/served.ts'
import { fromJson } from '../lib/json.ts'

export type Session = ReturnType<typeof findSession>
type Reader = Parameters<typeof findSession>[0]

/** The pages in the order in which they come. */
export const pageNames = ['intro', 'brand', 'service', 'review', 'sign-in', 'devices', 'success'] as const
export type PageName = typeof pageNames[number]

/** Where one user stands in Link UI. */
export interface Visit {
  session: Session
  progress: LinkProgress
  /** The brand, given by the session or chosen. */
  vendor: Vendor | undefined
  account: ReturnType<typeof signedInAs>
  /** How well a brand can be linked now. */
  statusOf: (vendor: string) => VendorStatus
  /** The furthest page that can be shown. */
  step: PageName
}

/** What a request needs to find its session: the store of the client's world and the key, both out of the URL. */
export interface Opened { store: ServedStore, key: NonNullable<ReturnType<typeof parseLinkKey>> }

/** Reads the last part of a linkUrl; undefined when it is none of ours. */
export function readKey (text: string): Opened['key'] | undefined {
  // Decoding base64 skips over what is none, and the text goes into URLs again.
  return /^[\w-]+$/.test(text) ? parseLinkKey(text) : undefined
}

/** What a request opens; 404 when its URL is none of ours, or that of a client that is not here. */
export function open ({ params, visit }: FastifyRequest<{ Params: { key: string } }>): Opened {
  const key = readKey(params.key)
  if (key === undefined || visit === undefined) throw notFound('Link session', 'for this URL')
  return { store: visit.store, key }
}

/** The visit as the session's row tells it; 404 if there is none. */
export function findVisit (tx: Reader, key: Opened['key']): Visit {
  const session = findSession(tx, key)
  const progress = fromJson(session.progress)
  const vendor = vendorsOf(session).find(each => each === (session.vendor ?? progress.vendor))
  const account = vendor && signedInAs(tx, vendor, progress)
  return { session, progress, vendor, account, statusOf: linkingStatusesFor(tx, session), step: stepOf(session, progress, vendor, account) }
}

/** The apps that the user has to choose from: none where the brand has but one, or the account is known that is linked again. */
export function servicesOf ({ session, vendor }: Pick<Visit, 'session' | 'vendor'>): readonly string[] {
  return vendor === undefined || session.account_id !== null ? [] : services[vendor] ?? []
}

function stepOf (session: Session, progress: LinkProgress, vendor: Visit['vendor'], account: Visit['account']): PageName {
  if (session.used_at !== null) return 'success'
  if (progress.started !== true) return 'intro'
  if (vendor === undefined) return 'brand'
  if (progress.service === undefined && servicesOf({ session, vendor }).length > 0) return 'service'
  if (progress.consented !== true) return 'review'
  return account === undefined ? 'sign-in' : 'devices'
}

/** Whether a page can be shown; those further on need the answers of the ones before. */
export function isReached (visit: Visit, page: PageName): boolean {
  return pageNames.indexOf(page) <= pageNames.indexOf(visit.step) && isAsked(visit, page)
}

/** Whether a page has something to ask: a brand that is given is not asked for, nor an app where there is no choice. */
export function isAsked (visit: Visit, page: PageName): boolean {
  return page === 'brand' ? visit.session.vendor === null : page === 'service' ? servicesOf(visit).length > 0 : true
}

/** Whether a page that would lead to connecting must not be shown, since the brand has an outage. */
export function isRefused ({ vendor, statusOf }: Visit, page: PageName): boolean {
  return ['service', 'review', 'sign-in', 'devices'].includes(page) && vendor !== undefined && statusOf(vendor) === 'OUTAGE'
}

/** Whether the devices were connected on these pages and the user has still to go back to the app. */
export function isJustConnected ({ session, progress }: Visit): boolean {
  return session.used_at !== null && progress.connected === true && progress.completed !== true
}
