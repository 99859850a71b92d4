import { type Scope } from '../../contract/scopes.ts'
import { type Vehicle } from '../../contract/vehicle.ts'
import { iso } from '../../lib/time.ts'
import { type Capability, type Linked } from '../device.ts'
import { chargeRateKw, isAtLimit, levelPercent, minutesToLimit } from './model.ts'
import { type VehicleState } from './state.ts'

export const capabilityNames = [
  'information', 'chargeState', 'location', 'odometer', 'setMaxCurrent', 'startCharging', 'stopCharging', 'smartCharging'
] as const satisfies ReadonlyArray<keyof Vehicle['capabilities']>

/** The scopes without which a vehicle shows no position and takes no command. */
const locationScope = 'vehicle:read:location'
export const controlScope = 'vehicle:control:charging'

/** What the API shows when Enode has just seen this car, rounded as real vehicles round. */
export function view (car: VehicleState, linked: Linked, overrides: Record<string, Capability>): Vehicle {
  const now = iso(car.at)
  const isCharging = car.power === 'PLUGGED_IN:CHARGING'
  const showsLocation = linked.scopes.includes(locationScope)
  return {
    id: linked.id,
    userId: linked.userId,
    vendor: linked.vendor as Vehicle['vendor'],
    lastSeen: now,
    isReachable: true,
    information: {
      vin: car.vin,
      brand: car.brand,
      model: car.model,
      year: car.year,
      displayName: car.displayName,
      imageUrl: null
    },
    chargeState: {
      batteryLevel: wholePercent(levelPercent(car)),
      range: Math.round(levelPercent(car) / 100 * car.fullRangeKm),
      isPluggedIn: car.power !== 'UNPLUGGED',
      isCharging,
      isFullyCharged: isAtLimit(car),
      batteryCapacity: rounded(car.batteryCapacityKwh, 2),
      chargeLimit: car.chargeLimitPercent,
      chargeRate: isCharging ? rounded(chargeRateKw(car), 1) : null,
      chargeTimeRemaining: isCharging ? Math.ceil(minutesToLimit(car)) : null,
      lastUpdated: now,
      maxCurrent: car.maxCurrentA,
      powerDeliveryState: car.power,
      pluggedInChargerId: null
    },
    smartChargingPolicy: smartChargingOff(),
    odometer: { distance: Math.floor(car.odometerKm), lastUpdated: now },
    capabilities: capabilities(linked, overrides),
    scopes: linked.scopes.filter((scope): scope is Scope => scope.startsWith('vehicle:')),
    location: showsLocation
      ? { longitude: rounded(car.longitude, 5), latitude: rounded(car.latitude, 5), lastUpdated: now, id: linked.locationId }
      : { longitude: null, latitude: null, lastUpdated: null, id: null }
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
export function discovered (seen: Vehicle): Vehicle {
  return {
    ...seen,
    isReachable: null,
    chargeState: {
      batteryLevel: null,
      range: null,
      isPluggedIn: null,
      isCharging: null,
      isFullyCharged: null,
      batteryCapacity: null,
      chargeLimit: null,
      chargeRate: null,
      chargeTimeRemaining: null,
      lastUpdated: null,
      maxCurrent: null,
      powerDeliveryState: 'UNKNOWN',
      pluggedInChargerId: null
    },
    smartChargingPolicy: smartChargingOff(),
    odometer: { distance: null, lastUpdated: null },
    location: { longitude: null, latitude: null, lastUpdated: null, id: null }
  }
}

/** A scope that was not granted takes a capability away for good; an override takes it away until the user intervenes. */
function capabilities (linked: Linked, overrides: Record<string, Capability>): Vehicle['capabilities'] {
  const controls = linked.scopes.includes(controlScope)
  const capability = (name: keyof Vehicle['capabilities'], isGranted: boolean, isSupported = true): Capability => {
    const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined
    if (!isGranted) return { isCapable: false, interventionIds: [] }
    if (override?.isCapable === false) return { isCapable: false, interventionIds: [...override.interventionIds] }
    return { isCapable: isSupported, interventionIds: [] }
  }
  return {
    information: capability('information', true),
    chargeState: capability('chargeState', true),
    location: capability('location', linked.scopes.includes(locationScope)),
    odometer: capability('odometer', true),
    setMaxCurrent: capability('setMaxCurrent', controls, linked.vendor === 'TESLA'),
    startCharging: capability('startCharging', controls),
    stopCharging: capability('stopCharging', controls),
    smartCharging: capability('smartCharging', controls, false)
  }
}

function smartChargingOff (): Vehicle['smartChargingPolicy'] {
  return { isEnabled: false, deadline: null, minimumChargeLimit: 0 }
}

/** Rounded down, so that 100 stands only for full and the charge limit only for reached. */
function wholePercent (percent: number): number {
  return Math.min(100, Math.floor(percent + 1e-9))
}

function rounded (value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
