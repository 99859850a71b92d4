import { type Charger } from '../../contract/charger.ts'
import { chargerVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { change } from './change.ts'
import { commands } from './commands.ts'
import { make } from './make.ts'
import { advance, cable, drawsUntil, pace, powerKw } from './model.ts'
import { type ChargerState } from './state.ts'
import { looks } from './view.ts'

export { limitKw } from './model.ts'
export { type ChargerState } from './state.ts'

/** A charging box: gives power to the vehicle on its cable, within its limit. */
export const charger: Device<ChargerState, Charger> = {
  kind: 'charger',
  name: 'Charger',
  isSystemPart: false,
  tellsPosition: false,
  vendors: chargerVendors,
  make,
  advance,
  change,
  pace,
  place: charger => charger.place,
  cable,
  flow: { powerKw, until: drawsUntil },
  ...commands,
  ...looks
}
