import { type Meter } from '../../contract/meter.ts'
import { iso } from '../../lib/time.ts'
import { capability } from '../capability.ts'
import { type Capability, type Linked } from '../device.ts'
import { rounded } from '../rounding.ts'
import { headOf, informationOf, locationOf, nowhere, scopesOf } from '../site.ts'
import { type MeterState } from './state.ts'

const capabilityNames = ['measuresConsumption', 'measuresProduction'] as const satisfies ReadonlyArray<keyof Meter['capabilities']>

/** What the API shows when Enode has just seen this meter. */
function view (meter: MeterState, linked: Linked<'meter'>, overrides: Record<string, Capability>): Meter {
  const power = rounded(meter.totalKw, 3)
  return {
    ...headOf(meter, linked),
    information: informationOf(meter),
    energyState: { power: meter.readsExport ? power : Math.max(0, power), lastUpdated: iso(meter.at) },
    location: locationOf(meter, linked, 'meter'),
    capabilities: {
      measuresConsumption: capability(overrides, 'measuresConsumption'),
      measuresProduction: capability(overrides, 'measuresProduction', true, meter.readsExport)
    },
    scopes: scopesOf(linked, 'meter'),
    hemSystemId: linked.hemSystemId
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
function discovered (seen: Meter): Meter {
  return { ...seen, energyState: { power: null, lastUpdated: null }, location: nowhere }
}

/** Nobody can say after a week what a home draws. */
function outdated (seen: Meter): Meter {
  return { ...seen, energyState: { ...seen.energyState, power: null } }
}

/** What the API shows of it, and when. */
export const looks = { capabilities: capabilityNames, measured: ['energyState'], reading: 'measuresConsumption', view, discovered, outdated }
