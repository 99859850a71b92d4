import { type Battery } from '../../contract/battery.ts'
import { batteryVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { change } from './change.ts'
import { commands } from './commands.ts'
import { make } from './make.ts'
import { advance, flow, pace } from './model.ts'
import { type BatteryState } from './state.ts'
import { looks } from './view.ts'

export { chargeEfficiency } from './model.ts'
export { type BatteryState } from './state.ts'

/** A home battery: takes and gives energy as its mode and the rest of the home want it. */
export const battery: Device<BatteryState, Battery> = {
  kind: 'battery',
  name: 'Battery',
  isSystemPart: true,
  tellsPosition: true,
  vendors: batteryVendors,
  make,
  advance,
  change,
  pace,
  place: battery => battery.place,
  flow,
  ...commands,
  ...looks
}
