import { Type, type TObject, type TProperties, type TSchema } from '@sinclair/typebox'
import { batteryModes } from '../../src/contract/battery.ts'
import { HVAC } from '../../src/contract/hvac.ts'
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

const place = object({ latitude: number, longitude: number, timezone: text, seed: number })
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
    dischargeRateKw: number,
    odometerKm: number,
    place,
    charger: Nullable(object({ deviceId: text, limitKw: number })),
    fastChargeKw: Nullable(number)
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
    heatSource: StringEnum(['electricity', 'heat pump', 'fuel']),
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
