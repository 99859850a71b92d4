import { type HVACVendor } from '../../contract/vendors.ts'
import { type Category, type HeatSource } from './state.ts'

/** Model, category, source of heat, heat that it gives and takes away in kW (0 when it cannot), whether it tells what it draws. */
export type ModelRow = readonly [name: string, category: Category, heatSource: HeatSource, heatingKw: number, coolingKw: number, reportsPower: boolean]

type Range = readonly [min: number, max: number]

/** What the units of a vendor have in common: ranges in degrees Celsius, and whether a schedule can be kept on the device. */
interface Family {
  heat?: Range
  cool?: Range
  /** Between the setpoints in AUTO. */
  difference?: Range
  hasSchedule: boolean
  models: readonly [ModelRow, ...ModelRow[]]
}

/** The units of each vendor. Figures are rounded and typical. */
export const catalogue: Readonly<Record<HVACVendor, Family>> = {
  TADO: {
    heat: [5, 25],
    cool: [16, 30],
    hasSchedule: true,
    models: [
      ['Smart Thermostat X', 'AGGREGATOR', 'fuel', 12, 0, false],
      ['Smart Radiator Thermostat X', 'HEATING', 'fuel', 1.5, 0, false],
      ['Smart AC Control V3+', 'COOLING', 'electricity', 0, 2.6, false]
    ]
  },
  MILL: {
    heat: [5, 35],
    hasSchedule: true,
    models: [
      ['Panel Heater Gen 3 1000 W', 'HEATING', 'electricity', 1, 0, true],
      ['Convection Heater Max 1500 W', 'HEATING', 'electricity', 1.5, 0, true],
      ['Oil Heater Gen 3 2000 W', 'HEATING', 'electricity', 2, 0, true]
    ]
  },
  ADAX: {
    heat: [5, 35],
    hasSchedule: true,
    models: [
      ['Neo WiFi 800 W', 'HEATING', 'electricity', 0.8, 0, false],
      ['Clea WiFi 1000 W', 'HEATING', 'electricity', 1, 0, false],
      ['Famn WiFi 1200 W', 'HEATING', 'electricity', 1.2, 0, false]
    ]
  },
  ECOBEE: {
    heat: [7, 26],
    cool: [18.5, 33],
    difference: [3, 15],
    hasSchedule: true,
    models: [
      ['Smart Thermostat Premium', 'AGGREGATOR', 'fuel', 18, 10.5, false],
      ['ecobee3 lite', 'AGGREGATOR', 'fuel', 16, 9, false]
    ]
  },
  SENSIBO: {
    heat: [16, 30],
    cool: [16, 30],
    difference: [0, 14],
    hasSchedule: false,
    models: [
      ['Sky', 'HEAT_PUMP', 'heat pump', 4, 3.5, false],
      ['Air', 'HEAT_PUMP', 'heat pump', 3.2, 2.5, false],
      ['Air PRO', 'COOLING', 'electricity', 0, 3.5, false]
    ]
  },
  HONEYWELL: {
    heat: [4.5, 32],
    cool: [10, 37],
    difference: [1.5, 20],
    hasSchedule: true,
    models: [
      ['T6 Pro Smart', 'AGGREGATOR', 'fuel', 17, 10, false],
      ['Home T9', 'AGGREGATOR', 'fuel', 18, 10.5, false],
      ['evohome', 'AGGREGATOR', 'fuel', 14, 0, false]
    ]
  },
  RESIDEO: {
    heat: [4.5, 32],
    cool: [10, 37],
    difference: [1.5, 20],
    hasSchedule: true,
    models: [
      ['Honeywell Home T10+', 'AGGREGATOR', 'fuel', 18, 10.5, false],
      ['Honeywell Home X2S', 'AGGREGATOR', 'fuel', 16, 9, false]
    ]
  },
  MITSUBISHI: {
    heat: [10, 31],
    cool: [16, 31],
    difference: [0, 15],
    hasSchedule: true,
    models: [
      ['MSZ-LN35VG', 'HEAT_PUMP', 'heat pump', 4, 3.5, true],
      ['MSZ-AP25VG', 'HEAT_PUMP', 'heat pump', 3.2, 2.5, true],
      ['MSZ-FT50VG', 'HEAT_PUMP', 'heat pump', 6, 5, true]
    ]
  },
  MICROMATIC: {
    heat: [5, 40],
    hasSchedule: true,
    models: [
      ['MWD5', 'HEATING', 'electricity', 1.2, 0, false],
      ['MSD4', 'HEATING', 'electricity', 0.9, 0, false]
    ]
  },
  NIBE: {
    heat: [5, 30],
    hasSchedule: true,
    models: [
      ['S1255-12', 'AGGREGATOR', 'ground heat pump', 12, 0, true],
      ['S735-7', 'AGGREGATOR', 'heat pump', 7, 0, false],
      ['F2120-8', 'AGGREGATOR', 'heat pump', 8, 0, false]
    ]
  },
  PANASONIC: {
    heat: [16, 30],
    cool: [16, 30],
    difference: [0, 14],
    hasSchedule: true,
    models: [
      ['Etherea Z35', 'HEAT_PUMP', 'heat pump', 4, 3.5, false],
      ['HZ25 Flagship', 'HEAT_PUMP', 'heat pump', 3.4, 2.5, false]
    ]
  },
  TOSHIBA: {
    heat: [17, 30],
    cool: [17, 30],
    difference: [0, 13],
    hasSchedule: false,
    models: [
      ['Haori 13', 'HEAT_PUMP', 'heat pump', 4.2, 3.5, false],
      ['Daiseikai 10', 'HEAT_PUMP', 'heat pump', 3.2, 2.5, false]
    ]
  },
  DAIKIN: {
    heat: [10, 30],
    cool: [18, 32],
    difference: [0, 15],
    hasSchedule: true,
    models: [
      ['Perfera FTXM35A', 'HEAT_PUMP', 'heat pump', 4, 3.4, true],
      ['Stylish FTXA25', 'HEAT_PUMP', 'heat pump', 2.8, 2.5, true],
      ['Emura FTXJ20', 'HEAT_PUMP', 'heat pump', 2.5, 2, false]
    ]
  },
  NEST: {
    heat: [9, 32],
    cool: [9, 32],
    difference: [1.5, 23],
    hasSchedule: true,
    models: [
      ['Learning Thermostat', 'AGGREGATOR', 'fuel', 18, 10.5, false],
      ['Thermostat E', 'AGGREGATOR', 'fuel', 15, 9, false]
    ]
  },
  FUJITSU: {
    heat: [16, 30],
    cool: [18, 30],
    difference: [0, 12],
    hasSchedule: false,
    models: [
      ['ASYG09KGTB', 'HEAT_PUMP', 'heat pump', 2.8, 2.5, false],
      ['ASYG12KMCF', 'HEAT_PUMP', 'heat pump', 4, 3.4, false]
    ]
  },
  BOSCH: {
    heat: [5, 30],
    cool: [16, 30],
    difference: [0, 15],
    hasSchedule: true,
    models: [
      ['EasyControl CT 200', 'AGGREGATOR', 'fuel', 12, 0, false],
      ['Climate 6000i', 'HEAT_PUMP', 'heat pump', 4, 3.5, false]
    ]
  },
  NETATMO: {
    heat: [7, 30],
    hasSchedule: true,
    models: [
      ['Smart Thermostat', 'AGGREGATOR', 'fuel', 12, 0, false],
      ['Smart Radiator Valve', 'HEATING', 'fuel', 1.5, 0, false]
    ]
  }
}
