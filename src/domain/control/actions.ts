import { changedPaths } from '../../lib/diff.ts'
import { badRequest, forbidden, notFound, Problem } from '../../lib/problem.ts'
import { iso, isoOrNull } from '../../lib/time.ts'
import { goalOf, nameOf, sameCommand, sameSetting, type Command } from '../../devices/command.ts'
import { modelOf } from '../../devices/index.ts'
import { type FailureReason, type VendorAction } from '../../contract/action.ts'
import { type Resolution } from '../../contract/mock-faults.ts'
import { type ActionRow, type AskedBy, type Fate } from '../../store/actions.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type Concerned } from '../../store/timeline.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { fromJson } from '../../lib/json.ts'
import { type Views } from '../../devices/kinds.ts'
import { announce, isHeard } from '../tell/events.ts'
import { fateOf } from '../faults/effects.ts'
import { currentState, putState } from '../truth/states.ts'
import { isInTouch, seenView } from '../sight/seen.ts'
import { currentAsset, pollDevice } from '../sight/polls.ts'
import { timingOf } from '../truth/timing.ts'
import { viewOf } from '../truth/rows.ts'
import { rememberWas, scheduleUndo, temperedFate } from './undo.ts'

export type SettledState = Resolution['state']

/** What tells that an action has ended. */
const settledEvent = 'user:vendor-action:updated'

/** Who wants something of an asset. What acts by itself has a name in the timeline, where what it does is put down to it. */
export type Asker = { kind: Extract<AskedBy, 'client' | 'smart-override'> } | { kind: Exclude<AskedBy, 'client' | 'smart-override'>, name: string }

/**
 * Starts an action. An asset has at most one pending: an equal one is joined where its kind does that, another is
 * cancelled. While a schedule or smart charging controls an asset, its client cannot start or stop it.
 */
export function requestAction (tx: Tx, { id }: AssetRow, command: Command, by: Asker = { kind: 'client' }): VendorAction {
  const asset = currentAsset(tx, id)
  if (asset === undefined) throw new Error(`asset ${id} is gone`)
  const device = modelOf(asset.kind)
  requireControlScope(asset)
  if (by.kind === 'client' && command.type === 'charging') requireFree(asset)
  const pending = tx.actions.pendingOf(asset.id)
  if (pending !== undefined && device.joins(command) && sameCommand(commandOf(pending), command)) return showAction(pending)

  const refusal = refusalOf(tx, asset, command)
  if (refusal !== null) throw rejected(refusal)
  return onBehalfOf(tx, asset, by, `wants ${nameOf(command)}`, () => begin(tx, asset, command, by.kind, pending))
}

/** Why a command is refused, judged by what is seen of the asset; null when it is not. While a command for the same setting is pending, what is seen of that may change. */
export function refusalOf (tx: ReadTx, asset: AssetRow, command: Command): string | null {
  const device = modelOf(asset.kind)
  const view = viewOf(asset)
  const pending = tx.actions.pendingOf(asset.id)
  const mayChange = pending !== undefined && sameSetting(commandOf(pending), command)
  return device.refusal(view, command, feedsFullVehicle(tx, view)) ?? (mayChange ? null : device.already(view, command))
}

/** A command that is refused because of the state of its asset. */
export function rejected (refusal: string): Problem {
  return badRequest(refusal, 'Action Rejected')
}

function begin (tx: Tx, asset: AssetRow, command: Command, askedBy: AskedBy, pending: ActionRow | undefined): VendorAction {
  if (pending !== undefined) settle(tx, pending, 'CANCELLED', { type: 'CONFLICT', detail: 'A newer action for this device has been created.' })
  const id = tx.random.uuid()
  const timing = timingOf(tx)
  const { fate = temperedFate(tx, asset), delay } = fateOf(tx, asset, command, id)
  tx.actions.insert({
    id,
    asset_id: asset.id,
    user_id: asset.user_id,
    kind: asset.kind,
    command: JSON.stringify(command),
    state: 'PENDING',
    created_at: tx.now,
    updated_at: tx.now,
    was_sent: pending === undefined ? 0 : 1,
    asked_by: askedBy,
    fate: fate === undefined ? null : JSON.stringify(fate)
  })
  const entry = tx.trail.note('action-requested', about(asset.user_id, asset.id, id), `${nameOf(command)} of ${asset.kind} ${asset.id}`)
  tx.timers.schedule(tx.now + Math.round(timing.latency(tx.random)) + delay, 'action.attempt', id, entry)
  tx.timers.schedule(tx.now + timing.timeout, 'action.timeout', id, entry)
  return showAction(findAction(tx, asset.kind, id))
}

/** Does what somebody wants, so that the timeline says who. A client's own request stands there already. */
function onBehalfOf<T> (tx: Tx, { id, user_id: userId }: { id: string, user_id: string }, by: Asker, wish: string, fn: () => T): T {
  return 'name' in by ? tx.trail.because(tx.trail.note(by.kind, { user_id: userId, asset_id: id }, `${by.name} ${wish}`), fn) : fn()
}

/** Whether the view is that of a charger on whose cable Enode last saw a vehicle of the same user that is fully charged. */
function feedsFullVehicle (tx: ReadTx, view: Views[AssetKind]): boolean {
  const id = 'chargeState' in view && 'pluggedInVehicleId' in view.chargeState ? view.chargeState.pluggedInVehicleId : null
  const other = id === null ? undefined : tx.assets.get(id)
  return other?.kind === 'vehicle' && seenView(tx, other).chargeState.isFullyCharged === true
}

export function findAction (tx: ReadTx, kind: AssetKind, id: string): ActionRow {
  const action = tx.actions.get(id)
  if (action === undefined || action.kind !== kind) throw notFound('Action', id)
  return action
}

/** Actions on every kind of asset, the newest first. */
export function listActions (tx: ReadTx, { assetId, state, limit = 100 }: { assetId?: string | undefined, state?: string | undefined, limit?: number | undefined }): VendorAction[] {
  return tx.actions.list({ assetId, state, limit }).map(showAction)
}

/** Ends a pending action at its owner's request; a settled one stays as it is, and is the answer all the same. */
export function cancelAction (tx: Tx, kind: AssetKind, id: string): { wasPending: boolean, action: VendorAction } {
  const action = findAction(tx, kind, id)
  if (action.state !== 'PENDING') return { wasPending: false, action: showAction(action) }
  settle(tx, action, 'CANCELLED', { type: 'REQUESTED_CANCELLATION', detail: 'The action was cancelled by request.' })
  return { wasPending: true, action: showAction(findAction(tx, kind, id)) }
}

/** Cancels what somebody wants no longer; what others asked for stays. */
export function withdrawAction (tx: Tx, assetId: string, by: Asker): void {
  const action = tx.actions.pendingOf(assetId)
  if (action?.asked_by !== by.kind) return
  onBehalfOf(tx, { id: assetId, user_id: action.user_id }, by, `wants ${nameOf(commandOf(action))} no longer`, () => {
    settle(tx, action, 'CANCELLED', { type: 'REQUESTED_CANCELLATION', detail: 'The action was cancelled by what had asked for it.' })
  })
}

/** Tries to make the device do what the action asks for. */
export function onAttempt (tx: Tx, actionId: string): void {
  const found = pendingWithDevice(tx, actionId)
  if (found === undefined) return
  const { action, device } = found
  const model = modelOf(device.kind)
  const command = commandOf(action)
  const timing = timingOf(tx)
  if (!isInTouch(tx, device)) {
    tx.timers.schedule(tx.now + timing.retryEvery, 'action.attempt', action.id, tx.trail.cause)
    return
  }
  const state = currentState(tx, device)
  if (action.fate !== null && meetFate(tx, action, fromJson(action.fate), device)) return
  if (model.isDone(state, command)) {
    pollDevice(tx, device.id)
    if (action.was_sent === 1) settle(tx, action, 'CONFIRMED', null)
    else settle(tx, action, 'CANCELLED', { type: 'UNNECESSARY', detail: 'The device was already in the desired state.' })
    return
  }
  const obstacle = model.obstacle(state, command)
  if (obstacle !== null) {
    pollDevice(tx, device.id)
    settle(tx, action, 'CANCELLED', { type: 'FAILED_PRECONDITION', detail: obstacle })
    return
  }
  const after = model.obey(state, command, timing.ramp)
  rememberWas(tx, action, state, after)
  const isDone = model.isDone(putState(tx, device, after), command)
  tx.actions.setSent(action.id)
  pollDevice(tx, device.id)
  if (isDone) settle(tx, action, 'CONFIRMED', null)
  else tx.timers.schedule(tx.now + (timing.ramp || timing.retryEvery), 'action.attempt', action.id, tx.trail.cause)
}

/** Lets an action end as a fault wants it; a confirmation that the device cannot give is none. */
function meetFate (tx: Tx, action: ActionRow, { state, failureReason }: Fate, device: DeviceRow): boolean {
  if (state === undefined) return false
  const model = modelOf(device.kind)
  if (state === 'CONFIRMED' && model.obstacle(currentState(tx, device), commandOf(action)) !== null) return false
  resolveAction(tx, action.id, state, failureReason)
  return true
}

/** Gives up on a device that did not do it in time. */
export function onTimeout (tx: Tx, actionId: string): void {
  const found = pendingWithDevice(tx, actionId)
  if (found === undefined) return
  // What does not answer is looked at, so that nobody takes it for one that does.
  pollDevice(tx, found.device.id)
  const detail = !isInTouch(tx, found.device) ? 'The device remained unreachable.' : 'The device did not reach the desired state in time.'
  settle(tx, found.action, 'FAILED', { type: 'NO_RESPONSE', detail })
}

/** Ends what is pending on a device that can no longer do it, as when a car is unplugged meanwhile. */
export function reviewPending (tx: Tx, device: DeviceRow): void {
  const state = currentState(tx, device)
  for (const asset of tx.assets.ofDevice(device.id)) {
    const action = tx.actions.pendingOf(asset.id)
    const obstacle = action && modelOf(device.kind).obstacle(state, commandOf(action))
    if (action !== undefined && typeof obstacle === 'string') settle(tx, action, 'CANCELLED', { type: 'FAILED_PRECONDITION', detail: obstacle })
  }
}

/** Ends what is pending on an asset that goes away. */
export function abandonPending (tx: Tx, assetId: string): void {
  const action = tx.actions.pendingOf(assetId)
  if (action !== undefined) settle(tx, action, 'FAILED', { type: 'NOT_FOUND', detail: 'The device was deleted while the action was pending.' })
}

/** Ends a pending action now, as a test wants it; a confirmed one makes the device obey. */
export function resolveAction (tx: Tx, id: string, state: SettledState, reason: FailureReason | undefined): VendorAction {
  const action = tx.actions.get(id)
  if (action === undefined) throw notFound('Action', id)
  const found = pendingWithDevice(tx, id)
  if (found === undefined) throw new Problem({ status: 409, slug: 'conflict', title: 'Action is settled', detail: `Action ${id} is ${action.state} and can no longer be resolved` })
  if (state === 'CONFIRMED') {
    if (reason !== undefined) throw badRequest('a CONFIRMED action has no "failureReason"')
    confirm(tx, found.device, action)
    settle(tx, action, state, null)
  } else {
    settle(tx, action, state, reason ?? (state === 'FAILED'
      ? { type: 'NO_RESPONSE', detail: 'The device remained unreachable.' }
      : { type: 'REQUESTED_CANCELLATION', detail: 'The action was cancelled by request.' }))
  }
  return showAction(findAction(tx, action.kind, id))
}

function confirm (tx: Tx, device: DeviceRow, action: ActionRow): void {
  const command = commandOf(action)
  const model = modelOf(device.kind)
  const state = currentState(tx, device)
  const obstacle = model.isDone(state, command) ? null : model.obstacle(state, command)
  if (obstacle !== null) throw badRequest(`the action cannot be confirmed: change the device first, or resolve the action as FAILED. ${obstacle}`)
  const after = model.obey(state, command, 0)
  rememberWas(tx, action, state, after)
  putState(tx, device, after)
  pollDevice(tx, device.id)
}

/** The action as the API shows it. */
export function showAction (row: ActionRow): VendorAction {
  return {
    id: row.id,
    userId: row.user_id,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    completedAt: isoOrNull(row.completed_at),
    state: row.state,
    targetId: row.asset_id,
    targetType: row.kind,
    ...goalOf(commandOf(row)),
    failureReason: row.failure === null ? null : fromJson(row.failure)
  } as VendorAction
}

function settle (tx: Tx, action: ActionRow, state: SettledState, reason: FailureReason | null): void {
  tx.actions.settle(action, state, reason === null ? null : JSON.stringify(reason), tx.now)
  tx.timers.cancel('action.attempt', action.id)
  tx.timers.cancel('action.timeout', action.id)
  tx.touched.add(action.asset_id)
  const settled = findAction(tx, action.kind, action.id)
  const entry = tx.trail.note('action-settled', about(action.user_id, action.asset_id, action.id), reason === null ? state : `${state}, ${reason.type}: ${reason.detail}`)
  if (state === 'CONFIRMED') scheduleUndo(tx, settled, entry)
  if (!isHeard(tx, settledEvent)) return
  const after = showAction(settled)
  tx.trail.because(entry, () => {
    announce(tx, { event: settledEvent, userId: action.user_id, object: ['vendorAction', JSON.stringify(after)], updatedFields: changedPaths(showAction(action), after) })
  })
}

function about (userId: string, assetId: string, actionId: string): Partial<Concerned> {
  return { user_id: userId, asset_id: assetId, action_id: actionId }
}

function pendingWithDevice (tx: ReadTx, actionId: string): { action: ActionRow, device: DeviceRow } | undefined {
  const action = tx.actions.get(actionId)
  if (action?.state !== 'PENDING') return undefined
  const asset = tx.assets.get(action.asset_id)
  const device = asset && tx.devices.get(asset.device_id)
  return device && { action, device }
}

export function commandOf (action: ActionRow): Command {
  return fromJson(action.command)
}

/** Refuses with a 403 what the user did not grant. */
export function requireControlScope (asset: AssetRow): void {
  const scope = modelOf(asset.kind).controlScope
  if (scope === null || fromJson(asset.scopes).includes(scope)) return
  throw forbidden('Forbidden', `The user has not granted "${scope}" for ${asset.kind} ${asset.id}. Link the ${asset.kind} again with this scope to control it.`)
}

function requireFree (asset: AssetRow): void {
  if (asset.controlled_by === null) return
  const how = asset.controlled_by === 'schedule' ? 'disable or delete the schedule' : 'disable its smart charging policy'
  const override = asset.kind === 'vehicle' ? `, or start charging now with POST /vehicles/${asset.id}/smart-override` : ''
  throw new Problem({
    status: 422,
    slug: 'enode-controlled-entity',
    title: 'Enode Controlled Entity',
    detail: `The ${asset.kind} is controlled by ${asset.controlled_by === 'schedule' ? 'a schedule' : 'smart charging'} and takes no manual command: ${how}${override}`
  })
}
