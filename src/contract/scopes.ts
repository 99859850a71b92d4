import { type Static } from '@sinclair/typebox'
import { StringEnum } from './kit.ts'
import { type AssetKind } from './vendors.ts'

/** What can be granted of each kind; without its `:read:data` nothing of it is linked. */
const scopesByKind = {
  battery: ['battery:control:operation_mode', 'battery:read:location', 'battery:read:data'],
  charger: ['charger:control:charging', 'charger:read:data'],
  hvac: ['hvac:control:mode', 'hvac:read:data'],
  inverter: ['inverter:read:data', 'inverter:read:location'],
  meter: ['meter:read:location', 'meter:read:data'],
  vehicle: ['vehicle:control:charging', 'vehicle:read:data', 'vehicle:read:location']
} as const satisfies { [K in AssetKind]: ReadonlyArray<`${K}:${'control' | 'read'}:${string}`> }

export const scopes = Object.values(scopesByKind).flat()

export const Scope = StringEnum(scopes, { $id: 'Scope', description: 'A permission that a user grants for a type of asset.' })
export type Scope = Static<typeof Scope>
