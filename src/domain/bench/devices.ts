import { notFound } from '../../lib/problem.ts'
import { iso } from '../../lib/time.ts'
import { type DeviceChange } from '../../contract/mock.ts'
import { type DeviceTruth } from '../../contract/mock-answers.ts'
import { modelOf } from '../../devices/index.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { reviewPending } from '../control/actions.ts'
import { noteWheel } from './lives.ts'
import { mergeOverrides } from '../interventions/overrides.ts'
import { reviewSystems } from '../linking/systems.ts'
import { changeState, currentState, partnerOf } from '../truth/states.ts'
import { withImageUrls } from '../tell/image-urls.ts'
import { freshView, isInTouch, sightOf } from '../sight/seen.ts'
import { findOutLater, pollDevice, storeSights } from '../sight/polls.ts'
import { isOfKind } from '../truth/rows.ts'
import { timingOf } from '../truth/timing.ts'

/** Finds a device by its own id, or by that of an asset which a second user made of it. */
export function findDevice (tx: ReadTx, id: string): DeviceRow {
  const device = tx.devices.get(id) ?? tx.devices.get(tx.assets.get(id)?.device_id ?? '')
  if (device === undefined) throw notFound('Device', id)
  return device
}

export function listDevices (tx: ReadTx, baseUrl: string): DeviceTruth[] {
  return tx.devices.list().map(device => showDevice(tx, device, baseUrl))
}

/** The truth about a device, and what the API shows of it; `baseUrl` is that of the images. */
export function showDevice (tx: ReadTx, device: DeviceRow, baseUrl: string): DeviceTruth {
  const asset = tx.assets.ofDevice(device.id).find(each => each.is_linked === 1)
  const state = currentState(tx, device)
  return {
    id: device.id,
    type: device.kind,
    vendor: device.vendor,
    accountId: device.account_id,
    userId: asset?.user_id ?? null,
    state: { ...state, at: iso(state.at) },
    capabilities: asset === undefined ? fromJson(device.overrides) : freshView(tx, asset, device).capabilities,
    isReachable: device.is_reachable === 1,
    observed: asset === undefined ? null : JSON.parse(withImageUrls(sightOf(tx, asset).text, baseUrl)) as Record<string, unknown>
  }
}

/** Changes the physical truth. Unless told otherwise Enode sees it at once, and what it makes impossible fails. */
export function changeDevice (tx: Tx, id: string, change: DeviceChange): DeviceRow {
  const device = findDevice(tx, id)
  const model = modelOf(device.kind)
  const formerPartner = partnerOf(tx, device)?.id
  const before = isOfKind(device, 'vehicle') ? currentState(tx, device) : undefined
  if (change.observe === false) findOutLater(tx, device.id)
  else storeSights(tx, device.id)
  if (change.state !== undefined) changeState(tx, device, model.change(currentState(tx, device), change.state, { rampMs: timingOf(tx).ramp, force: change.force }), change.force)
  if (before !== undefined) noteWheel(tx, findDevice(tx, device.id), before)
  if (change.capabilities !== undefined) {
    tx.devices.setOverrides(device.id, JSON.stringify(mergeOverrides(device.vendor, device.kind, fromJson(device.overrides), change.capabilities)))
  }
  // A vendor knows at once what stands at which site.
  if (change.state?.latitude !== undefined || change.state?.longitude !== undefined) for (const asset of tx.assets.ofDevice(device.id)) reviewSystems(tx, asset.user_id)
  if (change.isReachable !== undefined) tx.devices.setReachable(device.id, change.isReachable)
  if (change.observe !== false) {
    // Also what it was plugged into until now.
    for (const id of new Set([formerPartner, device.id])) if (id !== undefined) pollDevice(tx, id)
    const now = findDevice(tx, device.id)
    if (isInTouch(tx, now)) reviewPending(tx, now)
  }
  return findDevice(tx, device.id)
}
