import t from 'tap'
import { lifeNames, type LifeWish } from '../../src/contract/mock-life.ts'
import { appliancesKw, hotWaterKw, houseLoadKw } from '../../src/devices/house.ts'
import { lifeOf } from '../../src/devices/life/index.ts'
import { isDeserted } from '../../src/devices/presence.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { householdShape } from '../../src/devices/profiles.ts'
import { bucket } from '../../src/devices/weather.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour, minute } from '../../src/lib/time.ts'
import { offsetAt } from '../../src/lib/timezone.ts'

const berlin = { latitude: 52.52, longitude: 13.405, seed: 1 }
const sydney = { latitude: -33.87, longitude: 151.21, seed: 1 }
const at = (time: string): number => Date.parse(time)
const newYear = at('2026-01-01T00:00:00Z')

/** kWh of a year from looks that are some time apart. */
function yearly (kw: (place: Place, at: number) => number, place: Place, step = bucket): number {
  let sum = 0
  for (let now = newYear; now < newYear + 365 * day; now += step) sum += kw(place, now)
  return sum * step / hour
}

/** The mean of 24 hours of local clocks, by the hour. */
function hourly (kw: (at: number) => number, midnight: number): number[] {
  return Array.from({ length: 24 }, (_, i) => Array.from({ length: 12 }, (_, k) => kw(midnight + i * hour + k * bucket)).reduce((sum, value) => sum + value, 0) / 12)
}

const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0)

t.test('the shape of a day is that of the standard load profile H0, by season and kind of day', async t => {
  // VDEW 1999 and BDEW, as in oemof/demandlib: per mille of the day, and days against a winter workday.
  const published = [
    ['2026-01-14', 1, [23, 17, 15, 15, 15, 18, 35, 51, 52, 48, 45, 46, 51, 51, 45, 41, 41, 50, 65, 73, 66, 55, 46, 34]],
    ['2026-01-18', 1.05, [29, 21, 17, 15, 14, 14, 15, 19, 33, 52, 65, 76, 77, 64, 51, 43, 40, 47, 58, 66, 60, 50, 43, 32]],
    ['2026-07-15', 1.1 * 0.79 / 1.24, [26, 19, 18, 17, 17, 21, 35, 46, 50, 51, 49, 50, 56, 54, 47, 42, 41, 44, 51, 59, 59, 56, 51, 40]],
    ['2026-07-18', 1.19 * 0.79 / 1.24, [27, 21, 17, 16, 17, 17, 21, 31, 42, 51, 54, 56, 60, 58, 52, 49, 48, 49, 55, 59, 57, 51, 49, 41]]
  ] as const
  const workday = total(hourly(now => householdShape(now, 50), at('2026-01-14')))
  for (const [date, inDay, perMille] of published) {
    const hours = hourly(now => householdShape(now, 50), at(date))
    for (const [i, share] of perMille.entries()) if (Math.abs((hours[i] ?? 0) / total(hours) * 1000 - share) > 3.5) t.fail(`${date} ${i} h: ${hours.map(value => Math.round(value / total(hours) * 1000)).join(' ')}`)
    t.ok(Math.abs(total(hours) / workday / inDay - 1) < 0.03, `${date}: ${total(hours) / workday} of a winter workday`)
  }
  t.ok(total(hourly(now => householdShape(now, -30), at('2026-07-15'))) > 1.3 * total(hourly(now => householdShape(now, -30), at('2026-01-14'))), 'winter is in July in the south')
  const smooth = Array.from({ length: 7 * 288 }, (_, i) => Math.abs(householdShape(newYear + (i + 1) * bucket, 50) - householdShape(newYear + i * bucket, 50)))
  t.ok(Math.max(...smooth) < 0.06, `it moves by ${Math.max(...smooth)} within five minutes at most`)
  t.ok(Math.abs(yearly((_, now) => householdShape(now, 50), placeAt(berlin), hour) / 8760 - 1) < 0.005, 'on average over a year it is 1')
})

t.test('the year of any home that is lived in sums up to what it uses in a year', async t => {
  const random = new Random(4)
  for (let i = 0; i < 10; i++) {
    const houseKwh = i % 2 === 0 ? random.between(300, 9000) : undefined
    const place = placeAt({ latitude: random.between(-45, 65), longitude: random.between(-180, 180), seed: i, life: { name: 'still', ...(houseKwh && { houseKwh }) } })
    const [kwh, wanted] = [yearly(appliancesKw, place), lifeOf(place).houseKwh]
    t.ok(Math.abs(kwh / wanted - 1) < 0.03, `${place.timezone}: ${kwh} of ${wanted} kWh`)
  }
})

t.test('many homes together have the published shape, each for itself has spells', async t => {
  const homes = Array.from({ length: 300 }, (_, i) => placeAt({ ...berlin, latitude: berlin.latitude + i / 1000 }))
  const days = Array.from({ length: 8 }, (_, i) => at('2026-01-05T23:00:00Z') + 7 * i * day)
  const perMille = [23, 17, 15, 15, 15, 18, 35, 51, 52, 48, 45, 46, 51, 51, 45, 41, 41, 50, 65, 73, 66, 55, 46, 34]
  const hours = Array.from({ length: 24 }, () => 0)
  for (const midnight of days) {
    for (const home of homes) for (const [i, kw] of hourly(now => appliancesKw(home, now), midnight).entries()) hours[i] = (hours[i] ?? 0) + kw / lifeOf(home).houseKwh
  }
  const shares = hours.map(value => value / total(hours) * 1000)
  t.same(shares.map((share, i) => Math.abs(share - (perMille[i] ?? 0)) < 4).filter(isNear => !isNear), [], `per mille of a winter workday: ${shares.map(Math.round).join(' ')}`)

  const home = placeAt(berlin)
  const week = Array.from({ length: 7 * 288 }, (_, i) => appliancesKw(home, at('2026-01-12') + i * bucket) / lifeOf(home).houseKwh * 8766)
  const sorted = week.toSorted((a, b) => a - b)
  t.ok((sorted[0] ?? 0) > 0.15 && (sorted[0] ?? 0) < 0.4, `standby and a fridge remain: ${sorted[0]} of the mean`)
  t.ok((sorted.at(-1) ?? 0) > 5 && (sorted.at(-1) ?? 0) < 14, `somebody cooks: ${sorted.at(-1)} times the mean`)
  t.ok((sorted[7 * 144] ?? 0) < 0.9, 'more often than not it is below its mean')
})

t.test('hot water takes what is published for each person and year', async t => {
  const kwhOf = (life: Omit<LifeWish, 'name'>, where = berlin): number => yearly(hotWaterKw, placeAt({ ...where, life: { name: 'still', ...life } }))
  // 440 to 880 kWh for 30 to 60 litres a day of 45 °C.
  for (const [hotWaterLitres, kwh] of [[30, 440], [45, 660], [60, 880]] as const) {
    const person = kwhOf({ persons: 3, hotWaterLitres, hotWaterBy: 'electricity' }) / 3
    t.ok(Math.abs(person / kwh - 1) < 0.06, `${hotWaterLitres} litres take ${person} kWh`)
  }
  const [byElectricity, byPump] = [kwhOf({ persons: 2, hotWaterLitres: 40, hotWaterBy: 'electricity' }), kwhOf({ persons: 2, hotWaterLitres: 40, hotWaterBy: 'heat pump' })]
  t.ok(byElectricity / byPump > 2 && byElectricity / byPump < 3.5, `a heat pump gives ${byElectricity / byPump} kWh for one`)
  t.equal(kwhOf({ hotWaterBy: 'other' }), 0)
  const place = placeAt({ ...berlin, life: { name: 'still', hotWaterBy: 'electricity' } })
  const hours = hourly(now => Array.from({ length: 200 }, (_, i) => hotWaterKw(place, now + i * day)).reduce((sum, kw) => sum + kw), at('2026-01-01T23:00:00Z'))
  t.ok((hours[7] ?? 0) > 4 * (hours[3] ?? 0) && (hours[19] ?? 0) > 1.3 * (hours[14] ?? 0), 'most is drawn in the morning and in the evening')
  const now = at('2026-03-03T06:10:00Z')
  t.equal(houseLoadKw(place, now), appliancesKw(place, now - now % bucket) + hotWaterKw(place, now - now % bucket), 'it is part of what the house draws')
})

t.test('an empty house draws little, and people use the more when they are there', async t => {
  for (const [i, name] of lifeNames.entries()) {
    const place = placeAt({ ...i % 2 === 0 ? berlin : sydney, life: { name } })
    const empty: number[] = []
    const kwh = yearly((_, now) => {
      const kw = appliancesKw(place, now)
      if (isDeserted(place, now)) empty.push(kw)
      return kw
    }, place, 55 * minute)
    const { houseKwh } = lifeOf(place)
    t.ok(Math.abs(kwh / houseKwh - 1) < 0.1, `${name}: ${kwh} of ${houseKwh} kWh`)
    const most = Math.max(0, ...empty) / houseKwh * 8766
    t.ok(name === 'still' ? empty.length === 0 : empty.length > 100 && most < 1.2, `${name}: empty ${empty.length} times, at most ${most} of the mean`)
    t.ok(empty.every(kw => kw > 0.1 * houseKwh / 8766), 'but standby remains')
  }
})

t.test('what a house draws follows from place, life and bucket, whoever asked before', async t => {
  const homes = [placeAt(berlin), placeAt({ ...berlin, life: { name: 'still', houseKwh: 9000 } }), placeAt({ ...berlin, life: { name: 'commuter' } }), placeAt(sydney)]
  const random = new Random(1)
  const moments = Array.from({ length: 500 }, () => random.integer(newYear, newYear + 365 * day))
  const alone = homes.map(home => moments.map(moment => houseLoadKw(home, moment)))
  const inTurn = moments.map(moment => homes.map(home => houseLoadKw({ ...home }, moment)))
  t.same(homes.map((_, i) => inTurn.map(kw => kw[i])), alone)
  t.same(moments.map(moment => houseLoadKw(placeAt(berlin), moment - moment % bucket)), alone[0], 'the same throughout a bucket')
  const peak = (place: Place, midnight: number): number => {
    const hours = hourly(now => Array.from({ length: 5 }, (_, i) => householdShape(now + i * day + offsetAt(place.timezone, now), place.latitude)).reduce((sum, kw) => sum + kw), midnight)
    return hours.indexOf(Math.max(...hours))
  }
  t.same([peak(placeAt(berlin), at('2026-01-11T23:00:00Z')), peak(placeAt(sydney), at('2026-07-12T14:00:00Z'))], [19, 19], 'evening is by the clock of the place')
})
