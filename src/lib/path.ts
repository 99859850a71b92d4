/** A path of a route as the documents write it: `/vehicles/:vehicleId` is `/vehicles/{vehicleId}`. */
export function documentedPath (url: string): string {
  return url.replaceAll(/:(\w+)/g, '{$1}')
}
