import { type InverterVendor } from '../../contract/vendors.ts'
import { type Rows } from '../catalogue.ts'

/** Model, kW that it gives at most. */
export type ModelRow = readonly [name: string, ratedKw: number]

/** Some solar inverters of each vendor. Figures are rounded and typical; microinverters stand for the sets that they come in. */
export const catalogue: Readonly<Record<InverterVendor, Rows<ModelRow>>> = {
  AFORE: [['HNS5000TL', 5], ['BNT010KTL', 10]],
  APSYSTEMS: [['DS3 (6 units)', 5.3], ['QT2 (3 units)', 6], ['EZ1-M', 0.8]],
  CSISolar: [['CSI-6K-S22002', 6], ['CSI-10KTL-GI', 10]],
  Deye: [['SUN-5K-SG04LP1', 5], ['SUN-8K-SG05LP1', 8], ['SUN-12K-SG04LP3', 12]],
  ENPHASE: [['IQ8 (20 units)', 4.8], ['IQ8+ (20 units)', 5.8], ['IQ8M (24 units)', 7.8]],
  FOXESS: [['H1-5.0-E', 5], ['H3-8.0-E', 8], ['H3-10.0-E', 10]],
  FRONIUS: [['Symo GEN24 6.0', 6], ['Symo GEN24 10.0', 10], ['Primo 5.0-1', 5]],
  GIVENERGY: [['Gen 3 Hybrid 5.0', 5], ['Gen 3 Hybrid 3.6', 3.6], ['AC Coupled 3.0', 3]],
  GOODWE: [['GW5000-ES', 5], ['GW8K-ET', 8], ['GW10K-ET', 10]],
  GROWATT: [['MIN 5000TL-X', 5], ['MOD 8000TL3-X', 8], ['SPH 6000', 6]],
  Hoymiles: [['HM-1500 (3 units)', 4.5], ['HMS-2000 (3 units)', 6], ['HMS-800-2T', 0.8]],
  HUAWEI: [['SUN2000-5KTL-M1', 5], ['SUN2000-8KTL-M1', 8], ['SUN2000-10KTL-M1', 10]],
  INVT: [['iMars MG5KTL', 5], ['iMars BG10KTR', 10]],
  SMA: [['Sunny Boy 5.0', 5], ['Sunny Tripower 8.0', 8], ['Sunny Tripower 10.0 SE', 10]],
  SOFAR: [['HYD 6000-ES', 6], ['HYD 10KTL-3PH', 10]],
  SOLAREDGE: [['SE5000H', 5], ['SE7600H', 7.6], ['SE10K', 10]],
  SOLARK: [['12K-P', 9], ['8K-P', 8], ['15K-P', 12]],
  SOLAX: [['X1-Hybrid-5.0', 5], ['X3-Hybrid-8.0', 8], ['X3-Hybrid-10.0', 10]],
  SOLIS: [['S6-EH1P5K', 5], ['S5-GR3P8K', 8], ['S6-EH3P10K', 10]],
  SOLPLANET: [['ASW5000-S', 5], ['ASW10K-LT', 10]],
  SUNGROW: [['SH5.0RS', 5], ['SH8.0RT', 8], ['SH10RT', 10]],
  SUNSYNK: [['Ecco 5.5 kW', 5.5], ['Max 8 kW', 8]],
  TESLA: [['Solar Inverter 7.6 kW', 7.6], ['Solar Inverter 3.8 kW', 3.8], ['Solar Inverter 5.7 kW', 5.7]],
  TSUN: [['TSOL-MS3000', 3], ['TSOL-MX3000', 3], ['TSOL-MS800', 0.8]]
}

/** The vendors that keep no statistics: our choice, so that clients meet some. */
const withoutStatistics: readonly string[] = ['AFORE', 'CSISolar', 'INVT', 'TSUN'] satisfies InverterVendor[]

export function hasStatistics (vendor: string): boolean {
  return !withoutStatistics.includes(vendor)
}
