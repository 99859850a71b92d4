import { day, hour, type Millis } from '../../lib/time.ts'
import { type Flow, type Pace } from '../device.ts'
import { bucketEnd, cloudCover, irradianceWm2, remembered, sunAt } from '../weather.ts'
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
  const kw = panels.peakKw * panelsWm2(panels, start) / 1000 * performance
  return kw < panels.ratedKw * leastShare ? 0 : Math.min(kw, panels.ratedKw)
})

function arePanelsSame (a: Panels, b: Panels): boolean {
  return a.place === b.place && a.peakKw === b.peakKw && a.ratedKw === b.ratedKw && a.tiltDegrees === b.tiltDegrees && a.azimuthDegrees === b.azimuthDegrees
}

/** Sunlight on the panels: straight from the sun, from the sky around it, and from the ground. A clear sky scatters 15 %, an overcast one all. */
function panelsWm2 ({ place, tiltDegrees, azimuthDegrees }: Panels, at: Millis): number {
  const levelWm2 = irradianceWm2(place, at)
  if (levelWm2 === 0) return 0
  const sun = sunAt(place, at)
  const altitude = sun.altitude * radians
  const tilt = tiltDegrees * radians
  const facing = Math.sin(altitude) * Math.cos(tilt) + Math.cos(altitude) * Math.sin(tilt) * Math.cos((sun.azimuth - azimuthDegrees) * radians)
  const scattered = 0.15 + 0.85 * cloudCover(place, at) ** 2
  const direct = levelWm2 * (1 - scattered) * Math.max(0, facing) / Math.sin(altitude)
  return direct + levelWm2 * (scattered * (1 + Math.cos(tilt)) + albedo * (1 - Math.cos(tilt))) / 2
}

/** What the panels give in a year like the one before `at`, from a day of each month: good for a counter that began before this world did. */
export function yearlyKwh (panels: Panels, at: Millis): number {
  let sumKw = 0
  const [days, looks] = [12, 12]
  for (let i = 0; i < days; i++) {
    for (let k = 0; k < looks; k++) sumKw += productionKw(panels, at - (i * 365.25 / days + k / looks) * day)
  }
  return sumKw / days / looks * 365.25 * day / hour
}

/** Counts what is produced until `to`, bucket by bucket. */
export function advance (inverter: InverterState, to: Millis): InverterState {
  if (to < inverter.at) return inverter
  let { lifetimeKwh } = inverter
  for (let now = inverter.at; now < to;) {
    const next = Math.min(to, bucketEnd(now))
    lifetimeKwh += productionKw(inverter, now) * (next - now) / hour
    now = next
  }
  return later(inverter, to, lifetimeKwh)
}

export const flow: Flow<InverterState> = {
  powerKw: inverter => 0 - productionKw(inverter, inverter.at),
  until: inverter => bucketEnd(inverter.at)
}

/** Asleep at night. */
export function pace (inverter: InverterState): Pace {
  return sunAt(inverter.place, inverter.at).altitude > 0 ? 'active' : 'asleep'
}
