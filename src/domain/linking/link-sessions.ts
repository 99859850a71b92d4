import { badRequest, forbidden, invalid, notFound, Problem } from '../../lib/problem.ts'
import { sameSecret } from '../../lib/secret.ts'
import { day } from '../../lib/time.ts'
import { type VendorStatus } from '../../contract/health.ts'
import { type LinkBody, type LinkSession, type RelinkBody } from '../../contract/link.ts'
import { type Completion } from '../../contract/mock.ts'
import { type AssetKind, assetKinds, makes, type Vendor, vendorsByType } from '../../contract/vendors.ts'
import { type AccountRow } from '../../store/accounts.ts'
import { type LinkProgress, type LinkSessionRow } from '../../store/link-sessions.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { createAccount, findAccount } from './accounts.ts'
import { linkingStatuses } from '../faults/faults.ts'
import { stateOf } from '../truth/rows.ts'
import { connectAccount, ensureUser } from './assets.ts'
import { requireReadData, scopesFor, typesIn } from './scopes.ts'
import { wrongWithRedirect } from './way-back.ts'

export { type LinkProgress }

/** How long a link session lasts, as documented. */
const sessionLasts = day

/** How long a page can still tell a used or expired session from one that never was. */
const toldApartFor = 7 * day

/** A device as Link UI shows it, by what it says of itself. */
export interface FoundDevice {
  type: AssetKind
  displayName: string | null
  brand: string | null
  model: string | null
  year: number | null
}

/** Starts a link session for a user, who is made if unknown. `base` is the URL of Link UI. */
export function createLinkSession (tx: Tx, userId: string, input: LinkBody, base: string): LinkSession {
  checkScopes(input)
  requireFreeConnection(tx)
  ensureUser(tx, userId)
  return openSession(tx, input, { user_id: userId, vendor: input.vendor ?? null, vendor_type: input.vendorType ?? null, scopes: JSON.stringify([...new Set(input.scopes)]), account_id: null }, base)
}

/** Starts a session in which an asset's user signs in to the same account again, with the scopes that were granted before. */
export function createRelinkSession (tx: Tx, assetId: string, input: RelinkBody, base: string): LinkSession {
  const asset = tx.assets.get(assetId)
  const account = tx.accounts.get(tx.devices.get(asset?.device_id ?? '')?.account_id ?? '')
  if (asset === undefined || account === undefined) throw badRequest(`Could not find asset ${assetId}`, 'Asset not found')
  if (asset.is_linked === 1 && account.is_valid === 1) {
    throw badRequest(`Asset ${assetId} is linked and its credentials work. For other scopes, use POST /users/${asset.user_id}/link`, 'Asset already linked')
  }
  const ofAccount = tx.assets.ofUser(asset.user_id).filter(each => tx.devices.get(each.device_id)?.account_id === account.id)
  const scopes = [...new Set(ofAccount.flatMap(each => fromJson(each.scopes)))]
  return openSession(tx, input, { user_id: asset.user_id, vendor: account.vendor, vendor_type: null, scopes: JSON.stringify(scopes), account_id: account.id }, base)
}

type Linking = Pick<LinkSessionRow, 'user_id' | 'vendor' | 'vendor_type' | 'scopes' | 'account_id'>

/** The browser is sent there, so it must be a way back and nothing that runs. */
function requireWayBack (redirectUri: string): void {
  const wrong = wrongWithRedirect(redirectUri)
  if (wrong !== undefined) throw invalid(`"redirectUri" ${wrong}`, ['redirectUri'], 'string.uri')
}

function openSession (tx: Tx, input: RelinkBody, linking: Linking, base: string): LinkSession {
  requireWayBack(input.redirectUri)
  tx.linkSessions.sweep(tx.now - toldApartFor)
  const id = tx.random.uuid()
  const secret = tx.random.hex(64)
  tx.linkSessions.insert({
    ...linking,
    id,
    secret,
    language: input.language,
    redirect_uri: input.redirectUri,
    color_scheme: input.colorScheme ?? 'system',
    created_at: tx.now,
    expires_at: tx.now + sessionLasts
  })
  const linkUrl = `${base}/link/${Buffer.from(`${id}@${tx.world.row().client_id}:${secret}`).toString('base64url')}`
  return { linkUrl, linkToken: Buffer.from(JSON.stringify({ linkUrl, redirectUri: input.redirectUri })).toString('base64') }
}

/** What the last part of a linkUrl says. */
export interface LinkKey { sessionId: string, clientId: string, secret: string }

/** Undefined when the text is no part of a linkUrl of ours. */
export function parseLinkKey (text: string): LinkKey | undefined {
  const match = /^([0-9a-f-]{36})@(.+):([0-9a-f]{64})$/.exec(Buffer.from(text, 'base64url').toString('utf8'))
  return match === null ? undefined : { sessionId: match[1] ?? '', clientId: match[2] ?? '', secret: match[3] ?? '' }
}

/** Reads a linkToken; throws a 400 problem when it is none. */
export function parseLinkToken (linkToken: string): LinkKey {
  let linkUrl: unknown
  try {
    linkUrl = (JSON.parse(Buffer.from(linkToken, 'base64').toString('utf8')) as { linkUrl?: unknown }).linkUrl
  } catch { /* falls through to the problem */ }
  const key = typeof linkUrl === 'string' ? parseLinkKey(linkUrl.split('/').at(-1) ?? '') : undefined
  if (key === undefined) throw invalid('"linkToken" must be the linkToken that POST /users/{userId}/link answered', ['linkToken'], 'any.invalid')
  return key
}

/** The session that a key opens, whether or not it can still be used; 404 if there is none. */
export function findSession (tx: ReadTx, key: LinkKey): LinkSessionRow {
  const session = tx.linkSessions.get(key.sessionId)
  if (session === undefined || !sameSecret(session.secret, key.secret)) throw notFound('Link session', key.sessionId)
  return session
}

/** Refuses a session that was used or has expired with a 410. */
export function requireOpen (tx: ReadTx, session: LinkSessionRow): void {
  const why = session.used_at !== null ? 'was already used' : tx.now >= session.expires_at ? 'expired after 24 hours' : undefined
  if (why !== undefined) {
    throw new Problem({ status: 410, slug: 'gone', title: 'Link session is over', detail: `This link ${why}. Create a new one with POST /users/{userId}/link` })
  }
}

/** The types of asset that a session links, in the order of the reference. */
export function typesOf (session: LinkSessionRow): AssetKind[] {
  if (session.vendor_type !== null) return [session.vendor_type]
  return typesIn(fromJson(session.scopes))
}

/** The vendors that a session lets a user choose from. */
export function vendorsOf (session: LinkSessionRow): Vendor[] {
  return session.vendor !== null ? [session.vendor] : [...new Set<Vendor>(typesOf(session).flatMap(type => vendorsByType[type]))].sort()
}

/** How well each vendor can be linked in a session, by the types of asset that the session links of it. */
export function linkingStatusesFor (tx: ReadTx, session: LinkSessionRow): (vendor: string) => VendorStatus {
  const statusOf = linkingStatuses(tx)
  const types = typesOf(session)
  return vendor => statusOf(vendor, types)
}

/** Remembers where the user stands. */
export function saveProgress (tx: Tx, session: LinkSessionRow, progress: LinkProgress): void {
  tx.linkSessions.setProgress(session.id, JSON.stringify(progress))
}

/** The virtual account of these credentials, or undefined when vendor, name or password do not fit. */
export function signIn (tx: ReadTx, vendor: string, username: string, password: string): AccountRow | undefined {
  const account = tx.accounts.byUsername(username)
  return account?.vendor === vendor && sameSecret(account.password, password) ? account : undefined
}

/** Whether a session links an account again, and this is another one. */
export function isOtherAccount (session: LinkSessionRow, account: AccountRow): boolean {
  return session.account_id !== null && session.account_id !== account.id
}

/** The account that signed in earlier, while it is still there and of the vendor. */
export function signedInAs (tx: ReadTx, vendor: string, { accountId }: LinkProgress): AccountRow | undefined {
  const account = accountId === undefined ? undefined : tx.accounts.get(accountId)
  return account?.vendor === vendor ? account : undefined
}

/** What an account holds that the session can link. */
export function devicesFound (tx: ReadTx, session: LinkSessionRow, account: AccountRow): FoundDevice[] {
  const types: readonly string[] = typesOf(session)
  return tx.devices.byAccount(account.id).filter(device => types.includes(device.kind)).map(device => {
    const state = stateOf(device)
    return {
      type: device.kind,
      displayName: ('displayName' in state ? state.displayName : null) || null,
      brand: state.brand || null,
      model: state.model || null,
      year: 'year' in state ? state.year : null
    }
  })
}

/** The vendors that have a virtual account in this world. */
export function vendorsWithAccounts (tx: ReadTx): Set<string> {
  return new Set(tx.accounts.list().map(account => account.vendor))
}

/** The session itself can be started for such a vendor: it is Link UI that refuses. */
function vendorIsOut (vendor: string): Problem {
  return new Problem({
    status: 503,
    slug: 'vendor-temporarily-unavailable',
    title: 'Vendor Temporarily Unavailable',
    detail: `${vendor} cannot be linked: its linkingStatus is OUTAGE. Nothing was changed. DELETE /_mock/faults ends what holds it there`
  })
}

/** Links the account to the session's user and uses the session up; 503 while the vendor has an outage. Answers where the browser goes. */
export function completeLink (tx: Tx, session: LinkSessionRow, account: AccountRow): string {
  requireOpen(tx, session)
  if (linkingStatusesFor(tx, session)(account.vendor) === 'OUTAGE') throw vendorIsOut(account.vendor)
  const types = typesOf(session)
  if (devicesFound(tx, session, account).length === 0) {
    throw badRequest(`The account holds no ${types.join(' or ')}: sign in to another one, or add a device to it with POST /_mock/accounts/${account.id}/devices`, 'No devices found')
  }
  if (tx.connections.get(account.id, session.user_id) === undefined) requireFreeConnection(tx)
  tx.linkSessions.use(session.id, tx.now)
  connectAccount(tx, session.user_id, account, scopesFor(types, fromJson(session.scopes)))
  return session.redirect_uri
}

/** Goes through Link UI without a browser. */
export function completeWithoutBrowser (tx: Tx, key: LinkKey, input: Omit<Completion, 'linkToken'>): string {
  const session = findSession(tx, key)
  requireOpen(tx, session)
  return completeLink(tx, session, input.username === undefined ? accountOnTheSpot(tx, session, input) : existingAccount(tx, session, input))
}

function existingAccount (tx: Tx, session: LinkSessionRow, { username = '', password = '', vendor, devices }: Omit<Completion, 'linkToken'>): AccountRow {
  if (vendor !== undefined || devices !== undefined) throw badRequest('"username" signs in to an account that exists, "vendor" and "devices" make a new one: give one or the other')
  const account = tx.accounts.byUsername(username)
  if (account === undefined || !sameSecret(account.password, password)) {
    throw badRequest('"username" and "password" are not those of a virtual account. GET /_mock/accounts lists them', 'Sign-in failed')
  }
  if (!vendorsOf(session).includes(account.vendor)) throw badRequest(`the account is one of ${account.vendor}, the session links ${vendorsOf(session).join(', ')}`, 'Sign-in failed')
  if (isOtherAccount(session, account)) throw badRequest(`the account is not the one that is linked again, ${String(session.account_id)}: give the credentials of that one, or leave them out`, 'Sign-in failed')
  return account
}

function accountOnTheSpot (tx: Tx, session: LinkSessionRow, input: Omit<Completion, 'linkToken'>): AccountRow {
  if (session.account_id !== null) {
    if (input.vendor !== undefined || input.devices !== undefined) throw badRequest('"vendor" and "devices" make a new account, but this session links one again that exists: leave them out')
    return findAccount(tx, session.account_id)
  }
  const choices = vendorsOf(session)
  const vendor = input.vendor ?? (choices.includes('TESLA') ? 'TESLA' : choices[0])
  if (vendor === undefined || !choices.includes(vendor)) throw invalid(`"vendor" must be one of ${choices.join(', ')}`, ['vendor'], 'any.only')
  const types = typesOf(session).filter(type => makes(vendor, type))
  const { id } = createAccount(tx, { vendor, devices: input.devices ?? types.map(type => ({ type })) })
  return findAccount(tx, id)
}

/** Refuses one connection more than the world's limit with the documented 403. */
function requireFreeConnection (tx: ReadTx): void {
  const world = tx.world.row()
  if (world.connection_limit === null || tx.connections.count() < world.connection_limit) return
  throw forbidden('Connections limit reached.', `Unable to create more connections for ClientID: ${world.client_id}`)
}

/** Each type of asset that is asked for needs its `:read:data`, and a vendor or type that is named must be among them. */
function checkScopes ({ scopes, vendor, vendorType }: LinkBody): void {
  const types = assetKinds.filter(type => type === vendorType || typesIn(scopes).includes(type))
  requireReadData(types, scopes)
  const linked = vendorType === undefined ? types : [vendorType]
  if (vendor !== undefined && !linked.some(type => makes(vendor, type))) {
    throw invalid(`"vendor" ${vendor} makes no ${linked.join(' or ')}`, ['vendor'], 'any.only')
  }
}
