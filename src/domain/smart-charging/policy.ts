import { badRequest } from '../../lib/problem.ts'
import { type SmartChargingPolicy, type UpdateSmartChargingPolicyBody } from '../../contract/smart-charging.ts'
import { type Vehicle } from '../../contract/vehicle.ts'
import { incapable } from '../../devices/refusals.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { seenView } from '../looks.ts'
import { amendView, currentAsset } from '../observe.ts'
import { hasPrices } from '../prices/index.ts'
import { disableSchedules } from '../schedules/execution.ts'
import { showPolicy } from './show.ts'
import { ensureStatus } from './status.ts'

/** The lowest minimum charge limit of vendors that want one, in percent. */
const leastMinimum: Record<string, number> = { MERCEDES: 50 }

/** Changes the policy of a vehicle. Throws a 400 when it is to be enabled and cannot be. */
export function updatePolicy (tx: Tx, asset: AssetRow, changes: UpdateSmartChargingPolicyBody): SmartChargingPolicy {
  const before = showPolicy(tx.smartCharging.get(asset.id))
  const after: SmartChargingPolicy = {
    isEnabled: changes.isEnabled ?? before.isEnabled,
    deadline: changes.deadline ?? before.deadline,
    minimumChargeLimit: changes.minimumChargeLimit ?? before.minimumChargeLimit
  }
  const view = seenView(tx, asset) as Vehicle
  const isMinimumOfInterest = after.isEnabled || changes.minimumChargeLimit !== undefined
  const refusal = (after.isEnabled ? whyNot(tx, asset, view, after) : null) ?? (isMinimumOfInterest ? whyNoMinimum(view, after.minimumChargeLimit) : null)
  if (refusal !== null) throw badRequest(refusal, 'Cannot activate smart charging')
  put(tx, asset, after)
  if (after.isEnabled) disableSchedules(tx, asset.id)
  return after
}

/** Switches smart charging off, as when something else takes control of the vehicle. */
export function disableSmartCharging (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  const policy = showPolicy(tx.smartCharging.get(assetId))
  if (asset !== undefined && policy.isEnabled) put(tx, asset, { ...policy, isEnabled: false })
}

/** Switches smart charging of a vehicle that is linked again off, if another user has switched it on meanwhile. */
export function yieldSmartCharging (tx: Tx, asset: AssetRow): void {
  if (isTaken(tx, asset)) disableSmartCharging(tx, asset.id)
}

function put (tx: Tx, asset: AssetRow, policy: SmartChargingPolicy): void {
  // What was seen until now was seen with the policy until now.
  currentAsset(tx, asset.id)
  ensureStatus(tx, asset)
  tx.smartCharging.setPolicy(asset.id, policy.isEnabled, policy.deadline, policy.minimumChargeLimit)
  amendView(tx, asset, view => ({ ...view, smartChargingPolicy: policy }))
  tx.touched.add(asset.id)
  tx.followed.add(asset.user_id)
}

function whyNot (tx: ReadTx, asset: AssetRow, view: Vehicle, { deadline }: SmartChargingPolicy): string | null {
  const scope = ['vehicle:control:charging', 'vehicle:read:location'].find(each => !view.scopes.includes(each as never))
  if (scope !== undefined) return `The user has not granted "${scope}" for this vehicle: link it again with this scope`
  const missing = incapable('smartCharging', view.capabilities.smartCharging)
  if (missing !== null) return missing
  if (deadline === null) return 'Smart charging does not work without a deadline: set "deadline"'
  const locations = tx.locations.ofUser(asset.user_id)
  if (locations.length === 0) return `The user has no location to charge at: create one with POST /users/${asset.user_id}/locations`
  if (!locations.some(location => hasPrices(tx, location))) return 'No location of the user has market prices or a tariff: link a tariff with PUT /locations/{locationId}/tariff'
  return isTaken(tx, asset) ? 'Another user already has smart charging enabled for this vehicle' : null
}

/** Whether another user's smart charging has the vehicle. */
function isTaken (tx: ReadTx, asset: AssetRow): boolean {
  return tx.assets.ofDevice(asset.device_id).some(other => other.id !== asset.id && other.is_linked === 1 && tx.smartCharging.get(other.id)?.is_enabled === 1)
}

function whyNoMinimum ({ vendor, chargeState: { chargeLimit } }: Vehicle, minimum: number): string | null {
  if (chargeLimit !== null && minimum > chargeLimit) return `"minimumChargeLimit" ${minimum} exceeds the charge limit of the vehicle, which is ${chargeLimit}`
  const least = leastMinimum[vendor] ?? 0
  return minimum < least ? `"minimumChargeLimit" ${minimum} is below ${least}, which is the least for a ${vendor}` : null
}
