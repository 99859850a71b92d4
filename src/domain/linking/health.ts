import { type Integration, type VendorStatus } from '../../contract/health.ts'
import { portalNames, vendorNames } from '../../contract/vendor-names.ts'
import { type AssetKind, assetKinds, makes, type Vendor, vendors, vendorsByType } from '../../contract/vendors.ts'
import { unavailable } from '../../lib/problem.ts'
import { type ReadTx } from '../../store/store.ts'
import { linkingStatuses, type LinkingStatusOf } from '../faults/faults.ts'
import { allScopesFor } from './scopes.ts'

export interface VendorHealth<V extends Vendor = Vendor> {
  vendor: V
  displayName: string
  status: VendorStatus
  portalName: string
  linkingStatus: VendorStatus
}

/** The vendors of a type of asset, in the order of the reference. */
export function listVendorHealth<T extends AssetKind> (tx: ReadTx, type: T): Array<VendorHealth<typeof vendorsByType[T][number]>> {
  const statusOf = linkingStatuses(tx)
  return vendorsByType[type].map(vendor => healthOf(vendor, [type], statusOf))
}

/** The vendors of some types of asset, each once with those of the types that it makes. `assetTypes` is joined by commas. */
export function listIntegrations (tx: ReadTx, assetTypes: string = assetKinds.join(',')): Integration[] {
  const asked = assetTypes.split(',')
  const statusOf = linkingStatuses(tx)
  return vendors.flatMap(vendor => {
    const types = assetKinds.filter(type => asked.includes(type) && makes(vendor, type))
    if (types.length === 0) return []
    const { displayName, status, portalName, linkingStatus } = healthOf(vendor, types, statusOf)
    return [{ vendor, displayName, assetTypes: types, scopes: allScopesFor(types), status, portalName, linkingStatus }]
  })
}

/** Says with a 503 when the server no longer serves as it should. */
export function requireReady (world: { isEnding: boolean }): void {
  if (world.isEnding) throw unavailable('At least one functionality is not working: the server is shutting down')
}

/** The reference has `status` always READY; what faults change is `linkingStatus`. */
function healthOf<V extends Vendor> (vendor: V, types: readonly AssetKind[], statusOf: LinkingStatusOf): VendorHealth<V> {
  const displayName = vendorNames[vendor]
  return { vendor, displayName, status: 'READY', portalName: portalNames[vendor] ?? displayName, linkingStatus: statusOf(vendor, types) }
}
