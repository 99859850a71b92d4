import t from 'tap'
import { incapable, outside, refusals, trouble } from '../../../src/devices/refusals.ts'
import { build, type Body } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'

/** A command of a kind, and the states from which its actions end in each way. */
interface Row {
  type: string
  /** The path of the kind, such as `vehicles`. */
  path: string
  vendor: string
  command: string
  /** Left out where the command has no body. */
  body?: Body
  /** Another value of the same command, or an equal one where equal ones do not join. */
  other?: Body
  /** Facts with which the command is possible and not yet so. */
  before: Body
  /** Facts with which it is so already. */
  after: Body
  /** Facts with which it is accepted and found impossible when it is tried; left out where all that can keep it is seen at once. */
  obstacle?: Body
  /** A body that is accepted and found impossible when it is tried. */
  impossible?: Body
  capability: string
  scope: string
  /** What a client reads that asks for what is seen to be so already. */
  already: string
}

const isSet = 'The asset is already at the current setting.'

/** What a widely used charging controller looks for in `detail`: then all is as it wants it. */
const meansSuccess = ({ status, body }: Body): boolean =>
  status === 400 && ['already charging', 'already started', 'already stopped', 'already at the current setting'].some(words => String(body.detail).includes(words))

const start = { command: 'charging', body: { action: 'START' }, other: { action: 'STOP' }, before: { isPluggedIn: true, isCharging: false }, after: { isCharging: true }, obstacle: { isPluggedIn: false }, capability: 'startCharging', already: 'The asset is already charging.' }
const stop = { command: 'charging', body: { action: 'STOP' }, other: { action: 'START' }, before: { isPluggedIn: true, isCharging: true }, after: { isCharging: false }, obstacle: { isPluggedIn: false }, capability: 'stopCharging', already: 'The asset is already stopped.' }
const current = { command: 'max-current', body: { maxCurrent: 10 }, other: { maxCurrent: 12 }, before: { isPluggedIn: true, isCharging: false, maxCurrent: 16 }, after: { maxCurrent: 10 }, impossible: { maxCurrent: 500 }, capability: 'setMaxCurrent', already: isSet }
const vehicle = { type: 'vehicle', path: 'vehicles', vendor: 'TESLA', scope: 'vehicle:control:charging' }
const hvac = { type: 'hvac', path: 'hvacs', vendor: 'MITSUBISHI', scope: 'hvac:control:mode', before: { mode: 'OFF' }, already: isSet }
const charger = { type: 'charger', path: 'chargers', vendor: 'EASEE', scope: 'charger:control:charging' }

const rows: Row[] = [
  { ...vehicle, ...start, before: { ...start.before, batteryLevel: 30, chargeLimit: 80 } },
  { ...vehicle, ...stop, before: { ...stop.before, batteryLevel: 30, chargeLimit: 80 } },
  { ...vehicle, ...current },
  { ...charger, ...start },
  { ...charger, ...stop },
  { ...charger, ...current },
  { ...charger, command: 'charge-rate-limit', body: { chargeRateLimit: 5.52 }, other: { chargeRateLimit: 6.9 }, before: { maxCurrent: 16 }, after: { maxCurrent: 8 }, capability: 'setChargeRateLimit', already: isSet },
  { ...hvac, command: 'permanent-hold', body: { mode: 'HEAT', heatSetpoint: 21 }, other: { mode: 'OFF' }, after: { mode: 'HEAT', heatSetpoint: 21 }, capability: 'setPermanentHold' },
  { ...hvac, command: 'follow-schedule', after: { holdType: 'SCHEDULED' }, capability: 'setFollowSchedule' },
  { type: 'battery', path: 'batteries', vendor: 'HUAWEI', scope: 'battery:control:operation_mode', command: 'operation-mode', body: { operationMode: 'IDLE' }, other: { operationMode: 'IMPORT_FOCUS' }, before: { operationMode: 'SELF_RELIANCE' }, after: { operationMode: 'IDLE' }, obstacle: { status: 'FAULT' }, capability: 'idle', already: isSet }
]

for (const row of rows) {
  const name = `${row.command} ${JSON.stringify(row.body ?? {})} of a ${row.type}`

  /** A server with a device on which the command is possible, and what one does with it. */
  async function ready (t: Tap, scopes?: string[]) {
    const server = await build(t)
    const account = await server.mock('POST', '/accounts', { vendor: row.vendor, userId: 'user-1', ...(scopes && { scopes }), devices: [{ type: row.type, state: row.before }] })
    t.equal(account.status, 200, account.text)
    const id = String(account.body.devices[0].id)
    return {
      server,
      id,
      send: async (body: Body | undefined = row.body) => await server.call('POST', `/${row.path}/${id}/${row.command}`, body),
      change: async (change: Body) => { t.equal((await server.mock('PATCH', `/devices/${id}`, change)).status, 200) },
      action: async (action: string): Promise<Body> => (await server.call('GET', `/${row.path}/actions/${action}`)).body
    }
  }

  t.test(name, async t => {
    t.test('is confirmed once the device complied, and a command for what is so already does nothing', async t => {
      const { server, send, change, action } = await ready(t)
      const first = await send()
      t.match(first, { status: 200, body: { state: 'PENDING', completedAt: null, failureReason: null, targetType: row.type } })
      await server.advance('PT3S')
      t.match(await action(first.body.id), { state: 'CONFIRMED', failureReason: null, completedAt: /^2026/ })
      await change({ state: row.before })
      await change({ state: row.after, observe: false })
      const second = await send()
      await server.advance('PT3S')
      t.match(await action(second.body.id), { state: 'CANCELLED', failureReason: { type: 'UNNECESSARY', detail: /already/ } })
    })

    t.test('is refused at once in the vendor\'s words for what is seen to be so already, unless that is about to change', async t => {
      const { server, send, change, action, id } = await ready(t)
      await change({ state: row.before })
      await change({ state: row.after })
      const events = async (): Promise<unknown> => (await server.mock('GET', `/actions?assetId=${id}`)).body
      const refused = await send()
      t.match(refused, { status: 400, body: { type: /problems\/bad-request$/, title: 'Action Rejected', detail: row.already } })
      t.same(Object.keys(refused.body), ['type', 'title', 'detail'])
      t.ok(meansSuccess(refused), 'a client that matches the words takes it for success')
      t.same(await events(), [], 'it makes no action')
      await change({ isReachable: false })
      t.same((await send()).body, refused.body, 'what is seen counts, also when it was seen earlier')
      await change({ isReachable: true })
      if (row.other !== undefined) {
        const pending = await send(row.other)
        t.equal(pending.status, 200, pending.text)
        t.match(await send(), { status: 200, body: { state: 'PENDING' } }, 'a command that takes back one that is pending is none too many')
        t.match(await action(pending.body.id), { state: 'CANCELLED', failureReason: { type: 'CONFLICT' } })
      }
    })

    t.test('fails as NO_RESPONSE when the device cannot be reached in time, and is confirmed when it can', async t => {
      const { server, send, change, action } = await ready(t)
      await change({ isReachable: false })
      const lost = await send()
      t.equal(lost.status, 200, lost.text)
      await server.advance('PT50S')
      t.match(await action(lost.body.id), { state: 'PENDING' })
      await server.advance('PT11S')
      t.match(await action(lost.body.id), { state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail: 'The device remained unreachable.' } })
      const found = await send()
      await server.advance('PT30S')
      await change({ isReachable: true })
      await server.advance('PT6S')
      t.match(await action(found.body.id), { state: 'CONFIRMED' })
    })

    t.test('is replaced by a newer one, cancelled by its owner, and given up when the device goes away', async t => {
      const { server, send, action, id } = await ready(t)
      const first = await send()
      const second = await send(row.other)
      t.equal(second.status, 200, second.text)
      t.match(await action(first.body.id), { state: 'CANCELLED', failureReason: { type: 'CONFLICT' } })
      const cancel = async (): Promise<Body> => await server.call('POST', `/${row.path}/actions/${second.body.id}/cancel`)
      t.match(await cancel(), { status: 200, body: { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } } })
      t.match(await cancel(), { status: 409, body: { id: second.body.id, state: 'CANCELLED' } })
      const third = await send()
      t.equal((await server.mock('DELETE', `/devices/${id}`)).status, 204)
      t.match(await action(third.body.id), { state: 'FAILED', failureReason: { type: 'NOT_FOUND' } })
    })

    t.test('ends as FAILED_PRECONDITION when the device turns out not to be ready', async t => {
      const { server, send, change, action } = await ready(t)
      const pending = await send(row.impossible)
      t.equal(pending.status, 200, pending.text)
      if (row.obstacle !== undefined) await change({ state: row.obstacle })
      else if (row.impossible === undefined) {
        const failureReason = { type: 'FAILED_PRECONDITION', detail: 'as the test wants it' }
        t.equal((await server.mock('POST', `/actions/${pending.body.id}/resolve`, { state: 'CANCELLED', failureReason })).status, 200)
      }
      await server.advance('PT3S')
      t.match(await action(pending.body.id), { state: 'CANCELLED', failureReason: { type: 'FAILED_PRECONDITION', detail: /./ } })
    })

    t.test('is refused without its capability, its scope or its device, and with a body that is wrong', async t => {
      const { server, send, change, id } = await ready(t)
      const view = async (): Promise<Body> => (await server.call('GET', `/${row.path}/${id}`)).body
      const { interventionIds } = (await view()).capabilities[row.capability]
      t.same(interventionIds, [])
      await change({ capabilities: { [row.capability]: false } })
      t.match(await send(), { status: 400, body: { title: 'Action Rejected', detail: new RegExp(`^The asset is .* capability ${row.capability} is false\\.$`) } })
      await change({ capabilities: { [row.capability]: true } })
      t.equal((await send()).status, 200)
      const [key] = Object.keys(row.body ?? {})
      if (key !== undefined) for (const body of [{}, { ...row.body, unknown: 1 }, { ...row.body, [key]: null }]) t.equal((await send(body)).status, 400, JSON.stringify(body))
      t.equal((await server.call('POST', `/${row.path}/${unknownId}/${row.command}`, row.body)).status, 404)
      const mute = await ready(t, [`${row.type}:read:data`])
      t.match(await mute.send(), { status: 403, body: { detail: new RegExp(row.scope) } })
      t.match((await mute.server.call('GET', `/${row.path}/${mute.id}`)).body.capabilities[row.capability], { isCapable: false, interventionIds: [] })
    })
  })
}

t.test('a command for what is so already does not take the place of a pending one for something else', async t => {
  for (const { type, path, vendor } of [vehicle, charger]) {
    const server = await build(t)
    const account = await server.mock('POST', '/accounts', { vendor, userId: 'user-1', devices: [{ type, state: { isPluggedIn: true, isCharging: false, maxCurrent: 16 } }] })
    const send = async (command: string, body: Body): Promise<Body> => await server.call('POST', `/${path}/${account.body.devices[0].id}/${command}`, body)
    const start = await send('charging', { action: 'START' })
    t.match(await send('max-current', { maxCurrent: 16 }), { status: 400, body: { detail: isSet } })
    t.match((await server.call('GET', `/${path}/actions/${start.body.id}`)).body, { state: 'PENDING' })
    const current = await send('max-current', { maxCurrent: 10 })
    t.match(await send('charging', { action: 'STOP' }), { status: 400, body: { detail: 'The asset is already stopped.' } })
    t.match((await server.call('GET', `/${path}/actions/${current.body.id}`)).body, { state: 'PENDING' })
  }
})

t.test('every refusal for the state of an asset is a sentence of one style', () => {
  const made = [refusals.lacksMode('IDLE'), refusals.isFree('a call'), refusals.cannotHold([{ key: 'mode', says: 'must be OFF' }]), incapable('idle', { isCapable: false, interventionIds: [] }), incapable('idle', { isCapable: false, interventionIds: ['i1', 'i2'] }), outside(33, 1, 32, 'max current', 'A'), trouble('PLUGGED_IN:FAULT'), trouble('PLUGGED_IN:NO_POWER')]
  const sentences = [...Object.values(refusals).filter(each => typeof each === 'string'), ...made]
  // Without a full stop, as it was seen at the vendor.
  for (const sentence of sentences.filter(each => each !== refusals.wasUnplugged)) t.match(sentence, /^The asset is .*[^.]\.$/)
  t.equal(new Set(sentences).size, sentences.length - 2, 'none is said twice, but for the trouble of a cable')
  return Promise.resolve()
})

type Tap = Parameters<typeof build>[0]
