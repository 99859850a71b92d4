import { type HVAC } from '../../contract/hvac.ts'
import { hvacVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { change } from './change.ts'
import { isDone, obey, obstacle, refusal } from './control.ts'
import { make } from './make.ts'
import { advance, drawsUntil, pace, powerKw } from './model.ts'
import { type HvacState } from './state.ts'
import { capabilityNames, controlScope, discovered, outdated, view } from './view.ts'

export { type HvacState } from './state.ts'

/** A heater, an air conditioner, a heat pump or a thermostat, with the room whose temperature it keeps. */
export const hvac: Device<HvacState, HVAC> = {
  kind: 'hvac',
  vendors: hvacVendors,
  capabilities: capabilityNames,
  controlScope,
  make,
  advance,
  change,
  pace,
  place: hvac => hvac.place,
  flow: { powerKw, until: drawsUntil },
  refusal,
  // A hold that is set already ends its action as UNNECESSARY.
  already: () => null,
  // A newer command takes the place of a pending one, also of an equal one.
  joins: () => false,
  obstacle,
  obey,
  isDone,
  view,
  discovered,
  outdated
}
