import { type AssetKind } from '../contract/vendors.ts'
import { type Device } from './device.ts'
import { battery } from './battery/index.ts'
import { charger } from './charger/index.ts'
import { hvac } from './hvac/index.ts'
import { inverter } from './inverter/index.ts'
import { meter } from './meter/index.ts'
import { vehicle } from './vehicle/index.ts'

const devices: Readonly<Record<AssetKind, Device>> = { vehicle, charger, hvac, inverter, battery, meter }

/** The model of every kind. */
export const models: readonly Device[] = Object.values(devices)

/** The kinds of which home energy management systems are made. */
export const systemKinds: readonly AssetKind[] = models.filter(model => model.isSystemPart).map(model => model.kind)

/** The model behind a kind of asset. */
export function modelOf (kind: AssetKind): Device {
  return devices[kind]
}
