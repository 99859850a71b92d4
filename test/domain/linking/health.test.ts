import t from 'tap'
import { vendorsByType, assetKinds } from '../../../src/contract/vendors.ts'
import { build, type Body } from '../../helpers/build.ts'

const paths = { vehicle: 'vehicles', charger: 'chargers', hvac: 'hvacs', inverter: 'inverters', battery: 'batteries', meter: 'meters' }

t.test('each list of vendors names all of its type once, ready, as people and portals call them', async t => {
  const server = await build(t)
  for (const type of assetKinds) {
    const list = (await server.call('GET', `/health/${paths[type]}`)).body as unknown as Body[]
    t.same(list.map(each => each.vendor), vendorsByType[type], type)
    t.ok(list.every(each => each.status === 'READY' && each.linkingStatus === 'READY' && each.displayName !== '' && each.portalName !== ''), type)
  }
  const cars = (await server.call('GET', '/health/vehicles')).body as unknown as Body[]
  const named = (vendor: string): Body => cars.find(each => each.vendor === vendor) ?? {}
  t.same(named('BMW'), { vendor: 'BMW', displayName: 'BMW', status: 'READY', portalName: 'My BMW', linkingStatus: 'READY' })
  t.match(named('AUDI'), { displayName: 'Audi', portalName: 'myAudi' })
  t.match(named('SKODA'), { displayName: 'Škoda', portalName: 'Škoda' })
  const suns = (await server.call('GET', '/health/inverters')).body as unknown as Body[]
  t.match(suns.filter(each => ['SMA', 'SOLAREDGE', 'ENPHASE'].includes(each.vendor)), [{ displayName: 'Enphase', portalName: 'Enphase' }, { displayName: 'SMA', portalName: 'SMA Energy' }, { displayName: 'SolarEdge', portalName: 'Solar Edge' }])
})

t.test('integrations are the vendors of the asked types, each once, with the types and scopes that it has of them', async t => {
  const server = await build(t)
  const all = (await server.call('GET', '/integrations')).body as unknown as Body[]
  t.equal(new Set(all.map(each => each.vendor)).size, all.length)
  t.same(all.map(each => each.vendor).toSorted(), [...new Set(Object.values(vendorsByType).flat())].toSorted())
  const tesla = all.find(each => each.vendor === 'TESLA')
  t.same(tesla?.assetTypes, ['vehicle', 'charger', 'inverter', 'battery', 'meter'])
  t.ok(tesla?.scopes.includes('meter:read:data') && !tesla.scopes.includes('hvac:read:data'))
  const some = (await server.call('GET', '/integrations?assetTypes=hvac,battery')).body as unknown as Body[]
  t.same(some.map(each => each.vendor).toSorted(), [...vendorsByType.hvac, ...vendorsByType.battery].toSorted())
  t.match(some.find(each => each.vendor === 'TESLA'), { assetTypes: ['battery'], scopes: ['battery:control:operation_mode', 'battery:read:location', 'battery:read:data'] })
  t.match(await server.call('GET', '/integrations?assetTypes=boat'), { status: 400, body: { issues: [{ path: ['assetTypes'] }] } })
})

t.test('a fault changes the linking status of a vendor, for all or one of its types, and never the status', async t => {
  const server = await build(t)
  const fault = async (on: Body, linkingStatus: string): Promise<Body> => (await server.mock('POST', '/faults', { on, effect: { linkingStatus } })).body
  const of = async (path: string, vendor = 'TESLA'): Promise<Body> => ((await server.call('GET', path)).body as unknown as Body[]).find(each => each.vendor === vendor) ?? {}
  const statuses = async (): Promise<string[]> => (await Promise.all(['/health/vehicles', '/health/chargers', '/integrations?assetTypes=vehicle', '/integrations?assetTypes=charger,battery', '/integrations'].map(async path => await of(path)))).map(each => each.linkingStatus)

  const charger = await fault({ vendor: 'TESLA', vendorType: 'charger' }, 'ELEVATED_ERROR_RATE')
  t.same(await statuses(), ['READY', 'ELEVATED_ERROR_RATE', 'READY', 'ELEVATED_ERROR_RATE', 'ELEVATED_ERROR_RATE'], 'of the types that are asked for, the worst counts')
  const all = await fault({ vendor: 'TESLA' }, 'OUTAGE')
  t.same(await statuses(), Array(5).fill('OUTAGE'))
  await fault({ vendor: 'TESLA', vendorType: 'vehicle' }, 'READY')
  t.same(await statuses(), ['READY', 'OUTAGE', 'READY', 'OUTAGE', 'OUTAGE'], 'the fault made last decides')
  t.match(await of('/health/vehicles', 'AUDI'), { linkingStatus: 'READY' }, 'other vendors are well')
  for (const type of assetKinds) {
    const list = (await server.call('GET', `/health/${paths[type]}`)).body as unknown as Body[]
    t.ok(list.every(each => each.status === 'READY'), 'the reference has it always READY')
    if (type !== 'hvac') t.match(list.find(each => each.vendor === 'TESLA'), { linkingStatus: type === 'vehicle' ? 'READY' : 'OUTAGE', displayName: 'Tesla', portalName: 'Tesla' }, type)
  }
  await server.mock('DELETE', `/faults/${all.id}`)
  t.same(await statuses(), ['READY', 'ELEVATED_ERROR_RATE', 'READY', 'ELEVATED_ERROR_RATE', 'ELEVATED_ERROR_RATE'])
  await server.mock('DELETE', `/faults/${charger.id}`)
  t.same(await statuses(), Array(5).fill('READY'))
})

t.test('the service is ready until the server ends', async t => {
  const server = await build(t)
  t.equal((await server.call('GET', '/health/ready')).status, 204)
  await server.worlds.interrupt()
  t.match(await server.call('GET', '/health/ready'), { status: 503, body: { title: 'Service Unavailable', detail: /shutting down/ } })
})
