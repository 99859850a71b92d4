import { Type, type TObject, type TProperties, type TSchema } from '@sinclair/typebox'
import { batteryModes } from '../../src/contract/battery.ts'
import { HVAC } from '../../src/contract/hvac.ts'
import { LifeWish } from '../../src/contract/mock-life.ts'
import { Ref } from '../../src/contract/ref.ts'
import { purposes } from '../../src/devices/life/life.ts'
import { Nullable, StringEnum } from '../../src/contract/kit.ts'
import { type AssetKind } from '../../src/contract/vendors.ts'
import { powerStates } from '../../src/devices/device.ts'
import { type States } from '../../src/devices/kinds.ts'

const number = Type.Number()
const text = Type.String()
const flag = Type.Boolean()
const phases = Type.Union([Type.Literal(1), Type.Literal(3)])

/** An object of these properties and no others. */
const object = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })

const position = { latitude: number, longitude: number }
const place = object({ ...position, timezone: text, seed: number, life: Type.Optional(Ref(LifeWish)) })
const stay = object({ until: Nullable(number), forMs: Nullable(number), plugsIn: flag })
const leg = object({ at: number, share: number, energyKwh: number, odometerKm: number })
const trip = object({
  purpose: StringEnum([...purposes, 'home']),
  departedAt: number,
  from: object(position),
  to: object(position),
  km: number,
  kmh: number,
  kwhPerKm: number,
  startPercent: number,
  chargedKwh: number,
  leg,
  until: number,
  untilShare: number,
  isStopped: flag,
  stay
})
const driver = object({
  home: place,
  index: number,
  charger: Nullable(object({ deviceId: text, limitKw: number, isFree: flag })),
  isHeld: flag,
  isAway: flag,
  trip: Nullable(trip),
  parkedAt: Nullable(number),
  backAt: Nullable(number),
  errands: Type.Array(object({ at: number, to: object(position), stayMs: Nullable(number), plugsIn: flag })),
  useFactor: number,
  drainKw: number
})
const site = { at: number, brand: text, model: text, siteName: text, installedAt: number, place }
const setting = object({ mode: StringEnum(['OFF', 'AUTO', 'COOL', 'HEAT']), heatSetpoint: Nullable(number), coolSetpoint: Nullable(number) })
const period = object({ from: number, to: number })
const { capableModes, coolSetpointRange, heatSetpointRange, setpointDifferenceRange } = HVAC.properties.capabilities.properties

/** The shape of the state of each kind. What a state gets, the compiler misses here; what it loses, the tests do. */
export const states: { readonly [K in AssetKind]: TSchema & { static: States[K] } } = {
  vehicle: object({
    at: number,
    vin: text,
    brand: text,
    model: text,
    year: number,
    displayName: Nullable(text),
    batteryCapacityKwh: number,
    energyKwh: number,
    chargeLimitPercent: number,
    fullRangeKm: number,
    power: StringEnum(powerStates),
    powerFrom: Nullable(number),
    unpluggedAt: Nullable(number),
    maxCurrentA: number,
    maxCurrentLimitA: number,
    phases,
    voltage: number,
    onboardChargerKw: number,
    chargeEfficiency: number,
    dcKw: number,
    dischargeRateKw: number,
    odometerKm: number,
    place,
    charger: Nullable(object({ deviceId: text, limitKw: number })),
    fastChargeKw: Nullable(number),
    driver: Nullable(driver)
  }),
  charger: object({
    at: number,
    brand: text,
    model: text,
    year: number,
    serialNumber: text,
    place,
    voltage: number,
    phases,
    maxCurrentA: number,
    maxCurrentLimitA: number,
    takesRateLimit: flag,
    power: Type.Unsafe<States['charger']['power']>({ enum: powerStates.filter(power => power !== 'PLUGGED_IN:COMPLETE') }),
    powerFrom: Nullable(number),
    unpluggedAt: Nullable(number),
    vehicle: Nullable(object({ deviceId: text, rateKw: number, isFull: flag })),
    regular: Nullable(text),
    guestNeedsKwh: number
  }),
  hvac: object({
    at: number,
    brand: text,
    model: Nullable(text),
    displayName: Nullable(text),
    groupName: Nullable(text),
    category: HVAC.properties.information.properties.category,
    limits: object({ capableModes, coolSetpointRange, heatSetpointRange, setpointDifferenceRange }),
    heatSource: StringEnum(['electricity', 'heat pump', 'ground heat pump', 'fuel']),
    heatingKw: number,
    coolingKw: number,
    reportsPower: flag,
    schedule: Nullable(object({ comfort: setting, setback: setting, workday: period, weekend: period })),
    held: Nullable(setting),
    activity: Nullable(StringEnum(['HEATING', 'COOLING'])),
    temperatureC: number,
    lossKwPerK: number,
    timeConstantH: number,
    place
  }),
  inverter: object({
    ...site,
    peakKw: number,
    ratedKw: number,
    tiltDegrees: number,
    azimuthDegrees: number,
    vendorId: text,
    serialNumber: text,
    hasStatistics: flag,
    lifetimeKwh: number
  }),
  battery: object({
    ...site,
    vendorId: text,
    capacityKwh: number,
    energyKwh: number,
    reservePercent: number,
    maxChargeKw: number,
    maxDischargeKw: number,
    modes: Type.Array(StringEnum(batteryModes)),
    mode: StringEnum([...batteryModes, 'UNKNOWN']),
    isFaulty: flag,
    flowKw: number
  }),
  meter: object({ ...site, readsExport: flag, totalKw: number })
}
