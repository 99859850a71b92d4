import { type Intervention } from '../../contract/intervention.ts'
import { portalNames, vendorNames } from '../../contract/vendor-names.ts'
import { type AssetKind, type Vendor } from '../../contract/vendors.ts'
import { invalid, notFound } from '../../lib/problem.ts'
import { entries, entryById, type Entry } from './catalogue.ts'
import { kinds } from './kinds.ts'
import { textsIn } from './texts/index.ts'

export interface InterventionFilter {
  vendor?: Vendor
  vendorType?: AssetKind
  /** A BCP 47 tag; en-US where there are no texts in it. */
  language?: string
}

export function listInterventions (filter: InterventionFilter): Intervention[] {
  return entries.filter(entry => passes(entry, filter)).map(entry => show(entry, filter.language))
}

/** One intervention; a 404 also when the filter leaves it out. */
export function findIntervention (id: string, filter: InterventionFilter): Intervention {
  const entry = entryById.get(id)
  if (entry === undefined || !passes(entry, filter)) throw notFound('Intervention', id)
  return show(entry, filter.language)
}

/** Refuses ids with a 400 that no user of such a device could carry out; `path` leads to the list of them. */
export function requireInterventions (ids: readonly string[], vendor: string, type: AssetKind, path: string[]): void {
  ids.forEach((id, index) => {
    const entry = entryById.get(id)
    if (entry?.vendor === vendor && entry.vendorType === type) return
    const is = entry === undefined ? 'is no known intervention' : `is an intervention for ${entry.vendor} as ${entry.vendorType}, not for ${vendor} as ${type}`
    throw invalid(`"${path.join('.')}[${index}]" ${is}: GET /interventions?vendor=${vendor}&vendorType=${type} lists those that fit`, [...path, index], 'any.only')
  })
}

function passes (entry: Entry, { vendor = entry.vendor, vendorType = entry.vendorType }: InterventionFilter): boolean {
  return entry.vendor === vendor && entry.vendorType === vendorType
}

function show ({ id, vendor, vendorType, name }: Entry, language?: string): Intervention {
  const { introducedAt, domain, access, agent, action } = kinds[name]
  const brand = vendorNames[vendor]
  const [title, ...steps] = textsIn(language)[name]
  const named = (text: string): string => text.replaceAll('{brand}', brand).replaceAll('{app}', portalNames[vendor] ?? brand)
  const description = steps.map((step, index) => `${index + 1}. ${named(step)}`).join('\n')
  return { id, vendor, vendorType, brand, introducedAt, domain, resolution: { title: named(title), description, access, agent, action } }
}
