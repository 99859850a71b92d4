import { type Vehicle } from '../../contract/vehicle.ts'
import { vehicleVendors } from '../../contract/vendors.ts'
import { type Device } from '../device.ts'
import { cable } from './cable.ts'
import { change } from './change.ts'
import { commands } from './commands.ts'
import { make } from './make.ts'
import { advance, awayKw, homeKw, homeOf, isUnderWay, staysUntil } from './driving.ts'
import { pace } from './model.ts'
import { type VehicleState } from './state.ts'
import { looks } from './view.ts'

export { advance as drive, isDriven, isUnderWay, nextArrival, nextTrip, resumed, tripTo, type Journey } from './driving.ts'
export { driverOf } from './make.ts'
export { chargeRateKw, courseToLimit, levelPercent, minutesToLimit, type Stage } from './model.ts'
export { type Driver, type Errand, type Trip, type VehicleState } from './state.ts'

/** A car: a battery that charges when it is plugged in and told to, and drives where its driver does. */
export const vehicle: Device<VehicleState, Vehicle> = {
  kind: 'vehicle',
  name: 'Vehicle',
  isSystemPart: false,
  tellsPosition: true,
  vendors: vehicleVendors,
  make,
  advance: (car, to) => advance(car, to),
  change,
  pace: car => isUnderWay(car) && pace(car) === 'asleep' ? 'idle' : pace(car),
  place: car => car.place,
  home: homeOf,
  cable,
  flow: { powerKw: homeKw, awayKw, until: staysUntil },
  ...commands,
  ...looks
}
