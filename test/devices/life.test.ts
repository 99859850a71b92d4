import t from 'tap'
import { lifeComponents, lifeNames, LifeWish, type DriverWish, type LifeName } from '../../src/contract/mock-life.ts'
import { Ref } from '../../src/contract/ref.ts'
import { dayAt, isFeast, momentOf } from '../../src/devices/life/calendar.ts'
import { homeAt, isEmpty, lifeIssues, lifeOf, nextOuting, outingAt, plugsIn } from '../../src/devices/life/index.ts'
import { stretchOver } from '../../src/devices/life/stretches.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { Random } from '../../src/lib/random.ts'
import { day, hour, minute } from '../../src/lib/time.ts'
import { offsetAt } from '../../src/lib/timezone.ts'
import { Validation } from '../../src/lib/validation.ts'
import { many } from '../helpers/many.ts'
import { driversOf, localOf, outingsOf, year } from './lives.ts'

const berlin = (life: LifeWish, seed = 1): Place => placeAt({ latitude: 52.52, longitude: 13.405, seed, life })
const only = (driver: DriverWish, name: LifeName = 'commuter'): Place => berlin({ name, holidayWeeks: 0, drivers: [{ errandsPerWeek: 0, weekendShare: 0, longTripsPerYear: 0, atHomeShare: 0, ...driver }] })
const check = new Validation(lifeComponents).strict(Ref(LifeWish))

const clockOf = (random: Random): string => `${String(random.integer(0, 23)).padStart(2, '0')}:${String(random.integer(0, 59)).padStart(2, '0')}`

/** Any figures that may be wished for, however odd. */
function anyDriver (random: Random): DriverWish {
  const figures: Required<DriverWish> = {
    workdays: [0, 1, 2, 3, 4, 5, 6].filter(() => random.next() < 0.7),
    leavesAt: clockOf(random),
    backAt: clockOf(random),
    commuteKm: random.between(0, 300),
    atHomeShare: random.next(),
    chargesAtWork: random.next(),
    errandsPerWeek: random.between(0, 21),
    errandKm: random.between(0.5, 100),
    weekendShare: random.next(),
    weekendKm: random.between(0, 500),
    longTripsPerYear: random.between(0, 52),
    longTripKm: random.between(50, 1500),
    plugsIn: random.pick(['always', 'below', 'forgetful', 'never']),
    plugsInBelow: random.integer(1, 100),
    chargesFrom: random.next() < 0.5 ? null : clockOf(random)
  }
  for (;;) {
    const wish = Object.fromEntries(Object.entries(figures).filter(() => random.next() < 0.4)) as DriverWish
    if (lifeIssues({ name: 'commuter', drivers: [wish] }).length === 0) return wish
    Object.assign(figures, { leavesAt: clockOf(random), backAt: clockOf(random), plugsIn: 'below' })
  }
}

function anyLife (random: Random): LifeWish {
  const name = random.pick(lifeNames)
  if (random.next() < 0.4) return { name }
  return { name, ...random.next() < 0.3 && { holidayWeeks: random.between(0, 26) }, drivers: Array.from({ length: random.integer(0, 4) }, () => anyDriver(random)) }
}

function anyHome (random: Random): Place {
  return placeAt({ latitude: random.between(-55, 70), longitude: random.between(-180, 180), seed: random.uint32(), life: anyLife(random) })
}

t.test('whatever is wished for at whichever home, outings come one after the other, each on a day of its own making', async t => {
  const each = many(t)
  let count = 0
  for (let seed = 0; seed < 1000; seed++) {
    const home = anyHome(new Random(seed))
    const says = `seed ${seed}, ${JSON.stringify(home)}`
    for (const [index, who] of driversOf(home).entries()) {
      let free = -Infinity
      for (const outing of outingsOf(home, index, year.from, year.from + 70 * day)) {
        count++
        const { leaveAt, backAt, km, bearing } = outing
        each.ok(leaveAt >= free, `${says}: ${JSON.stringify(outing)} begins before ${free}`)
        each.ok(backAt > leaveAt && km > 0 && km <= 1800 && bearing >= 0 && bearing < 360, `${says}: ${JSON.stringify(outing)}`)
        each.ok(leaveAt % 1000 === 0 && backAt % 1000 === 0, `${says}: whole seconds`)
        const { date } = localOf(home, leaveAt)
        const stretch = stretchOver(who, date)
        each.ok(stretch === undefined || (stretch.from === date && stretch.purpose === outing.purpose), `${says}: nothing else begins on a day away`)
        if (count % 20 === 0) each.same([outingAt(home, index, leaveAt - 1)?.leaveAt === leaveAt, outingAt(home, index, leaveAt), outingAt(home, index, homeAt(outing) - 1)], [false, outing, outing], `${says}: it is under way from when it begins until it ends`)
        free = homeAt(outing)
      }
    }
  }
  each.done()
  t.ok(count > 50_000, `${count} outings`)
})

t.test('an itinerary is the same in whichever order it is asked for, and whatever was asked before', async t => {
  const each = many(t)
  for (let seed = 0; seed < 60; seed++) {
    const random = new Random(seed)
    const home = anyHome(random)
    const moments = Array.from({ length: 60 }, () => year.from + random.integer(0, 365 * day))
    const ask = (place: Place, at: number): unknown => [isEmpty(place, at), ...driversOf(place).keys()].flatMap(index => typeof index === 'boolean' ? [index] : [nextOuting(place, index, at), outingAt(place, index, at), plugsIn(place, index, at, 50)])
    const answers = moments.map(at => ask(home, at))
    each.same([...moments].reverse().map(at => ask(home, at)).reverse(), answers, `seed ${seed}: backwards`)
    each.same(moments.map(at => ask(structuredClone(home), at)), answers, `seed ${seed}: each time of a home that nobody has asked about`)
    for (const [index] of driversOf(home).entries()) {
      const at = moments[0] ?? 0
      const next = nextOuting(home, index, at)
      if (next !== undefined) each.same([nextOuting(home, index, next.leaveAt - 1), nextOuting(structuredClone(home), index, Math.max(at, next.leaveAt - hour))], [next, next], `seed ${seed}: the next is the next until it begins`)
    }
  }
  each.done()
})

t.test('every life has every figure, which are those that were wished for where they were', async t => {
  const each = many(t)
  for (let seed = 0; seed < 1000; seed++) {
    const home = anyHome(new Random(seed))
    const life = lifeOf(home)
    const says = `seed ${seed}: ${JSON.stringify(life)}`
    each.same(check(life), [], says)
    each.same(lifeIssues({ ...life, drivers: [] }), [], says)
    const { drivers = [], ...wish } = home.life ?? { name: 'still' }
    each.same({ ...life, ...wish }, life, says)
    for (const [i, driver] of drivers.entries()) each.same({ ...life.drivers[i], ...driver }, life.drivers[i], says)
    each.ok(life.persons >= life.drivers.length, `${says}: each driver lives there`)
    each.ok(life.drivers.every(driver => !Object.values(driver).includes(undefined as never)) && !Object.values(life).includes(undefined as never), says)
  }
  each.done()
  const count = (name: LifeName, drivers?: DriverWish[]): number => lifeOf(berlin({ name, ...drivers && { drivers } })).drivers.length
  t.same(lifeNames.map(name => [name, count(name)]), [['still', 0], ['commuter', 1], ['home-office', 1], ['two-cars', 2], ['night-shift', 1], ['retired', 1], ['long-distance', 1], ['holiday-home', 1], ['forgetful', 1]])
  t.same([count('commuter', []), count('two-cars', [{}]), count('retired', [{}, {}, {}]), count('still', [{}])], [1, 2, 3, 1], 'who wishes for more drivers than a life has gets more like its last')
  const [, second] = lifeOf(berlin({ name: 'retired', drivers: [{}, {}] })).drivers
  t.same(second?.workdays, [], 'such as one more who does not work')
  const told = lifeOf(berlin({ name: 'commuter' }))
  t.same(lifeOf(placeAt({ latitude: 52.52, longitude: 13.405, seed: 1 })), { ...told, name: 'still', holidayWeeks: 0, drivers: [] }, 'a home of which nobody told is drawn like any other')
  t.not(lifeOf(berlin({ name: 'commuter' }, 2)).houseKwh, told.houseKwh)
  const drawn = told.drivers[0]
  const [moved, back] = [lifeOf(berlin({ name: 'commuter', drivers: [{ leavesAt: '05:10' }] })), lifeOf(berlin({ name: 'commuter', drivers: [{ backAt: '21:00' }] }))].map(({ drivers: [driver] }) => driver)
  const minutes = (clock = ''): number => 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3))
  const away = minutes(drawn?.backAt) - minutes(drawn?.leavesAt)
  t.equal(minutes(moved?.backAt) - minutes(moved?.leavesAt), away, 'who leaves at another time is back at another, too')
  t.ok(Math.abs(minutes(back?.backAt) - minutes(back?.leavesAt) - away) <= 1, 'and the other way round')
  t.equal(lifeOf(berlin({ name: 'commuter', drivers: [{ plugsInBelow: 30 }] })).drivers[0]?.plugsIn, 'below', 'a level is of use to those who go by it')
  t.same([[25, 22], [12, 12]].map(([comfortC, setbackC]) => lifeOf(berlin({ name: 'commuter', ...comfortC !== undefined && { comfortC }, ...setbackC !== undefined && { setbackC } }))).map(({ comfortC, setbackC }) => [comfortC, setbackC]), [[25, 22], [12, 12]])
  t.ok(lifeOf(berlin({ name: 'commuter', comfortC: 11 })).setbackC <= 11)
  t.ok(lifeOf(berlin({ name: 'commuter', setbackC: 29 })).comfortC >= 29)
})

t.test('a wish that contradicts itself is refused, and says where', async t => {
  const refusals: Array<[LifeWish, Array<[path: string, message: RegExp]>]> = [
    [{ name: 'commuter' }, []],
    [{ name: 'commuter', comfortC: 20, setbackC: 20 }, []],
    [{ name: 'commuter', comfortC: 18, setbackC: 19 }, [['setbackC', /must not be above "comfortC"/]]],
    [{ name: 'commuter', drivers: [{ leavesAt: '08:00', backAt: '08:00' }] }, [['drivers.0.backAt', /must be at least 10 minutes after "leavesAt"/]]],
    [{ name: 'commuter', drivers: [{}, { leavesAt: '08:00', backAt: '10:00', commuteKm: 200 }] }, [['drivers.1.backAt', /must be at least 2 hours and 40 minutes after/]]],
    [{ name: 'commuter', drivers: [{ leavesAt: '08:00', backAt: '07:00', commuteKm: 20 }] }, [['drivers.0.backAt', /must be at most 17 hours and 35 minutes after .* no more than 18 hours/]]],
    [{ name: 'night-shift', drivers: [{ leavesAt: '21:00', backAt: '06:00' }] }, []],
    [{ name: 'commuter', drivers: [{ leavesAt: '24:00', backAt: '24:00', chargesFrom: '24:00' }] }, ['leavesAt', 'backAt', 'chargesFrom'].map(name => [`drivers.0.${name}`, /must be from 00:00 to 23:59/])],
    [{ name: 'commuter', drivers: [{ plugsIn: 'always', plugsInBelow: 20 }] }, [['drivers.0.plugsInBelow', /goes with "plugsIn" below, not always/]]],
    [{ name: 'commuter', drivers: [{ plugsIn: 'below', plugsInBelow: 20 }] }, []],
    [{ name: 'still', comfortC: 18, setbackC: 19, drivers: [{ plugsIn: 'never', plugsInBelow: 20 }] }, [['setbackC', /above/], ['drivers.0.plugsInBelow', /not never/]]]
  ]
  for (const [wish, wanted] of refusals) {
    t.same(check(wish), [], 'the schema lets it')
    const issues = lifeIssues(wish)
    t.same(issues.map(({ path, type }) => [path.join('.'), type]), wanted.map(([path]) => [path, 'custom']), JSON.stringify(wish))
    for (const [i, [, message]] of wanted.entries()) t.match(issues[i]?.message, message)
  }
})

t.test('figures do what they say', async t => {
  const purposes = (home: Place): Record<string, number> => {
    const count: Record<string, number> = {}
    for (const { purpose } of outingsOf(home, 0)) count[purpose] = (count[purpose] ?? 0) + 1
    return count
  }
  const { work = 0, ...nothing } = purposes(only({ workdays: [0, 2], commuteKm: 12 }))
  t.same([work, nothing], [104, {}], 'work on Mondays and Wednesdays, and nothing else')
  t.ok(outingsOf(only({ workdays: [0, 2], commuteKm: 12 }), 0).every(({ km }) => km === 12))
  t.same(purposes(only({ workdays: [], errandsPerWeek: 0 })), {}, 'nobody goes anywhere')
  t.same(purposes(only({ atHomeShare: 1 })), {})
  const rare = outingsOf(only({ workdays: [], longTripsPerYear: 2 }), 0, year.from, year.from + 10 * 365 * day).length
  t.ok(rare > 10 && rare < 30, `${rare} trips in ten years, however long the time between them`)
  const shares = Object.entries({ errand: 3 * 52, leisure: 0.5 * 104, long: 12 } as Record<string, number>)
  const seeds = Array.from({ length: 20 }, (_, seed) => berlin({ name: 'commuter', holidayWeeks: 0, drivers: [{ errandsPerWeek: 3, weekendShare: 0.5, longTripsPerYear: 12, errandKm: 5, weekendKm: 30, longTripKm: 200 }] }, seed))
  const outings = seeds.flatMap(home => outingsOf(home, 0))
  for (const [purpose, wanted] of shares) {
    const found = outings.filter(each => each.purpose === purpose)
    t.ok(Math.abs(found.length / 20 / wanted - 1) < 0.2, `${purpose}: ${found.length / 20} a year, ${wanted} wished for`)
    const km = found.reduce((sum, each) => sum + each.km, 0) / found.length
    t.ok(Math.abs(km / ({ errand: 5, leisure: 30, long: 200 }[purpose] ?? 0) - 1) < 0.12, `${purpose}: ${km} km`)
  }
  const nights = outingsOf(berlin({ name: 'night-shift', holidayWeeks: 0, drivers: [{ leavesAt: '21:15', backAt: '06:20', commuteKm: 15 }] }), 0).filter(({ purpose }) => purpose === 'work')
  t.ok(nights.length > 200 && nights.every(({ leaveAt, backAt }) => backAt - leaveAt > 7.5 * hour && backAt - leaveAt < 11 * hour), `${nights.length} nights end on the next day`)
  const plugged = outingsOf(only({ chargesAtWork: 1 }), 0)
  t.ok(plugged.length > 200 && plugged.every(outing => outing.plugsIn))
  const [weeks, ...rest] = [0, 3, 10, 26].map(holidayWeeks => outingsOf(berlin({ name: 'commuter', holidayWeeks }), 0, year.from, year.from + 5 * 365 * day).filter(({ purpose }) => purpose === 'holiday').reduce((sum, { leaveAt, backAt }) => sum + Math.floor((backAt - leaveAt) / 7 / day), 0))
  t.same([weeks, ...rest.map(found => Math.round(found / 5))], [0, 3, 10, 26], 'weeks of holidays')
  const of = (name: LifeName, index: number) => new Set(outingsOf(berlin({ name }), index).map(({ purpose }) => purpose))
  t.same([of('two-cars', 0).has('holiday'), of('two-cars', 1).has('holiday')], [true, false], 'a family goes on holiday in its first car')
})

t.test('people plug in as they are used to', async t => {
  const share = (driver: DriverWish, level: number): number => Array.from({ length: 3000 }, (_, i) => plugsIn(only(driver), 0, year.from + i * 7919 * minute, level)).filter(Boolean).length / 3000
  const near = (found: number, wanted: number): boolean => Math.abs(found - wanted) < 0.03
  t.same([share({ plugsIn: 'always' }, 99), share({ plugsIn: 'never' }, 1)], [1, 0])
  t.same([share({ plugsInBelow: 40 }, 39.9), share({ plugsInBelow: 40 }, 40)], [1, 0], 'a level that was wished for is a strict one')
  for (const level of [5, 95]) t.ok(near(share({ plugsIn: 'forgetful' }, level), 2 / 3), 'who is forgetful forgets a third of the time')
  const usual = [5, 20, 45, 70, 95].map(level => share({ plugsIn: 'below', workdays: [] }, level))
  t.comment(`without a strict level, at 5, 20, 45, 70 and 95 %: ${usual.join(', ')}`)
  t.ok(usual[0] === 1 && near(usual[1] ?? 0, 0.8) && (usual[2] ?? 0) > 0.2 && (usual[2] ?? 0) < 0.7 && near(usual[4] ?? 0, 0.05), 'some do at once, some late, and nobody leaves an empty car')
  t.same([plugsIn(berlin({ name: 'still' }), 0, year.from, 5), plugsIn(berlin({ name: 'commuter' }), 1, year.from, 5)], [false, false], 'where there is no such driver, nobody does')
})

t.test('a home is empty when everybody is out', async t => {
  const each = many(t)
  const lunch = (weekday: number): number => Date.parse('2026-03-09T12:00:00Z') + weekday * day
  const alone: LifeWish = { name: 'commuter', persons: 1, holidayWeeks: 0, drivers: [{ atHomeShare: 0, errandsPerWeek: 0, weekendShare: 0, longTripsPerYear: 0, leavesAt: '07:00', backAt: '17:00' }] }
  const empty = (life: LifeWish): boolean[] => [0, 4, 5, 6].map(weekday => isEmpty(berlin(life), lunch(weekday)))
  t.same(empty(alone), [true, true, false, false])
  t.same(isEmpty(berlin(alone), lunch(0) + 12 * hour), false)
  t.same(empty({ ...alone, persons: 4 }), [true, true, false, false], 'the others are at work or at school')
  t.same(isEmpty(berlin({ ...alone, persons: 4 }), lunch(0) + 4.2 * hour), false, 'and home before the driver')
  t.same(empty({ ...alone, drivers: [{ ...alone.drivers?.[0], atHomeShare: 1 }] }), [false, false, false, false])
  const home = berlin({ name: 'two-cars', persons: 4 })
  for (const { purpose, leaveAt, backAt } of outingsOf(home, 0)) if (purpose === 'holiday') for (let at = leaveAt; at < backAt; at += 5 * hour) each.ok(isEmpty(home, at), `in the holidays, ${at}`)
  for (let at = year.from; at < year.to; at += 7.3 * hour) {
    each.equal(isEmpty(berlin({ name: 'still' }), at), false, 'a still home is never empty')
    if (isEmpty(home, at)) each.ok([0, 1].every(index => outingAt(home, index, at) !== undefined) || driversOf(home).some(who => stretchOver(who, localOf(home, at).date)?.purpose === 'holiday'), `nobody who drives is there, ${at}`)
  }
  each.done()
})

t.test('a holiday home is empty but for some weekends and weeks, and its car is there only then', async t => {
  const home = berlin({ name: 'holiday-home', holidayWeeks: 4, drivers: [{ longTripsPerYear: 18, longTripKm: 130 }] })
  const days = Array.from({ length: 3 * 365 }, (_, i) => year.from + i * day + 11 * hour)
  const there = days.filter(at => !isEmpty(home, at) || outingAt(home, 0, at)?.purpose !== 'long')
  t.ok(there.length > 3 * 30 && there.length < 3 * 90, `somebody is there on ${Math.round(there.length / 3)} days of a year`)
  const drives = outingsOf(home, 0).filter(({ purpose }) => purpose === 'long')
  t.ok(drives.length > 12 && drives.every(({ km, leaveAt, backAt }) => km === 130 && backAt - leaveAt > 4 * day), 'for the rest of the time it is in town')
  t.equal(new Set(drives.map(({ bearing }) => bearing)).size, 1, 'which is always the same')
  t.ok(drives.every(({ leaveAt }) => localOf(home, leaveAt).weekday === 6), 'it leaves on Sundays')
  const never = berlin({ name: 'holiday-home', holidayWeeks: 0, drivers: [{ longTripsPerYear: 0 }] })
  t.same([isEmpty(never, year.from), nextOuting(never, 0, year.from)], [true, undefined])
})

t.test('days begin and end by the clocks of the place, also where they change, and seasons by the hemisphere', async t => {
  const zones = [[52.52, 13.405], [-33.87, 151.21], [-31.55, 159.08], [37.77, -122.42], [-33.45, -70.66], [33.89, 35.5], [27.7, 85.3], [-13.83, -171.77], [28.2, -177.38]] as const
  const each = many(t)
  for (const [latitude, longitude] of zones) {
    const { timezone } = placeAt({ latitude, longitude, seed: 1 })
    let before = -Infinity
    for (let date = 20454; date < 20454 + 366; date++) {
      const changes = offsetAt(timezone, date * day - day) !== offsetAt(timezone, date * day + 2 * day)
      for (let since = 0; since < day; since += changes ? 5 * minute : 3 * hour) {
        const at = momentOf(timezone, date, since)
        each.ok(at >= before, `${timezone}: clocks go on at ${date} ${since / minute}`)
        const shown = at + offsetAt(timezone, at) - date * day - since
        each.ok(shown === 0 || (shown > 0 && offsetAt(timezone, at - 1) < offsetAt(timezone, at)), `${timezone}: ${date} ${since / minute} shows ${shown / minute} more`)
        if (shown === 0) each.equal(dayAt(timezone, at), date, timezone)
        before = at
      }
    }
    const home = placeAt({ latitude, longitude, seed: 1, life: { name: 'commuter', drivers: [{ leavesAt: '07:30', atHomeShare: 0 }] } })
    for (const { purpose, leaveAt } of outingsOf(home, 0)) {
      const { hours, weekday } = localOf(home, leaveAt)
      if (purpose === 'work') each.ok(Math.abs(hours - 7.5) < 0.51 && weekday < 5, `${timezone}: leaves for work at ${hours}`)
    }
  }
  const months = [52.5, -33.9].map(latitude => {
    const homes = Array.from({ length: 60 }, (_, seed) => placeAt({ latitude, longitude: latitude > 0 ? 13.4 : 151.2, seed, life: { name: 'commuter', holidayWeeks: 2 } }))
    const inSummer = homes.flatMap(home => outingsOf(home, 0, year.from, year.from + 3 * 365 * day)).filter(({ purpose }) => purpose === 'holiday').map(({ leaveAt }) => new Date(leaveAt).getUTCMonth())
    return inSummer.filter(month => latitude > 0 ? month >= 5 && month <= 8 : month >= 11 || month <= 2).length / inSummer.length
  })
  t.same(months, [1, 1], 'two weeks off are in summer, on either side of the equator')
  const feasts = outingsOf(only({ workdays: [0, 1, 2, 3, 4, 5, 6] }), 0)
  t.equal(feasts.length, 361, 'nobody works on four days')
  t.notOk(feasts.some(({ leaveAt }) => isFeast(localOf(only({}), leaveAt).date)))
  each.done()
})
