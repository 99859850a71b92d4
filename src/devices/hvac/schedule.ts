import { day, minute, type Millis } from '../../lib/time.ts'
import { offsetAt } from '../../lib/timezone.ts'
import { lifeOf } from '../life/index.ts'
import { isDeserted } from '../presence.ts'
import { bucketStart } from '../weather.ts'
import { type HvacState, type Limits, type Schedule, type ThermostatSetting } from './state.ts'

/**
 * What the unit is set to at the moment for which its state holds: what it was told to hold, or else what its schedule
 * says. Local clocks differ from UTC by multiples of five minutes, so that this stays the same within a bucket.
 */
export function settingOf (hvac: HvacState): ThermostatSetting {
  const target = hvac.held ?? (hvac.schedule && scheduled(hvac.schedule, hvac, bucketStart(hvac.at)))
  if (target === null) throw new Error('a unit without a schedule holds something')
  return target
}

/** Comfort in its period while somebody is at home, else a setback; where it is told how people live, as warm as they have it. */
function scheduled (schedule: Schedule, { place, limits }: HvacState, at: Millis): ThermostatSetting {
  const isComfort = isWithin(schedule, place.timezone, at) && !isDeserted(place, at)
  const target = isComfort ? schedule.comfort : schedule.setback
  if (place.life === undefined) return target
  const { comfortC, setbackC } = lifeOf(place)
  return asWarm(limits, target, isComfort ? comfortC : setbackC)
}

function isWithin (schedule: Schedule, timezone: string, at: Millis): boolean {
  const local = at + offsetAt(timezone, at)
  const days = Math.floor(local / day)
  // 1970-01-01 was a Thursday; 0 is Monday.
  const isWeekend = (days + 3) % 7 >= 5
  const { from, to } = isWeekend ? schedule.weekend : schedule.workday
  const time = (local - days * day) / minute
  return time >= from && time < to
}

/** A target that a unit can be set to, with a heat setpoint as near another as the unit allows. */
function asWarm ({ heatSetpointRange, setpointDifferenceRange }: Limits, target: ThermostatSetting, heatC: number): ThermostatSetting {
  const { mode, heatSetpoint, coolSetpoint } = target
  if (heatSetpoint === null) return target
  const { min = null, max = null } = heatSetpointRange ?? {}
  const below = mode === 'AUTO' ? coolSetpoint : null
  const [least, most] = [setpointDifferenceRange?.min ?? -Infinity, setpointDifferenceRange?.max ?? Infinity]
  const low = Math.max(min ?? -Infinity, below === null ? -Infinity : below - most)
  const high = Math.min(max ?? Infinity, below === null ? Infinity : below - least)
  return { mode, heatSetpoint: Math.min(high, Math.max(low, heatC)), coolSetpoint }
}
