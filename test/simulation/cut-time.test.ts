import t from 'tap'
import { Random } from '../../src/lib/random.ts'
import { build, start, type Body, type Server } from '../helpers/build.ts'
import { receiver, secret } from '../helpers/receiver.ts'

/** Seeds of the suite; `SEEDS=1-200 npx tap --timeout=3000 test/simulation/cut-time.test.ts` walks more. */
const [first = 1, last = 2] = (process.env.SEEDS ?? '1-2').split('-').map(Number)

const lists = ['vehicles', 'chargers', 'hvacs', 'batteries', 'inverters', 'meters', 'hem-systems'] as const
const paths: Record<string, string> = { vehicle: 'vehicles', charger: 'chargers', hvac: 'hvacs', battery: 'batteries', inverter: 'inverters', meter: 'meters' }

/** One way to live through the same calls. */
interface Way {
  /** What the webhook asks for. */
  events: string[]
  /** How a stretch of minutes is cut. */
  cut: (minutes: number, chance: Random) => number[]
  /** Whether everything is read at each cut. */
  reads: boolean
}

/** All that the API shows, as text. */
async function everything (server: Server): Promise<string> {
  const texts: string[] = []
  for (const list of lists) texts.push((await server.call('GET', `/${list}?pageSize=200`)).text)
  for (const id of await idsOf(server, 'inverters')) texts.push((await server.call('GET', `/inverters/${id}/statistics?year=2026&month=1`)).text)
  for (const id of await idsOf(server, 'hem-systems')) texts.push((await server.call('GET', `/hem-systems/${id}/statistics?interval=2026-01-01`)).text)
  for (const id of await idsOf(server, 'vehicles')) texts.push((await server.call('GET', `/vehicles/${id}/smart-charging-status`)).text)
  texts.push((await server.call('GET', `/users/ada/statistics/charging?type=vehicle&startDate=${start}`)).text)
  return texts.join('\n')
}

async function idsOf (server: Server, list: string): Promise<string[]> {
  return ((await server.call('GET', `/${list}?pageSize=200`)).body.data as Body[]).map(({ id }) => String(id))
}

/** The calls of a seed, each with the minutes that pass after it: the same in every way, since they depend on nothing but the seed and what was answered. */
async function live (t: Parameters<typeof build>[0], seed: number, way: Way): Promise<{ ends: string[], told: string[], seen: string[] }> {
  const random = new Random(seed)
  const chance = new Random(seed + 1000)
  const ears = new Random(seed + 2000)
  const server = await build(t, { seed, timing: seed % 2 === 0 ? 'realistic' : 'quick' })
  const hooks = await receiver(t)
  const seen: string[] = []
  let saved = false
  hooks.behaviour = (response, received) => {
    // Whoever hears of something reads everything, and now and then saves the world, while time is on its way.
    const isReading = ears.next() < 0.02
    const isSaving = !saved && ears.next() < 0.03
    ;(async () => {
      if (isReading) seen.push(`${received.events[0]?.createdAt}\n${await everything(server)}`)
      if (isSaving) saved = (await server.mock('POST', '/snapshots', { name: 'breath' })).status === 200
      response.writeHead(200).end()
    })().catch(t.threw)
  }
  const webhook = await server.call('POST', '/webhooks', { url: hooks.url, secret, events: way.events })
  t.equal(webhook.status, 200, webhook.text)

  const home = { latitude: 59.91, longitude: 10.75 }
  const users = ['ada', 'bo']
  const accounts: string[] = []
  const devices: Array<{ id: string, kind: string, user: string }> = []
  const link = async (vendor: string, ...devicesOf: Array<[string, Body?]>): Promise<void> => {
    const user = random.pick(users)
    const answer = await server.mock('POST', '/accounts', { vendor, userId: user, devices: devicesOf.map(([type, state]) => ({ type, state: { ...home, ...state } })) })
    t.equal(answer.status, 200, answer.text)
    accounts.push(answer.body.id)
    for (const { id, type } of answer.body.devices) devices.push({ id, kind: type, user })
  }
  await link('HUAWEI', ['battery'], ['inverter'], ['meter'])
  await link('TESLA', ['vehicle', { isPluggedIn: true, batteryLevel: 20, isCharging: true }])
  await link('MITSUBISHI', ['hvac'])
  for (const user of users) await server.call('POST', `/users/${user}/locations`, { name: 'home', timezoneName: 'Europe/Oslo', ...home })
  const some = (...kinds: string[]): { id: string, kind: string, user: string } => random.pick(devices.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)))
  const patch = async (id: string, body: Body): Promise<unknown> => await server.mock('PATCH', `/devices/${id}`, { ...body, observe: random.next() < 0.5 })
  const moves: Array<() => Promise<unknown>> = [
    async () => { await link(random.pick(['TESLA', 'KIA']), ['vehicle', { isPluggedIn: random.next() < 0.5, batteryLevel: random.integer(5, 80) }]) },
    async () => { await link('EASEE', ['charger']) },
    async () => { await link(random.pick(['HUAWEI', 'SOLAX']), ['battery'], ['inverter']) },
    async () => await server.call('POST', `/vehicles/${some('vehicle').id}/charging`, { action: random.pick(['START', 'STOP']) }),
    async () => await server.call('POST', `/vehicles/${some('vehicle').id}/charging`, { action: 'START' }),
    async () => await server.call('POST', `/batteries/${some('battery').id}/operation-mode`, { operationMode: random.pick(['SELF_RELIANCE', 'IMPORT_FOCUS', 'EXPORT_FOCUS', 'IDLE']) }),
    async () => await server.call('POST', `/hvacs/${some('hvac').id}/permanent-hold`, random.pick([{ mode: 'OFF' }, { mode: 'HEAT', heatSetpoint: random.integer(15, 25) }])),
    async () => await patch(some('vehicle').id, { state: { batteryLevel: random.integer(0, 100) } }),
    async () => await patch(some('vehicle').id, { state: { isPluggedIn: random.next() < 0.6 } }),
    async () => await patch(some('battery').id, { state: { batteryLevel: random.integer(0, 100) } }),
    async () => await patch(some().id, { isReachable: random.next() < 0.5 }),
    async () => await patch(some('vehicle').id, { capabilities: { startCharging: random.next() < 0.5 } }),
    async () => {
      const { id, kind } = some()
      return await server.call('POST', `/${paths[kind]}/${id}/refresh-hint`)
    },
    async () => random.next() < 0.3 && await server.mock('POST', `/accounts/${random.pick(accounts)}/invalidate`),
    async () => random.next() < 0.3 && await server.mock('POST', '/faults', { on: { vendorType: random.pick(['vehicle', 'meter']) }, effect: { unreachable: true }, times: random.integer(1, 5) }),
    async () => await server.call('PUT', `/vehicles/${some('vehicle').id}/smart-charging-policy`, { isEnabled: random.next() < 0.6, deadline: '07:00' }),
    async () => {
      const { id, user } = some('vehicle')
      const rules = [{ hourMinute: { from: '22:00', to: '05:00' }, shouldCharge: true }]
      return random.next() < 0.4 && await server.call('POST', `/users/${user}/schedules`, { targetId: id, targetType: 'vehicle', locationId: null, isEnabled: random.next() < 0.7, defaultShouldCharge: false, rules })
    },
    async () => random.next() < 0.2 && await server.call('DELETE', `/users/${random.pick(users)}/authorization`)
  ]
  const pass = async (minutes: number): Promise<void> => {
    for (const part of way.cut(minutes, chance)) {
      await server.advance(`PT${part}S`)
      if (way.reads) await everything(server)
    }
    await server.mock('POST', '/deliveries/drain')
  }
  const ends: string[] = []
  for (let i = 0; i < 10; i++) {
    saved = false
    const since = hooks.received.length
    await random.pick(moves)()
    const minutes = random.pick([0, 1, 3, 17, 45, 100, 400])
    await pass(minutes)
    const end = await everything(server)
    ends.push(end)
    if (!saved) continue
    // The world as it was at that breath lives on to the same end.
    const goal = (await server.mock('GET', '/clock')).body.now
    const heard = hooks.received.slice(since).map(({ body }) => body)
    await server.mock('POST', '/snapshots', { name: 'end' })
    const again = hooks.received.length
    t.equal((await server.mock('POST', '/snapshots/breath/restore')).status, 204)
    await server.mock('POST', '/clock/advance', { to: goal })
    t.equal(differenceOf([await everything(server)], [end]), '', `seed ${seed}, call ${i}: restored on its way, a world comes to the same`)
    const told = hooks.received.slice(again).map(({ body }) => body)
    t.equal(differenceOf(told, heard.slice(heard.length - told.length)), '', 'and tells the same')
    await server.mock('POST', '/snapshots/end/restore')
    hooks.received.splice(again)
  }
  return { ends, told: hooks.received.map(({ body }) => body), seen }
}

/** Where two lists of texts part, in a few words; nothing when they are the same. */
function differenceOf (one: string[], other: string[]): string {
  const i = one.findIndex((text, i) => text !== other[i])
  if (i < 0) return one.length === other.length ? '' : `${one.length} and ${other.length} texts`
  const [a = '', b = ''] = [one[i], other[i]]
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const around = (text: string): string => text.slice(Math.max(0, at - 300), at + 100)
  return `text ${i} parts: ${around(a)} | ${around(b)}`
}

const whole: Way['cut'] = minutes => [minutes * 60]
const pieces: Way['cut'] = (minutes, chance) => {
  const parts: number[] = []
  for (let left = minutes * 60; left > 0;) {
    const part = Math.min(left, chance.integer(1, Math.max(1, Math.ceil(minutes * 60 / 4))))
    parts.push(part)
    left -= part
  }
  return parts
}

for (let seed = first; seed <= last; seed++) {
  t.test(`what is shown depends neither on how time is cut nor on who follows, seed ${seed}`, async t => {
    const alone = ['enode:webhook:test']
    const days = ['user:inverter:statistics-updated', 'user:vendor-action:updated']
    const unheard = await live(t, seed, { events: alone, cut: whole, reads: false })
    const read = await live(t, seed, { events: alone, cut: pieces, reads: true })
    const same = (one: string[], other: string[], what: string): void => { t.equal(differenceOf(one, other), '', what) }
    same(read.ends, unheard.ends, 'read all the time')
    for (const events of [['*'], days]) {
      const once = await live(t, seed, { events, cut: whole, reads: false })
      same(once.ends, unheard.ends, `followed by ${events[0]}`)
      const often = await live(t, seed, { events, cut: pieces, reads: true })
      same(often.ends, unheard.ends, `followed by ${events[0]}, in pieces`)
      same(often.told, once.told, 'what is told')
      // Reads by chance of delivery: what they see may be compared where they came at the same delivery.
      same(often.seen, once.seen, 'what receivers read on the way')
    }
  })
}
