import { hemSystemVendors } from '../../contract/vendors.ts'
import { systemKinds } from '../../devices/index.ts'
import { isSamePlace } from '../../devices/place.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { announce } from '../tell/events.ts'
import { subjectOf } from '../sight/seen.ts'
import { amendView, onLook, storeSight } from '../sight/polls.ts'
import { discoveredView, systemSight } from '../sight/systems.ts'
import { isOfKind } from '../truth/rows.ts'
import { homePlaceAt } from '../truth/states.ts'

/** Kinds that a system has at least: our choice. */
const leastKinds = 2

interface Part { asset: AssetRow, device: DeviceRow }

/**
 * Makes systems of what a user has linked: what an account brings of inverters, batteries and meters to one place, at
 * least two kinds, is one. A system that lost too much is gone; one that is linked again has its id back.
 */
export function reviewSystems (tx: Tx, userId: string): void {
  const spare = tx.hemSystems.ofUser(userId)
  for (const asset of tx.assets.ofUser(userId).filter(isPart)) storeSight(tx, subjectOf(asset))
  const assets = tx.assets.ofUser(userId)
  if (spare.length === 0 && !assets.some(isPart)) return
  const groups = groupsOf(assets.filter(isPart).flatMap(asset => {
    const device = tx.devices.get(asset.device_id)
    return device === undefined ? [] : [{ asset, device }]
  }))
  const members = new Map<string, string>()
  const seen: Array<{ system: HemSystemRow, group: Part[] }> = []
  for (const group of groups) {
    const ids = group.map(({ device }) => device.id)
    const index = spare.findIndex(system => fromJson(system.device_ids).some(id => ids.includes(id)))
    const system = spare.splice(index, index < 0 ? 0 : 1)[0] ?? insert(tx, userId, group)
    if (system.device_ids !== idsOf(group)) tx.hemSystems.setDevices(system.id, idsOf(group))
    for (const { asset } of group) members.set(asset.id, system.id)
    seen.push({ system, group })
  }
  for (const asset of assets) if (asset.hem_system_id !== (members.get(asset.id) ?? null)) setSystem(tx, asset, members.get(asset.id) ?? null)
  for (const { system } of seen) discover(tx, system)
  for (const asset of assets) if (isOfKind(asset, ...systemKinds)) amendView(tx, asset, view => ({ ...view, hemSystemId: members.get(asset.id) ?? null }))
  // What became another system is looked at anew.
  for (const { system, group } of seen) if (system.is_linked === 0 || system.device_ids !== idsOf(group)) onLook(tx, system.id)
  for (const system of spare) end(tx, system, assets)
}

/** From now on it is looked at together with others, or alone, and not later than it would have been. */
function setSystem (tx: Tx, asset: AssetRow, systemId: string | null): void {
  const subject = systemId ?? asset.id
  const due = tx.timers.get('asset.poll', subjectOf(asset))?.due ?? Infinity
  tx.assets.setSystem(asset.id, systemId)
  if (systemId !== null) tx.timers.cancel('asset.poll', asset.id)
  if (due < (tx.timers.get('asset.poll', subject)?.due ?? Infinity)) tx.timers.schedule(due, 'asset.poll', subject)
  tx.followed.add(asset.id)
}

function isPart (asset: AssetRow): boolean {
  return asset.is_linked === 1 && isOfKind(asset, ...systemKinds) && (hemSystemVendors as readonly string[]).includes(asset.vendor)
}

/** What stands at one place and came with one account, where that has enough kinds. */
function groupsOf (parts: readonly Part[]): Part[][] {
  const groups: Part[][] = []
  for (const part of parts) {
    const group = groups.find(([first]) => first !== undefined && first.device.account_id === part.device.account_id && isSamePlace(homePlaceAt(first.device), homePlaceAt(part.device)))
    if (group === undefined) groups.push([part])
    else group.push(part)
  }
  return groups.filter(group => new Set(group.map(({ device }) => device.kind)).size >= leastKinds)
}

/** As a row has them. */
function idsOf (group: readonly Part[]): string {
  return JSON.stringify(group.map(({ device }) => device.id))
}

function insert (tx: Tx, userId: string, [first]: readonly Part[]): HemSystemRow {
  const vendor = hemSystemVendors.find(vendor => vendor === first?.device.vendor)
  if (vendor === undefined) throw new Error('a system has parts of a vendor of systems')
  const id = tx.random.uuid()
  tx.hemSystems.insert({ id, user_id: userId, vendor, device_ids: '[]', created_at: tx.now, view: '{}' })
  return find(tx, id)
}

function find (tx: Tx, id: string): HemSystemRow {
  const system = tx.hemSystems.get(id)
  if (system === undefined) throw new Error(`HEM system ${id} was not stored`)
  return system
}

/** Announces a system that was not linked until now. */
function discover (tx: Tx, { id, is_linked: isLinked }: HemSystemRow): void {
  if (isLinked === 1) return
  tx.hemSystems.setLink(id, true)
  const system = find(tx, id)
  const text = JSON.stringify(discoveredView(tx, system))
  tx.hemSystems.setView(id, text)
  announce(tx, { event: 'user:hem-system:discovered', userId: system.user_id, object: ['hemSystem', text] })
}

/** Announces that a system is gone, with the last that was seen of it; it is forgotten with the last of its assets. */
function end (tx: Tx, system: HemSystemRow, assets: readonly AssetRow[]): void {
  if (system.is_linked === 1) {
    const { text } = systemSight(tx, system)
    tx.hemSystems.setLink(system.id, false)
    tx.timers.cancel('asset.poll', system.id)
    announce(tx, { event: 'user:hem-system:deleted', userId: system.user_id, object: ['hemSystem', text] })
  }
  const ids = fromJson(system.device_ids)
  if (!assets.some(asset => ids.includes(asset.device_id))) tx.hemSystems.delete(system.id)
}
