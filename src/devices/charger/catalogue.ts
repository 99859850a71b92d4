import { vendorNames } from '../../contract/vendor-names.ts'
import { chargerVendors, type ChargerVendor } from '../../contract/vendors.ts'
import { type Rows, type Years } from '../catalogue.ts'

/** Model, ampere on each phase, phases at most, whether it takes a limit in kW, first and last year in which it was made. */
export type ModelRow = readonly [name: string, amperes: number, phases: 1 | 3, takesRateLimit: boolean, from: number, to: number]

/** The charging boxes of each vendor. Figures are rounded and typical. */
export const catalogue: Readonly<Record<ChargerVendor, Rows<ModelRow>>> = {
  ZAPTEC: [['Go', 32, 3, true, 2021, 2024], ['Pro', 32, 3, true, 2018, 2026], ['Go 2', 32, 3, true, 2024, 2026]],
  EASEE: [['Home', 32, 3, true, 2019, 2026], ['Charge', 32, 3, true, 2019, 2026], ['Charge Up', 32, 3, true, 2023, 2026]],
  WALLBOX: [['Pulsar Plus', 32, 3, true, 2019, 2026], ['Pulsar Max', 32, 3, true, 2022, 2026], ['Copper SB', 32, 3, true, 2018, 2026]],
  EO: [['Mini Pro 3', 32, 1, false, 2022, 2026], ['Genius 2', 32, 3, false, 2021, 2026]],
  CHARGEAMPS: [['Halo', 16, 3, false, 2018, 2026], ['Aura', 32, 3, false, 2019, 2026], ['Luna', 32, 3, false, 2023, 2026]],
  GOE: [['Charger Gemini 11 kW', 16, 3, true, 2021, 2026], ['Charger Gemini 22 kW', 32, 3, true, 2021, 2026], ['Charger HOMEfix', 16, 3, true, 2019, 2022]],
  CHARGEPOINT: [['Home Flex', 50, 1, false, 2019, 2026], ['CPH25', 32, 1, false, 2016, 2019]],
  ENELX: [['JuiceBox 32', 32, 1, false, 2018, 2024], ['JuiceBox 40', 40, 1, false, 2016, 2024], ['Waybox', 32, 3, false, 2022, 2026]],
  TESLA: [['Wall Connector Gen 3', 32, 3, true, 2020, 2026], ['Universal Wall Connector', 48, 1, true, 2023, 2026]],
  OHME: [['Home Pro', 32, 1, false, 2021, 2026], ['ePod', 32, 1, false, 2022, 2026]],
  GARO: [['Entity Compact', 32, 3, false, 2022, 2026], ['GLB+', 16, 3, false, 2018, 2023]],
  SCHNEIDER: [['EVlink Home Smart', 32, 3, false, 2021, 2026], ['Wiser Charger', 32, 3, false, 2023, 2026]],
  PODPOINT: [['Solo 3', 32, 1, false, 2020, 2023], ['Solo 3S', 32, 1, false, 2023, 2026]],
  KEBA: [['KeContact P30', 32, 3, true, 2016, 2026], ['KeContact P40', 32, 3, true, 2023, 2026]],
  HYPERVOLT: [['Home 2.0', 32, 1, false, 2021, 2023], ['Home 3 Pro', 32, 1, true, 2023, 2026]],
  MYENERGI: [['zappi 7 kW', 32, 1, false, 2017, 2026], ['zappi 22 kW', 32, 3, false, 2019, 2026]],
  HEIDELBERG: [['Energy Control', 16, 3, true, 2020, 2026], ['connect.home', 16, 3, true, 2024, 2026]],
  ALFEN: [['Eve Single S-line', 16, 3, true, 2018, 2026], ['Eve Single Pro-line', 32, 3, true, 2016, 2026]],
  ELLI: [['ID. Charger Connect', 16, 3, true, 2020, 2024], ['Charger Pro 2', 16, 3, true, 2024, 2026]]
}

/** The years in which a model was made; undefined for one that the catalogue does not know. */
export function yearsOf (brand: string, model: string): Years | undefined {
  const vendor = chargerVendors.find(each => vendorNames[each] === brand)
  const row = vendor && catalogue[vendor].find(([name]) => name === model)
  return row && [row[4], row[5]]
}
