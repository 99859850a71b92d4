import geographiclib from 'geographiclib-geodesic'

/** A position on the earth. */
export interface Position {
  /** Degrees north, -90 to 90. */
  latitude: number
  /** Degrees east, -180 to 180. */
  longitude: number
}

const { DISTANCE, WGS84 } = geographiclib.Geodesic

/** Metres between two positions along the ground, on the ellipsoid that GPS uses. */
export function metresBetween (a: Position, b: Position): number {
  return WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude, DISTANCE).s12 ?? Infinity
}
