import { type Battery } from '../../contract/battery.ts'
import { iso } from '../../lib/time.ts'
import { capability } from '../capability.ts'
import { type Capability, type Linked } from '../device.ts'
import { rounded, wholePercent } from '../rounding.ts'
import { headOf, informationOf, locationOf, nowhere, scopesOf } from '../site.ts'
import { capabilityFor, controlScope } from './commands.ts'
import { levelPercent } from './model.ts'
import { type BatteryState } from './state.ts'

const capabilityNames = ['exportFocus', 'importFocus', 'timeOfUse', 'selfReliance', 'idle'] as const satisfies ReadonlyArray<keyof Battery['capabilities']>

/** What the API shows when Enode has just seen this battery. */
function view (battery: BatteryState, linked: Linked<'battery'>, overrides: Record<string, Capability>): Battery {
  const now = iso(battery.at)
  const chargeRate = rounded(battery.flowKw, 3)
  return {
    ...headOf(battery, linked),
    chargeState: {
      status: statusOf(battery, chargeRate),
      batteryCapacity: rounded(battery.capacityKwh, 2),
      batteryLevel: wholePercent(levelPercent(battery)),
      chargeRate,
      dischargeLimit: battery.reservePercent,
      lastUpdated: now
    },
    config: { operationMode: battery.mode, lastUpdated: now },
    information: { id: battery.vendorId, ...informationOf(battery) },
    capabilities: capabilities(battery, linked, overrides),
    scopes: scopesOf(linked, 'battery'),
    location: locationOf(battery, linked, 'battery'),
    hemSystemId: linked.hemSystemId
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
function discovered (seen: Battery): Battery {
  return {
    ...seen,
    chargeState: { status: null, batteryCapacity: null, batteryLevel: null, chargeRate: null, dischargeLimit: null, lastUpdated: null },
    config: { operationMode: null, lastUpdated: null },
    location: nowhere
  }
}

/** Nobody can say after a week which way energy flows. */
function outdated (seen: Battery): Battery {
  return { ...seen, chargeState: { ...seen.chargeState, status: 'UNKNOWN', chargeRate: null } }
}

function statusOf (battery: BatteryState, chargeRate: number): NonNullable<Battery['chargeState']['status']> {
  if (battery.isFaulty) return 'FAULT'
  if (chargeRate === 0) return 'IDLE'
  return chargeRate > 0 ? 'CHARGING' : 'DISCHARGING'
}

function capabilities (battery: BatteryState, linked: Linked<'battery'>, overrides: Record<string, Capability>): Battery['capabilities'] {
  const controls = linked.scopes.includes(controlScope)
  const has = (mode: keyof typeof capabilityFor): Capability => capability(overrides, capabilityFor[mode], controls, battery.modes.includes(mode))
  return {
    exportFocus: has('EXPORT_FOCUS'), importFocus: has('IMPORT_FOCUS'), timeOfUse: has('TIME_OF_USE'), selfReliance: has('SELF_RELIANCE'), idle: has('IDLE')
  }
}

/** What the API shows of it, and when. */
export const looks = { capabilities: capabilityNames, measured: ['chargeState'], reading: null, view, discovered, outdated }
