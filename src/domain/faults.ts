import { badRequest, invalid, notFound } from '../lib/problem.ts'
import { type VendorStatus } from '../contract/health.ts'
import { type FaultWish } from '../contract/mock.ts'
import { type FaultView } from '../contract/mock-answers.ts'
import { type VendorType } from '../contract/vendors.ts'
import { type FaultRow } from '../store/faults.ts'
import { type ReadTx, type Tx } from '../store/store.ts'
import { makes } from './scopes.ts'

/** Faults past which a new one is refused, since every reader goes through all of them. */
export const mostFaults = 1000

export function listFaults (tx: ReadTx): FaultView[] {
  return tx.faults.list().map(showFault)
}

function showFault (row: FaultRow): FaultView {
  return { id: row.id, on: JSON.parse(row.matches) as FaultWish['on'], effect: JSON.parse(row.effect) as FaultWish['effect'] }
}

/** Makes a fault, which is in force at once; 400 when it could never hit anything. */
export function createFault (tx: Tx, { on, effect }: FaultWish): FaultView {
  if (on.vendorType !== undefined && !makes(on.vendor, on.vendorType)) throw invalid(`"on.vendorType" ${on.vendorType} is none that ${on.vendor} makes`, ['on', 'vendorType'], 'any.only')
  if (tx.faults.list().length >= mostFaults) throw badRequest(`there are already ${mostFaults} faults: delete some`)
  // Out of the stream apart, so that what is made later is the same with a fault and without.
  const id = tx.serials.uuid()
  tx.faults.insert({ id, matches: JSON.stringify(on), effect: JSON.stringify(effect) })
  return { id, on, effect }
}

export function removeFault (tx: Tx, id: string): void {
  if (!tx.faults.delete(id)) throw notFound('Fault', id)
}

export function removeFaults (tx: Tx): void {
  for (const { id } of tx.faults.list()) tx.faults.delete(id)
}

/** How well a vendor can be linked: the worst that holds for one of some types that it makes. */
export type LinkingStatusOf = (vendor: string, types: readonly VendorType[]) => VendorStatus

const worstFirst: readonly VendorStatus[] = ['OUTAGE', 'ELEVATED_ERROR_RATE', 'READY']

/** Reads the faults once, to ask about many vendors. Of those that fit a vendor and a type, the one made last decides. */
export function linkingStatuses (tx: ReadTx): LinkingStatusOf {
  const faults = listFaults(tx).reverse()
  return (vendor, types) => {
    const ofVendor = faults.filter(({ on }) => on.vendor === vendor)
    const found = types.filter(type => makes(vendor, type)).map(type => ofVendor.find(({ on }) => (on.vendorType ?? type) === type)?.effect.linkingStatus)
    return worstFirst.find(status => found.includes(status)) ?? 'READY'
  }
}
