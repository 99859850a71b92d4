import { hour, type Millis } from '../../lib/time.ts'
import { type Pace } from '../device.ts'
import { bucketEnd, bucketStart, outdoorC } from '../weather.ts'
import { settingOf } from './schedule.ts'
import { later, type HvacState } from './state.ts'

/** How much warmer than outdoors people, appliances and the sun keep a room that nothing heats: our choice. */
const freeHeatK = 3
/** What else there is to heat a home keeps a room at least this warm whose unit only cools: our choice. */
const otherHeatC = 19
/** How far past its setpoint the temperature goes before the unit starts; it stops at the setpoint. */
export const bandK = 0.5
/** Pumps and fans of a boiler or furnace, in kW for each kW of heat. */
const auxiliaryShare = 0.03

/** The temperature that the room would come to if the unit did nothing, in degrees Celsius. */
export function surroundingsC (hvac: Pick<HvacState, 'place' | 'at' | 'heatingKw'>): number {
  const unheated = outdoorC(hvac.place, hvac.at) + freeHeatK
  return hvac.heatingKw > 0 ? unheated : Math.max(unheated, otherHeatC)
}

/** The electricity that it draws now, in kW: 0 while it is inactive. */
export function powerKw (hvac: HvacState): number {
  if (hvac.activity === null) return 0
  const outdoor = outdoorC(hvac.place, hvac.at)
  if (hvac.activity === 'COOLING') return hvac.coolingKw / coolingRatio(outdoor)
  switch (hvac.heatSource) {
    case 'electricity': return hvac.heatingKw
    case 'heat pump': return hvac.heatingKw / (hvac.category === 'HEAT_PUMP' ? airRatio(outdoor) : waterRatio(outdoor, flowC))
    case 'ground heat pump': return hvac.heatingKw / groundRatio
    case 'fuel': return hvac.heatingKw * auxiliaryShare
  }
}

/** Heat for each unit of electricity by degrees Celsius outdoors, of new pumps that heat water to 35 °C: typical of the test points of EN 14511. */
const ratios: readonly [Point, ...Point[]] = [[-15, 2.2], [-7, 2.7], [2, 3.5], [7, 4.5], [12, 5.3]]

type Point = readonly [outdoorC: number, ratio: number]

/** The water that an air-to-water pump sends to radiators of a usual home, in degrees Celsius: our choice. */
const flowC = 42

/** Heat for each unit of electricity of a pump that takes it from the ground, which is as warm all year: as metered in Germany (Fraunhofer ISE, systems of 2006 on). */
const groundRatio = 3.7

/**
 * Heat for each unit of electricity of a pump that takes it from the air and gives it to water, by the temperatures of
 * both: 4.5 at 7 °C for water of 35 °C, a fifth less for each 10 degrees hotter.
 */
export function waterRatio (outdoor: number, waterC: number): number {
  return ratioAt35(outdoor) * 0.8 ** ((waterC - 35) / 10)
}

/** On straight lines between the points; outside them as at the nearest. */
function ratioAt35 (outdoor: number): number {
  let [[fromC, from]] = ratios
  for (const [toC, to] of ratios) {
    if (outdoor < toC) return toC === fromC ? to : from + (to - from) * (outdoor - fromC) / (toC - fromC)
    fromC = toC
    from = to
  }
  return from
}

/** The same of a split unit, which warms the air of the room: 0.3 more, as of published seasonal figures. */
export function airRatio (outdoor: number): number {
  return waterRatio(outdoor, flowC) + 0.3
}

/** Heat taken away for each unit of electricity: 3.2 at 35 °C, the test point of EN 14511, and more in milder weather. */
export function coolingRatio (outdoor: number): number {
  return Math.min(6, Math.max(2, 6 - 0.08 * outdoor))
}

/**
 * What becomes of the room until `to`; a moment before `hvac.at` changes nothing. Within a bucket of the weather the
 * temperature nears an end exponentially, which has an exact solution; where one ends the thermostat decides anew.
 */
export function advance (hvac: HvacState, to: Millis): HvacState {
  let now = hvac
  while (now.at < to) {
    const end = Math.min(to, bucketEnd(now.at))
    const finalC = surroundingsC(now) + heatKw(now) / now.lossKwPerK
    const left = Math.exp(-(end - now.at) / hour / now.timeConstantH)
    now = later(now, end, finalC + (now.temperatureC - finalC) * left)
    if (end === bucketStart(end)) now = decide(now)
  }
  return now
}

/** The thermostat starts or stops the unit, by the temperature and what it is set to. Deciding twice is deciding once. */
export function decide (hvac: HvacState): HvacState {
  const { mode, heatSetpoint, coolSetpoint } = settingOf(hvac)
  const [mayHeat, mayCool] = [mode === 'HEAT' || mode === 'AUTO', mode === 'COOL' || mode === 'AUTO']
  const heatBelow = (heatSetpoint ?? -Infinity) - (hvac.activity === 'HEATING' ? 0 : bandK)
  const coolAbove = (coolSetpoint ?? Infinity) + (hvac.activity === 'COOLING' ? 0 : bandK)
  if (mayHeat && hvac.temperatureC < heatBelow) return withActivity(hvac, 'HEATING')
  if (mayCool && hvac.temperatureC > coolAbove) return withActivity(hvac, 'COOLING')
  return withActivity(hvac, null)
}

function withActivity (hvac: HvacState, activity: HvacState['activity']): HvacState {
  return hvac.activity === activity ? hvac : { ...hvac, activity }
}

/** Until when it draws what it draws now, at most: the weather changes how much, also while it is off the temperature moves. */
export function drawsUntil (hvac: HvacState): Millis {
  return bucketEnd(hvac.at)
}

/** Active while it heats or cools, asleep while it is off. */
export function pace (hvac: HvacState): Pace {
  if (hvac.activity !== null) return 'active'
  return settingOf(hvac).mode === 'OFF' ? 'asleep' : 'idle'
}

/** The heat that it gives to the room, in kW; below zero what it takes away. */
function heatKw ({ activity, heatingKw, coolingKw }: HvacState): number {
  if (activity === null) return 0
  return activity === 'HEATING' ? heatingKw : -coolingKw
}
