import t from 'tap'
import { Random } from '../../src/lib/random.ts'
import { build, type Answer, type Body } from '../helpers/build.ts'

/** Seeds of the suite; `SEEDS=1-100 npx tap --timeout=3000 test/simulation/lives-walk.test.ts` walks more. */
const [first = 1, last = 3] = (process.env.SEEDS ?? '1-3').split('-').map(Number)

const lives = ['commuter', 'two-cars', 'night-shift', 'long-distance', 'forgetful', 'still'] as const
const places = [[89.9, 0], [-17.7, 179.99], [27.7, 85.3], [52.5, 13.4], [-89.99, -179.99]] as const

/** What cannot be of the devices of a world, whatever was done to them. */
function wrongWith (devices: readonly Body[]): string[] {
  const byId = new Map(devices.map(device => [String(device.id), device]))
  return devices.flatMap(({ id, type, state }) => {
    if (type === 'charger') {
      const car = byId.get(state.vehicle?.deviceId)
      return state.vehicle === null || car?.state.charger?.deviceId === id ? [] : [`charger ${id} has car ${state.vehicle.deviceId}, which is not on its cable`]
    }
    if (type !== 'vehicle') return []
    const found: string[] = []
    const percent = state.energyKwh / state.batteryCapacityKwh * 100
    if (!(percent > -1e-9 && percent < 100 + 1e-6)) found.push(`car ${id} is at ${percent} %`)
    const box = byId.get(state.charger?.deviceId)
    if (state.charger !== null && box?.state.vehicle?.deviceId !== id) found.push(`car ${id} is on the cable of charger ${state.charger.deviceId}, which has ${JSON.stringify(box?.state.vehicle)}`)
    if (box !== undefined && (box.state.power === 'UNPLUGGED') !== (state.power === 'UNPLUGGED')) found.push(`car ${id} is ${state.power}, and its charger ${box.state.power}`)
    return found
  })
}

t.test('whatever is done to homes that live, cars and chargers agree, levels are levels, and nothing breaks', async t => {
  for (let seed = first; seed <= last; seed++) {
    const random = new Random(seed)
    const now = random.pick(['2026-03-28T20:00:00Z', '2012-05-01T00:00:00Z', '2090-12-30T00:00:00Z', '2026-10-24T12:00:00Z'])
    const server = await build(t, { now, seed, timing: random.pick(['quick', 'realistic']) })
    const [latitude, longitude] = random.pick(places)
    const accounts: string[] = []
    const make = async (vendor: string, ...types: string[]): Promise<Answer> => {
      const made = await server.mock('POST', '/accounts', {
        vendor,
        userId: random.pick(['ada', 'ada', 'bo']),
        ...(random.next() < 0.7 ? { life: random.pick(lives) } : {}),
        devices: types.map(type => ({
          type, state: { latitude, longitude, ...(type === 'vehicle' ? { batteryLevel: random.integer(0, 100), chargeLimit: random.integer(1, 100), batteryCapacity: random.pick([1, 20, 80]) } : {}) }
        }))
      })
      accounts.push(made.body.id)
      return made
    }
    await make('TESLA', 'vehicle', 'charger', 'inverter', 'battery', 'meter')
    await make('VOLKSWAGEN', 'vehicle')
    await make('EASEE', 'charger')
    await server.call('POST', '/users/ada/locations', { name: 'Home', timezoneName: 'UTC', latitude, longitude })
    for (let step = 0; step < 45; step++) {
      const devices = (await server.mock('GET', '/devices')).body as unknown as Body[]
      for (const wrong of wrongWith(devices)) t.fail(`seed ${seed}, step ${step}: ${wrong}`)
      if (devices.length === 0) break
      const any = random.pick(devices)
      const one = (type: string): Body => random.pick([...devices.filter(device => device.type === type), any])
      const [car, box] = [one('vehicle'), one('charger')]
      const patch = async (device: Body, state: Body): Promise<Answer> => await server.mock('PATCH', `/devices/${device.id}`, { state, force: random.next() < 0.3, observe: random.next() < 0.7 })
      const acts: Array<() => Promise<Answer>> = [
        async () => await server.mock('PUT', `/devices/${any.id}/life`, { name: random.pick(lives), ...(random.next() < 0.3 ? { drivers: [{ plugsIn: 'always', chargesAtWork: 1, commuteKm: 300 }] } : {}) }),
        async () => await server.mock('POST', `/devices/${car.id}/trips`, { km: random.pick([0.1, 30, 900, 3000]), bearing: random.integer(0, 360), stay: random.pick(['PT1H', 'P2D', null]), plugsIn: random.next() < 0.5 }),
        async () => await server.mock('POST', `/devices/${car.id}/resume`),
        async () => await patch(car, random.pick<Body>([{ isPluggedIn: true }, { isPluggedIn: false }, { batteryLevel: random.integer(0, 100) }, { latitude, longitude }, { latitude: 10, longitude: 10, isPluggedIn: false }, { pluggedInChargerId: box.id, latitude, longitude }, { isCharging: true }, { chargeLimit: 5 }, { fastChargePower: 100 }])),
        async () => await patch(box, random.pick<Body>([{ isPluggedIn: true }, { isPluggedIn: false }, { maxCurrent: 6 }, { powerDeliveryState: 'PLUGGED_IN:FAULT' }, { pluggedInVehicleId: car.id }])),
        async () => await server.mock('PATCH', `/devices/${any.id}`, { isReachable: random.next() < 0.5 }),
        async () => await server.call('POST', `/vehicles/${car.id}/charging`, { action: random.pick(['START', 'STOP']) }),
        async () => await server.call('POST', `/chargers/${box.id}/charging`, { action: random.pick(['START', 'STOP']) }),
        async () => await server.call('PUT', `/vehicles/${car.id}/smart-charging-policy`, { isEnabled: random.next() < 0.7, deadline: '07:00', minimumChargeLimit: 10 }),
        async () => await server.mock('POST', '/snapshots', { name: 's' }),
        async () => await (random.next() < 0.4 ? server.mock('POST', '/snapshots/s/restore', {}) : server.mock('GET', '/clock')),
        async () => await (random.next() < 0.15 ? server.mock('DELETE', `/devices/${any.id}`) : server.mock('GET', '/clock')),
        async () => await (random.next() < 0.1 ? server.mock('DELETE', `/accounts/${accounts.pop()}`) : make('KIA', 'vehicle')),
        async () => await (random.next() < 0.2 ? server.call('DELETE', '/users/ada') : server.call('GET', '/vehicles'))
      ]
      const { status, text } = await random.pick(acts)()
      if (status >= 500) t.fail(`seed ${seed}, step ${step}: ${text}`)
      for (let i = 0; i < 2; i++) await server.advance(random.pick(['PT7M', 'PT1H', 'PT5H', 'P1D']))
    }
    t.pass(`seed ${seed}`)
  }
})
