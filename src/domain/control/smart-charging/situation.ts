import { type Vehicle } from '../../../contract/vehicle.ts'
import { courseToLimit, type Stage, type VehicleState } from '../../../devices/vehicle/index.ts'
import { hour, type Millis } from '../../../lib/time.ts'
import { type AssetRowOf } from '../../../store/assets.ts'
import { type LocationRow } from '../../../store/locations.ts'
import { type SmartChargingRow, type SmartPlanRow } from '../../../store/smart-charging.ts'
import { type ReadTx } from '../../../store/store.ts'
import { commandOf } from '../actions.ts'
import { isOutOfReach } from '../../sight/assets.ts'
import { currentState } from '../../truth/states.ts'
import { currencyAt } from '../../prices/countries.ts'
import { hasPrices, pricesAt, publicationAt, type PriceInterval } from '../../prices/index.ts'
import { deviceBehind, viewOf } from '../../truth/rows.ts'
import { lastingOverride } from '../override-rows.ts'
import { type Situation } from './machine.ts'
import { durationOf, makePlan } from './plan.ts'

/** What smart charging sees when it looks at a vehicle. */
export interface VehicleSight {
  situation: Situation
  location: LocationRow | undefined
  /** What the figures of a plan are made from, but for the time. */
  basis: string
}

/** Looks at a vehicle as Enode last saw it. While what a plan was made from stays the same, prices are taken to be known as well. */
export function lookAtVehicle (tx: ReadTx, asset: AssetRowOf<'vehicle'>, row: SmartChargingRow, plan?: SmartPlanRow): VehicleSight {
  const view = viewOf(asset)
  const location = asset.location_id === null ? undefined : tx.locations.get(asset.location_id)
  const basis = basisOf(tx, view, row.minimum_charge_limit, courseFrom(carOf(tx, asset), row.minimum_charge_limit), location)
  const { chargeState } = view
  const isLost = isOutOfReach(tx, asset)
  return {
    situation: {
      now: tx.now,
      isEnabled: row.is_enabled === 1,
      isCapable: view.capabilities.smartCharging.isCapable,
      hasPrices: location === undefined || basis === plan?.basis || hasPrices(tx, location),
      isPluggedIn: chargeState.isPluggedIn,
      isCharging: chargeState.isCharging === true,
      isInitializing: chargeState.powerDeliveryState === 'PLUGGED_IN:INITIALIZING',
      isFullyCharged: chargeState.isFullyCharged === true,
      atChargingLocation: location !== undefined,
      hasTimeEstimate: !isLost && hasTimeEstimate(view),
      isLost,
      isBelowMinimum: (chargeState.batteryLevel ?? 0) < row.minimum_charge_limit,
      isOverridden: lastingOverride(tx, asset.id) !== undefined,
      pending: pendingOf(tx, asset)
    },
    location,
    basis
  }
}

/**
 * The part of a plan's row that follows from prices and the course of the charge, which up to `minimum` percent begins
 * now; undefined where there is no price or no end of the charge.
 */
export function figuresFor (tx: ReadTx, asset: AssetRowOf<'vehicle'>, location: LocationRow, { madeAt, deadline, minimum }: { madeAt: Millis, deadline: Millis, minimum: number }) {
  const car = carOf(tx, asset)
  const prompt = courseToLimit({ ...car, chargeLimitPercent: Math.min(minimum, car.chargeLimitPercent) })
  const course = courseFrom(car, minimum)
  const duration = durationOf(prompt) + durationOf(course)
  if (!Number.isFinite(duration)) return undefined
  const prices = pricesAt(tx, location, madeAt, Math.max(deadline, tx.now + duration))
  if (prices.length === 0) return undefined
  const publication = arePricesKnown(prices, tx.now, deadline) ? null : publicationAt(tx, location)?.nextPublication ?? null
  const figures = makePlan({ madeAt, now: tx.now, prompt, course, prices, deadline, publication })
  return {
    currency: currencyOf(prices, location),
    publication_at: publication,
    stop_at: Math.round(tx.now + durationOf(prompt)),
    start_at: figures.startAt,
    finish_at: figures.finishAt,
    kwh: [...prompt, ...course].reduce((sum, { rateKw, forMs }) => sum + rateKw * forMs / hour, 0),
    smart_cost: figures.smartCost,
    non_smart_cost: figures.nonSmartCost
  }
}

/** A good estimate needs fresh figures of the battery, and power while it charges. */
function hasTimeEstimate ({ isReachable, chargeState }: Vehicle): boolean {
  return isReachable === true && chargeState.batteryLevel !== null && chargeState.batteryCapacity !== null && chargeState.chargeLimit !== null &&
    (chargeState.isCharging !== true || chargeState.chargeTimeRemaining !== null)
}

/** How the charge goes from a level in percent on, or from where it stands above that. */
function courseFrom (car: VehicleState, percent: number): Stage[] {
  return courseToLimit({ ...car, energyKwh: Math.max(car.energyKwh, car.batteryCapacityKwh * percent / 100) })
}

/** The rates of the course tell whatever limits the current: the car, its settings, and the charger. What is charged promptly changes nothing. */
function basisOf (tx: ReadTx, { chargeState }: Vehicle, minimum: number, course: readonly Stage[], location: LocationRow | undefined): string {
  const rates = location?.tariff_id == null ? null : tx.tariffs.rates(location.tariff_id)
  return JSON.stringify([
    Math.max(chargeState.batteryLevel ?? 0, minimum), chargeState.batteryCapacity, chargeState.chargeLimit, course.map(({ rateKw }) => rateKw),
    location?.latitude, location?.longitude, location?.timezone, location?.tariff_intervals, rates
  ])
}

/** What the vehicle is about to be told of charging, by anybody. */
export function pendingCharging (tx: ReadTx, assetId: string): 'START' | 'STOP' | null {
  const action = tx.actions.pendingOf(assetId)
  const command = action && commandOf(action)
  return command?.type === 'charging' ? command.kind : null
}

function pendingOf (tx: ReadTx, asset: AssetRowOf<'vehicle'>): Situation['pending'] {
  const action = tx.actions.pendingOf(asset.id)
  if (action === undefined) return null
  return action.asked_by === 'smart-charging' ? pendingCharging(tx, asset.id) : 'ANOTHER'
}

function carOf (tx: ReadTx, asset: AssetRowOf<'vehicle'>): VehicleState {
  return currentState(tx, deviceBehind(tx, asset))
}

function arePricesKnown (prices: readonly PriceInterval[], from: Millis, to: Millis): boolean {
  let at = from
  for (const price of prices) if (price.from <= at) at = Math.max(at, price.to)
  return at >= to
}

/** A market names its currency; a tariff does not, and has that of the country. */
function currencyOf (prices: readonly PriceInterval[], location: LocationRow): string {
  return prices.find(({ currency }) => currency !== null)?.currency ?? currencyAt(location)
}
