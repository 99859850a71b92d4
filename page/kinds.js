import { celsius, kw, kwh, minutesOf, numberOf, percent, words } from './format.js'

export const kinds = {
  vehicle: 'Vehicle', charger: 'Charger', hvac: 'HVAC', inverter: 'Solar inverter', battery: 'Battery', meter: 'Meter'
}

/** The device behind the id of a device or of an asset that a user made of it. */
export function deviceOf (devices, id) {
  return devices.find(device => device.id === id) ?? devices.find(({ observed }) => id !== undefined && observed?.id === id)
}

/** The schema that lists the vendors of a kind. */
export const vendorSchemas = {
  vehicle: 'VehicleVendor', charger: 'ChargerVendor', hvac: 'HVACVendor', inverter: 'InverterVendor', battery: 'BatteryVendor', meter: 'MeterVendor'
}

const nouns = { inverter: 'solar', battery: 'battery', meter: 'meter' }

export function nameOf ({ state, type }) {
  if (state.siteName !== undefined) return `${state.siteName}, ${nouns[type]}`
  return state.displayName ?? ([state.brand, state.model].filter(Boolean).join(' ') || kinds[type])
}

export function modelOf ({ state, type, vendor }) {
  return [state.brand ?? vendor, state.model, state.year].filter(Boolean).join(' ') || kinds[type]
}

export const hasCable = ({ type }) => type === 'vehicle' || type === 'charger'
export const isPluggedIn = ({ state }) => state.power !== 'UNPLUGGED'
export const isCharging = ({ state }) => state.power === 'PLUGGED_IN:CHARGING' || state.power === 'PLUGGED_IN:INITIALIZING'

/** Whether a car that drives by itself is on its way, and whether it is elsewhere than at its home. */
export const isUnderWay = ({ state }) => state.driver != null && state.driver.trip !== null
export const isAway = ({ state }) => state.driver?.isAway === true

/** Where the home of a device is: a car that is away belongs there still, unless somebody took the wheel and left it elsewhere. */
export function homePlaceOf ({ state: { driver, place } }) {
  return driver == null || (driver.isHeld && !driver.isAway) ? place : driver.home
}

/** How full it is in percent; undefined for what holds nothing. */
export function levelOf ({ type, state }) {
  if (type === 'vehicle') return { percent: state.energyKwh / state.batteryCapacityKwh * 100, limit: state.chargeLimitPercent, limitIs: 'charge limit' }
  if (type === 'battery') return { percent: state.energyKwh / state.capacityKwh * 100, limit: state.reservePercent, limitIs: 'reserve' }
  return undefined
}

/** What a device does now, in two or three words, and how that looks. */
export function statusOf (device) {
  const { type, state, observed, isReachable } = device
  if (!isReachable) return { says: 'Unreachable', look: 'bad' }
  switch (type) {
    case 'vehicle':
    case 'charger': {
      if (state.power === 'PLUGGED_IN:FAULT' || state.power === 'PLUGGED_IN:NO_POWER') return { says: words(state.power.slice(11)), look: 'bad' }
      if (isUnderWay(device)) return state.driver.trip.isStopped ? { says: 'Fast charging on its way', look: 'live' } : { says: 'Driving', look: 'on' }
      if (isCharging(device) || state.power === 'PLUGGED_IN:DISCHARGING') return { says: words(state.power.slice(11)), look: 'live' }
      return { says: state.power === 'UNPLUGGED' ? isAway(device) ? 'Away, unplugged' : 'Unplugged' : `Plugged in, ${words(state.power.slice(11)).toLowerCase()}`, look: state.power === 'UNPLUGGED' ? 'off' : 'on' }
    }
    case 'hvac': return state.activity === null ? { says: 'Idle', look: 'off' } : { says: state.activity === 'HEAT' || state.activity === 'HEATING' ? 'Heating' : state.activity === 'COOL' || state.activity === 'COOLING' ? 'Cooling' : words(state.activity), look: 'live' }
    case 'inverter': return observed?.productionState?.isProducing ? { says: 'Producing', look: 'live' } : { says: 'No sun', look: 'off' }
    case 'battery':
      if (state.isFaulty) return { says: 'Fault', look: 'bad' }
      return Math.abs(state.flowKw) < 0.0005 ? { says: 'Idle', look: 'off' } : { says: state.flowKw > 0 ? 'Charging' : 'Discharging', look: 'live' }
    case 'meter': return state.totalKw < 0 ? { says: 'Exporting', look: 'live' } : { says: 'Importing', look: 'on' }
  }
}

/** The figure that a kind is looked at for. */
export function figureOf ({ type, state, observed }) {
  switch (type) {
    case 'vehicle': return percent(levelOf({ type, state }).percent)
    case 'battery': return percent(levelOf({ type, state }).percent)
    case 'charger': return state.vehicle === null ? (observed?.chargeState?.chargeRate ?? null) === null ? kw(0) : kw(observed.chargeState.chargeRate) : kw(state.vehicle.rateKw)
    case 'hvac': return celsius(state.temperatureC)
    case 'inverter': return observed?.productionState?.productionRate == null ? kwh(state.lifetimeKwh) : kw(observed.productionState.productionRate)
    case 'meter': return kw(state.totalKw)
  }
}

/** One more line below the figure. */
export function detailOf ({ type, state, observed }) {
  const charge = observed?.chargeState
  switch (type) {
    case 'vehicle': return [
      charge?.chargeRate == null ? null : kw(charge.chargeRate),
      charge?.chargeTimeRemaining == null ? null : `${minutesOf(charge.chargeTimeRemaining)} to ${state.chargeLimitPercent} %`,
      charge?.range == null || charge.chargeRate != null ? null : `${charge.range} km`,
      `${numberOf(state.batteryCapacityKwh, 0)} kWh`
    ].filter(Boolean).join(' · ')
    case 'charger': return `up to ${numberOf(state.maxCurrentA, 0)} A on ${state.phases === 1 ? 'one phase' : `${state.phases} phases`}`
    case 'hvac': {
      const target = observed?.thermostatState
      if (target == null) return state.held === null ? 'follows its schedule' : words(state.held.mode)
      const goal = [target.heatSetpoint, target.coolSetpoint].filter(value => value != null).map(celsius).join(' to ')
      return [words(target.mode ?? 'OFF'), goal, target.holdType === 'SCHEDULED' ? 'by its schedule' : null].filter(Boolean).join(' · ')
    }
    case 'inverter': return `${numberOf(state.peakKw)} kW of panels · ${numberOf(state.lifetimeKwh, 0)} kWh in all`
    case 'battery': return [kw(Math.abs(state.flowKw)), words(state.mode), `${numberOf(state.capacityKwh)} kWh`].join(' · ')
    case 'meter': return state.totalKw < 0 ? 'given to the grid' : 'drawn from the grid'
  }
}

const at = (latitude, longitude) => latitude == null ? null : `${numberOf(latitude, 4)}, ${numberOf(longitude, 4)}`
const setpoints = t => t == null ? null : [words(t.mode ?? 'OFF'), ...[t.heatSetpoint, t.coolSetpoint].filter(value => value != null).map(celsius)].join(' · ')

/** What can be compared: a name, what it is, and what the API shows of it. Undefined is what the one side does not tell. */
export function comparisonOf ({ type, state: s, observed: o, isReachable }) {
  const rows = [['Reachable', isReachable ? 'yes' : 'no', o === null ? undefined : o.isReachable ? 'yes' : 'no']]
  const c = o?.chargeState
  const row = (name, is, shown) => { rows.push([name, is, o === null ? undefined : shown === undefined ? undefined : shown ?? 'null']) }
  switch (type) {
    case 'vehicle':
      row('Battery level', percent(levelOf({ type, state: s }).percent), c?.batteryLevel == null ? null : percent(c.batteryLevel))
      row('Power delivery', s.power, c?.powerDeliveryState)
      row('Charge limit', percent(s.chargeLimitPercent), c?.chargeLimit == null ? null : percent(c.chargeLimit))
      row('Highest current', `${s.maxCurrentA} A`, c?.maxCurrent == null ? null : `${c.maxCurrent} A`)
      row('Charge rate', undefined, c?.chargeRate == null ? null : kw(c.chargeRate))
      row('Time remaining', undefined, c?.chargeTimeRemaining == null ? null : minutesOf(c.chargeTimeRemaining))
      row('Odometer', `${numberOf(Math.floor(s.odometerKm), 0)} km`, o?.odometer?.distance == null ? null : `${numberOf(o.odometer.distance, 0)} km`)
      row('Position', at(s.place.latitude, s.place.longitude), at(o?.location?.latitude, o?.location?.longitude))
      break
    case 'charger':
      row('Power delivery', s.power, c?.powerDeliveryState)
      row('Highest current', `${numberOf(s.maxCurrentA)} A`, c?.maxCurrent == null ? null : `${numberOf(c.maxCurrent)} A`)
      row('Charge rate', s.vehicle === null ? undefined : kw(s.vehicle.rateKw), c?.chargeRate == null ? null : kw(c.chargeRate))
      break
    case 'hvac':
      row('Temperature', celsius(s.temperatureC), o?.temperatureState?.currentTemperature == null ? null : celsius(o.temperatureState.currentTemperature))
      row('Works now', s.activity === null ? 'no' : 'yes', o?.temperatureState?.isActive ? 'yes' : 'no')
      row('Held at', s.held === null ? 'its schedule' : setpoints(s.held), o?.thermostatState?.holdType === 'SCHEDULED' ? 'its schedule' : setpoints(o?.thermostatState))
      break
    case 'inverter':
      row('Production', undefined, o?.productionState?.productionRate == null ? null : kw(o.productionState.productionRate))
      row('Produced in all', kwh(s.lifetimeKwh), o?.productionState?.totalLifetimeProduction == null ? null : kwh(o.productionState.totalLifetimeProduction))
      row('Panels', `${kw(s.peakKw)}, ${numberOf(s.tiltDegrees, 0)}° from level, facing ${numberOf(s.azimuthDegrees, 0)}°`, undefined)
      break
    case 'battery':
      row('Battery level', percent(levelOf({ type, state: s }).percent), c?.batteryLevel == null ? null : percent(c.batteryLevel))
      row('Flow', kw(s.flowKw), c?.chargeRate == null ? null : kw(c.chargeRate))
      row('Mode', s.mode, o?.config?.operationMode)
      row('Reserve', percent(s.reservePercent), c?.dischargeLimit == null ? null : percent(c.dischargeLimit))
      break
    case 'meter':
      row('Power', kw(s.totalKw), o?.energyState?.power == null ? null : kw(o.energyState.power))
  }
  return rows.map(([name, is, shown]) => ({ name, is, shown, differs: is !== undefined && shown !== undefined && is !== shown }))
}

/** Facts that a form offers to set, by the API's names. */
export function settable ({ type, state }) {
  const level = { name: 'batteryLevel', label: 'Battery level, %', min: 0, max: 100, step: 'any' }
  const power = { name: 'powerDeliveryState', label: 'Power delivery', options: ['UNPLUGGED', 'PLUGGED_IN:INITIALIZING', 'PLUGGED_IN:CHARGING', 'PLUGGED_IN:STOPPED', ...(type === 'vehicle' ? ['PLUGGED_IN:COMPLETE'] : []), 'PLUGGED_IN:NO_POWER', 'PLUGGED_IN:FAULT', 'PLUGGED_IN:DISCHARGING'], value: state.power }
  const round = (value, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits
  switch (type) {
    case 'vehicle': return [
      { ...level, value: round(levelOf({ type, state }).percent) },
      { name: 'chargeLimit', label: 'Charge limit, %', min: 1, max: 100, step: 1, value: state.chargeLimitPercent },
      { name: 'maxCurrent', label: 'Highest current, A', min: 1, max: state.maxCurrentLimitA, step: 'any', value: state.maxCurrentA },
      power
    ]
    case 'charger': return [{ name: 'maxCurrent', label: 'Highest current, A', min: 6, max: state.maxCurrentLimitA, step: 'any', value: round(state.maxCurrentA) }, power]
    case 'hvac': return [
      { name: 'currentTemperature', label: 'Room temperature, °C', min: -50, max: 60, step: 'any', value: round(state.temperatureC) },
      { name: 'mode', label: 'Mode at the thermostat', options: state.limits.capableModes ?? [], value: state.held?.mode }
    ]
    case 'battery': return [
      { ...level, value: round(levelOf({ type, state }).percent) },
      { name: 'operationMode', label: 'Mode', options: [...state.modes, 'UNKNOWN'], value: state.mode },
      { name: 'status', label: 'Malfunction', options: ['IDLE', 'FAULT'], value: state.isFaulty ? 'FAULT' : 'IDLE' }
    ]
    case 'inverter': return [
      { name: 'peakPower', label: 'Panels, kW', min: 0, max: 1000, step: 'any', value: state.peakKw },
      { name: 'tilt', label: 'Degrees from level', min: 0, max: 90, step: 'any', value: round(state.tiltDegrees) },
      { name: 'azimuth', label: 'Facing, degrees from north', min: 0, max: 360, step: 'any', value: round(state.azimuthDegrees) }
    ]
    case 'meter': return []
  }
}
