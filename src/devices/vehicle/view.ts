import { type Scope } from '../../contract/scopes.ts'
import { type Vehicle } from '../../contract/vehicle.ts'
import { iso } from '../../lib/time.ts'
import { capability } from '../capability.ts'
import { type Capability, type Linked } from '../device.ts'
import { rounded, wholePercent } from '../rounding.ts'
import { controlScope } from './commands.ts'
import { chargeRateKw, isAtLimit, levelPercent, minutesToLimit } from './model.ts'
import { picture } from './picture.ts'
import { type VehicleState } from './state.ts'

const capabilityNames = [
  'information', 'chargeState', 'location', 'odometer', 'setMaxCurrent', 'startCharging', 'stopCharging', 'smartCharging'
] as const satisfies ReadonlyArray<keyof Vehicle['capabilities']>

/** The scopes without which a vehicle shows no position and takes no command. */
const locationScope = 'vehicle:read:location'
/** What the API shows when Enode has just seen this car, rounded as real vehicles round. */
function view (car: VehicleState, linked: Linked<'vehicle'>, overrides: Record<string, Capability>): Vehicle {
  const now = iso(car.at)
  const isCharging = car.power === 'PLUGGED_IN:CHARGING'
  const showsLocation = linked.scopes.includes(locationScope)
  return {
    id: linked.id,
    userId: linked.userId,
    vendor: linked.vendor,
    lastSeen: now,
    isReachable: true,
    information: {
      vin: car.vin,
      brand: car.brand,
      model: car.model,
      year: car.year,
      displayName: car.displayName,
      imageUrl: `/assets/${picture(car.brand, car.model)}.png`
    },
    chargeState: {
      batteryLevel: wholePercent(levelPercent(car)),
      range: Math.round(levelPercent(car) / 100 * car.fullRangeKm / (car.driver?.useFactor ?? 1)),
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
      pluggedInChargerId: linked.pluggedInto
    },
    smartChargingPolicy: linked.smartChargingPolicy,
    odometer: { distance: Math.floor(car.odometerKm), lastUpdated: now },
    capabilities: capabilities(linked, overrides),
    scopes: linked.scopes.filter((scope): scope is Scope => scope.startsWith('vehicle:')),
    location: showsLocation
      ? { longitude: rounded(car.place.longitude, 5), latitude: rounded(car.place.latitude, 5), lastUpdated: now, id: linked.locationId }
      : { longitude: null, latitude: null, lastUpdated: null, id: null }
  }
}

/** Nobody can say after a week whether it still stands at its cable. */
function outdated (seen: Vehicle): Vehicle {
  return {
    ...seen,
    chargeState: {
      ...seen.chargeState,
      isPluggedIn: null,
      isCharging: null,
      isFullyCharged: null,
      chargeRate: null,
      chargeTimeRemaining: null,
      powerDeliveryState: 'UNKNOWN',
      pluggedInChargerId: null
    }
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
function discovered (seen: Vehicle): Vehicle {
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
    odometer: { distance: null, lastUpdated: null },
    location: { longitude: null, latitude: null, lastUpdated: null, id: null }
  }
}

function capabilities (linked: Linked<'vehicle'>, overrides: Record<string, Capability>): Vehicle['capabilities'] {
  const controls = linked.scopes.includes(controlScope)
  const showsLocation = linked.scopes.includes(locationScope)
  const without = {
    information: capability(overrides, 'information'),
    chargeState: capability(overrides, 'chargeState'),
    location: capability(overrides, 'location', showsLocation),
    odometer: capability(overrides, 'odometer'),
    setMaxCurrent: capability(overrides, 'setMaxCurrent', controls, linked.vendor === 'TESLA'),
    startCharging: capability(overrides, 'startCharging', controls),
    stopCharging: capability(overrides, 'stopCharging', controls)
  }
  const needed = [without.chargeState, without.location, without.startCharging, without.stopCharging]
  return { ...without, smartCharging: smartCharging(capability(overrides, 'smartCharging', controls && showsLocation), controls && showsLocation ? needed : []) }
}

/** Smart charging needs others of the capabilities, and what would bring those back. */
function smartCharging (own: Capability, needed: readonly Capability[]): Capability {
  const missing = [own, ...needed].filter(({ isCapable }) => !isCapable)
  return { isCapable: missing.length === 0, interventionIds: [...new Set(missing.flatMap(({ interventionIds }) => interventionIds))] }
}

/** What the API shows of it, and when. */
export const looks = { capabilities: capabilityNames, measured: ['chargeState'], reading: 'chargeState', view, discovered, outdated }
