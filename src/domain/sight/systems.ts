import { changedPaths } from '../../lib/diff.ts'
import { Calendars } from '../../lib/calendar.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { type HEMSystem } from '../../contract/hem-system.ts'
import { pageOf, type Listed, type PageQuery } from '../../contract/pagination.ts'
import { systemKinds } from '../../devices/index.ts'
import { type SystemKind } from '../../devices/kinds.ts'
import { rounded } from '../../devices/rounding.ts'
import { type Site } from '../../devices/site.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type Sight } from '../../store/sights.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson, Parsed } from '../../lib/json.ts'
import { announce } from '../tell/events.ts'
import { locationOf } from './geofence.ts'
import { looksByClock, nextLookAfter } from './pace.ts'
import { asOf, seenAt } from './glimpse.ts'
import { isSeen } from './seen.ts'
import { flowsOf, type SystemSeries } from '../truth/flows.ts'
import { isOfKind, stateOf } from '../truth/rows.ts'

/** Digits after the point of a kWh: a thousandth of a watt-hour. */
export const digits = 6

/** A device that can be a part of a system. */
export type PartRow = Extract<DeviceRow, { kind: SystemKind }>

const views = new Parsed((system: HemSystemRow) => system.view)
const parts = new Parsed((system: HemSystemRow) => system.device_ids)

export function devicesOf (tx: ReadTx, system: HemSystemRow): PartRow[] {
  return parts.of(system).flatMap(id => tx.devices.get(id) ?? []).filter(device => isOfKind(device, ...systemKinds))
}

export function sitesOf (devices: readonly PartRow[]): Site[] {
  return devices.map(stateOf)
}

/** What is known of a system at once: its information. It has the name and place of its oldest device, and is as old as that which was installed first. */
export function discoveredView (tx: ReadTx, system: HemSystemRow): HEMSystem {
  const sites = sitesOf(devicesOf(tx, system))
  const [first] = sites
  if (first === undefined) throw new Error(`HEM system ${system.id} has no device`)
  const isPlaced = tx.assets.ofUser(system.user_id).some(({ hem_system_id: id, kind, scopes }) => id === system.id && scopes.includes(`"${kind}:read:location"`))
  return {
    id: system.id,
    userId: system.user_id,
    locationId: null,
    information: {
      vendor: system.vendor,
      name: first.siteName,
      installationDate: iso(installedAt(sites)),
      latitude: isPlaced ? rounded(first.place.latitude, 5) : null,
      longitude: isPlaced ? rounded(first.place.longitude, 5) : null,
      address: null,
      timezone: first.place.timezone,
      lastUpdated: iso(tx.now)
    },
    status: {
      lastSeen: null,
      energy: { today: { generation: null, consumption: null, charge: null, discharge: null, import: null, export: null, unit: 'kWh', lastUpdated: null } }
    }
  }
}

export function installedAt (sites: readonly Site[]): Millis {
  return Math.min(...sites.map(site => site.installedAt))
}

/** Which measures a system has, by its devices; of the others, why not. Consumption is derived from what the meter measures in both directions; sun and batteries that are not there give and take nothing. */
export function lacks (devices: readonly PartRow[]): Partial<Record<SystemSeries, string>> {
  const has = (kind: PartRow['kind']): boolean => devices.some(device => device.kind === kind)
  const meter = devices.find(device => device.kind === 'meter')
  const readsExport = meter !== undefined && stateOf(meter).readsExport
  const noExport = 'The meter of the system does not measure what goes into the grid'
  return {
    ...(!has('inverter') && { generation: 'The system has no inverter.' }),
    ...(!has('battery') && Object.fromEntries(['charge', 'discharge', 'batteryLevel'].map(series => [series, 'The system has no battery.']))),
    ...(!has('meter') && Object.fromEntries(['consumption', 'import', 'export'].map(series => [series, 'The system has no meter.']))),
    ...(has('meter') && !readsExport && { export: `${noExport}.`, consumption: `${noExport}, from which the consumption would follow.` })
  }
}

/** Enode looks at a system, once whenever it has just seen its devices: stores what it sees and announces what differs. Does nothing where there is no such system. */
export function seeSystem (tx: Tx, id: string): void {
  const system = tx.hemSystems.get(id)
  if (system === undefined || system.is_linked === 0) return
  show(tx, system, views.of(system), placed(tx, system, lookAtSystem(tx, system)))
}

/** The view of a system as of the last look at its devices, as JSON text: looks that nobody follows are not made. */
export function systemSight (tx: ReadTx, system: HemSystemRow): Sight {
  if (system.is_linked === 0 || tx.timers.get('asset.poll', system.id) !== undefined) return { text: system.view, until: Infinity }
  return tx.sights.of(system.id, system.view, tx.now, () => {
    if (!devicesOf(tx, system).some(device => isSeen(device, tx.accounts.get(device.account_id)?.is_valid === 1))) return { text: system.view, until: Infinity }
    const at = looksByClock(tx, partKind, tx.now)
    const until = nextLookAfter(tx, partKind, 'active', at)
    return at > seenAt(system.view) ? { text: JSON.stringify(lookAtSystem(asOf(tx, at), system)), until } : { text: system.view, until }
  })
}

/** Stores what was seen of a system until now. Does nothing where there is no such system. */
export function storeSystem (tx: Tx, id: string): void {
  const system = tx.hemSystems.get(id)
  if (system === undefined) return
  const { text } = systemSight(tx, system)
  if (text !== system.view) tx.hemSystems.setView(id, text)
}

/** Any of the kinds that make a system: they are looked at together. */
const partKind = 'meter'

/** What a look at a system shows, where its location stays what it was. */
function lookAtSystem (tx: ReadTx, system: HemSystemRow): HEMSystem {
  const before = views.of(system)
  const found = discoveredView(tx, system)
  const information = changedPaths({ ...before.information, lastUpdated: null }, { ...found.information, lastUpdated: null }).length === 0 ? before.information : found.information
  return { ...found, locationId: before.locationId, information, status: { lastSeen: iso(tx.now), energy: { today: today(tx, system) } } }
}

/** Once a user's locations changed, a system may be at another. */
export function placeSystems (tx: Tx, userId: string): void {
  for (const system of tx.hemSystems.ofUser(userId)) {
    if (system.is_linked === 0) continue
    const before = showSystem(tx, system)
    show(tx, system, before, placed(tx, system, before))
  }
}

function placed (tx: Tx, system: HemSystemRow, view: HEMSystem): HEMSystem {
  const { latitude, longitude } = view.information
  const locationId = locationOf(tx.locations.ofUser(system.user_id), { id: null, latitude, longitude }, system.location_id)
  if (locationId !== system.location_id) tx.hemSystems.setLocation(system.id, locationId)
  return { ...view, locationId }
}

/** Energy of the day so far. */
function today (tx: ReadTx, system: HemSystemRow): HEMSystem['status']['energy']['today'] {
  const devices = devicesOf(tx, system)
  const missing = lacks(devices)
  const zone = sitesOf(devices)[0]?.place.timezone ?? 'UTC'
  const flows = flowsOf(tx, devices, tx.almanac.of(Calendars).today(zone, tx.now).from, tx.now)
  const sum = (series: SystemSeries): number | null => missing[series] === undefined ? knownSum(flows[series]) : null
  return {
    generation: sum('generation'),
    consumption: sum('consumption'),
    charge: sum('charge'),
    discharge: sum('discharge'),
    import: sum('import'),
    export: sum('export'),
    unit: 'kWh',
    lastUpdated: iso(tx.now)
  }
}

/** The sum of what is known. */
export function knownSum (values: Float64Array): number {
  return rounded(values.reduce((sum, value) => Number.isNaN(value) ? sum : sum + value, 0), digits)
}

function show (tx: Tx, system: HemSystemRow, before: HEMSystem, after: HEMSystem): void {
  const text = JSON.stringify(after)
  const isNews = changedPaths(before, after).some(path => path !== 'status.lastSeen' && !path.endsWith('.lastUpdated'))
  if (!isNews) {
    tx.hemSystems.setView(system.id, text)
    views.put(tx.hemSystems.get(system.id), after)
    return
  }
  tx.hemSystems.setTold(system.id, text, tx.now)
  views.put(tx.hemSystems.get(system.id), after)
  announce(tx, { event: 'user:hem-system:updated', userId: system.user_id, object: ['hemSystem', text], change: { before, after, toldAt: system.told_at } })
}

/** Systems of all users or of one. An unknown user has none. */
export function listSystems (tx: ReadTx, query: PageQuery, userId?: string): Listed<HEMSystem> {
  return pageOf(userId === undefined ? tx.hemSystems.page(query) : tx.hemSystems.pageOfUser(query, userId), row => showSystem(tx, row))
}

/** A system as of the last look. */
export function showSystem (tx: ReadTx, system: HemSystemRow): HEMSystem {
  return fromJson<HEMSystem>(systemSight(tx, system).text)
}
