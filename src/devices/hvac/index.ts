import { type HVAC } from '../../contract/hvac.ts'
import { hvacVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { change } from './change.ts'
import { commands } from './commands.ts'
import { make } from './make.ts'
import { advance, drawsUntil, pace, powerKw } from './model.ts'
import { type HvacState } from './state.ts'
import { looks } from './view.ts'

export { type HvacState } from './state.ts'

/** A heater, an air conditioner, a heat pump or a thermostat, with the room whose temperature it keeps. */
export const hvac: Device<HvacState, HVAC> = {
  kind: 'hvac',
  name: 'HVAC',
  isSystemPart: false,
  tellsPosition: false,
  vendors: hvacVendors,
  make,
  advance,
  change,
  pace,
  place: hvac => hvac.place,
  flow: { powerKw, until: drawsUntil },
  ...commands,
  ...looks
}
