import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { boxFinishes, boxForms, carBodies, carPaints } from '../../src/contract/image.ts'
import { vendorNames } from '../../src/contract/vendor-names.ts'
import { chargerVendors, vehicleVendors } from '../../src/contract/vendors.ts'
import { catalogue as boxes } from '../../src/devices/charger/catalogue.ts'
import { picture as pictureOfBox } from '../../src/devices/charger/picture.ts'
import { catalogue as cars } from '../../src/devices/vehicle/catalogue.ts'
import { picture as pictureOfCar } from '../../src/devices/vehicle/picture.ts'
import { withImageUrls } from '../../src/domain/tell/image-urls.ts'
import { startMock } from '../../src/index.ts'
import { build, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

const car = '/assets/vehicle-suv-teal'
const box = '/assets/charger-square-white'

/** An image as a browser fetches it: without a token. */
async function fetchImage (server: Server, url: string, headers: Record<string, string> = {}) {
  const { statusCode, headers: answered, rawPayload } = await server.app.inject({ url, headers: { host: 'localhost:3663', ...headers } })
  return { status: statusCode, headers: answered, bytes: rawPayload }
}

async function sizeOf (t: Test, server: Server, url: string): Promise<[number, number]> {
  const { status, bytes } = await fetchImage(server, url)
  t.equal(status, 200, `${url}: ${status === 200 ? '' : bytes.toString()}`)
  const { width, height } = await sharp(bytes).metadata()
  return [width, height]
}

t.test('every vendor and model has an image, the same for equal models, and every drawing shows something on nothing', async t => {
  const ofCars = vehicleVendors.flatMap(vendor => cars[vendor].map(([model]) => pictureOfCar(vendorNames[vendor], model)))
  const all = [...carBodies.flatMap(body => carPaints.map(paint => `vehicle-${body}-${paint}`)), ...boxForms.flatMap(form => boxFinishes.map(finish => `charger-${form}-${finish}`))]
  const used = new Set<string>([...ofCars, ...chargerVendors.map(pictureOfBox)])
  t.same([...used].filter(id => !all.includes(id)), [])
  t.same(carBodies.filter(body => !ofCars.some(id => id.startsWith(`vehicle-${body}-`))), [], 'no body is there in vain')
  t.same(carPaints.filter(paint => !ofCars.some(id => id.endsWith(`-${paint}`))), [], 'nor a paint')
  t.equal(Object.keys(boxes).length, chargerVendors.length)
  t.match([pictureOfCar('Tesla', 'Model 3 Long Range'), pictureOfCar('Ford', 'F-150 Lightning'), pictureOfCar('Fiat', '500e'), pictureOfCar('Mine', 'Own')], [/-saloon-/, /-pickup-/, /-city-car-/, /-suv-/])

  const server = await build(t)
  const looks = new Set<string>()
  for (const id of all) {
    const { status, headers, bytes } = await fetchImage(server, `/assets/${id}.png?width=120`)
    t.match({ status, type: headers['content-type'] }, { status: 200, type: 'image/png' }, id)
    const { channels: [, , , alpha] } = await sharp(bytes).stats()
    t.ok(alpha !== undefined && alpha.min === 0 && alpha.max === 255, `${id} is drawn on nothing`)
    looks.add(bytes.toString('base64'))
  }
  t.equal(looks.size, all.length, 'no two look the same')
})

t.test('an image comes as PNG, WebP or AVIF, in its own size unless asked otherwise', async t => {
  const server = await build(t)
  for (const [format, decoded] of [['png', 'png'], ['webp', 'webp'], ['avif', 'heif']] as const) {
    for (const [path, size] of [[car, [1200, 600]], [box, [800, 800]]] as const) {
      const { status, headers, bytes } = await fetchImage(server, `${path}.${format}`)
      t.match({ status, headers }, { status: 200, headers: { 'content-type': `image/${format}`, 'content-length': String(bytes.length) } })
      const seen = await sharp(bytes).metadata()
      t.match({ format: seen.format, size: [seen.width, seen.height], hasAlpha: seen.hasAlpha }, { format: decoded, size, hasAlpha: true })
    }
  }
})

t.test('the five fit modes give the documented sizes', async t => {
  const server = await build(t)
  const cases: Array<[query: string, size: [number, number]]> = [
    ['width=400', [400, 200]], ['height=300', [600, 300]], ['width=2048', [2048, 1024]], ['width=1&height=1', [1, 1]],
    ['width=400&height=400', [400, 400]],
    ['fit=cover', [1200, 600]],
    ['width=400&height=400&fit=cover', [400, 400]],
    ['width=400&height=400&fit=contain', [400, 400]],
    ['width=400&height=400&fit=fill', [400, 400]],
    ['width=400&fit=fill', [400, 600]],
    ['width=400&height=400&fit=inside', [400, 200]],
    ['width=2000&height=2000&fit=inside', [1200, 600]],
    ['width=1500&height=1500&fit=outside', [3000, 1500]],
    ['width=400&height=400&fit=outside', [1200, 600]]
  ]
  for (const [query, size] of cases) t.same(await sizeOf(t, server, `${car}.png?${query}`), size, query)

  const at = async (fit: string, x: number, y: number): Promise<number> => {
    const { data } = await sharp((await fetchImage(server, `${box}.png?width=400&height=200&fit=${fit}`)).bytes).raw().toBuffer({ resolveWithObject: true })
    return data[(y * 400 + x) * 4 + 3] ?? -1
  }
  t.same([await at('cover', 90, 100), await at('contain', 90, 100), await at('fill', 90, 100)], [255, 0, 255], 'contain leaves the sides empty, cover and fill do not')
  t.same([await at('contain', 170, 60), await at('cover', 170, 2)], [255, 255], 'cover cuts off what is above')
})

t.test('quality changes WebP and AVIF, auto is the default, and a PNG takes no notice', async t => {
  const server = await build(t)
  const bytes = async (rest: string): Promise<Buffer> => (await fetchImage(server, `${car}${rest}`)).bytes
  for (const format of ['webp', 'avif']) {
    const [low, high] = [await bytes(`.${format}?width=400&quality=1`), await bytes(`.${format}?width=400&quality=100`)]
    t.ok(low.length * 2 < high.length, `${format}: ${low.length} and ${high.length} bytes`)
    t.same(await bytes(`.${format}?width=400&quality=auto`), await bytes(`.${format}?width=400`))
  }
  t.same(await bytes('.png?width=400&quality=1'), await bytes('.png?width=400'))
})

t.test('wrong parameters are refused, each by its name, and an unknown image is not found', async t => {
  const server = await build(t)
  const wrong: Array<[query: string, ...names: string[]]> = [
    ['width=0', 'width'], ['width=2049', 'width'], ['width=-5', 'width'], ['width=1.5', 'width'], ['width=wide', 'width'], ['width=', 'width'], ['width=1&width=2', 'width'],
    ['height=0', 'height'], ['height=2049', 'height'], ['height=1e9', 'height'],
    ['fit=crop', 'fit'], ['fit=', 'fit'], ['fit=COVER', 'fit'],
    ['quality=0', 'quality'], ['quality=101', 'quality'], ['quality=best', 'quality'], ['quality=', 'quality'], ['quality=80.5', 'quality'],
    ['width=10000&height=10000', 'width', 'height'],
    ['width=0&height=9999&fit=no&quality=no', 'width', 'height', 'fit', 'quality']
  ]
  for (const [query, ...names] of wrong) {
    for (const format of ['png', 'webp']) {
      const answer = await server.inject('GET', `${car}.${format}?${query}`, undefined, {})
      t.match(answer, { status: 400, body: { type: /bad-request$/, title: 'Payload validation failed' }, headers: { 'content-type': /^application\/problem\+json/, 'cache-control': undefined } }, query)
      t.same(answer.body.issues.map((issue: Body) => issue.path), names.map(name => [name]), query)
    }
  }
  t.match(await server.inject('GET', `${car}.jpg`, undefined, {}), { status: 400, body: { issues: [{ path: ['format'], message: '"format" must be one of [png, webp, avif]' }] } })
  for (const id of ['vehicle-suv-pink', 'vehicle-suv', 'charger-suv-teal', 'toString', 'a.b', '..%2fpackage']) {
    t.match(await server.inject('GET', `/assets/${id}.png`, undefined, {}), { status: 404, body: { title: 'Image not found', detail: `Could not find image ${decodeURIComponent(id)}` }, headers: { 'cache-control': undefined } }, id)
  }
  for (const url of [car, '/assets/.png', '/assets/', '/assets']) t.equal((await server.inject('GET', url, undefined, {})).status, 404, url)
  t.equal((await server.inject('POST', `${car}.png`, {}, {})).status, 404)
})

t.test('an image may be kept for long, and is not sent to who has it', async t => {
  const server = await build(t)
  const first = await fetchImage(server, `${car}.webp?width=200`)
  t.equal(first.headers['cache-control'], 'public, max-age=31536000, immutable')
  const etag = String(first.headers.etag)
  t.match(etag, /^"[0-9a-f]{32}"$/)
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await fetchImage(server, `${car}.webp?width=200`, { 'if-none-match': known })
    t.match({ status: again.status, length: again.bytes.length, headers: again.headers }, { status: 304, length: 0, headers: { etag, 'cache-control': /immutable/ } }, known)
  }
  t.equal((await fetchImage(server, `${car}.webp?width=201`, { 'if-none-match': etag })).status, 200)
  const head = await server.app.inject({ method: 'HEAD', url: `${car}.webp?width=200` })
  t.match({ status: head.statusCode, body: head.payload, headers: head.headers }, { status: 200, body: '', headers: { etag, 'content-length': String(first.bytes.length), 'content-type': 'image/webp' } })
})

t.test('the same image is the same bytes on every server, drawn at the same time or kept', async t => {
  const [one, two] = [await build(t), await build(t, { seed: 8 })]
  for (const url of [`${car}.png?width=300`, `${car}.webp?width=300`, `${car}.avif?width=300`]) {
    const [a, b, c] = await Promise.all([fetchImage(one, url), fetchImage(one, url), fetchImage(two, url)])
    t.ok(a.bytes.equals(b.bytes) && a.bytes.equals(c.bytes) && a.bytes.equals((await fetchImage(one, url)).bytes), url)
  }
})

t.test('however many are asked for at once, one is drawn at a time, and an equal one not twice', async t => {
  const server = await build(t)
  const wishes = Array.from({ length: 12 }, (_, i) => fetchImage(server, `${car}.webp?width=${400 + i % 6}`))
  let most = 0
  const look = setInterval(() => {
    const { queue, process } = sharp.counters()
    most = Math.max(most, queue + process)
  }, 1)
  t.teardown(() => { clearInterval(look) })
  t.same((await Promise.all(wishes)).map(({ status }) => status), Array(12).fill(200))
  t.equal(most, 1)
})

t.test('vehicles and chargers carry a URL of this server that answers, in answers, webhooks and the control API alike', async t => {
  const hook = await receiver(t)
  const mock = await startMock({ port: 0, clock: 'frozen', fixture: 'empty' })
  t.teardown(async () => { await mock.close() })
  const ask = async (method: string, path: string, body?: Body, headers: Record<string, string> = {}): Promise<Body> => {
    const response = await fetch(mock.url + path, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body && { body: JSON.stringify(body) }) })
    t.equal(response.status, 200, path)
    return await response.json() as Body
  }
  const token = await fetch(mock.tokenUrl, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: mock.clientId, client_secret: mock.clientSecret }) })
  const authorization = { authorization: `Bearer ${(await token.json() as Body).access_token}` }
  await ask('POST', '/webhooks', { url: hook.url, secret, events: ['*'] }, authorization)
  const { devices } = await ask('POST', '/_mock/accounts', { vendor: 'TESLA', userId: 'ann', devices: [{ type: 'vehicle', model: 'Model S' }, { type: 'charger' }] })
  await mock.clock.advance('PT1S')
  for (const [i, kind] of (['vehicle', 'charger'] as const).entries()) {
    const { id } = devices[i]
    const one = await ask('GET', `/${kind}s/${id}`, undefined, authorization)
    const { imageUrl } = one.information
    t.ok(imageUrl.startsWith(`${mock.url}/assets/${kind}-`), imageUrl)
    const image = await fetch(imageUrl)
    t.match({ status: image.status, type: image.headers.get('content-type') }, { status: 200, type: 'image/png' })
    for (const list of [`/${kind}s`, `/users/ann/${kind}s`]) t.equal((await ask('GET', list, undefined, authorization)).data[0].information.imageUrl, imageUrl)
    t.equal((await ask('GET', `/_mock/devices/${id}`)).observed.information.imageUrl, imageUrl)
    const events = hook.events().filter(event => event.event.startsWith(`user:${kind}:`))
    t.same(events.map(event => event.event), [`user:${kind}:discovered`, `user:${kind}:updated`])
    for (const event of events) t.equal(event[kind].information.imageUrl, imageUrl, event.event)
    t.notOk(events[1]?.updatedFields.includes('information.imageUrl'))
  }
})

t.test('who registered nothing is told the address of the server, and no URL where that is not known yet', async t => {
  const hook = await receiver(t)
  const fixture = { webhooks: [{ url: hook.url, secret, events: ['user:vehicle:discovered'] }], accounts: [{ vendor: 'TESLA', userId: 'ann', devices: [{ type: 'vehicle' }] }] }
  const told = (): string | null => (hook.events().at(-1) as Body).vehicle.information.imageUrl
  for (const [options, expected] of [[{}, /^http:\/\/localhost:7070\/assets\//], [{ publicUrl: 'https://mock' }, /^https:\/\/mock\/assets\//]] as const) {
    const server = await build(t, options)
    await server.mock('POST', '/worlds', { name: 'made', fixture }, { host: 'localhost:7070' })
    await server.worlds.byName('made').drain()
    t.match(told(), expected, 'a world is made by a request, which reached the server')
  }

  const folder = t.testdir({ 'told.json': JSON.stringify(fixture) })
  for (const [options, expected] of [[{}, /^http:\/\/127\.0\.0\.1:3663\/assets\//], [{ host: '0.0.0.0', port: 80, controlToken: 'x' }, /^http:\/\/localhost:80\/assets\//], [{ port: 0, publicUrl: 'https://mock' }, /^https:\/\/mock\/assets\//], [{ port: 0 }, null]] as const) {
    const { length } = hook.events()
    const server = await build(t, { ...options, fixture: join(folder, 'told.json') })
    await server.worlds.default.drain()
    t.equal(hook.events().length, length + 1)
    t.match(told(), expected)
    const headers = { authorization: 'Bearer x' }
    const log = (await server.mock('GET', '/log', undefined, headers)).body
    const elsewhere = await build(t, { port: 4000 })
    t.match(await elsewhere.mock('POST', '/replay', log), { status: 200, body: { isSame: true, deliveries: 1 } }, 'a replay is told what was told then')

    await server.mock('POST', '/snapshots', { name: 'here' }, headers)
    await elsewhere.mock('POST', '/snapshots/file', (await server.mock('GET', '/snapshots/here/file', undefined, headers)).body)
    await elsewhere.mock('POST', '/snapshots/here/restore')
    await elsewhere.mock('POST', '/accounts', { vendor: 'KIA', userId: 'ben', devices: [{ type: 'vehicle' }] })
    await elsewhere.worlds.default.drain()
    t.match(told(), /^http:\/\/127\.0\.0\.1:4000\/assets\//, 'the server that goes on with it has an address of its own')
  }
})

t.test('an event on demand carries whole URLs: to each webhook its own, and to who asked theirs', async t => {
  const server = await build(t)
  const assetId = await server.car()
  const hook = await receiver(t)
  await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['user:vehicle:updated'] }, { host: 'mock:8080' })
  const { body, text } = await server.mock('POST', '/events', { event: 'user:vehicle:updated', assetId }, { host: 'localhost:9090' })
  t.match(body.event?.vehicle.information.imageUrl ?? text, /^http:\/\/localhost:9090\/assets\//)
  await server.mock('POST', '/deliveries/drain')
  t.match((hook.events().at(-1) as Body).vehicle.information.imageUrl, /^http:\/\/mock:8080\/assets\//)
})

t.test('nothing of what draws is loaded before the first image is asked for', async t => {
  const program = `
    import { createRequire } from 'node:module'
    import { startMock } from './src/index.ts'
    const { cache } = createRequire(import.meta.url)
    const isLoaded = () => Object.keys(cache).some(path => path.endsWith('.node') && path.includes('sharp'))
    const mock = await startMock({ port: 0 })
    const seen = [isLoaded()]
    await (await fetch(mock.url + '/assets/vehicle-suv-teal.png')).arrayBuffer()
    seen.push(isLoaded())
    await mock.close()
    console.log(JSON.stringify(seen))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program])
  t.equal(stdout.trim(), '[false,true]')
})

t.test('the base is that by which a client, or the owner of a webhook, reaches the server, or the public one', async t => {
  const server = await build(t)
  const id = await server.car({ state: { model: 'Own "imageUrl":"/ model', displayName: '"imageUrl":"/' } })
  const seenAt = async (of: Server, car: string, host: string): Promise<Body> => (await of.call('GET', `/vehicles/${car}`, undefined, { host })).body.information
  t.match(await seenAt(server, id, 'mock:8080'), { imageUrl: /^http:\/\/mock:8080\/assets\/vehicle-suv-/, displayName: '"imageUrl":"/', model: 'Own "imageUrl":"/ model' })
  t.match((await seenAt(server, id, 'localhost:3663')).imageUrl, /^http:\/\/localhost:3663\/assets\//, 'also after another client asked')
  t.equal(JSON.parse(withImageUrls('{"imageUrl":"/a"}', 'http://$&"')).imageUrl, 'http://$&"/a', 'whatever the Host is made of')
  t.equal(withImageUrls('{"imageUrl":null}', 'http://mock'), '{"imageUrl":null}')

  const hook = await receiver(t)
  const hears = async (): Promise<string> => {
    const { length } = hook.events()
    await server.mock('PATCH', `/devices/${id}`, { state: { odometer: length + 900_000 } })
    await server.advance('PT1S')
    return (hook.events().at(-1) as Body).vehicle.information.imageUrl
  }
  const created = await server.call('POST', '/webhooks', { url: hook.url, secret, events: ['user:vehicle:updated'] }, { host: 'mock:8080' })
  t.match(await hears(), /^http:\/\/mock:8080\/assets\//)
  await server.call('PATCH', `/webhooks/${created.body.id}`, { events: ['user:vehicle:updated'] }, { host: 'mock:9090' })
  t.match(await hears(), /^http:\/\/mock:9090\/assets\//)

  const open = await build(t, { publicUrl: 'https://mock.example.com/base/' })
  t.match((await seenAt(open, await open.car(), 'localhost:3663')).imageUrl, /^https:\/\/mock\.example\.com\/base\/assets\//)
})
