import { type Linked } from '../../src/devices/device.ts'
import { type Place } from '../../src/devices/place.ts'
import { vehicle, type VehicleState } from '../../src/devices/vehicle/index.ts'
import { parseTime } from '../../src/lib/time.ts'

export const oslo: Place = { latitude: 59.913912345, longitude: 10.752212345, timezone: 'Europe/Oslo', seed: 1 }

export const start = parseTime('2026-06-01T12:00:00Z') ?? 0

/** A car of round figures: 100 kWh, 400 km, 10 kW below 97 %, limit 80 %, level 50 %, plugged in and stopped. */
export function car (overrides: Partial<VehicleState> = {}): VehicleState {
  return {
    at: start,
    vin: 'WVWZZZE1ZMP000001',
    brand: 'Volkswagen',
    model: 'ID.4 Pro',
    year: 2022,
    displayName: null,
    batteryCapacityKwh: 100,
    energyKwh: 50,
    chargeLimitPercent: 80,
    fullRangeKm: 400,
    power: 'PLUGGED_IN:STOPPED',
    powerFrom: null,
    unpluggedAt: overrides.power === 'UNPLUGGED' ? start : null,
    maxCurrentA: 16,
    maxCurrentLimitA: 32,
    phases: 3,
    voltage: 230,
    onboardChargerKw: 10,
    chargeEfficiency: 0.9,
    dcKw: 200,
    dischargeRateKw: 5,
    odometerKm: 12345.6,
    place: oslo,
    charger: null,
    fastChargeKw: null,
    driver: null,
    ...overrides
  }
}

/**
 * What of a power from the socket reaches the battery, written out anew: on AC the car's own electronics draw 0.18 kW on one phase and 0.35 kW
 * on three (ADAC 2022: 100 to 300 W), and its efficiency holds at the greatest power; on DC 95 %.
 */
export function reaches (state: VehicleState, kw: number): number {
  if (kw === 0) return 0
  if (state.fastChargeKw !== null) return 0.95 * kw
  const own = state.phases === 1 ? 0.18 : 0.35
  const most = Math.min(state.onboardChargerKw, state.voltage * state.maxCurrentLimitA * state.phases / 1000)
  return (kw - own) * (state.chargeEfficiency * most / (most - own))
}

/** What share of what it draws from AC below 97 % reaches the battery: its power is constant there. */
export function shareKept (state: VehicleState): number {
  const kw = Math.min(state.onboardChargerKw, state.voltage * state.maxCurrentA * state.phases / 1000)
  return reaches(state, kw) / kw
}

const scopes = ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging', 'charger:read:data']
const linked: Linked = {
  id: 'a1',
  userId: 'u1',
  vendor: 'TESLA',
  scopes,
  locationId: '8d90101b-3f2f-462a-bbb4-1ed320d33bbe',
  pluggedInto: null,
  hemSystemId: null,
  smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 }
}

/** What the API shows of it: a Tesla with every scope at a location, unless told otherwise. */
export function see (state: VehicleState, link: Partial<Linked> = {}, overrides = {}): ReturnType<typeof vehicle.view> {
  return vehicle.view(state, { ...linked, ...link }, overrides)
}
