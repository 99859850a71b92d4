import { type Charger } from '../../contract/charger.ts'
import { type Scope } from '../../contract/scopes.ts'
import { iso } from '../../lib/time.ts'
import { capability } from '../capability.ts'
import { type Capability, type Linked } from '../device.ts'
import { rounded } from '../rounding.ts'
import { controlScope, rangeKw } from './commands.ts'
import { limitKw, rateKw } from './model.ts'
import { picture } from './picture.ts'
import { type ChargerState } from './state.ts'

const capabilityNames = [
  'information', 'chargeState', 'startCharging', 'stopCharging', 'setMaxCurrent', 'setChargeRateLimit'
] as const satisfies ReadonlyArray<keyof Charger['capabilities']>

/** What the API shows when Enode has just seen this charger. */
function view (charger: ChargerState, linked: Linked<'charger'>, overrides: Record<string, Capability>): Charger {
  const now = iso(charger.at)
  const vendor = linked.vendor
  const isCharging = charger.power === 'PLUGGED_IN:CHARGING'
  return {
    id: linked.id,
    userId: linked.userId,
    vendor,
    lastSeen: now,
    isReachable: true,
    chargeState: {
      isPluggedIn: charger.power !== 'UNPLUGGED',
      isCharging,
      chargeRate: isCharging ? rounded(rateKw(charger), 1) : null,
      lastUpdated: now,
      maxCurrent: rounded(charger.maxCurrentA, 2),
      powerDeliveryState: charger.power,
      pluggedInVehicleId: linked.pluggedInto,
      chargeRateLimit: charger.takesRateLimit ? rounded(limitKw(charger), 2) : null
    },
    capabilities: capabilities(charger, linked, overrides),
    scopes: linked.scopes.filter((scope): scope is Scope => scope.startsWith('charger:')),
    information: { brand: charger.brand, model: charger.model, year: charger.year, serialNumber: charger.serialNumber, imageUrl: `/assets/${picture(vendor)}.png` },
    location: { id: linked.locationId, lastUpdated: linked.locationId === null ? null : now }
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
function discovered (seen: Charger): Charger {
  return {
    ...seen,
    chargeState: {
      ...outdated(seen).chargeState, lastUpdated: null, maxCurrent: null, chargeRateLimit: null
    },
    location: { id: null, lastUpdated: null }
  }
}

/** Nobody can say after a week whether a vehicle still stands at it. */
function outdated (seen: Charger): Charger {
  return {
    ...seen,
    chargeState: { ...seen.chargeState, isPluggedIn: null, isCharging: null, chargeRate: null, powerDeliveryState: 'UNKNOWN', pluggedInVehicleId: null }
  }
}

function capabilities (charger: ChargerState, linked: Linked<'charger'>, overrides: Record<string, Capability>): Charger['capabilities'] {
  const controls = linked.scopes.includes(controlScope)
  const { takesRateLimit } = charger
  return {
    information: capability(overrides, 'information'),
    chargeState: capability(overrides, 'chargeState'),
    startCharging: capability(overrides, 'startCharging', controls),
    stopCharging: capability(overrides, 'stopCharging', controls),
    setMaxCurrent: capability(overrides, 'setMaxCurrent', controls),
    setChargeRateLimit: {
      ...capability(overrides, 'setChargeRateLimit', controls, takesRateLimit),
      allowedRange: takesRateLimit ? rangeKw(charger) : { min: null, max: null }
    }
  }
}

/** What the API shows of it, and when. */
export const looks = { capabilities: capabilityNames, measured: ['chargeState'], reading: 'chargeState', view, discovered, outdated }
