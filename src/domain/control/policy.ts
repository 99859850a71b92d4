import { type SmartChargingPolicy, type UpdateSmartChargingPolicyBody } from '../../contract/smart-charging.ts'
import { type Vehicle } from '../../contract/vehicle.ts'
import { incapable } from '../../devices/refusals.ts'
import { badRequest } from '../../lib/problem.ts'
import { type AssetRowOf } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { hasPrices } from '../prices/index.ts'
import { showPolicy } from '../sight/policy.ts'
import { seenView } from '../sight/seen.ts'
import { disableSchedules } from './scheduling/execution.ts'
import { isTaken, setPolicy } from './smart-charging/policy.ts'

/** The lowest minimum charge limit of vendors that want one, in percent. */
const leastMinimum: Record<string, number> = { MERCEDES: 50 }

/** Changes the policy of a vehicle. Throws a 400 when it is to be enabled and cannot be. */
export function updatePolicy (tx: Tx, asset: AssetRowOf<'vehicle'>, changes: UpdateSmartChargingPolicyBody): SmartChargingPolicy {
  const before = showPolicy(tx.smartCharging.get(asset.id))
  const after: SmartChargingPolicy = {
    isEnabled: changes.isEnabled ?? before.isEnabled,
    deadline: changes.deadline ?? before.deadline,
    minimumChargeLimit: changes.minimumChargeLimit ?? before.minimumChargeLimit
  }
  const view = seenView(tx, asset)
  const isMinimumOfInterest = after.isEnabled || changes.minimumChargeLimit !== undefined
  const refusal = (after.isEnabled ? whyNot(tx, asset, view, after) : null) ?? (isMinimumOfInterest ? whyNoMinimum(view, after.minimumChargeLimit) : null)
  if (refusal !== null) throw badRequest(refusal, 'Cannot activate smart charging')
  setPolicy(tx, asset, after)
  if (after.isEnabled) disableSchedules(tx, asset.id)
  return after
}

function whyNot (tx: ReadTx, asset: AssetRowOf<'vehicle'>, view: Vehicle, { deadline }: SmartChargingPolicy): string | null {
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

function whyNoMinimum ({ vendor, chargeState: { chargeLimit } }: Vehicle, minimum: number): string | null {
  if (chargeLimit !== null && minimum > chargeLimit) return `"minimumChargeLimit" ${minimum} exceeds the charge limit of the vehicle, which is ${chargeLimit}`
  const least = leastMinimum[vendor] ?? 0
  return minimum < least ? `"minimumChargeLimit" ${minimum} is below ${least}, which is the least for a ${vendor}` : null
}
