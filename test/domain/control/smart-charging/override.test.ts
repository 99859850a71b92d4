import t from 'tap'
import { type Body } from '../../../helpers/build.ts'
import { home, type Home, on, nightIsCheap, stopped, startOfValley, started, reached } from './home.ts'

t.test('an override while the car stands still: it charges now, and when charging stops the plan takes over again', async t => {
  const h = await stopped(t)
  const { body: override, status } = await h.server.call('POST', `${h.path}/smart-override`)
  t.equal(status, 200)
  t.match(override, { endedAt: null, targetType: 'vehicle', targetId: h.id, userId: 'user-1', vendor: 'VOLKSWAGEN' })
  const { userId: _, vendor: __, ...summary } = override
  t.match(await h.status(), { state: 'PLAN:EXECUTING:OVERRIDDEN', smartOverride: summary })
  t.same((await h.server.call('POST', `${h.path}/smart-override`)).body, override, 'a second one is the first')
  t.match((await h.server.call('GET', `/vehicles/actions/${override.vendorActionId}`)).body, { kind: 'START', state: 'PENDING' })
  await h.server.advance('PT1M')
  t.equal((await h.server.vehicle(h.id)).chargeState.isCharging, true)
  const before = (await h.told()).length
  await h.server.advance('PT1H')
  t.equal(await h.state(), 'PLAN:EXECUTING:OVERRIDDEN', 'no action of smart charging comes between')
  t.equal((await h.told()).length, before, 'and nothing is told')
  t.equal((await h.server.call('POST', `${h.path}/charging`, { action: 'STOP' })).status, 200, 'while it lasts its client controls the car')
  await h.server.advance('PT1M')
  const after = await h.status()
  t.match(after, { state: 'PLAN:EXECUTING:STOPPED', smartOverride: { createdAt: override.createdAt } })
  t.ok(after.smartOverride.endedAt > override.createdAt)
  await h.to('2026-01-15T06:00:00Z')
  const { finalState, smartCost } = await h.plan()
  t.equal(finalState, 'PLAN:ENDED:FINISHED')
  t.ok(smartCost > 18 && smartCost < 20, 'for what was left to charge, at the price of the night')
})

t.test('an override that is ended gives the car back to what the plan expects', async t => {
  const h = await stopped(t)
  await h.server.call('POST', `${h.path}/smart-override`)
  await h.server.advance('PT30M')
  const ended = await h.server.call('DELETE', `${h.path}/smart-override`)
  t.match(ended, { status: 200, body: { targetId: h.id, endedAt: (await h.status()).updatedAt } })
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING', 'before its time it is stopped again')
  t.match(await h.server.call('DELETE', `${h.path}/smart-override`), { status: 404, body: { title: 'Smart override not found' } })
  await h.server.advance('PT1M')
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')

  const soon = await stopped(t)
  const { vendorActionId } = (await soon.server.call('POST', `${soon.path}/smart-override`)).body
  await soon.server.call('DELETE', `${soon.path}/smart-override`)
  t.match((await soon.server.call('GET', `/vehicles/actions/${vendorActionId}`)).body, { state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION' } })
  t.equal(await soon.state(), 'PLAN:EXECUTING:STOPPED')

  const past = await stopped(t)
  await past.server.call('POST', `${past.path}/smart-override`)
  await past.to('2026-01-14T16:40:00Z')
  await past.patch({ batteryLevel: 10 })
  await past.to('2026-01-14T19:00:00Z')
  await past.put({ deadline: '06:59' })
  await past.server.call('DELETE', `${past.path}/smart-override`)
  t.equal(await past.state(), 'PLAN:ENDED:DEADLINE_CHANGED', 'a plan can end meanwhile')
})

t.test('an override during the stop, while charging, at the limit, unplugged, unheard, and with nothing to override', async t => {
  const stopping = await reached['PLAN:EXECUTING:STOPPING']?.(t) as Home
  await stopping.server.call('POST', `${stopping.path}/smart-override`)
  await stopping.server.advance('PT1M')
  t.match(await stopping.status(), { state: 'PLAN:EXECUTING:OVERRIDDEN' })
  t.equal((await stopping.server.vehicle(stopping.id)).chargeState.isCharging, true)
  await stopping.server.advance('PT3H')
  t.match(await stopping.status(), { state: 'PLAN:ENDED:FINISHED' }, 'charged to the limit')
  t.ok((await stopping.status()).smartOverride.endedAt)
  t.equal((await stopping.server.call('POST', `${stopping.path}/smart-override`)).status, 400, 'fully charged')

  const charging = await started(t)
  t.match((await charging.server.call('POST', `${charging.path}/smart-override`)).body, { vendorActionId: null })
  t.equal(await charging.state(), 'PLAN:EXECUTING:OVERRIDDEN')
  await charging.server.call('DELETE', `${charging.path}/smart-override`)
  t.equal(await charging.state(), 'PLAN:EXECUTING:STARTED')

  const starting = await reached['PLAN:EXECUTING:STARTING']?.(t) as Home
  const { vendorActionId } = (await starting.server.call('POST', `${starting.path}/smart-override`)).body
  await starting.server.advance('PT1M')
  t.equal((await starting.server.call('GET', `/vehicles/actions/${vendorActionId}`)).body.state, 'CONFIRMED', 'it joins the start that is under way')
  t.equal(await starting.state(), 'PLAN:EXECUTING:OVERRIDDEN')

  const pulled = await reached['PLAN:EXECUTING:OVERRIDDEN']?.(t) as Home
  await pulled.server.advance('PT1M')
  await pulled.patch({ isPluggedIn: false })
  t.match(await pulled.status(), { state: 'PLAN:ENDED:UNPLUGGED', smartOverride: { endedAt: (await pulled.status()).updatedAt } })

  const unheard = await stopped(t)
  await unheard.patch({}, { isReachable: false })
  await unheard.server.call('POST', `${unheard.path}/smart-override`)
  await unheard.server.advance('PT2M')
  t.match(await unheard.state(), 'PLAN:EXECUTING:STOPPED', 'a start that fails ends it')

  const considering = await home(t, { policy: on, state: { isPluggedIn: true, isCharging: false } })
  t.equal((await considering.server.call('POST', `${considering.path}/smart-override`)).status, 200)
  await considering.server.advance('PT1M')
  t.equal(await considering.state(), 'CONSIDERING', 'no plan is made while it lasts')
  await considering.server.call('DELETE', `${considering.path}/smart-override`)
  t.match(await considering.state(), /^PLAN:EXECUTING/)

  const off = await home(t, { state: { isPluggedIn: true, isCharging: false } })
  t.match(await off.server.call('POST', `${off.path}/smart-override`), { status: 400, body: { title: 'Action Rejected', detail: /^The asset is controlled by neither/ } })
  t.equal((await off.server.call('POST', '/vehicles/nothing/smart-override')).status, 404)
  t.equal((await off.server.call('DELETE', '/vehicles/nothing/smart-override')).status, 404)
})

t.test('a max current that is set meanwhile is carried out, and so is what smart charging or an override wants', async t => {
  const setCurrent = async (h: Home): Promise<Body> => {
    const answer = await h.server.call('POST', `${h.path}/max-current`, { maxCurrent: 10 })
    t.equal(answer.status, 200)
    return (await h.server.call('GET', `/vehicles/actions/${answer.body.id}`)).body
  }
  const isCarriedOut = async (h: Home): Promise<void> => {
    await h.server.advance('PT10S')
    t.equal((await h.server.vehicle(h.id)).chargeState.maxCurrent, 10)
    t.notOk((await h.states()).some(each => each.endsWith('_FAILED')), 'no command has failed')
  }
  const h = await home(t, { vendor: 'TESLA', tariff: nightIsCheap, policy: on })
  await h.plugIn()
  await setCurrent(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPING')
  await isCarriedOut(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STOPPED')

  await h.patch({ maxCurrent: 16 })
  await h.to(startOfValley)
  await setCurrent(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STARTING')
  await isCarriedOut(h)
  t.equal(await h.state(), 'PLAN:EXECUTING:STARTED')

  await h.patch({ maxCurrent: 16 })
  await setCurrent(h)
  t.match((await h.server.call('POST', `${h.path}/smart-override`)).body, { vendorActionId: null })
  await isCarriedOut(h)
})
