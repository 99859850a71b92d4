import { type BoxFinish, type BoxForm, type ImageId } from '../../contract/image.ts'
import { type ChargerVendor } from '../../contract/vendors.ts'

/** What the boxes of a vendor look like from afar. */
const looks: Readonly<Record<ChargerVendor, readonly [BoxForm, BoxFinish]>> = {
  ZAPTEC: ['pebble', 'graphite'],
  EASEE: ['pebble', 'white'],
  WALLBOX: ['square', 'black'],
  EO: ['slim', 'graphite'],
  CHARGEAMPS: ['shield', 'steel'],
  GOE: ['shield', 'white'],
  CHARGEPOINT: ['shield', 'graphite'],
  ENELX: ['round', 'white'],
  TESLA: ['slim', 'white'],
  OHME: ['square', 'graphite'],
  GARO: ['slim', 'steel'],
  SCHNEIDER: ['square', 'white'],
  PODPOINT: ['round', 'black'],
  KEBA: ['square', 'steel'],
  HYPERVOLT: ['pebble', 'black'],
  MYENERGI: ['shield', 'black'],
  HEIDELBERG: ['round', 'graphite'],
  ALFEN: ['slim', 'black'],
  ELLI: ['round', 'steel']
}

/** The image that stands for the boxes of a vendor. */
export function picture (vendor: ChargerVendor): ImageId {
  const [form, finish] = looks[vendor]
  return `charger-${form}-${finish}`
}
