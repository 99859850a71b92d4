import { type AssetKind, type Device } from './device.ts'
import { charger } from './charger/index.ts'
import { hvac } from './hvac/index.ts'
import { vehicle } from './vehicle/index.ts'

/** The kinds that have a model so far. */
export const devices: Partial<Record<AssetKind, Device>> = { vehicle, charger, hvac }

/** The model behind a kind of asset; a kind without one is a mistake of the caller, who should have answered 501. */
export function deviceOf (kind: AssetKind): Device {
  const device = devices[kind]
  if (device === undefined) throw new Error(`mock-enode has no model of a ${kind} yet`)
  return device
}
