import { metresBetween, type Position } from '../../lib/distance.ts'
import { type View } from '../../devices/device.ts'
import { type LocationRow } from '../../store/locations.ts'

/** Metres from a location within which an asset enters it, and past which it leaves it again, as documented. */
export const geofenceM = { enter: 200, exit: 270 } as const

/** How far a user's locations must at least lie apart when they are made, as documented. */
export const leastDistanceM = 200

/**
 * The location of its user that an asset is at, by what was seen of it. `current` is where it was until now. A kind
 * that tells no position stays where it was put; one whose position is unknown is at none.
 */
export function locationOf (locations: readonly LocationRow[], { latitude, longitude }: View['location'], current: string | null): string | null {
  if (latitude === undefined || longitude === undefined) return locations.some(({ id }) => id === current) ? current : null
  return latitude === null || longitude === null ? null : fenceAround(locations, { latitude, longitude }, current)
}

/** The geofence that a position is in: the one it was in if it is still near, else the nearest that it enters, else the one it has not left yet. */
function fenceAround (locations: readonly LocationRow[], position: Position, current: string | null): string | null {
  const found = locations
    .map(location => ({ id: location.id, metres: metresBetween(location, position) }))
    .filter(({ id, metres }) => metres <= (id === current ? geofenceM.exit : geofenceM.enter))
    .sort((a, b) => a.metres - b.metres)
  const isWellInside = found.some(({ id, metres }) => id === current && metres <= geofenceM.enter)
  return isWellInside ? current : found[0]?.id ?? null
}
