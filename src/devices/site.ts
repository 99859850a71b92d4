import { vendorNames } from '../contract/vendor-names.ts'
import { type AssetKind, type Vendor, type VendorOf } from '../contract/vendors.ts'
import { type Scope } from '../contract/scopes.ts'
import { unitAt } from '../lib/random.ts'
import { day, iso, parseTime, type Millis } from '../lib/time.ts'
import { type Linked, type Physical } from './device.ts'
import { launches } from './launches.ts'
import { brandAmong, number, text, type Rule } from './facts.ts'
import { moved, type Place } from './place.ts'
import { rounded } from './rounding.ts'

/** What batteries, inverters and meters have in common: they are installed at a site. */
export interface Site extends Physical {
  brand: string
  model: string
  /** What the owner calls the site. */
  siteName: string
  installedAt: Millis
  place: Place
}

/** What of it can be set, by the API's names. */
export interface SiteFacts {
  siteName: string
  brand: string
  model: string
  /** ISO 8601, not in the future. */
  installationDate: string
  latitude: number
  longitude: number
}

/** How long ago a site was installed, in days: our choice. */
const ageDays = { least: 200, most: 1800 }

const siteNames = ['Home', 'My home', 'House', 'Cabin'] as const

/** A model as it stands at its site. What stands at one place was installed together, but for what was not sold yet then, and is called the same, or after the model if the owner gave no name. */
export function siteOf (vendor: Vendor, model: string, at: Millis, place: Place): Site {
  const brand = vendorNames[vendor]
  const name = siteNames[Math.floor(chanceAt(place, 7) * (siteNames.length + 1))]
  const drawn = installedAt(at, place)
  const sold = Math.min(at, Date.UTC(launches.get(model) ?? 1970))
  const since = drawn >= sold ? drawn : Math.floor((at - chanceAt(place, 8) * (at - sold)) / day) * day
  return { at, brand, model, siteName: name ?? `${brand} ${model}`, installedAt: since, place }
}

/** When what stands at a place was installed. */
function installedAt (at: Millis, place: Place): Millis {
  return Math.floor(at / day - Math.round(ageDays.least + chanceAt(place, 8) * (ageDays.most - ageDays.least))) * day
}

/** What was sold already when a site was installed; everything, where nothing was. */
export function soldAt<Row extends readonly [name: string, ...figures: unknown[]]> (rows: readonly Row[], at: Millis, place: Place): readonly Row[] {
  const year = Number(iso(installedAt(at, place)).slice(0, 4))
  const sold = rows.filter(([name]) => (launches.get(name) ?? 0) <= year)
  return sold.length > 0 ? sold : rows
}

function chanceAt (place: Place, salt: number): number {
  return unitAt(place.seed, salt, Math.round(place.latitude * 1e4), Math.round(place.longitude * 1e4))
}

/** What every view of such an asset begins with. */
export function headOf<K extends AssetKind> (site: Site, linked: Linked<K>): { id: string, userId: string, vendor: VendorOf<K>, lastSeen: string, isReachable: true } {
  return { id: linked.id, userId: linked.userId, vendor: linked.vendor, lastSeen: iso(site.at), isReachable: true }
}

export function informationOf ({ brand, model, siteName, installedAt }: Site): { brand: string, model: string, siteName: string, installationDate: string } {
  return { brand, model, siteName, installationDate: iso(installedAt) }
}

/** Those of the granted scopes that are for the kind. */
export function scopesOf (linked: Linked, kind: AssetKind): Scope[] {
  return linked.scopes.filter((scope): scope is Scope => scope.startsWith(`${kind}:`))
}

interface SitePosition { id: string | null, longitude: number | null, latitude: number | null, lastUpdated: string | null }

/** A position that nobody knows, or nobody may. */
export const nowhere: SitePosition = { id: null, longitude: null, latitude: null, lastUpdated: null }

/** Where it stands, if the user granted the scope for that. */
export function locationOf ({ place, at }: Site, linked: Linked, kind: AssetKind): SitePosition {
  if (!linked.scopes.includes(`${kind}:read:location`)) return nowhere
  return { id: linked.locationId, longitude: rounded(place.longitude, 5), latitude: rounded(place.latitude, 5), lastUpdated: iso(at) }
}

/** To begin the rules of such a kind with, which some vendors make. */
export const siteRules = (vendors: readonly Vendor[]): ReadonlyArray<[keyof SiteFacts, (site: Site) => Rule]> => [
  ['siteName', text],
  ['brand', brandAmong(vendors)],
  ['model', text],
  ['installationDate', site => ({
    says: `must be an ISO 8601 timestamp up to now, ${iso(site.at)}`,
    holds: value => typeof value === 'string' && (parseTime(value) ?? Infinity) <= site.at
  })],
  ['latitude', () => number(-90, 90)],
  ['longitude', () => number(-180, 180)]
]

/** To begin with what follows from other facts. */
export const siteDerived: ReadonlyArray<[string, string]> = [
  ['displayName', 'belongs to vehicles, set "siteName"']
]

/** The same device after facts on its site. */
export function withSiteFacts<S extends Site> (site: S, facts: Partial<SiteFacts>): S {
  return {
    ...site,
    brand: facts.brand ?? site.brand,
    model: facts.model ?? site.model,
    siteName: facts.siteName ?? site.siteName,
    installedAt: parseTime(facts.installationDate ?? '') ?? site.installedAt,
    place: moved(site.place, facts)
  }
}
