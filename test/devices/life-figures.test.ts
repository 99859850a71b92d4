import t from 'tap'
import { lifeNames, type LifeName } from '../../src/contract/mock-life.ts'
import { homeAt, lifeOf, plugsIn } from '../../src/devices/life/index.ts'
import { type Outing } from '../../src/devices/life/life.ts'
import { type Place } from '../../src/devices/place.ts'
import { Random } from '../../src/lib/random.ts'
import { day } from '../../src/lib/time.ts'
import { clock, deviation, driversOf, homesIn, localOf, mean, outingsOf, quantile, table, year, type City } from './lives.ts'

/** How many of a hundred homes live in which way, so that they are like a country. */
const mix: Array<[LifeName, number]> = [['commuter', 36], ['home-office', 14], ['two-cars', 16], ['night-shift', 4], ['retired', 22], ['long-distance', 3], ['forgetful', 5]]

interface Car {
  name: LifeName
  home: Place
  index: number
  outings: Outing[]
}

function carsIn (city: City, lives: ReadonlyArray<readonly [LifeName, number]>, seed = 1): Car[] {
  const random = new Random(seed)
  return lives.flatMap(([name, count]) => homesIn(random, city, name, count).flatMap(home => driversOf(home).map((_, index) => ({ name, home, index, outings: outingsOf(home, index) }))))
}

const kmOf = (outings: readonly Outing[]): number => outings.reduce((sum, { km }) => sum + 2 * km, 0)
const within = (found: number, wanted: number, share: number): boolean => Math.abs(found / wanted - 1) <= share

/** When on each day of the year a car leaves home first and is back last, for the days on which it moves. */
function daysOf ({ home, outings }: Car): Map<number, { first?: number, last?: number, isWork: boolean }> {
  const days = new Map<number, { first?: number, last?: number, isWork: boolean }>()
  const at = (date: number) => days.get(date) ?? { isWork: false }
  for (const outing of outings) {
    const [leaves, back] = [localOf(home, outing.leaveAt), localOf(home, homeAt(outing))]
    const there = at(leaves.date)
    days.set(leaves.date, { ...there, first: there.first ?? leaves.hours, isWork: there.isWork || outing.purpose === 'work' })
    days.set(back.date, { ...at(back.date), last: back.hours })
  }
  return days
}

const dates = Array.from({ length: 365 }, (_, i) => year.from / day + i)
const weekdayOf = (date: number): number => (date + 3) % 7

/** The same hundred homes in Berlin, for what is published of Germany. */
const germans = carsIn('Berlin', mix.map(([name, count]) => [name, 2 * count]))

t.test('the ready lives are what an engineer would take them for', async t => {
  const rows = lifeNames.map(name => {
    const cars = carsIn('Berlin', [[name, 50]])
    const homes = homesIn(new Random(1), 'Berlin', name, 50)
    const days = cars.map(daysOf)
    const all = days.flatMap(each => [...each.values()])
    const of = (values: number[]): string => values.length === 0 ? '-' : `${clock(mean(values))} ±${Math.round(60 * deviation(values))}`
    const first = all.flatMap(({ first, isWork }) => first !== undefined && (isWork || name === 'retired' || name === 'holiday-home') ? [first] : [])
    const works = cars.flatMap(({ home, outings }) => outings.filter(({ purpose }) => purpose === 'work').map(outing => localOf(home, homeAt(outing)).hours))
    return [name, cars.length === 0 ? '-' : Math.round(mean(cars.map(({ outings }) => kmOf(outings)))), cars.length === 0 ? '-' : mean(cars.map(({ outings }) => outings.length / 52)).toFixed(1), of(first), of(works), cars.length === 0 ? '-' : (1 - mean(days.map(each => dates.filter(date => each.has(date)).length / 365))).toFixed(2), Math.round(mean(homes.map(home => lifeOf(home).houseKwh)))]
  })
  for (const line of table([['Berlin', 'km/year', 'outings/week', 'first departure', 'back from work', 'unmoved', 'house kWh'], ...rows])) t.comment(line)
  const km = Object.fromEntries(rows.map(([name, km]) => [name, Number(km)]))
  t.ok((km.retired ?? 0) < (km.commuter ?? 0) && (km['home-office'] ?? 0) < (km.commuter ?? 0) && (km['long-distance'] ?? 0) > 25_000)
  t.equal(rows[0]?.[1], '-', 'at a still home nobody drives')
})

t.test('cars drive as far in a year as those of their country', async t => {
  // NO: SSB 2016, about 11,100 in 2023. SE: Trafikanalys 2023. DE: KBA 2024 (12,309) and MiD 2023 (13,700, electric 14,600). NL: CBS 2017. UK: MOT data of the DfT 2017. FR: SDES 2019. ES: INE 2008. US: typical of a light vehicle. AU: ABS 2020.
  const published: Array<[City, number, number]> = [
    ['Oslo', 11_100, 12_390], ['Stockholm', 11_260, 15_000], ['Berlin', 12_309, 14_600], ['Utrecht', 11_800, 13_000], ['London', 11_480, 11_480],
    ['Paris', 9_900, 11_900], ['Madrid', 9_730, 13_890], ['San Francisco', 18_500, 18_500], ['Sydney', 11_100, 12_100]
  ]
  const rows = published.map(([city, least, most]) => [city, least, most, Math.round(mean(carsIn(city, mix).map(({ outings }) => kmOf(outings))))] as const)
  for (const line of table([['', 'published', 'to', 'km/year'], ...rows])) t.comment(line)
  for (const [city, least, most, km] of rows) t.ok(km > 0.82 * least && km < 1.18 * most, `${city}: ${km}`)
})

t.test('commuters leave and come back when those of their country do', async t => {
  // Typical figures: first departure 7:40 with a standard deviation of 55 minutes, return at 17:15 with 90; NO, SE and DE 25 minutes earlier, ES and FR 30 later; back 75 minutes later in ES and 60 earlier in NO. Ways to work: CBS 2023 for NL, typical figures elsewhere.
  const published: Partial<Record<City, [leaves: number, back: number, km: number]>> = {
    Oslo: [7.25, 16.25, 15], Stockholm: [7.25, 17.25, 17], Berlin: [7.25, 17.25, 17], Utrecht: [7.67, 17.25, 19.9], London: [7.67, 17.25, 15], Paris: [8.17, 17.25, 14], Madrid: [8.17, 18.5, 13], 'San Francisco': [7.67, 17.25, 20], Sydney: [7.67, 17.25, 16]
  }
  const rows = Object.entries(published).map(([name, [leaves, back, km]]) => {
    const cars = homesIn(new Random(5), name as City, 'commuter', 200).map(home => ({ home, outings: outingsOf(home, 0, year.from + 60 * day, year.from + 88 * day).filter(({ purpose }) => purpose === 'work') }))
    const left = cars.flatMap(({ home, outings }) => outings.map(({ leaveAt }) => localOf(home, leaveAt).hours))
    const came = cars.flatMap(({ home, outings }) => outings.map(outing => localOf(home, homeAt(outing)).hours))
    const ways = cars.map(({ home }) => lifeOf(home).drivers[0]?.commuteKm ?? 0)
    const atHome = mean(cars.map(({ home }) => lifeOf(home).drivers[0]?.atHomeShare ?? 0))
    t.ok(Math.abs(mean(left) - leaves) < 0.25 && within(60 * deviation(left), 55, 0.25), `${name} leaves at ${clock(mean(left))}`)
    t.ok(Math.abs(mean(came) - back) < 0.4 && within(60 * deviation(came), 90, 0.2), `${name} is back at ${clock(mean(came))}`)
    t.ok(within(mean(ways), km, 0.2), `${name}: ${mean(ways)} km to work`)
    t.ok(within(atHome, 0.29, 0.1), `${name}: at home on ${atHome} of the workdays, typically 0.25 to 0.3`)
    return [name, clock(leaves), clock(mean(left)), clock(back), clock(mean(came)), km, mean(ways)]
  })
  for (const line of table([['', 'leaves', 'here', 'back', 'here', 'km to work', 'here'], ...rows])) t.comment(line)
})

t.test('cars in Germany move on the days and in the hours that are published', async t => {
  const commuters = germans.filter(({ name }) => name === 'commuter').map(daysOf)
  const rest = (cars: Array<ReturnType<typeof daysOf>>, weekdays: number[]): number => mean(cars.map(days => mean(dates.filter(date => weekdays.includes(weekdayOf(date))).map(date => days.has(date) ? 0 : 1))))
  const [workday, saturday, sunday] = [[0, 1, 2, 3, 4], [5], [6]].map(weekdays => rest(commuters, weekdays)) as [number, number, number]
  t.comment(`commuters' cars unmoved: workdays ${workday.toFixed(2)}, Saturdays ${saturday.toFixed(2)}, Sundays ${sunday.toFixed(2)}; typically 0.25-0.3, 0.35, 0.45`)
  t.ok(workday > 0.15 && workday < 0.3 && saturday > 0.25 && saturday < 0.42 && sunday > 0.33 && sunday < 0.5)
  const every = rest(germans.map(daysOf), [0, 1, 2, 3, 4, 5, 6])
  t.ok(every > 0.25 && every < 0.48, `all cars: ${every.toFixed(2)} of the days unmoved; MiD: a third in 2008, almost half in 2023, cars that nobody needs included`)
  const weekend = commuters.flatMap(days => dates.filter(date => weekdayOf(date) >= 5).flatMap(date => days.get(date) ?? []))
  const [first, last] = [weekend.flatMap(({ first }) => first ?? []), weekend.flatMap(({ last }) => last ?? [])]
  t.ok(Math.abs(mean(first) - 10.75) < 0.7 && within(deviation(first), 2, 0.25), `weekends begin at ${clock(mean(first))}, typically at 10:45`)
  t.ok(Math.abs(mean(last) - 17.75) < 0.7 && within(deviation(last), 2.5, 0.25), `weekends end at ${clock(mean(last))}, typically at 17:45`)
  // Shares of car trips by windows of the day: JRC survey, as in RAMP-mobility.
  const windows = [[0, 9], [9, 12], [12, 17], [17, 19], [19, 24]] as const
  const published: Array<[string, number[], number[]]> = [['workday', [0, 1, 2, 3, 4], [25, 14, 40, 13, 8]], ['Saturday', [5], [11, 31, 40, 10, 8]], ['Sunday', [6], [6, 22, 45, 15, 12]]]
  const trips = germans.flatMap(({ home, outings }) => outings.flatMap(({ leaveAt, backAt }) => [localOf(home, leaveAt), localOf(home, backAt)]))
  for (const [says, weekdays, wanted] of published) {
    const of = trips.filter(({ weekday }) => weekdays.includes(weekday))
    const found = windows.map(([from, to]) => Math.round(100 * of.filter(({ hours }) => hours >= from && hours < to).length / of.length))
    t.comment(`trips of a ${says} in % from 0, 9, 12, 17 and 19 h on: published ${wanted.join(' ')}, here ${found.join(' ')}`)
    for (const [i, share] of found.entries()) t.ok(Math.abs(share - (wanted[i] ?? 0)) <= 12, `${says}: ${share} %`)
  }
  // MiD 2002: mean 15 km, half under 6, a tenth of 30 or more; LEAFs in the US, 2011: mean 11.1, median 6.4 (SAE 2012-01-0199). GB: 18 trips a car and week (RAC Foundation 2012).
  const lengths = germans.flatMap(({ outings }) => outings.flatMap(({ km }) => [km, km]))
  t.ok(mean(lengths) > 11 && mean(lengths) < 19, `a trip is ${mean(lengths).toFixed(1)} km long on average`)
  t.ok(quantile(lengths, 0.5) > 5 && quantile(lengths, 0.5) < 8.5 && quantile(lengths, 0.9) > 22 && quantile(lengths, 0.9) < 38, `half are under ${quantile(lengths, 0.5)} km, a tenth over ${quantile(lengths, 0.9)}`)
  const perWeek = 2 * mean(germans.map(({ outings }) => outings.length)) / 52
  t.ok(perWeek > 11 && perWeek < 19, `${perWeek.toFixed(1)} trips a week`)
})

t.test('they plug in as often as drivers of electric cars do, and when', async t => {
  // A simple car: 60 kWh, 0.19 kWh/km, charged up to 80 %.
  const hours = new Array<number>(24).fill(0)
  const levels: number[] = []
  for (const { home, index, outings } of germans) {
    let level = 60
    for (const outing of outings) {
      level -= 2 * outing.km * 0.19 / 60 * 100
      if (level < 10 || outing.plugsIn) level = Math.max(level, 60)
      const at = homeAt(outing)
      if (!plugsIn(home, index, at, level)) continue
      levels.push(level)
      const { weekday, hours: shown } = localOf(home, at)
      if (weekday < 5) hours[Math.floor(shown)] = (hours[Math.floor(shown)] ?? 0) + 1
      level = Math.max(level, 80)
    }
  }
  const perWeek = levels.length / germans.length / 52
  // Electric Nation (UK, 2017-18): 3; TØI (NO, 2019): 4.4; DfT/Ipsos tracker (UK, about 2025): one or two, as batteries got larger.
  t.ok(perWeek > 1.5 && perWeek < 4.4, `${perWeek.toFixed(1)} sessions a week`)
  t.ok(mean(levels) > 50 && mean(levels) < 72, `at ${mean(levels).toFixed(0)} %, above 50 on average as in Electric Nation`)
  // Arrivals at private charge points on weekdays, ElaadNL (NL).
  const published = [[0, 6, 3], [6, 12, 6], [12, 16, 11], [16, 20, 46], [20, 24, 34]] as const
  const all = hours.reduce((sum, count) => sum + count, 0)
  const found = published.map(([from, to]) => Math.round(100 * hours.slice(from, to).reduce((sum, count) => sum + count, 0) / all))
  t.comment(`plugged in on weekdays in % from 0, 6, 12, 16 and 20 h on: published ${published.map(([, , share]) => share).join(' ')}, here ${found.join(' ')}`)
  for (const [i, share] of found.entries()) t.ok(Math.abs(share - (published[i]?.[2] ?? 0)) <= 18, `${share} %`)
  t.ok(found[3] !== undefined && found.every(share => share <= (found[3] ?? 0)), 'most in the late afternoon')
})

t.test('houses use what is usual in their country', async t => {
  const of = (city: City): Array<ReturnType<typeof lifeOf>> => homesIn(new Random(9), city, 'still', 400).map(lifeOf)
  const berlin = of('Berlin')
  // BDEW 2022.
  for (const [persons, kwh] of [[1, 1900], [2, 2890], [3, 3720], [4, 4085]] as const) {
    const found = mean(berlin.filter(life => life.persons === persons).map(({ houseKwh }) => houseKwh))
    t.ok(within(found, kwh, 0.08), `${persons} persons in Germany: ${Math.round(found)} kWh, ${kwh} published`)
  }
  // UK: typical consumption from 2023; NL, ES, SE: usual without heating; NO without heating 5,000 to 7,000; US 10,649 with cooling (2020); AU 7,227 (2010) with heating; NP 1,000 to 1,500.
  const published: Array<[City, number, number]> = [['Berlin', 2900, 3500], ['London', 2500, 3000], ['Utrecht', 2800, 3200], ['Madrid', 2700, 3300], ['Paris', 2400, 3000], ['Stockholm', 4200, 5200], ['Oslo', 5000, 6700], ['San Francisco', 7000, 10_000], ['Sydney', 4500, 6500], ['Kathmandu', 900, 1500]]
  const rows = published.map(([city, least, most]) => [city, least, most, Math.round(mean(of(city).map(({ houseKwh }) => houseKwh)))] as const)
  for (const line of table([['', 'published', 'to', 'kWh'], ...rows])) t.comment(line)
  for (const [city, least, most, kwh] of rows) t.ok(kwh >= 0.95 * least && kwh <= 1.05 * most, `${city}: ${kwh} kWh`)
  const europe = (['Berlin', 'London', 'Utrecht', 'Madrid', 'Paris'] as const).flatMap(of)
  const usual = europe.filter(({ houseKwh }) => houseKwh > 1400 && houseKwh < 6000).length / europe.length
  t.ok(usual > 0.92, `${usual} of the European houses use 1.4 to 6 MWh`)
  t.ok(europe.every(({ hotWaterLitres, comfortC, setbackC }) => hotWaterLitres >= 30 && hotWaterLitres <= 48 && comfortC > 16 && comfortC < 24 && setbackC < comfortC), 'hot water as of BDEW 2018, 30 to 48 l a person and day')
  const electric = (city: City): number => mean(of(city).map(({ hotWaterBy }) => hotWaterBy === 'other' ? 0 : 1))
  t.ok(electric('Oslo') > 0.85 && electric('Utrecht') < 0.3, 'water is heated by electricity in Norway, and by gas in the Netherlands')
})
