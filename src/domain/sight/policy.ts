import { type SmartChargingPolicy } from '../../contract/smart-charging.ts'
import { type SmartChargingRow } from '../../store/smart-charging.ts'

/** The policy of a vehicle; without a row it is off. */
export function showPolicy (row: Pick<SmartChargingRow, 'is_enabled' | 'deadline' | 'minimum_charge_limit'> | undefined): SmartChargingPolicy {
  return { isEnabled: row?.is_enabled === 1, deadline: row?.deadline ?? null, minimumChargeLimit: row?.minimum_charge_limit ?? 0 }
}
