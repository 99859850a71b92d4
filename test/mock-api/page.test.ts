import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { models } from '../../src/devices/index.ts'
import { placeAt } from '../../src/devices/place.ts'
import { vendorsByType } from '../../src/contract/vendors.ts'
import { Random } from '../../src/lib/random.ts'
import { build } from '../helpers/build.ts'

const folder = fileURLToPath(new URL('../../page/', import.meta.url))
const files = readdirSync(folder)
const text = (file: string): string => readFileSync(folder + file, 'utf8')

t.test('the page and all that it loads comes from this server, locked to it', async t => {
  const { inject } = await build(t)
  const page = await inject('GET', '/_mock/', undefined, {})
  t.equal(page.status, 200)
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.equal(page.text, text('index.html'))
  const named = [...page.text.matchAll(/(?:href|src)="page\/([^"]+)"/g)].map(match => String(match[1]))
  t.same(named, ['icon.svg', 'styles.css', 'app.js'])
  const types: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' }
  for (const file of files.filter(each => each !== 'index.html')) {
    const answer = await inject('GET', `/_mock/page/${file}`, undefined, {})
    t.equal(answer.status, 200, file)
    t.equal(answer.headers['content-type'], types[file.split('.')[1] ?? ''], file)
    t.equal(answer.text, text(file), file)
    for (const [, imported] of answer.text.matchAll(/\bfrom '\.\/([^']+)'/g)) t.ok(files.includes(String(imported)), `${file} imports ${imported}`)
  }
  for (const { headers } of [page, await inject('GET', '/_mock/page/app.js', undefined, {})]) {
    const policy = String(headers['content-security-policy'])
    t.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';/)
    t.match(policy, /form-action 'none'; frame-ancestors 'none'; base-uri 'none'$/)
    t.notMatch(policy, /unsafe|\*|http/)
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.equal(headers['referrer-policy'], 'no-referrer')
    t.equal(headers['enode-version'], undefined)
  }
})

t.test('what the page is made of needs no other host, no build and no script or style in the markup', async t => {
  for (const file of files) {
    const code = text(file)
    t.match(file, /^[a-z-]+\.(html|js|css|svg)$/)
    t.ok(code.split('\n').length - 1 <= 300, `${file} has at most 300 lines`)
    t.same([...code.matchAll(/\b(?:https?:)?\/\/[\w.-]+\.\w+/g)].map(String).filter(url => url !== 'http://www.w3.org'), [], `${file} names no other host`)
    t.notMatch(code, /\sstyle="|\son\w+="|<script>|<style|javascript:|\beval\(|new Function/, file)
  }
})

t.test('every fixture is named where a world is made', t => {
  const names = readdirSync(fileURLToPath(new URL('../../fixtures/', import.meta.url))).filter(file => !file.includes('schema')).map(file => file.replace('.json', ''))
  t.same(names.filter(name => !text('view-worlds.js').includes(name)), [])
  t.end()
})

t.test('the address without a slash leads to the page, and the home page does too', async t => {
  const { inject } = await build(t)
  const { status, headers } = await inject('GET', '/_mock', undefined, {})
  t.equal(status, 302)
  t.equal(headers.location, '_mock/')
  t.match((await inject('GET', '/', undefined, {})).text, /<a href="_mock\/">/)
})

t.test('what is no file of the page is not found, and leads out of its folder never', async t => {
  const { inject } = await build(t)
  for (const file of ['nothing.js', 'index.html', '..%2fpackage.json', '%2e%2e%2fpackage.json', 'app.js%00', 'APP.js', 'app.ts']) {
    const { status, headers, body } = await inject('GET', `/_mock/page/${file}`, undefined, {})
    t.equal(status, 404, file)
    t.match(headers['content-type'], /problem\+json/)
    t.equal(body.title, 'File not found')
  }
})

t.test('with a control token the page comes without, and what it shows only with it', async t => {
  const { inject } = await build(t, { controlToken: 'open-sesame' })
  t.equal((await inject('GET', '/_mock/', undefined, {})).status, 200)
  t.equal((await inject('GET', '/_mock/page/app.js', undefined, {})).status, 200)
  for (const url of ['/_mock/devices', '/_mock/actions', '/_mock/worlds']) {
    t.equal((await inject('GET', url, undefined, {})).status, 401, url)
    t.equal((await inject('GET', url, undefined, { authorization: 'Bearer open-sesame' })).status, 200, url)
  }
})

t.test('actions are listed, the newest first, with why they failed', async t => {
  const { call, mock, car, advance } = await build(t)
  const [anna, ben] = [await car({ userId: 'anna', state: { isPluggedIn: true, isCharging: false, batteryLevel: 20 } }), await car({ userId: 'ben', state: { isPluggedIn: true, isCharging: false, batteryLevel: 20 } })]
  const first = (await call('POST', `/vehicles/${anna}/charging`, { action: 'START' })).body
  await advance('PT1M')
  const second = (await call('POST', `/vehicles/${ben}/charging`, { action: 'START' })).body
  await mock('PATCH', `/devices/${ben}`, { state: { isPluggedIn: false } })
  const third = (await call('POST', `/vehicles/${anna}/charging`, { action: 'STOP' })).body

  const all = await mock('GET', '/actions')
  t.equal(all.status, 200)
  const ids = (list: unknown): unknown[] => (list as Array<{ id: string }>).map(({ id }) => id)
  t.same(ids(all.body), [third.id, second.id, first.id])
  t.same(all.body[1].failureReason, { type: 'FAILED_PRECONDITION', detail: 'The asset was unplugged before the action could be completed' })
  t.same(all.body[1], (await call('GET', `/vehicles/actions/${second.id}`)).body, 'each as the API shows it')
  t.same(ids((await mock('GET', `/actions?assetId=${anna}`)).body), [third.id, first.id])
  t.same(ids((await mock('GET', '/actions?state=PENDING')).body), [third.id])
  t.same(ids((await mock('GET', `/actions?assetId=${anna}&state=CONFIRMED&limit=1`)).body), [first.id])
  t.same((await mock('GET', '/actions?assetId=nobody')).body, [])
  for (const query of ['state=DONE', 'limit=0', 'limit=1001']) t.equal((await mock('GET', `/actions?${query}`)).status, 400, query)
})

t.test('the day of a home adds up to what its meter read', async t => {
  const { mock, advance } = await build(t, { now: '2026-06-10T04:00:00Z' })
  const at = { latitude: 48.2082, longitude: 16.3738 }
  const { devices } = (await mock('POST', '/accounts', {
    vendor: 'TESLA',
    userId: 'anna',
    devices: [{ type: 'vehicle', state: { ...at, batteryLevel: 20, isPluggedIn: true, isCharging: false } }, ...['charger', 'inverter', 'battery', 'meter'].map(type => ({ type, state: at }))]
  })).body
  await mock('POST', '/accounts', { vendor: 'TADO', userId: 'anna', devices: [{ type: 'hvac', state: at }] })
  await mock('POST', '/accounts', { vendor: 'SMA', userId: 'anna', devices: [{ type: 'inverter', state: { latitude: 52.5, longitude: 13.4 } }] })
  const id = (type: string): string => devices.find((each: { type: string }) => each.type === type).id
  const day = async (device: string) => (await mock('GET', `/devices/${device}/day`)).body

  const before = await day(id('meter'))
  t.same(before.devices.map((each: { type: string }) => each.type), ['vehicle', 'charger', 'inverter', 'battery', 'meter', 'hvac'], 'what stands elsewhere is of another home')
  t.equal(before.recordedFrom, '2026-06-10T04:00:00.000Z')
  t.ok(before.gridKw.every((value: unknown) => value === null), 'nothing was recorded before')
  t.equal(before.houseKw.length, 288)
  t.ok(before.houseKw.every((value: number) => value > 0), 'but the people of the house were there')

  await advance('PT4H')
  await mock('PATCH', `/devices/${id('vehicle')}`, { state: { isCharging: true } })
  await advance('PT2H3M')
  const after = await day(id('vehicle'))
  t.equal(after.to, '2026-06-10T10:03:00.000Z')
  t.equal(after.timezone, 'Europe/Vienna')
  t.equal(Date.parse(after.to) - Date.parse(after.from), 24 * 3_600_000 - 2 * 60_000, 'whole buckets and what there is of the last')
  const curve = (type: string, key = 'kw'): Array<number | null> => after.devices.find((each: { type: string }) => each.type === type)[key]
  const known = after.gridKw.map((_: unknown, i: number) => i).filter((i: number) => after.gridKw[i] !== null)
  t.equal(known.length, 73, 'from the moment that the devices were there')
  for (const i of known) {
    const sum = after.devices.filter((each: { type: string }) => each.type !== 'meter').reduce((total: number, each: { kw: number[] }) => total + (each.kw[i] ?? 0), after.houseKw[i])
    t.ok(Math.abs(after.gridKw[i] - sum) < 0.01, `bucket ${i}: grid ${after.gridKw[i]}, all else ${sum}`)
    t.ok(Math.abs(after.gridKw[i] - (curve('meter')[i] ?? NaN)) < 0.01, `bucket ${i}: grid ${after.gridKw[i]}, meter ${curve('meter')[i]}`)
  }
  t.ok(Math.max(...curve('vehicle').map(Number)) > 5, 'the car charged')
  t.ok(Math.min(...curve('inverter').map(Number)) < -0.5, 'the sun shone')
  t.ok((curve('battery', 'levelPercent').at(-1) ?? -1) >= 0)
  t.ok((curve('vehicle', 'levelPercent').at(-1) ?? 0) > 20, 'the level of the car follows')
  t.equal(curve('vehicle', 'levelPercent')[0], null)
  t.ok((curve('hvac', 'roomCelsius').at(-1) ?? 0) > 5)
  t.equal(after.outdoorCelsius.length, after.houseKw.length)

  await mock('POST', '/reset', {})
  t.equal((await mock('GET', `/devices/${id('meter')}/day`)).status, 404)
})

t.test('the page has words, a picture and figures for every kind of device', async t => {
  const page = await import(`${folder}kinds.js`)
  const { icon } = await import(`${folder}icons.js`)
  for (const { kind, vendors, make } of models) {
    const state = make(new Random(1), vendorsByType[kind][0], 0, placeAt({ latitude: 59.9, longitude: 10.7, seed: 1 }))
    const device = { type: kind, vendor: vendors[0], state, observed: null, isReachable: true }
    const says = [page.kinds[kind], page.vendorSchemas[kind], icon(kind), page.nameOf(device), page.modelOf(device), page.statusOf(device)?.says, page.figureOf(device), page.detailOf(device)]
    t.same(says.filter(text => text === undefined || /undefined|NaN/.test(String(text))), [], kind)
    if (kind === 'vehicle') {
      const says = (driver: object, power = 'UNPLUGGED'): string => page.statusOf({ ...device, state: { ...state, power, driver } }).says
      t.equal(says({ isAway: true, trip: { isStopped: false } }), 'Driving')
      t.equal(says({ isAway: true, trip: { isStopped: true } }, 'PLUGGED_IN:CHARGING'), 'Fast charging on its way')
      t.equal(says({ isAway: true, trip: null }), 'Away, unplugged')
      t.equal(says({ isAway: false, trip: null }), 'Unplugged')
    }
    t.ok(page.comparisonOf(device).length > 1, `${kind} has something to compare`)
    t.ok(Array.isArray(page.settable(device)), `what of a ${kind} can be set is told, if only that nothing can`)
  }
})
