import { vendorNames } from '../../contract/vendor-names.ts'
import { type HVACVendor } from '../../contract/vendors.ts'
import { type Random } from '../../lib/random.ts'
import { type Millis } from '../../lib/time.ts'
import { type Place } from '../place.ts'
import { catalogue } from './catalogue.ts'
import { decide, surroundingsC } from './model.ts'
import { settingOf } from './schedule.ts'
import { type HvacState, type Limits, type Mode, type Schedule, type ThermostatSetting } from './state.ts'

const rooms = ['Living room', 'Bedroom', 'Kitchen', 'Office', 'Hallway']

/**
 * A unit of the vendor as it runs at `at` and `place`. `model` picks from the catalogue; a name that is not in it gets
 * the hardware of the vendor's first model. The same stream gives the same unit.
 */
export function make (random: Random, vendor: HVACVendor, at: Millis, place: Place, model?: string): HvacState {
  if (!Object.hasOwn(catalogue, vendor)) throw new Error(`${vendor} is no vendor of HVAC units`)
  const family = catalogue[vendor]
  const picked = random.pick(family.models)
  const [name, category, heatSource, heatingKw, coolingKw, reportsPower] = model === undefined ? picked : family.models.find(row => row[0] === model) ?? family.models[0]
  const limits = limitsOf(family, heatingKw > 0, coolingKw > 0)
  const schedule = drawSchedule(random, limits)
  const groupName = random.next() < 0.7 ? random.pick(rooms) : null
  const unit: HvacState = {
    at,
    brand: vendorNames[vendor],
    model: model ?? name,
    displayName: random.next() < 0.4 ? `${groupName ?? 'Home'} ${nouns[category]}` : null,
    groupName,
    category,
    limits,
    heatSource,
    heatingKw,
    coolingKw,
    reportsPower,
    schedule: family.hasSchedule ? schedule : null,
    held: family.hasSchedule && random.next() < 0.5 ? null : schedule.comfort,
    activity: null,
    temperatureC: 0,
    // So that it can keep a room 55 to 70 degrees warmer, or 18 to 23 degrees colder, than its surroundings. That is
    // twice what the coldest days in Berlin take, as is usual, and there a boiler of 12 kW gives some 15,000 kWh a year.
    lossKwPerK: (heatingKw > 0 ? heatingKw : 3 * coolingKw) / random.between(55, 70),
    timeConstantH: random.between(16, 36),
    place
  }
  return decide({ ...unit, temperatureC: settledC(unit, random.between(-0.4, 0.4)) })
}

/** What people call a unit of a category. */
export const nouns = { HEATING: 'heater', COOLING: 'air conditioner', HEAT_PUMP: 'heat pump', AGGREGATOR: 'thermostat' } as const

function limitsOf ({ heat, cool, difference }: typeof catalogue[HVACVendor], canHeat: boolean, canCool: boolean): Limits {
  const range = (figures: readonly [number, number] | undefined): Limits['heatSetpointRange'] => figures === undefined ? null : { min: figures[0], max: figures[1] }
  const canBoth = canHeat && canCool
  const capableModes: Mode[] = ['OFF']
  if (canBoth) capableModes.push('AUTO')
  if (canCool) capableModes.push('COOL')
  if (canHeat) capableModes.push('HEAT')
  return {
    capableModes,
    coolSetpointRange: canCool ? range(cool) : null,
    heatSetpointRange: canHeat ? range(heat) : null,
    setpointDifferenceRange: canBoth ? range(difference) : null
  }
}

/** What people set on their units: 20 to 22 °C by day in winter and 25 or 26 in summer, less of both at night. */
function drawSchedule (random: Random, { heatSetpointRange, coolSetpointRange }: Limits): Schedule {
  const heatC = random.integer(40, 44) / 2
  const coolC = random.integer(25, 26)
  const mode = heatSetpointRange === null ? 'COOL' : coolSetpointRange === null ? 'HEAT' : 'AUTO'
  const target = (heat: number, cool: number): ThermostatSetting => ({ mode, heatSetpoint: heatSetpointRange && heat, coolSetpoint: coolSetpointRange && cool })
  const halfHours = (low: number, high: number): number => random.integer(low * 2, high * 2) * 30
  return {
    comfort: target(heatC, coolC),
    setback: target(heatC - 3, coolC + 2),
    workday: { from: halfHours(5.5, 7), to: halfHours(21.5, 23) },
    weekend: { from: halfHours(7, 9), to: halfHours(22, 23.5) }
  }
}

/** The temperature of a room in which the unit has run for long, or that needs none. */
function settledC (unit: HvacState, noise: number): number {
  const { heatSetpoint, coolSetpoint } = settingOf(unit)
  return Math.min((coolSetpoint ?? Infinity) + noise, Math.max((heatSetpoint ?? -Infinity) + noise, surroundingsC(unit)))
}
