/**
 * The dotted paths of the leaves that differ between two JSON values, in the order of `after`:
 * `["lastSeen", "chargeState.range"]`. A list is one leaf. An object against null gives the paths below it. A leaf that
 * does not differ counts too if `isNews` says so of its key and value.
 */
export function changedPaths (before: unknown, after: unknown, isNews?: IsNews): string[] {
  const paths: string[] = []
  collect(before, after, '', paths, isNews)
  return paths
}

type IsNews = (key: string, value: unknown) => boolean

function collect (before: unknown, after: unknown, path: string, paths: string[], isNews: IsNews | undefined): void {
  const isOld = isObject(before)
  const isNew = isObject(after)
  const isComparable = (isOld || isNew) && (isOld || (before ?? null) === null) && (isNew || (after ?? null) === null)
  if (!isComparable) {
    if (before !== after && JSON.stringify(before) !== JSON.stringify(after)) paths.push(path)
    return
  }
  const old = isOld ? before : {}
  const now = isNew ? after : {}
  for (const key in now) {
    const value = now[key]
    // Most leaves are what they were: of those not even the path is made.
    if (old[key] !== value || (isNews !== undefined && isObject(value))) collect(old[key], value, path === '' ? key : `${path}.${key}`, paths, isNews)
    else if (isNews?.(key, value) === true) paths.push(path === '' ? key : `${path}.${key}`)
  }
  for (const key in old) if (!(key in now)) collect(old[key], undefined, path === '' ? key : `${path}.${key}`, paths, isNews)
}

function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
