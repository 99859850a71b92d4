import { type TripView } from '../../contract/mock-life.ts'
import { rounded } from '../../devices/rounding.ts'
import { drive, isDriven, type Journey, type VehicleState } from '../../devices/vehicle/index.ts'
import { iso, type Millis } from '../../lib/time.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { isOfKind, stateOf } from './rows.ts'

/** Records the trips that a car has made since its state was stored, before the one that follows from it takes its place. */
export function recordTrips (tx: Tx, deviceId: string, after: VehicleState): void {
  const device = tx.devices.get(deviceId)
  // What has not moved has made no trip.
  if (device === undefined || !isOfKind(device, 'vehicle') || after.driver === null || stateOf(device).odometerKm === after.odometerKm) return
  for (const journey of sinceStored(tx, deviceId)) tx.trips.put(device.seq, journey)
}

/** The trips of a car that ended between two moments, the earliest first. Those of more than 400 days ago are gone. */
export function tripsBetween (tx: ReadTx, deviceId: string, from: Millis, to: Millis): Journey[] {
  const device = tx.devices.get(deviceId)
  if (device === undefined) return []
  return [...tx.trips.between(device.seq, from, to), ...sinceStored(tx, deviceId).filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt < to)]
}

export function showJourney ({ purpose, departedAt, arrivedAt, from, to, km, kwh, chargedKwh, startPercent, endPercent }: Journey): TripView {
  return {
    purpose,
    departedAt: iso(departedAt),
    arrivedAt: iso(arrivedAt),
    from: showPosition(from),
    to: showPosition(to),
    km: rounded(km, 2),
    kwh: rounded(kwh, 3),
    chargedKwh: rounded(chargedKwh, 3),
    startPercent: rounded(startPercent, 2),
    endPercent: rounded(endPercent, 2)
  }
}

/** The trip that a car is on, up to now. */
export function showUnderWay (car: VehicleState): TripView | undefined {
  const trip = car.driver?.trip
  if (trip == null) return undefined
  const { startPercent } = trip
  const chargedKwh = trip.chargedKwh + (trip.isStopped ? car.energyKwh - trip.leg.energyKwh : 0)
  const kwh = startPercent / 100 * car.batteryCapacityKwh + chargedKwh - car.energyKwh
  return { ...showJourney({ ...trip, arrivedAt: car.at, kwh, chargedKwh, endPercent: car.energyKwh / car.batteryCapacityKwh * 100 }), arrivedAt: null }
}

export function showPosition ({ latitude, longitude }: { latitude: number, longitude: number }): { latitude: number, longitude: number } {
  return { latitude: rounded(latitude, 5), longitude: rounded(longitude, 5) }
}

function sinceStored (tx: ReadTx, deviceId: string): Journey[] {
  const journeys: Journey[] = []
  const device = tx.devices.get(deviceId)
  if (device === undefined || !isOfKind(device, 'vehicle')) return journeys
  const car = stateOf(device)
  if (isDriven(car)) drive(car, tx.now, journey => { journeys.push(journey) })
  return journeys
}
