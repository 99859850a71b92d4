import { type Inverter } from '../../contract/inverter.ts'
import { inverterVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { noCommands } from '../no-commands.ts'
import { change } from './change.ts'
import { make } from './make.ts'
import { advance, flow, pace } from './model.ts'
import { type InverterState } from './state.ts'
import { looks } from './view.ts'

export { productionKw } from './model.ts'
export { type InverterState } from './state.ts'

/** A solar inverter with its panels: gives what the sun does. */
export const inverter: Device<InverterState, Inverter> = {
  kind: 'inverter',
  name: 'Inverter',
  isSystemPart: true,
  tellsPosition: true,
  vendors: inverterVendors,
  ...noCommands,
  make,
  advance,
  change,
  pace,
  place: inverter => inverter.place,
  flow,
  ...looks
}
