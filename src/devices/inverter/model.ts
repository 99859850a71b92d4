import { hour, type Millis } from '../../lib/time.ts'
import { type Flow, type Pace } from '../device.ts'
import { bucketEnd, cloudiness, coverOf, levelWm2, remembered, sunAt, type SunPosition } from '../weather.ts'
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
  return sun.altitude <= 0 ? 0 : kwUnder(panels, sun, cloudiness(panels.place, start))
})

function arePanelsSame (a: Panels, b: Panels): boolean {
  return a.place === b.place && a.peakKw === b.peakKw && a.ratedKw === b.ratedKw && a.tiltDegrees === b.tiltDegrees && a.azimuthDegrees === b.azimuthDegrees
}

/** What the panels give in kW with the sun where it stands, under clouds. */
export function kwUnder (panels: Panels, sun: SunPosition, cloudiness: number): number {
  const kw = panels.peakKw * panelsWm2(panels, sun, cloudiness) / 1000 * performance
  return kw < panels.ratedKw * leastShare ? 0 : Math.min(kw, panels.ratedKw)
}

/** Sunlight on the panels: straight from the sun, from the sky around it, and from the ground. A clear sky scatters 15 %, an overcast one all. */
function panelsWm2 ({ tiltDegrees, azimuthDegrees }: Panels, sun: SunPosition, cloudiness: number): number {
  const lightWm2 = levelWm2(sun.altitude, cloudiness)
  if (lightWm2 === 0) return 0
  const altitude = sun.altitude * radians
  const tilt = tiltDegrees * radians
  const facing = Math.sin(altitude) * Math.cos(tilt) + Math.cos(altitude) * Math.sin(tilt) * Math.cos((sun.azimuth - azimuthDegrees) * radians)
  const scattered = 0.15 + 0.85 * coverOf(cloudiness) ** 2
  const direct = lightWm2 * (1 - scattered) * Math.max(0, facing) / Math.sin(altitude)
  return direct + lightWm2 * (scattered * (1 + Math.cos(tilt)) + albedo * (1 - Math.cos(tilt))) / 2
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
