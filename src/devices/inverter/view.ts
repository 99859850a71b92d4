import { type Inverter } from '../../contract/inverter.ts'
import { iso } from '../../lib/time.ts'
import { capability } from '../capability.ts'
import { type Capability, type Linked } from '../device.ts'
import { rounded } from '../rounding.ts'
import { headOf, informationOf, locationOf, nowhere, scopesOf } from '../site.ts'
import { productionKw } from './model.ts'
import { type InverterState } from './state.ts'

const capabilityNames = ['productionState', 'productionStatistics'] as const satisfies ReadonlyArray<keyof Inverter['capabilities']>

/** What the API shows when Enode has just seen this inverter. */
function view (inverter: InverterState, linked: Linked<'inverter'>, overrides: Record<string, Capability>): Inverter {
  const productionRate = rounded(productionKw(inverter, inverter.at), 3)
  return {
    ...headOf(inverter, linked),
    productionState: {
      productionRate,
      isProducing: productionRate > 0,
      totalLifetimeProduction: rounded(inverter.lifetimeKwh, 3),
      lastUpdated: iso(inverter.at)
    },
    timezone: inverter.place.timezone,
    capabilities: {
      productionState: capability(overrides, 'productionState'),
      productionStatistics: capability(overrides, 'productionStatistics', true, inverter.hasStatistics)
    },
    scopes: scopesOf(linked, 'inverter'),
    information: { id: inverter.vendorId, sn: inverter.serialNumber, ...informationOf(inverter) },
    location: locationOf(inverter, linked, 'inverter'),
    hemSystemId: linked.hemSystemId
  }
}

/** The view at the moment of discovery: of what can be null only `information` is filled. */
function discovered (seen: Inverter): Inverter {
  return {
    ...seen,
    productionState: { productionRate: null, isProducing: null, totalLifetimeProduction: null, lastUpdated: null },
    timezone: null,
    location: nowhere
  }
}

/** Nobody can say after a week whether the sun still shines on it. */
function outdated (seen: Inverter): Inverter {
  return { ...seen, productionState: { ...seen.productionState, productionRate: null, isProducing: null } }
}

/** What the API shows of it, and when. */
export const looks = { capabilities: capabilityNames, measured: ['productionState'], reading: 'productionState', view, discovered, outdated }
