import { type HVAC } from '../../contract/hvac.ts'
import { type Scope } from '../../contract/scopes.ts'
import { iso } from '../../lib/time.ts'
import { capability } from '../capability.ts'
import { type Capability, type Linked } from '../device.ts'
import { rounded } from '../rounding.ts'
import { controlScope } from './commands.ts'
import { nouns } from './make.ts'
import { powerKw } from './model.ts'
import { settingOf } from './schedule.ts'
import { type HvacState } from './state.ts'

/** Those that can be switched off; the others say between which figures. */
const capabilityNames = ['setFollowSchedule', 'setPermanentHold'] as const satisfies ReadonlyArray<keyof HVAC['capabilities']>

/** What the API shows when Enode has just seen this unit. */
function view (hvac: HvacState, linked: Linked<'hvac'>, overrides: Record<string, Capability>): HVAC {
  const now = iso(hvac.at)
  const controls = linked.scopes.includes(controlScope)
  const { id, userId, vendor } = linked
  return {
    id,
    userId,
    vendor,
    lastSeen: now,
    isReachable: true,
    consumptionRate: hvac.reportsPower ? rounded(powerKw(hvac), 2) : null,
    information: {
      brand: hvac.brand,
      model: hvac.model,
      displayName: hvac.displayName ?? `${hvac.brand} ${hvac.model ?? nouns[hvac.category]}`,
      groupName: hvac.groupName,
      category: hvac.category
    },
    temperatureState: { currentTemperature: rounded(hvac.temperatureC, 1), isActive: hvac.activity !== null, lastUpdated: now },
    thermostatState: { ...settingOf(hvac), holdType: hvac.held === null ? 'SCHEDULED' : 'PERMANENT', lastUpdated: now },
    scopes: linked.scopes.filter((scope): scope is Scope => scope.startsWith('hvac:')),
    capabilities: {
      ...hvac.limits,
      setFollowSchedule: capability(overrides, 'setFollowSchedule', controls, hvac.schedule !== null),
      setPermanentHold: capability(overrides, 'setPermanentHold', controls)
    },
    location: { id: linked.locationId }
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
function discovered (seen: HVAC): HVAC {
  const { temperatureState, thermostatState, ...rest } = outdated(seen)
  return {
    ...rest,
    temperatureState: { ...temperatureState, lastUpdated: null },
    thermostatState: { ...thermostatState, lastUpdated: null },
    capabilities: { ...seen.capabilities, capableModes: null, coolSetpointRange: null, heatSetpointRange: null, setpointDifferenceRange: null },
    location: { id: null }
  }
}

/** Nobody can say after a week how warm it is, or what somebody set meanwhile. */
function outdated (seen: HVAC): HVAC {
  return {
    ...seen,
    consumptionRate: null,
    temperatureState: { ...seen.temperatureState, currentTemperature: null, isActive: false },
    thermostatState: { ...seen.thermostatState, mode: 'UNKNOWN', heatSetpoint: null, coolSetpoint: null, holdType: null }
  }
}

/** What the API shows of it, and when. */
export const looks = { capabilities: capabilityNames, measured: ['temperatureState', 'thermostatState'], reading: null, view, discovered, outdated }
