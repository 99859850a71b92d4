import { between } from './curve.ts'
import { type VehicleState } from './state.ts'

/** What cars use on the road besides what their makers' cycle says, at 20 °C and 60 km/h: EPA figures are some 12 % above those of the WLTP. */
const road = 1.12

/** Use by the temperature outdoors in °C, 21 °C being 1, as the range of 4,200 cars followed it (Geotab 2020). */
const byTemperature = [
  [-30, 2.4], [-20, 2.1], [-15, 1.9], [-10, 1.65], [-5, 1.5], [0, 1.35], [5, 1.23], [10, 1.12], [15, 1.04], [21, 1], [25, 1.02], [30, 1.08], [35, 1.17], [40, 1.3]
] as const

/** How much more a car uses at a temperature outdoors than at 21 °C. */
export function useFactorAt (outdoorC: number): number {
  return between(byTemperature, outdoorC)
}

/** What a car uses on a trip at a mean speed, in kWh/km: air resistance makes 110 km/h cost a third more than 50 km/h. */
export function kwhPerKm (car: Pick<VehicleState, 'batteryCapacityKwh' | 'fullRangeKm'>, useFactor: number, kmh: number): number {
  return car.batteryCapacityKwh / car.fullRangeKm * road * useFactor * (0.9 + 0.28 * (kmh / 100) ** 2)
}

/** Mean speed of a trip from door to door, in km/h: 33 on the 15 km of a usual one (MiD, Germany), near 90 on long ones. */
export function speedOver (km: number): number {
  return km / (4 / 60 + km / (38 + 0.55 * Math.min(km, 120)))
}

/** How much longer the way by road is than as the crow flies. */
export const detour = 1.3
