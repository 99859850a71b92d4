import { type Capability } from './device.ts'

/** What a capability looks like: a scope that was not granted takes it away for good, an override until the user intervenes. */
export function capability (overrides: Record<string, Capability>, name: string, isGranted = true, isSupported = true): Capability {
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined
  if (!isGranted) return { isCapable: false, interventionIds: [] }
  if (override?.isCapable === false) return { isCapable: false, interventionIds: [...override.interventionIds] }
  return { isCapable: isSupported, interventionIds: [] }
}

/** Why a command that needs a capability is refused; null when the asset has it. `noun` is what people call the asset. */
export function incapable (noun: string, name: string, { isCapable, interventionIds }: Capability): string | null {
  if (isCapable) return null
  const remedy = interventionIds.length === 0 ? '' : `, unless the user carries out the intervention ${interventionIds.join(' or ')}`
  return `The ${noun} cannot do this: its capability ${name} is false${remedy}`
}
