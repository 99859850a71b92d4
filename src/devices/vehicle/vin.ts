import { vendorNames } from '../../contract/vendor-names.ts'
import { vehicleVendors, type VehicleVendor } from '../../contract/vendors.ts'
import { type Random } from '../../lib/random.ts'
import { gridAt, type Place } from '../place.ts'

/** How the names of models begin, the world manufacturer identifier of what is so called, behind a slash that of cars sold in North America, and the year before which that holds. */
type Row = readonly [start: string, wmis: string, before?: number]

/**
 * World manufacturer identifiers by maker; the first row that fits counts. As published by SAE (ISO 3780) and in the decoder of
 * the NHTSA, and for Toyota's vans (YAR), Changan's Mazda (LVR) and Lucid's SUV (7UU) in lists of their owners. A Solterra is
 * built by Toyota, and the Wagoneer S in Mexico.
 */
const makers: Readonly<Record<VehicleVendor, string | readonly Row[]>> = {
  ACURA: '4W5',
  AUDI: [['Q', 'WAU/WA1'], ['', 'WAU']],
  BMW: [['330e', 'WBA/3MW'], ['', 'WBY']],
  HONDA: 'JHM',
  HYUNDAI: [['Kona', 'KMH/KM8'], ['IONIQ 5', 'KMH/KM8'], ['', 'KMH']],
  JAGUAR: 'SAD',
  LANDROVER: 'SAL',
  KIA: 'KNA/KND',
  MERCEDES: [['EQA', 'W1N'], ['EQB', 'W1N'], ['', 'W1K']],
  MINI: 'WMW',
  NISSAN: [['LEAF', 'SJN/1N4'], ['', 'JN1']],
  PEUGEOT: 'VR3',
  PORSCHE: [['Macan', 'WP1'], ['', 'WP0']],
  RENAULT: 'VF1',
  SEAT: 'VSS',
  SKODA: 'TMB',
  TESLA: [['Model 3', '5YJ', 2021], ['Model 3', 'LRW/5YJ'], ['Model Y', 'LRW/5YJ', 2022], ['Model Y', 'XP7/7SA'], ['Model X', '5YJ', 2022], ['Model X', '7SA'], ['', '5YJ']],
  VOLKSWAGEN: [['ID.4', 'WVG', 2022], ['ID.4', 'WVG/1V2'], ['', 'WVW']],
  VOLVO: [['XC60', 'YV1/YV4'], ['XC40', 'YV1/YV4'], ['EX', 'YV1/YV4'], ['', 'YV1']],
  FORD: [['F-150', '1FT'], ['Mustang Mach-E', 'WF0/3FM'], ['', 'WF0/1FM']],
  OPEL: [['Corsa', 'VXK'], ['Mokka', 'VXK'], ['', 'W0V']],
  DS: 'VR1',
  TOYOTA: [['Proace', 'YAR'], ['', 'JTM']],
  LEXUS: [['UX', 'JTH'], ['', 'JTJ']],
  CITROEN: 'VR7',
  CUPRA: 'VSS',
  VAUXHALL: [['Corsa', 'VXK'], ['Mokka', 'VXK'], ['', 'W0V']],
  FIAT: 'ZFA',
  RIVIAN: [['R1T', '7FC'], ['', '7PD']],
  NIO: 'LJ1',
  CHEVROLET: [['Bolt', '1G1'], ['Silverado', '1GC'], ['', '3GN']],
  GMC: '1GT',
  CADILLAC: [['OPTIQ', '3GY'], ['', '1GY']],
  XPENG: 'L1N',
  POLESTAR: 'LPS',
  SUBARU: 'JTM',
  JEEP: [['Wagoneer', '3C4'], ['', '1C4']],
  MAZDA: [['6e', 'LVR'], ['', 'JMZ/JM1']],
  MG: 'LSJ',
  CHRYSLER: '2C4',
  DODGE: [['Hornet', 'ZAC'], ['', '2C3']],
  RAM: [['ProMaster', '3C6'], ['', '1C6']],
  ALFAROMEO: [['Tonale', 'ZAS'], ['', 'ZAR']],
  LANCIA: 'ZLA',
  LUCID: [['Gravity', '7UU'], ['', '50E']],
  BYD: 'LGX',
  DACIA: 'UU1',
  ALPINE: 'VFA'
}

/** A VIN has no I, O and Q, which look like figures. */
const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const signs = `0123456789${letters}`

/** Position 10: A is 1980, and again thirty years later (ISO 3779, 49 CFR 565.15). */
const yearLetters = 'ABCDEFGHJKLMNPRSTVWXY123456789'

/** What each position counts in the sum of the check digit, and each sign by the last figure of where it stands here (49 CFR 565.15). */
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const values = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'

/** Degrees north at which South America begins. */
const panama = 8

/** What a VIN tells of a car. */
interface Product {
  brand: string
  model: string
  year: number
  /** Where it is sold. */
  place: Place
}

/** A vehicle identification number as the maker of the model gives it (ISO 3779). The check digit, which only North America and China ask for, is always right. */
export function makeVin (random: Random, product: Product): string {
  const draw = (from: string, count: number): string => Array.from({ length: count }, () => from[random.integer(0, from.length - 1)]).join('')
  return vinFor(`000${draw(signs, 3)}${draw(letters, 1)}${draw(signs, 1)}00${draw(letters, 1)}${draw('0123456789', 6)}`, product)
}

/** The same VIN for another car; the maker's part stays if it can be of such a car, and one that has not the form of a VIN altogether. */
export function vinFor (vin: string, product: Product): string {
  const wmis = wmisOf(product)
  const isAmerican = gridAt(product.place).phases === 1 && product.place.latitude > panama
  const wmi = wmis.includes(vin.slice(0, 3)) ? undefined : (isAmerican ? wmis[1] : undefined) ?? wmis[0]
  return wmi === undefined || !isVin(vin) ? vinOfYear(vin, product.year) : vinOfYear(`${wmi}${vin.slice(3)}`, product.year)
}

/** The same VIN for another model year; one that has not the form of a VIN stays. */
export function vinOfYear (vin: string, year: number): string {
  if (!isVin(vin)) return vin
  const of = `${vin.slice(0, 9)}${yearLetters[year % 30] ?? ''}${vin.slice(10)}`
  const rest = [...of].reduce((sum, sign, index) => sum + values.indexOf(sign) % 10 * (weights[index] ?? 0), 0) % 11
  return `${of.slice(0, 8)}${rest === 10 ? 'X' : rest}${of.slice(9)}`
}

function isVin (text: string): boolean {
  return /^[A-HJ-NPR-Z\d]{17}$/.test(text)
}

/** The world manufacturer identifiers of a car: where it is sold first, and in North America if that is another one. */
function wmisOf ({ brand, model, year }: Product): string[] {
  const vendor = vehicleVendors.find(each => vendorNames[each] === brand)
  const maker = vendor && makers[vendor]
  const found = typeof maker === 'object' ? maker.find(([start, , before = Infinity]) => model.startsWith(start) && year < before)?.[1] : maker
  return found?.split('/') ?? []
}
