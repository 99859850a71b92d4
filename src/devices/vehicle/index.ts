import { type Vehicle } from '../../contract/vehicle.ts'
import { vehicleVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { cable } from './cable.ts'
import { change } from './change.ts'
import { commands } from './commands.ts'
import { make } from './make.ts'
import { advance, drawsUntil, pace, powerKw } from './model.ts'
import { type VehicleState } from './state.ts'
import { looks } from './view.ts'

export { chargeRateKw, courseToLimit, minutesToLimit, type Stage } from './model.ts'
export { type VehicleState } from './state.ts'

/** A car: a battery that charges when it is plugged in and told to. */
export const vehicle: Device<VehicleState, Vehicle> = {
  kind: 'vehicle',
  name: 'Vehicle',
  isSystemPart: false,
  tellsPosition: true,
  vendors: vehicleVendors,
  make,
  advance,
  change,
  pace,
  place: car => car.place,
  cable,
  flow: { powerKw, until: drawsUntil },
  ...commands,
  ...looks
}
