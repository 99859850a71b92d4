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
    dischargeRateKw: 5,
    odometerKm: 12345.6,
    place: oslo,
    charger: null,
    fastChargeKw: null,
    ...overrides
  }
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
