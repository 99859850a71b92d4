/**
 * The dotted paths of the leaves that differ between two JSON values, in the order of `after`:
 * `["lastSeen", "chargeState.range"]`. A list is one leaf. An object against null gives the paths below it.
 */
export function changedPaths (before: unknown, after: unknown): string[] {
  const paths: string[] = []
  collect(before, after, '', paths)
  return paths
}

function collect (before: unknown, after: unknown, path: string, paths: string[]): void {
  if (before === after) return
  const isOld = isObject(before)
  const isNew = isObject(after)
  const isComparable = (isOld || isNew) && (isOld || (before ?? null) === null) && (isNew || (after ?? null) === null)
  if (!isComparable) {
    if (JSON.stringify(before) !== JSON.stringify(after)) paths.push(path)
    return
  }
  const old = isOld ? before : {}
  const now = isNew ? after : {}
  for (const key in now) collect(old[key], now[key], path === '' ? key : `${path}.${key}`, paths)
  for (const key in old) if (!(key in now)) collect(old[key], undefined, path === '' ? key : `${path}.${key}`, paths)
}

function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
