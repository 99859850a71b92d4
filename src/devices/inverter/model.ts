import { hour, type Millis } from '../../lib/time.ts'
import { type Flow, type Pace } from '../device.ts'
import { bucketEnd, clearWm2, cloudiness, cloudsOf, remembered, sunAt, type Clouds, type SunPosition } from '../weather.ts'
import { later, type InverterState, type Panels } from './state.ts'

/** What is left of the power of the panels after heat, dirt, wires and inverter. */
const performance = 0.86
/** What the ground reflects. */
const albedo = 0.2
/** Below this share of what it is rated for, an inverter does not start. */
const leastShare = 0.005
const radians = Math.PI / 180

/**
 * What the panels give in kW in the bucket of weather that a moment lies in: 0 at night, at most what the inverter is
 * rated for. The same for any state of the panels' past and future, so that history needs no storage.
 */
export const productionKw = remembered(arePanelsSame, (panels: Panels, start): number => {
  const sun = sunAt(panels.place, start)
  const [kw = 0] = sun.altitude <= 0 ? [] : kwUnder(panels, sun, [cloudsOf(cloudiness(panels.place, start))])
  return kw
})

function arePanelsSame (a: Panels, b: Panels): boolean {
  return a.place === b.place && a.peakKw === b.peakKw && a.ratedKw === b.ratedKw && a.tiltDegrees === b.tiltDegrees && a.azimuthDegrees === b.azimuthDegrees
}

/** What the panels give in kW with the sun where it stands, under each of several skies. */
export function kwUnder ({ peakKw, ratedKw, tiltDegrees, azimuthDegrees }: Panels, sun: SunPosition, skies: readonly Clouds[]): number[] {
  const clear = clearWm2(sun.altitude)
  if (clear === 0) return skies.map(() => 0)
  const tilt = Math.cos(tiltDegrees * radians)
  const height = Math.sin(sun.altitude * radians)
  const facing = Math.max(0, height * tilt + Math.cos(sun.altitude * radians) * Math.sin(tiltDegrees * radians) * Math.cos((sun.azimuth - azimuthDegrees) * radians))
  return skies.map(({ cover, thickness, scattered }) => {
    const lightWm2 = clear * cover * thickness
    const direct = lightWm2 * (1 - scattered) * facing / height
    // Straight from the sun, from the sky around it, and from the ground.
    const panelsWm2 = direct + lightWm2 * (scattered * (1 + tilt) + albedo * (1 - tilt)) / 2
    const kw = peakKw * panelsWm2 / 1000 * performance
    return kw < ratedKw * leastShare ? 0 : Math.min(kw, ratedKw)
  })
}

/** What the panels produce between two moments, in kWh, bucket by bucket. */
export function producedKwh (panels: Panels, from: Millis, to: Millis): number {
  let kwh = 0
  for (let now = from; now < to;) {
    const next = Math.min(to, bucketEnd(now))
    kwh += productionKw(panels, now) * (next - now) / hour
    now = next
  }
  return kwh
}

/** Counts what is produced until `to`. */
export function advance (inverter: InverterState, to: Millis): InverterState {
  return to < inverter.at ? inverter : later(inverter, to, inverter.lifetimeKwh + producedKwh(inverter, inverter.at, to))
}

export const flow: Flow<InverterState> = {
  powerKw: inverter => 0 - productionKw(inverter, inverter.at),
  until: inverter => bucketEnd(inverter.at)
}

/** Asleep at night. */
export function pace (inverter: InverterState): Pace {
  return sunAt(inverter.place, inverter.at).altitude > 0 ? 'active' : 'asleep'
}
