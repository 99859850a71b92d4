import { rounded } from '../rounding.ts'
import { type Limits, type ThermostatSetting } from './state.ts'

/** Something of a target that a unit cannot be set to: `"<key>" <says>`. */
export interface Misfit {
  key: keyof ThermostatSetting
  says: string
}

/** What of a target a unit cannot be set to; what is not known of its limits is no obstacle. */
export function misfits (limits: Limits, target: Pick<ThermostatSetting, 'mode'> & Partial<ThermostatSetting>): Misfit[] {
  const { mode, heatSetpoint = null, coolSetpoint = null } = target
  const { capableModes, setpointDifferenceRange } = limits
  if (capableModes?.includes(mode) === false) return [{ key: 'mode', says: `must be one of ${capableModes.join(', ')}, not ${mode}` }]
  const found: Misfit[] = []
  const require = (key: keyof ThermostatSetting, value: number, range: Limits['heatSetpointRange'], words: (range: string) => string): void => {
    const { min = null, max = null } = range ?? {}
    if (value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return
    found.push({ key, says: `must be ${words(`${min ?? 'any'} to ${max ?? 'any'} °C`)}, not ${value} °C` })
  }
  if (heatSetpoint !== null) require('heatSetpoint', heatSetpoint, limits.heatSetpointRange, range => `from ${range}`)
  if (coolSetpoint !== null) require('coolSetpoint', coolSetpoint, limits.coolSetpointRange, range => `from ${range}`)
  if (mode === 'AUTO' && heatSetpoint !== null && coolSetpoint !== null) {
    require('coolSetpoint', rounded(coolSetpoint - heatSetpoint, 6), setpointDifferenceRange, range => `${range} above "heatSetpoint" in AUTO`)
  }
  return found
}
