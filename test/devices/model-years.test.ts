import t from 'tap'
import { batteryVendors, chargerVendors, inverterVendors, meterVendors } from '../../src/contract/vendors.ts'
import { catalogue, yearsOf } from '../../src/devices/charger/catalogue.ts'
import { battery } from '../../src/devices/battery/index.ts'
import { charger } from '../../src/devices/charger/index.ts'
import { inverter } from '../../src/devices/inverter/index.ts'
import { launches } from '../../src/devices/launches.ts'
import { meter } from '../../src/devices/meter/index.ts'
import { placeAt } from '../../src/devices/place.ts'
import { Random } from '../../src/lib/random.ts'
import { day } from '../../src/lib/time.ts'
import { many } from '../helpers/many.ts'
import { oslo, start } from './cars.ts'

t.test('a charger is of a year in which its model was made, and at most four years old where it still is', t => {
  const each = many(t)
  for (const vendor of chargerVendors) {
    for (const now of [2015, 2019, 2022, 2026, 2031]) {
      for (let seed = 0; seed < 12; seed++) {
        const model = seed % 3 === 0 ? catalogue[vendor][0][0] : undefined
        const made = charger.make(new Random(seed), vendor, Date.UTC(now, 5), oslo, model)
        const [from, to] = yearsOf(made.brand, made.model) ?? [NaN, NaN]
        each.ok(made.year >= from && made.year <= to && made.year <= Math.max(now, from) && made.year >= Math.min(now - 4, to), `${vendor} ${made.model} of ${made.year} in ${now}`)
      }
    }
    for (const [name,,,, from, to] of catalogue[vendor]) each.ok(from >= 2015 && from <= to && to <= 2026, name)
  }
  each.done()
  t.match(charger.make(new Random(1), 'CHARGEPOINT', start, oslo, undefined, { year: 2017 }), { model: 'CPH25', year: 2017 }, 'a year that is told picks what was made then')
  const own = charger.make(new Random(1), 'ZAPTEC', start, oslo, 'My own')
  t.ok(own.year >= 2022 && own.year <= 2026)
  t.end()
})

t.test('a year and a model of a charger that were never together are refused, unless forced', t => {
  const go2 = charger.make(new Random(1), 'ZAPTEC', start, oslo, 'Go 2')
  const says = 'the Zaptec Go 2 was made from 2024 on'
  t.throws(() => charger.change(go2, { year: 2020 }), { status: 400, message: `"state.year" cannot be 2020: ${says}` })
  t.throws(() => charger.change({ ...go2, model: 'Pro', year: 2020 }, { model: 'Go 2' }), { status: 400, message: `"state.model" cannot be Go 2 for one of 2020: ${says}, set "year" as well` })
  t.throws(() => charger.change(go2, { year: 2028 }), { status: 400, message: /cannot be later than 2027/ })
  t.match(charger.change(go2, { year: 2020 }, { force: true }), { year: 2020 })
  t.match(charger.change(go2, { year: 2020, model: 'My own' }), { year: 2020 })
  t.match(charger.change(go2, { year: 2027 }), { year: 2027 })
  t.end()
})

t.test('nothing was installed before it was sold, and what could be was installed together', t => {
  const each = many(t)
  for (const now of [2020, 2023, 2026]) {
    const at = Date.UTC(now, 5)
    for (let seed = 0; seed < 20; seed++) {
      const place = placeAt({ latitude: 48 + seed / 100, longitude: 11, seed: 1 })
      const made = [
        ...batteryVendors.map(vendor => battery.make(new Random(seed), vendor, at, place)),
        ...inverterVendors.map(vendor => inverter.make(new Random(seed), vendor, at, place)),
        ...meterVendors.map(vendor => meter.make(new Random(seed), vendor, at, place)),
        battery.make(new Random(seed), 'TESLA', at, place, 'Powerwall 3')
      ]
      for (const { model, installedAt } of made) {
        const sold = Date.UTC(launches.get(model) ?? 1970)
        each.ok(installedAt % day === 0 && installedAt <= at && installedAt >= Math.min(at, sold), `${model} in ${now}`)
      }
      if (now === 2026) each.equal(new Set(made.slice(0, -1).map(({ installedAt }) => installedAt)).size, 1, `${seed}: together`)
    }
  }
  each.done()
  t.end()
})
