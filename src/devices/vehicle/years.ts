import { vendorNames } from '../../contract/vendor-names.ts'
import { vehicleVendors } from '../../contract/vendors.ts'
import { type Years } from '../catalogue.ts'
import { catalogue, type ModelRow } from './catalogue.ts'

/** What is also a short name of other models than those of the catalogue, and the years of all of them. */
const lines: Readonly<Record<string, Years>> = {
  Countryman: [2017, 2026],
  EQA: [2021, 2026],
  i3: [2013, 2022],
  iX: [2021, 2026],
  'Range Rover': [2018, 2026],
  'Range Rover Sport': [2018, 2026],
  XC60: [2017, 2026],
  ZOE: [2012, 2024]
}

/** The first and last year in which what is called so was made; undefined where the catalogue does not know. */
export function yearsOf (brand: string, model: string): Years | undefined {
  if (Object.hasOwn(lines, model)) return lines[model]
  const vendor = vehicleVendors.find(each => vendorNames[each] === brand)
  const family = vendor === undefined ? [] : familyOf(catalogue[vendor], model)
  return family.length === 0 ? undefined : [Math.min(...family.map(row => row[4])), Math.max(...family.map(row => row[5]))]
}

/** The model of that name, or else those whose names go on after it or end before it: "ID.3" is an "ID.3 Pro". */
export function familyOf (rows: readonly ModelRow[], name: string): readonly ModelRow[] {
  const begins = (long: string, short: string): boolean => `${long} `.startsWith(`${short} `)
  const exact = rows.filter(row => row[0] === name)
  return exact.length > 0 ? exact : rows.filter(row => begins(row[0], name) || begins(name, row[0]))
}
