import { type MeterVendor } from '../../contract/vendors.ts'
import { type Random } from '../../lib/random.ts'
import { type Millis } from '../../lib/time.ts'
import { pickModel, rowsOf, type Rows } from '../catalogue.ts'
import { type Place } from '../place.ts'
import { siteOf, soldAt } from '../site.ts'
import { type MeterState } from './state.ts'

/** Model, whether it also reads what goes into the grid. */
type ModelRow = readonly [name: string, readsExport: boolean]

/** Some meters of each vendor. */
const catalogue: Readonly<Record<MeterVendor, Rows<ModelRow>>> = {
  ENPHASE: [['IQ Gateway Metered', true], ['IQ Meter Collar', true]],
  GIVENERGY: [['EM115 CT', true], ['Giv-EM530', true]],
  HUAWEI: [['DTSU666-H', true], ['DDSU666-H', true]],
  TESLA: [['Backup Gateway 2', true], ['Neurio W2', true]],
  SMA: [['Energy Meter', true], ['Sunny Home Manager 2.0', true]],
  SOLAREDGE: [['Energy Meter SE-MTR', true], ['Inline Meter', true], ['Consumption Meter', false]],
  FOXESS: [['DDSU666', true], ['DTSU666', true]],
  SOLAX: [['DDSU666-D', true], ['Chint DTSU666-D', true]],
  SOLIS: [['EPM 5G', true], ['Acrel ACR10R', false]]
}

/** A meter of the vendor at `place`. `model` picks from the catalogue; a name that is not in it reads what the vendor's first model does. */
export function make (random: Random, vendor: MeterVendor, at: Millis, place: Place, model?: string): MeterState {
  const rows = rowsOf(catalogue, vendor, 'meters')
  const [name, readsExport] = pickModel(random, rows, model, soldAt(rows, at, place))
  return { ...siteOf(vendor, model ?? name, at, place), readsExport, totalKw: 0 }
}
