import { hour, minute, type Millis } from '../../lib/time.ts'
import { type Cable, type Pace } from '../device.ts'
import { type ChargerState } from './state.ts'

/** The lowest current with which a vehicle charges at all (IEC 61851). */
export const leastCurrentA = 6
/** What a vehicle that this world does not know takes once it is plugged in, and with which power at most: our choice. */
const guest = { needsKwh: 30, rateKw: 11 }
const noEnergyKwh = 1e-9
/** How long after the cable was pulled Enode looks often. */
const fallsAsleepAfter: Millis = 30 * minute

/** The power that a current is, in kW. */
export function powerOf (charger: Pick<ChargerState, 'voltage' | 'phases'>, amperes: number): number {
  return charger.voltage * amperes * charger.phases / 1000
}

/** What it gives at most as it is set, in kW. */
export function limitKw (charger: ChargerState): number {
  return powerOf(charger, charger.maxCurrentA)
}

/** What it gives now, in kW; below zero while the vehicle gives back. */
export function rateKw (charger: ChargerState): number {
  if (charger.power !== 'PLUGGED_IN:CHARGING' && charger.power !== 'PLUGGED_IN:DISCHARGING') return 0
  if (charger.vehicle !== null) return charger.vehicle.rateKw
  const flow = Math.min(limitKw(charger), guest.rateKw)
  return charger.power === 'PLUGGED_IN:DISCHARGING' ? -flow : flow
}

/** What it draws for a vehicle that this world does not know, in kW; a known one draws for itself. */
export function powerKw (charger: ChargerState): number {
  return charger.vehicle === null ? rateKw(charger) : 0
}

/** Until when that stays so, at most. */
export function drawsUntil (charger: ChargerState): Millis {
  if (charger.vehicle !== null) return Infinity
  if (charger.power === 'PLUGGED_IN:INITIALIZING') return charger.powerFrom ?? Infinity
  return charger.power === 'PLUGGED_IN:CHARGING' ? charger.at + charger.guestNeedsKwh / rateKw(charger) * hour : Infinity
}

export function isDelivering (power: string): boolean {
  return power === 'PLUGGED_IN:CHARGING' || power === 'PLUGGED_IN:INITIALIZING' || power === 'PLUGGED_IN:DISCHARGING'
}

/** Whether the vehicle on its cable takes no more. */
export function isSated (charger: ChargerState): boolean {
  return charger.power !== 'UNPLUGGED' && (charger.vehicle?.isFull ?? charger.guestNeedsKwh <= noEnergyKwh)
}

/** The same charger with a vehicle that this world does not know in place of the one on its cable. */
export function withGuest (charger: ChargerState): ChargerState {
  return charger.vehicle === null ? charger : { ...charger, vehicle: null, guestNeedsKwh: guest.needsKwh }
}

/** The same charger in another state of power delivery. */
export function withPower (charger: ChargerState, power: ChargerState['power'], powerFrom: Millis | null = null): ChargerState {
  if (power === 'UNPLUGGED') return { ...charger, power, powerFrom: null, unpluggedAt: charger.unpluggedAt ?? charger.at, vehicle: null, guestNeedsKwh: 0 }
  const guestNeedsKwh = charger.power === 'UNPLUGGED' ? guest.needsKwh : charger.guestNeedsKwh
  return { ...charger, power, powerFrom, unpluggedAt: null, guestNeedsKwh }
}

/** What happens until `to`: a vehicle that this world does not know charges until it needs no more. A known one rules itself. */
export function advance (charger: ChargerState, to: Millis): ChargerState {
  if (to < charger.at) return charger
  if (charger.power === 'PLUGGED_IN:INITIALIZING' && charger.powerFrom !== null && charger.powerFrom <= to) {
    return advance({ ...withPower(charger, 'PLUGGED_IN:CHARGING'), at: Math.max(charger.at, charger.powerFrom) }, to)
  }
  if (charger.power !== 'PLUGGED_IN:CHARGING' || charger.vehicle !== null) return { ...charger, at: to }
  const guestNeedsKwh = charger.guestNeedsKwh - rateKw(charger) * (to - charger.at) / hour
  if (guestNeedsKwh > noEnergyKwh) return { ...charger, at: to, guestNeedsKwh }
  return { ...withPower(charger, 'PLUGGED_IN:STOPPED'), at: to, guestNeedsKwh: 0 }
}

/** Active while power flows, asleep some time after the cable was pulled. */
export function pace (charger: ChargerState): Pace {
  if (isDelivering(charger.power)) return 'active'
  return charger.unpluggedAt !== null && charger.at - charger.unpluggedAt >= fallsAsleepAfter ? 'asleep' : 'idle'
}

/** A charger does what the vehicle on its cable lets it do; a vehicle that is full is, to it, one that stopped. */
export const cable: Cable<ChargerState> = {
  partner: charger => charger.vehicle?.deviceId ?? null,
  regular: charger => charger.regular,
  leads: false,
  plug: (charger, deviceId) => ({ deviceId, power: charger.power, powerFrom: charger.powerFrom, limitKw: limitKw(charger), rateKw: rateKw(charger) }),
  follow: (charger, { deviceId, power, powerFrom, limitKw, rateKw }) => {
    const told = withPower(charger, power === 'PLUGGED_IN:COMPLETE' ? 'PLUGGED_IN:STOPPED' : power, powerFrom)
    return power === 'UNPLUGGED' ? told : { ...told, vehicle: { deviceId, rateKw, isFull: limitKw === 0 }, guestNeedsKwh: 0 }
  },
  release: charger => withPower(charger, 'UNPLUGGED')
}
