import { type ChargerVendor } from '../../contract/vendors.ts'
import { type Rows } from '../catalogue.ts'

/** Model, ampere on each phase, phases at most, whether it takes a limit in kW. */
export type ModelRow = readonly [name: string, amperes: number, phases: 1 | 3, takesRateLimit: boolean]

/** The charging boxes of each vendor. Figures are rounded and typical. */
export const catalogue: Readonly<Record<ChargerVendor, Rows<ModelRow>>> = {
  ZAPTEC: [['Go', 32, 3, true], ['Pro', 32, 3, true], ['Go 2', 32, 3, true]],
  EASEE: [['Home', 32, 3, true], ['Charge', 32, 3, true], ['Charge Up', 32, 3, true]],
  WALLBOX: [['Pulsar Plus', 32, 3, true], ['Pulsar Max', 32, 3, true], ['Copper SB', 32, 3, true]],
  EO: [['Mini Pro 3', 32, 1, false], ['Genius 2', 32, 3, false]],
  CHARGEAMPS: [['Halo', 16, 3, false], ['Aura', 32, 3, false], ['Luna', 32, 3, false]],
  GOE: [['Charger Gemini 11 kW', 16, 3, true], ['Charger Gemini 22 kW', 32, 3, true], ['Charger HOMEfix', 16, 3, true]],
  CHARGEPOINT: [['Home Flex', 50, 1, false], ['CPH25', 32, 1, false]],
  ENELX: [['JuiceBox 32', 32, 1, false], ['JuiceBox 40', 40, 1, false], ['Waybox', 32, 3, false]],
  TESLA: [['Wall Connector Gen 3', 32, 3, true], ['Universal Wall Connector', 48, 1, true]],
  OHME: [['Home Pro', 32, 1, false], ['ePod', 32, 1, false]],
  GARO: [['Entity Compact', 32, 3, false], ['GLB+', 16, 3, false]],
  SCHNEIDER: [['EVlink Home Smart', 32, 3, false], ['Wiser Charger', 32, 3, false]],
  PODPOINT: [['Solo 3', 32, 1, false], ['Solo 3S', 32, 1, false]],
  KEBA: [['KeContact P30', 32, 3, true], ['KeContact P40', 32, 3, true]],
  HYPERVOLT: [['Home 2.0', 32, 1, false], ['Home 3 Pro', 32, 1, true]],
  MYENERGI: [['zappi 7 kW', 32, 1, false], ['zappi 22 kW', 32, 3, false]],
  HEIDELBERG: [['Energy Control', 16, 3, true], ['connect.home', 16, 3, true]],
  ALFEN: [['Eve Single S-line', 16, 3, true], ['Eve Single Pro-line', 32, 3, true]],
  ELLI: [['ID. Charger Connect', 16, 3, true], ['Charger Pro 2', 16, 3, true]]
}
