/**
 * The dotted paths of the leaves that differ between two JSON values, in the order of `after`:
 * `["lastSeen", "chargeState.range"]`. A list is one leaf. An object against null gives the paths below it.
 */
export function changedPaths (before: unknown, after: unknown, path = ''): string[] {
  if (isObject(before) || isObject(after)) {
    if ((before ?? null) !== null && !isObject(before)) return [path]
    if ((after ?? null) !== null && !isObject(after)) return [path]
    const old = isObject(before) ? before : {}
    const now = isObject(after) ? after : {}
    const keys = new Set([...Object.keys(now), ...Object.keys(old)])
    return [...keys].flatMap(key => changedPaths(old[key], now[key], path === '' ? key : `${path}.${key}`))
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path]
}

function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
