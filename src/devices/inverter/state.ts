import { type Millis } from '../../lib/time.ts'
import { type Site } from '../site.ts'

/** A field of solar panels behind an inverter: all that production follows from besides sun and weather. */
export interface Panels extends Pick<Site, 'place'> {
  /** What the panels give under 1000 W/m². */
  peakKw: number
  /** The most that the inverter gives. */
  ratedKw: number
  /** From level, 0 to 90. */
  tiltDegrees: number
  /** Where they face, clockwise from north: 180 is south. */
  azimuthDegrees: number
}

/** What a solar inverter and its panels physically are at the moment `at`. */
export interface InverterState extends Site, Panels {
  /** Its id at the vendor. */
  vendorId: string
  serialNumber: string
  /** Whether the vendor has statistics of it. */
  hasStatistics: boolean
  lifetimeKwh: number
}

/** The same inverter a while later: field by field, since a home does this for each bucket and V8 takes ten times as long to spread what was spread before. */
export function later (inverter: InverterState, at: Millis, lifetimeKwh: number): InverterState {
  const { brand, model, siteName, installedAt, place, peakKw, ratedKw, tiltDegrees, azimuthDegrees, vendorId, serialNumber, hasStatistics } = inverter
  return { at, brand, model, siteName, installedAt, place, peakKw, ratedKw, tiltDegrees, azimuthDegrees, vendorId, serialNumber, hasStatistics, lifetimeKwh }
}
