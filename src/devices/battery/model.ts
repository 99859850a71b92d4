import { hour, type Millis } from '../../lib/time.ts'
import { type Flow, type Pace } from '../device.ts'
import { clockHour } from '../place.ts'
import { bucketStart } from '../weather.ts'
import { later, type BatteryState } from './state.ts'

/** What of the energy that it draws a battery stores. All losses of a round trip are counted here: what it gives is what it has less. */
export const chargeEfficiency = 0.9

/** The user's schedule behind TIME_OF_USE, in hours of the local clock: our choice, as many tariffs have it. */
export const timeOfUse = { cheap: { from: 0, to: 6 }, dear: { from: 17, to: 21 } } as const

/** A difference below this is rounding of floating-point numbers and no energy. */
const noEnergyKwh = 1e-9

/** The level: 0 to 100 percent, not rounded. */
export function levelPercent (battery: BatteryState): number {
  return battery.energyKwh / battery.capacityKwh * 100
}

function reserveKwh (battery: BatteryState): number {
  return battery.capacityKwh * battery.reservePercent / 100
}

/** What the battery would draw if it had no limits, below zero what it would give, while everything else at home draws `restKw`. */
function wishKw (battery: BatteryState, restKw: number, at: Millis): number {
  switch (battery.mode) {
    case 'IMPORT_FOCUS': return Infinity
    case 'EXPORT_FOCUS': return -Infinity
    case 'IDLE': return 0
    case 'TIME_OF_USE': {
      const now = clockHour(battery.place, bucketStart(at))
      const isIn = ({ from, to }: { from: number, to: number }): boolean => now >= from && now < to
      if (isIn(timeOfUse.cheap)) return Infinity
      // Between the two it keeps what it has for the dear hours, and adds what the sun leaves over.
      return isIn(timeOfUse.dear) ? -restKw : Math.max(0, -restKw)
    }
    case 'SELF_RELIANCE':
    case 'UNKNOWN': return -restKw
  }
}

/** The same battery at `now` when everything else at home draws `restKw`: it follows its mode within what it can, 0 to 100 % and above its reserve. */
function settle (battery: BatteryState, restKw: number, now: Millis): BatteryState {
  const wish = battery.isFaulty ? 0 : wishKw(battery, restKw, now)
  const mostKw = battery.energyKwh >= battery.capacityKwh - noEnergyKwh ? 0 : battery.maxChargeKw
  const leastKw = battery.energyKwh <= reserveKwh(battery) + noEnergyKwh ? 0 : -battery.maxDischargeKw
  const flowKw = Math.min(mostKw, Math.max(leastKw, wish)) + 0
  return battery.flowKw === flowKw ? battery : later(battery, now, battery.energyKwh, flowKw)
}

/** When it will be full or down to its reserve, as it goes on now. */
function flowsUntil (battery: BatteryState): Millis {
  const { at, flowKw } = battery
  if (flowKw > 0) return at + (battery.capacityKwh - battery.energyKwh) / (flowKw * chargeEfficiency) * hour
  return flowKw < 0 ? at + (battery.energyKwh - reserveKwh(battery)) / -flowKw * hour : Infinity
}

export const flow: Flow<BatteryState> = { powerKw: battery => battery.flowKw, until: flowsUntil, balance: settle, levelPercent }

/** Stores or gives what flows since the home settled, and stops exactly when it is full or down to its reserve. */
export function advance (battery: BatteryState, to: Millis): BatteryState {
  if (to < battery.at) return battery
  const { flowKw } = battery
  const energyKwh = battery.energyKwh + flowKw * (flowKw > 0 ? chargeEfficiency : 1) * (to - battery.at) / hour
  if (flowKw > 0 && energyKwh >= battery.capacityKwh - noEnergyKwh) return later(battery, to, battery.capacityKwh, 0)
  if (flowKw < 0 && energyKwh <= reserveKwh(battery) + noEnergyKwh) return later(battery, to, reserveKwh(battery), 0)
  return later(battery, to, energyKwh, flowKw)
}

export function pace (battery: BatteryState): Pace {
  return battery.flowKw === 0 ? 'idle' : 'active'
}
