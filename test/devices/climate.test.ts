import t from 'tap'
import { climateAt } from '../../src/devices/climate.ts'
import { inverter } from '../../src/devices/inverter/index.ts'
import { placeAt } from '../../src/devices/place.ts'
import { cloudCover, outdoorC } from '../../src/devices/weather.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour } from '../../src/lib/time.ts'
import { mean, months, newYear, published, roof, seeds, sum } from './roofs.ts'

t.test('panels give what is published for their city, a year and each month', async t => {
  for (const [city, latitude, longitude, , yields] of published) {
    const days = seeds.map(seed => roof(latitude, longitude, seed).kwh)
    const given = months.map(month => mean(days.map(kwh => sum(month.map(n => kwh[n] ?? NaN)))))
    t.comment(`${city.padEnd(14)} ${Math.round(sum(given))} of ${sum(yields)} kWh/kWp a year, by month ${given.map((kwh, i) => `${Math.round(kwh)}/${yields[i]}`).join(' ')}`)
    t.ok(Math.abs(sum(given) / sum(yields) - 1) < 0.12, `${city}: ${sum(given)} kWh/kWp a year, published are ${sum(yields)}`)
    for (const [month, kwh] of given.entries()) {
      const off = kwh / (yields[month] ?? NaN) - 1
      if (!(Math.abs(off) < 0.2)) t.fail(`${city}, month ${month + 1}: ${kwh} kWh/kWp, published are ${yields[month]}`)
    }
    // Measured systems of 2015 to 2019 gave 947 kWh/kWp in the Netherlands (Schardt and te Heesen, EU PVSEC).
    if (city === 'Utrecht') t.ok(sum(given) > 947 && sum(given) < 1004, `Utrecht lies between what is measured and what is modelled: ${sum(given)}`)
  }
})

t.test('days differ as in the Netherlands: dull ones come in winter, and often two in a row', async t => {
  const years = seeds.map(seed => roof(52.09, 5.12, seed).kwh)
  /** Of the days of a month against its mean, as shares from the least to the most. */
  const quantiles = (month: number, shares: number[]): number[] => {
    const sorted = years.flatMap(kwh => {
      const days = (months[month] ?? []).map(n => kwh[n] ?? NaN)
      return days.map(each => each / mean(days))
    }).sort((a, b) => a - b)
    return shares.map(share => sorted[Math.floor(share * sorted.length)] ?? NaN)
  }
  // Quantiles of 2019 by the hourly file that EV2Gym takes from ElaadNL and its partners.
  const table: Array<[month: number, published: number[]]> = [[2, [0.23, 0.6, 0.93, 1.46, 1.7]], [5, [0.67, 0.86, 1.07, 1.18, 1.23]], [11, [0.15, 0.3, 0.71, 1.5, 2.3]]]
  for (const [month, figures] of table) {
    const found = quantiles(month, [0.1, 0.25, 0.5, 0.75, 0.9])
    t.comment(`days of month ${month + 1} at 10, 25, 50, 75 and 90 %: ${found.map(value => value.toFixed(2)).join(' ')}, published ${figures.join(' ')}`)
    t.ok(found.every((value, i) => Math.abs(value - (figures[i] ?? NaN)) < 0.35), `month ${month + 1}`)
  }
  // By Angstrom, a day with 80 % of the possible sunshine gives 85 % of a clear one, and one with 20 % gives 40 %.
  const best = months.map(month => Math.max(...years.flatMap(kwh => month.map(n => kwh[n] ?? NaN))))
  const kinds = years.map(kwh => kwh.map((each, n) => {
    const share = each / (best[new Date(newYear + n * day).getUTCMonth()] ?? NaN)
    return share > 0.85 ? 'clear' : share < 0.4 ? 'dull' : 'mixed'
  }))
  const shareOf = (kind: string, of: number[]): number => mean(kinds.flatMap(days => of.flatMap(month => months[month] ?? []).map(n => Number(days[n] === kind))))
  const [winter, summer] = [[11, 0, 1], [5, 6, 7]]
  const same = mean(kinds.flatMap(days => days.slice(1).map((kind, n) => Number(kind === days[n]))))
  t.comment({ dull: { winter: shareOf('dull', winter), summer: shareOf('dull', summer) }, clear: { winter: shareOf('clear', winter), summer: shareOf('clear', summer) }, same })
  t.ok(shareOf('dull', winter) > 0.5 && shareOf('dull', summer) < 0.3, 'most days of winter are dull')
  t.ok(same > 0.45 && same < 0.65, `the next day is of the same kind in ${same}`)
})

t.test('it is as warm as in the city: degree days fit, and days are warmest in the afternoon', async t => {
  for (const [city, latitude, longitude, degreeDays] of published) {
    const found = mean(seeds.map(seed => {
      const place = placeAt({ latitude, longitude, seed })
      const start = newYear - longitude / 15 * hour
      return sum(Array.from({ length: 365 }, (_, n) => Math.max(0, 18 - mean(Array.from({ length: 8 }, (_, i) => outdoorC(place, start + n * day + i * 3 * hour))))))
    }))
    t.comment(`${city.padEnd(14)} ${Math.round(found)} of ${degreeDays} degree days`)
    t.ok(Math.abs(found / degreeDays - 1) < 0.15, `${city}: ${found} degree days, published are ${degreeDays}`)
  }
})

t.test('a climate lies between those of the cities around it, and far from all follows the latitude', async t => {
  const utrecht = climateAt({ latitude: 52.09, longitude: 5.12 })
  t.same([Math.round(utrecht.meanC * 100), Math.round(utrecht.seasonC * 100)], [1070, 750])
  const between = climateAt({ latitude: 52.3, longitude: 9.3 })
  t.ok(between.meanC < utrecht.meanC && between.meanC > climateAt({ latitude: 52.52, longitude: 13.4 }).meanC)
  for (const [latitude, longitude] of [[-90, 0], [-45, 180], [0, -180], [0, 0], [45, 100], [90, 180]] as const) {
    const { meanC, seasonC, cloudiness } = climateAt({ latitude, longitude })
    t.ok(meanC > -10 && meanC < 28 && seasonC >= 0 && seasonC < 20 && cloudiness.every(cover => cover > -0.3 && cover < 1.5), `${latitude}, ${longitude}`)
  }
  const [north, south] = [climateAt({ latitude: 48, longitude: 175 }), climateAt({ latitude: -48, longitude: -100 })]
  t.ok((north.cloudiness[0] ?? 0) > (north.cloudiness[6] ?? 1) && (south.cloudiness[0] ?? 1) < (south.cloudiness[6] ?? 0), 'winters are cloudy, in July in the south')
  const place = placeAt({ latitude: 52.09, longitude: 5.12, seed: 1 })
  const covers = Array.from({ length: 500 }, (_, i) => cloudCover(place, newYear + i * hour))
  t.ok(covers.every(cover => cover >= 0 && cover <= 1) && covers.includes(1) && covers.some(cover => cover < 0.3))
})

t.test('the counter of a new inverter is what its days since the installation sum to, whatever is told of its panels', async t => {
  const now = Date.UTC(2026, 8, 14, 10, 7)
  const table: Array<[city: string, seed: number, told: Record<string, unknown>]> = [
    ['Oslo', 1, {}], ['Utrecht', 2, { installationDate: '2024-01-05T13:00:00Z' }], ['Madrid', 3, { peakPower: 10, ratedPower: 4 }],
    ['Sydney', 4, { tilt: 80, azimuth: 90 }], ['Kathmandu', 5, {}], ['Austin', 6, { installationDate: '2026-08-01T00:00:00Z' }]
  ]
  for (const [city, seed, told] of table) {
    const [, latitude = NaN, longitude = NaN] = published.find(([name]) => name === city) ?? []
    const made = inverter.make(new Random(seed), 'FRONIUS', now, placeAt({ latitude, longitude, seed }), undefined, told)
    const panels = inverter.change(made, told, { isNew: true })
    const counted = inverter.advance({ ...panels, at: panels.installedAt, lifetimeKwh: 0 }, now).lifetimeKwh
    const off = panels.lifetimeKwh / counted - 1
    t.ok(Math.abs(off) < 0.01, `${city}: the counter says ${panels.lifetimeKwh} kWh, the days sum to ${counted}`)
  }
  const told = { totalLifetimeProduction: 1234, peakPower: 9 }
  const made = inverter.make(new Random(1), 'FRONIUS', now, placeAt({ latitude: 50, longitude: 5, seed: 1 }), undefined, told)
  t.equal(inverter.change(made, told, { isNew: true }).lifetimeKwh, 1234, 'what is told stands')
  t.equal(inverter.change({ ...made, lifetimeKwh: 1234 }, { peakPower: 5 }).lifetimeKwh, 1234, 'later panels change no past')
})
