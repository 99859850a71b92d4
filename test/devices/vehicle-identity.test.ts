import t from 'tap'
import { vehicleVendors, type VehicleVendor, type Vendor } from '../../src/contract/vendors.ts'
import { lifeNames } from '../../src/contract/mock-life.ts'
import { lifeOf } from '../../src/devices/life/index.ts'
import { yearlyKm } from '../../src/devices/life/yearly-km.ts'
import { placeAt } from '../../src/devices/place.ts'
import { catalogue } from '../../src/devices/vehicle/catalogue.ts'
import { vehicle, type VehicleState } from '../../src/devices/vehicle/index.ts'
import { vinFor } from '../../src/devices/vehicle/vin.ts'
import { yearsOf } from '../../src/devices/vehicle/years.ts'
import { Problem } from '../../src/lib/problem.ts'
import { Random } from '../../src/lib/random.ts'
import { day, parseTime } from '../../src/lib/time.ts'
import { many } from '../helpers/many.ts'
import { car, oslo, start } from './cars.ts'

/** One phase of 240 V. */
const america = placeAt({ latitude: 39.7392, longitude: -104.9903, seed: 1 })

/** World manufacturer identifiers by brand, as public lists have them (SAE; github idlesign/vininfo 123e7e6, Wal33D/nhtsa-vin-decoder c3dbbbd). What they lack is from the decoder of the NHTSA and from lists of owners: YAR, LVR, 7UU, 3C4 of a Jeep, JTM of a Subaru that Toyota builds, and the brands of Stellantis in America and Italy. */
const published: Readonly<Record<VehicleVendor, string>> = {
  ACURA: '19U 19V JH4 5J8 5FR 2HN 4W5',
  ALFAROMEO: 'ZAR ZAS',
  ALPINE: 'VFA',
  AUDI: 'WAU WA1 WUA TRU',
  BMW: 'WBA WBS WBX WBY 5UX 5YM 4US 3MW LBV',
  BYD: 'LGX LC0',
  CADILLAC: '1G6 1GY 3GY',
  CHEVROLET: '1G1 1GC 1GN 2G1 3GN KL1',
  CHRYSLER: '2C4 1C4 2C3 1C3',
  CITROEN: 'VF7 VR7 VS7',
  CUPRA: 'VSS',
  DACIA: 'UU1',
  DODGE: '2C3 1C3 1C4 ZAC',
  DS: 'VR1',
  FIAT: 'ZFA ZFC',
  FORD: '1FA 1FM 1FT 2FM 3FA 3FM WF0 NM0',
  GMC: '1GT 1GK',
  HONDA: 'JHM JHL 1HG 2HG 5J6 5FN 19X SHH 3GP',
  HYUNDAI: 'KMH KM8 5NM 5NP 5NT TMA NLH MAL 7YA',
  JAGUAR: 'SAJ SAD',
  JEEP: '1C4 1J4 1J8 ZAC 3C4',
  KIA: 'KNA KNC KND KNE U5Y U6Y 5XX 5XY 3KP',
  LANCIA: 'ZLA',
  LANDROVER: 'SAL',
  LEXUS: 'JTH JTJ 58A 2T2',
  LUCID: '50E 7UU',
  MAZDA: 'JM1 JM3 JMZ 3MZ 7MM LVR',
  MERCEDES: 'WDB WDC WDD WDF W1K W1N W1V 4JG 55S LE4',
  MG: 'LSJ',
  MINI: 'WMW WMZ',
  NIO: 'LJ1',
  NISSAN: 'JN1 JN8 SJN VSK 1N4 1N6 3N1 5N1',
  OPEL: 'W0L W0V VXK',
  PEUGEOT: 'VF3 VR3',
  POLESTAR: 'LPS YSM',
  PORSCHE: 'WP0 WP1',
  RAM: '1C6 3C6',
  RENAULT: 'VF1',
  RIVIAN: '7FC 7PD',
  SEAT: 'VSS VSZ',
  SKODA: 'TMB',
  SUBARU: 'JF1 JF2 4S3 4S4 JTM',
  TESLA: '5YJ 7SA LRW XP7 7G2 SFZ',
  TOYOTA: 'JTD JTE JTM JTN SB1 VNK NMT 4T1 4T3 5TD 5YF LTV YAR',
  VAUXHALL: 'W0L SKF W0V VXK',
  VOLKSWAGEN: 'WVW WVG WV1 WV2 1VW 1V2 3VW 3VV LFV LSV',
  VOLVO: 'YV1 YV4 7JR LYV',
  XPENG: 'L1N LMV'
}

/** Whether a VIN has the form, the letter of the year and a right check digit (49 CFR 565.15). */
function isVin (vin: string, year: number): boolean {
  const value = (sign: string): number => /\d/.test(sign) ? Number(sign) : { A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8, J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9, S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 }[sign] ?? NaN
  const sum = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * value(vin[index] ?? ''), 0)
  return /^[A-HJ-NPR-Z\d]{17}$/.test(vin) && vin[8] === '0123456789X'[sum % 11] && vin[9] === 'ABCDEFGHJKLMNPRSTVWXY123456789'[(year - 1980) % 30]
}

t.test('every model of the catalogue has a VIN of its maker, with its year and a right check digit', t => {
  const each = many(t)
  for (const vendor of vehicleVendors) {
    for (const [model,,,, from, to] of catalogue[vendor]) {
      for (const place of [oslo, america]) {
        for (let year = from; year <= to; year++) {
          const { vin } = vehicle.make(new Random(year), vendor, start, place, model, { year })
          each.ok(published[vendor].split(' ').includes(vin.slice(0, 3)) && isVin(vin, year), `${vendor} ${model} of ${year}: ${vin}`)
        }
      }
    }
  }
  each.done()
  t.end()
})

/** 49 CFR 565, and VINs that are shown in public. */
t.test('the check digit is that of published VINs', t => {
  for (const [vin, year] of [['5YJSA1H12FFP71790', 2015], ['1M8GDM9AXKP042788', 1989], ['11111111111111111', 2001]] as const) {
    t.ok(isVin(vin, year), vin)
    t.equal(vinFor(`${vin.slice(0, 8)}0${vin.slice(9)}`, { brand: 'Another', model: '', year, place: oslo }), vin)
  }
  t.end()
})

t.test('a VIN names the maker, where the car is sold and the year', t => {
  const begins = (vendor: Vendor, place = oslo, model?: string, year?: number): string => vehicle.make(new Random(1), vendor, start, place, model, { year }).vin.slice(0, 3)
  const table: Array<[Vendor, string | undefined, string, string, number?]> = [
    ['TESLA', 'Model 3', 'LRW', '5YJ', 2023], ['TESLA', 'Model 3', '5YJ', '5YJ', 2019], ['TESLA', 'Model Y', 'XP7', '7SA', 2022], ['TESLA', 'Model Y', 'LRW', '5YJ', 2021], ['TESLA', 'Model S', '5YJ', '5YJ'],
    ['VOLKSWAGEN', 'ID.3', 'WVW', 'WVW'], ['VOLKSWAGEN', 'ID.4 Pro', 'WVG', '1V2', 2023], ['BMW', 'iX xDrive50', 'WBY', 'WBY'], ['BMW', '330e', 'WBA', '3MW'], ['RENAULT', undefined, 'VF1', 'VF1'],
    ['VOLVO', 'EX30', 'YV1', 'YV4'], ['KIA', 'EV9', 'KNA', 'KND'], ['PORSCHE', 'Taycan', 'WP0', 'WP0'], ['FORD', 'Mustang Mach-E GT', 'WF0', '3FM'], ['FORD', 'F-150 Lightning', '1FT', '1FT'],
    ['NISSAN', 'LEAF', 'SJN', '1N4'], ['SKODA', 'of my own', 'TMB', 'TMB'], ['MINI', undefined, 'WMW', 'WMW'], ['AUDI', 'Q4 e-tron', 'WAU', 'WA1']
  ]
  for (const [vendor, model, there, here, year] of table) t.same([begins(vendor, oslo, model, year), begins(vendor, america, model, year)], [there, here], `${vendor} ${model}`)
  t.equal(begins('KIA', placeAt({ latitude: -33.4, longitude: -70.6, seed: 1 }), 'EV9'), 'KNA', 'South America is another market')
  for (const [year, letter] of [[2019, 'K'], [2020, 'L'], [2023, 'P'], [2026, 'T'], [2027, 'V'], [2031, '1'], [1999, 'X']] as const) {
    const { vin } = vehicle.make(new Random(1), 'KIA', Date.UTC(2030, 5), america, undefined, { year })
    t.ok(vin[9] === letter && isVin(vin, year), `${vin} of ${year}`)
  }
  t.end()
})

t.test('a VIN follows what is told of its car, unless it is told itself', t => {
  const vinOf = (before: Partial<VehicleState>, changes: Record<string, unknown>): string => vehicle.change(car(before), changes).vin
  const own = { vin: '5YJ3E1EA4MF000001', brand: 'Tesla', model: 'Model 3 Long Range', year: 2021 }
  t.equal(vinOf(own, { year: 2024 }), '5YJ3E1EA5RF000001')
  t.equal(vinOf(own, { brand: 'Kia', model: 'EV6' }).slice(0, 3), 'KNA')
  t.ok(isVin(vinOf(own, { brand: 'Kia', model: 'EV6', year: 2022 }), 2022))
  t.equal(vinOf({ ...own, place: america }, { brand: 'Kia', model: 'EV6' }).slice(0, 3), 'KND')
  t.equal(vinOf(own, { model: 'Model S' }), own.vin, 'the maker has it for both')
  t.equal(vinOf(own, { brand: 'Tesla', year: 2021 }), own.vin)
  t.equal(vinOf(own, { brand: 'Kia', model: 'EV6', vin: 'mine' }), 'mine')
  t.equal(vinOf({ ...own, vin: 'mine' }, { brand: 'Kia', model: 'EV6', year: 2023 }), 'mine')
  t.end()
})

t.test('no car is of a year in which it was not made, whenever the world begins', t => {
  const each = many(t)
  for (const vendor of vehicleVendors) {
    const rows = catalogue[vendor]
    for (const now of [2010, 2015, 2019, 2021, 2023, 2025, 2026, 2031]) {
      for (let seed = 0; seed < 6; seed++) {
        const at = Date.UTC(now, 0, 1 + 20 * seed)
        for (const model of [undefined, 'Of my own', rows[0][0], rows[0][0].split(' ').slice(0, -1).join(' ') || undefined]) {
          const { year, odometerKm, vin, ...made } = vehicle.make(new Random(seed), vendor, at, oslo, model)
          const years = yearsOf(made.brand, made.model)
          const text = `${vendor} ${made.model} of ${year} in ${now}, ${odometerKm} km`
          each.ok(years === undefined ? year === Math.min(now, Math.max(...rows.map(row => row[5]))) : year >= years[0] && year <= years[1] && year <= Math.max(now, years[0]), text)
          each.ok(years === undefined || year >= Math.min(now - 7, years[1]), `${text}: old`)
          const days = [at - Date.UTC(year + 1), at - Date.UTC(year)].map(ms => Math.max(0, ms / day)) as [number, number]
          each.ok(isVin(vin, year) && odometerKm >= days[0] * 8_000 / 366 && odometerKm <= days[1] * 20_000 / 365 + 31, text)
        }
      }
    }
  }
  each.done()
  const years = (vendor: Vendor, model?: string, at = start): number[] => [...new Set(Array.from({ length: 100 }, (_, seed) => vehicle.make(new Random(seed), vendor, at, oslo, model).year))].sort()
  t.same(years('VOLKSWAGEN', 'ID.3'), [2020, 2021, 2022, 2023, 2024, 2025], 'not the years of the e-Golf')
  t.same(years('TESLA', 'Model Y'), [2020, 2021, 2022, 2023, 2024, 2025, 2026])
  t.same(years('PORSCHE', 'Taycan Turbo'), [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026], 'a name may go on after one of the catalogue')
  t.same(years('TESLA', 'Model S'), [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026], 'most cars are less than eight years old')
  t.same(years('RENAULT', 'ZOE', Date.UTC(2015, 5)), [2012, 2013, 2014, 2015], 'a short name can be older than the models of the catalogue')
  t.same(years('TESLA', 'Cybertruck'), [2026], 'the newest, where nobody knows')
  t.same(years('VOLKSWAGEN', 'ID.3', Date.UTC(2018, 5)), [2020], 'the first, where that has not come yet')
  t.same(years('VOLKSWAGEN', undefined, Date.UTC(2016, 5)), [2014, 2015, 2016], 'an e-Golf')
  const of2019 = vehicle.make(new Random(3), 'KIA', start, oslo, undefined, { year: 2019 })
  t.match(of2019, { model: 'Niro EV', year: 2019 }, 'a year that is told picks what was made then')
  const old = vehicle.make(new Random(1), 'TESLA', start, oslo, 'Model S', { year: 2016 })
  t.ok(old.year === 2016 && old.odometerKm > 9 * 8_000, 'and makes an older car')
  t.not(vehicle.make(new Random(1), 'TESLA', start, oslo, 'Model S', { year: 'x' }).year, 'x')
  t.end()
})

t.test('a year and a model that were never together are refused, unless forced', t => {
  const was = (brand: string, model: string, words: string): string => `the ${brand} ${model} was made ${words}`
  const id3 = was('Volkswagen', 'ID.3', 'from 2020 to 2025')
  const table: Array<[Partial<VehicleState>, Record<string, unknown>, [key: string, says: string] | null]> = [
    [{ model: 'ID.3' }, { year: 2017 }, ['year', `cannot be 2017: ${id3}`]],
    [{ model: 'ID.3' }, { year: 2026 }, ['year', `cannot be 2026: ${id3}`]],
    [{ model: 'ID.3' }, { year: 2030 }, ['year', 'cannot be later than 2027, which has not come yet']],
    [{ model: 'ID.3' }, { year: 2021 }, null],
    [{ year: 2017 }, { model: 'ID.3' }, ['model', `cannot be ID.3 for one of 2017: ${id3}, set "year" as well`]],
    [{ year: 2017 }, { model: 'ID.3', year: 2025 }, null],
    [{ year: 2017 }, { model: 'ID.3', year: 2019 }, ['year', `cannot be 2019: ${id3}`]],
    [{ year: 2017 }, { model: 'Of my own' }, null],
    [{ year: 2017 }, { brand: 'Kia' }, null],
    [{ year: 2017, model: 'EV6' }, { brand: 'Kia' }, ['brand', `cannot be Kia for one of 2017: ${was('Kia', 'EV6', 'from 2021 on')}, set "year" as well`]],
    [{}, { year: 2027 }, null],
    [{}, { year: 2019 }, ['year', `cannot be 2019: ${was('Volkswagen', 'ID.4 Pro', 'from 2020 on')}`]],
    [{ model: 'ID.3', year: 2017 }, { batteryLevel: 40 }, null]
  ]
  for (const [before, changes, told] of table) {
    const text = JSON.stringify([before, changes])
    try {
      vehicle.change(car(before), changes)
      t.equal(told, null, text)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      t.same([error.status, error.issues], [400, [{ message: `"state.${told?.[0]}" ${told?.[1]}`, path: ['state', told?.[0]], type: 'custom' }]], text)
    }
    t.match(vehicle.change(car(before), changes, { force: true }), changes.year === undefined ? {} : { year: changes.year }, `${text} forced`)
  }
  t.end()
})

t.test('a car has driven as far as its driver would have in its age', t => {
  const from = parseTime('2026-01-01T00:00:00Z') ?? 0
  for (const name of lifeNames) {
    let [real, expected] = [0, 0]
    for (let seed = 0; seed < 60; seed++) {
      const home = placeAt({ latitude: 52.09 + seed / 1000, longitude: 5.12, seed: 1, life: { name } })
      const { odometerKm, year } = vehicle.make(new Random(seed), 'TESLA', from, home, 'Model 3')
      const [driver] = lifeOf(home).drivers
      const most = (2026 - year) * (driver === undefined ? 20_000 : 1.2 * yearlyKm(driver)) + 31
      const least = (2026 - year - 1) * (driver === undefined ? 8_000 : 0.8 * yearlyKm(driver))
      t.ok(odometerKm >= least * 0.998 && odometerKm <= most * 1.002, `${name} ${seed}: ${odometerKm} km from ${least} to ${most}`)
      real += odometerKm
      expected += Math.max(0, 2025.5 - year) * (driver === undefined ? 14_000 : yearlyKm(driver))
    }
    t.ok(Math.abs(real / expected - 1) < 0.15, `${name}: ${real} km of ${expected}`)
  }
  t.end()
})
