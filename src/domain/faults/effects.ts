import { durationOf, minute, type Millis } from '../../lib/time.ts'
import { type FaultEffect } from '../../contract/mock-faults.ts'
import { nameOf, type Command } from '../../devices/command.ts'
import { type Fate } from '../../store/actions.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { type Concerned } from '../../store/timeline.ts'
import { faultsOn, type Fault, type Affected } from './faults.ts'

/** How long a delivery that shall come out of order waits for one to let pass. */
const letsPassFor: Millis = minute

/**
 * The fault that hits something now: of those that fit, the first that was made and has no more to let pass. It counts
 * down, and goes with its last hit.
 */
function take (tx: Tx, target: Affected, fits: (on: Fault['on']) => boolean): Fault | undefined {
  if (tx.faults.list().length === 0) return undefined
  for (const fault of faultsOn(tx, target)) {
    if (!fits(fault.on)) continue
    if (fault.afterLeft > 0) {
      tx.faults.setCount(fault.id, fault.timesLeft, fault.afterLeft - 1)
      continue
    }
    if (fault.timesLeft === 1) tx.faults.delete(fault.id)
    else if (fault.timesLeft !== null) tx.faults.setCount(fault.id, fault.timesLeft - 1, 0)
    return fault
  }
  return undefined
}

function tell (tx: Tx, fault: Fault, concerned: Partial<Concerned>): void {
  tx.trail.note('fault', concerned, `fault ${fault.id} acts: ${JSON.stringify(fault.effect)}`)
}

/** A request to the documented API; `status` is that of its answer, once there is one. */
export interface FaultyRequest { method: string, path: string, status: number | undefined }

/** Whether a fault may hit requests, those that have an answer or those that have none yet. */
export function areRequestsFaulty (tx: ReadTx, areAnswered: boolean): boolean {
  return tx.faults.list().length > 0 && faultsOn(tx, 'requests').some(({ on }) => (on.status !== undefined) === areAnswered)
}

/** The fault that hits a request, if one does. */
export function takeRequestFault (tx: Tx, { method, path, status }: FaultyRequest): Fault | undefined {
  const fault = take(tx, 'requests', on => on.status === status && (on.method ?? method) === method && (on.path ?? path) === path)
  if (fault !== undefined) tell(tx, fault, {})
  return fault
}

/** What faults make of an action that is being asked for: its fate, and how much later it is tried. */
export function fateOf (tx: Tx, asset: AssetRow, command: Command, actionId: string): { fate: Fate | undefined, delay: Millis } {
  const name = nameOf(command)
  const fault = take(tx, 'actions', on => isOn(on, asset) && (on.kind ?? name) === name)
  if (fault === undefined) return { fate: undefined, delay: 0 }
  tell(tx, fault, { user_id: asset.user_id, asset_id: asset.id, action_id: actionId })
  const { outcome, undo, delay } = fault.effect
  return { fate: undo === undefined ? outcome : { undo: lengthOf(undo) }, delay: lengthOf(delay) }
}

/** Whether a fault may hit polls. */
export function arePollsFaulty (tx: ReadTx): boolean {
  return tx.faults.list().length > 0 && faultsOn(tx, 'polls').length > 0
}

/** The fault that hits a poll, if one does, and a way to tell of it: who asks knows whether it makes a difference. */
export function takePollFault (tx: Tx, asset: AssetRow): { effect: FaultEffect, isCounted: boolean, tell: () => void } | undefined {
  const fault = take(tx, 'polls', on => isOn(on, asset))
  return fault && { effect: fault.effect, isCounted: fault.timesLeft !== null, tell: () => { tell(tx, fault, { user_id: asset.user_id, asset_id: asset.id }) } }
}

/** Lets faults act on the deliveries that a transaction has made. Runs at its end, when their events are in. */
export function meetDeliveries (tx: Tx): void {
  if (tx.faults.list().length === 0 || tx.fresh.length === 0) return
  // What a fault has met takes in nothing more.
  tx.batches.clear()
  for (const id of tx.fresh) {
    const delivery = tx.deliveries.get(id)
    // One that is sent on demand is beside the plan.
    if (delivery?.state !== 'PENDING') continue
    const names = tx.outbox.ofDelivery(id).map(({ event }) => event)
    const fault = take(tx, 'deliveries', on => (on.webhookId ?? delivery.webhook_id) === delivery.webhook_id && (on.event === undefined || names.includes(on.event)))
    if (fault === undefined) continue
    tell(tx, fault, { webhook_id: delivery.webhook_id, delivery_id: id })
    act(tx, id, fault)
  }
}

function act (tx: Tx, deliveryId: string, { effect }: Fault): void {
  if (effect.drop === true) tx.deliveries.update(deliveryId, 'GIVEN_UP', tx.now, null)
  else if (effect.duplicate === true) tx.deliveries.setCopies(deliveryId, 1)
  else {
    const until = tx.now + (lengthOf(effect.delay) || letsPassFor)
    tx.deliveries.setHold(deliveryId, until, effect.reorder === true)
    tx.timers.schedule(until, 'delivery.release', deliveryId)
  }
}

function isOn (on: Fault['on'], asset: AssetRow): boolean {
  return (on.assetId ?? asset.id) === asset.id && (on.vendor ?? asset.vendor) === asset.vendor && (on.vendorType ?? asset.kind) === asset.kind
}

/** A duration that was checked when its fault was made; none is 0. */
export function lengthOf (duration: string | undefined): Millis {
  return durationOf(duration ?? '') ?? 0
}
