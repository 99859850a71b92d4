import { type HVAC } from '../../contract/hvac.ts'
import { type Millis } from '../../lib/time.ts'
import { type Physical } from '../device.ts'
import { type Place } from '../place.ts'

export type Category = HVAC['information']['category']
export type Mode = 'OFF' | 'AUTO' | 'COOL' | 'HEAT'

/** What a thermostat is set to, under the API's names. A setpoint that the mode does not use is remembered; null where the unit has none. */
export interface ThermostatSetting {
  mode: Mode
  /** Heat below this, in degrees Celsius. */
  heatSetpoint: number | null
  /** Cool above this, in degrees Celsius. */
  coolSetpoint: number | null
}

/** What a unit can be set to, as `capabilities` of the view shows it. */
export type Limits = Pick<HVAC['capabilities'], 'capableModes' | 'coolSetpointRange' | 'heatSetpointRange' | 'setpointDifferenceRange'>

/** A period of a day, in minutes since local midnight: `from` is in it, `to` no longer. Both are multiples of five. */
export interface Period {
  from: number
  to: number
}

/** The weekly schedule on the device: comfort within a period of each day, a setback for the rest. */
export interface Schedule {
  comfort: ThermostatSetting
  setback: ThermostatSetting
  workday: Period
  weekend: Period
}

/** What makes its heat; a heat pump takes it from the air unless it says otherwise. Fuel is burnt outside the electricity of the home, but for pumps and fans. */
export type HeatSource = 'electricity' | 'heat pump' | 'ground heat pump' | 'fuel'

/** What an HVAC unit and its room physically are at the moment `at`. */
export interface HvacState extends Physical {
  brand: string
  model: string | null
  /** The owner's name for the unit. */
  displayName: string | null
  /** The owner's name for the room or zone. */
  groupName: string | null
  category: Category
  limits: Limits
  heatSource: HeatSource
  /** The heat that it gives while it heats; 0 when it cannot. */
  heatingKw: number
  /** The heat that it takes away while it cools; 0 when it cannot. */
  coolingKw: number
  /** Whether it tells what it draws. */
  reportsPower: boolean
  /** Null where the device has none. */
  schedule: Schedule | null
  /** What it was told to hold; null while its own schedule rules. */
  held: ThermostatSetting | null
  /** What it does until the thermostat decides anew. */
  activity: 'HEATING' | 'COOLING' | null
  /** The air of its room. */
  temperatureC: number
  /** How much heat the room loses for each degree that it is warmer than its surroundings. */
  lossKwPerK: number
  /** In how many hours a difference to the surroundings shrinks to 1/e. */
  timeConstantH: number
  place: Place
}

/** The same unit and room a while later: field by field, since a home does this for each bucket and V8 takes ten times as long to spread what was spread before. */
export function later (hvac: HvacState, at: Millis, temperatureC: number): HvacState {
  const { brand, model, displayName, groupName, category, limits, heatSource, heatingKw, coolingKw, reportsPower, schedule, held, activity, lossKwPerK, timeConstantH, place } = hvac
  return { at, brand, model, displayName, groupName, category, limits, heatSource, heatingKw, coolingKw, reportsPower, schedule, held, activity, temperatureC, lossKwPerK, timeConstantH, place }
}
