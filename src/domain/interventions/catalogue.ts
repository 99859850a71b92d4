import { type AssetKind, assetKinds, type Vendor, vendorsByType } from '../../contract/vendors.ts'
import { asUuid } from '../../lib/random.ts'
import { sha256Hex } from '../../lib/secret.ts'
import { kinds, type Kind, type KindName } from './kinds.ts'

/** An intervention before it is put into words. */
export interface Entry {
  id: string
  vendor: Vendor
  vendorType: AssetKind
  name: KindName
}

/** The ids that Enode has published; clients may hold them. */
const publishedIds: Readonly<Record<string, string>> = {
  'AUDI vehicle acceptTerms': '9d90a9ad-9b24-4ce0-94e9-e888b1b877f4',
  'FORD vehicle activateService': '06197b76-966e-414a-b174-7a00cde49f30',
  'TESLA vehicle pairKey': '3b2891a9-5dcf-4691-b850-b5ea36b57c2e',
  'VOLKSWAGEN vehicle activateService': '644d2a0f-6774-489b-b57d-07cf00261467',
  'VOLKSWAGEN vehicle becomePrimaryUser': 'd88a46e9-fc8b-4f71-ae50-b8610f4faead',
  'VOLKSWAGEN vehicle completeProfile': '0defa374-8a1a-4eb1-a85f-b7cb09501097',
  'VOLKSWAGEN vehicle enableCharging': '3e861d64-9c00-4c97-9475-a1b4a9881e79',
  'VOLKSWAGEN vehicle renewSubscription': 'e8d1b66d-9e41-4a1e-8cab-d9f6da40adb9',
  'VOLKSWAGEN vehicle shareParkingPosition': '9e9af174-03ad-4448-9092-b2988b10cdb0',
  'VOLKSWAGEN vehicle updateCarSoftware': 'b9acf87e-d7c8-426b-80a7-c925b5b90d6f'
}

/** Every intervention, by type and vendor in the order of the reference. It is the same in every world. */
export const entries: readonly Entry[] = assetKinds.flatMap(vendorType => vendorsByType[vendorType].flatMap(vendor =>
  (Object.keys(kinds) as KindName[]).filter(name => isNeeded(kinds[name], vendor, vendorType)).map(name => ({ id: idOf(vendor, vendorType, name), vendor, vendorType, name }))))

export const entryById: ReadonlyMap<string, Entry> = new Map(entries.map(entry => [entry.id, entry]))

function isNeeded (kind: Kind, vendor: Vendor, vendorType: AssetKind): boolean {
  const vendors: readonly Vendor[] = kind.vendors[vendorType] ?? []
  return vendors.includes(vendor)
}

function idOf (vendor: Vendor, vendorType: AssetKind, name: KindName): string {
  const key = `${vendor} ${vendorType} ${name}`
  return publishedIds[key] ?? asUuid(sha256Hex(key))
}
