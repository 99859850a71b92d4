import { type Capability } from './device.ts'

/** What a capability looks like: a scope that was not granted takes it away for good, an override until the user intervenes. */
export function capability (overrides: Record<string, Capability>, name: string, isGranted = true, isSupported = true): Capability {
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined
  if (!isGranted) return { isCapable: false, interventionIds: [] }
  if (override?.isCapable === false) return { isCapable: false, interventionIds: [...override.interventionIds] }
  return { isCapable: isSupported, interventionIds: [] }
}
