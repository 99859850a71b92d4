import geographiclib from 'geographiclib-geodesic'

/** A position on the earth. */
export interface Position {
  /** Degrees north, -90 to 90. */
  latitude: number
  /** Degrees east, -180 to 180. */
  longitude: number
}

const { DISTANCE, LATITUDE, LONGITUDE, WGS84 } = geographiclib.Geodesic

/** Metres between two positions along the ground, on the ellipsoid that GPS uses. */
export function metresBetween (a: Position, b: Position): number {
  return WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude, DISTANCE).s12 ?? Infinity
}

/** Where one comes to from a position that goes so many metres along the ground, beginning in a direction in degrees clockwise from north. */
export function positionFrom ({ latitude, longitude }: Position, bearing: number, metres: number): Position {
  return positionOf(WGS84.Direct(latitude, longitude, bearing, metres, LATITUDE | LONGITUDE))
}

/** The position at a share, 0 to 1, of the shortest way from one position to another. */
export function positionBetween (a: Position, b: Position, share: number): Position {
  const line = WGS84.InverseLine(a.latitude, a.longitude, b.latitude, b.longitude)
  return positionOf(line.Position(line.s13 * share, LATITUDE | LONGITUDE))
}

function positionOf ({ lat2 = NaN, lon2 = NaN }: { lat2?: number, lon2?: number }): Position {
  return { latitude: lat2, longitude: lon2 }
}
