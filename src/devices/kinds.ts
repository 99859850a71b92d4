import { type Battery } from '../contract/battery.ts'
import { type Charger } from '../contract/charger.ts'
import { type HVAC } from '../contract/hvac.ts'
import { type Inverter } from '../contract/inverter.ts'
import { type Meter } from '../contract/meter.ts'
import { type Vehicle } from '../contract/vehicle.ts'
import { type AssetKind } from '../contract/vendors.ts'
import { type BatteryState } from './battery/state.ts'
import { type ChargerState } from './charger/state.ts'
import { type HvacState } from './hvac/state.ts'
import { type InverterState } from './inverter/state.ts'
import { type MeterState } from './meter/state.ts'
import { type Site } from './site.ts'
import { type VehicleState } from './vehicle/state.ts'

/** The physical state of each kind of device. */
export interface States {
  vehicle: VehicleState
  charger: ChargerState
  hvac: HvacState
  inverter: InverterState
  battery: BatteryState
  meter: MeterState
}

/** What the API shows of each. */
export interface Views {
  vehicle: Vehicle
  charger: Charger
  hvac: HVAC
  inverter: Inverter
  battery: Battery
  meter: Meter
}

/** The kinds that stand at a site, as the parts of a home energy management system do. */
export type SystemKind = { [K in AssetKind]: States[K] extends Site ? K : never }[AssetKind]
