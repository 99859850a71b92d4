import { meterVendors } from '../../contract/vendors.ts'
import { invalidAll } from '../../lib/problem.ts'
import { readFacts, type Rules } from '../facts.ts'
import { siteDerived, siteRules, withSiteFacts, type SiteFacts } from '../site.ts'
import { type MeterState } from './state.ts'

const rules: Rules<MeterState, SiteFacts> = new Map(siteRules(meterVendors))

/** What follows from other facts. */
const derived = new Map([
  ['power', 'follows from everything that stands at the home, change that'],
  ...siteDerived
])

/** Sets physical facts by the API's names, all or none. Throws a 400 problem with everything that cannot be. */
export function change (meter: MeterState, changes: Record<string, unknown>): MeterState {
  const { facts, issues } = readFacts(rules, derived, meter, changes)
  if (issues.length > 0) throw invalidAll(issues)
  return withSiteFacts(meter, facts)
}
