import { day, minute, type Millis } from '../../lib/time.ts'
import { offsetAt } from '../../lib/timezone.ts'
import { bucketStart } from '../weather.ts'
import { type HvacState, type Schedule, type ThermostatSetting } from './state.ts'

/**
 * What the unit is set to at the moment for which its state holds: what it was told to hold, or else what its schedule
 * says. Local clocks differ from UTC by multiples of five minutes, so that this stays the same within a bucket.
 */
export function settingOf (hvac: HvacState): ThermostatSetting {
  const target = hvac.held ?? (hvac.schedule && scheduled(hvac.schedule, hvac.place.timezone, bucketStart(hvac.at)))
  if (target === null) throw new Error('a unit without a schedule holds something')
  return target
}

function scheduled (schedule: Schedule, timezone: string, at: Millis): ThermostatSetting {
  const local = at + offsetAt(timezone, at)
  const days = Math.floor(local / day)
  // 1970-01-01 was a Thursday; 0 is Monday.
  const isWeekend = (days + 3) % 7 >= 5
  const { from, to } = isWeekend ? schedule.weekend : schedule.workday
  const time = (local - days * day) / minute
  return time >= from && time < to ? schedule.comfort : schedule.setback
}
