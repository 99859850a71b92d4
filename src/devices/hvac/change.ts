import { hvacVendors } from '../../contract/vendors.ts'
import { invalidAll, type Issue } from '../../lib/problem.ts'
import { brandAmong, issue, number, oneOf, orNull, readFacts, text, type Rule, type Rules } from '../facts.ts'
import { moved } from '../place.ts'
import { misfits } from './limits.ts'
import { decide } from './model.ts'
import { settingOf } from './schedule.ts'
import { type HvacState, type Limits, type ThermostatSetting } from './state.ts'

type Range = NonNullable<Limits['heatSetpointRange']>

/** What can be set, by the API's names. A mode or a setpoint that is set ends the rule of the unit's own schedule. */
interface Facts extends Partial<ThermostatSetting> {
  /** Degrees Celsius. */
  currentTemperature: number
  holdType: 'PERMANENT' | 'SCHEDULED'
  heatSetpointRange: Range
  coolSetpointRange: Range
  setpointDifferenceRange: Range
  displayName: string | null
  groupName: string | null
  brand: string
  model: string | null
  latitude: number
  longitude: number
}

const rules: Rules<HvacState, Facts> = new Map<keyof Facts, (hvac: HvacState) => Rule>([
  ['currentTemperature', () => number(-50, 60)],
  ['mode', hvac => oneOf(hvac.limits.capableModes ?? [])],
  ['heatSetpoint', hvac => where(hvac.limits.heatSetpointRange, 'does not heat', number(-50, 60))],
  ['coolSetpoint', hvac => where(hvac.limits.coolSetpointRange, 'does not cool', number(-50, 60))],
  ['holdType', () => oneOf(['PERMANENT', 'SCHEDULED'])],
  ['heatSetpointRange', hvac => where(hvac.limits.heatSetpointRange, 'does not heat', range(-50, 60))],
  ['coolSetpointRange', hvac => where(hvac.limits.coolSetpointRange, 'does not cool', range(-50, 60))],
  ['setpointDifferenceRange', hvac => where(hvac.limits.setpointDifferenceRange, 'has no mode AUTO', range(0, 60))],
  ['displayName', () => orNull(text())],
  ['groupName', () => orNull(text())],
  ['brand', brandAmong(hvacVendors)],
  ['model', () => orNull(text())],
  ['latitude', () => number(-90, 90)],
  ['longitude', () => number(-180, 180)]
])

/** What follows from other facts, and which of them to set. */
const derived = new Map([
  ['isActive', 'follows from the temperature and the thermostat, set "currentTemperature", "mode", "heatSetpoint" or "coolSetpoint"'],
  ['consumptionRate', 'follows from what the unit does, set "currentTemperature", "mode", "heatSetpoint" or "coolSetpoint"'],
  ['capableModes', 'follows from the hardware, make a device of another model'],
  ['category', 'follows from the hardware, make a device of another model']
])

/** Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be. */
export function change (hvac: HvacState, changes: Record<string, unknown>): HvacState {
  const { facts, issues } = readFacts(rules, derived, hvac, changes)
  const changed = withFacts(hvac, facts)
  const contradictions = issues.length > 0 ? [] : findContradictions(changed, facts)
  if (issues.length > 0 || contradictions.length > 0) throw invalidAll([...issues, ...contradictions])
  return decide(changed)
}

function withFacts (hvac: HvacState, facts: Partial<Facts>): HvacState {
  const { heatSetpointRange, coolSetpointRange, setpointDifferenceRange } = { ...hvac.limits, ...facts }
  const turned = turnedBy(facts)
  const isHeld = facts.holdType === 'PERMANENT' || Object.keys(turned).length > 0
  return {
    ...hvac,
    limits: { ...hvac.limits, heatSetpointRange, coolSetpointRange, setpointDifferenceRange },
    held: isHeld ? { ...settingOf(hvac), ...turned } : facts.holdType === 'SCHEDULED' && hvac.schedule !== null ? null : hvac.held,
    temperatureC: facts.currentTemperature ?? hvac.temperatureC,
    place: moved(hvac.place, facts),
    displayName: facts.displayName === undefined ? hvac.displayName : facts.displayName,
    groupName: facts.groupName === undefined ? hvac.groupName : facts.groupName,
    brand: facts.brand ?? hvac.brand,
    model: facts.model === undefined ? hvac.model : facts.model
  }
}

function findContradictions (changed: HvacState, facts: Partial<Facts>): Issue[] {
  const { schedule, held, limits } = changed
  const found: Issue[] = []
  if (facts.holdType === 'SCHEDULED') {
    if (schedule === null) found.push(issue('holdType', 'cannot be SCHEDULED: the unit has no schedule of its own'))
    for (const key of Object.keys(turnedBy(facts))) found.push(issue(key, 'cannot be set when "state.holdType" is SCHEDULED: the schedule of the unit rules then'))
  }
  for (const { key, says } of held === null ? [] : misfits(limits, held)) found.push(issue(key, says))
  for (const target of schedule === null ? [] : [schedule.comfort, schedule.setback]) {
    for (const { key, says } of misfits(limits, target)) found.push(issue(key, `${says}, as the schedule of the unit has it`))
  }
  return found
}

/** What somebody turned at the thermostat. */
function turnedBy ({ mode, heatSetpoint, coolSetpoint }: Partial<Facts>): Partial<ThermostatSetting> {
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(heatSetpoint === undefined ? {} : { heatSetpoint }),
    ...(coolSetpoint === undefined ? {} : { coolSetpoint })
  }
}

/** The rule, where the unit has what it is about. */
function where (what: object | null, lacks: string, rule: Rule): Rule {
  return what === null ? { says: `cannot be set: the unit ${lacks}`, holds: () => false } : rule
}

function range (low: number, high: number): Rule {
  const bound = number(low, high)
  return {
    says: `must be {"min", "max"} with two numbers from ${low} to ${high}, the lower first`,
    holds: value => typeof value === 'object' && value !== null && Object.keys(value).toSorted().join() === 'max,min' &&
      bound.holds((value as Range).min) && bound.holds((value as Range).max) && Number((value as Range).min) <= Number((value as Range).max)
  }
}
