import { assetKinds, type AssetKind } from '../contract/vendors.ts'
import { type Device } from './device.ts'
import { battery } from './battery/index.ts'
import { charger } from './charger/index.ts'
import { hvac } from './hvac/index.ts'
import { inverter } from './inverter/index.ts'
import { meter } from './meter/index.ts'
import { vehicle } from './vehicle/index.ts'
import { type States, type SystemKind, type Views } from './kinds.ts'

const devices: { readonly [K in AssetKind]: Device<States[K], Views[K]> } = { vehicle, charger, hvac, inverter, battery, meter }

/** The model of every kind. */
export const models: readonly Device[] = Object.values(devices)

/** The kinds of which home energy management systems are made. */
export const systemKinds = assetKinds.filter((kind): kind is SystemKind => devices[kind].isSystemPart)

/** The model behind a kind of asset. */
export function modelOf<K extends AssetKind> (kind: K): Device<States[K], Views[K]> {
  return devices[kind]
}
