import { Type, type Static, type TUnsafe } from '@sinclair/typebox'
import { Closed, Nullable, StringEnum, Timestamp, Uuid } from './kit.ts'
import { Ref } from './ref.ts'
import { Scope } from './scopes.ts'
import { vendorNames } from './vendor-names.ts'
import { type Vendor } from './vendors.ts'

/** The version of the API that this server speaks. */
export const apiVersion = '2024-10-01'

export const lastUpdated = Nullable(Timestamp('When this part was last reported; null if never.'))
export const latitude = Type.Number({ minimum: -90, maximum: 90, description: 'Degrees north of the equator.' })
export const longitude = Type.Number({ minimum: -180, maximum: 180, description: 'Degrees east of Greenwich.' })
export const locationId = Nullable(Uuid('Id of the location where it stands; null if at none.'))
export const hemSystemId = Nullable(Uuid('Id of the home energy management system that it belongs to, if any.'))
export const timezone = Type.String({ description: 'IANA name of the timezone.' })

const capability = {
  isCapable: Type.Boolean({ description: 'Whether it works fully.' }),
  interventionIds: Type.Array(Type.String(), { description: 'Ids of interventions by which the user could make it work.' })
}

export const Capability = Type.Object(capability, { $id: 'Capability', description: 'Whether an asset can do something, and what would help if not.' })
export type Capability = Static<typeof Capability>

export const ChargeRateLimitCapability = Type.Object({
  ...capability,
  allowedRange: Type.Object({
    min: Nullable(Type.Number({ description: 'Lowest limit in kW; null if unknown.' })),
    max: Nullable(Type.Number({ description: 'Highest limit in kW; null if unknown.' }))
  }, { description: 'The limits that the charger accepts.' })
}, { $id: 'ChargeRateLimitCapability', description: 'Whether the charge rate can be limited, and between which figures.' })
export type ChargeRateLimitCapability = Static<typeof ChargeRateLimitCapability>

export const AssetLocation = Type.Object({
  id: locationId,
  longitude: Nullable(longitude),
  latitude: Nullable(latitude),
  lastUpdated
}, { $id: 'AssetLocation', description: 'Where an asset stands. The coordinates are null without the location scope.' })
export type AssetLocation = Static<typeof AssetLocation>

/** What the id, owner and reachability of every asset look like, in the order of the wire. */
export const assetHead = {
  id: Type.String({ description: 'Id of the asset.' }),
  userId: Type.String({ description: 'Id of the user who linked it.' })
}
export const uuidAssetHead = { ...assetHead, id: Uuid('Id of the asset.') }
export const reachability = {
  lastSeen: Timestamp('When the vendor last answered for it, or when it was linked.'),
  isReachable: Type.Boolean({ description: 'Whether live data can be had at the moment.' })
}
export const grantedScopes = Type.Array(Ref(Scope), { description: 'Scopes that the user granted for it.' })

/** The brands of some vendors: a closed list, by which apps pick an icon. */
export function brandOf (vendors: readonly Vendor[]): TUnsafe<string> {
  return StringEnum(vendors.map(vendor => vendorNames[vendor]), { description: 'Name of the brand, written for people: one for each vendor.' })
}

/** What inverters, batteries and meters say of the site that they are installed at. */
export function siteInformation (vendors: readonly Vendor[]) {
  return {
    brand: brandOf(vendors),
    model: Type.String({ description: 'Name of the model.' }),
    siteName: Type.String({ description: 'Name of the site, as the user or the vendor gave it.' }),
    installationDate: Timestamp('When it was installed.')
  }
}

export const SetLocationBody = Closed({
  locationId: Nullable(Uuid('Id of a location of the same user; null takes it away.'))
}, { $id: 'SetLocationBody', description: 'Puts an asset at a location.' })
export type SetLocationBody = Static<typeof SetLocationBody>
