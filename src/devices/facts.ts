import { vendorNames } from '../contract/vendor-names.ts'
import { type Vendor } from '../contract/vendors.ts'
import { type Issue } from '../lib/problem.ts'
import { iso, type Millis } from '../lib/time.ts'
import { inWords, isOfYears, type Years } from './catalogue.ts'

/** What a fact may be, in words and as a test. */
export interface Rule {
  says: string
  holds: (value: unknown) => boolean
}

/** What can be set of a device, by the API's names; a rule may depend on the device. */
export type Rules<State, Facts> = ReadonlyMap<keyof Facts & string, (state: State) => Rule>

/**
 * What is known under the API's names, and what is wrong with the rest. `derived` says of facts that follow from
 * others which of those to set instead.
 */
export function readFacts<State, Facts> (
  rules: Rules<State, Facts>, derived: ReadonlyMap<string, string>, state: State, changes: Record<string, unknown>
): { facts: Partial<Facts>, issues: Issue[] } {
  const facts: Record<string, unknown> = {}
  const issues: Issue[] = []
  for (const [name, value] of Object.entries(changes)) {
    const rule = rules.get(name as keyof Facts & string)?.(state)
    if (rule === undefined) issues.push(issue(name, derived.get(name) ?? `cannot be set, these can: ${[...rules.keys()].join(', ')}`))
    else if (rule.holds(value)) facts[name] = value
    else issues.push(issue(name, rule.says))
  }
  return { facts: facts as Partial<Facts>, issues }
}

/** `"state.<key>" <says>`, with the path that leads there. */
export function issue (key: string, says: string): Issue {
  return { message: `"state.${key}" ${says}`, path: ['state', key], type: 'custom' }
}

export function number (low: number, high: number): Rule {
  return { says: `must be a number from ${low} to ${high}`, holds: value => typeof value === 'number' && value >= low && value <= high }
}

export function whole (low: number, high: number): Rule {
  return { says: `must be a whole number from ${low} to ${high}`, holds: value => Number.isInteger(value) && number(low, high).holds(value) }
}

export function boolean (): Rule {
  return { says: 'must be true or false', holds: value => typeof value === 'boolean' }
}

export function text (): Rule {
  return { says: 'must be a text of 1 to 100 characters', holds: value => typeof value === 'string' && value.length >= 1 && value.length <= 100 }
}

export function oneOf (values: readonly string[]): Rule {
  return { says: `must be one of ${values.join(', ')}`, holds: value => (values as readonly unknown[]).includes(value) }
}

/** The brand of one of the vendors. */
export function brandAmong (vendors: readonly Vendor[]): () => Rule {
  return () => oneOf(vendors.map(vendor => vendorNames[vendor]))
}

/** Null, or what the rule says. */
export function orNull (rule: Rule): Rule {
  return { says: rule.says.replace('must be ', 'must be null or '), holds: value => value === null || rule.holds(value) }
}

/** A year of production. */
export const yearRule = whole(1990, 2100)

/** What has a model of some year. */
interface Product {
  brand: string
  model: string
  year: number
}

/** What of a model year cannot be of a device as it would become: makers call by the next year what they sell late in one, and a model was made in its years. */
export function yearContradictions (facts: { [K in keyof Product]?: Product[K] | undefined }, { brand, model, year }: Product, at: Millis, years: Years | undefined): Issue[] {
  const latest = Number(iso(at).slice(0, 4)) + 1
  if (facts.year !== undefined && year > latest) return [issue('year', `cannot be later than ${latest}, which has not come yet`)]
  if (years === undefined || isOfYears(year, years)) return []
  const made = `the ${brand} ${model} was made ${inWords(years)}`
  if (facts.year !== undefined) return [issue('year', `cannot be ${year}: ${made}`)]
  const key = facts.model === undefined ? 'brand' : 'model'
  return facts[key] === undefined ? [] : [issue(key, `cannot be ${facts[key]} for one of ${year}: ${made}, set "year" as well`)]
}

/** What of a counter cannot be: one that only grows was never lower than what was shown of it, rounded down. */
export function counterContradictions (key: string, told: number | undefined, shown: number): Issue[] {
  return told !== undefined && told < shown ? [issue(key, `cannot fall: it counts up, and stands at ${shown}`)] : []
}
