import { type Meter } from '../../contract/meter.ts'
import { meterVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { noCommands } from '../no-commands.ts'
import { change } from './change.ts'
import { make } from './make.ts'
import { type MeterState } from './state.ts'
import { looks } from './view.ts'

export { type MeterState } from './state.ts'

/** A meter between a home and the grid: draws nothing, and reads what all the rest draws. */
export const meter: Device<MeterState, Meter> = {
  kind: 'meter',
  name: 'Meter',
  isSystemPart: true,
  tellsPosition: true,
  vendors: meterVendors,
  ...noCommands,
  make,
  advance: (meter, to) => to < meter.at ? meter : { ...meter, at: to },
  change,
  pace: () => 'active',
  place: meter => meter.place,
  flow: { powerKw: () => 0, until: () => Infinity, read: (meter, totalKw) => ({ ...meter, totalKw }) },
  ...looks
}
