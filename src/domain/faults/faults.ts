import { framing } from '../../lib/framing.ts'
import { badRequest, invalid, notFound } from '../../lib/problem.ts'
import { durationOf, minute } from '../../lib/time.ts'
import { type VendorStatus } from '../../contract/health.ts'
import { type FaultEffect, type FaultTarget, type FaultView, type FaultWish } from '../../contract/mock-faults.ts'
import { type AssetKind, makes } from '../../contract/vendors.ts'
import { type FaultRow } from '../../store/faults.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { requireShowable } from './showable.ts'

/** Faults past which a new one is refused, since every reader goes through all of them. */
export const mostFaults = 1000

type Effect = Exclude<keyof FaultEffect, 'headers' | 'problem'>

/** What each sort of thing is picked by, and what can go wrong with it. */
const targets: Record<string, { keys: ReadonlyArray<keyof FaultTarget>, effects: readonly Effect[] }> = {
  requests: { keys: ['method', 'path', 'status'], effects: ['status', 'delay', 'disconnect'] },
  actions: { keys: ['assetId', 'vendor', 'vendorType', 'kind'], effects: ['outcome', 'delay', 'undo'] },
  polls: { keys: ['assetId', 'vendor', 'vendorType'], effects: ['unreachable', 'stale', 'misreport', 'missing', 'late'] },
  deliveries: { keys: ['webhookId', 'event'], effects: ['drop', 'duplicate', 'reorder', 'delay'] },
  linking: { keys: ['vendor', 'vendorType'], effects: ['linkingStatus'] }
}
export type Affected = 'requests' | 'actions' | 'polls' | 'deliveries' | 'linking'

/** A fault as it is stored, and what it hits. */
export interface Fault extends FaultView { target: Affected }

const longestRequestDelay = 5 * minute

export function listFaults (tx: ReadTx): FaultView[] {
  return tx.faults.list().map(showFault)
}

/** The faults that hit one sort of thing, in the order in which they were made. */
export function faultsOn (tx: ReadTx, target: Affected): Fault[] {
  const rows = tx.faults.list()
  const parsed = tx.memory.of(ParsedFaults)
  if (parsed.rows !== rows) {
    parsed.rows = rows
    parsed.faults = rows.map(row => ({ ...showFault(row), target: affectedBy(showFault(row)) }))
  }
  return parsed.faults.filter(fault => fault.target === target)
}

/** What the rows say, which every request and poll asks for while there are any. It is stale once the table lists other ones, as it does after each change. */
class ParsedFaults {
  rows: readonly FaultRow[] = []
  faults: Fault[] = []
}

function showFault (row: FaultRow): FaultView {
  return { id: row.id, on: fromJson(row.matches), effect: fromJson(row.effect), timesLeft: row.times, afterLeft: row.after }
}

/** Makes a fault, which is in force at once; 400 when it could never hit anything, or not that way. */
export function createFault (tx: Tx, wish: FaultWish): FaultView {
  const { on, effect, times = null, after = 0 } = wish
  requireSense(wish, affectedBy(wish))
  requireShowable(tx, wish)
  if (tx.faults.list().length >= mostFaults) throw badRequest(`there are already ${mostFaults} faults: delete some`)
  // Out of the stream apart, so that what is made later is the same with a fault and without.
  const id = tx.serials.uuid()
  // Polls that it may hit are to be made.
  tx.followed.add('*')
  tx.faults.insert({ id, matches: JSON.stringify(on), effect: JSON.stringify(effect), times, after })
  return { id, on, effect, timesLeft: times, afterLeft: after }
}

export function removeFault (tx: Tx, id: string): void {
  if (tx.faults.delete(id) === 0) throw notFound('Fault', id)
}

export function removeFaults (tx: Tx): void {
  for (const { id } of tx.faults.list()) tx.faults.delete(id)
}

/** What a fault hits: its effect says so and, where that leaves a choice, the keys of `on` do. */
function affectedBy ({ on, effect }: Pick<FaultWish, 'on' | 'effect'>): Affected {
  const what = effectOf(effect)
  const hit = Object.entries(targets).filter(([, { effects }]) => effects.includes(what))
  const keys = Object.keys(on) as Array<keyof FaultTarget>
  const fitting = hit.filter(([, target]) => keys.every(key => target.keys.includes(key)))
  const [only] = fitting
  if (fitting.length === 1 && only !== undefined) return only[0] as Affected
  const choices = hit.map(([name, target]) => `${name} by ${target.keys.join(', ')}`).join('; or ')
  if (fitting.length > 1) throw invalid(`"on" must say what "${what}" is for: it hits ${choices}`, ['on'])
  const stray = keys.find(key => !hit.some(([, target]) => target.keys.includes(key))) ?? keys[0] ?? ''
  throw invalid(`"on.${stray}" does not go with the effect "${what}", which hits ${choices}`, ['on', stray])
}

function effectOf (effect: FaultEffect): Effect {
  const [what, another] = Object.keys(effect).filter(key => key !== 'headers' && key !== 'problem')
  if (what === undefined || another !== undefined) throw invalid(`"effect" must be one of ${[...new Set(Object.values(targets).flatMap(({ effects }) => effects))].join(', ')}`, ['effect'])
  const stray = Object.keys(effect).find(key => key !== what)
  if (stray !== undefined && what !== 'status') throw invalid(`"effect.${stray}" goes only with "status"`, ['effect', stray])
  const framed = Object.keys(effect.headers ?? {}).find(name => framing.test(name))
  if (framed !== undefined) throw invalid(`"effect.headers" must not have ${framed}, which the answer needs itself`, ['effect', 'headers', framed])
  return what as Effect
}

/** A combination that the schema allows can still make no sense. */
function requireSense ({ on, effect, times, after }: FaultWish, target: Affected): void {
  const { vendor, vendorType } = on
  if (vendor !== undefined && vendorType !== undefined && !makes(vendor, vendorType)) throw invalid(`"on.vendorType" ${vendorType} is none that ${vendor} makes`, ['on', 'vendorType'], 'any.only')
  if (target === 'linking' && vendor === undefined) throw invalid('"on.vendor" is required with "linkingStatus"', ['on', 'vendor'], 'any.required')
  if (target === 'linking' && (times ?? after) !== undefined) throw invalid('"times" and "after" count hits, and "linkingStatus" is a state: delete the fault to end it', [times === undefined ? 'after' : 'times'])
  if (effect.outcome?.state === 'CONFIRMED' && effect.outcome.failureReason !== undefined) throw invalid('"effect.outcome.failureReason" does not go with CONFIRMED', ['effect', 'outcome', 'failureReason'])
  for (const key of ['delay', 'undo', 'late'] as const) {
    if (effect[key] !== undefined && durationOf(effect[key]) === undefined) throw invalid(`"effect.${key}" must be an ISO 8601 duration above zero, such as PT2S`, ['effect', key], 'string.duration')
  }
  if (target === 'requests' && (durationOf(effect.delay ?? '') ?? 0) > longestRequestDelay) throw invalid('"effect.delay" of requests passes in real time and must be at most PT5M', ['effect', 'delay'])
}

/** How well a vendor can be linked: the worst that holds for one of some types that it makes. */
export type LinkingStatusOf = (vendor: string, types: readonly AssetKind[]) => VendorStatus

const worstFirst: readonly VendorStatus[] = ['OUTAGE', 'ELEVATED_ERROR_RATE', 'READY']

/** Reads the faults once, to ask about many vendors. Of those that fit a vendor and a type, the one made last decides. */
export function linkingStatuses (tx: ReadTx): LinkingStatusOf {
  const faults = faultsOn(tx, 'linking').reverse()
  return (vendor, types) => {
    const ofVendor = faults.filter(({ on }) => on.vendor === vendor)
    const found = types.filter(type => makes(vendor, type)).map(type => ofVendor.find(({ on }) => (on.vendorType ?? type) === type)?.effect.linkingStatus)
    return worstFirst.find(status => found.includes(status)) ?? 'READY'
  }
}
