import { type CapabilityChange } from '../../contract/mock.ts'
import { type Capability } from '../../devices/device.ts'
import { modelOf } from '../../devices/index.ts'
import { invalid } from '../../lib/problem.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { requireInterventions } from './index.ts'

export function mergeOverrides (vendor: string, kind: AssetKind, overrides: Record<string, Capability>, changes: Record<string, CapabilityChange>): Record<string, Capability> {
  const known = modelOf(kind).capabilities
  const merged = { ...overrides }
  for (const [name, change] of Object.entries(changes)) {
    if (!known.includes(name)) throw invalid(`"capabilities.${name}" is no capability of a ${kind}: use one of ${known.join(', ')}`, ['capabilities', name], 'any.only')
    const { isCapable, interventionIds = [] } = typeof change === 'boolean' ? { isCapable: change } : change
    requireInterventions(interventionIds, vendor, kind, ['capabilities', name, 'interventionIds'])
    if (isCapable) delete merged[name]
    else merged[name] = { isCapable, interventionIds }
  }
  return merged
}
