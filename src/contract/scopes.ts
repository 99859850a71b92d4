import { type Static } from '@sinclair/typebox'
import { StringEnum } from './kit.ts'

export const scopes = [
  'battery:control:operation_mode', 'battery:read:location', 'battery:read:data',
  'charger:control:charging', 'charger:read:data',
  'hvac:control:mode', 'hvac:read:data',
  'inverter:read:data', 'inverter:read:location',
  'meter:read:location', 'meter:read:data',
  'vehicle:control:charging', 'vehicle:read:data', 'vehicle:read:location'
] as const

export const Scope = StringEnum(scopes, { $id: 'Scope', description: 'A permission that a user grants for a type of asset.' })
export type Scope = Static<typeof Scope>
