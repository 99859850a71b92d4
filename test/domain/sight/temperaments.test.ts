import t, { type Test } from 'tap'
import { spellAt } from '../../../src/domain/sight/temperaments.ts'
import { vehicleVendors, type VehicleVendor } from '../../../src/contract/vendors.ts'
import { hour, minute } from '../../../src/lib/time.ts'
import { build, start, type Body, type Server } from '../../helpers/build.ts'

const vendors = ['TESLA', 'KIA', 'RENAULT', 'SKODA', 'BMW', 'TOYOTA', 'MERCEDES', 'PORSCHE'] as const satisfies readonly VehicleVendor[]
const week = 7 * 24 * hour

/** A street of cars in every state, and an inverter and a charger whose vendors have temperaments. */
async function street (t: Test, { seed = 5, timing = 'realistic', isFollowed = false }: { seed?: number, timing?: 'quick' | 'realistic', isFollowed?: boolean } = {}): Promise<{ server: Server, views: () => Promise<string> }> {
  const server = await build(t, { seed, timing })
  const states = [{ isPluggedIn: false }, { isPluggedIn: true, isCharging: false }, { isPluggedIn: true, isCharging: true, batteryLevel: 1, chargeLimit: 100, maxCurrent: 1 }]
  for (const vendor of vendors) for (const state of states) await server.car({ vendor, userId: vendor, state: vendor === 'TESLA' ? state : { ...state, maxCurrent: undefined } })
  await server.mock('POST', '/accounts', { vendor: 'SOLAREDGE', userId: 'sun', devices: [{ type: 'inverter' }] })
  await server.mock('POST', '/accounts', { vendor: 'PODPOINT', userId: 'box', devices: [{ type: 'charger', state: { isPluggedIn: true, isCharging: true } }] })
  // A fault on what is not there makes polls of everything, and no deliveries.
  if (isFollowed) await server.mock('POST', '/faults', { on: { vendor: 'LUCID' }, effect: { stale: true } })
  return { server, views: async () => (await Promise.all(['vehicles?pageSize=50', 'inverters', 'chargers'].map(async path => (await server.call('GET', `/${path}`)).text))).join('\n') }
}

const spellOf = (seq: number, vendor: VehicleVendor, at: number): string | undefined => spellAt(5, { kind: 'vehicle', vendor, seq } as never, at)?.sort

t.test('what nobody follows is seen as what somebody follows, at any moment, and in every world of a seed', async t => {
  const [lazy, again, followed, other] = await Promise.all([street(t), street(t), street(t, { isFollowed: true }), street(t, { seed: 6 })])
  for (const by of ['PT3H11M', 'PT47M', 'PT5H', 'PT1M', 'PT13H', 'PT2H20M', 'PT5H']) {
    for (const { server } of [lazy, followed, other]) await server.advance(by)
    t.equal(await lazy.views(), await followed.views(), by)
    t.not(await lazy.views(), await other.views())
  }
  await again.server.mock('POST', '/clock/advance', { to: (await lazy.server.mock('GET', '/clock')).body.now })
  t.equal(await again.views(), await lazy.views(), 'in one step')
})

t.test('two days of looks: cars sleep, values are late, and all of it is told and ends', async t => {
  const { server } = await street(t, { isFollowed: true })
  await server.advance('P2D')
  const notes = (await server.mock('GET', '/timeline?limit=1000')).body.filter(({ kind }: Body) => kind === 'temperament') as Body[]
  for (const says of [/^TESLA lets its car sleep/, /^BMW is late/, /^SOLAREDGE is late/, /^SKODA/]) t.ok(notes.some(note => says.test(note.says)), String(says))
  t.notOk(notes.some(({ says }) => /^PORSCHE/.test(says)), 'not every vendor has one')
  t.equal(new Set(notes.map(({ assetId, says }) => `${assetId} ${says}`)).size, notes.length, 'each spell is told once')
  const now = Date.parse((await server.mock('GET', '/clock')).body.now)
  for (const { lastSeen } of (await server.call('GET', '/vehicles?pageSize=50')).body.data) t.equal(Date.parse(lastSeen), now, 'at midnight UTC everything is seen')
})

t.test('quick worlds have none', async t => {
  const { server } = await street(t, { timing: 'quick', isFollowed: true })
  for (let i = 0; i < 6; i++) {
    await server.advance('PT40M')
    const now = Date.parse((await server.mock('GET', '/clock')).body.now)
    for (const { lastSeen } of (await server.call('GET', '/vehicles?pageSize=50')).body.data) t.ok(now - Date.parse(lastSeen) <= 20 * minute)
  }
  t.same((await server.mock('GET', '/timeline?limit=1000')).body.filter(({ kind }: Body) => kind === 'temperament'), [])
})

t.test('what is done to a sleeping car wakes it', async t => {
  const server = await build(t, { timing: 'realistic', seed: 5 })
  const car = await server.car({ state: { isPluggedIn: false } })
  const seq = server.worlds.default.store.read(tx => tx.devices.get(car)?.seq ?? 0)
  const asleepFrom = Array.from({ length: 500 }, (_, i) => Date.parse(start) + (i + 1) * 10 * minute).find(at => spellOf(seq, 'TESLA', at) === 'asleep' && spellOf(seq, 'TESLA', at + 30 * minute) === 'asleep') ?? 0
  await server.mock('POST', '/clock/advance', { to: new Date(asleepFrom + 10 * minute).toISOString() })
  const before = await server.vehicle(car)
  t.ok(Date.parse(before.lastSeen) <= asleepFrom)
  await server.call('POST', `/vehicles/${car}/refresh-hint`)
  await server.advance('PT1M')
  t.same(await server.vehicle(car), before, 'a refresh hint does not')
  await server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: true } })
  t.match(await server.vehicle(car), { chargeState: { isPluggedIn: true } })
  await server.advance('PT8M')
  t.not((await server.vehicle(car)).lastSeen, before.lastSeen)
})

t.test('spells are as frequent as the README says', t => {
  const share = (vendor: VehicleVendor, sort: string): number => {
    let hits = 0
    const step = 10 * minute
    for (let seq = 1; seq <= 40; seq++) for (let at = Date.parse(start) + step; at < Date.parse(start) + week; at += step) if (spellOf(seq, vendor, at) === sort) hits++
    return hits / (40 * week / step)
  }
  const asleep = share('TESLA', 'asleep')
  t.ok(asleep > 0.2 && asleep < 0.3, `a Tesla sleeps ${asleep} of the time, if nothing happens`)
  const unplugged = share('RENAULT', 'unplugged')
  t.ok(unplugged > 0.002 && unplugged < 0.013, `a cable is gone ${unplugged} of the time`)
  const late = share('BMW', 'late')
  t.ok(late > 0.05 && late < 0.12, `values are late ${late} of the time`)
  for (const [vendor, sort, most] of [['SKODA', 'back', 0.015], ['TOYOTA', 'gap', 0.03]] as const) {
    const found = share(vendor, sort)
    t.ok(found > 0 && found < most, `${vendor} ${sort} ${found}`)
  }
  for (const vendor of vehicleVendors) for (let seq = 1; seq < 20; seq++) t.equal(spellOf(seq, vendor, Date.parse('2026-03-04')), undefined, 'none at midnight')
  t.end()
})
