import { inverterVendors } from '../../contract/vendors.ts'
import { invalidAll, type Issue } from '../../lib/problem.ts'
import { hour, iso } from '../../lib/time.ts'
import { type Circumstances } from '../device.ts'
import { counterContradictions, issue, number, readFacts, text, type Rule, type Rules } from '../facts.ts'
import { siteDerived, siteRules, withSiteFacts, type SiteFacts } from '../site.ts'
import { pastKwh } from './past.ts'
import { type InverterState } from './state.ts'

/** What can be set: by the API's names, and what the API does not show of the panels. */
interface Facts extends SiteFacts {
  /** kWh since installation. */
  totalLifetimeProduction: number
  sn: string
  /** kW of the panels under full sun, 0 to 1000. */
  peakPower: number
  /** kW that the inverter gives at most. */
  ratedPower: number
  /** Degrees from level, 0 to 90. */
  tilt: number
  /** Degrees clockwise from north, 0 to 360. */
  azimuth: number
}

const rules: Rules<InverterState, Facts> = new Map<keyof Facts, (inverter: InverterState) => Rule>([
  ['totalLifetimeProduction', () => number(0, 1e9)],
  ['sn', text],
  ['peakPower', () => number(0, 1000)],
  ['ratedPower', () => number(0.1, 1000)],
  ['tilt', () => number(0, 90)],
  ['azimuth', () => number(0, 360)],
  ...siteRules(inverterVendors)
])

/** What the past of a new inverter follows from. */
const decisive = ['totalLifetimeProduction', 'peakPower', 'ratedPower', 'tilt', 'azimuth', 'installationDate', 'latitude', 'longitude'] as const satisfies ReadonlyArray<keyof Facts>

const followsSun = 'follows from the sun, the weather and the panels, set "peakPower", "ratedPower", "tilt", "azimuth" or the clock'

/** What follows from other facts, and which of them to set. */
const derived = new Map([
  ['productionRate', followsSun],
  ['isProducing', followsSun],
  ['timezone', 'follows from the place, set "latitude" and "longitude"'],
  ...siteDerived
])

/** Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be. */
export function change (inverter: InverterState, changes: Record<string, unknown>, { isNew = false, force = false }: Circumstances = {}): InverterState {
  const { facts, issues } = readFacts(rules, derived, inverter, changes)
  const changed = isNew && issues.length === 0 ? withPast(withFacts(inverter, facts), facts) : withFacts(inverter, facts)
  const contradictions = isNew || force || issues.length > 0 ? [] : findContradictions(inverter, changed, facts)
  if (issues.length > 0 || contradictions.length > 0) throw invalidAll([...issues, ...contradictions])
  return changed
}

function withFacts (inverter: InverterState, facts: Partial<Facts>): InverterState {
  const moved = withSiteFacts(inverter, facts)
  // Panels that were carried across the equator face the other way.
  const facing = moved.place.latitude * inverter.place.latitude < 0 ? (540 - inverter.azimuthDegrees) % 360 : inverter.azimuthDegrees
  return {
    ...moved,
    lifetimeKwh: facts.totalLifetimeProduction ?? inverter.lifetimeKwh,
    serialNumber: facts.sn ?? inverter.serialNumber,
    peakKw: facts.peakPower ?? inverter.peakKw,
    ratedKw: facts.ratedPower ?? inverter.ratedKw,
    tiltDegrees: facts.tilt ?? inverter.tiltDegrees,
    azimuthDegrees: facts.azimuth ?? facing
  }
}

/** The counter of a new inverter follows from its panels, unless it is told. */
function withPast (inverter: InverterState, facts: Partial<Facts>): InverterState {
  if (!tellsOfPast(facts) || facts.totalLifetimeProduction !== undefined) return inverter
  return { ...inverter, lifetimeKwh: pastKwh(inverter, inverter.installedAt, inverter.at) }
}

/** Whether facts decide what an inverter has produced. */
export function tellsOfPast (facts: { [name in keyof Facts]?: unknown } = {}): boolean {
  return decisive.some(name => facts[name] !== undefined)
}

/** A counter never falls, and an inverter has given at most what it is rated for since it was installed. */
function findContradictions (inverter: InverterState, changed: InverterState, facts: Partial<Facts>): Issue[] {
  const found = counterContradictions('totalLifetimeProduction', facts.totalLifetimeProduction, Math.floor(inverter.lifetimeKwh * 1000) / 1000)
  const mostKwh = changed.ratedKw * (changed.at - changed.installedAt) / hour
  if (changed.lifetimeKwh <= mostKwh) return found
  const says = `since it was installed on ${iso(changed.installedAt)}, an inverter of ${changed.ratedKw} kW has given ${Math.floor(mostKwh)} kWh at most`
  if (facts.totalLifetimeProduction !== undefined) return [...found, issue('totalLifetimeProduction', `cannot be ${facts.totalLifetimeProduction}: ${says}`)]
  return facts.installationDate === undefined ? found : [...found, issue('installationDate', `cannot be ${facts.installationDate}: ${says}, and it has given ${Math.floor(changed.lifetimeKwh)} kWh`)]
}
