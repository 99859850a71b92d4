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
