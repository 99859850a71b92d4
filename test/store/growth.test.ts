import Database from 'better-sqlite3'
import t from 'tap'
import { mostActions } from '../../src/store/actions.ts'
import { sweepEvery } from '../../src/store/database.ts'
import { mostEnded, mostPending } from '../../src/store/deliveries.ts'
import { mostPlans } from '../../src/store/smart-charging.ts'
import { mostEntries } from '../../src/store/timeline.ts'
import { ledgerDays } from '../../src/domain/truth/energy-book.ts'
import { build, type Server } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

/** Rows that a table of what happens may have at most, whatever happened; docs/what-is-kept.md says the same in words. */
const bounds: Record<string, number> = {
  // A row for each day, device and series in which anything was drawn: of a car at home and elsewhere.
  energy: (ledgerDays + 2) * 3,
  actions: mostActions + sweepEvery,
  deliveries: mostEnded + sweepEvery + mostPending,
  outbox: (mostEnded + sweepEvery + mostPending) * 100,
  attempts: (mostEnded + sweepEvery + mostPending) * 100,
  smart_plans: mostPlans + 1,
  timeline: mostEntries + sweepEvery
}

function rowsOf (server: Server): Record<string, number> {
  const db = new Database(server.worlds.default.store.serialize())
  const names = db.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name").pluck().all() as string[]
  const rows = Object.fromEntries(names.map(name => [name, db.prepare(`select count(*) from "${name}"`).pluck().get() as number]))
  db.close()
  return rows
}

/** Counts the rows that statements answer. */
const counter = { rows: 0 }
const statements = Object.getPrototypeOf(new Database(':memory:').prepare('select 1')) as { get: (...values: unknown[]) => unknown, all: (...values: unknown[]) => unknown[] }
const { get, all } = statements
t.before(() => {
  statements.get = function (...values) {
    counter.rows++
    return get.apply(this, values)
  }
  statements.all = function (...values) {
    const rows = all.apply(this, values)
    counter.rows += rows.length
    return rows
  }
})
t.teardown(() => { Object.assign(statements, { get, all }) })

const spot = { latitude: 52.37, longitude: 4.9 }

t.test('once a ledger is full nothing grows any more, whatever goes on', async t => {
  const server = await build(t, { now: '2024-01-01T00:00:00Z', seed: 3 })
  const hooks = await receiver(t)
  let count = 0
  // One of four deliveries fails at first.
  hooks.behaviour = response => { response.writeHead(++count % 4 === 0 ? 500 : 200).end() }
  const webhook = await server.call('POST', '/webhooks', { url: hooks.url, secret, events: ['user:vendor-action:updated', 'user:vehicle:smart-charging-status-updated', 'user:schedule:execution-updated', 'user:vehicle:discovered'] })
  t.equal(webhook.status, 200, webhook.text)
  const account = async (vendor: string, type: string): Promise<string> => (await server.mock('POST', '/accounts', { vendor, userId: 'anna', life: 'commuter', devices: [{ type, state: spot }] })).body.devices[0].id
  const [charger, car] = [await account('EASEE', 'charger'), await account('TESLA', 'vehicle')]
  const { body: { id: home } } = await server.call('POST', '/users/anna/locations', { name: 'Home', ...spot, timezoneName: 'Europe/Amsterdam' })
  await server.call('PUT', `/vehicles/${car}/smart-charging-policy`, { isEnabled: true, deadline: '07:00', minimumChargeLimit: 30 })

  const done = async (answer: Promise<{ status: number, text: string }>): Promise<void> => {
    const { status, text } = await answer
    if (status >= 400) t.fail(text)
  }
  const turn = async (i: number): Promise<void> => {
    await done(server.mock('PATCH', `/devices/${car}`, { state: { isPluggedIn: true, isCharging: true, batteryLevel: 20 + i % 50 } }))
    await done(server.call('POST', `/vehicles/${car}/smart-override`))
    await server.advance('PT30M')
    await server.call('DELETE', `/vehicles/${car}/smart-override`)
    await done(server.mock('POST', `/devices/${car}/resume`))
    await done(server.call('POST', `/chargers/${charger}/max-current`, { maxCurrent: 10 + i % 6 }))
    await done(server.call('PUT', `/locations/${home}`, { name: `Home ${i}` }))
    await done(server.call('PUT', `/tariffs/plan-${i % 3}`, [{ name: 'day', cost: `0.${10 + i % 80}` }]))
    await done(server.call('PUT', `/locations/${home}/tariff`, { tariffId: `plan-${i % 3}`, tariffIntervals: [{ name: 'day', from: '00:00', to: '00:00' }] }))
    await done(server.call('POST', '/users/anna/link', { vendorType: 'vehicle', scopes: ['vehicle:read:data'], language: 'en-US', redirectUri: 'http://localhost/done' }))
    await done(server.mock('POST', '/tokens/expire'))
    const { body } = await server.call('POST', '/users/anna/schedules', { targetType: 'charger', targetId: charger, locationId: home, isEnabled: true, defaultShouldCharge: false, rules: [{ hourMinute: { from: '01:00', to: '05:00' }, shouldCharge: true }] })
    await done(server.mock('POST', `/devices/${car}/trips`, { to: { latitude: 52.09, longitude: 5.12 } }))
    await server.advance('P10D')
    await server.call('DELETE', `/schedules/${body.id}`)
  }
  const live = async (turns: number): Promise<Record<string, number>> => {
    for (let i = 0; i < turns; i++) await turn(i)
    return rowsOf(server)
  }
  /** What is read of the database to answer, in rows: each is reached by an index, as plans.test.ts has it. */
  const readFor = async (): Promise<Record<string, number>> => {
    const since = new Date(Date.parse((await server.mock('GET', '/clock')).body.now) - 86_400_000).toISOString()
    const paths = [`/vehicles/${car}`, '/vehicles', '/users/anna/chargers', '/users', `/users/anna/statistics/charging?type=vehicle&startDate=${since}`, `/users/anna/statistics/charging/sessions?type=vehicle&startDate=${since}`, `/vehicles/${car}/smart-charging-status`]
    const control = ['/timeline?limit=20', `/timeline?subject=${car}&limit=20`, '/deliveries?limit=20', '/actions?limit=5', `/devices/${car}`, `/devices/${car}/trips`]
    const counted: Record<string, number> = {}
    for (const path of [...paths, ...control]) {
      const before = counter.rows
      const { status, text } = control.includes(path) ? await server.mock('GET', path) : await server.call('GET', path)
      t.equal(status, 200, text)
      counted[path.replace(/startDate=.*/, 'startDate')] = counter.rows - before
    }
    return counted
  }
  await live(2)
  const young = await readFor()
  const full = await live(39)
  const later = await live(6)
  const old = await readFor()
  for (const [path, rows] of Object.entries(old)) t.ok(rows <= 1.2 * (young[path] ?? 0) + 10, `${path} reads ${young[path]} rows on the first days, and ${rows} after a year`)
  t.comment(`rows after 410 days and after 470: ${Object.keys(later).map(name => `${name} ${full[name]} ${later[name]}`).join(', ')}`)
  for (const [name, rows] of Object.entries(later)) {
    const bound = bounds[name] ?? (full[name] ?? 0) * 1.05 + 20
    t.ok(rows <= bound, `${name}: ${full[name]}, then ${rows}, of at most ${bound}`)
  }
})
