import t, { type Test } from 'tap'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from '../../src/lib/random.ts'
import { day, hour, iso } from '../../src/lib/time.ts'
import { build, type Answer, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const berlin = { latitude: 52.52, longitude: 13.405 }

/** Monday, at midnight in Berlin. */
const monday = '2026-01-04T23:00:00.000Z'

/** To work and back each workday, and nothing else. */
const driver = { workdays: [0, 1, 2, 3, 4], leavesAt: '07:30', backAt: '16:30', commuteKm: 20, atHomeShare: 0, chargesAtWork: 0, errandsPerWeek: 0, weekendShare: 0, longTripsPerYear: 0, plugsIn: 'always', chargesFrom: null }
const life = { name: 'commuter', holidayWeeks: 0, drivers: [driver] }

/** A home with a car, its charger and a meter; answers the ids. */
async function settle (server: Server, wish: Body = {}): Promise<{ car: string, box: string, meter: string }> {
  const account = await server.mock('POST', '/accounts', {
    vendor: 'TESLA',
    userId: 'kim',
    life,
    devices: [{ type: 'vehicle', model: 'Model 3 Long Range', state: { ...berlin, batteryLevel: 60, chargeLimit: 80 } }, { type: 'charger' }, { type: 'meter' }],
    ...wish
  })
  if (account.status !== 200) throw new Error(account.text)
  const [car, box, meter] = (account.body.devices as Body[]).map(({ id }) => String(id)) as [string, string, string]
  return { car, box, meter }
}

async function locate (server: Server): Promise<string> {
  return String((await server.call('POST', '/users/kim/locations', { name: 'Home', timezoneName: 'Europe/Berlin', ...berlin })).body.id)
}

const truthOf = async (server: Server, id: string): Promise<Body> => (await server.mock('GET', `/devices/${id}`)).body
const tripsOf = async (server: Server, id: string, from = '2026-01-01T00:00:00Z', to = '2027-12-31T00:00:00Z'): Promise<Body[]> => (await server.mock('GET', `/devices/${id}/trips?from=${from}&to=${to}`)).body.trips

t.test('the week of a commuter, as webhooks tell it', async t => {
  const hooks = await receiver(t)
  const server = await build(t, { now: monday, seed: 3 })
  const webhook = await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vehicle:updated', 'user:vehicle:smart-charging-status-updated'] })
  t.equal(webhook.status, 200)
  const { car } = await settle(server)
  const home = await locate(server)
  await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00', minimumChargeLimit: 0 })

  /** What happened to the car and its plan since last time: each change of where it is, of its cable and of the plan. */
  let told = hooks.received.length
  let before: Body = {}
  const chapter = async (by: string): Promise<string[]> => {
    await server.advance(by)
    const news: string[] = []
    for (const event of hooks.received.slice(told).flatMap(({ events }) => events)) {
      if (event.event === 'user:vehicle:updated') {
        const { location: { id }, chargeState: { powerDeliveryState: power, isPluggedIn } } = event.vehicle
        // What is said to be new is, and nothing else is.
        for (const [path, isNew] of [['location.id', id !== before.id], ['chargeState.powerDeliveryState', power !== before.power], ['chargeState.isPluggedIn', isPluggedIn !== before.isPluggedIn]] as const) {
          if (before.power !== undefined && event.updatedFields.includes(path) !== isNew) t.fail(`${event.createdAt}: ${path} among ${event.updatedFields}`)
        }
        if (id !== before.id) news.push(id === null ? 'away' : 'home')
        if (power !== before.power) news.push(power)
        before = { id, power, isPluggedIn }
      } else if (event.event === 'user:vehicle:smart-charging-status-updated' && event.updatedFields.includes('state')) news.push(event.smartChargingStatus.state)
    }
    told = hooks.received.length
    return news
  }
  await chapter('PT1H')
  const night = ['PLAN:EXECUTING:STARTING', 'PLUGGED_IN:CHARGING', 'PLAN:EXECUTING:STARTED', 'PLUGGED_IN:COMPLETE', 'PLAN:ENDED:FINISHED']
  const comesHome = ['home', 'PLUGGED_IN:CHARGING', 'PLAN:EXECUTING:STOPPING', 'PLUGGED_IN:STOPPED', 'PLAN:EXECUTING:STOPPED']
  t.same(await chapter('PT23H'), ['away', ...comesHome], 'Monday: leaves, comes home, is plugged in and begins to charge, until the plan stops it')
  for (const name of ['Tuesday', 'Wednesday']) {
    const news = await chapter('P1D')
    t.same(news.filter(each => each !== 'CONSIDERING' && each !== 'UNPLUGGED'), [...night, 'away', ...comesHome], `${name}: charged by night, the same again`)
  }
  const early = await server.mock('POST', `/devices/${car}/trips`, { at: '2026-01-08T03:10:00+01:00', km: 12, stay: 'PT1H' })
  t.match(early, { status: 200, body: { next: { purpose: 'errand', at: '2026-01-08T02:10:00.000Z' } } })
  const thursday = await chapter('PT5H')
  t.same(thursday.slice(0, 6), ['PLAN:EXECUTING:STARTING', 'PLUGGED_IN:CHARGING', 'PLAN:EXECUTING:STARTED', 'UNPLUGGED', 'PLAN:ENDED:UNPLUGGED', 'away'], 'Thursday: its owner leaves in the middle of the charge')
  t.ok(thursday.indexOf('home') > 0, 'and comes back')
  await chapter('PT19H')
  t.equal((await server.mock('PUT', `/devices/${car}/life`, { ...life, drivers: [{ ...driver, plugsIn: 'never' }] })).status, 200)
  const friday = await chapter('P1D')
  t.same(friday.slice(friday.indexOf('away')).filter(each => each !== 'CONSIDERING'), ['away', 'UNPLUGGED', 'home'], 'Friday: it is forgotten, unplugged')
  t.same(await chapter('P1D'), [], 'and stays so on Saturday')

  const shown = await server.call('GET', `/vehicles/${car}`)
  t.match(shown.body, { location: { id: home }, chargeState: { isPluggedIn: false, powerDeliveryState: 'UNPLUGGED' } })
  t.equal(new Set(hooks.received.map(({ headers }) => headers['x-enode-delivery'])).size, hooks.received.length, 'each delivery came once')
  const moments = hooks.events().map(({ createdAt }) => String(createdAt))
  t.same(moments, moments.toSorted(), 'in order')
  const trips = await tripsOf(server, car)
  t.equal(trips.length, 12, 'five days at work and one trip, there and back')
  for (const { km, kwh } of trips) t.ok(kwh / km > 0.14 && kwh / km < 0.3, `${kwh} kWh for ${km} km`)
})

/** Everything that a world shows of a home. */
async function everything (server: Server, ids: { car: string, box: string, meter: string }, until: string): Promise<Body> {
  const statistics = async (kind: string, path: string): Promise<Answer> => await server.call('GET', `/users/kim/statistics/charging${path}?type=${kind}&startDate=${monday}&endDate=${until}`)
  const parts: Body = {}
  for (const [list, id] of [['vehicles', ids.car], ['chargers', ids.box], ['meters', ids.meter]] as const) parts[list] = (await server.call('GET', `/${list}/${id}`)).body
  for (const kind of ['vehicle', 'charger']) {
    parts[`days of ${kind}`] = (await statistics(kind, '')).body
    parts[`sessions of ${kind}`] = (await statistics(kind, '/sessions')).body
  }
  parts.trips = await tripsOf(server, ids.car)
  parts.day = (await server.mock('GET', `/devices/${ids.meter}/day`)).body
  return parts
}

t.test('however time is cut and whoever looks, the same trips, sessions, statistics and views', async t => {
  const until = iso(Date.parse(monday) + 70 * day)
  const live = async (seed: number, cut: (random: Random) => number, reads: boolean): Promise<Body> => {
    const server = await build(t, { now: monday, seed })
    const ids = await settle(server, { life: seed % 2 === 0 ? 'commuter' : 'long-distance' })
    await locate(server)
    const random = new Random(seed)
    for (let at = Date.parse(monday); at < Date.parse(until);) {
      const next = Math.min(Date.parse(until), at + cut(random))
      await server.advance(`PT${(next - at) / 1000}S`)
      at = next
      if (reads && random.next() < 0.2) await everything(server, ids, iso(at))
    }
    return await everything(server, ids, until)
  }
  for (const seed of [1, 2]) {
    const whole = await live(seed, () => 70 * day, false)
    t.ok(whole.trips.length > 60 && whole['sessions of vehicle'].length > 10, `seed ${seed}: ${whole.trips.length} trips, ${whole['sessions of vehicle'].length} sessions`)
    t.same(await live(seed, () => day, false), whole, `seed ${seed}, by days`)
    t.same(await live(seed, random => 60_000 * random.integer(1, 60 * 60), true), whole, `seed ${seed}, by chance and watched`)
  }
})

t.test('energy agrees wherever it is told: ledger, sessions, statistics, bill, meter and both ends of the cable', async t => {
  for (const [seed, name] of ['commuter', 'long-distance', 'two-cars', 'forgetful', 'night-shift'].entries()) {
    const server = await build(t, { now: monday, seed })
    const ids = await settle(server, { life: { name, drivers: [{ chargesAtWork: 0.5 }] } })
    const home = await locate(server)
    const random = new Random(seed)
    const until = Date.parse(monday) + 14 * day
    for (let at = Date.parse(monday); at < until; at += 6 * hour) {
      await server.advance('PT6H')
      if (random.next() < 0.2) await server.call('POST', `/vehicles/${ids.car}/charging`, { action: 'START' })
      if (random.next() < 0.1) await server.call('POST', `/chargers/${ids.box}/max-current`, { maxCurrent: random.integer(6, 32) })
    }
    const all = await everything(server, ids, iso(until))
    const sum = (rows: Body[], of: (row: Body) => number): number => rows.reduce((total, row) => total + of(row), 0)
    const near = (a: number, b: number, says: string): void => { t.ok(Math.abs(a - b) < 1e-3, `${name}: ${says}: ${a} and ${b}`) }
    // What lasts no longer than one sample of five minutes is no session.
    const quarters = (await server.call('GET', `/users/kim/statistics/charging?type=vehicle&resolution=QUARTER_HOUR&startDate=${monday}&endDate=${iso(until)}`)).body as unknown as Body[]
    const isIn = (row: Body, session: Body): boolean => Date.parse(row.date) < Date.parse(session.to) && Date.parse(row.date) + hour / 4 > Date.parse(session.from)
    const short = quarters.filter(row => !all['sessions of vehicle'].some((session: Body) => isIn(row, session)))
    for (const figure of ['kwhSum', 'costSum']) near(sum(all['days of vehicle'], row => row[figure]), sum([...all['sessions of vehicle'], ...short], row => row[figure]), `${figure} of days and sessions of the car`)
    const atHome = all['sessions of vehicle'].filter((row: Body) => row.locationId === home)
    near(sum([...atHome, ...short], row => row.kwhSum), sum(all['days of charger'], row => row.kwhSum), 'what the car drew at home and what the charger gave')
    for (const row of atHome) t.ok(row.costSum > 0 || row.price.min <= 0, `${name}: a session at home has a price`)
    for (const row of all['sessions of vehicle']) if (row.locationId !== home) t.equal(row.costSum, 0, `${name}: one elsewhere is on no bill`)
    const { devices, gridKw, houseKw } = all.day as { devices: Body[], gridKw: number[], houseKw: number[] }
    gridKw.forEach((kw, i) => {
      const drawn = devices.filter(({ type }) => type !== 'meter').reduce((total, device) => total + Number(device.kw[i]), houseKw[i] ?? 0)
      if (Math.abs(kw - drawn) > 5e-3) t.fail(`${name}: in bucket ${i} the grid gives ${kw} kW and the home takes ${drawn}`)
    })
  }
})

t.test('taking the wheel and giving it back', async t => {
  const server = await build(t, { now: monday, seed: 3 })
  const { car, box } = await settle(server)
  await server.advance('PT8H')
  t.match(await truthOf(server, car), { state: { power: 'UNPLUGGED', driver: { isAway: true, isHeld: false } } }, 'at work')
  const pulled = await server.mock('PATCH', `/devices/${car}`, { state: { ...berlin, isPluggedIn: true, pluggedInChargerId: box, batteryLevel: 30 } })
  t.match(pulled, { status: 200, body: { state: { driver: { isHeld: true, trip: null }, power: 'PLUGGED_IN:CHARGING' } } }, 'the test puts it where it wants')
  await server.advance('P2D')
  t.match(await truthOf(server, car), { state: { power: 'PLUGGED_IN:COMPLETE', driver: { isHeld: true } } }, 'and there it stays')
  t.match(await truthOf(server, box), { state: { vehicle: { deviceId: car } } })
  const resumed = await server.mock('POST', `/devices/${car}/resume`)
  t.match(resumed, { status: 200, body: { state: { driver: { isHeld: false } } } })
  t.match(await server.mock('POST', `/devices/${car}/resume`), { status: 200 }, 'twice is once')
  await server.advance('P1D')
  const { trips, isHeld } = (await server.mock('GET', `/devices/${car}/trips`)).body
  t.equal(isHeld, false)
  t.ok(trips.some((trip: Body) => trip.departedAt > '2026-01-07T07:00:00Z'), 'its life goes on')
  const said = (await server.mock('GET', '/timeline?pageSize=200')).body
  const entries = (said.data ?? said) as Body[]
  t.match(entries.filter(({ kind }) => kind === 'life').map(({ says }) => says).toSorted(), [/its life goes on/, /wheel was taken/], 'the timeline says so')

  await server.mock('PATCH', `/devices/${car}`, { state: { latitude: 48.1, longitude: 11.6, isPluggedIn: false } })
  t.match(await truthOf(server, car), { state: { place: { latitude: 48.1 }, driver: { isHeld: true } } })
  await server.mock('POST', `/devices/${car}/resume`)
  await server.advance('P1D')
  const far = (await tripsOf(server, car)).find(({ from }) => from.latitude === 48.1)
  t.match(far, { purpose: 'home', to: berlin }, 'from far away it drives home, where else')
  t.ok(far?.chargedKwh > 20, 'with stops at fast chargers')

  for (const [url, body, message] of [
    [`/devices/${box}/trips`, { km: 3 }, /only a vehicle drives/], [`/devices/${car}/trips`, {}, /one of "to" and "km"/], [`/devices/${car}/trips`, { km: 3, to: berlin }, /one of "to" and "km"/],
    [`/devices/${car}/trips`, { km: 3, at: '2020-01-01T00:00:00Z' }, /must not be before now/], [`/devices/${car}/trips`, { km: 3, stay: 'soon' }, /ISO 8601 duration/],
    [`/devices/${car}/trips`, { to: berlin, bearing: 3 }, /"bearing" goes only with "km"/], [`/devices/${box}/resume`, undefined, /only a vehicle drives/]
  ] as const) t.match(await server.mock('POST', url, body), { status: 400, body: { detail: message } }, `${url} ${JSON.stringify(body)}`)
  for (const [body, message] of [[{ name: 'busy' }, /must be one of/], [{ name: 'commuter', drivers: [{ commuteKm: -1 }] }, /commuteKm/], [{ name: 'commuter', comfortC: 15, setbackC: 20 }, /setbackC/], [{ name: 'commuter', pace: 1 }, /pace/]] as const) {
    t.match(await server.mock('PUT', `/devices/${car}/life`, body), { status: 400, body: { detail: message } }, JSON.stringify(body))
  }
  t.match(await server.mock('POST', `/devices/${await server.car()}/resume`), { status: 400, body: { detail: /no life to go on with/ } })
})

t.test('a car that stands still can be sent on a trip, and stands where it comes to', async t => {
  const server = await build(t, { now: monday, seed: 3 })
  const car = await server.car({ state: { ...berlin, batteryLevel: 80 } })
  const before = await truthOf(server, car)
  await server.mock('POST', `/devices/${car}/trips`, { to: { latitude: 52.4, longitude: 13.06 } })
  t.match(await server.call('GET', `/vehicles/${car}`), { body: { chargeState: { isPluggedIn: false } } })
  await server.advance('PT10M')
  t.match((await server.mock('GET', `/devices/${car}/trips`)).body, { trips: [{ purpose: 'errand', arrivedAt: null }], next: null })
  await server.advance('PT5H')
  const [there, back] = await tripsOf(server, car)
  t.match([there, back], [{ purpose: 'errand', from: berlin, to: { latitude: 52.4 } }, { purpose: 'home', to: berlin }])
  const after = await truthOf(server, car)
  t.ok(Math.abs(after.state.odometerKm - before.state.odometerKm - there?.km - back?.km) < 0.1)
  t.match(after.state.place, berlin)
  await server.advance('P3D')
  t.equal((await truthOf(server, car)).state.energyKwh, after.state.energyKwh, 'nothing else happens to it')
  await server.mock('POST', `/devices/${car}/trips`, { at: '2026-01-10T10:00:00Z', km: 10, bearing: 0, stay: null, plugsIn: true })
  await server.advance('P4D')
  t.match(await truthOf(server, car), { state: { power: /PLUGGED_IN/, driver: { isAway: true, trip: null, backAt: null } } })
})

/** A fortnight in which a life is changed in the middle of days, the wheel is taken, and a trip is asked for. */
async function story (server: Server, ids: { car: string }, from: number, to: number): Promise<void> {
  const calls: Array<[at: number, method: 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown]> = [
    [10, 'PUT', 'life', { name: 'night-shift' }], [35, 'POST', 'trips', { km: 400, bearing: 45, stay: 'PT6H', plugsIn: true }], [60, 'PATCH', '', { state: { isPluggedIn: false } }],
    [80, 'POST', 'resume'], [110, 'PUT', 'life', { name: 'still' }], [130, 'PUT', 'life', { name: 'commuter', drivers: [{ plugsIn: 'always', chargesFrom: '23:00' }] }],
    [200, 'POST', 'trips', { at: iso(Date.parse(monday) + 240 * hour), km: 30 }], [260, 'PUT', 'life', { name: 'forgetful' }]
  ]
  let at = from
  for (const [hours, method, path, body] of calls) {
    if (hours <= from || hours > to) continue
    await server.advance(`PT${hours - at}H`)
    at = hours
    const answer = await server.mock(method, `/devices/${ids.car}${path === '' ? '' : `/${path}`}`, body)
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`)
  }
  if (at < to) await server.advance(`PT${to - at}H`)
}

async function fresh (t: Test, options: Body = {}): Promise<{ server: Server, ids: { car: string, box: string, meter: string } }> {
  const server = await build(t, { now: monday, seed: 5, ...options })
  const ids = await settle(server)
  await locate(server)
  return { server, ids }
}

t.test('snapshot and restore, replay, and a start after the end change nothing of a life', async t => {
  const until = iso(Date.parse(monday) + 336 * hour)
  const one = await fresh(t)
  await story(one.server, one.ids, 0, 336)
  const whole = await everything(one.server, one.ids, until)
  t.ok(whole.trips.length > 20, `${whole.trips.length} trips`)

  const two = await fresh(t)
  await story(two.server, two.ids, 0, 70)
  t.equal((await two.server.mock('POST', '/snapshots', { name: 'middle' })).status, 200)
  await story(two.server, two.ids, 70, 200)
  t.equal((await two.server.mock('POST', '/snapshots/middle/restore', {})).status, 204)
  await story(two.server, two.ids, 70, 336)
  t.same(await everything(two.server, two.ids, until), whole, 'from a snapshot')

  const log = (await one.server.mock('GET', '/log')).body
  const replayed = await one.server.mock('POST', '/replay', log)
  t.match(replayed, { status: 200, body: { isSame: true } }, replayed.text.slice(0, 3000))

  const data = await mkdtemp(join(tmpdir(), 'mock-enode-'))
  t.teardown(async () => { await rm(data, { recursive: true }) })
  const ids = await (async () => {
    const { app, server, ids } = await fresh(t, { data }).then(({ server, ids }) => ({ app: server.app, server, ids }))
    await story(server, ids, 0, 120)
    await app.close()
    return ids
  })()
  const again = await build(t, { data, now: monday, seed: 5 })
  await story(again, ids, 120, 336)
  t.same(await everything(again, ids, until), whole, 'after a start in between')
})

t.test('who shares a home shares its chargers: one for each car, in order, and a socket where none is left', async t => {
  const server = await build(t, { now: monday, seed: 3 })
  const always = { name: 'two-cars', holidayWeeks: 0, drivers: [driver, { ...driver, leavesAt: '08:00' }] }
  const devices = [{ type: 'vehicle', state: { ...berlin, batteryLevel: 50 } }, { type: 'vehicle', state: { ...berlin, batteryLevel: 50 } }]
  const first = await server.mock('POST', '/accounts', { vendor: 'TESLA', userId: 'kim', life: always, devices })
  const [one, two] = (first.body.devices as Body[]).map(({ id }) => String(id))
  const second = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'kim', devices: [{ type: 'charger' }] })
  const box = String(second.body.devices[0].id)
  const night = async (): Promise<Body[]> => {
    await server.advance('P1D')
    return await Promise.all([one, two, box].map(async id => await truthOf(server, String(id)).catch(() => ({}))))
  }
  t.match(await night(), [{ state: { charger: { deviceId: box } } }, { state: { charger: null, power: /PLUGGED_IN/ } }, { state: { vehicle: { deviceId: one } } }], 'the charger of another account is found')
  await server.advance('PT8H')
  t.match(await truthOf(server, box), { state: { power: 'UNPLUGGED', vehicle: null } }, 'by day it is free')
  t.match(await server.mock('PATCH', `/devices/${box}`, { state: { isPluggedIn: true } }), { status: 200 }, 'a guest takes it')
  t.match((await truthOf(server, String(one))).state.driver.charger, { isFree: false })
  await server.advance('PT16H')
  t.match(await truthOf(server, String(one)), { state: { power: 'UNPLUGGED', driver: { isAway: false } } }, 'and there is no room for who lives there')
  t.match(await server.mock('PATCH', `/devices/${box}`, { state: { isPluggedIn: false, maxCurrent: 6 } }), { status: 200 })
  const [again] = await night()
  t.match(again, { state: { charger: { deviceId: box } } }, 'the guest is gone')
  const account = await server.mock('POST', `/accounts/${second.body.id}/devices`, { type: 'charger' })
  t.match(await night(), [{ state: { charger: { deviceId: box } } }, { state: { charger: { deviceId: account.body.id } } }], 'a second one is for the second car')
  t.equal((await server.mock('DELETE', `/devices/${box}`)).status, 204)
  t.match(await night(), [{ state: { charger: null, power: /PLUGGED_IN/ } }, { state: { charger: { deviceId: account.body.id } } }], 'without its charger a car takes a socket')
  t.match(await server.mock('GET', `/devices/${account.body.id}/life`), { body: { given: { name: 'two-cars' }, figures: { drivers: [{ commuteKm: 20 }, { leavesAt: '08:00' }] } } }, 'what comes later lives the same life')
})

t.test('a life that ends leaves a car on its cable, and both ends know it', async t => {
  const server = await build(t, { now: monday, seed: 3 })
  const { car, box } = await settle(server)
  await server.advance('PT20H')
  t.match(await truthOf(server, car), { state: { charger: { deviceId: box } } })
  t.match(await server.mock('PUT', `/devices/${car}/life`, { name: 'still' }), { status: 200 })
  t.match(await truthOf(server, car), { state: { charger: { deviceId: box }, driver: null } })
  t.match(await truthOf(server, box), { state: { vehicle: { deviceId: car }, regular: null } })
  await server.advance('P2D')
  t.match(await truthOf(server, box), { state: { vehicle: { deviceId: car }, power: 'PLUGGED_IN:STOPPED' } }, 'it stays there')
  t.match(await server.mock('PATCH', `/devices/${box}`, { state: { isPluggedIn: false } }), { status: 200 })
  t.match(await truthOf(server, car), { state: { power: 'UNPLUGGED', charger: null } })
})
